"""The watchdog on a real database, mail server and web server."""

from __future__ import annotations

import email
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.policy import default
from pathlib import Path

import pytest

from demo.mailbox import Mailbox
from launcher.processes import free_port
from loopback import Reply, Site, serving
from newswatch.health.alerts import CALM
from newswatch.settings import Settings, read_settings
from newswatch.stages.health import health
from newswatch.stages.watchdog import BOOK, look
from newswatch.store import alerts as stored
from newswatch.store import rows
from newswatch.store.server.database import Connection

MINUTE = timedelta(minutes=1)


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with Mailbox(tmp_path / "mail") as opened:
        yield opened


@pytest.fixture
def settings(database: str, mailbox: Mailbox, tmp_path: Path) -> Settings:
    watchlist = tmp_path / "watchlist"
    (watchlist / "topics").mkdir(parents=True)
    (watchlist / "subscribers.yaml").write_text("subscribers: []\n")
    return read_settings(
        {},
        database_url=database,
        state_dir=tmp_path / "state",
        watchlist_dir=watchlist,
        smtp_url=f"smtp://127.0.0.1:{mailbox.port}",
        alert_to="ops@newswatch.example",
        disk_free=0.0,
    )


def subjects(mailbox: Mailbox) -> list[str]:
    found = []
    for path in sorted(mailbox.folder.glob("*.eml")):
        found.append(email.message_from_bytes(path.read_bytes(), policy=default)["Subject"])
    return found


def fail(connection: Connection, dag: str = "watch_news") -> datetime:
    now = datetime.now(UTC)
    stored.note_failure(connection, dag, "failed", "run one: a bug", now)
    return now


FAILED = "[newswatch warning] a run of watch_news failed: run one: a bug"


def test_a_person_is_told_once_and_once_when_it_is_over(
    connection: Connection, settings: Settings, mailbox: Mailbox
) -> None:
    now = fail(connection)
    for minute in range(3):
        look(settings, now + minute * MINUTE)
    assert subjects(mailbox) == [FAILED]
    stored.note_success(connection, "watch_news", now)
    for minute in range(3, 12):
        look(settings, now + minute * MINUTE)
    assert subjects(mailbox) == [FAILED, FAILED.replace("warning", "over")]
    (row,) = rows.objects(connection, "select told, told_over from ops.alert")
    assert (row["told"], row["told_over"]) == (["mail"], ["mail"])


@pytest.mark.parametrize("lost", ["folder", "table"])
def test_it_remembers_what_it_told(
    connection: Connection, settings: Settings, mailbox: Mailbox, lost: str
) -> None:
    now = fail(connection)
    look(settings, now)
    if lost == "folder":
        shutil.rmtree(settings.state_dir)
    else:
        connection.execute("delete from news.alert")
    look(settings, now + MINUTE)
    assert subjects(mailbox) == [FAILED]


def test_what_no_book_takes_is_told_once_by_who_goes_on_looking(
    settings: Settings, mailbox: Mailbox, connection: Connection
) -> None:
    """As on a full disk: the file cannot be written, and the database is away."""
    now = fail(connection)
    look(settings, now)
    settings.state_dir.joinpath("alerts.new").mkdir()
    away = replace(settings, database_url=f"postgresql://127.0.0.1:{free_port()}/newswatch")
    remembered = look(away, now + MINUTE).alerts
    for minute in range(2, 5):
        remembered = look(away, now + minute * MINUTE, remembered=remembered).alerts
    assert [subject.partition("]")[0] for subject in subjects(mailbox)] == [
        "[newswatch warning",
        "[newswatch critical",
    ]


def test_without_a_database_it_tells_of_that_once(
    settings: Settings, mailbox: Mailbox, connection: Connection
) -> None:
    now = fail(connection)
    look(settings, now)
    away = replace(settings, database_url=f"postgresql://127.0.0.1:{free_port()}/newswatch")
    for minute in range(1, 5):
        look(away, now + minute * MINUTE)
    for minute in range(5, 12):
        look(settings, now + minute * MINUTE)
    told = subjects(mailbox)
    assert [subject.partition("]")[0] for subject in told] == [
        "[newswatch warning",
        "[newswatch critical",
        "[newswatch over",
    ]
    assert "the database cannot be asked" in told[1]


def test_what_could_not_be_told_is_told_later_and_stops_the_heartbeat(
    connection: Connection, settings: Settings, mailbox: Mailbox
) -> None:
    now = fail(connection)
    with serving() as site:
        site.otherwise = Reply(200)
        deaf = replace(
            settings,
            smtp_url=f"smtp://127.0.0.1:{free_port()}",
            heartbeat_url=f"{site.base}/alive",
        )
        assert look(deaf, now).unsent == 1
        assert site.requests == []
        assert look(replace(settings, heartbeat_url=deaf.heartbeat_url), now + MINUTE).unsent == 0
        assert [request.path for request in site.requests] == ["/alive"]
    assert subjects(mailbox) == [FAILED]


