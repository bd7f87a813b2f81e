"""What else a page says of its article: description, section, keywords, image, whether it is free.

What the page does not say is None or empty, from nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urljoin

from lxml.html import HtmlElement

from newswatch.addresses.urls import MAX_LENGTH
from newswatch.extract.metadata import Claims
from newswatch.extract.wording import clean, squeezed

_Value_co = TypeVar("_Value_co", covariant=True)


class Fact(NamedTuple, Generic[_Value_co]):
    """What a page says of its article, and where: json-ld, opengraph, meta, h1 ..."""

    value: _Value_co
    source: str

    @property
    def known(self) -> bool:
        return self.value not in (None, "", ())


_STANDFIRST = re.compile(
    r"stand-?first|sub-?title|sub-?head|article(?:__|-)(?:dek|deck|intro|lead)|"
    r"\b(?:dek|lede|ingress|chapo|vorspann|entradilla|bajada|sommario|occhiello)\b",
    re.IGNORECASE,
)
_MOST_KEYWORDS = 30
_LONGEST_KEYWORD = 80  # characters
_LONGEST_SUBTITLE = 400
_FREE = {"true": False, "false": True, "free": False, "metered": True, "locked": True}


def summary_of(claims: Claims) -> Fact[str | None]:
    """The description for those who have not opened the page yet."""
    return _first(
        (clean(claims.first("og:description")), "opengraph"),
        (clean(claims.first("description", "twitter:description")), "meta"),
        (clean(claims.article.get("description")), "json-ld"),
    )


def subtitle_of(claims: Claims, tree: HtmlElement, title: str) -> Fact[str | None]:
    """The line that stands below the headline on the page."""
    shown = next(filter(_is_standfirst, _below_heading(tree)), None)
    shown_text = clean(" ".join(shown.itertext())) if shown is not None else ""
    return _first(
        *(
            (text, source)
            for text, source in (
                (clean(claims.article.get("alternativeHeadline")), "json-ld"),
                (shown_text, "standfirst"),
            )
            if len(text) <= _LONGEST_SUBTITLE and squeezed(text) != squeezed(title)
        )
    )


def _below_heading(tree: HtmlElement) -> Iterator[HtmlElement]:
    heading = next(tree.iter("h1"), None)
    parent = heading.getparent() if heading is not None else None
    if heading is not None and parent is not None:
        yield from chain(heading.itersiblings(), islice(parent.itersiblings(), 2))


def _is_standfirst(element: HtmlElement) -> bool:
    return _STANDFIRST.search(element.get("class") or "") is not None


def section_of(claims: Claims) -> Fact[str | None]:
    sections = claims.article.get("articleSection")
    section = sections[0] if isinstance(sections, list) and sections else sections
    return _first(
        (clean(section), "json-ld"), (clean(claims.first("article:section", "section")), "meta")
    )


def keywords_of(claims: Claims) -> Fact[tuple[str, ...]]:
    """Of the first that names any: JSON-LD, article:tag, news_keywords, keywords."""
    in_json_ld = claims.article.get("keywords")
    values = in_json_ld if isinstance(in_json_ld, list) else [in_json_ld]
    choices = [Fact(_words(values), "json-ld")]
    choices += [
        Fact(_words(claims.meta.get(name, [])), "meta")
        for name in ("article:tag", "news_keywords", "keywords")
    ]
    return next((choice for choice in choices if choice.known), Fact((), ""))


def lead_image_of(claims: Claims, url: str) -> Fact[str | None]:
    """The absolute URL of the picture that stands for the article."""
    return _first(
        (_absolute(claims.first("og:image", "og:image:url"), url), "opengraph"),
        (_absolute(_image(claims.article.get("image")), url), "json-ld"),
        (_absolute(claims.first("twitter:image"), url), "meta"),
    )


def paywalled_of(claims: Claims) -> Fact[bool | None]:
    """Whether the page says that it is not free to read."""
    parts = claims.article.get("hasPart")
    for node in (claims.article, *(parts if isinstance(parts, list) else [parts])):
        said = node.get("isAccessibleForFree", "") if isinstance(node, dict) else ""
        free = str(said).lower().rpartition("/")[2]
        if free in _FREE:
            return Fact(_FREE[free], "json-ld")
    tier = (claims.first("article:content_tier") or "").lower()
    return Fact(_FREE[tier], "meta") if tier in _FREE else Fact(None, "")


def _first(*choices: tuple[str, str]) -> Fact[str | None]:
    """The first text that is not empty, with its source."""
    return next((Fact(text, source) for text, source in choices if text), Fact(None, ""))


def _words(values: Iterable[Any]) -> tuple[str, ...]:
    words: dict[str, str] = {}
    for value in values:
        for word in re.split(r"[,;،、，]", clean(value)):
            if word.strip() and len(word) <= _LONGEST_KEYWORD:
                words.setdefault(squeezed(word), word.strip())
    return tuple(words.values())[:_MOST_KEYWORDS]


def _image(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("url")
    return clean(value)


def _absolute(address: str | None, url: str) -> str:
    try:
        joined = urljoin(url, address) if address else ""
    except ValueError:
        return ""
    is_address = joined.startswith(("http://", "https://")) and len(joined) <= MAX_LENGTH
    return joined if is_address else ""
