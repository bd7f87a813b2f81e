"""The text of a feed, the start of it made harmless.

What comes before the root element is dropped with the DOCTYPE: some parsers need seconds for a
long run of blanks there, and entities declared there expand.
"""

from __future__ import annotations

import re

MAX_ROOT_TAG = 65_536  # characters; a root with more is an attack on the parser

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_XML_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));", re.I
)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,40})(?=[\s/>])")
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel", "entry", "cdf", "redirect"})
_HTML_ROOTS = frozenset({"html", "head", "body", "div", "script", "meta", "p", "h1", "center"})


def from_root(text: str) -> str:
    """The document from its root element on, without what XML forbids.

    Empty if there is no element at all.
    """
    start = _root_start(text)
    if start is None:
        return ""
    text = text[start:]
    if _NOT_XML.search(text):
        text = _NOT_XML.sub("", text)
    return _NOT_XML_REFERENCE.sub("", text) if "&#" in text else text


def root_name(text: str) -> str:
    """The local name of the first element of `from_root`'s result, in lower case."""
    found = _ROOT.match(text)
    return found[1].lower() if found else ""


def root_is_hostile(text: str) -> bool:
    """Whether the root's start tag is so long that only an attacker writes it."""
    end = text.find(">")
    return end > MAX_ROOT_TAG or (end < 0 and len(text) > MAX_ROOT_TAG)


def is_html(name: str) -> bool:
    return name in _HTML_ROOTS


def _root_start(text: str) -> int | None:
    """Where the root element begins: a scan that goes over each character once."""
    position, first = 0, None
    while (position := text.find("<", position)) >= 0:
        if text.startswith("<!--", position):
            end = text.find("-->", position + 4)
        elif text.startswith("<?", position):
            end = text.find("?>", position + 2)
        elif text.startswith("<!", position):
            end = _doctype_end(text, position)
        else:
            found = _ROOT.match(text, position)
            if found and found[1].lower() in _FEED_ROOTS:
                return position
            if found and first is None:
                first = position
                if found[1].lower() in _HTML_ROOTS:
                    return position
            if position > 100_000:
                return first
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
