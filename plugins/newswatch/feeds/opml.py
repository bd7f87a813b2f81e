"""OPML, in which feed readers exchange their lists (opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

import listparser

from newswatch.addresses.urls import fetch_url, host_of, same_address_key
from newswatch.errors import InputError
from newswatch.models import FeedSpec
from newswatch.text.invisible import without_unseen


def read_opml(content: bytes, file: str) -> list[FeedSpec]:
    """The feeds of an OPML document, each once; `file` is for messages.

    The outlet is the title that the list gives, else the host. Raises `InputError` if the document
    lists no feed, naming the addresses that are none.
    """
    if b"<opml" not in content[:10_000].lower():
        raise InputError(
            "this is no OPML document", file=file, mend="export the list as OPML from your reader"
        )
    found: dict[str, FeedSpec] = {}
    refused = []
    for feed in listparser.parse(content).feeds:
        url = str(feed.url).strip()
        if fetch_url(url) is None:
            refused.append(url)
            continue
        outlet = " ".join(without_unseen(str(feed.title or "")).split()) or host_of(url)
        found.setdefault(same_address_key(url), FeedSpec(url=url, outlet=outlet))
    if not found:
        problem = f"none of its addresses is one: {', '.join(refused[:3])}" if refused else ""
        raise InputError(
            problem or "it lists no feed",
            file=file,
            mend="each feed is an <outline> with an xmlUrl attribute",
        )
    return list(found.values())


def write_opml(feeds: Sequence[FeedSpec], title: str) -> bytes:
    """An OPML 2.0 document (UTF-8) of the feeds, in their order."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = title
    body = ElementTree.SubElement(root, "body")
    for feed in feeds:
        attributes = {"type": "rss", "text": feed.outlet, "title": feed.outlet, "xmlUrl": feed.url}
        if feed.language:
            attributes["language"] = feed.language
        ElementTree.SubElement(body, "outline", attributes)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
