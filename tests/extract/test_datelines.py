"""Where a report was filed and by which agency, in the forms of the world's agencies."""

from __future__ import annotations

import pytest

from newswatch.extract.agencies import Dateline, dateline_of

BODY = "The county court ordered the ferry company on Wednesday to pay the families."
DATELINES = (
    ("BREVIK, Dec 17 (Reuters) - ", "BREVIK", "Reuters"),
    ("BREVIK, Norway (AP) — ", "BREVIK, Norway", "AP"),
    ("BREVIK (dpa) - ", "BREVIK", "dpa"),
    ("Brevik (AFP) - ", "Brevik", "AFP"),
    ("(ANSA) - BREVIK, 17 DIC - ", "BREVIK", "ANSA"),
    ("BREVIK (ANSA) - ", "BREVIK", "ANSA"),
    ("BREVIK, Dec. 17 (UPI) -- ", "BREVIK", "UPI"),
    ("BREVIK, 17 дек — РИА Новости. ", "BREVIK", "RIA Novosti"),
    ("МОСКВА, 17 дек - РИА Новости. ", "МОСКВА", "RIA Novosti"),
    ("Москва. 17 декабря. INTERFAX.RU - ", "Москва", "Interfax"),
    ("МОСКВА, 17 декабря. /ТАСС/. ", "МОСКВА", "TASS"),
    ("Київ. 17 грудня. УНІАН. ", "Київ", "UNIAN"),
    ("ANKARA (AA) - ", "ANKARA", "Anadolu"),
    ("İSTANBUL (AA) – ", "İSTANBUL", "Anadolu"),
    ("BREVIK, Norway, Dec. 17, 2025 /PRNewswire/ -- ", "BREVIK, Norway", None),
    ("BREVIK, Norway, Dec. 17, 2025 (GLOBE NEWSWIRE) -- ", "BREVIK, Norway", None),
    ("BREVIK, Norway--(BUSINESS WIRE)--", "BREVIK, Norway", None),
    ("NEW YORK, Dec. 17, 2025 /PRNewswire/ -- ", "NEW YORK", None),
    ("القاهرة 17 ديسمبر (رويترز) - ", "القاهرة", "Reuters"),
    ("القاهرة (أ ف ب) - ", "القاهرة", "AFP"),
    ("بيروت (رويترز) - ", "بيروت", "Reuters"),
    ("Madrid, 17 dic (EFE).- ", "Madrid", "EFE"),
    ("MADRID, 17 Dic. (EUROPA PRESS) - ", "MADRID", "Europa Press"),
    ("Paris, 17 déc 2025 (AFP) - ", "Paris", "AFP"),
    ("Berlin (dpa/bb) - ", "Berlin", "dpa"),
    ("Wien (APA) - ", "Wien", "APA"),
    ("TEL AVIV (JTA) — ", "TEL AVIV", "JTA"),
    ("JERUSALEM, Dec 17 (Xinhua) -- ", "JERUSALEM", "Xinhua"),
    ("BEIJING, Dec. 17 (Xinhua) -- ", "BEIJING", "Xinhua"),
    ("WASHINGTON — ", "WASHINGTON", None),
    ("KYIV, Ukraine — ", "KYIV, Ukraine", None),
    ("ST. PAUL, Minn. (AP) — ", "ST. PAUL, Minn.", "AP"),
    ("N'DJAMENA (Reuters) - ", "N'DJAMENA", "Reuters"),
    ("Lisboa, 17 dez 2025 (Lusa) – ", "Lisboa", "Lusa"),
    ("WARSZAWA (PAP) - ", "WARSZAWA", "PAP"),
    ("Warszawa, 17.12.2025 (PAP) - ", "Warszawa", "PAP"),
    ("DOHA/JERUSALEM, Dec 17 (Reuters) - ", "DOHA/JERUSALEM", "Reuters"),
    ("NEW DELHI: ", "NEW DELHI", None),
    ("NEW DELHI, Dec 17 (PTI) ", "NEW DELHI", "PTI"),
    ("RAMALLAH, December 17, 2025 (WAFA) – ", "RAMALLAH", "WAFA"),
    ("SEOUL, Dec. 17 (Yonhap) -- ", "SEOUL", "Yonhap"),
    ("(서울=연합뉴스) 홍길동 기자 = ", "서울", "Yonhap"),
    ("新华社北京12月17日电 ", "北京", "Xinhua"),
    ("【ロンドン共同】", "ロンドン", "Kyodo"),
    ("TEHRAN, Dec. 17 (MNA) – ", "TEHRAN", None),
)
NO_DATELINES = (
    "The court said (AP) on Monday - ",
    "“It is over,” he said - ",
    "In Brevik (pop. 2,000) - ",
    "Maria Moe (Labour) - ",
    "",
)


@pytest.mark.parametrize(("begins", "place", "agency"), DATELINES)
def test_dateline(begins: str, place: str, agency: str | None) -> None:
    assert dateline_of(begins + BODY) == Dateline(place, agency)


@pytest.mark.parametrize("begins", NO_DATELINES)
def test_no_dateline(begins: str) -> None:
    assert dateline_of(begins + BODY) is None
