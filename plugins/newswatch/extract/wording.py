"""Short texts of a page's head: cleaned, and compared as a reader would."""

from __future__ import annotations

import html
import re

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens, zero widths, marks


def clean(text: object) -> str:
    """One line without entities and unseen characters; what is no string is empty."""
    if not isinstance(text, str):
        return ""
    return re.sub(r"\s+", " ", _UNSEEN.sub("", html.unescape(html.unescape(text)))).strip()


def squeezed(text: str) -> str:
    """What two spellings of the same words have in common: letters and digits, case folded."""
    return re.sub(r"\W+", "", text).casefold()
