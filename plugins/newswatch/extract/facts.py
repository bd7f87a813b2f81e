"""One answer to each question about a page, out of the many that its head gives."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from newswatch.extract.metadata import Claims

_SEPARATED = re.compile(r"\s+[|\-–—·»:•]\s+|\s*\|\s*")
_NOT_A_PERSON = re.compile(
    r"https?://|www\.|@|^(by|von|par|por|di|van|av|af|the|editorial|redaction|redaktion|staff|news|"
    r"admin|online|newsroom|desk)$",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|written by|text:?)\s+", re.IGNORECASE)
_ROLE = re.compile(r"\s*\([^)]*\)$")  # NAME (initials), NAME (agency)
_BETWEEN_NAMES = re.compile(
    r"\s*(?:,|;|\||/|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bog\b|\bve\b)\s*"
)
_FUTURE = timedelta(hours=26)  # a wrong zone is no reason to doubt a date


def title_of(claims: Claims, expected: str | None = None, host: str = "") -> str:
    """The headline without the site's name.

    JSON-LD's headline, the only h1 and og:title usually agree once the site is cut off; where they
    do not, the one that the feed announced wins, then JSON-LD, then h1, then og:title.
    """
    site = claims.first("og:site_name", "application-name") or host.removeprefix("www.")
    candidates = [
        without_site(_clean(str(claims.article.get("headline") or "")), site),
        _clean(claims.headings[0]) if len(claims.headings) == 1 else "",
        *(
            without_site(_clean(value), site, claims.title_tag)
            for value in (claims.first("og:title"), claims.first("twitter:title"))
            if value
        ),
        _clean(claims.headings[0]) if claims.headings else "",
        without_site(_clean(claims.title_tag), site, ""),
    ]
    known = [candidate for candidate in candidates if candidate]
    if expected and _squeezed(expected) in map(_squeezed, known):
        return next(name for name in known if _squeezed(name) == _squeezed(expected))
    return next(
        (name for name in known if not name.endswith(("...", "…"))), known[0] if known else ""
    )


def without_site(title: str, site: str, title_tag: str = "") -> str:
    """`Headline | Site` without ` | Site`; a part is the site's if it looks like its name."""
    parts = _SEPARATED.split(title)
    if len(parts) < 2:
        return title
    last = title.rfind(parts[-1])
    head = re.sub(r"[\s|\-–—·»:•]+$", "", title[:last])
    named = site and _squeezed(parts[-1]) in (_squeezed(site), _squeezed(site.split(".")[0]))
    short = len(parts[-1].split()) <= 4 and len(head.split()) >= 4 and "|" in title[last - 3 : last]
    return head if (named or short) and head else title


def authors_of(claims: Claims, tree: HtmlElement) -> tuple[str, ...]:
    """People and agencies that sign, each once, in order: JSON-LD, else meta, else the byline."""
    names = list(_json_names(claims.article.get("author")))
    if not names:
        values = claims.meta.get("author", []) or claims.meta.get("article:author", [])
        values = values or claims.meta.get("byl", []) or claims.meta.get("parsely-author", [])
        names = [name for value in values for name in _names(value)]
    if not names:
        names = (extract_author(tree) or "").split("; ")
    site = _squeezed(claims.first("og:site_name") or "")
    kept: dict[str, str] = {}
    for name in (_ROLE.sub("", _BY.sub("", _clean(name))) for name in names):
        if name and len(name) <= 60 and not _NOT_A_PERSON.search(name) and _squeezed(name) != site:
            kept.setdefault(_squeezed(name), name)
    return tuple(kept.values())


def published_of(claims: Claims, tree: HtmlElement, url: str, now: datetime) -> datetime | None:
    """When it was published, aware UTC: JSON-LD, then meta, then time elements, then htmldate.

    A date in the future is no date.
    """
    values = [
        claims.article.get("datePublished"),
        claims.article.get("dateCreated"),
        *(
            claims.first(name)
            for name in (
                "article:published_time",
                "og:published_time",
                "og:article:published_time",
                "datepublished",
                "parsely-pub-date",
                "pubdate",
                "publishdate",
                "publish-date",
                "sailthru.date",
                "dc.date.issued",
                "dcterms.created",
                "dc.date",
                "date",
                "cxenseparse:recs:publishtime",
            )
        ),
        *(element.get("datetime") for element in tree.iter("time")),
    ]
    for value in values:
        moment = read_date(value)
        if moment is not None and moment <= now + _FUTURE:
            return min(moment, now)
    guess = find_date(
        tree, url=url, original_date=True, outputformat="%Y-%m-%d", max_date=f"{now:%Y-%m-%d}"
    )
    return read_date(guess)


def read_date(value: Any) -> datetime | None:
    """An ISO 8601 date or time as aware UTC (without a zone it is taken as UTC), else None."""
    if not isinstance(value, str):
        return None
    text = re.sub(r"\s*\([A-Z]+\)$|\s+(?=[+-]\d\d:?\d\d$)", "", value.strip())
    text = re.sub(r"\.(\d{6})\d+", r".\1", text).replace(" UTC", "Z").replace(" GMT", "Z")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC) if moment.year > 1990 else None
    except OverflowError:
        return None


def summary_of(claims: Claims) -> str | None:
    value = claims.first("og:description", "description", "twitter:description")
    value = value or str(claims.article.get("description") or "")
    return _clean(value) or None


def site_of(claims: Claims) -> str | None:
    publisher = claims.article.get("publisher")
    named = publisher.get("name") if isinstance(publisher, dict) else None
    value = claims.first("og:site_name", "application-name") or (named if named else "")
    return _clean(str(value)) or None


def canonical_claims(claims: Claims) -> list[str]:
    """Addresses that the page gives as its own, the best first."""
    values = [claims.links.get("canonical"), claims.first("og:url")]
    return [value for value in values if value]


def _json_names(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield from _names(value)
    elif isinstance(value, dict):
        names = value.get("name")
        for name in names if isinstance(names, list) else [names]:
            if isinstance(name, str):
                yield from _names(name)
    elif isinstance(value, list):
        for item in value:
            yield from _json_names(item)


def _names(text: str) -> list[str]:
    """One or more names; an address is none, and must not be cut up."""
    return [] if _NOT_A_PERSON.search(text) else _BETWEEN_NAMES.split(text)


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(html.unescape(text))).strip()


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
