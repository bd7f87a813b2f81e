"""What feeds.yaml says of a feed beside its address is done, poll after poll."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from loopback import Reply, Site, serving
from newswatch.stages.poll.poll import sync_watchlist
from newswatch.store.server.database import Connection
from stages.poll.test_poll import HOUR, START, Poller, rss

ROW = """feeds:
- url: {url}
  outlet: Agency
  urgent: true
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving("127.5.0.2") as opened:
        yield opened


@pytest.fixture
def poller(connection: Connection, tmp_path: Path) -> Poller:
    return Poller(connection, tmp_path)


def listed(poller: Poller, site: Site, *options: str) -> None:
    text = ROW.format(url=f"{site.base}/feed") + "".join(f"  {option}\n" for option in options)
    port = site.base.rpartition(":")[2]
    (poller.settings.watchlist_dir / "feeds.yaml").write_text(text + f"  ports: [{port}]\n")
    assert sync_watchlist(poller.job()) == 0


def test_login_cookies_and_name_are_sent(poller: Poller, site: Site) -> None:
    poller.settings = replace(poller.settings, feed_logins={"agency": "user:word"})
    site.pages["/feed"] = Reply(200, rss("A"))
    listed(poller, site, "login: agency", "cookies: consent=yes", "user_agent: Example/1.0")
    assert poller.poll()["entries_new"] == 1
    (asked,) = site.requests
    assert asked.headers["authorization"].startswith("Basic ")
    assert asked.headers["cookie"] == "consent=yes"
    assert asked.headers["user-agent"] == "Example/1.0"
    listed(poller, site)  # taken back
    poller.poll(START + HOUR)
    assert not {"authorization", "cookie"} & site.requests[-1].headers.keys()


def test_a_missing_login_is_what_a_person_reads(poller: Poller, site: Site) -> None:
    listed(poller, site, "login: agency")
    assert poller.poll()["failed_refused"] == 1
    assert "no login named 'agency'" in poller.feed()["state_reason"]


@pytest.mark.parametrize(("identity", "stored"), [("link", ["A", "C"]), ("title", ["A", "C"])])
def test_items_are_told_apart_as_said(
    poller: Poller, site: Site, identity: str, stored: list[str]
) -> None:
    listed(poller, site, f"identity: {identity}")
    for number, titles in enumerate((["A"], ["A"], ["C", "A"])):
        body = rss(*titles, base=site.base).replace(b"'false'>", b"'false'>%d-" % number)
        site.pages["/feed"] = Reply(200, body)
        poller.poll(START + number * HOUR)
    assert poller.titles() == stored


def test_the_zone_of_a_date_is_stored(poller: Poller, site: Site) -> None:
    dates = ("Mon, 02 Mar 2026 05:00:00 GMT", "2 March 2026 05:00", "2 Mar 2026 05:00 XYZT", "soon")
    items = "".join(
        f"<item><title>{date}</title><pubDate>{date}</pubDate></item>" for date in dates
    )
    site.pages["/feed"] = Reply(200, f"<rss><channel>{items}</channel></rss>".encode())
    listed(poller, site)
    poller.poll(START + timedelta(days=300))
    rows = poller.rows("select title, published_zone from news.entry")
    zones = {row["title"]: row["published_zone"] for row in rows}
    assert [zones[date] for date in dates] == ["given", "none", "unknown", None]
