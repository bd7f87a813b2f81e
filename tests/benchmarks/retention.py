"""`make bench-retention`: a day of logs is forgotten, row by row and as a partition.

2.4 million polls of 100,000 feeds, and the bodies of 20,000 pages, 40 kB each when compressed. The
plain tables have the columns, keys and indexes that the logs had before they were partitioned;
`maintain` took 2,000 rows a statement, each its own transaction, and a vacuum followed. Both are
filled with the same rows, in turns, --rounds times. CPU is the server's for the session; bytes
are those of the log of transactions.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import psutil
from rich.console import Console
from rich.table import Table

from newswatch.store import partitions
from newswatch.store.partitions import Log
from newswatch.store.retention import BATCH
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, scalar
from newswatch.store.server.migrate import migrate
from scratch import scratch

FEEDS = 100_000
DAY = timedelta(days=1)
SINCE = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
PLAIN = """
    create table news.plain_fetch (
        like news.feed_fetch including defaults,
        primary key (feed_fetch_id),
        foreign key (feed_id) references news.feed on delete cascade,
        foreign key (run_id) references news.run on delete set null
    ) with (autovacuum_enabled = off);
    alter table news.plain_fetch alter feed_fetch_id add generated always as identity;
    create index on news.plain_fetch (feed_id, fetched_at desc);
    create index on news.plain_fetch (fetched_at);
    create index on news.plain_fetch (run_id);
    create table news.plain_page (
        like news.page including defaults,
        body bytea,
        primary key (page_id),
        foreign key (run_id) references news.run on delete set null
    ) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
    alter table news.plain_page alter body set storage external;
    create index on news.plain_page (entry_id);
    create index on news.plain_page (run_id);
    create index on news.plain_page (fetched_at);
    create index on news.plain_page (fetched_at) where body is not null;
    alter table news.page_body alter body set storage external;
"""
NEEDED = """
    insert into news.run (started_at, decided_at, trigger)
    select %(since)s + n * interval '15 minutes', %(since)s, 'cli' from generate_series(0, 95) as n;
"""
FEED = """
    insert into news.feed (
        url, outlet, host, shard_key, state_since, fetch_url, next_poll_at, created_at
    )
    select 'https://outlet-' || n || '.example/rss', 'Outlet ' || n, 'outlet-' || n || '.example',
           n, %(since)s, '', %(since)s, %(since)s
    from generate_series(1, %(feeds)s) as n
"""
FILL = """
    insert into news.{} (
        feed_id, run_id, fetched_at, outcome, status, final_url, bytes, elapsed_ms
    )
    select feed_id, 1 + (feed_id + hour * 96 / 24) %% 96, %(since)s + hour * interval '1 hour',
           'not-modified', 304, url, 0, 120
    from generate_series(0, 23) as hour cross join news.feed
"""
PLAIN_BODIES = """
    insert into news.plain_page (
        page_id, entry_id, run_id, fetched_at, url, final_url, outcome, bytes, elapsed_ms, body
    )
    select n, n, 1 + n %% 96, %(since)s + n * interval '1 second', '', '', 'ok', 150000, 300,
           %(body)s
    from generate_series(1, %(pages)s) as n
"""
BODIES = """
    insert into news.page_body
    select n, %(since)s + n * interval '1 second', %(body)s from generate_series(1, %(pages)s) as n
"""
console = Console(width=110)


@dataclass(frozen=True)
class Cost:
    seconds: float
    cpu: float
    wal: int  # bytes


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench-retention", description=__doc__)
    parser.add_argument("--feeds", type=int, default=FEEDS)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    with scratch() as folder:
        url = embedded.ensure_database(embedded.start(folder / "postgres"))
        with connect(url) as connection:
            migrate(connection)
            needed = {"since": SINCE, "feeds": given.feeds}
            connection.execute(NEEDED.replace("%(since)s", f"'{SINCE}'::timestamptz").encode())
            connection.execute(FEED.encode(), needed)
            connection.execute(PLAIN.encode())
            table = Table("", "seconds", "CPU s", "WAL, MB", "size, MB")
            polls = partial(_fill, connection)
            bodies = {"since": SINCE, "pages": given.pages, "body": os.urandom(40_000)}
            for _ in range(given.rounds):
                _plain(connection, table, "plain_fetch", partial(polls, "plain_fetch"), _DELETE)
                _partitioned(connection, table, "feed_fetch", partial(polls, "feed_fetch"))
            for _ in range(given.rounds):
                fill = partial(connection.execute, PLAIN_BODIES.encode(), bodies)
                _plain(connection, table, "plain_page", fill, _EMPTY)
                fill = partial(connection.execute, BODIES.encode(), bodies)
                _partitioned(connection, table, "page_body", fill)
            console.print(table)


_DELETE = """
    delete from news.plain_fetch where ctid = any (array(
        select ctid from news.plain_fetch where fetched_at < %s limit {}))
"""
_EMPTY = """
    update news.plain_page set body = null where ctid = any (array(
        select ctid from news.plain_page where body is not null and fetched_at < %s limit {}))
"""


def _plain(
    connection: Connection, table: Table, name: str, fill: Callable[[], object], end: str
) -> None:
    filled = _cost(connection, fill)
    _tell(table, f"{name}: filled", filled, _size(connection, f"news.{name}"))
    _tell(table, f"{name}: ended", _cost(connection, partial(_by_rows, connection, end)))
    vacuum = partial(connection.execute, f"vacuum news.{name}".encode())
    _tell(table, f"{name}: vacuumed", _cost(connection, vacuum))
    connection.execute(f"truncate news.{name}".encode())


def _partitioned(
    connection: Connection, table: Table, name: Log, fill: Callable[[], object]
) -> None:
    partitions.make_ahead(connection, name, SINCE)
    filled = _cost(connection, fill)
    _tell(table, f"{name}: filled", filled, _size(connection, f"news.{name}_{SINCE:%Y%m%d}"))
    drop = partial(partitions.drop_old, connection, name, SINCE + 7 * DAY)
    _tell(table, f"{name}: dropped", _cost(connection, drop))


def _by_rows(connection: Connection, statement: str) -> None:
    while connection.execute(statement.format(BATCH).encode(), [SINCE + DAY]).rowcount:
        pass


def _fill(connection: Connection, name: str) -> int:
    return connection.execute(FILL.format(name).encode(), {"since": SINCE}).rowcount


def _cost(connection: Connection, act: Callable[[], object]) -> Cost:
    connection.execute("checkpoint")
    server = psutil.Process(connection.info.backend_pid)
    times, wal, began = server.cpu_times(), _wal(connection), time.perf_counter()
    act()
    seconds, after = time.perf_counter() - began, server.cpu_times()
    cpu = after.user + after.system - times.user - times.system
    return Cost(seconds, cpu, _wal(connection) - wal)


def _wal(connection: Connection) -> int:
    return int(scalar(connection, "select pg_current_wal_insert_lsn() - '0/0'"))


def _size(connection: Connection, name: str) -> int:
    return int(scalar(connection, "select pg_total_relation_size(%s::regclass)", [name]))


def _tell(table: Table, what: str, cost: Cost, size: int | None = None) -> None:
    sized = "" if size is None else f"{size / 1e6:.0f}"
    table.add_row(what, f"{cost.seconds:.2f}", f"{cost.cpu:.2f}", f"{cost.wal / 1e6:.2f}", sized)


if __name__ == "__main__":
    main()
