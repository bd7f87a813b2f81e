"""The formats that are read: one table, from which all follows that depends on the format."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from newswatch.feeds.document import FeedDocument, document_from
from newswatch.feeds.jsonfeed import parse_json
from newswatch.feeds.jsontext import json_feed_in, json_in
from newswatch.feeds.sitemap import parse_sitemap, parse_sitemap_index
from newswatch.feeds.xmlfeed import parse_atom, parse_rss
from newswatch.models import ParsedFeed, ParseFailure
from newswatch.text.markup import decoded_references


class XmlParser(Protocol):
    def __call__(
        self, document: FeedDocument, /, *, url: str, now: datetime
    ) -> ParsedFeed | ParseFailure: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format of XML: the local names of its root, the media types it is announced by."""

    name: str
    roots: frozenset[str]
    types: frozenset[str]
    parse: XmlParser


XML_FORMATS = (
    Format(
        "RSS",
        frozenset({"rss", "channel", "rdf"}),
        frozenset({"application/rss+xml", "application/rdf+xml", "text/rss+xml"}),
        parse_rss,
    ),
    Format(
        "Atom",
        frozenset({"feed", "entry"}),
        frozenset({"application/atom+xml"}),
        parse_atom,
    ),
    Format("news sitemap", frozenset({"urlset"}), frozenset(), parse_sitemap),
    Format("index of sitemaps", frozenset({"sitemapindex"}), frozenset(), parse_sitemap_index),
)
JSON_TYPES = frozenset({"application/feed+json"})
# What a page may announce a feed by.
ANNOUNCED_TYPES = JSON_TYPES.union(*(format_.types for format_ in XML_FORMATS))

_BY_ROOT = {root: format_ for format_ in XML_FORMATS for root in format_.roots}
# A document that begins with other elements may still hold one of these further on.
_UNMISTAKABLE = frozenset({"rss", "rdf", "feed", "urlset", "sitemapindex"})
_OF_HTML = frozenset({"html", "head", "body", "div", "script", "meta", "p", "h1", "center"})
ESCAPED_WITHIN = 20_000  # characters, in which a root is found that stands there as text
_ESCAPED_ROOT = re.compile(
    r"&lt;(?:rss|rdf:RDF|feed|urlset|sitemapindex)(?=\s|&gt;)", re.IGNORECASE
)


def detect(text: str) -> Callable[[str, datetime], ParsedFeed | ParseFailure] | ParseFailure:
    """How to read a document, given the feed's address and the time; or why it is no feed."""
    if (json := json_in(text)) is not None:
        return lambda url, now: parse_json(json, url=url, now=now)
    document = document_from(text, _UNMISTAKABLE)
    format_ = _BY_ROOT.get(document.root)
    if format_ is not None:
        return lambda url, now: format_.parse(document, url=url, now=now)
    if (json_feed := json_feed_in(text)) is not None:
        return lambda url, now: parse_json(json_feed, url=url, now=now)
    if _ESCAPED_ROOT.search(text[:ESCAPED_WITHIN]):
        return detect(decoded_references(text))
    if not document.text:
        return ParseFailure("not-a-feed", "there is no XML element in it")
    if document.root in _OF_HTML:
        return ParseFailure("html", _about_html(document.text))
    if not document.root:
        return ParseFailure("malformed", "its first element has no proper name")
    return ParseFailure(
        "not-a-feed", f"the root element is <{document.root}>, which is no feed format"
    )


def _about_html(text: str) -> str:
    start = text[:20_000].lower()
    if any(word in start for word in ("consent", "cookie", "gdpr", "captcha", "cf-chl")):
        return "a web page came instead of a feed: a consent wall or a challenge"
    return "a web page came instead of a feed"
