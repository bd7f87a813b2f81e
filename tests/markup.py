"""HTML read as strictly as its standard says."""

from __future__ import annotations

import html5lib


def faults(page: str) -> list[tuple[str, str]]:
    """The parse errors of a document, each with the line that it is noticed in."""
    parser = html5lib.HTMLParser()
    parser.parse(page)
    lines = [*page.splitlines(), ""]
    return [(name, lines[line - 1]) for (line, _), name, _ in parser.errors]
