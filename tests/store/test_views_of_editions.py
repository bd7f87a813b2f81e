"""Analysts see what each edition had to tell, and who told a story first."""

from __future__ import annotations

from datetime import timedelta

import pytest

import rows
from newswatch.store.server.database import Connection, connect, with_role
from rows import NOON

HOUR = timedelta(hours=1)


@pytest.fixture
def story(connection: Connection) -> int:
    """Three reports: one seen first, one that says it is older, one that is not published yet."""
    story_id = rows.story(connection)
    for outlet, seen, published, loaded in (
        ("First Seen", 0, 2, True),
        ("Says Older", 1, -3, True),
        ("Says Nothing", 0, None, True),
        ("Not Published", -9, -9, False),
    ):
        article = rows.article(
            connection,
            outlet=outlet,
            at=NOON + seen * HOUR,
            published_at=None if published is None else NOON + published * HOUR,
            loaded_at=NOON if loaded else None,
        )
        rows.decision(connection, article, story_id=story_id)
    return story_id


def test_who_was_first_is_told_by_both_clocks(database: str, story: int) -> None:
    with connect(with_role(database, "newswatch_analyst")) as analyst:
        found = analyst.execute(
            "select outlet, seen_at, published_outlet, published_at from analyst.first_report"
            " where story_id = %s",
            [story],
        ).fetchall()
    assert found == [("First Seen", NOON, "Says Older", NOON - 3 * HOUR)]


def test_an_edition_tells_what_it_left_out(
    connection: Connection, database: str, story: int
) -> None:
    edition_id = rows.edition(connection, subject="14 January")
    rows.edition_story(connection, edition_id, "witkoff", story, 1, headline="Told")
    rows.edition_story(connection, edition_id, "witkoff", story, 2, headline="")
    connection.execute("update news.edition_story set is_told = headline <> ''")
    connection.execute(
        "insert into news.outbox (edition_id, message_id, changed_at) values (%s, '<1@x>', %s)",
        [edition_id, NOON],
    )
    with connect(with_role(database, "newswatch_analyst")) as analyst:
        told = analyst.execute(
            "select subject, state, outlet, is_told from analyst.edition"
            " join analyst.edition_story using (edition_id, subscriber, local_date)"
            " order by article_id"
        ).fetchall()
        columns = analyst.execute(
            "select column_name from information_schema.columns where table_name = 'edition'"
            " and table_schema = 'analyst'"
        ).fetchall()
    assert told == [
        ("14 January", "pending", "First Seen", True),
        ("14 January", "pending", "Says Older", False),
    ]
    assert ("email",) not in columns
