"""Addresses that mail can be sent to."""

from __future__ import annotations

import re
from email.headerregistry import Address


def is_mailbox(address: str) -> bool:
    """Whether it is a local part and a host (RFC 5322), with nothing around them."""
    try:
        parts = Address(addr_spec=address)
    except Exception:
        return False  # the standard library's parser raises IndexError and others, too
    return bool(parts.username and parts.domain) and not re.search(r"[\s<>,;]", address)
