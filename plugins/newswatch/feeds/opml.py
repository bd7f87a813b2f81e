"""OPML, in which feed readers exchange their lists (opml.org/spec2.opml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

from newswatch.addresses.urls import fetch_url, host_of, same_address_key
from newswatch.errors import InputError
from newswatch.feeds.document import document_from
from newswatch.models import FeedSpec
from newswatch.text.charset import decode
from newswatch.text.invisible import without_unseen
from newswatch.text.language import tag_of
from newswatch.text.markup import one_line

# Schemes that programs register for feeds, in place of the web's or before it.
_FEED_SCHEME = re.compile(r"(feeds?|rss|pcast|itpc):(?://)?(?:(?=https?:)|(?<=//))", re.IGNORECASE)
_USER = re.compile(r"(?:(?<=//)|^)[^/?#]*@")


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The feeds of a list, each once, and the addresses that were left out, each with the reason.
    A password in an address is masked."""

    feeds: tuple[FeedSpec, ...]
    left_out: tuple[tuple[str, str], ...] = ()


def read_opml(content: bytes, file: str) -> Subscriptions:
    """The feeds of an OPML document; `file` is for messages.

    The outlet is the title that the list gives, else the host; country and language are those of
    its attributes, where they are codes. Raises `InputError` if the document lists no feed, naming
    the addresses that are none.
    """
    found: dict[str, FeedSpec] = {}
    left_out: list[tuple[str, str]] = []
    for outline in _outlines(content, file):
        spec = _spec(outline)
        if isinstance(spec, str):
            left_out.append((_USER.sub("…@", outline.url), spec))
        elif same_address_key(spec.url) in found:
            left_out.append((outline.url, "it stands there twice"))
        else:
            found[same_address_key(spec.url)] = spec
    if not found:
        named = ", ".join(url for url, _ in left_out[:3])
        raise InputError(
            f"none of its addresses is one: {named}" if named else "it lists no feed",
            file=file,
            mend="each feed is an <outline> with an xmlUrl attribute",
        )
    return Subscriptions(tuple(found.values()), tuple(left_out))


@dataclass(frozen=True, slots=True)
class _Outline:
    """What a list says of one of its rows."""

    url: str
    title: str
    country: str
    language: str
    problem: str = ""  # why it cannot be a feed


def _outlines(content: bytes, file: str) -> Iterator[_Outline]:
    """The rows with an address, as they stand there."""
    document = document_from(decode(content).text, {"opml"})
    if document.root != "opml":
        raise InputError(
            "this is no OPML document", file=file, mend="export the list as OPML from your reader"
        )
    tags = _Tags()
    tags.feed(document.text)
    for attributes in tags.outlines:
        said = {name: " ".join(without_unseen(text).split()) for name, text in attributes.items()}
        url = next(filter(None, map(said.get, _ADDRESSES)), "")
        kind = said.get("type", "").lower()
        problem = ""
        if not url or kind in ("link", "include"):
            url = url or said.get("htmlurl", "")
            problem = _NO_FEED.get(kind, "it has no xmlUrl, which would be the feed's address")
        if url:
            yield _Outline(
                url,
                title=one_line(said.get("text") or said.get("title") or ""),
                country=said.get("country", ""),
                language=next(filter(None, map(said.get, _LANGUAGES)), ""),
                problem=problem,
            )


_ADDRESSES = ("xmlurl", "feedurl", "rssurl", "url")
_LANGUAGES = ("language", "lang", "xml:lang")
_NO_FEED = {
    "link": "it is a link to a page",
    "include": "it is another list: save it, and import it as well",
}


class _Tags(HTMLParser):
    """The attributes of all outlines, however their tags are nested, closed or spelled."""

    def __init__(self) -> None:
        super().__init__()
        self.outlines: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag.rpartition(":")[2] == "outline":
            self.outlines.append({name: value or "" for name, value in attrs})


def _spec(outline: _Outline) -> FeedSpec | str:
    """The feed, or why its address cannot be polled."""
    if outline.problem:
        return outline.problem
    url = _FEED_SCHEME.sub(_scheme, outline.url)
    parts = urlsplit(url) if fetch_url(url) else None
    if parts is None or parts.port == 0:
        return "it is no web address: write it in full, from https:// on"
    if parts.username is not None or parts.password is not None:
        return (
            "it carries a user name or password: list it in feeds.yaml, with login: and the name of"
            " an entry in NEWSWATCH_FEED_LOGINS"
        )
    country = outline.country.upper()
    return FeedSpec(
        url=url,
        outlet=outline.title or host_of(url),
        country=_COUNTRIES.get(country, country) if re.fullmatch("[A-Z]{2}", country) else None,
        language=tag_of(outline.language),
        ports=() if parts.port in (None, 80, 443) else (parts.port,),
    )


_COUNTRIES = {"UK": "GB", "EL": "GR"}  # as ISO 3166-1 has them


def _scheme(found: re.Match[str]) -> str:
    if not found[0].endswith("//"):
        return ""
    return "https://" if found[1].lower() == "feeds" else "http://"


def write_opml(feeds: Sequence[FeedSpec], title: str) -> bytes:
    """An OPML 2.0 document (UTF-8) of the feeds, in their order."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = title
    body = ElementTree.SubElement(root, "body")
    for feed in feeds:
        attributes = {"type": "rss", "text": feed.outlet, "title": feed.outlet, "xmlUrl": feed.url}
        if feed.language:
            attributes["language"] = feed.language
        if feed.country:
            attributes["country"] = feed.country
        ElementTree.SubElement(body, "outline", attributes)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
