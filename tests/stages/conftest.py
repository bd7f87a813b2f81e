"""A newsroom on an empty database, with one topic; and a second version of the deduplication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newswatch.copies.rules import RULES
from newswatch.settings import read_settings
from newswatch.store.server.database import Connection
from stages.invented import STRICT, Newsroom, job_on

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
def strict() -> Iterator[None]:
    RULES[STRICT.version] = STRICT
    yield
    del RULES[STRICT.version]
