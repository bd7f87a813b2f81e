"""What docs/ says of the database is what the database says of itself."""

from __future__ import annotations

import pytest

from newswatch.cli.database import DOCUMENTS
from newswatch.settings import HOME
from newswatch.store.server.database import Connection


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_page_is_current(connection: Connection, name: str) -> None:
    page = (HOME / "docs" / name).read_text(encoding="utf-8")
    assert page == DOCUMENTS[name](connection), "run: newswatch db document docs"
