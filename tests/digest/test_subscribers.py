"""subscribers.yaml: a right one, every kind of wrong one, and when an edition is due."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newswatch.digest.subscribers import Subscriber, load_subscribers
from newswatch.errors import InputError
from newswatch.settings import HOME

RIGHT = """\
subscribers:
  - name: desk
    email: desk@paper.example
    timezone: Europe/Berlin
    send_at: "07:30"
    topics: [witkoff]
    min_score: 0.4
"""


def read(tmp_path: Path, text: str) -> list[Subscriber]:
    path = tmp_path / "subscribers.yaml"
    path.write_text(text)
    return load_subscribers(path)


def test_a_right_file(tmp_path: Path) -> None:
    (reader,) = read(tmp_path, RIGHT)
    assert (reader.name, reader.email, str(reader.timezone)) == (
        "desk",
        "desk@paper.example",
        "Europe/Berlin",
    )
    assert (reader.topics, reader.min_score, reader.active) == (("witkoff",), 0.4, True)


def test_the_shipped_file_is_right_and_mails_nobody() -> None:
    found = load_subscribers(HOME / "dags" / "watchlist" / "subscribers.yaml")
    assert [reader.active for reader in found] == [False]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("desk@paper.example", "desk", "3:12: 'desk' is no mail address; write name@host"),
        ("Europe/Berlin", "Berlin", "4:15: 'Berlin' is no time zone; write Continent/City"),
        ('"07:30"', "7:30", "5:14: '7:30' is no time of day"),
        ('"07:30"', '"24:00"', "5:14: '24:00' is no time of day"),
        ("[witkoff]", "[]", "6:13: no topics; name at least one"),
        ("0.4", "2", "7:16: 2 is outside 0 to 1"),
        ("email", "mail", "3:5: unknown key 'mail'; did you mean 'email'?"),
    ],
)
def test_errors_name_the_place(tmp_path: Path, before: str, after: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, RIGHT.replace(before, after))
    assert f"subscribers.yaml:{message}" in str(caught.value)


def test_a_name_stands_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'desk' stands twice"):
        read(tmp_path, RIGHT + RIGHT.partition("\n")[2])


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-01-14T06:29:00", None),  # 07:29 in Berlin
        ("2026-01-14T06:30:00", "2026-01-14"),
        ("2026-01-14T22:59:00", "2026-01-14"),
        ("2026-01-14T23:00:00", None),  # the next local day has begun
        ("2026-07-14T05:30:00", "2026-07-14"),  # summer time
        ("2026-03-29T05:30:00", "2026-03-29"),  # the day that has 23 hours
        ("2026-10-25T06:30:00", "2026-10-25"),  # the day that has 25
    ],
)
def test_when_an_edition_is_due(tmp_path: Path, now: str, due: str | None) -> None:
    (reader,) = read(tmp_path, RIGHT)
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert reader.due_date(moment) == (date.fromisoformat(due) if due else None)


def test_a_time_that_the_clock_leaves_out_counts_as_passed(tmp_path: Path) -> None:
    (reader,) = read(tmp_path, RIGHT.replace("07:30", "02:30"))
    before, after = (
        datetime(2026, 3, 29, hour, minute, tzinfo=UTC) for hour, minute in ((0, 59), (1, 0))
    )
    assert reader.due_date(before) is None
    assert reader.due_date(after) == date(2026, 3, 29)
