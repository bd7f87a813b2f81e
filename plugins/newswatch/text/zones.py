"""Zones of time as people write them: offsets, abbreviations, names, regions."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global

FURTHEST = timedelta(hours=15)  # from Greenwich; Kiribati has 14

# Hours east of Greenwich. RFC 822 names the American ones; the others are those of the IANA data
# base, past and present, and what their countries' press writes.
_HOURS = {
    **dict.fromkeys(("GMT", "UTC", "UT", "Z", "WET", "GREENWICH", "ZULU", "AZOST"), 0.0),
    **dict.fromkeys(("CET", "MET", "BST", "WEST", "MEZ", "WAT", "HNEC"), 1.0),
    **dict.fromkeys(("CEST", "MEST", "EET", "MESZ", "OEZ", "SAST", "CAT", "HEEC"), 2.0),
    **dict.fromkeys(("EEST", "OESZ", "MSK", "МСК", "IDT", "TRT", "EAT"), 3.0),
    **dict.fromkeys(("GST", "SAMT", "MSD", "AZT", "GET", "MUT", "SCT", "RET"), 4.0),
    **dict.fromkeys(("PKT", "YEKT", "UZT", "TJT", "TMT", "MVT", "AQTT", "ORAT"), 5.0),
    **dict.fromkeys(("OMST", "KGT", "ALMT", "BTT"), 6.0),
    **dict.fromkeys(("ICT", "WIB", "KRAT", "NOVT", "HOVT"), 7.0),
    **dict.fromkeys(("HKT", "SGT", "AWST", "PHT", "PHST", "WITA", "MYT", "IRKT", "ULAT"), 8.0),
    **dict.fromkeys(("JST", "KST", "WIT", "YAKT", "TLT", "PWT"), 9.0),
    **dict.fromkeys(("AEST", "VLAT", "CHST", "PGT"), 10.0),
    **dict.fromkeys(("AEDT", "MAGT", "SAKT", "SBT", "NCT", "LHDT"), 11.0),
    **dict.fromkeys(("NZST", "PETT", "FJT", "ANAT"), 12.0),
    **dict.fromkeys(("NZDT", "TOT"), 13.0),
    **dict.fromkeys(("EST", "CDT", "COT", "PET", "ECT", "ACT"), -5.0),
    **dict.fromkeys(("CST", "MDT", "GALT"), -6.0),
    **dict.fromkeys(("MST", "PDT"), -7.0),
    **dict.fromkeys(("PST", "AKDT"), -8.0),
    **dict.fromkeys(("AKST", "HDT"), -9.0),
    **dict.fromkeys(("HST", "HAST"), -10.0),
    **dict.fromkeys(("EDT", "AST", "CLT", "VET", "BOT", "AMT", "GYT", "PYT"), -4.0),
    **dict.fromkeys(("BRT", "ART", "ADT", "CLST", "PYST", "UYT", "GFT", "SRT", "WGT"), -3.0),
    **dict.fromkeys(("BRST", "WGST", "UYST"), -2.0),
    **{"NST": -3.5, "NDT": -2.5, "IRST": 3.5, "IRDT": 4.5, "AFT": 4.5, "NPT": 5.75, "SLST": 5.5},
    **{"MMT": 6.5, "ACST": 9.5, "ACDT": 10.5, "CVT": -1.0, "IST": 5.5, "SST": -11.0, "WST": 13.0},
}
# What these mean depends on the country: the end of the feed's or page's host decides.
_BY_COUNTRY = {
    "IST": {"il": 2.0, "ie": 1.0},
    "CST": {"cn": 8.0, "tw": 8.0, "hk": 8.0, "cu": -5.0},
    "AST": {"sa": 3.0, "iq": 3.0, "kw": 3.0, "qa": 3.0, "bh": 3.0, "ye": 3.0},
    "BST": {"bd": 6.0},
    "BDT": {"bd": 6.0, "bn": 8.0},
    "EST": {"au": 10.0},
    "AMT": {"am": 4.0},
    "SST": {"sg": 8.0},
    "PST": {"ph": 8.0},
    "MST": {"my": 8.0, "mm": 6.5},
    "WST": {"au": 8.0},
    "ADT": {"iq": 4.0},
    "GST": {"gu": 10.0},
    "ECT": {"fr": 1.0},
}
# Without saying whether it is summer: the day decides.
_GENERIC = {
    **{"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver"},
    **{"PT": "America/Los_Angeles", "AKT": "America/Anchorage", "HT": "Pacific/Honolulu"},
    **{"EASTERN": "America/New_York", "CENTRAL": "America/Chicago"},
    **{"MOUNTAIN": "America/Denver", "PACIFIC": "America/Los_Angeles"},
}
_MIDSUMMER, _MIDWINTER = datetime(2024, 7, 1), datetime(2024, 1, 1)  # noqa: DTZ001 - local ones

_YEAR = [_MIDWINTER + timedelta(weeks=week) for week in range(52)]


def offset_zone(sign: str, hours: str, minutes: str | None) -> timezone | None:
    """The zone of `+05:30` and the like; None if no place on earth has it."""
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset > FURTHEST or int(minutes or 0) > 59:
        return None
    return timezone(-offset if sign == "-" else offset)


@lru_cache(maxsize=1_024)
def zone_named(name: str, host: str = "") -> tzinfo | None:
    """The zone of a name: `MSK`, `ET`, `Europe/Kyiv`, `Eastern Daylight Time`; None if it is
    none. `host` settles what IST, CST and a few more mean."""
    upper = name.upper()
    here = _BY_COUNTRY.get(upper, {}).get(host.rpartition(".")[2].lower())
    hours = _HOURS.get(upper) if here is None else here
    if hours is not None:
        return timezone(timedelta(hours=hours)) if hours else UTC
    if upper in _GENERIC:
        return ZoneInfo(_GENERIC[upper])
    if region := _regions().get(upper.replace(" ", "_")):
        return ZoneInfo(region)
    return _long_names().get(" ".join(name.split()).casefold())


@cache
def _regions() -> dict[str, str]:
    """Those of the IANA data base: Europe/Kyiv, EST5EDT, Israel ..."""
    return {name.upper(): name for name in available_timezones()}


@cache
def _long_names() -> dict[str, tzinfo]:
    """CLDR's English names ("Central European Summer Time"), and those of Windows."""
    regions: dict[str, list[str]] = {}
    for region, meta in get_global("meta_zones").items():
        if region.upper() in _regions():
            regions.setdefault(meta, []).append(region)
    found: dict[str, tzinfo] = {"coordinated universal time": UTC, "greenwich mean time": UTC}
    for meta, names in Locale("en").meta_zones.items():
        if meta not in regions:
            continue
        zone = _most_typical(regions[meta])
        for kind, name in (names.get("long") or {}).items():
            found.setdefault(str(name).casefold(), _of_kind(zone, kind))
    for name, region in get_global("windows_zone_mapping").items():
        found.setdefault(str(name).casefold(), ZoneInfo(region))
    return found


def _most_typical(regions: list[str]) -> ZoneInfo:
    """The first whose clock goes as most others' do, those aside that have no summer time."""
    zones = [ZoneInfo(region) for region in regions]
    courses = {
        zone: tuple(moment.replace(tzinfo=zone).utcoffset() for moment in _YEAR) for zone in zones
    }
    changing = [zone for zone in zones if len(set(courses[zone])) > 1] or zones
    usual, _ = Counter(courses[zone] for zone in changing).most_common(1)[0]
    return next(zone for zone in changing if courses[zone] == usual)


def _of_kind(zone: ZoneInfo, kind: str) -> tzinfo:
    """The zone itself for its generic name, else its offset in winter or in summer."""
    offsets = [
        moment.replace(tzinfo=zone).utcoffset() or timedelta()
        for moment in (_MIDWINTER, _MIDSUMMER)
    ]
    match kind:
        case "standard":
            return timezone(min(offsets))
        case "daylight":
            return timezone(max(min(offsets) + timedelta(hours=1), max(offsets)))
        case _:
            return zone
