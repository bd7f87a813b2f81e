"""`make bench-feeds`: one cycle of poll over 10,000 feeds, beside a plain loop and beside `reader`.

All on loopback, in one run: 500 hosts, one feed in ten changed since the cycle before. Ours is
`newswatch run --stage poll`, the whole process, fetched, parsed and committed to Postgres. The loop
is `feedparser.parse(url)` for one feed after another; reader updates with its worker threads into
its SQLite file. Both are timed on a share of the same feeds (--peers) and compared by feeds a
second. Then a soak: 200 cycles in one process, whose memory must stay.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import feedparser
import psutil
import reader
from rich.console import Console
from rich.table import Table

from benchmarks.background import background
from benchmarks.feed_server import Feeds
from benchmarks.memory import held_by, watched
from launcher.processes import free_port
from newswatch.models import FeedSpec
from newswatch.settings import HOME, read_settings
from newswatch.stages.cycle import run_cycle
from newswatch.stages.poll.poll import feed_rows
from newswatch.store.feeds import add_feeds
from newswatch.store.server import embedded
from newswatch.store.server.database import connect, scalar, with_role
from newswatch.store.server.migrate import migrate
from scratch import scratch

START = datetime(2025, 12, 18, 23, 30, tzinfo=UTC)
CYCLE = timedelta(hours=2)  # later than any of the feeds is due
READER_WORKERS = 10
console = Console(width=110)


def main() -> None:
    given = _arguments()
    feeds = Feeds(given.feeds, given.hosts, free_port())
    with serving(feeds), scratch() as folder:
        ours = Ours(folder, feeds)
        cold = ours.cycle(START)
        turn(feeds, 1)
        warm = ours.cycle(START + CYCLE)
        stored = ours.entries()
        peers = feeds.urls()[: given.peers]
        loop = len(peers) / timed(lambda: [feedparser.parse(url) for url in peers])
        turn(feeds, 0)
        known = Reader(folder / "reader.sqlite", peers)
        first = timed(known.update)
        turn(feeds, 1)
        again = len(peers) / timed(known.update)
        _report(given.feeds, cold, warm, stored, loop, again, len(peers) / first)
        if given.soak:
            ours.soak(given.soak, START + 2 * CYCLE)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-feeds", description=__doc__)
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--hosts", type=int, default=500)
    parser.add_argument("--peers", type=int, default=1_000, help="feeds that the peers are given")
    parser.add_argument("--soak", type=int, default=200, help="cycles; 0 for none")
    return parser.parse_args()


class Ours:
    """newswatch, with a database of its own that knows the feeds."""

    def __init__(self, folder: Path, feeds: Feeds) -> None:
        self.feeds = feeds
        watchlist = folder / "watchlist"
        watchlist.mkdir()
        (watchlist / "feeds.yaml").write_text("feeds: []\n")
        self._server = embedded.start(folder / "postgres")
        with connect(embedded.ensure_database(self._server)) as connection:
            migrate(connection)
            self._url = with_role(embedded.ensure_database(self._server), "newswatch_writer")
            rows = feed_rows(FeedSpec(url, f"Outlet {n}") for n, url in enumerate(feeds.urls()))
            add_feeds(connection, rows, "import", START)
        self._environment = {
            "NEWSWATCH_DATABASE_URL": self._url,
            "NEWSWATCH_WATCHLIST_DIR": str(watchlist),
            "NEWSWATCH_ALLOW_NETWORKS": "127.0.0.0/8",
            "NEWSWATCH_STATE_DIR": str(folder),
            "NEWSWATCH_SHARDS": "1",
        }

    def cycle(self, now: datetime) -> tuple[float, int, dict[str, int]]:
        """Seconds, peak memory in bytes and counts of one `newswatch run --stage poll`."""
        command = ["run", "--stage", "poll", "--json", "--now", now.isoformat()]
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "newswatch", *command],
            env=os.environ | self._environment,
            cwd=HOME / "plugins",
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        with watched(partial(held_by, process.pid)) as memory:
            out, _ = process.communicate()
        counts: dict[str, int] = json.loads(out)["stages"]["poll"]
        return time.monotonic() - began, max(memory), counts

    def entries(self) -> int:
        with connect(self._url) as connection:
            return scalar(connection, "select count(*) from news.entry")

    def soak(self, cycles: int, start: datetime) -> None:
        """So many cycles in this process, over one feed of each host; prints its memory."""
        settings = read_settings(self._environment)
        with connect(self._url) as connection:
            connection.execute(
                "update news.feed set enabled = false, disabled_by = 'hand'"
                " where feed_id >= (select min(feed_id) from news.feed) + %s",
                [self.feeds.hosts],
            )
            table = Table("cycles", "memory, MB", title="soak, in one process")
            for number in range(1, cycles + 1):
                turn(self.feeds, 1 + number)
                run_cycle(connection, settings, now=start + number * CYCLE, stages=("poll",))
                if number in (1, 10) or number % max(1, cycles // 4) == 0:
                    table.add_row(str(number), f"{psutil.Process().memory_info().rss / 1e6:.0f}")
            console.print(table)


class Reader:
    """The library `reader`, with the feeds in its own storage."""

    def __init__(self, path: Path, urls: list[str]) -> None:
        self._reader = reader.make_reader(str(path))
        for url in urls:
            self._reader.add_feed(url)

    def update(self) -> None:
        self._reader.update_feeds(scheduled=False, workers=READER_WORKERS)


def timed(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def turn(feeds: Feeds, number: int) -> None:
    """Bring the server to a round."""
    urllib.request.urlopen(f"http://{Feeds.address(0)}:{feeds.port}/round?{number}", timeout=10)


def serving(feeds: Feeds) -> AbstractContextManager[None]:
    given = {"--feeds": feeds.count, "--hosts": feeds.hosts, "--port": feeds.port}
    return background("benchmarks.feed_server", given)


def _report(
    count: int,
    cold: tuple[float, int, dict[str, int]],
    warm: tuple[float, int, dict[str, int]],
    stored: int,
    loop: float,
    again: float,
    first: float,
) -> None:
    seconds, memory, counts = warm
    ours = count / seconds
    table = Table("who", "feeds/s", "ours is", title=f"{count:,} feeds, one in ten changed")
    table.add_row("newswatch", f"{ours:.0f}", "")
    table.add_row("feedparser.parse(url) in a loop", f"{loop:.0f}", f"{ours / loop:.1f} times it")
    table.add_row(
        f"reader, {READER_WORKERS} workers", f"{again:.0f}", f"{ours / again:.1f} times it"
    )
    console.print(table)
    console.print(f"ours: {seconds:.1f} s, at most {memory / 1e6:.0f} MB; {counts}")
    console.print(
        f"the first cycle, every feed new: {cold[0]:.1f} s, at most {cold[1] / 1e6:.0f} MB;"
        f" reader {count / cold[0] / first:.1f} times slower; {stored:,} entries stored"
    )


if __name__ == "__main__":
    main()
