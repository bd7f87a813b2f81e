"""When an article was published and modified, out of the many dates that a page gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from htmldate import find_date
from lxml.html import HtmlElement

from newswatch.addresses.urls import host_of
from newswatch.extract.metadata import Claims
from newswatch.text.dates import read_date

_PUBLISHED = (
    *("article:published_time", "article:published:time", "og:published_time"),
    *("og:article:published_time", "datepublished", "parsely-pub-date", "pubdate", "publishdate"),
    *("publish-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "date"),
    "cxenseparse:recs:publishtime",
)
_MODIFIED = (
    *("article:modified_time", "article:modified:time", "og:updated_time", "og:modified_time"),
    *("datemodified", "last-modified", "lastmod", "dcterms.modified"),
)
_BEGINNING = datetime.min.replace(tzinfo=UTC)
_WRONG_ZONE = timedelta(hours=26)  # further off than any zone explains: no date of this article


def published_of(
    claims: Claims, tree: HtmlElement, url: str, now: datetime, since: datetime | None = None
) -> tuple[datetime | None, str]:
    """When it was published (aware UTC, not later than `now`) and the source.

    JSON-LD, then meta, then time elements, then htmldate's search of the page. A date in the future
    is refused, and one of days before `since`.
    """
    earliest = since - _WRONG_ZONE if since else _BEGINNING
    for value, source in _published_claims(claims, tree):
        moment = _moment(value, url)
        if moment is not None and earliest <= moment <= now + _WRONG_ZONE:
            return min(moment, now), source
    guess = find_date(
        tree,
        url=url,
        original_date=True,
        extensive_search=False,
        outputformat="%Y-%m-%d",
        max_date=f"{now:%Y-%m-%d}",
    )
    moment = _moment(guess)
    return (moment if moment is not None and earliest <= moment else None), "htmldate"


def _published_claims(claims: Claims, tree: HtmlElement) -> Iterator[tuple[Any, str]]:
    yield claims.article.get("datePublished"), "json-ld"
    yield claims.article.get("dateCreated"), "json-ld"
    for name in _PUBLISHED:
        yield claims.first(name), "meta"
    for element in tree.iter("time"):
        yield element.get("datetime"), "time"


def modified_of(
    claims: Claims, published_at: datetime | None, now: datetime
) -> tuple[datetime | None, str]:
    """When it was last changed, if the page says so and it is later than its publication."""
    values = [(claims.article.get("dateModified"), "json-ld")]
    values += [(claims.first(name), "meta") for name in _MODIFIED]
    for value, source in values:
        moment = _moment(value)
        if moment is not None and (published_at or moment) <= moment <= now + _WRONG_ZONE:
            return min(moment, now), source
    return None, ""


def _moment(value: Any, url: str = "") -> datetime | None:
    found = read_date(value, host=host_of(url)) if isinstance(value, str) else None
    return found.at if found else None
