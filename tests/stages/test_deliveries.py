"""A delivery is tried until the next edition is due, is made once, and is told of if given up."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

import rows
from loopback import Reply, serving
from newswatch.digest.lifetime import MOST_REFUSALS
from newswatch.errors import InputError
from newswatch.stages.deliveries import MOST_AWAY
from newswatch.stages.digest import resend
from newswatch.stages.issues import OF_DIGEST
from newswatch.store import outbox
from newswatch.store.health import measure
from newswatch.store.server.database import connect
from stages.brief import COAST, DAY, DESK, HOUR, NOW, Brief
from stages.post_office import Conduct


@pytest.fixture(autouse=True)
def first_story(brief: Brief) -> None:
    brief.publish(1, NOW - HOUR)


def wrong(brief: Brief) -> list[str]:
    """What the watchdog sees to be wrong with editions."""
    found = measure(brief.connection, brief.now, 4).editions
    return [f"{edition.subscriber} {edition.local_date}: {edition.state}" for edition in found]


@pytest.mark.parametrize("hours", [1, 8, 23])
def test_a_server_that_is_away_for_hours_costs_hours(brief: Brief, hours: int) -> None:
    brief.server("away")
    brief.send()
    brief.publish(2)
    brief.later(timedelta(hours=hours))
    brief.server("takes")
    brief.later(1.25 * HOUR)
    if hours < 22:
        assert brief.told() == [[1]]
        assert brief.states() == ["sent"]
    brief.later(DAY)
    assert [number for numbers in brief.told() for number in numbers] == [1, 2]


def test_a_server_that_is_away_when_the_next_edition_is_due_costs_nothing_either(
    brief: Brief,
) -> None:
    brief.server("away")
    brief.send()
    brief.publish(2)
    brief.later(30 * HOUR)
    assert brief.states() == ["carried-over", "deferred"]
    assert wrong(brief) == ["desk 2026-01-14: carried-over", "desk 2026-01-15: deferred"]
    brief.server("takes")
    brief.later(1.25 * HOUR)
    assert brief.told() == [[1, 2]]
    assert wrong(brief) == []


def test_an_edition_that_is_skipped_holds_up_none_that_waits(brief: Brief) -> None:
    brief.server("is busy")
    brief.send()
    brief.send(day=NOW.date() - 3 * DAY)
    assert brief.states() == ["deferred", "skipped"]
    brief.server("takes")
    brief.later(HOUR)
    assert brief.told() == [[1]]
    brief.later(DAY)
    assert brief.told() == [[1], []]


def test_pauses_grow_up_to_an_hour(brief: Brief) -> None:
    brief.server("is busy")
    tried = []
    for minute in range(0, 6 * 60):
        brief.now = NOW + timedelta(minutes=minute)
        if brief.send().get("deferred"):
            tried.append(minute)
    assert tried == [0, 10, 30, 70, 130, 190, 250, 310]


def test_a_server_that_is_away_is_not_asked_for_every_reader(brief: Brief) -> None:
    """Each time may take until the connection times out; the others wait for the next run."""
    readers = [DESK | {"name": f"{n}", "email": f"{n}@paper.example"} for n in range(MOST_AWAY + 4)]
    brief.has_readers(*readers)
    brief.server("away")
    assert brief.send()["deferred"] == MOST_AWAY
    assert sum(attempts for (attempts,) in brief.deliveries("attempts")) == MOST_AWAY
    brief.server("takes")
    brief.later(HOUR)
    assert all(brief.told(reader["email"]) == [[1]] for reader in readers)


def test_readers_that_the_server_has_no_time_for_hold_up_nobody(brief: Brief) -> None:
    readers = [DESK | {"name": f"{n}", "email": f"{n}@paper.example"} for n in range(MOST_AWAY + 4)]
    brief.has_readers(*readers, COAST)
    brief.post_office.conduct = lambda to: "takes" if to == COAST["email"] else "is busy"
    assert brief.send()["sent"] == 1
    assert brief.told("coast@paper.example") == [[1]]


@pytest.mark.parametrize("conduct", ["is busy", "is full", "drops before the text", "away"])
def test_what_was_not_taken_is_tried_again(brief: Brief, conduct: Conduct) -> None:
    brief.server(conduct)
    counts = brief.send()
    assert (counts["deferred"], counts["sent"], counts.get("given_up")) == (1, 0, None)
    ((state, attempts),) = brief.deliveries("state, attempts")
    assert (state, attempts) == ("deferred", 1)
    brief.server("takes")
    brief.now += timedelta(minutes=15)
    assert brief.send()["sent"] == 1
    assert brief.told() == [[1]]


@pytest.mark.parametrize("conduct", ["knows nobody", "takes no such mail"])
def test_what_was_refused_for_good_is_told_and_not_tried_again(
    brief: Brief, conduct: Conduct
) -> None:
    brief.has_readers(DESK, COAST)
    brief.server(conduct, only_for="desk@paper.example")
    counts = brief.send()
    assert (counts["refused"], counts["sent"], counts["given_up"]) == (1, 1, 1)
    brief.later(6 * HOUR)
    assert brief.deliveries("subscriber, state, attempts") == [
        ("desk", "refused", 1),
        ("coast", "sent", 1),
    ]
    assert wrong(brief) == ["desk 2026-01-14: refused"]


def test_the_edition_after_a_refused_one_tells_what_that_would_have_told(brief: Brief) -> None:
    brief.server("knows nobody")
    brief.send()
    brief.server("takes")
    brief.publish(2)
    brief.later(DAY)
    assert brief.told() == [[1, 2]]


def test_an_address_that_refuses_always_is_left_alone_until_it_is_mended(brief: Brief) -> None:
    brief.server("knows nobody")
    brief.send()
    brief.later((MOST_REFUSALS + 3) * DAY, step=HOUR)
    assert brief.states() == ["refused"] * MOST_REFUSALS
    brief.server("takes")
    brief.publish(2)
    brief.has_readers(DESK | {"email": "desk@paper2.example"})
    brief.send()
    assert brief.told("desk@paper2.example") == [[1, 2]]


@pytest.mark.parametrize(
    ("conduct", "arrived"), [("drops the text", []), ("takes and says nothing", [[1]])]
)
def test_what_may_have_arrived_is_not_sent_again_by_itself(
    brief: Brief, conduct: Conduct, arrived: list[list[int]]
) -> None:
    brief.server(conduct)
    counts = brief.send()
    assert (counts["unknown"], counts["given_up"]) == (1, 1)
    brief.server("takes")
    brief.later(HOUR)
    assert (brief.states(), brief.told()) == (["unknown"], arrived)
    assert wrong(brief) == ["desk 2026-01-14: unknown"]
    brief.later(DAY)
    assert brief.told() == [*arrived, []]
    assert wrong(brief) == []


class Killed(BaseException):
    """Ends the process, as far as the program can tell."""


@pytest.mark.parametrize(
    ("at", "left", "told"),
    [
        ("take", "deferred", [[1]]),  # it was only taken
        ("hand_over", "deferred", [[1]]),  # before the line that ends the text
        ("record", "unknown", [[1]]),  # the server has it, and nobody wrote it down
    ],
)
def test_a_kill_leaves_what_is_certain_to_be_tried_again(
    brief: Brief, monkeypatch: pytest.MonkeyPatch, at: str, left: str, told: list[list[int]]
) -> None:
    step = getattr(outbox, at)

    def killed(*arguments: object, **named: object) -> None:
        if at == "take":
            step(*arguments, **named)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(outbox, at, killed)
        with pytest.raises(Killed):
            brief.send()
    brief.now += timedelta(minutes=15)
    counts = brief.send()
    assert counts.get(left) == 1
    assert brief.told() == told
    brief.later(DAY)
    assert [number for numbers in brief.told() for number in numbers] == [1]


class TestResend:
    def test_of_one_that_may_not_have_arrived(self, brief: Brief) -> None:
        brief.server("drops the text")
        brief.send()
        brief.server("takes")
        assert resend(brief.job, "desk", NOW.date())["sent"] == 1
        assert brief.told() == [[1]]
        brief.later(DAY)
        assert brief.told() == [[1], []]

    def test_of_one_that_was_refused(self, brief: Brief) -> None:
        brief.server("knows nobody")
        brief.send()
        brief.server("takes")
        assert resend(brief.job, "desk")["sent"] == 1
        brief.later(DAY)
        assert brief.told() == [[1], []]

    def test_of_one_that_was_sent_tells_no_story_twice_later(self, brief: Brief) -> None:
        """Even if the second copy never gets through."""
        brief.send()
        brief.server("away")
        resend(brief.job, "desk")
        brief.later(DAY)
        brief.server("takes")
        brief.later(HOUR)
        assert brief.told() == [[1], []]
        first, second = brief.post_office.to("desk@paper.example")
        assert first.mail["Message-ID"] != second.mail["Message-ID"]

    def test_a_second_copy_has_the_name_of_the_first(self, brief: Brief) -> None:
        brief.send()
        resend(brief.job, "desk")
        first, second = brief.post_office.to("desk@paper.example")
        assert first.mail["Message-ID"] == second.mail["Message-ID"]

    def test_not_of_one_whose_news_a_later_one_tells(self, brief: Brief) -> None:
        brief.server("away")
        brief.send()
        brief.now += DAY
        brief.send()
        with pytest.raises(InputError, match="never reached 'desk', and later ones tell"):
            resend(brief.job, "desk", NOW.date())

    @pytest.mark.parametrize(("name", "day"), [("dask", None), ("desk", NOW.date() - DAY)])
    def test_not_of_one_that_was_never_made(self, brief: Brief, name: str, day: object) -> None:
        brief.send()
        with pytest.raises(InputError, match=f"no daily edition.* was made for '{name}'"):
            resend(brief.job, name, day)  # type: ignore[arg-type]


def test_many_workers_send_each_edition_once(brief: Brief, database: str) -> None:
    """They take what waits: no two the same."""
    for number in range(20):
        edition_id = rows.edition(brief.connection, local_date=NOW.date())
        outbox.add(brief.connection, edition_id, f"<{number}@x>", "pending", NOW)
    taken: list[int] = []
    lock = threading.Lock()

    def work() -> None:
        with connect(database) as connection:
            while (delivery := outbox.take(connection, OF_DIGEST, NOW)) is not None:
                with lock:
                    taken.append(delivery.edition_id)

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(taken) == len(set(taken)) == 20


def test_a_reader_may_name_a_service_in_place_of_mail(
    brief: Brief, caplog: pytest.LogCaptureFixture
) -> None:
    """Its address is secret, and is in the file alone: not in the database, the log or a letter."""
    with serving() as site:
        site.otherwise = Reply(503)
        url = site.base.replace("http", "json") + "/hush"
        row = {key: value for key, value in DESK.items() if key != "email"}
        brief.has_readers(row | {"channel": url})
        brief.send()
        site.otherwise = Reply(200)
        brief.now += HOUR
        brief.send()
        assert [request.path for request in site.requests] == ["/hush", "/hush"]
        assert "Quay" in json.loads(site.requests[1].body)["message"]
    assert brief.states() == ["sent"]
    kept = brief.deliveries("email, coalesce(last_error, ''), subject")
    # Under pytest loggers that lead nowhere are heard too: apprise's is made one.
    assert not logging.getLogger("apprise").propagate
    heard = [record.getMessage() for record in caplog.records if record.name != "apprise"]
    assert "hush" not in f"{kept} {heard}"
    assert brief.post_office.received == []


def test_a_server_whose_name_is_nobodys_is_tried_again(brief: Brief) -> None:
    right = brief.settings
    brief.settings = replace(right, smtp_url="smtp://127.0.0.1:1")
    brief.send()
    ((state, error),) = brief.deliveries("state, last_error")
    assert state == "deferred"
    assert "127.0.0.1:1" in error
    brief.settings = right
    brief.later(HOUR)
    assert brief.told() == [[1]]
