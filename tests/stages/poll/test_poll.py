"""poll, on real HTTP and a real database: stored once, states right, killed without loss."""

from __future__ import annotations

import gzip
import ipaddress
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg.rows import dict_row

from loopback import Answer, Reply, Request, Site, serving
from newswatch.addresses.urls import host_of, shard_key
from newswatch.errors import InputError
from newswatch.models import FeedSpec
from newswatch.settings import HOME, Settings
from newswatch.stages.job import Job
from newswatch.stages.poll.poll import feed_rows, poll, sync_watchlist
from newswatch.store import feeds, runs
from newswatch.store.server.database import Connection, scalar
from refusals import DISK_FULL, refusing

START = datetime(2025, 12, 18, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


def rss(*titles: str, guid: bool = True, stamp: datetime = START, base: str = "") -> bytes:
    """A feed of items that are known by their titles."""
    items = "".join(
        f"<item><title>{title}</title><link>{base}/{title.replace(' ', '-').lower()}</link>"
        + (f"<guid isPermaLink='false'>{title}</guid>" if guid else "")
        + f"<pubDate>{format_datetime(stamp)}</pubDate><description>About it.</description></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>E</title>{items}</channel></rss>".encode()


class Poller:
    """Feeds in a database, polled at any time one says."""

    def __init__(self, connection: Connection, watchlist: Path) -> None:
        self.connection = connection
        self.settings = Settings(
            allow_networks=LOOPBACK, shards=1, fetch_timeout=5.0, watchlist_dir=watchlist
        )

    def job(self, now: datetime = START) -> Job:
        run = runs.ensure_run(self.connection, "cli", now)
        return Job(self.connection, self.settings, now, run.run_id)

    def add(self, *urls: str, urgent: bool = True) -> None:
        """Feeds that are due at every cycle, unless not `urgent`."""
        rows = feed_rows(FeedSpec(url, f"Outlet {n}", urgent=urgent) for n, url in enumerate(urls))
        feeds.add_feeds(self.connection, rows, "import", START)

    def poll(self, now: datetime = START, shard: int = 0) -> dict[str, int]:
        return poll(self.job(now), shard)

    def rows(self, query: LiteralString) -> list[dict[str, Any]]:
        with self.connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query).fetchall()

    def feed(self) -> dict[str, Any]:
        (row,) = self.rows("select * from news.feed")
        return row

    def titles(self) -> list[str]:
        return [row["title"] for row in self.rows("select title from news.entry order by entry_id")]


@pytest.fixture
def poller(connection: Connection, tmp_path: Path) -> Poller:
    return Poller(connection, tmp_path)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving("127.0.0.2") as opened:
        yield opened


def conditional(body: bytes, etag: str) -> Answer:
    """Answers 304 to those who have it already."""

    def answer(request: Request) -> Reply:
        if request.headers.get("if-none-match") == etag:
            return Reply(304, headers={"ETag": etag})
        return Reply(200, body, {"ETag": etag, "Content-Type": "application/rss+xml"})

    return answer


# --- entries --------------------------------------------------------------------------------------


def test_entries_are_stored_once(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss")
    site.pages["/rss"] = Reply(200, rss("One", "Two"))
    first = poller.poll()
    assert (first["feeds_polled"], first["entries_seen"], first["entries_new"]) == (1, 2, 2)
    site.pages["/rss"] = Reply(200, rss("Three", "One", "Two"))
    second = poller.poll(START + HOUR)
    assert (second["entries_seen"], second["entries_new"], second["failed"]) == (3, 1, 0)
    assert poller.titles() == ["Two", "One", "Three"]


def test_what_an_entry_holds(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss")
    site.pages["/rss"] = Reply(200, rss("One", stamp=START - HOUR))
    poller.poll()
    (entry,) = poller.rows("select * from news.entry")
    assert entry["url"] == entry["link"] == f"{site.base}/one"
    assert (entry["host"], entry["shard_key"]) == ("127.0.0.2", shard_key("127.0.0.2"))
    assert (entry["title"], entry["summary"], entry["status"]) == ("One", "About it.", "pending")
    assert entry["published_at"] == START - HOUR
    assert entry["first_seen_at"] == entry["next_attempt_at"] == START


def test_a_wrapped_link_counts_for_the_host_it_leads_to(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss")
    wrapped = "https://archive.is/o/AbCdE/http://127.0.0.9:8900"
    site.pages["/rss"] = Reply(200, rss("One", base=wrapped))
    poller.poll()
    (entry,) = poller.rows("select * from news.entry")
    assert (entry["link"], entry["host"]) == (f"{wrapped}/one", "127.0.0.9")
    assert entry["url"] == "http://127.0.0.9:8900/one"


def test_restamped_items_bring_nothing(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss")
    for hour in range(4):
        site.pages["/rss"] = Reply(200, rss("One", "Two", stamp=START + hour * HOUR))
        counts = poller.poll(START + hour * HOUR)
        assert counts["entries_new"] == (2 if hour == 0 else 0)
        assert "entries_updated" not in counts
    assert len(poller.titles()) == 2


def test_items_without_guids_are_stored_once(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss")
    for hour in range(3):
        body = rss("One", "Two", guid=False, stamp=START + hour * HOUR)
        site.pages["/rss"] = Reply(200, body)
        poller.poll(START + hour * HOUR)
    assert poller.titles() == ["Two", "One"]


def test_a_correction_keeps_the_earlier_words(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss")
    wordings = ["About it.", "Corrected.", "About it.", "Corrected."]
    for hour, wording in enumerate(wordings):
        site.pages["/rss"] = Reply(200, rss("One").replace(b"About it.", wording.encode()))
        counts = poller.poll(START + hour * HOUR)
        assert counts.get("entries_updated", 0) == (1 if hour else 0)
    (entry,) = poller.rows("select * from news.entry")
    versions = poller.rows("select * from news.entry_version order by replaced_at")
    assert entry["summary"] == "Corrected."
    assert [row["summary"] for row in versions] == ["About it.", "Corrected."]
    assert versions[0]["replaced_at"] == START + HOUR


@pytest.mark.parametrize(
    ("poorer", "summary"),
    [
        ("The board met ...", "The board met in the rain."),
        ("", "The board met in the rain."),
        ("The board did not meet.", "The board did not meet."),
        ("The board met in the rain. It voted.", "The board met in the rain. It voted."),
    ],
    ids=["cut short", "left out", "other words", "longer"],
)
def test_a_poorer_wording_replaces_no_richer(
    poller: Poller, site: Site, poorer: str, summary: str
) -> None:
    poller.add(f"{site.base}/rss")
    for hour, wording in enumerate(("The board met in the rain.", poorer)):
        site.pages["/rss"] = Reply(200, rss("One").replace(b"About it.", wording.encode()))
        poller.poll(START + hour * HOUR)
    (entry,) = poller.rows("select title, summary from news.entry")
    assert entry == {"title": "One", "summary": summary}


def test_texts_that_a_database_refuses(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss")
    body = rss("One").replace(b"About it.", b"nul \x00 &#0; \xed\xa0\x80 bell \x07")
    site.pages["/rss"] = Reply(200, body, {"ETag": '"\x7f"'})
    assert poller.poll()["entries_new"] == 1


def test_of_a_changed_feed_only_the_changed_items_are_read(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss")
    site.pages["/rss"] = Reply(200, rss("One", "Two"))
    poller.poll()
    # That an entry which went missing stays away shows that its item was not read again.
    lose_two = "delete from news.entry where title = 'Two'"
    poller.connection.execute(lose_two)
    site.pages["/rss"] = Reply(200, rss("Three", "One", "Two").replace(b">One<", b">Once<", 1))
    counts = poller.poll(START + HOUR)
    assert (counts["entries_seen"], counts["entries_new"], counts["entries_updated"]) == (3, 1, 1)
    assert poller.titles() == ["Once", "Three"]
    site.pages["/rss"] = Reply(200, rss("Four", "Three", "One", "Two"))
    assert poller.poll(START + 25 * HOUR)["entries_new"] == 2  # once a day all are
    poller.connection.execute(lose_two)
    feeds.retry_now(poller.connection, poller.feed()["feed_id"], "asked")
    assert poller.poll(START + 26 * HOUR)["entries_new"] == 1  # and when asked to


# --- conditional requests -------------------------------------------------------------------------


def test_what_is_not_modified_is_not_sent(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss")
    site.pages["/rss"] = conditional(rss("One"), '"1"')
    poller.poll()
    counts = poller.poll(START + HOUR)
    assert (counts["not_modified"], counts["entries_seen"]) == (1, 0)
    assert [request.headers.get("if-none-match") for request in site.requests] == [None, '"1"']


def test_a_new_etag_with_the_same_body_is_sent_next(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss")
    for number in range(3):
        site.pages["/rss"] = Reply(200, rss("One"), {"ETag": f'"{number}"', "Last-Modified": "x"})
        counts = poller.poll(START + number * HOUR)
    assert counts["unchanged"] == 1
    sent = [request.headers.get("if-none-match") for request in site.requests]
    assert sent == [None, '"0"', '"1"']


def test_a_server_that_says_304_for_ever_is_asked_in_full_each_day(
    poller: Poller, site: Site
) -> None:
    poller.add(f"{site.base}/rss")
    site.pages["/rss"] = conditional(rss("One"), '"1"')
    poller.poll()
    site.pages["/rss"] = conditional(rss("One", "Two"), '"1"')
    assert poller.poll(START + HOUR)["entries_new"] == 0
    assert poller.poll(START + 25 * HOUR)["entries_new"] == 1


def test_validators_are_saved_with_the_entries_or_not_at_all(
    poller: Poller, site: Site, admin: Connection
) -> None:
    poller.add(f"{site.base}/rss")
    site.pages["/rss"] = conditional(rss("One"), '"1"')
    with (
        refusing(admin, "news.entry", "true", state=DISK_FULL),
        pytest.raises(psycopg.errors.DiskFull),
    ):
        poller.poll()
    assert (poller.feed()["etag"], poller.feed()["last_polled_at"]) == (None, None)
    assert poller.poll()["entries_new"] == 1


def test_killed_between_fetch_and_commit_loses_nothing(
    poller: Poller, site: Site, database: str, admin: Connection
) -> None:
    poller.add(f"{site.base}/rss")
    site.pages["/rss"] = conditional(rss("One", "Two"), '"1"')
    program = POLL_ONCE.format(database=database, run_id=poller.job().run_id)
    with admin.transaction():
        admin.execute("lock table news.entry in exclusive mode")
        child = subprocess.Popen([sys.executable, "-c", program], cwd=HOME / "plugins")
        waiting = "select count(*) from pg_locks where not granted"
        while child.poll() is None and scalar(admin, waiting) == 0:
            time.sleep(0.01)
        assert child.poll() is None, "it ended before it came to store the entries"
        child.kill()
        child.wait()
    assert len(site.requests) == 1
    assert poller.feed()["etag"] is None
    assert poller.poll()["entries_new"] == 2


POLL_ONCE = """
import ipaddress
from datetime import UTC, datetime
from newswatch.settings import HOME, Settings
from newswatch.stages.job import Job
from newswatch.stages.poll.poll import poll
from newswatch.store.server.database import connect

settings = Settings(allow_networks=(ipaddress.ip_network("127.0.0.0/8"),), shards=1)
with connect({database!r}) as connection:
    poll(Job(connection, settings, datetime(2025, 12, 18, 6, tzinfo=UTC), {run_id}), 0)
"""


POLL_BESIDE_OTHERS = """
import ipaddress, os
from datetime import UTC, datetime
import psutil
from newswatch.settings import Settings
from newswatch.stages.job import Job
from newswatch.stages.poll.poll import poll
from newswatch.store.server.database import connect

settings = Settings(allow_networks=(ipaddress.ip_network("127.0.0.0/8"),), shards=1)
now = datetime(2025, 12, 18, 6, tzinfo=UTC)
with connect({database!r}) as connection:
    job = Job(connection, settings, now, {run_id}, len(os.sched_getaffinity(0)))
    print(poll(job, 0)["entries_new"], len(psutil.Process().children()))
"""


def test_shards_that_take_all_cores_have_one_process_each(poller: Poller, database: str) -> None:
    with ExitStack() as stack:
        for number in range(2, 8):  # hosts are asked side by side
            site = stack.enter_context(serving(f"127.0.0.{number}"))
            site.pages["/rss"] = Reply(200, rss("One"))
            poller.add(f"{site.base}/rss")
        code = POLL_BESIDE_OTHERS.format(database=database, run_id=poller.job().run_id)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.split() == [b"6", b"1"]


def test_polled_again_at_the_same_moment_nothing_is_due(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss", urgent=False)
    poller.add(f"{site.base}/urgent")
    site.pages["/rss"] = site.pages["/urgent"] = Reply(200, rss("One"))
    assert poller.poll()["feeds_polled"] == 2
    assert poller.poll()["feeds_polled"] == 0
    assert poller.poll(START + timedelta(minutes=15))["feeds_polled"] == 1


# --- awkward servers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(410), "failed_http_410"),
        (Reply(500), "failed_http_500"),
        (Reply(429, headers={"Retry-After": "120"}), "failed_http_429"),
        (Reply(200, b"<html><body>Accept cookies</body></html>"), "failed_parse_html"),
        (Reply(200, b""), "failed_parse_empty"),
        (Reply(302, headers={"Location": "http://10.0.0.1/rss"}), "failed_refused"),
        (Reply(302, headers={"Location": "/rss"}), "failed_bad_redirect"),
        (
            Reply(200, gzip.compress(b" " * 30_000_000), {"Content-Encoding": "gzip"}),
            "failed_too_large",
        ),
    ],
)
def test_failures_are_counted_and_logged(
    poller: Poller, site: Site, reply: Reply, reason: str
) -> None:
    poller.add(f"{site.base}/rss")
    site.pages["/rss"] = reply
    counts = poller.poll()
    assert (counts["failed"], counts[reason], counts["entries_seen"]) == (1, 1, 0)
    (failure,) = poller.rows("select * from ops.feed_failure")
    assert failure["polls"] == 1
    (health,) = poller.rows("select * from ops.feed_health")
    assert (health["failures"], health["last_outcome"]) == (1, failure["outcome"])
    assert health["state"] in ("backing-off", "throttled")
    assert health["state_reason"]


def test_a_lasting_redirect_moves_the_feed(poller: Poller, site: Site) -> None:
    poller.add(f"{site.base}/rss")
    with serving("127.0.0.3") as other:
        site.pages["/rss"] = Reply(301, headers={"Location": f"{other.base}/new"})
        other.pages["/new"] = Reply(200, rss("One"))
        for day in range(6):
            poller.poll(START + day * timedelta(days=1))
        feed = poller.feed()
        assert (feed["state"], feed["fetch_url"]) == ("moved", f"{other.base}/new")
        assert (feed["host"], feed["shard_key"]) == ("127.0.0.3", shard_key("127.0.0.3"))
        asked = len(site.requests)
        poller.poll(START + timedelta(days=7))
        assert len(site.requests) == asked


def test_a_host_that_asks_to_wait_is_left_alone(poller: Poller, site: Site) -> None:
    poller.add(*(f"{site.base}/rss{n}" for n in range(5)))
    for n in range(5):
        site.pages[f"/rss{n}"] = Reply(429, headers={"Retry-After": "7200"})
    assert poller.poll()["failed_http_429"] == 1
    assert poller.poll(START + HOUR)["feeds_polled"] == 0
    assert len(site.requests) == 1
    for n in range(5):
        site.pages[f"/rss{n}"] = Reply(200, rss("One"))
    assert poller.poll(START + 3 * HOUR)["feeds_polled"] == 5


def test_a_host_with_many_feeds_starves_nobody(poller: Poller, site: Site) -> None:
    with serving("127.0.0.3") as other:
        poller.add(*(f"{site.base}/rss{n}" for n in range(60)), f"{other.base}/rss")
        other.pages["/rss"] = Reply(200, rss("One"))
        assert poller.poll()["feeds_polled"] == 51
        assert len(other.requests) == 1
        assert poller.poll()["feeds_polled"] == 10


def test_a_dead_host_costs_two_connections(poller: Poller) -> None:
    poller.add(*(f"http://127.0.2.1:9/rss{n}" for n in range(10)))
    assert poller.poll()["feeds_polled"] == 2
    assert poller.poll()["feeds_polled"] == 2  # the next ones


def test_each_shard_polls_its_own_hosts(connection: Connection, tmp_path: Path) -> None:
    with ExitStack() as stack:
        sites = [stack.enter_context(serving(f"127.0.1.{n}")) for n in range(1, 7)]
        poller = Poller(connection, tmp_path)
        poller.settings = replace(poller.settings, shards=3)
        for site in sites:
            site.pages["/rss"] = Reply(200, rss("One"))
        poller.add(*(f"{site.base}/rss" for site in sites))
        for shard in range(3):
            mine = [site for site in sites if shard_key(host_of(site.base)) % 3 == shard]
            assert poller.poll(shard=shard)["feeds_polled"] == len(mine)
        assert [len(site.requests) for site in sites] == [1] * 6


def test_our_own_outage_changes_no_state(poller: Poller) -> None:
    # Nothing listens on these: every connection is refused at once.
    poller.add(*(f"http://127.0.2.{n}:9/rss" for n in range(1, 8)))
    counts = poller.poll()
    assert (counts["feeds_polled"], counts["offline"]) == (7, 7)
    states = poller.rows("select state, failures, next_poll_at from news.feed")
    assert {(row["state"], row["failures"]) for row in states} == {("active", 0)}
    assert len({row["next_poll_at"] for row in states}) == 7


def test_an_outage_and_its_end_are_noted(poller: Poller) -> None:
    poller.add(*(f"http://127.0.2.{n}:9/rss" for n in range(1, 8)))
    for hour in range(3):
        poller.poll(START + hour * HOUR)
    assert poller.rows("select began_at, ended_at, hosts_failed from ops.outage") == [
        {"began_at": START, "ended_at": None, "hosts_failed": 7}
    ]
    poller.connection.execute("update news.feed set enabled = false, disabled_by = 'hand'")
    with ExitStack() as stack:
        for n in range(5):
            site = stack.enter_context(serving(f"127.0.3.{n + 1}"))
            site.pages["/rss"] = Reply(200, rss(f"Story {n}"))
            poller.add(f"{site.base}/rss")
        poller.poll(START + 4 * HOUR)
    assert poller.rows("select began_at, ended_at from ops.outage") == [
        {"began_at": START, "ended_at": START + 4 * HOUR}
    ]


def test_a_few_dead_hosts_are_their_own_fault(poller: Poller, site: Site) -> None:
    poller.add(*(f"http://127.0.2.{n}:9/rss" for n in range(1, 4)), f"{site.base}/rss")
    site.pages["/rss"] = Reply(200, rss("One"))
    counts = poller.poll()
    assert (counts["failed_unreachable"], counts["entries_new"]) == (3, 1)
    assert "offline" not in counts
    states = poller.rows("select state from news.feed order by feed_id")
    assert [row["state"] for row in states] == ["backing-off"] * 3 + ["active"]


# --- the watchlist --------------------------------------------------------------------------------


def listed(poller: Poller, text: str) -> list[tuple[Any, ...]]:
    (poller.settings.watchlist_dir / "feeds.yaml").write_text(text)
    sync_watchlist(poller.job())
    return poller.connection.execute(
        "select url, outlet, enabled, disabled_by from news.feed order by url"
    ).fetchall()


A = "- {url: 'https://a.example/rss', outlet: A}\n"
B = "- {url: 'https://b.example/rss', outlet: B}\n"


def test_the_database_follows_the_watchlist(poller: Poller) -> None:
    a, b = "https://a.example/rss", "https://b.example/rss"
    assert listed(poller, f"feeds:\n{A}{B}") == [(a, "A", True, None), (b, "B", True, None)]
    assert listed(poller, f"feeds:\n{A}") == [(a, "A", True, None), (b, "B", False, "watchlist")]
    renamed = B.replace("outlet: B", "outlet: New")
    assert listed(poller, f"feeds:\n{A}{renamed}")[1] == (b, "New", True, None)
    assert [row[2] for row in listed(poller, "feeds: []")] == [False, False]


def test_a_wrong_row_costs_itself_and_disables_nothing(
    poller: Poller, caplog: pytest.LogCaptureFixture
) -> None:
    a, b, c = (f"https://{name}.example/rss" for name in "abc")
    listed(poller, f"feeds:\n{A}{B}")
    mistyped = B.replace("outlet: B", "outlett: B")
    assert listed(poller, f"feeds:\n{mistyped}{A.replace('a.ex', 'c.ex')}") == [
        (a, "A", True, None),  # no longer listed, but the wrong row may be it
        (b, "B", True, None),
        (c, "A", True, None),
    ]
    assert "feeds.yaml:2:34: unknown key 'outlett'; did you mean 'outlet'?" in caplog.text
    assert sync_watchlist(poller.job()) == 1
    assert [row[2] for row in listed(poller, f"feeds:\n{A}")] == [True, False, False]


def test_what_was_disabled_by_hand_stays_so(poller: Poller) -> None:
    listed(poller, f"feeds:\n{A}")
    feeds.set_enabled(poller.connection, poller.feed()["feed_id"], False, "off")
    assert listed(poller, f"feeds:\n{A}")[0][2:] == (False, "hand")
    listed(poller, "feeds: []")
    assert listed(poller, f"feeds:\n{A}")[0][2:] == (False, "hand")
    feeds.set_enabled(poller.connection, poller.feed()["feed_id"], True, "on")
    assert listed(poller, f"feeds:\n{A}")[0][2:] == (True, None)


def test_imported_feeds_are_left_alone(poller: Poller) -> None:
    poller.add("https://c.example/rss")
    assert listed(poller, f"feeds:\n{A}")[1] == ("https://c.example/rss", "Outlet 0", True, None)
    assert listed(poller, "feeds: []")[1][2] is True


def test_a_broken_watchlist_changes_nothing(poller: Poller) -> None:
    listed(poller, f"feeds:\n{A}")
    with pytest.raises(InputError, match=r"feeds\.yaml:3"):
        listed(poller, f"feeds:\n{A}- {{url: nonsense, outlet")
    assert poller.feed()["enabled"] is True
