"""XML as feeds have it, to elements under plain names: `dc:date`, `pubdate`, `atom:link`.

A document that is not well formed is read item by item: what is wrong with one costs itself only.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

# By the address without its scheme, "www." and what stands at its end: feeds write them with https,
# with and without a slash. What has no prefix here is RSS in one of its many namespaces.
_PREFIXES = {
    "w3.org/2005/atom": "atom",
    "purl.org/atom/ns": "atom",
    "purl.org/rss/1.0/modules/content": "content",
    "purl.org/rss/1.0/modules/syndication": "sy",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/elements/1.0": "dc",
    "purl.org/dc/terms": "dcterms",
    "search.yahoo.com/mrss": "media",
    "itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "w3.org/1999/xhtml": "xhtml",
    "w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "w3.org/xml/1998/namespace": "xml",
    "google.com/schemas/sitemap-news/0.9": "news",
    "news.yandex.ru": "yandex",
    "turbo.yandex.ru": "turbo",
    "wordpress.org/export/1.2/excerpt": "excerpt",
    "purl.org/rss/1.0": "",
    "purl.org/net/rss1.1": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "backend.userland.com/rss": "",
    "backend.userland.com/rss2": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "cyber.harvard.edu/rss": "",
    "sitemaps.org/schemas/sitemap/0.9": "",
    "sitemaps.org/schemas/sitemap/0.84": "",
    "google.com/schemas/sitemap/0.84": "",
}
_KNOWN = frozenset(_PREFIXES.values())
_ITEM = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|<(?P<close>/?)(?:[\w.-]{1,40}:)?(?P<name>item|entry|url|sitemap)(?=[\s/>])[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
# What holds text: markup in it that is not well formed is taken for text as well.
_TEXTS = re.compile(
    r"(<(?P<name>(?:[\w.-]{1,40}:)?(?:title|link|description|summary|content|encoded|guid|id"
    r"|pubdate|date|published|updated|creator|author|full-text))(?:\s[^<>]*)?(?<!/)>)"
    r"(?P<inner>(?><!\[CDATA\[.*?\]\]>|.)*?)(</(?P=name)\s*>)",
    re.DOTALL | re.IGNORECASE,
)


XML = "{http://www.w3.org/XML/1998/namespace}"
Children = dict[str, list[etree._Element]]
# Start tags with an attribute whose value has no quotes.
_UNQUOTED = re.compile(
    r"(?P<cdata><!\[CDATA\[.*?\]\]>)|<[\w:.-]+\s[^<>]*?[\w:.-]=[^\s\"'<>][^<>]*>", re.DOTALL
)
_VALUE = re.compile(r"(\"[^\"]*\"|'[^']*')|(\s[\w:.-]+=)([^\s\"'<>]+?)(?=\s|/?>)")


@dataclass(frozen=True, slots=True)
class Tree:
    """A feed's root without its items, and those; `damage` says what was not well formed."""

    head: etree._Element
    items: list[etree._Element]
    damage: str | None = None


def tree_of(text: str, item: str) -> Tree | None:
    """The elements of a document that begins with its root; `item` is the local name of an item's.

    None if nothing can be read.
    """
    parser = _parser()
    root = _parsed(text, parser)
    errors = [error for error in parser.error_log if error.level >= etree.ErrorLevels.FATAL]
    if root is not None and not errors:
        loose = parser.error_log[0].message if len(parser.error_log) else None
        items = list(root.iter(f"{{*}}{item}"))
        if not items:  # <Item>, in the manner of HTML
            items = [element for element in root.iter(etree.Element) if _is_named(element, item)]
        return Tree(root, items, f"malformed: {loose}" if loose else None)
    said = errors[0].message if errors else "its tags had to be mended"
    head, pieces = _cut(text, item)
    root = _parsed(head, _parser())
    if root is None:
        return None
    items = [element for piece in pieces for element in _salvaged(piece, item)]
    return Tree(root, items, f"malformed: {said}")


def name_of(element: etree._Element) -> str:
    """`dc:date`, whatever prefix stands for the namespace; RSS's own names have none."""
    return _plain_name(element.tag, element.prefix)


def children_of(element: etree._Element) -> Children:
    """The children by name, in order."""
    found: Children = {}
    for child in element:
        if isinstance(child.tag, str):
            found.setdefault(name_of(child), []).append(child)
    return found


