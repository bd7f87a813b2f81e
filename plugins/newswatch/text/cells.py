"""Values as cells of a table that a spreadsheet opens."""

from __future__ import annotations

from typing import Any


def spreadsheet_safe(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP)."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value
