"""A backup comes back whole on an empty machine: rows, roles, grants, the watchlist."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import rows
from launcher import processes
from launcher.backups import backup, restore
from launcher.service import Service
from newswatch.errors import DatabaseUnreachable, InputError, NewswatchError
from newswatch.store.server import embedded
from newswatch.store.server.database import connect, scalar, with_role
from newswatch.store.server.migrate import migrate
from scratch import scratch


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with scratch() as state:
        yield Service(state, processes.free_port(), {"NEWSWATCH_KEEP_BACKUPS": "2"})


@pytest.fixture
def watchlist(tmp_path: Path) -> Path:
    folder = tmp_path / "watchlist"
    folder.mkdir()
    (folder / "feeds.yaml").write_text("feeds: []\n")
    return folder


def filled(service: Service) -> None:
    """Both databases with something in them."""
    server = embedded.start(service.data)
    with connect(embedded.ensure_database(server)) as connection:
        migrate(connection)
        for number in range(3):
            rows.article(connection, title=f"Report {number}", loaded_at=rows.NOON)
        connection.execute("alter role newswatch_analyst password 'of a person'")
    with connect(embedded.ensure_database(server, "airflow")) as connection:
        connection.execute("create table dag_run (id int)")
        connection.execute("insert into dag_run values (7)")


def test_it_comes_back_on_an_empty_machine(
    service: Service, watchlist: Path, tmp_path: Path
) -> None:
    filled(service)
    made = backup(service, tmp_path / "backups", watchlist)
    with scratch() as state:
        another = Service(state, processes.free_port(), {})
        restore(another, made)
        is_whole(another)
    with tarfile.open(made / "watchlist.tar.gz") as packed:
        assert "./feeds.yaml" in packed.getnames()


def is_whole(service: Service) -> None:
    url = embedded.running_url(service.data)
    with connect(with_role(url, "newswatch_analyst")) as analyst:
        assert scalar(analyst, "select count(*) from analyst.code") > 0
    with connect(with_role(url, "newswatch_writer")) as writer:
        assert scalar(writer, "select count(*) from news.article") == 3
        rows.article(writer)  # sequences and grants are as they were
    with connect(url) as connection:
        assert migrate(connection) == []
        password = "select rolpassword is not null from pg_authid where rolname = %s"
        assert scalar(connection, password, ["newswatch_analyst"])
    with connect(embedded.running_url(service.data, "airflow")) as connection:
        assert scalar(connection, "select id from dag_run") == 7


def test_what_came_after_it_is_undone(service: Service, watchlist: Path, tmp_path: Path) -> None:
    filled(service)
    made = backup(service, tmp_path / "backups", watchlist)
    with connect(embedded.running_url(service.data)) as connection:
        connection.execute("delete from news.article")
        restore(service, made)  # whoever is connected is cut off
    with connect(embedded.running_url(service.data)) as connection:
        assert scalar(connection, "select count(*) from news.article") == 3


def test_the_last_ones_are_kept_and_nobody_else_can_read_them(
    service: Service, watchlist: Path, tmp_path: Path
) -> None:
    filled(service)
    folder = tmp_path / "backups"
    for stamp in ("20250101T000000Z", "20250102T000000Z"):
        (folder / stamp).mkdir(parents=True)
    made = backup(service, folder, watchlist)
    assert sorted(path.name for path in folder.iterdir()) == ["20250102T000000Z", made.name]
    assert {path.stat().st_mode & 0o077 for path in (made, *made.iterdir())} == {0}


def test_a_damaged_backup_changes_nothing(
    service: Service, watchlist: Path, tmp_path: Path
) -> None:
    filled(service)
    made = backup(service, tmp_path / "backups", watchlist)
    dump = made / "newswatch.dump"
    dump.write_bytes(dump.read_bytes()[:-1])
    with pytest.raises(NewswatchError, match=r"newswatch\.dump"):
        restore(service, made)
    with connect(embedded.running_url(service.data)) as connection:
        assert scalar(connection, "select count(*) from news.article") == 3


def test_a_backup_that_fails_leaves_none_that_looks_whole(
    service: Service, watchlist: Path, tmp_path: Path
) -> None:
    with connect(embedded.ensure_database(embedded.start(service.data))) as connection:
        migrate(connection)
    with pytest.raises(NewswatchError, match='database "airflow" does not exist'):
        backup(service, tmp_path / "backups", watchlist)
    assert not list((tmp_path / "backups").glob("2*Z"))


def test_what_is_none_is_refused_before_anything_is_started(
    service: Service, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="no whole backup"):
        restore(service, tmp_path)
    with pytest.raises(DatabaseUnreachable):
        embedded.running_url(service.data)
