"""`newswatch export`: every row of a view in each form, what is the same left alone, nothing ever
half written."""

from __future__ import annotations

import csv
import io
import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import rows
from newswatch.cli.main import cli
from newswatch.settings import Settings
from newswatch.stages.export.folder import replaced, written_by_one
from newswatch.stages.export.job import export_views
from newswatch.store.exports import exported_views
from newswatch.store.server.database import Connection
from rows import NOON

Export = Callable[..., Result]
DAY = timedelta(days=1)


@pytest.fixture
def newsroom(connection: Connection) -> Connection:
    """Two articles today and one yesterday, each flagged, the first with a formula for a name."""
    for number, days in enumerate((0, 0, 1)):
        article = rows.article(
            connection,
            at=NOON - days * DAY,
            loaded_at=NOON,
            title=f"=1+{number}, “Уиткофф”\nlands",
            authors=["Ann Ex", 'B "Q" Why'],
        )
        rows.decision(connection, article, story_id=rows.story(connection))
        rows.flag(connection, article)
    return connection


@pytest.fixture
def export(database: str, monkeypatch: pytest.MonkeyPatch) -> Export:
    monkeypatch.setenv("NEWSWATCH_DATABASE_URL", database)
    return lambda *arguments: CliRunner().invoke(cli, ["export", *map(str, arguments)])


def stored(connection: Connection, view: str) -> list[tuple[object, ...]]:
    return connection.execute(f"select * from analyst.{view} order by 1".encode()).fetchall()


def test_the_job_writes_what_changed_since_a_day(newsroom: Connection, tmp_path: Path) -> None:
    job = rows.job(newsroom, Settings(embedder="none", export_dir=str(tmp_path)))
    today, yesterday = (tmp_path / "flag" / f"day={(NOON - days * DAY).date()}" for days in (0, 1))
    assert export_views(job, NOON.date())["written"] > 0
    assert (today.exists(), yesterday.exists()) == (True, False)
    counts = export_views(job, (NOON - DAY).date())
    assert (counts["written"] > 0, counts["unchanged"] > 0, counts["removed"]) == (True, True, 0)
    assert yesterday.exists()
    assert export_views(job, (NOON - DAY).date())["written"] == 0


def test_each_form_holds_every_row_of_a_view(newsroom: Connection, export: Export) -> None:
    known = {row[0]: row for row in stored(newsroom, "article")}
    columns = [column.name for column in exported_views(newsroom)["article"].columns]
    of = {name: place for place, name in enumerate(columns)}

    parquet = export("--view", "article", "--format", "parquet").stdout_bytes
    table = pq.read_table(io.BytesIO(parquet)).to_pylist()
    assert len(table) == len(known) == 3
    for row in table:
        wanted = known[row["article_id"]]
        for name in ("title", "authors", "seen_at", "published_at", "is_original", "word_count"):
            assert row[name] == wanted[of[name]], name
        assert json.loads(row["fact_sources"]) == wanted[of["fact_sources"]]

    lines = export("--view", "article", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["authors"] for line in lines] == [row["authors"] for row in table]

    cells = list(csv.DictReader(io.StringIO(export("--view", "article").stdout, newline="")))
    assert [row["title"] for row in cells] == ["'" + row["title"] for row in table]
    assert [json.loads(row["authors"]) for row in cells] == [row["authors"] for row in table]


def test_flags_are_what_is_exported_where_nothing_is_named(
    newsroom: Connection, export: Export
) -> None:
    ids = [row["flag_id"] for row in csv.DictReader(io.StringIO(export().stdout))]
    assert ids == [str(row[0]) for row in stored(newsroom, "flag")]
    today = ("--topic", "witkoff", "--since", NOON.date(), "--until", NOON.date())
    of_today = list(csv.DictReader(io.StringIO(export(*today).stdout)))
    assert [row["flag_id"] for row in of_today] == ids[:2]


