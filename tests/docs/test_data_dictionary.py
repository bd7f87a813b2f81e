"""docs/data-dictionary.md is what the database says of itself."""

from __future__ import annotations

from newswatch.settings import HOME
from newswatch.store.server.database import Connection
from newswatch.store.server.dictionary import dictionary


def test_the_page_is_current(connection: Connection) -> None:
    page = (HOME / "docs" / "data-dictionary.md").read_text()
    assert page == dictionary(connection), "run: newswatch db dictionary > docs/data-dictionary.md"
