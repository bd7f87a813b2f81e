"""Markup to plain text and to safe HTML, and what no reader sees taken out of either."""

from __future__ import annotations

import html
import re

import nh3

from newswatch.text.invisible import without_unseen

MAX_MARKUP = 1_000_000  # characters of one fragment that are looked at
MAX_ROUNDS = 12  # of decoding; each takes one level of escaping off

# The elements of HTML, those of the past as well: what else stands in angle brackets is text,
# unless its name has the sign of a custom element (a hyphen) or of another vocabulary (a colon).
_ELEMENTS = (
    "a|abbr|acronym|address|applet|area|article|aside|audio|b|base|basefont|bdi|bdo|bgsound|big"
    "|blink|blockquote|body|br|button|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd"
    "|del|details|dfn|dialog|dir|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form"
    "|frame|frameset|g|h[1-6]|head|header|hgroup|hr|html|i|iframe|image|img|input|ins|kbd|label"
    "|legend|li|link|main|map|mark|marquee|math|menu|meta|meter|nav|nobr|noembed|noframes|noscript"
    "|object|ol|optgroup|option|output|p|param|path|picture|plaintext|pre|progress|q|rp|rt|ruby|s"
    "|samp|script|search|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup"
    "|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|use|var|video"
    "|wbr|xmp"
)
_NAME = rf"(?:(?:{_ELEMENTS})(?=[\s/>]|$)|(?!https?:)[a-z][\w.]*[-:][\w.:-]*(?=[\s/>]|$))"
_TAG = re.compile(rf"<(?:/?{_NAME}|!--|!doctype|\?[a-z])", re.IGNORECASE)
_NO_TAG = re.compile(rf"<(?!/?{_NAME}|!--|!doctype|\?[a-z])", re.IGNORECASE)
_ESCAPED_TAG = re.compile(
    rf"&(?:amp;)*lt;(/?(?:{_ELEMENTS})(?=\s|/|&)[^<>]{{0,500}}?)&(?:amp;)*gt;", re.IGNORECASE
)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_BLOCK = re.compile(
    r"<(?=/?(?:p|br|div|li|ul|ol|dt|dd|h[1-6]|tr|table|blockquote|section|article|figure|figcaption"
    r"|hr|pre)\b)",
    re.IGNORECASE,
)
# With a semicolon; without one only where it cannot be the beginning of a word or of a parameter:
# "AT&T", "arts&region" and "?a=1&copy=2" hold none.
_REFERENCE = re.compile(
    r"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});?|[A-Za-z][A-Za-z0-9]{1,31};"
    r"|(?:amp|lt|gt|quot|nbsp)(?![A-Za-z0-9=;]))"
)
_ESCAPED_OFTEN = re.compile(r"&(?:amp;)+(?=(?:#\w{1,8}|[A-Za-z]\w{1,31});)")
_SURROGATES = re.compile(
    r"&#(?:x(?P<high>d[89ab][0-9a-f]{2})|(?P<high10>5[5-6]\d{3}));"
    r"&#(?:x(?P<low>d[c-f][0-9a-f]{2})|(?P<low10>5[6-7]\d{3}));",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*[\n\u2028\u2029]\s*")

_SAFE_TAGS = {
    *("p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre"),
    *("a", "em", "strong", "b", "i", "u", "s", "sub", "sup", "q", "cite", "code", "span", "div"),
    *("table", "thead", "tbody", "tr", "td", "th", "dl", "dt", "dd", "figure", "figcaption"),
}
_SAFE_ATTRIBUTES = {"a": {"href"}}
_SILENT_TAGS = {"script", "style", "noscript", "template", "iframe", "object", "svg", "head"}
_SAFE = nh3.Cleaner(
    tags=_SAFE_TAGS,
    attributes=_SAFE_ATTRIBUTES,
    clean_content_tags=_SILENT_TAGS,
    url_schemes={"http", "https"},
    link_rel=None,
)
_BARE = nh3.Cleaner(tags=set(), clean_content_tags=_SILENT_TAGS, link_rel=None)


def plain_text(markup: str) -> str:
    """The text of an HTML fragment, or of a plain text, however often it was escaped.

    References are decoded, tags gone, blocks separated by a newline, spaces collapsed. Angle
    brackets around what is no element stay.
    """
    if not markup:
        return ""
    text = without_unseen(markup[:MAX_MARKUP])
    for _ in range(MAX_ROUNDS):
        if "<" in text:
            text = _CDATA.sub(r"\1", text)
            if _TAG.search(text):
                text = _stripped(text)
        if "&" not in text:
            break
        decoded = decoded_references(_ESCAPED_OFTEN.sub("&", text))
        if decoded == text:
            break
        text = decoded
    return collapsed(without_unseen(text))


def one_line(markup: str) -> str:
    """As `plain_text`, in one line."""
    return plain_text(markup).replace("\n", " ")


def collapsed(text: str) -> str:
    """`text` with one space or one newline for each run of blanks, none at its ends."""
    if "  " not in text and text.isprintable():
        return text.strip()
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def decoded_references(text: str) -> str:
    """One level of character references decoded (HTML's, and surrogate pairs as their character);
    an ampersand that begins none stays."""
    if "&#" in text:
        text = joined_surrogates(text)
    return _REFERENCE.sub(_decoded, text)


def joined_surrogates(text: str) -> str:
    """Pairs of references to surrogates, which some programs write, as the character they mean."""
    return _SURROGATES.sub(_joined, text)


def safe_html(markup: str) -> str:
    """A body as HTML that is safe to show and to parse: text tags and links only. Tags that were
    escaped once too often are tags again."""
    text = without_unseen(markup[:MAX_MARKUP])
    if "lt;" in text:
        text = _ESCAPED_TAG.sub(_unescaped_tag, text)
    return without_unseen(_SAFE.clean(_NO_TAG.sub("&lt;", text))).strip()


def as_html(text: str) -> str:
    """Plain text as HTML: a paragraph a line."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"<p>{line}</p>" for line in escaped.split("\n") if line.strip())


def _stripped(markup: str) -> str:
    spaced = _BLOCK.sub("\n<", _NO_TAG.sub("&lt;", markup))
    # nh3 gives text back escaped; references of the original stay as they were.
    return _BARE.clean(spaced)


def _decoded(found: re.Match[str]) -> str:
    return html.unescape(found[0])


def _unescaped_tag(found: re.Match[str]) -> str:
    return f"<{decoded_references(_ESCAPED_OFTEN.sub('&', found[1]))}>"


def _joined(found: re.Match[str]) -> str:
    high = int(found["high"], 16) if found["high"] else int(found["high10"])
    low = int(found["low"], 16) if found["low"] else int(found["low10"])
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return found[0]
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
