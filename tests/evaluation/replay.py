"""`python -m evaluation.replay DATA`: the main job on a stretch of real news, hour by hour.

Serves DATA/replay/replay.py on loopback, imports its OPML into an empty database, steps its clock
and runs `newswatch run --now` once an hour. Prints per day what came of it, then replays the same
hours again (nothing may be added). With --kill it replays some hours twice more from nothing, once
undisturbed and once with a `kill -9` in the middle of each cycle: the rows must be the same. There
the two outlets are left out whose answers depend on how often they were asked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newswatch.settings import HOME
from newswatch.store.server import embedded
from newswatch.store.server.database import connect, with_database

START = datetime(2025, 12, 17, 0, 50, tzinfo=UTC)
COUNTING = ("southfront.press", "english.pravda.ru")  # answer by how often they were asked

# What must be equal after any history that saw the same feeds: no identities, no wall-clock times.
STATE = {
    "entries": """
        select feed.url, entry_key, status, article.canonical_url
        from news.entry join news.feed using (feed_id) left join news.article using (article_id)
    """,
    "articles": """
        select canonical_url, title, md5(text), body_source, first_seen_at, loaded_at is null
        from news.article
    """,
    "decisions": """
        select article.canonical_url, decision.kind, original.canonical_url, seed.name
        from news.decision join news.article using (article_id)
        left join news.article as original on original.article_id = duplicate_of_article
        left join news.seed on seed_id = duplicate_of_seed
    """,
    "stories": """
        select string_agg(canonical_url, ' ' order by canonical_url)
        from news.decision join news.article using (article_id) group by story_id
    """,
    "flags": """
        select canonical_url, topic, version, score, salience, reason
        from news.flag join news.article using (article_id) where superseded_at is null
    """,
}

POLLS = """
    select count(*) as polls, count(*) filter (where entries_new > 0) as with_news,
           count(*) filter (where bytes > 0 and entries_new = 0) as with_a_body_in_vain
    from news.feed_fetch
"""
# Of what was published while its feed was watched already, and says when.
DELAY = """
    select count(*), percentile_cont(array[0.5, 0.9]) within group (
        order by extract(epoch from first_seen_at - published_at) / 60
    )
    from news.entry join (
        select feed_id, min(fetched_at) as since from news.feed_fetch group by feed_id
    ) as watched using (feed_id)
    where published_zone = 'given' and published_at between since and first_seen_at
"""


class Replay:
    """One replay server and the environment of the commands that work on it."""

    def __init__(self, data: Path, state: Path, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.state = state
        self.watchlist = state / "watchlist"
        shutil.rmtree(self.watchlist, ignore_errors=True)
        shutil.copytree(HOME / "dags" / "watchlist", self.watchlist)
        (self.watchlist / "feeds.yaml").write_text("feeds: []\n")
        self.environment = {
            **{name: value for name, value in os.environ.items() if name[:10] != "NEWSWATCH_"},
            "NEWSWATCH_STATE_DIR": str(state),
            "NEWSWATCH_WATCHLIST_DIR": str(self.watchlist),
            "NEWSWATCH_ALLOW_NETWORKS": "127.0.0.0/8",
            "NEWSWATCH_HOST_DELAY": "0",
            "NEWSWATCH_SHARDS": "1",
        }
        self._command = [sys.executable, str(data / "replay" / "replay.py"), "--port", str(port)]
        self.serve()

    def serve(self) -> None:
        """Start the server anew: it counts requests."""
        if hasattr(self, "server"):
            self.server.terminate()
            self.server.wait(10)
        self.server = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        assert self.server.stdout is not None
        print(self.server.stdout.readline().strip(), flush=True)

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.base + path, timeout=30) as answer:
            return str(answer.read().decode())

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "newswatch", *arguments],
            env=self.environment,
            cwd=HOME / "plugins",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> str:
        process = self.start(*arguments)
        out, err = process.communicate()
        if process.returncode:
            raise SystemExit(f"newswatch {' '.join(arguments)}: {process.returncode}\n{err}")
        return out

    def cycle(self, moment: datetime) -> dict[str, Any]:
        """One `newswatch run` with the replay's clock and ours at that moment."""
        stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
        self.get(f"/clock?t={stamp}")
        began = time.monotonic()
        summary: dict[str, Any] = json.loads(self.run("run", "--now", stamp, "--json"))
        summary["wall"] = time.monotonic() - began
        return summary

    def killed_cycle(self, moment: datetime, after: float) -> None:
        """Begin a cycle and kill -9 it after so many seconds, in whatever stage it then is."""
        stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
        self.get(f"/clock?t={stamp}")
        process = self.start("run", "--now", stamp, "--json")
        try:
            process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            _, err = process.communicate()
            print(f"  {stamp} killed after {after:.1f} s, done: {err.split()[::4]}", flush=True)

    def fresh_database(self, without: tuple[str, ...] = ()) -> None:
        """An empty database with the replay's feeds, but for those of some outlets."""
        self.serve()
        server = embedded.start(self.state / "postgres")
        with connect(server) as connection:
            connection.execute("drop database if exists newswatch with (force)")
        opml = self.get("/feeds.opml")
        for host in without:
            opml = re.sub(rf'<outline [^>]*text="{re.escape(host)}"[^>]*/>', "", opml)
        (self.state / "feeds.opml").write_text(opml)
        self.run("feeds", "import", str(self.state / "feeds.opml"))

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        url = with_database(embedded.start(self.state / "postgres"), "newswatch")
        with connect(url) as connection:
            return {
                name: sorted(connection.execute(query.encode()).fetchall(), key=repr)
                for name, query in STATE.items()
            }

    def polls(self) -> str:
        """What the polls brought, and how long after its publication."""
        url = with_database(embedded.start(self.state / "postgres"), "newswatch")
        with connect(url) as connection:
            polls, with_news, in_vain = connection.execute(POLLS).fetchall()[0]
            entries, minutes = connection.execute(DELAY).fetchall()[0]
        median, ninth = minutes or (0, 0)
        return (
            f"polls: {polls}, {with_news} of them ({with_news / max(1, polls):.0%}) brought news,"
            f" {in_vain} a body without any; {entries} dated entries were seen {median:.0f} minutes"
            f" after they were published (median), nine in ten within {ninth:.0f}"
        )

    def close(self) -> None:
        self.server.terminate()
        self.server.wait(10)
        embedded.stop(self.state / "postgres")


