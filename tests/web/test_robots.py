"""robots.txt: who is asked, when again, and what holds while it cannot be had."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from loopback import Reply, Request, Site, serving
from newswatch.models import FetchRequest, FetchResult
from newswatch.settings import Settings
from newswatch.store.robots import StoredRobots
from newswatch.store.server.database import Connection
from newswatch.web.fetch import Fetcher, Kind
from newswatch.web.robots import Robots
from web.test_fetch import pages_read_meanwhile, settings

NOW = datetime(2025, 12, 18, 6, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=25)


class Reader:
    """Fetches pages as the extract stage does: rules that were read are kept in the database."""

    def __init__(self, connection: Connection) -> None:
        self._memory = StoredRobots(connection)

    def fetch(
        self, *urls: str, now: datetime = NOW, kind: Kind = "page", using: Settings | None = None
    ) -> list[FetchResult]:
        chosen = using or settings()
        robots = Robots(chosen.user_agent, self._memory, now)

        async def run() -> list[FetchResult]:
            async with Fetcher(chosen, robots) as fetcher:
                requests = [FetchRequest(url) for url in urls]
                return await asyncio.gather(
                    *(fetcher.fetch(asked, kind=kind) for asked in requests)
                )

        return asyncio.run(run())


@pytest.fixture
def reader(connection: Connection) -> Reader:
    return Reader(connection)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving("127.3.0.1") as opened:
        opened.pages["/public"] = Reply(200, b"open")
        opened.pages["/private/a"] = Reply(200, b"secret")
        yield opened


def rules(text: str, **headers: str) -> Reply:
    return Reply(200, f"User-agent: *\n{text}\n".encode(), headers)


def asked(site: Site) -> list[Request]:
    return [request for request in site.requests if request.path == "/robots.txt"]


def test_a_page_that_they_forbid_is_not_asked_for(reader: Reader, site: Site) -> None:
    site.pages["/robots.txt"] = rules("Disallow: /private*")
    hidden, shown = reader.fetch(f"{site.base}/private/a", f"{site.base}/public")
    assert (hidden.outcome, shown.outcome) == ("robots", "ok")
    assert "/robots.txt does not let us fetch /private/a" in hidden.detail
    assert len(asked(site)) == 1
    assert "/private/a" not in [request.path for request in site.requests]


def test_a_redirect_leads_to_no_page_that_they_forbid(reader: Reader, site: Site) -> None:
    with serving("127.3.0.2") as other:
        other.pages["/robots.txt"] = rules("Disallow: /private")
        site.pages["/moved"] = Reply(302, headers={"Location": f"{other.base}/private/b"})
        (result,) = reader.fetch(f"{site.base}/moved")
        assert result.outcome == "robots"
        assert other.base in result.detail
        assert [request.path for request in other.requests] == ["/robots.txt"]


@pytest.mark.parametrize("status", [404, 403, 500])
def test_without_them_all_may_be_fetched(reader: Reader, site: Site, status: int) -> None:
    site.pages["/robots.txt"] = Reply(status)
    assert reader.fetch(f"{site.base}/public")[0].ok


def test_feeds_are_not_subject_to_them(reader: Reader, site: Site) -> None:
    site.pages["/robots.txt"] = rules("Disallow: /")
    assert reader.fetch(f"{site.base}/public", kind="feed")[0].ok
    assert asked(site) == []


def test_they_are_asked_for_once_a_day(reader: Reader, site: Site) -> None:
    site.pages["/robots.txt"] = rules("Disallow: /private")
    for now in (NOW, NOW + timedelta(hours=23), LATER):
        reader.fetch(f"{site.base}/public", now=now)
    assert len(asked(site)) == 2


def test_they_are_asked_for_with_their_validators(reader: Reader, site: Site) -> None:
    site.pages["/robots.txt"] = rules("Disallow: /private", ETag='"r1"')
    reader.fetch(f"{site.base}/public")
    site.pages["/robots.txt"] = Reply(304)
    (result,) = reader.fetch(f"{site.base}/private/a", now=LATER)
    assert asked(site)[-1].headers["if-none-match"] == '"r1"'
    assert result.outcome == "robots"


@pytest.mark.parametrize(("status", "outcome"), [(500, "robots"), (404, "ok")])
def test_while_they_cannot_be_had_the_last_ones_hold(
    reader: Reader, site: Site, status: int, outcome: str
) -> None:
    site.pages["/robots.txt"] = rules("Disallow: /private")
    reader.fetch(f"{site.base}/public")
    site.pages["/robots.txt"] = Reply(status)
    assert reader.fetch(f"{site.base}/private/a", now=LATER)[0].outcome == outcome


def test_the_pause_that_they_ask_for_is_made(connection: Connection) -> None:
    async def run(site: Site) -> list[str]:
        robots = Robots(settings().user_agent, StoredRobots(connection), NOW)
        async with Fetcher(settings(), robots) as fetcher:
            return await pages_read_meanwhile(fetcher, site)

    with serving("127.3.0.4") as site:
        site.pages["/robots.txt"] = rules("Crawl-delay: 30")
        assert len(asyncio.run(run(site))) == 1
