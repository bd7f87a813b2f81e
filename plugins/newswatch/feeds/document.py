"""The text of a feed, its damage mended before anything parses it.

What comes before the root element is dropped with the DOCTYPE: warnings and pages around a feed,
long runs of blanks for which some parsers need seconds, and entities that expand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from dataclasses import dataclass
from html.entities import html5

from newswatch.text.markup import joined_surrogates

MAX_ROOT_TAG = 65_536  # characters; a root with more is an attack on the parser
SEARCHED = 1_000_000  # characters in which the root is looked for

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ELEMENT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,40})(?=[\s/>])")
# Those that XML itself has stay as they are.
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)"
    r"(?:(#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});)?"
)


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """XML from its root element on; `damage` says what had to be mended before parsing, if
    anything."""

    text: str
    root: str  # the local name of the root, in lower case; empty if there is no element
    damage: str | None = None


def document_from(text: str, roots: Collection[str]) -> FeedDocument:
    """The document whose root is one of `roots`, wherever it begins, else what the first element
    begins: references that XML does not have are what HTML means by them, others are text."""
    start = _root_start(text, roots)
    if start is None:
        return FeedDocument("", "")
    text = _NOT_XML.sub("", text[start:])
    root = local_name(text)
    mended, damage = with_proper_references(text[: _end(text, root)])
    return FeedDocument(mended, root, damage)


def local_name(text: str) -> str:
    """Of the element that `text` begins with, in lower case; empty if it begins with none."""
    found = _ELEMENT.match(text)
    return found[1].lower() if found else ""


def root_is_hostile(text: str) -> bool:
    """Whether the root's start tag is so long that only an attacker writes it."""
    end = text.find(">")
    return end > MAX_ROOT_TAG or (end < 0 and len(text) > MAX_ROOT_TAG)


def with_proper_references(text: str) -> tuple[str, str | None]:
    """The text with references that XML has, outside of CDATA, and what was wrong with others."""
    if "&" not in text:
        return text, None
    counts = {"bare": 0, "forbidden": 0, "html": 0}

    def proper(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            counts["bare"] += 1
            return "&amp;"
        if name[0] == "#":
            said = html.unescape(found[0])
            if _NOT_XML.search(said) or said in ("", "\ufffd"):
                counts["forbidden"] += 1
                return ""
            return _safe(said)
        if f"{name};" in html5:
            counts["html"] += 1
            return _safe(html5[f"{name};"])
        counts["bare"] += 1
        return f"&amp;{name};"

    parts: list[str] = []
    position = 0
    while position < len(text):
        start = text.find("<![CDATA[", position)
        plain = text[position:] if start < 0 else text[position:start]
        parts.append(_AMPERSAND.sub(proper, joined_surrogates(plain) if "&#" in plain else plain))
        if start < 0:
            break
        end = text.find("]]>", start)
        position = len(text) if end < 0 else end + 3
        parts.append(text[start:position])
    told = {
        "bare": "an ampersand is not escaped",
        "forbidden": "a reference to a character that XML forbids",
        "html": "a reference that XML does not have",
    }
    damage = ", ".join(told[kind] for kind, count in counts.items() if count)
    return "".join(parts), f"malformed: {damage}" if damage else None


def _safe(text: str) -> str:
    return html.escape(text)


def _end(text: str, root: str) -> int:
    """Behind the root's end tag, where it has one: what follows is no part of the feed."""
    ends = re.finditer(rf"</(?:[\w.-]{{1,40}}:)?{re.escape(root)}\s*>", text, re.IGNORECASE)
    return max((found.end() for found in ends), default=len(text))


def _root_start(text: str, roots: Collection[str]) -> int | None:
    """Where the root begins: a scan that goes over each character once."""
    position, first = 0, None
    while 0 <= (position := text.find("<", position)) < SEARCHED:
        if text.startswith("<!--", position):
            end = text.find("-->", position + 4)
        elif text.startswith("<?", position):
            end = text.find("?>", position + 2)
        elif text.startswith("<!", position):
            end = _doctype_end(text, position)
        else:
            found = _ELEMENT.match(text, position)
            if found and found[1].lower() in roots:
                return position
            if found and first is None:
                first = position
            end = position
        if end < 0:
            return first
        position = end + 1
    return first


def _doctype_end(text: str, start: int) -> int:
    """The end of <!DOCTYPE ...>, its internal subset included."""
    close, bracket = text.find(">", start), text.find("[", start)
    if 0 <= bracket < close:
        subset = text.find("]", bracket)
        return text.find(">", subset) if subset >= 0 else -1
    return close
