"""Addresses that mail can be sent to."""

from __future__ import annotations

import re
from email.headerregistry import Address

import idna

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def is_mailbox(address: str) -> bool:
    """Whether it is a local part and a host (RFC 5322), with nothing around them."""
    try:
        parts = Address(addr_spec=address)
    except Exception:
        return False  # the standard library's parser raises IndexError and others, too
    return bool(parts.username and parts.domain) and not re.search(r"[\s<>,;]", address)


def mailbox(address: str) -> str | None:
    """The address with its host as the name system knows it (RFC 5891); None if it is none.

    Letters outside ASCII before the @ stay as they are: there are servers that take them
    (RFC 6531).
    """
    local_part, _, host = address.rpartition("@")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    # What is asked of the other characters of the local part is the same wherever these stand.
    return (
        f"{local_part}@{host}" if is_mailbox(f"{_NOT_ASCII.sub('a', local_part)}@{host}") else None
    )
