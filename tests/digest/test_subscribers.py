"""subscribers.yaml: a right one, every kind of wrong one, and when an edition is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from pathlib import Path

import pytest

from newswatch.digest.alerts import Marks, QuietHours
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


def place_of(url: str) -> str:
    kind, slashes, _ = url.partition("://")
    if not slashes:
        raise ValueError("no service")
    return f"{kind}://…"


def load(tmp_path: Path, text: str) -> LoadedSubscribers:
    path = tmp_path / "subscribers.yaml"
    path.write_text(text)
    return load_subscribers(path, TOPICS, place_of)


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
    found = load_subscribers(folder / "subscribers.yaml", topics, place_of)
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
        ("desk@paper.example", "a@bü_c.example", "3:12: 'a@bü_c.example' is no mail address"),
        ("min_score: 0.4", "weekdays: [mo]", "7:16: 'mo' is not one of mon, tue, wed, thu, fri,"),
        ("min_score: 0.4", "weekdays: [mon, mon]", "7:21: 'mon' stands twice; name each day once"),
        ("min_score: 0.4", "weekdays: []", "7:15: no days; name some of mon, tue"),
        ("min_score: 0.4", "rhythms: [hourly]", "7:15: 'hourly' is not one of daily, weekly"),
        ("min_score: 0.4", "review_on: sunday", "7:16: 'sunday' is not one of mon, tue"),
        ("min_score: 0.4", "alerts: {quiet: 22:00-07:00}", "7:13: no mark; name outlets, score or"),
        ("min_score: 0.4", "alerts: {outlets: 0}", "7:23: 0 is outside 1 to 1000"),
        ("min_score: 0.4", "alerts: {score: .5, quiet: 22-7}", "7:32: '22-7' are no hours; write"),
        ("min_score: 0.4", "alerts: {salience: passing}", "7:24: 'passing' is not one of headline"),
        ("email: desk@paper.example", "channel: secret", "3:14: no service; write it as in ntfy:"),
        ("send_at", "channel: ntfy://a/b\n    send_at", "5:14: both email and channel; name one"),
        ("email: desk@paper.example", "active: true", "2:5: neither email nor channel; name one"),
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
    ("written", "kept"),
    [
        ("x@bücher.example", "x@xn--bcher-kva.example"),
        ("x@BÜCHER.example", "x@xn--bcher-kva.example"),
        ("jürgen@paper.example", "jürgen@paper.example"),  # where the server takes it
        ("жук@почта.example", "жук@xn--80a1acny.example"),
    ],
)
def test_a_host_outside_ascii_has_its_ascii_form(tmp_path: Path, written: str, kept: str) -> None:
    (reader,) = read(tmp_path, RIGHT.replace("desk@paper.example", written))
    assert reader.email == kept


def test_days_of_the_week(tmp_path: Path) -> None:
    (reader,) = read(tmp_path, RIGHT + "    weekdays: [fri, mon]\n")
    assert reader.weekdays == {0, 4}
    (every,) = read(tmp_path, RIGHT)
    assert len(every.weekdays) == 7


def test_the_address_of_a_service_is_kept_and_shown_to_nobody(tmp_path: Path) -> None:
    text = RIGHT.replace("email: desk@paper.example", "channel: ntfy://secret/topic")
    (reader,) = read(tmp_path, text)
    assert (reader.email, reader.channel) == ("ntfy://…", "ntfy://secret/topic")
    assert "secret" not in repr(reader)


def test_rhythms(tmp_path: Path) -> None:
    (usual,) = read(tmp_path, RIGHT)
    assert (usual.rhythms, usual.review_on, usual.alerts) == (("daily",), 6, None)
    more = (
        "    rhythms: [weekly, daily]\n    review_on: sat\n"
        '    alerts: {outlets: 5, salience: headline, quiet: "22:00-07:00"}\n'
    )
    (reader,) = read(tmp_path, RIGHT + more)
    assert (reader.rhythms, reader.review_on) == (("daily", "weekly"), 5)
    assert reader.timetable("weekly").weekdays == {5}
    assert reader.alerts == Marks(5, 0.0, "headline", QuietHours(time(22), time(7)))


def rows_of(*readers: tuple[str, str]) -> str:
    row = RIGHT.partition("\n")[2]
    made = [
        row.replace("name: desk", f"name: {name}").replace("desk@paper.example", email)
        for name, email in readers
    ]
    return "subscribers:\n" + "".join(made)


KNOWN = {"desk": "desk@paper.example", "coast": "coast@paper.example"}
DESK, COAST = KNOWN.items()


@pytest.mark.parametrize(
    ("readers", "renamed"),
    [
        ([DESK, COAST], {}),
        ([("news desk", "desk@paper.example"), COAST], {"desk": "news desk"}),
        ([DESK, COAST, ("extra", "desk@paper.example")], {}),  # a second edition to one address
        ([("news desk", "new@paper.example"), COAST], {}),  # nothing says that it is the same
        ([("a", "desk@paper.example"), ("b", "desk@paper.example"), COAST], {}),  # which of them?
        ([("coast", "desk@paper.example")], {}),  # a known name keeps what it is
        ([COAST], {}),
    ],
)
def test_who_changed_only_their_name(
    tmp_path: Path, readers: list[tuple[str, str]], renamed: dict[str, str]
) -> None:
    assert load(tmp_path, rows_of(*readers)).renamed(KNOWN) == renamed


def test_a_name_in_a_wrong_row_is_not_gone(tmp_path: Path) -> None:
    wrong = rows_of(DESK).replace("Berlin", "Berlim")
    loaded = load(tmp_path, wrong + rows_of(("news desk", DESK[1])).partition("\n")[2])
    assert (loaded.names, loaded.renamed(KNOWN)) == ({"desk", "news desk"}, {})
    broken = load(tmp_path, rows_of(("news desk", DESK[1])) + "  - just a text\n")
    assert (None in broken.names, broken.renamed(KNOWN)) == (True, {})
