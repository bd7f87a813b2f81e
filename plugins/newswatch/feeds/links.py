"""The link of an item, of all that stands where links stand."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from newswatch.text.invisible import without_unseen

MAX_LINK = 4_000

# What programs write where there is no address or no guid.
_PLACEHOLDERS = frozenset(
    ("", "#", "-", "n/a", "na", "none", "null", "nil", "undefined", "false", "true", "nan", "tbd")
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = re.compile(r"(?:feed:)?(https?):/*(?=[^/\s])", re.IGNORECASE)
_RELATIVE = re.compile(r"[/?.]|[^\s?#]*/|[^\s/?#]+\.[A-Za-z]\w{1,4}(?:[?#]|$)")


def is_placeholder(text: str) -> bool:
    """Whether a guid or link is a program's word for none."""
    return text.strip().lower() in _PLACEHOLDERS


def resolved(raw: str, bases: tuple[str, ...]) -> str | None:
    """The web address that a link says, as published; a relative one is resolved against the first
    of `bases` that is absolute. None if it is no address: a number, a word, another scheme."""
    link = re.sub(r"\s*[\r\n\t]+\s*", "", without_unseen(raw).strip())
    if is_placeholder(link) or link.startswith("#"):
        return None
    if found := _WEB.match(link):
        link = f"{found[1].lower()}://{link[found.end() :]}"
    elif link.lower().startswith("www."):
        link = f"https://{link}"
    elif _SCHEME.match(link) or not _RELATIVE.match(link):
        return None
    base = next((base for base in bases if is_absolute(base)), "")
    try:
        found_url = urljoin(base, link)
    except ValueError:
        return None
    return found_url[:MAX_LINK] if is_absolute(found_url) else None


def is_absolute(url: str) -> bool:
    """Whether it is a web address in full."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
