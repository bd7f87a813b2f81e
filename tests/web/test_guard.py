"""No address outside the public internet is connected to, however it is spelt."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.web.guard import refusal

SPECIAL = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "::ffff:0:7f00:1",
    "::ffff:0:8.8.8.8",
    "64:ff9b:1::7f00:1",
    "200::1",
    "3ff::1",
    "400::1",
    "1fff:ffff::1",
    "4000::1",
    "8000::1",
    "2606:4700::5efe:7f00:1",
    "2606:4700::200:5efe:10.0.0.1",
    "2620:4f:8000::1",
    "2001:1ff:ffff::1",
]
PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00::1",
    "2001:200::1",
]
LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.mark.parametrize("address", SPECIAL)
def test_special_purpose_addresses_are_refused(address: str) -> None:
    reason = refusal(address)
    assert reason is not None
    assert address in reason


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_not(address: str) -> None:
    assert refusal(address) is None


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.1", False),
        ("::1", False),
        ("2002:0a00:1::", False),
    ],
)
def test_an_allowed_network_wins_and_allows_nothing_else(address: str, allowed: bool) -> None:
    assert (refusal(address, LOOPBACK) is None) == allowed


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_in_ipv6_opens_no_door(address: object) -> None:
    """An IPv4 address is refused compatible, mapped, translated, as NAT64, 6to4 and ISATAP."""
    number = int(ip_address(str(address)))
    somewhere = int(IPv6Address("2606:4700:1:2::"))
    for wrapped in (
        number,
        0xFFFF << 32 | number,
        0xFFFF << 48 | number,
        0x64FF9B << 96 | number,
        0x2002 << 112 | number << 80,
        somewhere | 0x5EFE << 32 | number,
        somewhere | 0x02005EFE << 32 | number,
    ):
        assert refusal(IPv6Address(wrapped)) is not None


@given(st.ip_addresses(v=6))
def test_of_ipv6_only_global_unicast_is_allowed(address: object) -> None:
    found = ip_address(str(address))
    if refusal(found) is None:
        assert found in ip_network("2000::/3")


@given(st.ip_addresses())
def test_every_special_address_of_the_standard_library_is_refused(address: object) -> None:
    known = ip_address(str(address))
    if known.is_private or known.is_loopback or known.is_multicast or known.is_link_local:
        assert refusal(known) is not None
