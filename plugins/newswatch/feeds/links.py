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
# "https:/a.test", "http//a.test", "http://https://a.test" and "https:\\a.test" are typed as well.
_WEB = re.compile(
    r"(?:feed:)?(?:https?:?[/\\]+(?=https?:))*(https?)(?::[/\\]*|[/\\]{2,})(?=[^/\\\s])",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"https?://[a-z0-9]{1,60}(?:[.-][a-z0-9]{1,60}){1,3}/[A-Za-z0-9/._~%=-]{0,400}")
_FEED = re.compile(r"feed:(?=//)", re.IGNORECASE)
_RELATIVE = re.compile(r"[/?.]|[^\s?#]*/|[^\s/?#]+\.[A-Za-z]\w{1,4}(?:[?#]|$)")
_WORD = re.compile(r"[^\s/?#:]*[^\W\d][^\s/?#:]*(?:[?#]|$)")
_AMPERSAND = re.compile(r"&(?:amp|#0*38|#x0*26);", re.IGNORECASE)


def is_placeholder(text: str) -> bool:
    """Whether a guid or link is a program's word for none."""
    return text.strip().lower() in _PLACEHOLDERS


def resolved(raw: str, bases: tuple[str, ...], *, is_reference: bool = False) -> str | None:
    """The web address that a link says, as published; a relative one is resolved against the first
    of `bases` that is absolute. None if it is no address: a number, a word, another scheme.

    With `is_reference` a single word is one: where a base is given or a link can be nothing else.
    """
    if _PLAIN.fullmatch(raw):  # most are so: nothing is to be mended
        return raw
    link = re.sub(r"\s*[\r\n\t]+\s*", "", without_unseen(raw).strip()).strip("\"'<>")
    link = _FEED.sub("http:", _AMPERSAND.sub("&", _AMPERSAND.sub("&", link)))
    if is_placeholder(link) or link.startswith("#"):
        return None
    base = next((base for base in bases if is_absolute(base)), "")
    if found := _WEB.match(link):
        link = f"{found[1].lower()}://{_with_slashes(link[found.end() :])}"
    elif link.lower().startswith("www.") or _names_host_of(base, link):
        link = f"https://{link}"
    elif _SCHEME.match(link) or not (_RELATIVE.match(link) or (is_reference and _WORD.match(link))):
        return None
    try:
        found_url = urljoin(base, link)
    except ValueError:
        return None
    return found_url[:MAX_LINK] if is_absolute(found_url) else None


def _with_slashes(rest: str) -> str:
    """As browsers do it: before the query a backslash is a slash."""
    path, mark, query = rest.partition("?")
    return path.replace("\\", "/") + mark + query


def _names_host_of(base: str, link: str) -> bool:
    """Whether a link without a scheme begins with the host of its base."""
    host = urlsplit(base).netloc.lower().removeprefix("www.") if base else ""
    return bool(host) and link.lower().startswith(f"{host}/")


def is_absolute(url: str) -> bool:
    """Whether it is a web address in full."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
