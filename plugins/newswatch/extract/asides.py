"""What stands among an article's blocks and is said to its reader, or by its readers."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from newswatch.extract.class_words import GROUPS, groups_of
from newswatch.extract.tree import short_text

_BODY = GROUPS.index("body")
INVITATION = 300  # characters; a box with a field and more words than these is not one
_AUTHOR_BOX = re.compile(
    r"(?:author|writer|contributor)\w*?[-_ ]*(?:bio|box|about|desc\w*|profile)(?:[-_ ]|$)|"
    r"(?:^|[-_ ])bio(?:[-_ ]|$)|about[-_ ]*(?:the[-_ ]*)?author",
    re.IGNORECASE,
)
_TYPED_INTO = frozenset(("text", "email", "search", "tel", "password"))
_WHOLE = frozenset(("html", "body", "main", "article"))


def invitations_in(tree: HtmlElement) -> frozenset[HtmlElement]:
    """The boxes of a field to type into with the few words around it: a newsletter, a log-in, a
    search. A form around the whole page is none."""
    boxes = map(_box_around, tree.iter("input", "textarea"))
    return frozenset(box for box in boxes if box is not None)


@lru_cache(maxsize=10_000)
def is_author_box(names: str) -> bool:
    """Whether an element's class and id say that it tells who the author is."""
    return _AUTHOR_BOX.search(names) is not None


def _box_around(entry: HtmlElement) -> HtmlElement | None:
    if entry.get("type", "text").lower() not in _TYPED_INTO:
        return None
    box = None
    for around in entry.iterancestors():
        if short_text(around, INVITATION) is None or _holds_an_article(around):
            break
        box = around
    return box


def _holds_an_article(element: HtmlElement) -> bool:
    """By its tag, its names, or the headline in it: a short article is no part of its letter."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        element.tag in _WHOLE
        or _BODY in groups_of(names)
        or next(element.iter("h1"), None) is not None
    )
