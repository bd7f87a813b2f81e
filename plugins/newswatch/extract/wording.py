"""Short texts of a page's head: cleaned, and compared as a reader would."""

from __future__ import annotations

import html
import re

from newswatch.text.invisible import as_typed

_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LONGEST = 2_000  # characters; no headline, byline or description is longer


def clean(text: object) -> str:
    """One line without markup, entities and unseen characters; what is no string is empty."""
    if not isinstance(text, str):
        return ""
    text = _TAG.sub("", html.unescape(html.unescape(text[:_LONGEST])).replace("<br", " <br"))
    return " ".join(as_typed(text).split())


def squeezed(text: str) -> str:
    """What two spellings of the same words have in common: letters and digits, case folded."""
    return re.sub(r"\W+", "", text).casefold()