def test_a_folder_has_a_file_a_day_and_writes_what_changed(
    newsroom: Connection, export: Export, tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    arguments = ("--format", "parquet", "--to", lake)
    first = export(*arguments)
    assert first.exit_code == 0, first.stderr
    assert "\nflag: 2 written, 0 unchanged, 0 removed\n" in first.stdout
    for view in ("flag", "article", "mention"):
        read = ds.dataset(lake / view, partitioning="hive").to_table()
        assert sorted(read[f"{view}_id"].to_pylist()) == [row[0] for row in stored(newsroom, view)]
        assert set(read["day"].to_pylist()) == {f"{NOON.date()}", f"{NOON.date() - DAY}"}
    assert pq.read_table(lake / "code" / "part.parquet").num_rows == len(stored(newsroom, "code"))
    assert {path.name for path in lake.rglob("*") if path.is_file()} == {
        "part.parquet",
        ".newswatch-export",
    }

    kept = {path: path.stat().st_ino for path in lake.rglob("part.parquet")}
    assert {
        line.split(": ")[1].split(" written")[0] for line in export(*arguments).stdout.splitlines()
    } == {"0"}
    newsroom.execute("update news.flag set superseded_at = now() where flag_id = 3")
    newsroom.execute("update news.flag set score = 0.25 where flag_id = 1")
    told = export(*arguments, "--view", "flag").stdout
    assert told == "flag: 1 written, 0 unchanged, 1 removed\n"
    changed = {p for p, inode in kept.items() if not p.exists() or p.stat().st_ino != inode}
    assert changed == {
        lake / "flag" / f"day={day}" / "part.parquet" for day in (NOON.date(), NOON.date() - DAY)
    }


def test_days_that_are_not_asked_for_are_left_alone(
    newsroom: Connection, export: Export, tmp_path: Path
) -> None:
    arguments = ("--view", "flag", "--to", tmp_path, "--format", "jsonl")
    export(*arguments)
    newsroom.execute("update news.flag set superseded_at = now()")
    told = export(*arguments, "--since", NOON.date()).stdout
    assert told == "flag: 0 written, 0 unchanged, 1 removed\n"
    assert [path.name for path in tmp_path.glob("flag/day=*/part.jsonl")] == ["part.jsonl"]


def test_sqlite_comes_with_the_meaning_of_each_column(
    newsroom: Connection, export: Export, tmp_path: Path
) -> None:
    path = tmp_path / "news.sqlite"
    told = export("--format", "sqlite", "--to", path)
    assert told.stdout == f"datasette {path} --metadata {tmp_path / 'news.metadata.json'}\n"
    before = path.stat().st_ino
    export("--format", "sqlite", "--to", path)
    assert path.stat().st_ino == before
    with sqlite3.connect(path) as database:
        found = database.execute(
            "select title, authors ->> 1, is_original, datetime(seen_at) from article"
            " join flag using (article_id, title, seen_at) order by flag_id limit 1"
        ).fetchall()
        tables = {
            name
            for (name,) in database.execute("select name from sqlite_master where type = 'table'")
        }
    database.close()
    assert found == [("=1+0, “Уиткофф”\nlands", 'B "Q" Why', 1, f"{NOON:%F %T}")]
    metadata = json.loads((tmp_path / "news.metadata.json").read_text())
    described = metadata["databases"]["news"]["tables"]
    assert described.keys() == tables == exported_views(newsroom).keys()
    assert described["flag"]["columns"]["rule"] == "The rule of the topic that fired."
    assert all(each["description"] and all(each["columns"].values()) for each in described.values())


KILLED = """
import os, signal, sys
from pathlib import Path
from newswatch.stages.export.folder import replaced
def half(sink):
    sink.write(b"ha")
    sink.flush()
    os.kill(os.getpid(), signal.SIGKILL)
replaced(Path(sys.argv[1]), half)
"""


def test_who_is_killed_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "part.csv"
    replaced(path, lambda sink: sink.write(b"old"))  # type: ignore[arg-type]
    killed = subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"
    replaced(path, lambda sink: sink.write(b"new"))  # type: ignore[arg-type]
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("part.csv", b"new")]


def test_two_do_not_write_to_one_folder(
    newsroom: Connection, export: Export, tmp_path: Path
) -> None:
    with written_by_one(tmp_path):
        refused = export("--to", tmp_path, "--format", "parquet")
    assert refused.exit_code == 2
    assert "another export writes to" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--topic", "nothing"), "topic 'nothing' has flagged nothing yet; known: witkoff"),
        (("--since", "2026-01-15", "--until", "2026-01-14"), "is before --since"),
        (("--since", "today"), "'today' is not a day"),
        (("--view", "news.article"), "there is no view 'news.article'; known: article, "),
        (("--view", "code", "--since", "2026-01-15"), "rows of code are of no day"),
        (("--view", "story", "--topic", "witkoff"), "rows of story are of no topic"),
        (("--view", "flag", "--view", "story"), "more than one table; give a folder"),
        (("--format", "sqlite"), "give a folder or a file with --to"),
    ],
)
def test_what_makes_no_sense_is_refused(
    newsroom: Connection, export: Export, arguments: tuple[str, ...], message: str
) -> None:
    result = export(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
