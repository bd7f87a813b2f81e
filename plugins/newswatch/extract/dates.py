"""When an article was published and modified, out of the many dates that a page gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from htmldate import find_date
from lxml.html import HtmlElement

from newswatch.addresses.urls import host_of
from newswatch.extract.date_in_url import date_in_url
from newswatch.extract.json_ld import is_json_ld
from newswatch.extract.metadata import Claims
from newswatch.extract.shown_dates import dates_shown
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
_YEAR_ALONE = "-01-01"  # htmldate's day for "© 2025" in a footer
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BEGINNING = datetime.min.replace(tzinfo=UTC)
_WRONG_ZONE = timedelta(hours=26)  # further off than any zone explains: no date of this article
_OFF_THE_ADDRESS = timedelta(days=2)  # further off than a zone and a night's work explain


@dataclass(frozen=True, slots=True)
class _Page:
    claims: Claims
    tree: HtmlElement
    url: str
    language: str
    earliest: datetime
    latest: datetime

    def moment(self, value: Any) -> datetime | None:
        """The moment that a claim names, if the article can be of then."""
        moment = _moment(value, self.url, self.language)
        return moment if moment and self.earliest <= moment <= self.latest else None


def published_of(
    claims: Claims, tree: HtmlElement, url: str, now: datetime, since: datetime | None = None
) -> tuple[datetime | None, str]:
    """When it was published (aware UTC, not later than `now`) and the source; the tree loses
    scripts that tell no date.

    JSON-LD, then meta, then what stands by the headline, then the address, then htmldate's search
    of the page. A day in the address outweighs a claim that is days away from it: such a claim is
    of another article, or of the last import into a new system. A date in the future is refused,
    and one of days before `since`.
    """
    earliest = since - _WRONG_ZONE if since else _BEGINNING
    page = _Page(claims, tree, url, _language_of(claims), earliest, now + _WRONG_ZONE)
    addressed = page.moment(date_in_url(url))
    for value, source in _published_claims(page):
        moment = page.moment(value)
        if moment is None:
            continue
        if addressed and abs(moment - addressed) > _OFF_THE_ADDRESS:
            return min(addressed, now), f"url, against {source}"
        return min(moment, now), source
    if addressed:
        return min(addressed, now), "url"
    _drop_scripts(tree)
    guess = find_date(
        tree,
        url=url,
        original_date=True,
        extensive_search=True,
        outputformat="%Y-%m-%d",
        max_date=f"{now:%Y-%m-%d}",
    )
    if guess and guess.endswith(_YEAR_ALONE):
        return None, ""
    moment = _moment(guess)
    return (moment if moment is not None and earliest <= moment else None), "htmldate"


def _published_claims(page: _Page) -> Iterator[tuple[Any, str]]:
    yield page.claims.article.get("datePublished"), "json-ld"
    yield page.claims.article.get("dateCreated"), "json-ld"
    for name in _PUBLISHED:
        yield page.claims.first(name), "meta"
    yield from dates_shown(page.tree, page.language)


def _drop_scripts(tree: HtmlElement) -> None:
    """Take out JSON-LD, which has been read and names dates of others, and what writes no year.

    The search goes over the whole page some twenty times, and most of a page is scripts.
    """
    for script in list(tree.iter("script", "style")):
        if is_json_ld(script) or not _YEAR.search(script.text or ""):
            script.drop_tree()


def modified_of(
    claims: Claims, published_at: datetime | None, now: datetime
) -> tuple[datetime | None, str]:
    """When it was last changed, if the page says so and it is later than its publication."""
    values = [(claims.article.get("dateModified"), "json-ld")]
    values += [(claims.first(name), "meta") for name in _MODIFIED]
    for value, source in values:
        moment = _moment(value, language=_language_of(claims))
        if moment is not None and (published_at or moment) <= moment <= now + _WRONG_ZONE:
            return min(moment, now), source
    return None, ""


def _language_of(claims: Claims) -> str:
    """The page's language with its region, which settles whether 12/04 is in April."""
    named = claims.html_lang
    locale = (claims.first("og:locale") or "").replace("_", "-")
    return locale if not named or locale.lower().startswith(f"{named.lower()}-") else named


def _moment(value: Any, url: str = "", language: str = "") -> datetime | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:.0f}"
    if not isinstance(value, str):
        return None
    found = read_date(value, host=host_of(url), language=language)
    return found.at if found else None
