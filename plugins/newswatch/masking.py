"""Passwords are taken out of every text that says what went wrong: logs and tables keep it."""

from __future__ import annotations

import re

MASK = "***"
# From the colon after the user to the last @ of the line: a password that was not encoded may hold
# @, /, blanks and colons itself, and it is better to hide too much.
_IN_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*://[^\s/?#@:]*):.*@", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(password|passwd|pwd|token|secret|api_?key|access_?key|signature)"
    r"(\s*=\s*)('(?:[^'\\]|\\.)*'?|[^\s&]*)",
    re.IGNORECASE,
)


def masked(text: str, *secrets: str) -> str:
    """`text` without the passwords of the addresses in it (`scheme://user:password@host`), the
    values of `password=`, `token=` and their like, and without `secrets` wherever they stand."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, MASK)
    return _NAMED.sub(rf"\1\2{MASK}", _IN_ADDRESS.sub(rf"\1:{MASK}@", text))
