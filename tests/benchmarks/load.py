"""Cycles under load: `python -m benchmarks.load [--feeds 2000] [--items 40]` prints what they take.

Half of the feeds are of one host. The items carry their texts and link nowhere, so that what is
measured is ours and not the fetching of pages; a thousand of them are one text, and one links to a
page of 20 MB. The database is an embedded one of the run's own, all on loopback.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from time import monotonic

import psutil
import yaml

from newswatch.models import STAGES, StageReport
from newswatch.settings import HOME, Settings, read_settings
from newswatch.stages.cycle import run_cycle
from newswatch.store.server import embedded
from newswatch.store.server.database import connect, with_role
from newswatch.store.server.migrate import migrate

NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
MOST_MEMORY = 1024**3  # bytes, of the cycle's process and its children
PER_CYCLE = 50  # feeds of one host in one cycle
EQUAL = 1_000
PAGE = b"<html><title>Long</title><article>" + b"<p>A very long page.</p>" * 850_000
EQUAL_TEXT = " ".join(f"The board counted barge {n} and found it in good order." for n in range(30))
WORDS = [a + b + c for a in "bdfgklmnprst" for b in ("an", "e", "ilo", "or") for c in "aeiouy"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    items = 40

    def do_GET(self) -> None:
        if self.path == "/page":
            self._reply(PAGE, "text/html")
        elif self.path.startswith("/feed/") and self.headers.get("If-None-Match") != '"1"':
            self._reply(_feed(int(self.path[6:]), self.items, self.headers["Host"]), "text/xml")
        else:
            self.send_response(304 if self.path.startswith("/feed/") else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def _reply(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        for name, value in (("Content-Type", kind), ("ETag", '"1"')):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # of the long page nobody reads more than is allowed
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def _feed(feed: int, items: int, host: str) -> bytes:
    entries = "".join(
        f"<item><title>Report {item} of paper {feed}</title><guid isPermaLink='false'>{feed}-{item}"
        f"</guid><description>{_text(feed * items + item)}</description></item>"
        for item in range(items)
    )
    if feed == 0:
        entries += f"<item><title>A long page</title><link>http://{host}/page</link></item>"
    return f"<rss version='2.0'><channel><title>Paper</title>{entries}</channel></rss>".encode()


def _text(number: int) -> str:
    if number < EQUAL:
        return EQUAL_TEXT
    draw = random.Random(number)
    return ". ".join(" ".join(draw.choices(WORDS, k=12)) for _ in range(15))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


@contextmanager
def _serving(items: int) -> Iterator[int]:
    """One server on every loopback address; its port."""
    _Handler.items = items
    with _Server(("0.0.0.0", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class _Memory:
    """The most that this process and its children have held together, looked at again and again."""

    def __init__(self) -> None:
        self.most = 0
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self._ended.wait(0.5):
            self.most = max(self.most, sum(map(_held, [psutil.Process(), *_children()])))


def _held(process: psutil.Process) -> int:
    """Its own pages, and its share of those that several processes hold."""
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def _children() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if "newswatch.stages.serving" in " ".join(child.cmdline() if child.is_running() else [])
    ]


def main() -> int:
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="nw-load-"))
    url = embedded.start(folder / "data")
    try:
        with _serving(options.items) as port:
            settings = _settings(folder, options.feeds, port)
            database = embedded.ensure_database(url)
            with connect(database) as connection:
                migrate(connection)
            return _measured(with_role(database, "newswatch_writer"), settings, options.feeds)
    finally:
        embedded.stop(folder / "data")
        shutil.rmtree(folder, ignore_errors=True)


def _measured(database: str, settings: Settings, feeds: int) -> int:
    """Cycles until every feed was read, one with nothing new, and one on what never changes."""
    memory = _Memory()
    cycles = -(-feeds // 2 // PER_CYCLE) + 1
    with connect(database) as connection:
        for number in range(cycles):
            now = NOW + timedelta(minutes=15 * number)
            seconds = _cycle(connection, settings, now)
            print(
                f"cycle {number + 1}: {seconds:7.1f} s, most memory {_mib(memory.most)}", flush=True
            )
        idle = [_cycle(connection, settings, now) for _ in range(2)]
        print(f"idle cycles after it: {idle[0]:.1f} s, {idle[1]:.1f} s")
        for name in ("feed", "entry", "article"):
            count = connection.execute(f"select count(*) from news.{name}".encode()).fetchall()
            print(f"{name}: {count[0][0]:,}")
        left = connection.execute(b"select stage, waiting from ops.backlog where waiting > 0")
        print("waiting:", left.fetchall() or "nothing")
    cpu = resource.getrusage(resource.RUSAGE_SELF)
    print(f"CPU of the process {cpu.ru_utime + cpu.ru_stime:.0f} s; memory {_mib(memory.most)}")
    return 0 if memory.most < MOST_MEMORY else 1


def _cycle(connection: object, settings: Settings, now: datetime) -> float:
    began = monotonic()

    def report(done: StageReport) -> None:
        if done.seconds > 5:
            print(f"    {done.stage} {done.seconds:.1f} s {dict(done.counts)}", flush=True)

    run_cycle(connection, settings, now=now, stages=STAGES, report=report)  # type: ignore[arg-type]
    return monotonic() - began


def _mib(size: int) -> str:
    return f"{size / 2**20:,.0f} MiB"


def _settings(folder: Path, feeds: int, port: int) -> Settings:
    watchlist = folder / "watchlist"
    for part in ("topics", "names"):
        shutil.copytree(HOME / "dags" / "watchlist" / part, watchlist / part)
    hosts = ["127.4.0.1"] * (feeds // 2)
    hosts += [f"127.4.{n // 250 + 1}.{n % 250 + 1}" for n in range(feeds - len(hosts))]
    rows = [
        {"url": f"http://{host}:{port}/feed/{n}", "outlet": f"Paper {n}", "ports": [port]}
        for n, host in enumerate(hosts)
    ]
    (watchlist / "feeds.yaml").write_text(yaml.safe_dump({"feeds": rows}))
    networks = (ip_network("127.0.0.0/8"),)
    return read_settings(
        {}, watchlist_dir=watchlist, allow_networks=networks, host_delay=0.0, shards=1
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="load", description=__doc__)
    parser.add_argument("--feeds", type=int, default=2_000)
    parser.add_argument("--items", type=int, default=40)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
