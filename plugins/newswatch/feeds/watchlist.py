"""`feeds.yaml`: the feeds that are watched, as people edit them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args
from urllib.parse import urlsplit

from newswatch.addresses.urls import fetch_url, host_of, is_bare_address, same_address_key
from newswatch.errors import InputError
from newswatch.models import FeedIdentity, FeedKind, FeedSpec
from newswatch.text.language import tag_of
from newswatch.yamlfile import Node, read_rows, read_yaml

KINDS = get_args(FeedKind)
IDENTITIES = get_args(FeedIdentity)
OPTIONAL = (
    *("country", "language", "kind", "urgent", "ports"),
    *("identity", "login", "cookies", "user_agent", "pages"),
)
MAX_HEADER = 2_000  # characters of cookies, and of a user agent
_PRINTABLE = re.compile(r"[\x20-\x7e]+")
_LOGIN = re.compile(r"[A-Za-z0-9_.-]{1,60}")
# RFC 6265, 4.1.1; a comma or a blank in a value is common.
_COOKIES = re.compile(
    r"[!#$%&'*+.^_`|~0-9A-Za-z-]+=[\x20-\x3a\x3c-\x7e]*"
    r"(?:; ?[!#$%&'*+.^_`|~0-9A-Za-z-]+=[\x20-\x3a\x3c-\x7e]*)*"
)
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class LoadedFeeds:
    """The feeds that could be read, in the order of the file, and why the others could not."""

    specs: tuple[FeedSpec, ...]
    errors: tuple[InputError, ...]


def load_feeds(path: Path) -> LoadedFeeds:
    """The feeds of the file. A wrong row costs itself only: an address that is none, a feed that
    stands twice, an unknown key, a country or language that is no code.

    Raises `InputError` with file, line and mend if the file holds no list of feeds.
    """
    return feeds_in(read_yaml(path))


def feeds_in(root: Node) -> LoadedFeeds:
    """The same, of a file that was read."""
    feeds = root.mapping(required=("feeds",))["feeds"]
    lines: dict[str, int] = {}

    def read(node: Node) -> FeedSpec:
        row = node.mapping(
            required=("url", "outlet"),
            optional=OPTIONAL,
        )
        spec = _spec(row)
        key = same_address_key(spec.url)
        if key in lines:
            row["url"].fail(
                f"{spec.url} stands twice", f"remove one: the first is on line {lines[key]}"
            )
        lines[key] = row["url"].line
        return spec

    specs, errors = read_rows(feeds, read)
    return LoadedFeeds(tuple(specs), tuple(errors))


def _spec(row: Mapping[str, Node]) -> FeedSpec:
    outlet = row["outlet"].text()
    if not outlet:
        row["outlet"].fail("the outlet has no name", "write who publishes the feed")
    ports = row["ports"].items() if "ports" in row else []
    allowed = tuple(port.integer(1, 65_535) for port in ports)
    return FeedSpec(
        url=_url(row["url"], allowed),
        outlet=outlet,
        country=_code(
            row.get("country"),
            lambda code: _COUNTRY.fullmatch(code) is not None,
            "two capital letters of ISO 3166-1, as in GB or IL",
        ),
        language=_code(
            row.get("language"),
            lambda code: tag_of(code) == code,
            "a BCP 47 tag, as in en or pt-BR",
        ),
        kind=row["kind"].one_of(KINDS) if "kind" in row else "news",
        urgent=row["urgent"].boolean() if "urgent" in row else False,
        ports=allowed,
        identity=cast(FeedIdentity, row["identity"].one_of(IDENTITIES))
        if "identity" in row
        else None,
        login=_login(row["login"], row["url"].text()) if "login" in row else None,
        cookies=_header(row.get("cookies"), _COOKIES, "cookies", "name=value; name=value"),
        user_agent=_header(row.get("user_agent"), _PRINTABLE, "user agent", "one line in ASCII"),
        pages=row["pages"].boolean() if "pages" in row else True,
    )


def _login(node: Node, url: str) -> str:
    """The name of a login; a password is sent in the clear to nobody but ourselves."""
    name = node.text()
    if not _LOGIN.fullmatch(name):
        node.fail(
            "this is no name of a login",
            "write its name only: NEWSWATCH_FEED_LOGINS has user and password",
        )
    if not url.startswith("https://") and not is_bare_address(host_of(url)):
        node.fail("a password would be sent unencrypted", "write the address with https://")
    return name


def _header(node: Node | None, form: re.Pattern[str], what: str, mend: str) -> str | None:
    if node is None:
        return None
    value = node.text()
    if not form.fullmatch(value) or len(value) > MAX_HEADER:
        node.fail(f"this is no {what} of at most {MAX_HEADER:,} characters", f"write {mend}")
    return value


def _url(node: Node, ports: tuple[int, ...]) -> str:
    url = node.text()
    if re.match(r"[^/?#]*//[^/?#]*@", url):
        node.fail("the address carries a user name or password", "take it out of the address")
    if not re.match(r"https?://", url):
        node.fail(f"{url!r} is no web address", "write it in full, from https:// on")
    if fetch_url(url) is None or not host_of(url) or re.search(r"\s", url):
        node.fail(f"{url!r} is malformed", "copy the address from a browser")
    port = urlsplit(url).port
    if port not in (None, 80, 443, *ports):
        node.fail(f"{url} has port {port}", f"allow it with a line below: ports: [{port}]")
    return url


def _code(node: Node | None, is_code: Callable[[str], bool], mend: str) -> str | None:
    if node is None:
        return None
    value = node.text()
    if not is_code(value):
        node.fail(f"{value!r} is no code", f"write {mend}")
    return value
