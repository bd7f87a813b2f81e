"""Plain text and safe HTML from whatever a feed puts into its elements."""

from __future__ import annotations

import html
import re

import nh3

from newswatch.text.invisible import without_unseen

MAX_MARKUP = 1_000_000  # characters of one element that are looked at

_BLOCK = re.compile(
    r"<(?=/?(?:p|br|div|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figcaption|hr)\b)",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(r"<[A-Za-z/!?]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")

_BODY_TAGS = {
    *("p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre"),
    *("a", "em", "strong", "b", "i", "u", "s", "sub", "sup", "q", "cite", "code", "span", "div"),
    *("table", "thead", "tbody", "tr", "td", "th", "dl", "dt", "dd", "figure", "figcaption"),
}
_BODY_ATTRIBUTES = {"a": {"href"}}
_SILENT_TAGS = {"script", "style", "noscript", "template", "iframe", "object", "svg", "head"}


def plain_text(markup: str) -> str:
    """The text of an HTML fragment, or of a plain text that may be escaped once or twice.

    Entities are decoded, tags gone, blocks separated by a newline, spaces collapsed.
    """
    text = markup[:MAX_MARKUP]
    if _MARKUP.search(text):
        text = _stripped(text)
    text = html.unescape(text)
    if _ENTITY.search(text):  # escaped twice: "Q&amp;amp;A" is common
        text = html.unescape(text)
    return _LINES.sub("\n", _SPACES.sub(" ", without_unseen(text))).strip()


def one_line(markup: str) -> str:
    """As `plain_text`, in one line."""
    return plain_text(markup).replace("\n", " ")


def body_html(markup: str) -> str:
    """An article's body as HTML that is safe to show and to parse: text tags and links only."""
    return without_unseen(
        nh3.clean(
            markup[:MAX_MARKUP],
            tags=_BODY_TAGS,
            attributes=_BODY_ATTRIBUTES,
            clean_content_tags=_SILENT_TAGS,
            url_schemes={"http", "https"},
            link_rel=None,
        )
    ).strip()


def _stripped(markup: str) -> str:
    spaced = _BLOCK.sub("\n<", markup)
    # nh3 gives text back escaped; entities of the original stay as they were.
    return nh3.clean(spaced, tags=set(), clean_content_tags=_SILENT_TAGS, link_rel=None)
