"""Upserts of several rows meet in one order: two sessions wait for each other, and none dies."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from newswatch.store import host_lines, stories
from newswatch.store.server.database import Connection, connect, scalar

SESSIONS, ROUNDS, ROWS = 4, 25, 80
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def count_lines(connection: Connection, rows: list[int]) -> None:
    lines = {row: f"line {row}" for row in rows}
    host_lines.count_lines(connection, "courier.example", lines, 5, NOON)


def count_terms(connection: Connection, rows: list[int]) -> None:
    stories.count_terms(connection, 1, {f"term {row}": 1 for row in rows})


@pytest.mark.parametrize(
    ("upsert", "fewest"),
    [
        (count_lines, "select min(articles) from news.host_line"),
        (count_terms, "select min(articles) from news.term"),
    ],
)
def test_upserts_in_any_order_do_not_deadlock(
    connection: Connection,
    database: str,
    upsert: Callable[[Connection, list[int]], None],
    fewest: str,
) -> None:
    def work(seed: int) -> None:
        chance = random.Random(seed)
        with connect(database) as own:
            for _ in range(ROUNDS):
                with own.transaction():
                    upsert(own, chance.sample(range(ROWS), ROWS))

    with ThreadPoolExecutor(SESSIONS) as sessions:
        list(sessions.map(work, range(SESSIONS)))
    assert scalar(connection, fewest) == SESSIONS * ROUNDS
