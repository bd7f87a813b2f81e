"""`newswatch status`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import rows
from newswatch.cli.main import cli
from newswatch.settings import read_settings
from newswatch.stages.cycle import run_cycle
from newswatch.stages.digest import send_digests
from newswatch.stages.health import health
from newswatch.stages.parking import Parking
from newswatch.store.parked import Subject
from newswatch.store.server.database import Connection

TOPIC = """
id: quay
name: The quay
groups: {quay: [quay]}
rules: [{id: named, when: quay, because: Names the quay}]
"""


@pytest.fixture
def folder(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "quay.yaml").write_text(TOPIC)
    (tmp_path / "feeds.yaml").write_text("feeds: []\n")
    (tmp_path / "subscribers.yaml").write_text("subscribers: []\n")
    monkeypatch.setenv("NEWSWATCH_DATABASE_URL", database)
    monkeypatch.setenv("NEWSWATCH_WATCHLIST_DIR", str(tmp_path))
    monkeypatch.setenv("NEWSWATCH_SHARDS", "1")
    return tmp_path


def cycle(connection: Connection) -> None:
    settings = read_settings()
    run_cycle(connection, settings)
    send_digests(rows.job(connection, settings))


def status(*options: str) -> str:
    result = CliRunner().invoke(cli, ["status", *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_of_an_idle_house(connection: Connection, folder: Path) -> None:
    cycle(connection)
    told = status()
    assert told.startswith("RUNS\n  run id ")
    assert "WAITING\n  none\nWRONG IN THE WATCHLIST\n  none\nPARKED\n  none\n" in told


def test_wrong_rows_are_told_of_until_they_are_mended(connection: Connection, folder: Path) -> None:
    (folder / "feeds.yaml").write_text(
        "feeds:\n  - {url: https://a.example/, outlet: A}\n  - {url: nowhere, outlet: B}\n"
    )
    (folder / "subscribers.yaml").write_text("subscribers:\n  - {name: desk}\n")
    (folder / "topics" / "broken.yaml").write_text("id: broken\n")
    connection.execute("update news.feed set enabled = false")
    cycle(connection)
    wrong = json.loads(status("--json"))["wrong"]
    assert [row["place"].split(":")[0] for row in wrong] == [
        "feeds.yaml",
        "subscribers.yaml",
        "topics/broken.yaml",
    ]
    assert "WRONG IN THE WATCHLIST\n  place feeds.yaml:3:11, error 'nowhere' is no web" in status()
    (folder / "feeds.yaml").write_text("feeds: []\n")
    (folder / "subscribers.yaml").write_text("subscribers: []\n")
    (folder / "topics" / "broken.yaml").unlink()
    cycle(connection)
    assert json.loads(status("--json"))["wrong"] == []


def test_a_list_of_subscribers_that_is_away_is_one_wrong_thing(
    connection: Connection, folder: Path
) -> None:
    (folder / "subscribers.yaml").unlink()
    assert "watchlist-wrong" in {told.check for told in health(read_settings()).findings}
    assert "mail-unset" in {told.check for told in health(read_settings()).findings}
    cycle(connection)
    assert "place subscribers.yaml, error no such file; check the path\n" in status()
    found = health(read_settings())
    assert [told.what for told in found.findings if told.check == "watchlist-wrong"] == [
        "subscribers.yaml: no such file; check the path"
    ]
    assert CliRunner().invoke(cli, ["subscribers", "list"]).exit_code == 2


def test_what_is_parked_is_told_and_steers_no_terminal(
    connection: Connection, folder: Path
) -> None:
    subject = Subject("a \x1b[31mheadline", name="x")
    Parking(rows.job(connection), "flag").park_for(subject, ValueError("\x1b[2J no"))
    told = status()
    assert (
        "PARKED\n  stage flag, kind raised, what a [31mheadline, error ValueError: [2J no" in told
    )
