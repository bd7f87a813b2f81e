"""News agencies, and where they put their name: the byline, and the dateline of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newswatch.extract.wording import squeezed

_AGENCIES = {
    "AFP": "Agence France-Presse, AFP.com, أ ف ب, ا ف ب, فرانس برس",
    "AAP": "Australian Associated Press",
    "ANI": "Asian News International",
    "ANP": "",
    "ANSA": "",
    "AP": "Associated Press, The Associated Press",
    "APA": "Austria Presse Agentur",
    "Anadolu": "AA, Anadolu Agency, Anadolu Ajansı, Anadolu Agency (AA), الأناضول",
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
    "Interfax": "Интерфакс, INTERFAX.RU",
    "Interfax-Ukraine": "Інтерфакс-Україна",
    "IRNA": "",
    "Jiji": "Jiji Press, 時事通信, 時事通信社, 時事",
    "JTA": "Jewish Telegraphic Agency",
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
# The parts of a dateline: where, when, by whom.
_PLACE = (
    r"(?P<place>[^\W\d](?:[^\W\d]|[.'’\- ]){1,30}?"
    r"(?:[,/] ?[^\W\d](?:[^\W\d]|[.'’\- ]){1,25}?\.?)?)"
)
_DAY = (
    r"(?:[,.]? (?:[^\W\d]{3,9}\.? \d{1,2}|\d{1,2}\.? (?:de )?[^\W\d]{3,9}\.?|"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{4})(?:,? \d{4})?(?: (?:г|р)\.)?)"
)
_IN_BRACKETS = r"(?:\((?P<agency>[^()]{2,40})\)|/(?P<stroke>[^()/]{2,40})/)"
_DASHES = r"[-–—―]+"
_DATELINES = tuple(
    re.compile(form)
    for form in (
        rf"^{_PLACE}{_DAY}?[.,]?\s*(?:{_DASHES}\s*)?{_IN_BRACKETS}\.?(?:\s*[-–—―:=]+\s*|\s)",
        rf"^\((?P<agency>[^()]{{2,40}})\)\s*{_DASHES}\s*{_PLACE}{_DAY}?[.,]?\s*{_DASHES}\s",
        # behind a dash or a full stop only names that are known: МОСКВА, 17 дек - РИА Новости.
        rf"^{_PLACE}(?:{_DAY}[.,]?\s*(?:{_DASHES}\s*)?|[.,]?\s*{_DASHES}\s*)"
        rf"(?P<named>[^\W\d][\w. ]{{1,25}}?)(?:\.\s|\s*{_DASHES}\s)",
        rf"^{_PLACE}{_DAY}?[.,]?(?P<dash>\s{_DASHES}|:)\s",
    )
)
# 新华社北京12月18日电: agency, place, day, "wired"; 【ロンドン共同】; (서울=연합뉴스)
_EAST_ASIAN = re.compile(
    r"^(?:(?P<wired>\w{2,6}社)(?P<from>\w{2,8}?)\d{1,2}月\d{1,2}日电|"
    r"【(?P<at>[^【】]{2,12}?)(?P<by>共同|時事|ロイター|AFP=?時事|AP)】|"
    r"[(\[](?P<city>[^()=]{1,12})=(?P<press>[^()=]{2,10})[)\]])"
)
_MOST_SMALL = 3  # letters of a word within a place's name that begins small: Rio de Janeiro


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

    With a known agency the place may be in any script; else it must be in capitals, as the
    agencies' style books have it, but for the country behind it.
    """
    head = text[:160]
    if found := _EAST_ASIAN.match(head):
        agency = found["wired"] or found["by"] or found["press"]
        return Dateline(found["from"] or found["at"] or found["city"], agency_named(agency))
    for form in _DATELINES:
        if (found := form.match(head)) and (dateline := _dateline(found.groupdict())):
            return dateline
    return None


def _dateline(parts: dict[str, str | None]) -> Dateline | None:
    place = (parts["place"] or "").strip()
    signs = re.split(r"[/,]\s*", parts.get("agency") or parts.get("stroke") or "")
    agency = next(filter(None, map(agency_named, [parts.get("named") or "", *signs])), None)
    city = re.split(r"[,/]", place)[0]
    in_capitals = city.isupper() and len(city) > _MOST_SMALL
    if parts.get("named") and agency is None:
        return None
    if not in_capitals and (agency is None or not _is_name(place)):
        return None
    return Dateline(place, agency)


def _is_name(place: str) -> bool:
    """No small words but short ones: "The court said (AP)" names no place."""
    return all(len(word) <= _MOST_SMALL or not word[0].islower() for word in place.split())
