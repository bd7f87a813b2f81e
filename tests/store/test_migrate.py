"""Migrations run once, in order, and are never edited; views are made anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psycopg
import pytest

from newswatch.copies.candidates import signed
from newswatch.copies.seeds import unpack
from newswatch.errors import MigrationError
from newswatch.store.fingerprints import COLUMNS, HASH_COLUMNS
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, with_role
from newswatch.store.server.migrate import (
    CHECKSUMS,
    SQL,
    check_landed,
    land,
    migrate,
    read_migrations,
)

UNCOMMENTED = """
select format('%I.%I', n.nspname, c.relname), a.attname
from pg_class c join pg_namespace n on n.oid = c.relnamespace
left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where n.nspname in ('news', 'analyst', 'ops') and c.relkind in ('r', 'p', 'v', 'm')
  and not c.relispartition and (
    obj_description(c.oid) is null
    or col_description(c.oid, a.attnum) is null
       and not (n.nspname = 'news' and c.relkind = 'v')  -- its columns are those of its table
  )
"""


@pytest.fixture
def fresh(postgres: str, tmp_path: Path) -> Iterator[Connection]:
    """A superuser's connection to an empty database, and nothing migrated."""
    url = embedded.ensure_database(postgres, f"fresh_{tmp_path.name[-20:].lower()}")
    with connect(url) as opened:
        yield opened


@pytest.fixture
def sql_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SQL, tmp_path / "sql"))


def test_second_run_applies_nothing(fresh: Connection) -> None:
    assert migrate(fresh) == [migration.name for migration in read_migrations()]
    assert migrate(fresh) == []


def test_what_a_view_shows_can_be_dropped(fresh: Connection, sql_copy: Path) -> None:
    migrate(fresh, sql_copy)
    number = len(read_migrations(sql_copy / "migrations")) + 1
    alone = "alter table news.article drop column paywalled"
    with pytest.raises(psycopg.errors.DependentObjectsStillExist):
        fresh.execute(alone.encode())
    (sql_copy / "migrations" / f"{number:04d}_less.sql").write_text(alone)
    for view in (sql_copy / "views").glob("*.sql"):
        view.write_text("")
    assert migrate(fresh, sql_copy) == [f"{number:04d}_less"]


def test_edited_migration_is_refused(fresh: Connection, sql_copy: Path) -> None:
    migrate(fresh, sql_copy)
    edited = sql_copy / "migrations" / "0002_runs.sql"
    edited.write_text(edited.read_text() + "\n-- changed")
    with pytest.raises(MigrationError, match=r"0002_runs\.sql was edited"):
        migrate(fresh, sql_copy)


def test_unknown_migration_is_refused(fresh: Connection, sql_copy: Path) -> None:
    migrate(fresh, sql_copy)
    last = max((sql_copy / "migrations").glob("*.sql"))
    last.unlink()
    with pytest.raises(MigrationError, match=f"the database has {last.stem}"):
        migrate(fresh, sql_copy)


def test_gap_in_numbers_is_refused(sql_copy: Path) -> None:
    (sql_copy / "migrations" / "0002_runs.sql").unlink()
    with pytest.raises(MigrationError, match="expected number 0002"):
        read_migrations(sql_copy / "migrations")


def test_a_folder_without_migrations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MigrationError, match=f"{tmp_path}: no migrations here"):
        read_migrations(tmp_path)


def test_an_edit_of_a_landed_migration_fails_the_check(sql_copy: Path) -> None:
    check_landed(sql_copy / "migrations")
    edited = sql_copy / "migrations" / "0002_runs.sql"
    edited.write_text(edited.read_text() + "\n-- changed")
    with pytest.raises(MigrationError, match=r"0002_runs\.sql was edited after it landed"):
        check_landed(sql_copy / "migrations")
    with pytest.raises(MigrationError, match=r"0002_runs\.sql was edited after it landed"):
        land(sql_copy / "migrations")


def test_a_landed_migration_that_is_gone_fails_the_check(sql_copy: Path) -> None:
    last = max((sql_copy / "migrations").glob("*.sql"))
    last.unlink()
    with pytest.raises(MigrationError, match=rf"{last.name} has landed and is gone"):
        check_landed(sql_copy / "migrations")