def test_a_message_names_what_else_is_wrong_at_the_moment(
    connection: Connection, settings: Settings, mailbox: Mailbox
) -> None:
    """What was seen before and is not now may be over in a moment."""
    now = fail(connection, "maintain")
    look(settings, now)
    stored.note_success(connection, "maintain", now)
    fail(connection, "send_digest")
    fail(connection)
    look(replace(settings, runbook_url="https://wiki.example/n"), now + MINUTE)
    first, second = (
        email.message_from_bytes(path.read_bytes(), policy=default).get_content()
        for path in sorted(mailbox.folder.glob("*.eml"))
    )
    assert "Nothing else is wrong." in first
    assert "maintain" not in second
    assert "What to do: https://wiki.example/n, under `run-failed`." in second


def test_webhooks_and_services_are_told_the_same(
    connection: Connection, settings: Settings
) -> None:
    now = fail(connection)
    with serving() as site:
        site.otherwise = Reply(200)
        hooked = replace(
            settings,
            alert_webhooks=(f"{site.base}/a", f"{site.base}/b"),
            alert_services=(f"{site.base.replace('http', 'json')}/c",),
        )
        look(hooked, now)
        look(hooked, now + MINUTE)
        requests = {request.path: json.loads(request.body) for request in site.requests}
        assert len(site.requests) == len(requests) == 3
    told = requests["/a"]
    assert requests["/b"] == told
    assert (told["title"], told["state"], told["check"]) == (FAILED, "firing", "run-failed")
    assert told["alerts"][0]["subject"] == "watch_news"
    assert requests["/c"]["title"] == FAILED
    assert "What to do" in requests["/c"]["message"]


def test_a_service_that_nobody_knows_is_told_in_the_log_without_its_secret(
    connection: Connection, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    now = fail(connection)
    assert look(replace(settings, alert_services=("pigeon://secret",)), now).unsent == 1
    # Under pytest loggers that lead nowhere are heard too: apprise's is made one.
    heard = [record.getMessage() for record in caplog.records if record.name != "apprise"]
    assert "no service that apprise knows has an address like this" in heard[-1]
    assert "secret" not in str(heard)


def test_two_watchdogs_at_once_tell_once(
    connection: Connection, settings: Settings, mailbox: Mailbox, tmp_path: Path
) -> None:
    """Each in a container of its own: they share the database only."""
    fail(connection)
    watching = []
    for number in range(3):
        environment = os.environ | {
            "NEWSWATCH_DATABASE_URL": settings.database_url,
            "NEWSWATCH_STATE_DIR": str(tmp_path / f"state-{number}"),
            "NEWSWATCH_WATCHLIST_DIR": str(settings.watchlist_dir),
            "NEWSWATCH_SMTP_URL": settings.smtp_url,
            "NEWSWATCH_ALERT_TO": settings.alert_to,
            "NEWSWATCH_DISK_FREE": "0",
        }
        command = [sys.executable, "-m", "newswatch", "watchdog", "--once"]
        watching.append(subprocess.Popen(command, env=environment))
    assert [process.wait(60) for process in watching] == [0, 0, 0]
    assert subjects(mailbox) == [FAILED]


def test_it_ends_when_it_is_asked_to(settings: Settings, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "newswatch", "watchdog"],
        env=os.environ
        | {
            "NEWSWATCH_DATABASE_URL": settings.database_url,
            "NEWSWATCH_STATE_DIR": str(settings.state_dir),
            "NEWSWATCH_WATCHLIST_DIR": str(settings.watchlist_dir),
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert "watching" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    process.stderr.close()


def test_a_damaged_book_is_begun_anew(
    connection: Connection, settings: Settings, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    now = fail(connection)
    settings.state_dir.mkdir()
    (settings.state_dir / BOOK).write_text('[{"check": ')
    with caplog.at_level(logging.ERROR):
        look(settings, now)
    assert "cannot be read" in caplog.text
    assert subjects(mailbox) == [FAILED]
    assert json.loads((settings.state_dir / BOOK).read_text())[0]["check"] == "run-failed"


def test_calm_is_shorter_than_what_people_would_wait_for() -> None:
    assert CALM <= 10 * MINUTE


def airflow_says(site: Site, **parts: str) -> None:
    health = {part: {"status": status} for part, status in parts.items()}
    site.pages["/api/v2/monitor/health"] = Reply(200, json.dumps(health).encode())


def test_the_parts_of_airflow_are_looked_at(settings: Settings) -> None:
    with serving() as site:
        looked = replace(settings, airflow_url=site.base + "/")
        airflow_says(site, scheduler="unhealthy", dag_processor="healthy")
        ill = [found.what for found in health(looked).findings]
        site.pages.clear()
        away = [found.what for found in health(looked).findings]
    assert ill == ["scheduler is unhealthy"]
    assert away == ["api-server does not answer: HTTP Error 404: Not Found"]


def test_the_processes_of_the_supervisor_are_looked_at(settings: Settings) -> None:
    now = datetime.now(UTC)
    file = settings.state_dir / "service.json"
    settings.state_dir.mkdir()
    components = {"scheduler": {"failing": "ended 5 times in 3 minutes"}, "watchdog": {}}

    def told(at: datetime) -> list[str]:
        file.write_text(json.dumps({"at": at.isoformat(), "components": components}))
        return [found.what for found in health(settings, now).findings]

    assert told(now) == ["scheduler ended 5 times in 3 minutes"]
    assert told(now - 3 * MINUTE) == ["supervisor is gone for 180 s: run make up"]
    file.write_text("{")
    assert health(settings, now).is_well
