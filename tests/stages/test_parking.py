"""One item never ends a stage: what it fails at is parked with its reason, all else is published,
and it is tried again after a pause, or at once by another version."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import rows
from loopback import Reply, Site, serving
from newswatch.settings import Settings, read_settings
from newswatch.stages.cycle import run_cycle
from newswatch.stages.digest import send_digests
from newswatch.stages.job import Job
from newswatch.stages.parking import Parking, fault_of
from newswatch.store.parked import FIRST_PAUSE, LONGEST_PAUSE, TRIED_FOR, Subject
from newswatch.store.server.database import Connection
from refusals import DISK_FULL, refusing

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STORIES = 5
TOPIC = """
id: ferry
name: The ferry
groups:
  ferry: [ferry]
rules:
  - id: named
    when: ferry
    because: Names the ferry
"""
SUBSCRIBERS = """
subscribers:
  - {name: desk, email: desk@paper.example, timezone: UTC, send_at: "06:00", topics: [ferry]}
  - {name: coast, email: coast@paper.example, timezone: UTC, send_at: "06:00", topics: [ferry]}
"""
HEADLINES = ("Storm", "Harvest", "Budget", "Eclipse", "Marathon")


def page(number: int) -> bytes:
    name = HEADLINES[number]
    text = "".join(
        f"<p>{name} notes, part {part}: the {name.lower()} of {2000 + 7 * number + part} was told"
        f" of in {word} {name.lower()} letters, and ferry number {number * 31 + part} waited.</p>"
        for part, word in enumerate(("green", "narrow", "borrowed", "silver"))
    )
    return (
        f"<html lang='en'><head><title>{name}</title></head>"
        f"<body><article><h1>{name}</h1>{text}</article></body></html>"
    ).encode()


@dataclass
class Paper:
    """An outlet with five stories in one feed, and one in another."""

    connection: Connection
    settings: Settings
    site: Site

    def cycle(self, minutes: int = 0) -> dict[str, Any]:
        counts = run_cycle(self.connection, self.settings, now=NOW + minutes * MINUTE).counts
        return {stage: dict(done) for stage, done in counts.items()}

    def published(self) -> set[str]:
        return {
            url.removeprefix(self.site.base)
            for (url,) in self.connection.execute("select url from analyst.article")
        }

    def parked(self) -> list[tuple[Any, ...]]:
        return self.connection.execute(
            "select stage, kind, attempts, next_try_at from ops.parked"
        ).fetchall()

    def job(self, minutes: int) -> Job:
        return rows.job(self.connection, self.settings, NOW + minutes * MINUTE)


@pytest.fixture
def paper(connection: Connection, tmp_path: Path) -> Iterator[Paper]:
    with serving("127.0.0.6") as site:
        port = site.base.rpartition(":")[2]
        (tmp_path / "topics").mkdir()
        (tmp_path / "topics" / "ferry.yaml").write_text(TOPIC)
        (tmp_path / "subscribers.yaml").write_text(SUBSCRIBERS)
        (tmp_path / "feeds.yaml").write_text(
            "feeds:\n"
            + "".join(
                f"  - {{url: '{site.base}/{name}', outlet: {name}, urgent: true,"
                f" ports: [{port}]}}\n"
                for name in ("feed", "other")
            )
        )
        for name, numbers in (("feed", range(STORIES - 1)), ("other", [STORIES - 1])):
            items = "".join(
                f"<item><title>{HEADLINES[number]}</title><link>{site.base}/{number}</link>"
                f"<guid>{number}</guid></item>"
                for number in numbers
            )
            body = f"<rss version='2.0'><channel><title>P</title>{items}</channel></rss>".encode()
            site.pages[f"/{name}"] = Reply(200, body)
        for number in range(STORIES):
            site.pages[f"/{number}"] = Reply(200, page(number), {"Content-Type": "text/html"})
        networks = (ipaddress.ip_network("127.0.0.0/8"),)
        made = read_settings(
            {}, watchlist_dir=tmp_path, allow_networks=networks, shards=1, host_delay=0.0
        )
        yield Paper(connection, made, site)


ALL = {f"/{number}" for number in range(STORIES)}
OF_ARTICLE = "(select canonical_url from news.article where article_id = new.article_id)"


@dataclass(frozen=True)
class Poison:
    """A row that the database refuses, and what is not published because of it."""

    stage: str
    table: str
    condition: str
    event: str = "insert"
    missing: frozenset[str] = frozenset({"/2"})


POISONS = [
    Poison("poll", "news.entry", "new.title = 'Budget'"),
    Poison(
        "poll",
        "news.feed_fetch",
        "(select url from news.feed where feed_id = new.feed_id) like '%/other'",
        missing=frozenset({"/4"}),
    ),
    Poison("extract", "news.article", "new.canonical_url like '%/2'"),
    Poison("extract", "news.page", "new.url like '%/2'"),
    Poison("deduplicate", "news.version_decision", f"{OF_ARTICLE} like '%/2'"),
    Poison("deduplicate", "news.fingerprint", f"{OF_ARTICLE} like '%/2'"),
    Poison("flag", "news.flag", f"{OF_ARTICLE} like '%/2'"),
    Poison("flag", "news.mention", "new.sentence like 'Budget notes%'"),
    Poison(
        "load", "news.article", "new.loaded_at is not null and new.title = 'Budget'", event="update"
    ),
]


@pytest.mark.parametrize("poison", POISONS, ids=lambda poison: f"{poison.stage} {poison.table}")
def test_a_poisonous_item_waits_and_all_else_is_published(
    paper: Paper, admin: Connection, poison: Poison
) -> None:
    with refusing(admin, poison.table, poison.condition, event=poison.event):
        counts = paper.cycle()
        assert paper.published() == ALL - poison.missing
        assert counts[poison.stage]["parked"] == 1
        assert paper.parked() == [(poison.stage, "refused", 1, NOW + FIRST_PAUSE)]
        run = "select parked from ops.run order by run_id desc limit 1"
        assert paper.connection.execute(run).fetchall() == [(1,)]
        paper.cycle(19)  # not tried
        assert paper.parked() == [(poison.stage, "refused", 1, NOW + FIRST_PAUSE)]
        paper.cycle(21)  # tried again, and refused again
        again = NOW + 21 * MINUTE + 2 * FIRST_PAUSE
        assert paper.parked() == [(poison.stage, "refused", 2, again)]
        assert paper.published() == ALL - poison.missing
    paper.cycle(22)
    assert paper.published() == ALL - poison.missing
    paper.cycle(62)
    assert paper.published() == ALL
    assert paper.parked() == []
    waiting = "select stage from ops.backlog where waiting > 0"
    assert paper.connection.execute(waiting).fetchall() == []


@pytest.mark.parametrize("poison", POISONS, ids=lambda poison: f"{poison.stage} {poison.table}")
def test_another_version_tries_a_parked_item_at_once(
    paper: Paper, admin: Connection, poison: Poison
) -> None:
    with refusing(admin, poison.table, poison.condition, event=poison.event):
        paper.cycle()
    admin.execute("update news.parked set version = 'of last week', next_try_at = null")
    paper.cycle(1)
    assert paper.published() == ALL
    assert paper.parked() == []


def test_changed_topics_try_what_flag_parked(paper: Paper, admin: Connection) -> None:
    (poison,) = (known for known in POISONS if known.table == "news.flag")
    with refusing(admin, poison.table, poison.condition):
        paper.cycle()
    paper.cycle(1)
    assert paper.published() == ALL - poison.missing
    topic = paper.settings.watchlist / "topics" / "ferry.yaml"
    topic.write_text(TOPIC.replace("[ferry]", "[ferry, quay]"))
    paper.cycle(2)
    assert paper.published() == ALL


def test_a_newer_wording_that_cannot_be_stored_waits(paper: Paper, admin: Connection) -> None:
    paper.cycle()
    admin.execute("update news.article set revisit_at = %s", [NOW + 5 * MINUTE])
    for number in (1, 2):
        changed = page(number).replace(b"part 1", b"part one, as the clerk wrote it down anew")
        paper.site.pages[f"/{number}"] = Reply(200, changed, {"Content-Type": "text/html"})
    revised = "select count(*) from analyst.article where revised_at is not null"
    with refusing(admin, "news.revision", f"{OF_ARTICLE} like '%/2'"):
        assert paper.cycle(5)["extract"]["parked"] == 1
        assert paper.connection.execute(revised).fetchall() == [(1,)]
    with refusing(admin, "news.article_version", f"{OF_ARTICLE} like '%/2'"):
        assert paper.cycle(30)["flag"]["parked"] == 1
    assert [row[0] for row in paper.parked()] == ["flag"]
    paper.cycle(60)
    assert paper.connection.execute(revised).fetchall() == [(2,)]
    assert paper.parked() == []


def test_an_edition_that_cannot_be_stored_is_one_readers(paper: Paper, admin: Connection) -> None:
    paper.cycle()
    editions = "select subscriber from news.edition order by 1"
    with refusing(admin, "news.edition", "new.subscriber = 'desk'"):
        counts = send_digests(paper.job(1), day=date(2026, 3, 2))
        assert (counts["editions"], counts["parked"]) == (1, 1)
        assert paper.connection.execute(editions).fetchall() == [("coast",)]
    send_digests(paper.job(2), day=date(2026, 3, 2))
    assert paper.connection.execute(editions).fetchall() == [("coast",)]
    send_digests(paper.job(30), day=date(2026, 3, 2))
    assert paper.connection.execute(editions).fetchall() == [("coast",), ("desk",)]
    assert paper.parked() == []


def test_an_item_that_its_feed_dropped_is_asked_for_less_and_less(
    paper: Paper, admin: Connection
) -> None:
    with refusing(admin, "news.entry", "new.title = 'Budget'"):
        paper.cycle()
    paper.site.pages["/feed"] = Reply(
        200, b"<rss version='2.0'><channel><title>P</title></channel></rss>"
    )
    paper.cycle(20)
    again = NOW + 20 * MINUTE + 2 * FIRST_PAUSE
    assert paper.parked() == [("poll", "refused", 2, again)]


def test_what_is_the_machines_fault_parks_nothing(paper: Paper, admin: Connection) -> None:
    for poison in POISONS:
        with (
            refusing(admin, poison.table, poison.condition, event=poison.event, state=DISK_FULL),
            pytest.raises(psycopg.errors.DiskFull),
        ):
            paper.cycle()
        assert paper.parked() == []
    paper.cycle(30)
    assert paper.published() == ALL


# --- laws -----------------------------------------------------------------------------------------


def subject(number: int) -> Subject:
    return Subject(f"item {number}", name=str(number))


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(poisonous=st.lists(st.booleans(), max_size=20))
def test_all_but_the_poisonous_are_applied_in_their_order(
    connection: Connection, poisonous: list[bool]
) -> None:
    connection.execute("delete from news.parked")
    connection.execute("delete from news.run")
    job = rows.job(connection, now=NOW)

    def write(numbers: Sequence[int]) -> Sequence[int]:
        for number in numbers:
            connection.execute(
                "insert into news.run (started_at, decided_at, trigger) values (now(), now(), %s)",
                [f"run {number}"],
            )
            if poisonous[number]:
                raise ValueError(number)
        return numbers

    applied = Parking(job, "flag").apply(range(len(poisonous)), write, subject)
    good = [number for number, bad in enumerate(poisonous) if not bad]
    assert [number for part in applied for number in part] == good
    written = connection.execute(
        "select trigger from news.run where trigger <> 'cli' order by run_id"
    )
    assert written.fetchall() == [(f"run {number}",) for number in good]
    parked = connection.execute("select name::int from ops.parked order by 1").fetchall()
    assert [number for (number,) in parked] == [n for n, bad in enumerate(poisonous) if bad]


def test_pauses_grow_to_a_day_and_end_after_two_weeks(connection: Connection) -> None:
    now, pauses = NOW, []
    job = rows.job(connection, now=now)
    while True:
        Parking(replace(job, now=now), "flag").park_for(subject(1), ValueError("no"))
        ((again,),) = connection.execute("select next_try_at from ops.parked").fetchall()
        if again is None:
            break
        pauses.append(again - now)
        now = again
    assert pauses[0] == FIRST_PAUSE
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
    assert TRIED_FOR <= now - NOW < TRIED_FOR + LONGEST_PAUSE


@pytest.mark.parametrize(
    ("state", "is_the_items"),
    [
        ("22001", True),  # a value that is too long
        ("22P05", True),  # a character that cannot be stored
        ("23505", True),  # a key that is there
        ("54000", True),  # a key that is too long for an index
        ("P0001", True),  # a trigger's
        ("08006", False),  # the connection is lost
        ("40P01", False),  # a deadlock
        ("53100", False),  # the disk is full
        ("53200", False),  # the server is out of memory
        ("53300", False),  # too many connections
        ("55P03", False),  # a lock was not free in time
        ("57014", False),  # the statement was cancelled
        ("57P01", False),  # the server is going down
        ("42703", False),  # our statement is wrong, whatever the item
    ],
)
def test_the_database_tells_whose_fault_an_error_is(
    connection: Connection, state: str, is_the_items: bool
) -> None:
    with pytest.raises(psycopg.Error) as raised:
        connection.execute(
            f"do $$ begin raise exception 'x' using errcode = '{state}'; end $$".encode()
        )
    assert (fault_of(raised.value) is not None) == is_the_items  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["\x00", "\ud800", datetime.max])
def test_what_the_driver_refuses_is_the_items(connection: Connection, value: object) -> None:
    with pytest.raises((psycopg.Error, ValueError)) as raised:
        connection.execute("select %s::text, 'infinity'::timestamptz", [value]).fetchall()
    assert fault_of(raised.value) is not None  # type: ignore[arg-type]


def test_what_is_kept_of_an_error_holds_no_password_and_no_end(connection: Connection) -> None:
    error = ValueError("postgresql://w:s3cret@h/x \x1b[31m\x00\ud800 " + "long " * 1_000)
    what = "a headline\x00 \ud800" + "!" * 5_000
    Parking(rows.job(connection), "flag").park_for(Subject(what, name="x"), error)
    ((kept, shown),) = connection.execute("select error, what from ops.parked").fetchall()
    assert kept.startswith("ValueError: postgresql://w:***@h/x [31m long")
    assert len(kept) <= 500
    assert len(shown) <= 500


@pytest.mark.parametrize(
    "work",
    [lambda _: endless(), lambda _: re.match(r"(a+)+$", "a" * 60 + "b")],
    ids=["python", "a regular expression"],
)
def test_work_without_an_end_is_parked_for_its_time(connection: Connection, work: Any) -> None:
    parking = Parking(rows.job(connection), "flag")
    assert parking.decide([1, 2], work, subject, seconds=0.2) == []
    assert parking.decide([3], lambda number: number, subject, seconds=0.2) == [3]
    found = connection.execute("select name, kind from ops.parked order by 1").fetchall()
    assert found == [("1", "time"), ("2", "time")]
    assert parking.counted({"articles": 1}) == {"articles": 1, "parked": 2}


def endless() -> None:
    while True:
        pass