def test_a_new_migration_is_landed_once(sql_copy: Path) -> None:
    folder = sql_copy / "migrations"
    before = (folder / CHECKSUMS).read_text()
    name = f"{len(read_migrations(folder)) + 1:04d}_more"
    (folder / f"{name}.sql").write_text("create table news.more (a int);")
    with pytest.raises(MigrationError, match=r"land-migrations"):
        check_landed(folder)
    assert land(folder) == [name]
    assert land(folder) == []
    assert (folder / CHECKSUMS).read_text().startswith(before)


def test_failed_migration_leaves_nothing(fresh: Connection, sql_copy: Path) -> None:
    number = len(read_migrations(sql_copy / "migrations")) + 1
    (sql_copy / "migrations" / f"{number:04d}_broken.sql").write_text(
        "create table news.half_written (a int); select 1 / 0;"
    )
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(fresh, sql_copy)
    assert fresh.execute("select to_regclass('news.half_written')").fetchone() == (None,)


def test_every_table_view_and_column_has_a_comment(admin: Connection) -> None:
    assert admin.execute(UNCOMMENTED).fetchall() == []


@pytest.mark.parametrize("schema", ["news", "public"])
def test_analyst_sees_nothing_private(database: str, schema: str) -> None:
    with connect(with_role(database, "newswatch_analyst")) as analyst:
        readable = analyst.execute(
            "select table_name from information_schema.role_table_grants"
            " where table_schema = %s and grantee = 'newswatch_analyst'",
            [schema],
        ).fetchall()
        assert readable == []


def as_it_was(sql: Path, first_new: str) -> Path:
    """The folder without the migrations from that number on."""
    migrations = sql / "migrations"
    for path in migrations.glob("*.sql"):
        if path.name >= first_new:
            path.unlink()
    landed = (migrations / CHECKSUMS).read_text().splitlines(keepends=True)
    kept = [line for line in landed if line.split()[1] < first_new]
    (migrations / CHECKSUMS).write_text("".join(kept))
    return sql


def test_stored_hashes_are_halved(fresh: Connection, sql_copy: Path) -> None:
    migrate(fresh, as_it_was(sql_copy, "0038"))
    hashes = np.random.default_rng(1).integers(0, 2**64, (3, 300), dtype=np.uint64)
    for number, grams in enumerate(hashes, start=1):
        fresh.execute(
            "insert into news.seed (name, added_at) values (%s, now())", [f"seed {number}"]
        )
        fresh.execute(
            """
            insert into news.fingerprint (
                seed_id, outlet, algorithm, grams, numbers, words, text_hash, title_hash
            ) values (%s, '', 1, %s, %s, 303, %s, 0)
            """,
            [number, grams.astype("<u8").tobytes(), b"", number],
        )
        for hash_ in np.sort(grams)[:64].astype(np.int64).tolist():
            fresh.execute("insert into news.posting values (%s, %s)", [hash_, number])
    migrate(fresh)
    stored = fresh.execute(
        "select document_id, grams, numbers from news.fingerprint order by document_id"
    ).fetchall()
    posted = fresh.execute(
        f"select document_id, {', '.join(HASH_COLUMNS)} from news.posting".encode()
    ).fetchall()
    assert len(posted) < 3 * 64 / 4
    for (document_id, packed, numbers), grams in zip(stored, hashes, strict=True):
        assert unpack(packed).tolist() == (grams >> np.uint64(32)).tolist()
        assert numbers == b""
        rows = [columns for owner, *columns in posted if owner == document_id]
        sketch = signed((np.sort(grams)[:64] >> np.uint64(32)).astype(np.uint32))
        found = [
            (place, hash_) for row in rows for place, hash_ in enumerate(row) if hash_ is not None
        ]
        assert sorted(found) == sorted((hash_ % COLUMNS, hash_) for hash_ in sketch)


