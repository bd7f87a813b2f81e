"""Which addresses may be connected to: the public internet's, and no others.

Asked where a name's addresses come back and again where the socket is made, after every look-up and
redirect; so no spelling of an address and no change of DNS between check and use gets round it.
"""

from __future__ import annotations

import re
import socket
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

from newswatch.settings import Network

Address = IPv4Address | IPv6Address

# RFC 4291, 2.4 and the IANA IPv6 Address Space registry: all that is assigned as global unicast.
_GLOBAL_UNICAST = IPv6Network("2000::/3")

# IANA IPv4 and IPv6 Special-Purpose Address Registries, multicast, and names for some of what lies
# outside global unicast. What the registries call globally reachable (192.0.0.9 ...) is refused as
# well: no newsroom is there.
_SPECIAL: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(network), name)
    for network, name in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::/96", "IPv4-compatible"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "local NAT64"),
        ("100::/64", "discard-only"),
        ("100:0:0:1::/64", "dummy"),
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3fff::/20", "documentation"),
        ("5f00::/16", "segment routing"),
        ("fc00::/7", "unique local"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)
_EMBEDDING_IN_LAST_BITS = tuple(
    IPv6Network(network)
    for network in ("::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/96", "::/96")
)
_SIX_TO_FOUR = IPv6Network("2002::/16")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})  # RFC 5214, 6.1: before an IPv4 address
_LOOPBACK = IPv4Address("127.0.0.1")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


class AddressRefused(OSError):
    """We do not connect there; the message names the address and why."""


def refusal(address: str | Address, allow_networks: Sequence[Network] = ()) -> str | None:
    """Why an address must not be connected to, or None if it may.

    `allow_networks` wins over the table, also for an IPv4 address that an IPv6 one carries.
    """
    found = _without_zone(address)
    for seen in _readings(found):
        if any(seen.version == network.version and seen in network for network in allow_networks):
            return None
        for network, name in _SPECIAL:
            if seen.version == network.version and seen in network:
                return f"{address} is not on the public internet ({name}, {network})"
    if isinstance(found, IPv6Address):
        if found not in _GLOBAL_UNICAST:
            return f"{address} is not on the public internet (outside {_GLOBAL_UNICAST})"
        if _is_isatap(found):
            return f"{address} is not on the public internet (ISATAP)"
    return None


def _without_zone(address: str | Address) -> Address:
    return ip_address(str(address).partition("%")[0])


def _is_isatap(address: IPv6Address) -> bool:
    return int(address) >> 32 & 0xFFFFFFFF in _ISATAP


def _readings(address: Address) -> Iterator[Address]:
    """The IPv4 address that an IPv6 one stands for, if any, then the address itself."""
    if isinstance(address, IPv6Address):
        if any(address in network for network in _EMBEDDING_IN_LAST_BITS) and int(address) > 1:
            yield IPv4Address(int(address) & 0xFFFFFFFF)
        elif address in _SIX_TO_FOUR:
            yield IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    yield address


def refused_form(url: str, ports: Collection[int], allow_networks: Sequence[Network]) -> str | None:
    """Why the form of an address alone forbids the request, or None. `ports` may be used beside 80
    and 443; a bare address of the allowed networks may have any: a newsroom on loopback does."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        return f"{url} is no address: {error}"
    if parts.scheme not in ("http", "https"):
        return f"{url} is neither http nor https"
    if not host:
        return f"{url} names no host"
    if parts.username is not None or parts.password is not None:
        return f"{host}: an address with a user name in it is not followed"
    name = _plain(host)
    if ":" not in name and ("%" in name or _is_odd_number(name)):
        return f"{host} is no name and no address as it is written on the internet"
    if name.rpartition(".")[2] == "localhost" and refusal(_LOOPBACK, allow_networks):
        return f"{host} is not on the public internet (loopback, RFC 6761)"
    if port in (None, 80, 443, *ports) or _is_allowed_literal(host, allow_networks):
        return None
    return f"{host}:{port} is not port 80 or 443; allow it at the feed, with ports: [{port}]"


def _plain(host: str) -> str:
    """As it is looked up: full-width letters and the dots of other scripts are none."""
    return unicodedata.normalize("NFKC", host).replace("\u3002", ".").lower().rstrip(".")


def _is_odd_number(name: str) -> bool:
    """Whether it ends as a number does and is no IPv4 address in four parts: the forms of inet_aton
    (127.1, 0x7f000001, 017700000001) stand for addresses, and no domain is a number."""
    if _NUMBER.fullmatch(name.rpartition(".")[2]) is None:
        return False
    try:
        return str(IPv4Address(name)) != name
    except ValueError:
        return True


def _is_allowed_literal(host: str, allow_networks: Sequence[Network]) -> bool:
    try:
        return refusal(host) is not None and refusal(host, allow_networks) is None
    except ValueError:
        return False


class GuardedResolver(AbstractResolver):
    """Looks names up, and leaves out the addresses that are refused."""

    def __init__(self, allow_networks: Sequence[Network]) -> None:
        self._resolver = DefaultResolver()
        self._allow_networks = allow_networks

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of `host`. Raises `AddressRefused` if all are refused."""
        found = await self._resolver.resolve(host, port, family)
        reasons = [refusal(answer["host"], self._allow_networks) for answer in found]
        allowed = [answer for answer, reason in zip(found, reasons, strict=True) if not reason]
        if found and not allowed:
            raise AddressRefused(f"{host}: {reasons[0]}")
        return allowed

    async def close(self) -> None:
        await self._resolver.close()


def guarded_socket(allow_networks: Sequence[Network]) -> Callable[[Any], socket.socket]:
    """A socket factory for aiohttp's connector that raises `AddressRefused`."""

    def make(address_info: Any) -> socket.socket:
        family, kind, protocol, _, target = address_info
        reason = refusal(target[0], allow_networks)
        if reason:
            raise AddressRefused(reason)
        return socket.socket(family, kind, protocol)

    return make
