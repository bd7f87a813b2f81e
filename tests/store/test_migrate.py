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
where n.nspname in ('news', 'analyst', 'ops') and c.relkind in ('r', 'v', 'm')
  and (
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
