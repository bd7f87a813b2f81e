"""The page on the sample newsroom, to look at, and on an empty database of the test's own."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from newsroom.world import World
from served import served


@pytest.fixture(scope="session")
def newsroom_page(world: World) -> Iterator[httpx.Client]:
    """The sample newsroom's page: look, change nothing."""
    with served(world.connection.info.dsn, world.settings) as client:
        yield client


@pytest.fixture
def page(database: str) -> Iterator[httpx.Client]:
    with served(database) as client:
        yield client
