"""A newsroom on an empty database, with one topic; and a second version of the deduplication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newswatch.copies.rules import RULES
from newswatch.settings import read_settings
from newswatch.store.server.database import Connection
from stages.brief import DESK, Brief
from stages.invented import STRICT, Newsroom, job_on
from stages.post_office import PostOffice

TOPIC = """
id: pier
name: The pier
groups:
  pier: [pier]
rules:
  - id: named
    when: pier
    because: Names the pier
"""


@pytest.fixture
def newsroom(connection: Connection, tmp_path: Path) -> Newsroom:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "pier.yaml").write_text(TOPIC)
    job = job_on(connection)
    return Newsroom(
        connection,
        replace(job, settings=read_settings({}, embedder="none", watchlist_dir=tmp_path)),
    )


@pytest.fixture
def brief(connection: Connection, tmp_path: Path) -> Iterator[Brief]:
    """A brief for one reader, the desk in Berlin."""
    with PostOffice() as post_office:
        smtp_url = f"smtp://127.0.0.1:{post_office.port}"
        settings = read_settings({}, embedder="none", watchlist_dir=tmp_path, smtp_url=smtp_url)
        made = Brief(connection, settings, post_office)
        made.has_readers(DESK)
        yield made


@pytest.fixture
def strict() -> Iterator[None]:
    RULES[STRICT.version] = STRICT
    yield
    del RULES[STRICT.version]
