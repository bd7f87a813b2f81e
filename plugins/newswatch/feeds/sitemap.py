"""News sitemaps: what an outlet without a feed tells search engines of its newest articles
(developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from lxml import etree

from newswatch.addresses.urls import host_of
from newswatch.feeds.document import FeedDocument
from newswatch.feeds.items import Head, Item, feed_of
from newswatch.feeds.links import resolved
from newswatch.feeds.xmltree import name_of, text_of, tree_of
from newswatch.models import ParsedFeed, ParseFailure
from newswatch.text.dates import read_date

MAX_SITEMAPS = 4  # of an index, at one poll
RECENT = timedelta(days=2)  # Google's own limit for news
_NEWS = re.compile(r"news|latest|recent", re.IGNORECASE)


def parse_sitemap(document: FeedDocument, *, url: str, now: datetime) -> ParsedFeed | ParseFailure:
    """The articles of a sitemap; addresses without news are passed over."""
    tree = tree_of(document.text, "url")
    if tree is None:
        return ParseFailure("malformed", "nothing in it can be read as XML")
    news = [element for element in tree.items if _facts(element).keys() & _OF_NEWS]
    if not news and tree.items:
        return ParseFailure("not-a-feed", "it is a sitemap that lists no news")
    head = Head(
        format="news-sitemap",
        title=next((_facts(element).get("news:name", "") for element in news), ""),
        bases=(url,),
        problem="; ".join(filter(None, (document.damage, tree.damage))) or None,
    )
    return feed_of(head, news, dates=_dates, read=lambda element: _item(element, head), now=now)


def parse_sitemap_index(
    document: FeedDocument, *, url: str, now: datetime
) -> ParsedFeed | ParseFailure:
    """The sitemaps that may hold news of these days: those named for it first, then the newest."""
    tree = tree_of(document.text, "sitemap")
    if tree is None:
        return ParseFailure("malformed", "nothing in it can be read as XML")
    found: dict[str, tuple[bool, datetime]] = {}
    for element in tree.items:
        facts = _facts(element)
        address = resolved(facts.get("loc", ""), (url,))
        written = read_date(facts.get("lastmod"), host=host_of(url))
        changed = written.at if written else now
        if address and now - changed <= RECENT:
            found.setdefault(address, (_NEWS.search(address) is None, changed))
    newest = sorted(found, key=lambda address: found[address][1], reverse=True)
    chosen = sorted(newest, key=lambda address: found[address][0])
    return ParsedFeed(
        format="sitemap-index",
        title="",
        entries=(),
        problem="; ".join(filter(None, (document.damage, tree.damage))) or None,
        sitemaps=tuple(chosen[:MAX_SITEMAPS]),
    )


_OF_NEWS = frozenset({"news:title", "news:publication_date"})


def _item(element: etree._Element, head: Head) -> Item:
    facts = _facts(element)
    return Item(
        guid="",
        link=resolved(facts.get("loc", ""), head.bases) or "",
        title=facts.get("news:title", ""),
        dates=_dates(element),
        language=facts.get("news:language"),
    )


def _dates(element: etree._Element) -> tuple[str, ...]:
    facts = _facts(element)
    names = ("news:publication_date", "lastmod")
    return tuple(facts[name] for name in names if facts.get(name))


def _facts(element: etree._Element) -> dict[str, str]:
    """The texts below an address by name, the first of each."""
    found: dict[str, str] = {}
    for below in element.iterdescendants(etree.Element):
        if not len(below) and (text := text_of(below).strip()):
            found.setdefault(name_of(below), text)
    return found
