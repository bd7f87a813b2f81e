"""Bytes to text: what feeds, pages and lists of feeds are written in, whatever they claim.

Labels mean what the WHATWG Encoding Standard says (gb2312 is gb18030, iso-8859-1 is windows-1252,
Shift_JIS has the characters of Windows); a label that it does not know is Python's.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import webencodings
from charset_normalizer import from_bytes

LOOKED_AT = 4_096  # bytes in which a declaration is looked for

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_IN_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]{2,40})")
_IN_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_PARTS_OF_UTF8 = re.compile(rb"[\xc2-\xdf\xe0-\xf4][\x80-\xbf]")
_SEVEN_BIT = re.compile(r"(?:cs)?iso-?2022|hz|utf-?7|replacement", re.IGNORECASE)
_WIDE = re.compile(r"(?:utf|ucs|iso-10646-ucs)[-_]?(?:16|32|2|4)|unicode", re.IGNORECASE)
_ASCII = re.compile(r"(?:us-)?ascii|ansi_x3\.4-19(?:68|86)|iso646-us", re.IGNORECASE)
# A server sends these where nobody has chosen: a document's own declaration says more.
_DEFAULTS = frozenset({"windows-1252", "cp1252", "iso-8859-1", "latin-1", "latin1", "us-ascii"})
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_IN_A_ROW = re.compile(rb"[\xa1-\xff]{4,}")
_MOST_IN_A_ROW = 0.4  # of the bytes beyond ASCII
# What is found on the web without a declaration; a detector that may choose among all that Python
# knows takes short texts for those of old Macintoshes and mainframes.
_DETECTED = (
    *("cp1251", "koi8_r", "cp1252", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp874"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949"),
)


_IN_HTML = re.compile(rb"<html[^>]{0,300}?\blang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)
_CYRILLIC, _CENTRAL = ("cp1251", "koi8_r"), ("cp1250",)
# Of what a document says to be written in, those that it can be in.
_OF_LANGUAGE = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk", "ky", "mn", "tg"), _CYRILLIC),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro"), _CENTRAL),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256",)),
    "el": ("cp1253",),
    "tr": ("cp1254",),
    "he": ("cp1255",),
    "th": ("cp874",),
    "zh": ("gb18030", "big5"),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its charset by Python's name, and what was wrong with the declaration, if anything.

    Bytes that the charset does not explain are U+FFFD.
    """

    text: str
    charset: str
    problem: str | None = None


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """The text of `body`: by byte order mark, by the look of UTF-16 and UTF-32, as UTF-8 if it is
    that, as declared (header, XML declaration, meta tag), as detected. Never fails.

    UTF-8 with other than ASCII letters is hardly ever anything else, whatever is declared.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return Decoded(body[len(bom) :].decode(name, "replace"), name)
    if (wide := _wide(body)) is not None:
        return Decoded(body.decode(wide, "replace").lstrip("\ufeff"), wide)
    labels = declared_charsets(body, content_type)
    for label in filter(_SEVEN_BIT.match, labels):
        if (text := _strictly(body, _codec(label))) is not None:
            return Decoded(text, label.lower())
    if (text := _strictly(body, "utf-8")) is not None:
        wrong = bool(labels) and _codec(labels[0]) != "utf-8" and not body.isascii()
        return Decoded(text, "utf-8", f"declared {labels[0]}, is utf-8" if wrong else None)
    return (
        _utf8_of_utf16(body)
        or _not_quite_utf8(body, labels)
        or _as_declared(body, labels)
        or _as_detected(body, labels)
    )


def declared_charsets(body: bytes, content_type: str | None = None) -> list[str]:
    """The labels that header and document give, the most credible first; none out of comments."""
    labels = _HEADER.findall(content_type or "")[:1]
    head = _COMMENT.sub(b"", body[:LOOKED_AT])
    if found := _IN_XML.search(head) or _IN_META.search(head):
        labels.append(found[1].decode("ascii", "replace"))
    return sorted(labels, key=lambda label: label.lower() in _DEFAULTS)


def _wide(body: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: what we read begins with ASCII characters (RFC 4627, 3)."""
    match [byte != 0 for byte in body[:4]]:
        case [True, False, True, False]:
            return "utf-16-le"
        case [False, True, False, True]:
            return "utf-16-be"
        case [True, False, False, False]:
            return "utf-32-le"
        case [False, False, False, True]:
            return "utf-32-be"
    return None


