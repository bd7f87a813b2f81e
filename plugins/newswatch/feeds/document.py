"""The bytes of a feed as text: its charset, and the start of it made harmless.

What comes before the root element is dropped with the DOCTYPE: some parsers need seconds for a
long run of blanks there, and entities declared there expand.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

MAX_ROOT_TAG = 65_536  # characters; a root with more is an attack on the parser

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{2,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._-]{2,40})""", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_XML_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));", re.I
)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,40})(?=[\s/>])")
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel", "entry", "cdf", "redirect"})
_HTML_ROOTS = frozenset({"html", "head", "body", "div", "script", "meta", "p", "h1", "center"})
_LIKELY = ("windows-1252", "iso-8859-1", "latin-1", "us-ascii", "ascii")


@dataclass(frozen=True, slots=True)
class FeedText:
    """A decoded document; `problem` says what was wrong with its charset, if anything."""

    text: str
    problem: str | None = None


def decode(body: bytes, content_type: str | None) -> FeedText:
    """The text of `body`: by byte order mark, as UTF-8 if it is that, as declared, as detected.

    UTF-8 with other than ASCII letters is hardly ever anything else, whatever is declared.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return FeedText(body[len(bom) :].decode(name, "replace"))
    if body[:4] in (b"<\x00?\x00", b"\x00<\x00?"):
        return FeedText(body.decode("utf-16-le" if body[0] else "utf-16-be", "replace"))
    declared = _declared(body, content_type)
    seven_bit = any(name.lower().startswith(("iso-2022", "hz", "utf-7")) for name in declared)
    if not seven_bit and (text := _decoded(body, "utf-8")) is not None:
        wrong = not body.isascii() and declared and not _is_utf8(declared[0])
        return FeedText(text, f"declared {declared[0]}, is utf-8" if wrong else None)
    for name in declared:
        if not _is_utf8(name) and (text := _decoded(body, name)) is not None:
            return FeedText(text)
    return _guessed(body, declared)


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


def _declared(body: bytes, content_type: str | None) -> list[str]:
    names = []
    if found := _CHARSET.search(content_type or ""):
        names.append(found[1])
    if in_xml := _DECLARED.search(body[:1024]):
        names.append(in_xml[1].decode("ascii"))
    # A server's default says less than the document's own declaration.
    return sorted(names, key=lambda name: name.lower() in _LIKELY)


def _is_utf8(name: str) -> bool:
    return name.lower().replace("-", "").replace("_", "") == "utf8"


def _decoded(body: bytes, name: str) -> str | None:
    try:
        text = body.decode(name)
    except (LookupError, UnicodeError):
        return None
    # Codecs such as "hex" give no text at all; decode() refuses those with LookupError.
    return text


def _guessed(body: bytes, declared: list[str]) -> FeedText:
    """No declaration holds: mostly UTF-8 with a few broken bytes, or another charset."""
    lenient = body.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    if broken <= max(3, len(lenient) // 2_000):
        return FeedText(lenient, f"{broken} bytes are no utf-8")
    said = declared[0] if declared else "nothing"
    best = from_bytes(body[:200_000]).best()
    name = best.encoding if best else "windows-1252"
    return FeedText(body.decode(name, "replace"), f"declared {said}, read as {name}")


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