FILLED_BEFORE_PARTITIONS = """
    insert into news.feed (
        url, outlet, host, shard_key, state_since, fetch_url, next_poll_at, created_at
    ) values ('u', 'The Paper', 'h', 0, now(), 'u', now(), now());
    insert into news.entry (
        feed_id, entry_key, host, shard_key, title, summary, content_hash, first_seen_at,
        next_attempt_at
    ) select 1, n, 'h', 0, 't', '', '', now(), now() from generate_series(1, 9) as n;
    insert into news.run (started_at, decided_at, trigger) values (now(), now(), 'cli');
    insert into news.feed_fetch (
        feed_id, run_id, fetched_at, outcome, status, detail, final_url, bytes, elapsed_ms,
        entries_seen, entries_new
    )
    select 1, nullif(n % 3, 0) / nullif(n % 3, 0), now() + n * interval '7 hours', 'ok',
           200 + n % 2, n, 'u' || n, n, n, n, 1
    from generate_series(-500, 300) as n;
    insert into news.page (
        entry_id, run_id, fetched_at, url, final_url, outcome, status, kind, detail, etag,
        last_modified, bytes, elapsed_ms, body
    )
    select 1 + abs(n) % 9, nullif(n % 3, 0) / nullif(n % 3, 0), now() + n * interval '5 hours',
           'u' || n, 'f' || n, 'ok', 200, 'article', n, 'e' || n, 'm' || n, n, n,
           case when n % 4 <> 0 then convert_to(repeat(md5(n::text), 20 * abs(n)), 'utf8') end
    from generate_series(-300, 50) as n;
    delete from news.feed_fetch where feed_fetch_id = 801;
"""
LOGS = {
    "feed_fetch": "select to_jsonb(log) from news.feed_fetch as log order by feed_fetch_id",
    "page": "select to_jsonb(log) - 'body' from news.page as log order by page_id",
    "page_body": "select page_id, fetched_at, body from {} where body is not null order by page_id",
}


def logs(connection: Connection, bodies: str) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: connection.execute(query.format(bodies).encode()).fetchall()
        for name, query in LOGS.items()
    }


def test_logs_come_into_their_partitions_without_loss(fresh: Connection, sql_copy: Path) -> None:
    migrate(fresh, as_it_was(sql_copy, "0039"))
    fresh.execute(FILLED_BEFORE_PARTITIONS.encode())
    before = logs(fresh, "news.page")
    assert [len(rows) for rows in before.values()] == [800, 351, 263]
    migrate(fresh)
    assert logs(fresh, "news.page_body") == before
    (ids,) = fresh.execute(
        """
        with poll as (
            insert into news.feed_fetch (feed_id, fetched_at, outcome, final_url, bytes, elapsed_ms)
            values (1, now(), 'ok', '', 1, 1) returning feed_fetch_id
        ), page as (
            insert into news.page (entry_id, fetched_at, url, final_url, outcome, bytes, elapsed_ms)
            values (1, now(), '', '', 'ok', 1, 1) returning page_id
        )
        select feed_fetch_id, page_id from poll, page
        """
    )
    assert ids == (802, 352)
    where = "select distinct tableoid::regclass::text from {} order by 1"
    parts = fresh.execute(where.format("news.feed_fetch").encode()).fetchall()
    assert [name for (name,) in parts] == ["news.feed_fetch_before", "news.feed_fetch_rest"]
    fresh.execute("delete from news.entry where entry_id = 1")
    assert fresh.execute("select count(*) from news.page where entry_id = 1").fetchone() == (0,)
    for table in ("feed_fetch", "page", "page_body", "feed_fetch_before", "page_body_rest"):
        for right in ("select", "insert", "update", "delete"):
            asked = ["newswatch_writer", f"news.{table}", right]
            allowed = fresh.execute("select has_table_privilege(%s, %s, %s)", asked).fetchone()
            assert allowed == (True,), asked
    assert fresh.execute("select count(*) from ops.feed_failure").fetchone() == (0,)


def test_an_empty_log_begins_with_the_partition_of_today(fresh: Connection) -> None:
    migrate(fresh)
    for table in ("feed_fetch", "page_body"):
        parts = fresh.execute(
            "select since <= now() and until > now() as is_today, part::text ~ '_before$'"
            " from news.parts_of(format('news.%%I', %s::text)::regclass) order by until",
            [table],
        ).fetchall()
        assert parts == [(True, False), *[(False, False)] * 6, (None, False)]
