"""What monitoring asks over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from newswatch.settings import Settings
from newswatch.site.metrics import metrics_app
from newswatch.store import alerts
from newswatch.store.server.database import Connection
from served import listening


@pytest.fixture
def settings(tmp_path: Path, database: str) -> Settings:
    (tmp_path / "topics").mkdir()
    (tmp_path / "subscribers.yaml").write_text("subscribers: []\n")
    return Settings(
        database_url=database, watchlist_dir=tmp_path, state_dir=tmp_path / "state", disk_free=0
    )


def test_a_probe_is_told_by_the_status(settings: Settings, connection: Connection) -> None:
    app = metrics_app(settings)
    with listening(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        assert client.get("/health").status_code == 200
        alerts.note_failure(connection, "maintain", "failed", "x", datetime.now(UTC))
        answer = client.get("/health")
        assert answer.status_code == 503
        assert answer.json()["findings"][0]["check"] == "run-failed"
        assert client.get("/").status_code == 404


def test_prometheus_is_answered_whatever_is_away(settings: Settings, tmp_path: Path) -> None:
    away = Settings(
        database_url="postgresql://newswatch_writer:s3cret@127.0.0.1:1/newswatch",
        watchlist_dir=tmp_path,
        state_dir=tmp_path / "state",
    )
    for known, is_up in ((settings, "1"), (away, "0")):
        with listening(metrics_app(known)) as address:
            answer = httpx.get(f"{address}/metrics", timeout=60)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert f"newswatch_database_up {is_up}\n" in answer.text
        assert "s3cret" not in answer.text
