"""News agencies, and where they put their name: the byline, and the dateline of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newswatch.extract.wording import squeezed

_AGENCIES = {
    "AFP": "Agence France-Presse, AFP.com",
    "AAP": "Australian Associated Press",
    "ANI": "Asian News International",
    "ANP": "",
    "ANSA": "",
    "AP": "Associated Press, The Associated Press",
    "APA": "Austria Presse Agentur",
    "Anadolu": "Anadolu Agency, Anadolu Ajansı, Anadolu Agency (AA), الأناضول",
    "ATS": "Keystone-ATS",
    "Belga": "Belga News Agency",
    "Bernama": "",
    "Bloomberg": "Bloomberg News",
    "CTK": "ČTK",
    "dpa": "Deutsche Presse-Agentur, dpa-AFX, dpa-infocom",
    "EFE": "Agencia EFE",
    "epd": "",
    "Europa Press": "",
    "IANS": "",
    "Interfax": "Интерфакс",
    "Interfax-Ukraine": "Інтерфакс-Україна",
    "IRNA": "",
    "Jiji": "Jiji Press, 時事通信, 時事通信社",
    "KNA": "",
    "Kyodo": "Kyodo News, 共同通信, 共同通信社, 共同",
    "Lusa": "",
    "MTI": "",
    "NTB": "",
    "PA": "PA Media, Press Association",
    "PAP": "",
    "PTI": "Press Trust of India",
    "Reuters": "Thomson Reuters, Рейтер, رويترز, 로이터",
    "RIA Novosti": "РИА Новости",
    "Ritzau": "",
    "SDA": "Keystone-SDA",
    "SID": "",
    "SPA": "",
    "STT": "",
    "TASS": "ТАСС",
    "The Canadian Press": "Canadian Press",
    "Ukrinform": "Укрінформ",
    "UNIAN": "УНІАН",
    "UPI": "",
    "WAFA": "وفا",
    "Xinhua": "Xinhua News Agency, 新华社, 新華社",
    "Yonhap": "Yonhap News Agency, 연합뉴스",
}
_CANONICAL = {
    squeezed(name): agency
    for agency, names in _AGENCIES.items()
    for name in (agency, *names.split(", "))
    if name
}
_SUFFIX = re.compile(
    r"\s+(?:staff(?: writers?)?|news(?: agency)?|agency|in \w+|correspondents?|reporters?)$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^(?P<place>[^\W\d](?:[^\W\d]|[.'’\- ]){1,30}?(?:[,/] ?[^\W\d](?:[^\W\d]|[.'’\- ]){1,25}?)?)"
    r"(?:,? (?:\w{3,9}\.? \d{1,2}|\d{1,2}\.? \w{3,9}\.?)(?:,? \d{4})?(?: г\.)?)?[.,]?"
    r"\s*(?:(?:\((?P<agency>[^()]{2,40})\)|/(?P<stroke>[^()/]{2,40})/)\.?\s*[-–—:]*|(?P<dash>\s[-–—]+))\s"
)
# 新华社北京12月18日电: agency, place, day, "wired"
_CHINESE = re.compile(r"^(?P<agency>\w{2,6}社)(?P<place>\w{2,8}?)\d{1,2}月\d{1,2}日电")


@dataclass(frozen=True, slots=True)
class Dateline:
    """`DOHA, Dec 19 (Reuters) -`: where a report was filed, and by which agency."""

    place: str
    agency: str | None = None


def agency_named(text: str) -> str | None:
    """The agency that a byline names: `Reuters Staff`, `dpa-AFX`, `Από AFP` is none."""
    text = text.strip()
    return _CANONICAL.get(squeezed(text)) or _CANONICAL.get(squeezed(_SUFFIX.sub("", text)))


def dateline_of(text: str) -> Dateline | None:
    """The dateline that a body begins with.

    With a known agency in brackets or strokes the place may be in any script; else it must be in
    capitals, as the agencies' style books have it.
    """
    if found := _CHINESE.match(text[:160]):
        return Dateline(found["place"], agency_named(found["agency"]))
    found = _DATELINE.match(text[:160])
    if found is None:
        return None
    place = found["place"].strip()
    agencies = re.split(r"[/,]\s*", found["agency"] or found["stroke"] or "")
    agency = next(filter(None, map(agency_named, agencies)), None)
    in_capitals = place.isupper() and len(place) > 3
    return Dateline(place, agency) if agency or in_capitals else None
