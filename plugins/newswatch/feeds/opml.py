"""OPML, in which feed readers exchange their lists (opml.org/spec2.opml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

from newswatch.addresses.urls import fetch_url, host_of, same_address_key
from newswatch.errors import InputError
from newswatch.feeds.document import document_from
from newswatch.feeds.xmltree import attribute, tree_of
from newswatch.models import FeedSpec
from newswatch.text.charset import decode
from newswatch.text.invisible import without_unseen
from newswatch.text.language import tag_of

_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|feed:(?=//)", re.IGNORECASE)
_USER = re.compile(r"(?<=//)[^/?#@]*@")


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
    for url, outlet, country, language in _outlines(content, file):
        spec = _spec(url, outlet, country, language)
        if isinstance(spec, str):
            left_out.append((_USER.sub("…@", url), spec))
        elif same_address_key(spec.url) in found:
            left_out.append((url, "it stands there twice"))
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


def _outlines(content: bytes, file: str) -> Iterator[tuple[str, str, str, str]]:
    """Address, title, country and language of each feed as they stand there."""
    document = document_from(decode(content).text, {"opml"})
    tree = tree_of(document.text, "outline") if document.root == "opml" else None
    if tree is None:
        raise InputError(
            "this is no OPML document", file=file, mend="export the list as OPML from your reader"
        )
    for outline in tree.items:
        if url := " ".join(without_unseen(attribute(outline, "xmlUrl")).split()):
            title = attribute(outline, "text") or attribute(outline, "title")
            yield url, title, attribute(outline, "country"), attribute(outline, "language")


def _spec(url: str, title: str, country: str, language: str) -> FeedSpec | str:
    """The feed, or why its address cannot be polled."""
    url = _FEED_SCHEME.sub(lambda found: "" if "http" in url[:13].lower() else "http:", url)
    if not re.match(r"https?://", url, re.IGNORECASE) or fetch_url(url) is None:
        return "it is no web address: write it in full, from https:// on"
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        return (
            "it carries a user name or password: list it in feeds.yaml, with login: and the name of"
            " an entry in NEWSWATCH_FEED_LOGINS"
        )
    return FeedSpec(
        url=url,
        outlet=" ".join(without_unseen(title).split()) or host_of(url),
        country=country.strip().upper() if re.fullmatch(r"\s*[A-Za-z]{2}\s*", country) else None,
        language=tag_of(language),
        ports=() if parts.port in (None, 80, 443) else (parts.port,),
    )


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
