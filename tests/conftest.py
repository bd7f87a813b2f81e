"""What every test may ask for: a real, migrated Postgres database of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import hypothesis
import psycopg
import pytest
from psycopg import sql

from newsroom.world import World, opened_world
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, with_database, with_role
from newswatch.store.server.migrate import migrate
from reused import Reused
from scratch import scratch

# Processes that tests start go by words; who is about meaning asks for the model by name.
os.environ["NEWSWATCH_EMBEDDER"] = "none"


# What `make test-fast` leaves out, by the beginning of a test's id below tests/.
_MARKS = {
    "airflow": ("dags/",),
    "server": (
        *("web/", "delivery/", "launcher/", "test_newsroom_feeds.py", "test_newsroom_server.py"),
        *("stages/poll/", "stages/extract/", "stages/test_digest.py", "stages/test_child.py"),
        *("stages/test_approval.py", "stages/test_deliveries.py", "stages/test_readers.py"),
        *("stages/test_watchdog.py", "stages/test_maintain.py", "stages/test_told_once.py"),
        *("stages/test_edition_entries.py", "stages/test_parking.py", "stages/test_wire.py"),
        *("stages/deduplicate/", "cli/", "site/", "chaos/", "hostile/", "translators/"),
        *("store/test_plans.py", "store/test_embedded.py", "core/test_scratch.py"),
        *("docs/test_readme.py", "docs/test_compose.py::test_the_roles_", "digest/test_browser.py"),
    ),
    "slow": (
        *("feeds/test_mutations.py", "feeds/test_unread.py", "feeds/test_too_many.py"),
        "feeds/test_amend.py::test_the_shipped_list_can_be_changed_anywhere",
        *("extract/test_hostile.py", "topics/test_effort.py", "embedders/"),
        *("digest/test_room.py", "docs/test_locks.py::test_what_is_imported_"),
        *("stages/test_alerts.py", "stages/test_weekly.py", "stages/test_totals.py"),
        *("stages/test_cycle.py", "stages/test_export.py", "stages/test_recall.py"),
        *("store/test_queries.py", "docs/test_data_dictionary.py", "digest/test_markup.py"),
        *("store/test_migrate.py", "store/test_rows.py::test_no_order_of_columns_"),
        "store/test_partitions",
    ),
}
# Files of a minute and more begin first, so that the processes end together.
_LONG = (
    *("chaos/", "dags/", "hostile/", "launcher/", "site/", "stages/extract/", "stages/test_told"),
    *("store/test_plans", "store/test_queries", "stages/test_parking", "feeds/test_mutations"),
)
# Laws are tried on the same examples at each run, however busy the machine is.
hypothesis.settings.register_profile(
    "usual",
    derandomize=True,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "fast", hypothesis.settings.get_profile("usual"), max_examples=15
)
hypothesis.settings.load_profile("usual")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not _place(item).startswith(_LONG))
    for item in items:
        place = _place(item)
        for mark, places in _MARKS.items():
            if place.startswith(places):
                item.add_marker(mark)
        if "world" in getattr(item, "fixturenames", ()):
            item.add_marker("server")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files that `-m "not ..."` leaves out need no import either."""
    expression = config.getoption("markexpr")
    left_out = tuple(
        place for mark, places in _MARKS.items() if f"not {mark}" in expression for place in places
    )
    place = collection_path.relative_to(Path(__file__).parent).as_posix()
    return f"{place}{'/' * collection_path.is_dir()}".startswith(left_out) or None


def _place(item: pytest.Item) -> str:
    """A test's id below tests/."""
    file = item.path.relative_to(Path(__file__).parent).as_posix()
    return file + item.nodeid[item.nodeid.index("::") :]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write tests/digest/golden anew")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL (superuser) of a server that lives as long as the test session."""
    with scratch() as folder:
        url = embedded.start(folder / "postgres")
        with connect(url) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"alter system set {setting} = off".encode())
            connection.execute("select pg_reload_conf()")
        yield url


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """Name of a migrated database that `database` is cloned from."""
    with connect(embedded.ensure_database(postgres, "template_newswatch")) as connection:
        migrate(connection)
    return "template_newswatch"


@pytest.fixture(scope="session")
def world(
    postgres: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Two cycles and two editions of the sample newsroom: look, change nothing."""
    with (
        cloned(postgres, template, "world") as url,
        opened_world(url, tmp_path_factory.mktemp("world")) as opened,
    ):
        yield opened


@pytest.fixture(scope="session")
def reused(postgres: str, template: str) -> Iterator[Reused]:
    """The database behind `database`."""
    kept = Reused(partial(cloned, postgres, template))
    yield kept
    kept.close()


@pytest.fixture
def database(reused: Reused) -> Iterator[str]:
    """URL (role newswatch_writer) of a migrated database without a row, this test's own."""
    yield with_role(reused.ready(), "newswatch_writer")
    reused.empty()


@contextmanager
def cloned(postgres: str, template: str, name: str) -> Iterator[str]:
    """A database made from a template, dropped in the end; URL of its superuser."""
    with connect(postgres) as connection:
        connection.execute(
            sql.SQL("create database {} template {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        # A clone has none of its template's grants on the database itself.
        for grant in (
            "revoke all on database {} from public",
            "grant connect on database {} to newswatch_writer, newswatch_analyst",
        ):
            connection.execute(sql.SQL(grant).format(sql.Identifier(name)))
    yield with_database(postgres, name)
    with connect(postgres) as connection:
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    """A connection to `database`, as the program's own role."""
    with connect(database) as opened:
        yield opened


@pytest.fixture
def admin(database: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A superuser's connection to the same database, for set-up that the program may not do."""
    with connect(with_role(database, "postgres")) as opened:
        yield opened
