"""Who comes, leaves, comes back, and is called otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from stages.brief import COAST, DAY, DESK, HOUR, NOW, Brief

AWAY = DESK | {"active": False}


@pytest.fixture(autouse=True)
def first_story(brief: Brief) -> None:
    brief.publish(1, NOW - HOUR)


@pytest.mark.parametrize("rest", [[], [AWAY]], ids=["taken out", "inactive"])
def test_who_has_left_gets_nothing_more(brief: Brief, rest: list[dict[str, Any]]) -> None:
    """Not even what was made for them, and waits."""
    brief.server("is busy")
    brief.send()
    brief.has_readers(*rest, COAST)
    brief.server("takes")
    brief.later(30 * HOUR)
    assert brief.told() == []
    assert brief.told("coast@paper.example") == [[1], []]


def test_who_comes_back_within_a_day_has_missed_nothing(brief: Brief) -> None:
    brief.send()
    brief.has_readers()  # a file that was emptied by mistake
    brief.later(HOUR)
    brief.publish(2)
    brief.has_readers(DESK)
    brief.later(DAY)
    assert brief.told() == [[1], [2]]


def test_who_comes_back_later_begins_as_one_who_is_new(brief: Brief) -> None:
    brief.send()
    brief.has_readers(AWAY)
    brief.later(HOUR)
    for days in range(1, 10):
        brief.publish(10 + days, NOW + days * DAY)
    brief.now = NOW + timedelta(days=9, hours=2)
    brief.has_readers(DESK)
    brief.send()
    assert brief.told() == [[1], [19]]


def test_an_inactive_reader_who_is_asked_for_gets_what_a_new_one_gets(brief: Brief) -> None:
    brief.has_readers(AWAY)
    brief.send()
    assert brief.told() == []
    brief.send(subscriber="desk")
    assert brief.told() == [[1]]
    brief.now += DAY
    brief.send()
    assert brief.told() == [[1]]


def test_a_row_that_is_wrong_by_now_is_no_farewell(brief: Brief) -> None:
    """Nobody knows what they want, so they get what is made, and nothing new."""
    brief.server("is busy")
    brief.send()
    brief.has_readers(DESK | {"timezone": "Europe/Berlim"})
    brief.server("takes")
    brief.later(HOUR)
    assert brief.told() == [[1]]
    brief.has_readers(DESK)
    brief.publish(2)
    brief.later(DAY)
    assert brief.told() == [[1], [2]]


def test_who_is_called_otherwise_was_told_all_the_same(brief: Brief) -> None:
    brief.send()
    brief.has_readers(DESK | {"name": "news desk"})
    assert brief.send()["editions"] == 0
    brief.publish(2)
    brief.later(DAY)
    assert brief.told() == [[1], [2]]
    assert brief.deliveries("subscriber") == [("news desk",), ("news desk",)]


def test_the_name_of_one_who_is_called_otherwise_can_be_given_away(brief: Brief) -> None:
    brief.send()
    renamed, other = DESK | {"name": "news desk"}, COAST | {"name": "desk"}
    brief.has_readers(renamed)
    brief.send()
    brief.has_readers(renamed, other)
    brief.send()
    assert brief.told("coast@paper.example") == [[1]]
    assert brief.told() == [[1]]


def test_an_address_that_is_mended_gets_what_waits(brief: Brief) -> None:
    brief.server("is busy", only_for="desk@paper.example")
    brief.send()
    brief.has_readers(DESK | {"email": "new@paper.example"})
    brief.later(HOUR)
    assert (brief.told(), brief.told("new@paper.example")) == ([], [[1]])
    assert brief.deliveries("email, state") == [("new@paper.example", "sent")]


def test_who_moves_gets_every_story_once_and_waits_a_day_and_a_half_at_most(brief: Brief) -> None:
    at_home = DESK | {"timezone": "Pacific/Auckland"}
    brief.has_readers(at_home)
    brief.send()
    before = len(brief.told())
    brief.publish(2)
    brief.later(12 * HOUR)
    brief.has_readers(at_home | {"timezone": "America/Los_Angeles"})
    brief.publish(3)
    brief.later(36 * HOUR)
    assert len(brief.told()) > before + 1
    assert sorted(number for numbers in brief.told() for number in numbers) == [1, 2, 3]
