"""What a link names: the address to fetch, the identity of the page, its host and its site."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit
from zlib import crc32

import idna
import tld

from newswatch.addresses.tracking import SESSION, is_tracking
from newswatch.addresses.wrappers import unwrap

MAX_LENGTH = 2_000  # longer ones name no article, and do not fit a B-tree's page
WRAPPERS_DEEP = 4

# Most links: nothing in them has to be looked at one by one.
_PLAIN = re.compile(r"https?://[a-z0-9]{1,60}(?:[.-][a-z0-9]{1,60}){1,3}/[A-Za-z0-9/._~-]{0,400}")
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/%?|\[\]]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_SESSION = re.compile(
    r";(?:jsessionid|phpsessid)=[^/;]*"
    r"|/\((?:[ASF]\([\w-]{20,}\))+\)(?=/)",  # ASP.NET without cookies
    re.IGNORECASE,
)
_AMP_END = re.compile(r"(?<=[^/])(?:/amp/?|\.amp)$")
_AMP_HTML = re.compile(r"\.amp(?=\.html?$)")
_AMP_START = re.compile(r"^/amp(?=/[^/])")
_SMALL_SCREEN = frozenset({"m", "mobile", "amp"})


@lru_cache(maxsize=8_192)  # guid and link of an item are mostly one
def canonical_url(url: str, base: str | None = None) -> str | None:
    """The identity of the page that `url` names: equal for every way to link to one article.

    Wrappers, tracking, AMP, mobile hosts, fragments and the choice between http and https are
    taken off; the order of what is left of the query stays, since some sites depend on it. Scheme
    and port of a host that is an IP address or localhost stay. Idempotent. None if it names no
    page on the web; never raises.
    """
    current = fetch_url(url, base) if base else fetch_url(url)
    for _ in range(WRAPPERS_DEEP):
        following = _step(current) if current else None
        if following == current:
            return current
        current = following
    return None


@lru_cache(maxsize=8_192)  # the canonical form and the host begin with it, too
def fetch_url(link: str, base: str | None = None) -> str | None:
    """The address to request for `link`: absolute, unwrapped, escaped, without a fragment.

    Nothing else is changed: the server sees the link as it was published. None as above.
    """
    current = _absolute(link, base)
    for _ in range(WRAPPERS_DEEP):
        target = unwrap(current) if current else None
        if target is None:
            return current
        current = _absolute(target, None)
    return current


def host_of(url: str) -> str:
    """The host in lower case, without port, IPv6 in brackets' place; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def shard_key(host: str) -> int:
    """A stable number for a host, not negative: its shard is this modulo the number of shards."""
    return crc32(host.encode()) & 0x7FFFFFFF


def same_site(a: str, b: str) -> bool:
    """Whether two URLs lie on one registrable domain; IP addresses must be equal."""
    return host_of(a) != "" and _site(host_of(a)) == _site(host_of(b))


def same_address_key(url: str) -> str:
    """Equal for two feed URLs that differ in scheme, its usual port, case of the host or a slash at
    the end only.

    Raises ValueError for what is no URL.
    """
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    netloc = parts.netloc.lower().removesuffix({"https": ":443"}.get(parts.scheme, ":80"))
    return f"{netloc}{parts.path.rstrip('/')}{query}"


def without_session(url: str) -> str:
    """A canonical URL without the parameters that may belong to a visit; equal for two links of one
    page that differ in them."""
    start, _, query = url.partition("?")
    pairs = (pair for pair in query.split("&") if not SESSION.fullmatch(pair.partition("=")[0]))
    return f"{start}?{'&'.join(pairs)}"


@lru_cache(maxsize=4_096)
def is_bare_address(host: str) -> bool:
    """IP literals, and the name that stands for one."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return True


def _site(host: str) -> str:
    if is_bare_address(host):
        return host
    found = tld.get_fld(host, fail_silently=True, fix_protocol=True)
    return str(found) if found else host


def _absolute(link: str, base: str | None) -> str | None:
    """`link` resolved and escaped; None unless it is http or https with a proper host."""
    if base is None and _PLAIN.fullmatch(link):
        return link
    link = re.sub(r"[\x00-\x1f\x7f]", "", link).strip()
    try:
        parts = urlsplit(urljoin(base, link) if base else link)
        host, port = _host(parts), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or host is None:
        return None
    if port == {"http": 80, "https": 443}[parts.scheme] or port == 0:
        port = None
    netloc = host if port is None else f"{host}:{port}"
    fragment = _escaped(parts.fragment) if parts.fragment.startswith(("!", "/")) else ""  # a route
    path = _escaped(parts.path) or "/"
    found = urlunsplit((parts.scheme, netloc, path, _escaped(parts.query), fragment))
    return found if len(found) <= MAX_LENGTH else None


def _host(parts: SplitResult) -> str | None:
    host = (parts.hostname or "").rstrip(".")
    if not host or "\\" in parts.netloc:
        return None
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host).compressed}]"
    try:
        host.encode("ascii")
    except UnicodeEncodeError:
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    return host if _HOST_NAME.fullmatch(host) and len(host) <= 253 else None


def _escaped(part: str) -> str:
    """RFC 3986, 6.2.2: one spelling of each escape, none where it is not needed."""
    part = _BARE_PERCENT.sub("%25", part)
    part = _UNSAFE.sub(lambda found: _percent(found[0]), part)
    return _ESCAPE.sub(_one_spelling, part)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _one_spelling(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()


def _step(url: str) -> str | None:
    """One round of canonicalisation of an absolute URL."""
    target = fetch_url(url)
    if target is None:
        return None
    parts = urlsplit(target)
    host, port = parts.netloc, ""
    if not host.endswith("]") and ":" in host:
        host, _, port = host.rpartition(":")
    scheme = parts.scheme
    if not is_bare_address(host):
        host, scheme = _desktop(host), "https"
        port = "" if port in ("80", "443") else port
    path = _path(parts.path, amp=not is_bare_address(host))
    return urlunsplit(
        (scheme, f"{host}:{port}" if port else host, path, _query(parts.query), parts.fragment)
    )


def _desktop(host: str) -> str:
    """The host that serves the same pages to a large screen."""
    first, _, rest = host.partition(".")
    if first in _SMALL_SCREEN and "." in rest:
        site = _site(rest)
        if rest == site and tld.get_fld(rest, fail_silently=True, fix_protocol=True):
            return f"www.{rest}"
        return rest if rest.endswith(f".{site}") else host
    second, _, tail = rest.partition(".")  # en.m.wikipedia.org
    return f"{first}.{tail}" if second == "m" and "." in tail else host


def _path(path: str, *, amp: bool) -> str:
    kept: list[str] = []
    for segment in _SESSION.sub("", path).split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    joined = "/" + "/".join(kept)
    return _without_amp(joined) if amp else joined


def _without_amp(path: str) -> str:
    return _AMP_START.sub("", _AMP_HTML.sub("", _AMP_END.sub("", path)))


def _query(query: str) -> str:
    kept = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if pair and not is_tracking(name, value):
            kept.append(pair)
    return "&".join(kept)
