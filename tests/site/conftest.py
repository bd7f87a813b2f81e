"""The page on the sample newsroom, to look at, and on an empty database of the test's own."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from newsroom.world import World
from newswatch.stages.deduplicate.deduplicate import deduplicate
from newswatch.store import totals
from newswatch.store.server.database import Connection
from rows import NOON
from served import served
from stages.deduplicate.test_story_changes import ITEMS
from stages.invented import job_on, store


@pytest.fixture(scope="session")
def newsroom_page(world: World) -> Iterator[httpx.Client]:
    """The sample newsroom's page: look, change nothing."""
    with served(world.connection.info.dsn, world.settings) as client:
        yield client


@pytest.fixture
def page(database: str) -> Iterator[httpx.Client]:
    with served(database) as client:
        yield client


@pytest.fixture
def decided(connection: Connection) -> Connection:
    """A few articles that were published, in stories."""
    store(connection, ITEMS)
    deduplicate(job_on(connection))
    connection.execute("update news.article set loaded_at = %s, flagged_at = %s", [NOON, NOON])
    told = connection.execute("select distinct story_id from news.decision").fetchall()
    totals.count_stories(connection, [story_id for (story_id,) in told])
    return connection
