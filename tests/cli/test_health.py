"""`newswatch health`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newswatch.cli.main import cli
from newswatch.store import alerts
from newswatch.store.server.database import Connection


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "subscribers.yaml").write_text("subscribers: []\n")
    monkeypatch.setenv("NEWSWATCH_DATABASE_URL", database)
    monkeypatch.setenv("NEWSWATCH_WATCHLIST_DIR", str(tmp_path))
    monkeypatch.setenv("NEWSWATCH_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("NEWSWATCH_DISK_FREE", "0")


def run(*options: str) -> Result:
    return CliRunner().invoke(cli, ["health", *options])


def test_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSWATCH_ALERT_WEBHOOKS", "https://hooks.example/x")
    assert (run().exit_code, run().stdout) == (0, "all is well\n")


def test_a_notice_wants_nobody() -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stdout.startswith("notice   nobody-is-told ")


def test_what_is_wrong_ends_with_1(connection: Connection) -> None:
    alerts.note_failure(connection, "maintain", "failed", "x", datetime.now(UTC))
    assert run().exit_code == 1
    assert "warning  run-failed           a run of maintain failed: x\n" in run().stdout
    told = json.loads(run("--json").stdout)
    assert told["is_well"] is False
    assert told["findings"][0]["check"] == "run-failed"


def test_it_answers_when_the_database_is_away_and_starts_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSWATCH_DATABASE_URL")
    result = run("--prometheus")
    assert result.exit_code == 1
    assert "newswatch_database_up 0\n" in result.stdout
    assert not (tmp_path / "state" / "postgres").exists()
