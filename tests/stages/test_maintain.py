"""Each thing is kept for its time; after years a database is no larger than after months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

import rows
from newswatch.copies.candidates import posted
from newswatch.copies.fingerprint import fingerprint
from newswatch.models import ArticleId, ReaderId
from newswatch.settings import Settings
from newswatch.stages.deduplicate.documents import to_store
from newswatch.stages.job import Job
from newswatch.stages.maintain import maintain
from newswatch.store import fingerprints, host_lines
from newswatch.store.server.database import Connection, scalar

NOW = datetime(2026, 1, 14, 12, tzinfo=UTC)
DAY, MONTH = timedelta(days=1), timedelta(days=30)
SETTINGS = Settings(
    embedder="none",
    dedupe_window_days=30,
    keep_fetches_days=60,
    keep_runs_days=60,
    keep_history_days=60,
    keep_editions_days=60,
    keep_documents_days=60,
)


def job(connection: Connection, now: datetime = NOW) -> Job:
    return replace(rows.job(connection, SETTINGS, now), settings=SETTINGS)


def left(connection: Connection, table: str) -> int:
    return int(scalar(connection, f"select count(*) from {table}".encode()))  # type: ignore[arg-type]


def run(connection: Connection, at: datetime) -> None:
    run_id = rows.run(connection, now=at)
    connection.execute("update news.run set started_at = %s where run_id = %s", [at, run_id])
    connection.execute(
        "insert into news.stage_run (run_id, stage, started_at) values (%s, 'load', %s)",
        [run_id, at],
    )


def document(connection: Connection, at: datetime, text: str = "") -> ArticleId:
    """An article that is found by its fingerprint."""
    article_id = rows.article(connection, at=at)
    made = fingerprint(text or f"A report of day {at:%Y %m %d %H %M} on the quay and its cranes.")
    new = to_store(made, "The Paper", article_id=article_id)
    (document_id,) = fingerprints.insert_fingerprints(connection, [new])
    fingerprints.insert_postings(connection, [(hash_, document_id) for hash_ in posted(made)])
    return article_id


def aged(connection: Connection, at: datetime) -> None:
    """A row of everything that is kept for a time, as old as that."""
    run(connection, at)
    article_id = document(connection, at)
    connection.execute(
        "insert into news.article_version (article_id, replaced_at, title, text, body_source)"
        " values (%s, %s, 't', 't', 'page')",
        [article_id, at],
    )
    rows.flag(connection, article_id, flagged_at=at, superseded_at=at)
    reader_id = scalar(connection, "select min(reader_id) from news.reader")
    edition(connection, at, reader_id or rows.reader(connection, at=at))
    rows.story(connection, at=at, strands={"en": {}})
    host_lines.count_lines(connection, "paper.example", {int(at.timestamp()): "x"}, 5, at)
    connection.execute(
        "insert into news.outage (shard, began_at, ended_at, hosts_polled, hosts_failed)"
        " values (0, %(at)s, %(at)s, 9, 9)",
        {"at": at},
    )
    connection.execute(
        "insert into news.alert (check_name, subject, severity, what, began_at, seen_at, ended_at)"
        " values ('backlog', '', 'warning', 'x', %(at)s, %(at)s, %(at)s)",
        {"at": at},
    )


def edition(
    connection: Connection, at: datetime, reader_id: ReaderId, *, is_told: bool = True
) -> None:
    edition_id = rows.edition(connection, at=at, reader_id=reader_id)
    connection.execute(
        "insert into news.outbox (edition_id, message_id, state, changed_at, told_at)"
        " values (%s, %s::text, %s, %s, %s)",
        [edition_id, edition_id, "sent" if is_told else "deferred", at, at if is_told else None],
    )


TABLES = (
    *("run", "stage_run", "fingerprint", "article_version", "flag", "mention", "edition"),
    *("outage", "alert", "host_line"),
)


@pytest.mark.parametrize("table", TABLES)
def test_what_is_old_goes_and_what_is_not_stays(connection: Connection, table: str) -> None:
    aged(connection, NOW - 61 * DAY)
    aged(connection, NOW - 59 * DAY)
    before = left(connection, f"news.{table}")
    working = job(connection)  # a run of its own
    counts = maintain(working)
    assert before - left(connection, f"news.{table}") == 1 - (table == "run")
    assert counts["documents_deleted"] == counts["stories_closed"] == 1
    again = maintain(working)
    assert set(again.values()) == {0}


def test_articles_and_what_was_decided_of_them_stay(connection: Connection) -> None:
    aged(connection, NOW - 400 * DAY)
    maintain(job(connection))
    assert left(connection, "news.article") == left(connection, "news.story") == 1
    assert left(connection, "news.posting") == 0


def test_a_line_is_forgotten_unless_it_is_boilerplate_or_met_again(connection: Connection) -> None:
    for days, line, articles in ((90, 1, 5), (90, 2, 4), (90, 3, 4), (50, 3, 1), (10, 4, 1)):
        for _ in range(articles):
            at = NOW - days * DAY
            host_lines.count_lines(connection, "paper.example", {line: f"line {line}"}, 5, at)
    assert maintain(job(connection))["lines_deleted"] == 1
    kept = connection.execute("select hash, articles from news.host_line order by hash").fetchall()
    assert kept == [(1, 5), (3, 5), (4, 1)]


def test_what_says_up_to_what_a_reader_was_told_stays(connection: Connection) -> None:
    reader_id = rows.reader(connection)
    for days in (400, 300, 200):
        edition(connection, NOW - days * DAY, reader_id, is_told=days > 200)
    assert maintain(job(connection))["editions_deleted"] == 1
    assert scalar(connection, "select min(built_at) from news.edition") == NOW - 300 * DAY


def test_a_document_is_kept_as_long_as_stories_are_joined(connection: Connection) -> None:
    document(connection, NOW - 50 * DAY)
    short = replace(SETTINGS, keep_documents_days=1, dedupe_window_days=55)
    assert maintain(replace(job(connection), settings=short))["documents_deleted"] == 0
    shorter = replace(short, dedupe_window_days=45)
    assert maintain(replace(job(connection), settings=shorter))["documents_deleted"] == 1


def month_of_work(connection: Connection, end: datetime, runs: int, articles: int) -> None:
    """As many runs and articles, spread over the month before `end`."""
    connection.execute(
        """
        with made as (
            insert into news.run (started_at, decided_at, finished_at, trigger, summary)
            select at, at, at, 'watch_news/' || at, '{"load": {"flagged": 3}}'
            from generate_series(1, %(runs)s) as n,
                 lateral (select %(end)s - n * interval '30 days' / %(runs)s as at) as moment
            returning run_id, started_at
        )
        insert into news.stage_run (run_id, stage, shard, started_at, ended_at, counts)
        select run_id, stage, 0, started_at, started_at, '{"entries_new": 12}'
        from made
        cross join unnest(array['poll', 'extract', 'deduplicate', 'flag', 'load']) as stage
        """,
        {"end": end, "runs": runs},
    )
    feed_id = scalar(connection, "select min(feed_id) from news.feed")
    for number in range(articles):
        at = end - MONTH * (number / articles)
        aged(connection, at)
        entry_id = rows.entry(connection, feed_id, at=at)
        rows.page(connection, entry_id, at=at, body=bytes(number % 251 for _ in range(3_000)))
    connection.execute(
        "insert into news.feed_fetch (feed_id, fetched_at, outcome, final_url, bytes, elapsed_ms)"
        " select %(feed)s, started_at, 'ok', '', 1, 1 from news.run"
        " where started_at > %(end)s - interval '30 days'",
        {"feed": feed_id, "end": end},
    )


KEPT_FOR_GOOD = ("article", "entry", "story", "topic_version", "feed", "feed_volume", "term")


def size(admin: psycopg.Connection[tuple[object, ...]]) -> int:
    """Bytes of the tables that are not kept for good, once the room of deleted rows is free."""
    admin.execute("vacuum")
    return int(
        scalar(
            admin,
            "select sum(pg_total_relation_size(oid)) from pg_class"
            " where relnamespace = 'news'::regnamespace and relkind = 'r'"
            " and not relname::text = any(%s)",
            [list(KEPT_FOR_GOOD)],
        )
    )


def test_after_ten_thousand_runs_and_a_year_it_is_no_larger_than_after_months(
    connection: Connection, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    rows.feed(connection)
    sizes: Sequence[int] = []
    for month in range(12):
        end = NOW + month * MONTH
        month_of_work(connection, end, runs=840, articles=30)
        maintain(job(connection, end))
        sizes = [*sizes, size(admin)]
    steady = max(sizes[3:6])
    assert max(sizes[6:]) <= 1.1 * steady, sizes
    assert left(connection, "news.run") < 3 * 840
