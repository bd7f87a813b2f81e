"""Whatever happens to the mail server, to the process and to the readers' rows, every story reaches
every reader exactly once.

What may be lost is what the server had whole and never answered for: nobody can know of it, it is
`unknown`, and it is not told twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any, get_args
from unittest.mock import patch

import hypothesis
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newswatch.digest.lifetime import MOST_REFUSALS
from newswatch.stages import edition_entries
from newswatch.stages.cycle import run_job
from newswatch.stages.digest import resend, send_digests
from newswatch.store import digests, outbox
from newswatch.store.server.database import Connection, connect
from stages.brief import COAST, DAY, DESK, HOUR, NOW, Brief
from stages.post_office import Conduct

READERS = (DESK, COAST | {"timezone": "America/Los_Angeles"})
ADDRESSES = tuple(str(reader["email"]) for reader in READERS)


class Killed(BaseException):
    """Ends the process, as far as the program can tell."""


Point = tuple[Any, str, bool]  # where a kill strikes, and whether what stands there was done before
KILLS: dict[str, Point] = {
    "before an edition is stored": (digests, "save_edition", False),
    "before its entries are stored": (edition_entries, "save", False),
    "before it is committed": (edition_entries, "save", True),
    "before the earlier ones are given up": (outbox, "carry_over", False),
    "before a delivery is taken": (outbox, "take", False),
    "when a delivery is taken": (outbox, "take", True),
    "before the hand-over": (outbox, "hand_over", False),
    "at the hand-over": (outbox, "hand_over", True),
    "before the outcome is written": (outbox, "record", False),
    "when the outcome is written": (outbox, "record", True),
}
Event = tuple[str, Any]
CONDUCTS: tuple[Conduct, ...] = get_args(Conduct)
EVENTS = st.one_of(
    st.tuples(st.just("publish"), st.integers(1, 3)),
    st.tuples(st.just("wait"), st.sampled_from([0.25, 1, 8, 30])),
    st.tuples(
        st.just("server"), st.tuples(st.sampled_from(CONDUCTS), st.sampled_from(("", *ADDRESSES)))
    ),
    st.tuples(st.just("kill"), st.sampled_from(sorted(KILLS))),
    st.tuples(st.just("three at once"), st.none()),
    st.tuples(st.just("catch up"), st.integers(0, 4)),
    st.tuples(st.just("away for hours"), st.sampled_from([0, 1])),
    st.tuples(st.just("renamed"), st.sampled_from([0, 1])),
    st.tuples(
        st.just("moved"),
        st.tuples(
            st.sampled_from([0, 1]),
            st.sampled_from(["Pacific/Auckland", "America/Los_Angeles", "Europe/Berlin"]),
        ),
    ),
)


def killed_at(point: Point, database: str, run: Callable[[Connection], object]) -> None:
    """Run on a connection of its own up to a point; the end of the process is that of both."""
    module, name, is_after = point
    step = getattr(module, name)

    def killed(*arguments: Any, **named: Any) -> Any:
        if is_after:
            step(*arguments, **named)
        raise Killed

    with patch.object(module, name, killed), connect(database) as connection:
        try:
            run(connection)
        except Killed:
            connection.close()


class Story:
    """What happens, and what must come of it."""

    def __init__(self, brief: Brief, database: str) -> None:
        self.brief, self.database = brief, database
        self.readers = [dict(reader) for reader in READERS]
        self.published: list[int] = []
        self.renamings = 0
        brief.has_readers(*self.readers)
        brief.send()

    def happens(self, event: Event) -> None:
        what, detail = event
        act: Callable[[Any], None] = getattr(self, "_" + what.replace(" ", "_"))
        act(detail)
        assert all(len(told) == len(set(told)) for told in map(self.told, ADDRESSES)), event

    def ends(self) -> None:
        """The server is well again, and whom it refused for long is asked again."""
        brief = self.brief
        brief.server("takes")
        for reader in self.readers:
            if self._states(reader["name"])[-MOST_REFUSALS:] == ["refused"] * MOST_REFUSALS:
                resend(brief.job, reader["name"])
        brief.later(2 * DAY, step=3 * HOUR)
        for reader in self.readers:
            told = self.told(reader["email"])
            lost = self._may_have_arrived(reader["name"])
            assert len(told) == len(set(told))
            assert set(self.published) - set(told) <= lost

    def _publish(self, count: int) -> None:
        for _ in range(count):
            self.published.append(len(self.published) + 1)
            self.brief.publish(self.published[-1])

    def _wait(self, hours: float) -> None:
        self.brief.later(timedelta(hours=hours), step=timedelta(hours=min(hours, 2)))

    def _server(self, detail: tuple[Conduct, str]) -> None:
        self.brief.server(*detail)

    def _kill(self, point: str) -> None:
        killed_at(KILLS[point], self.database, self._run)

    def _three_at_once(self, _: None) -> None:
        def run() -> None:
            with connect(self.database) as connection:
                self._run(connection)

        senders = [threading.Thread(target=run) for _ in range(3)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()

    def _catch_up(self, days: int) -> None:
        self.brief.send(day=(self.brief.now - days * DAY).date())

    def _away_for_hours(self, place: int) -> None:
        left = [reader for number, reader in enumerate(self.readers) if number != place]
        self.brief.has_readers(*left)
        self._wait(8)
        self.brief.has_readers(*self.readers)

    def _renamed(self, place: int) -> None:
        self.renamings += 1
        self.readers[place]["name"] = f"reader {self.renamings}"
        self.brief.has_readers(*self.readers)

    def _moved(self, detail: tuple[int, str]) -> None:
        place, zone = detail
        self.readers[place]["timezone"] = zone
        self.brief.has_readers(*self.readers)

    def _run(self, connection: Connection) -> None:
        settings, now = self.brief.settings, self.brief.now
        run_job(connection, settings, "cli", "send_digest", send_digests, now=now)

    def told(self, address: str) -> list[int]:
        return [number for numbers in self.brief.told(address) for number in numbers]

    def _states(self, name: str) -> list[str]:
        query = "select state from ops.delivery where subscriber = %s order by edition_id"
        return [state for (state,) in self.brief.connection.execute(query, [name])]

    def _may_have_arrived(self, name: str) -> set[int]:
        found = self.brief.connection.execute(
            "select split_part(canonical_url, '/', 4)::int from news.edition_story"
            " join news.article using (article_id) join ops.delivery using (edition_id)"
            " where subscriber = %s and state = 'unknown' and is_told",
            [name],
        )
        return {number for (number,) in found}


def clear(brief: Brief) -> None:
    for table in ("edition", "reader", "flag", "decision", "article", "story", "parked"):
        brief.connection.execute(f"delete from news.{table}".encode())
    brief.post_office.received.clear()
    brief.server("takes")
    brief.now = NOW


@given(events=st.lists(EVENTS, min_size=2, max_size=12))
@example(events=[("publish", 1), ("server", ("away", "")), ("wait", 30), ("publish", 1)])
@example(events=[("publish", 2), ("wait", 30), ("publish", 1), ("three at once", None)])
@hypothesis.settings(
    suppress_health_check=list(hypothesis.HealthCheck), deadline=None, max_examples=12
)
def test_every_story_reaches_every_reader_exactly_once(
    brief: Brief, database: str, events: list[Event]
) -> None:
    clear(brief)
    story = Story(brief, database)
    for event in events:
        story.happens(event)
    story.ends()


@pytest.mark.parametrize("hours", [1, 8, 30])
@pytest.mark.parametrize("conduct", ["away", "is full"])
def test_a_server_that_is_not_well_for_hours(
    brief: Brief, database: str, hours: int, conduct: Conduct
) -> None:
    story = Story(brief, database)
    for event in (("publish", 2), ("server", (conduct, "")), ("wait", hours), ("publish", 2)):
        story.happens(event)
    story.ends()
    assert [sorted(story.told(address)) for address in ADDRESSES] == [[1, 2, 3, 4]] * 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("is busy", "knows nobody"),
        ("knows nobody", "is full"),
        ("takes no such mail", "drops before the text"),
        ("away", "knows nobody"),
    ],
)
def test_refusals_of_several_kinds(
    brief: Brief, database: str, first: Conduct, second: Conduct
) -> None:
    story = Story(brief, database)
    for event in (
        ("publish", 2),
        ("server", (first, ADDRESSES[0])),
        ("wait", 30),
        ("server", (second, "")),
        ("publish", 1),
        ("wait", 30),
    ):
        story.happens(event)
    story.ends()
    assert [sorted(story.told(address)) for address in ADDRESSES] == [[1, 2, 3]] * 2


@pytest.mark.parametrize("point", sorted(KILLS))
def test_a_kill_at_each_point_loses_nothing_and_tells_nothing_twice(
    brief: Brief, database: str, point: str
) -> None:
    """The server is well, so what is `unknown` has arrived, but for the moment between the mark
    and the end of the text."""
    story = Story(brief, database)
    for event in (("publish", 2), ("wait", 20), ("publish", 1)):
        story.happens(event)
    brief.now = NOW + DAY
    story.happens(("kill", point))
    story.ends()
    lost = [1, 2, 3] if point == "at the hand-over" else []
    told = [sorted(story.told(address)) for address in ADDRESSES]
    assert told == [sorted({1, 2, 3} - set(lost)), [1, 2, 3]]
