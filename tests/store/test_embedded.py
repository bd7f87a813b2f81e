"""The embedded server comes up again, whatever ended it."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from newswatch.errors import DatabaseUnreachable
from newswatch.store.server import embedded
from newswatch.store.server.database import connect, scalar


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="nw-pg-"))  # a socket's path is short
    yield folder / "data"
    embedded.stop(folder / "data")
    shutil.rmtree(folder, ignore_errors=True)


def test_a_start_right_after_a_kill_works_at_the_first_try(data: Path) -> None:
    url = embedded.start(data)
    for _ in range(3):
        with connect(url):  # a session is open, too
            pid = embedded.running_pid(data)
            assert pid is not None
            psutil.Process(pid).send_signal(signal.SIGKILL)
            assert embedded.start(data) == url
        with connect(url) as connection:
            assert scalar(connection, "select 1") == 1


def test_one_that_recovers_from_a_crash_is_waited_for(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Longer than `pg_ctl` and a start without patience wait: each asking of the archive does."""
    with connect(embedded.start(data)) as connection:
        connection.execute("alter system set restore_command = 'sleep 1; exit 1'")
        connection.execute("alter system set hot_standby = off")
    pid = embedded.running_pid(data)
    assert pid is not None
    psutil.Process(pid).send_signal(signal.SIGKILL)
    (data / "recovery.signal").touch()
    monkeypatch.setenv("PGCTLTIMEOUT", "1")
    monkeypatch.setattr(embedded, "START_TIMEOUT", 1.0)
    told: list[str] = []
    with connect(embedded.start(data, patience=120, tell=told.append)) as connection:
        assert scalar(connection, "select not pg_is_in_recovery()")
    assert [text.partition(":")[0] for text in told] == ["PostgreSQL lives and does not answer yet"]


def test_the_address_of_a_running_server_is_told_and_none_is_started(data: Path) -> None:
    with pytest.raises(DatabaseUnreachable, match="no PostgreSQL runs on"):
        embedded.running_url(data)
    embedded.start(data)
    with connect(embedded.running_url(data, "postgres")) as connection:
        assert scalar(connection, "select current_user") == "postgres"
    embedded.stop(data)
    with pytest.raises(DatabaseUnreachable):
        embedded.running_url(data)
    assert embedded.running_pid(data) is None
