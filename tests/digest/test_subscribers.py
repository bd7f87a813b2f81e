"""subscribers.yaml: a right one, every kind of wrong one, and when an edition is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newswatch.digest.subscribers import LoadedSubscribers, Subscriber, load_subscribers
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


TOPICS = ("ukraine-talks", "witkoff")


def load(tmp_path: Path, text: str) -> LoadedSubscribers:
    path = tmp_path / "subscribers.yaml"
    path.write_text(text)
    return load_subscribers(path, TOPICS)


def read(tmp_path: Path, text: str) -> Sequence[Subscriber]:
    """Of a file without a wrong row."""
    loaded = load(tmp_path, text)
    assert loaded.errors == ()
    return loaded.readers


def test_a_right_file(tmp_path: Path) -> None:
    (reader,) = read(tmp_path, RIGHT)
    assert (reader.name, reader.email, str(reader.timezone)) == (
        "desk",
        "desk@paper.example",
        "Europe/Berlin",
    )
    assert (reader.topics, reader.min_score, reader.active) == (("witkoff",), 0.4, True)


def test_the_shipped_file_is_right_and_mails_nobody() -> None:
    folder = HOME / "dags" / "watchlist"
    topics = [path.stem for path in (folder / "topics").glob("*.yaml")]
    found = load_subscribers(folder / "subscribers.yaml", topics)
    assert [reader.active for reader in found.readers] == [False]
    assert found.errors == ()


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("desk@paper.example", "desk", "3:12: 'desk' is no mail address; write name@host"),
        ("Europe/Berlin", "Berlin", "4:15: 'Berlin' is no time zone; write Continent/City"),
        ('"07:30"', "7:30", "5:14: '7:30' is no time of day"),
        ('"07:30"', '"24:00"', "5:14: '24:00' is no time of day"),
        ("[witkoff]", "[]", "6:13: no topics; name at least one"),
        ("[witkoff]", "[witkof]", "6:14: 'witkof' is not one of ukraine-talks, witkoff; did you"),
        ("[witkoff]", "[witkoff, witkoff]", "6:23: 'witkoff' stands twice; name each topic once"),
        ("0.4", "2", "7:16: 2 is outside 0 to 1"),
        ("0.4", "nan", "7:16: 'nan' is not a number"),
        ("desk@paper.example", '"a b@x"', "3:12: 'a b@x' is no mail address"),
        ("desk@paper.example", "a@b@c", "3:12: 'a@b@c' is no mail address"),
        ("desk@paper.example", '"a@"', "3:12: 'a@' is no mail address"),
        ("name: desk", "name: ''", "2:11: the subscriber has no name"),
        ("email", "mail", "3:5: unknown key 'mail'; did you mean 'email'?"),
    ],
)
def test_errors_name_the_place(tmp_path: Path, before: str, after: str, message: str) -> None:
    (error,) = load(tmp_path, RIGHT.replace(before, after)).errors
    assert f"subscribers.yaml:{message}" in str(error)


def test_a_name_stands_once(tmp_path: Path) -> None:
    loaded = load(tmp_path, RIGHT + RIGHT.partition("\n")[2])
    assert [reader.name for reader in loaded.readers] == ["desk"]
    assert "'desk' stands twice" in str(loaded.errors[0])
    assert "the first is on line 2" in str(loaded.errors[0])


def test_a_wrong_row_costs_itself_only(tmp_path: Path) -> None:
    row = RIGHT.partition("\n")[2]
    wrong = row.replace("desk", "coast", 1).replace("Berlin", "Berlim")
    broken = "  - just a text\n"
    last = row.replace("desk", "river", 1)
    loaded = load(tmp_path, RIGHT + wrong + broken + last)
    assert [reader.name for reader in loaded.readers] == ["desk", "river"]
    assert [error.line for error in loaded.errors] == [10, 14]


@pytest.mark.parametrize("text", ["", "subscribers: 5", "readers: []", "subscribers: ["])
def test_a_file_without_a_list_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"subscribers\.yaml.*; "):
        load(tmp_path, text)


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
