"""The analysts' cookbook answers its questions on the sample newsroom, as the analyst, on the views
alone; and the analyst can do nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from newsroom.world import World
from newswatch.settings import HOME
from newswatch.store.server.database import connect, with_role

QUERIES = HOME / "sql" / "queries"
FIRST, SECOND = (datetime(2026, 1, 14, hour, tzinfo=UTC) for hour in (17, 18))

# Of each query one row on the sample newsroom, `url` as its path.
ANSWERS: dict[str, dict[str, Any]] = {
    "biggest_stories": {
        "topic": "ukraine-talks",
        "headline": "Russia and Ukraine end first day in Lucerne with draft on energy strikes",
        "outlets": 7,
        "articles": 9,
        "first_seen_at": FIRST,
        "last_seen_at": SECOND,
    },
    "flagged_today": {
        "topic": "gaza-mediators",
        "score": 0.92,
        "salience": "headline",
        "outlet": "Der Deichbote",
        "title": "Liveticker: Vermittler nennen vier Termine für Gaza",
        "evidence": "Die Vermittler aus den USA, Katar, Ägypten und der Türkei nennen vier"
        " Termine.",
        "url": "welt/liveticker-larnaka",
    },
    "quotes": {
        "seen_at": SECOND,
        "outlet": "The Meridian Post",
        "sentence": "Asked about it, Steve Witkoff smiled and talked about the fish.",
        "field": "text",
        "char_start": 932,
    },
    "reprints_of_seeds": {
        "seed": "preview",
        "outlet": "Lagoon Times",
        "title": "Negotiators book a seaside hotel to save Gaza's second phase",
        "kind": "contained",
        "percent": Decimal(97),
        "reason": "97 % of this text stands in the seed preview, which is longer.",
    },
    "topic_over_time": {
        "day": date(2026, 1, 14),
        "topic": "witkoff",
        "flagged": 21,
        "originals": 85,
        "percent": Decimal("24.71"),
    },
    "what_developed": {
        "story": "Russia and Ukraine end first day in Lucerne with draft on energy strikes",
        "seen_at": FIRST,
        "outlet": "The Meridian Post",
        "first_new_sentence": "The document that Ukraine and Russia carried home from Switzerland"
        " has fewer words than the safety card in an airplane seat.",
        "new_sentences": 11,
        "url": "world/ninety-days-of-light",
    },
    "what_was_rewritten": {
        "outlet": "Der Deichbote",
        "said_before": "Liveticker: Vermittler beraten in Larnaka über Gaza",
        "said_next": "Liveticker: Vermittler nennen vier Termine für Gaza",
        "replaced_at": SECOND,
        "share_left": Decimal("0.96"),
        "reason": "All of this wording stands in the next, which adds 67 words;"
        " the headline changed.",
        "url": "welt/liveticker-larnaka",
    },
    "who_copied_whom": {
        "original_outlet": "Harbour Wire",
        "copied_by": "Saltmarsh Echo",
        "copies": 1,
        "median_minutes_later": 60.0,
    },
    "who_is_first": {"topic": "gaza-mediators", "outlet": "Der Deichbote", "times_first": 2},
}


@pytest.mark.parametrize("name", sorted(path.stem for path in QUERIES.glob("*.sql")))
def test_query_answers_its_question(world: World, name: str) -> None:
    text = (QUERIES / f"{name}.sql").read_text()
    assert text.startswith("-- "), "the first line is the question that it answers"
    url = with_role(world.connection.info.dsn, "newswatch_analyst")
    with connect(url) as analyst, analyst.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(text.encode()).fetchall()
    for row in found:
        if "url" in row:
            row["url"] = row["url"].split("/", 3)[-1]
    assert ANSWERS[name] in found


@pytest.mark.parametrize(
    "statement",
    [
        "select * from news.article",
        "delete from news.article",
        "create table public.mine (a int)",
        "create temporary table mine (a int)",
        "create view analyst.mine as select 1 as a",
    ],
)
def test_analyst_may_only_read_the_views(database: str, statement: str) -> None:
    with (
        connect(with_role(database, "newswatch_analyst")) as analyst,
        pytest.raises(
            (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)
        ),
    ):
        analyst.execute(statement.encode())


@pytest.mark.parametrize("statement", ["drop table news.article", "create table news.mine (a int)"])
def test_writer_may_change_no_table(database: str, statement: str) -> None:
    with connect(database) as writer, pytest.raises(psycopg.errors.InsufficientPrivilege):
        writer.execute(statement.encode())