@contextmanager
def replaying(data: Path, state: Path, port: int) -> Iterator[Replay]:
    replay = Replay(data, state, port)
    try:
        yield replay
    finally:
        replay.close()


def digest_of(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, str]:
    return {
        name: f"{len(found)} rows {hashlib.sha256(repr(found).encode()).hexdigest()[:12]}"
        for name, found in rows.items()
    }


def step(replay: Replay, moments: list[datetime]) -> None:
    """Every cycle; a line a day."""
    per_day: dict[str, Counter[str]] = {}
    seconds: dict[str, list[float]] = {}
    for moment in moments:
        summary = replay.cycle(moment)
        day = f"{moment:%Y-%m-%d}"
        seconds.setdefault(day, []).append(summary["wall"])
        counts = per_day.setdefault(day, Counter())
        for stage, numbers in summary["stages"].items():
            counts.update({f"{stage}.{name}": number for name, number in numbers.items()})
    for day, counts in per_day.items():
        taken = sorted(seconds[day])
        median = taken[len(taken) // 2]
        print(f"{day}: {len(taken)} cycles, median {median:.1f} s, max {taken[-1]:.1f} s")
        for name, number in sorted(counts.items()):
            print(f"    {name}: {number}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--hours", type=int, default=96)
    parser.add_argument("--kill", type=int, default=0, metavar="HOURS", help="so many with kills")
    parser.add_argument("--port", type=int, default=8960)
    options = parser.parse_args()
    moments = [START + timedelta(hours=hour) for hour in range(options.hours)]
    state = HOME / ".newswatch" / "replay"
    with replaying(options.data.resolve(), state, options.port) as replay:
        replay.fresh_database()
        step(replay, moments)
        undisturbed = replay.rows()
        print("undisturbed:", digest_of(undisturbed))
        print(replay.polls())
        for feed in json.loads(replay.run("feeds", "list", "--json")):
            if feed["state"] != "active":
                print(f"{feed['outlet']}: {feed['state']}: {feed['state_reason']}")
        step(replay, moments)
        again = replay.rows()
        print("a second time:", digest_of(again), "same" if again == undisturbed else "DIFFERENT")
        same = again == undisturbed
        foreign = [row for row in replay.get("/log").splitlines() if '"outlet": "-"' in row]
        print(
            f"{len(replay.get('/log').splitlines())} requests, control and unknown: {len(foreign)}"
        )
        if options.kill:
            same = killed(replay, moments[: options.kill]) and same
    return 0 if same else 1


def killed(replay: Replay, moments: list[datetime]) -> bool:
    """Some hours undisturbed; and the same, each cycle killed somewhere before it is run whole."""
    replay.fresh_database(without=COUNTING)
    for moment in moments:
        replay.cycle(moment)
    undisturbed = replay.rows()
    print("undisturbed:", digest_of(undisturbed))
    replay.fresh_database(without=COUNTING)
    chance = random.Random(7)
    for moment in moments:
        replay.killed_cycle(moment, chance.uniform(0.8, 6.0))
        replay.cycle(moment)
    disturbed = replay.rows()
    print("with kills:", digest_of(disturbed))
    for name, rows in undisturbed.items():
        lost, extra = set(rows) - set(disturbed[name]), set(disturbed[name]) - set(rows)
        for row in [*list(lost)[:5], *list(extra)[:5]]:
            print(f"  {name} differs: {row}")
    return disturbed == undisturbed


if __name__ == "__main__":
    sys.exit(main())