def _codec(label: str) -> str | None:
    """Python's name of the charset that a label means; None if nobody knows it."""
    known = webencodings.lookup(label)
    if known is not None and known.name in ("gbk", "gb18030"):
        return "gb18030"
    if known is not None and known.name not in ("replacement", "x-user-defined"):
        return str(known.codec_info.name)
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None


def _strictly(body: bytes, codec: str | None) -> str | None:
    if codec is None:
        return None
    try:
        return body.decode(codec)
    except UnicodeError:
        return None


def _utf8_of_utf16(body: bytes) -> Decoded | None:
    """CESU-8, which some databases write for UTF-8: characters beyond the first plane as the two
    surrogates of UTF-16."""
    try:
        text = body.decode("utf-8", "surrogatepass")
    except UnicodeError:
        return None
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Decoded(joined, "utf-8", "surrogates stand in its utf-8")


def _not_quite_utf8(body: bytes, labels: list[str]) -> Decoded | None:
    """UTF-8 with a few broken bytes: other charsets hardly ever make its sequences, so more of them
    are passed over where no other is declared."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum(map(len, re.findall("[^\x00-\x7f\ufffd]+", text)))
    is_claimed = all(_codec(label) in ("utf-8", None) for label in labels)
    cut_off = letters == 0 and broken <= 3 and _PARTS_OF_UTF8.search(body) is not None
    if broken <= letters // (2 if is_claimed else 8) or (cut_off and is_claimed):
        return Decoded(text, "utf-8", f"{broken} bytes are no utf-8")
    return None


def _as_declared(body: bytes, labels: list[str]) -> Decoded | None:
    """By the first declaration that explains all bytes, else all but a few."""
    # Where there is no zero byte there is no wide charset, and any bytes can be UTF-8's.
    # ASCII is declared by those who have not thought of the others.
    credible = [
        label
        for label in labels
        if not _WIDE.match(label) and not _ASCII.fullmatch(label) and _codec(label) != "utf-8"
    ]
    if not _may_be_western(body):
        credible = [label for label in credible if label.lower() not in _DEFAULTS]
    codecs_declared = [codec for label in credible if (codec := _codec(label)) is not None]
    for codec in codecs_declared:
        if (text := _strictly(body, codec)) is not None:
            return Decoded(text, codec)
    for codec in codecs_declared:
        text = body.decode(codec, "replace")
        broken = text.count("\ufffd")
        if broken <= max(3, len(re.findall("[^\x00-\x7f]", text)) // 20):
            return Decoded(text, codec, f"{broken} bytes are no {codec}")
    return None


def _may_be_western(body: bytes) -> bool:
    """Whether most letters beyond ASCII stand alone or in pairs within words of ASCII's, as in the
    languages of Western Europe: whole words of them are of another alphabet."""
    beyond = len(_BEYOND_ASCII.findall(body))
    return sum(map(len, _IN_A_ROW.findall(body))) <= _MOST_IN_A_ROW * beyond


def _as_detected(body: bytes, labels: list[str]) -> Decoded:
    """By the charset in which the bytes look most like a language."""
    language = _IN_HTML.search(body[:LOOKED_AT])
    own = _OF_LANGUAGE.get(language[1].decode().lower(), ()) if language else ()
    found = from_bytes(
        body[:200_000],
        cp_isolation=list(own or _DETECTED),
        preemptive_behaviour=False,
        enable_fallback=False,
    )
    best = max(found, key=lambda match: (round(match.coherence, 2), -match.chaos), default=None)
    few = len(re.findall(rb"[\x80-\xff]", body)) <= 3
    charset = "cp1252" if few or best is None else best.encoding
    said = labels[0] if labels else "nothing"
    problem = f"declared {said}, read as {charset}"
    return Decoded(body.decode(charset, "replace"), charset, problem)