def text_of(element: etree._Element | None) -> str:
    """All that stands in an element; markup in it as markup. Base64 of Atom 0.3 is decoded."""
    if element is None:
        return ""
    if not len(element):
        return _decoded(element) if element.get("mode") == "base64" else element.text or ""
    parts = [element.text or ""]
    for child in element:
        parts.append(etree.tostring(child, encoding="unicode"))
    return re.sub(r"<(/?)[\w.-]+:(?=\w)", r"<\1", "".join(parts))


def _decoded(element: etree._Element) -> str:
    said = element.text or ""
    try:
        return base64.b64decode(said).decode("utf-8", "replace")
    except ValueError:
        return said


def attribute(element: etree._Element, name: str) -> str:
    """An attribute without regard to case or namespace; empty if there is none."""
    value = element.get(name)
    if value is not None:
        return str(value)
    for key, found in element.attrib.items():
        if str(key).rpartition("}")[2].lower() == name.lower():
            return str(found)
    return ""


def inherited_language(element: etree._Element) -> str | None:
    """`xml:lang` of an element or of the nearest above it that has one."""
    for place in (element, *element.iterancestors()):
        if value := place.get(f"{XML}lang"):
            return str(value)
    return None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )


def _parsed(text: str, parser: etree.XMLParser) -> etree._Element | None:
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _cut(text: str, item: str) -> tuple[str, list[str]]:
    """The document without its items, and each item from its start tag to its end or the next's
    start. One that the document's end cuts off is cut behind its last whole element."""
    pieces: list[str] = []
    between: list[str] = []
    position, start = 0, None
    for found in _ITEM.finditer(text):
        if (found["name"] or "").lower() != item:
            continue
        if not found["close"]:
            if start is None:
                between.append(text[position : found.start()])
            else:
                pieces.append(text[start : found.start()])
            start = None if found[0].endswith("/>") else found.start()
            position = found.end()
        elif start is not None:
            pieces.append(text[start : found.end()])
            start, position = None, found.end()
    if start is None:
        between.append(text[position:])
    else:
        rest = text[start:]
        pieces.append(rest[: rest.rfind(">", 0, rest.rfind("</") + 80) + 1])
    return "".join(between), [piece for piece in pieces if piece]


def _salvaged(piece: str, item: str) -> Iterator[etree._Element]:
    """The item in a piece of a document, if need be with the markup in its texts as text."""
    parser = _parser()
    found = _parsed(piece, parser)
    if found is None or any(e.level >= etree.ErrorLevels.FATAL for e in parser.error_log):
        quoted = _UNQUOTED.sub(_with_quotes, piece)
        found = _parsed(_TEXTS.sub(_as_text, quoted), _parser())
    if found is not None and _is_named(found, item) and len(found):
        yield found


def _with_quotes(found: re.Match[str]) -> str:
    return found["cdata"] or _VALUE.sub(
        lambda value: value[1] or f'{value[2]}"{value[3]}"', found[0]
    )


def _as_text(found: re.Match[str]) -> str:
    inner = found["inner"]
    if "<" not in inner or inner.lstrip().startswith("<![CDATA["):
        return found[0]
    return f"{found[1]}<![CDATA[{inner.replace(']]>', ']]&gt;')}]]>{found[4]}"


def _is_named(element: etree._Element, local: str) -> bool:
    name = _plain_name(element.tag, element.prefix) if isinstance(element.tag, str) else ""
    return name.rpartition(":")[2] == local


@lru_cache(maxsize=4_096)
def _plain_name(tag: str, prefix: str | None) -> str:
    """The name of a tag as lxml gives it: `{namespace}Local`, or `prefix:local` where the prefix
    stands for nothing."""
    if tag.startswith("{"):
        namespace, _, local = tag[1:].partition("}")
        known = _PREFIXES.get(_bare(namespace))
        prefix = known if known is not None else prefix or ""
    else:
        prefix, _, local = tag.rpartition(":")
    local = local.lower()
    if local == "encoded" and prefix != "excerpt":
        prefix = "content"
    prefix = (prefix or "").lower()
    return f"{prefix}:{local}" if prefix else local


def _bare(namespace: str) -> str:
    bare = re.sub(r"^https?://(?:www\.)?", "", namespace.strip().lower())
    return bare.rstrip("/#")
