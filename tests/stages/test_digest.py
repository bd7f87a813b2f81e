"""An edition tells its reader what was published and not yet told to them, whatever happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import hypothesis
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rows
from newswatch.digest.subscribers import Subscriber
from newswatch.errors import InputError
from newswatch.models import ArticleId, ReaderId, StoryId
from newswatch.stages import editions
from newswatch.stages.digest import preview, send_digests
from newswatch.stages.load import load
from newswatch.stages.reader_choices import choose
from newswatch.stages.readers import keep_up, load_readers
from newswatch.store.server.database import connect
from stages.brief import COAST, DAY, DESK, HOUR, NOW, Brief, title_of

FAR = COAST | {"timezone": "America/Los_Angeles"}


@pytest.fixture(autouse=True)
def first_story(brief: Brief) -> None:
    brief.publish(1, NOW - HOUR)


def newest_text(brief: Brief) -> str:
    return brief.post_office.received[-1].text


def test_only_who_is_due_gets_one(brief: Brief) -> None:
    """At 09:00 UTC it is past 07:30 in Berlin, and the middle of the night in Los Angeles."""
    brief.has_readers(DESK, FAR)
    counts = brief.send()
    assert (counts["editions"], counts["sent"], counts["stories"]) == (1, 1, 1)
    assert brief.deliveries() == [("desk", "sent")]
    assert [received.to for received in brief.post_office.received] == ["desk@paper.example"]


def test_a_wrong_row_costs_nobody_else_their_mail(
    brief: Brief, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = {**DESK, "name": "river", "timezone": "Europe/Berlim", "topics": ["a"]}
    brief.has_readers(wrong, "", DESK)
    counts = brief.send()
    assert (counts["subscribers_wrong"], counts["sent"]) == (2, 1)
    assert "'Europe/Berlim' is no time zone" in caplog.text
    with pytest.raises(InputError, match="'Europe/Berlim' is no time zone"):
        preview(brief.job, "river")


def test_a_file_that_cannot_be_read_holds_up_no_edition_that_is_made(brief: Brief) -> None:
    brief.server("is busy")
    brief.send()
    (brief.settings.watchlist_dir / "subscribers.yaml").write_text("subscribers: [")
    brief.server("takes")
    brief.now += HOUR
    assert brief.send()["subscribers_wrong"] == 1
    assert brief.told() == [[1]]


@pytest.mark.parametrize("asked", [{}, {"day": NOW.date()}])
def test_a_file_that_is_away_takes_nobody_out_and_is_told_of_once(
    brief: Brief, asked: dict[str, Any]
) -> None:
    brief.send()
    path = brief.settings.watchlist_dir / "subscribers.yaml"
    there = path.read_text()
    path.unlink()
    for _ in range(2):
        brief.publish(2 + len(brief.told()))
        brief.now += DAY
        assert brief.send(**asked)["subscribers_wrong"] == 1
        assert brief.alert()["subscribers_wrong"] == 1
        assert brief.connection.execute("select kind, what, error from ops.parked").fetchall() == [
            ("wrong", "subscribers.yaml", "no such file; check the path")
        ]
        path.write_text(there)
        brief.send()
        assert brief.connection.execute("select from ops.parked").fetchall() == []
        path.unlink()
    assert brief.told() == [[1], [3], [4]]


def test_a_day_of_an_empty_list_is_nobody_s(brief: Brief) -> None:
    brief.has_readers()
    assert brief.send(day=NOW.date())["editions"] == 0


def test_again_on_the_same_day_sends_nothing(brief: Brief) -> None:
    brief.send()
    brief.now += 3 * HOUR
    again = brief.send()
    assert (again["editions"], again["sent"]) == (0, 0)
    assert brief.told() == [[1]]


def test_the_next_day_tells_what_came_since(brief: Brief) -> None:
    brief.send()
    brief.publish(2, NOW + 2 * HOUR)
    brief.publish(3, NOW + 2 * HOUR, story=StoryId(1), title=f"{title_of(1)} again")
    brief.now += DAY
    brief.send()
    assert brief.deliveries("subject, stories")[-1] == (f"{title_of(1)} again · and 1 more", 2)
    text = newest_text(brief)
    assert f"DEVELOPING  {title_of(1)} again" in text
    assert "(+1 outlet)" in text
    assert f"NEW  {title_of(2)}" in text


def test_what_is_decided_before_a_digest_and_published_after_it_is_in_the_next(
    brief: Brief, database: str
) -> None:
    """Decided at 05:55, the digest at 06:00, load commits at 06:04; the second load waits for the
    first, so that its higher number cannot be seen before."""
    brief.send()  # what was there
    with connect(database) as slow, connect(database) as quick:
        brief.publish(2, NOW, loaded_at=None)
        loading = slow.transaction()
        loading.__enter__()
        assert load(rows.job(slow, now=NOW - HOUR))["articles"] == 1
        quick.execute("set lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable), quick.transaction():
            load(rows.job(quick, now=NOW))
        brief.now += DAY
        brief.send()
        loading.__exit__(None, None, None)
    brief.now += DAY
    brief.send()
    assert brief.told() == [[1], [], [2]]


@given(loads=st.lists(st.sampled_from(["publish", "digest"]), min_size=1, max_size=8))
@hypothesis.settings(
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=15,
)
def test_each_article_is_told_once_whatever_its_run_was_decided_at(
    brief: Brief, loads: list[str]
) -> None:
    """Runs decided ever earlier, as when a clock goes back or old runs are cleared."""
    for table in ("edition", "flag", "decision", "article", "story", "reader"):
        brief.connection.execute(f"delete from news.{table}".encode())
    brief.post_office.received.clear()
    for number, what in enumerate([*loads, "digest"]):
        brief.now = NOW + number * DAY
        if what == "publish":
            brief.publish(number, loaded_at=None)
            brief.now = NOW - number * DAY
            load(brief.job)
        else:
            brief.send()
    told = [number for numbers in brief.told() for number in numbers]
    # A new reader is told of a day back, and of no more.
    first = loads.index("digest") if "digest" in loads else len(loads)
    published = {number for number, what in enumerate(loads) if what == "publish"}
    assert len(told) == len(set(told))
    assert {number for number in published if number > first} <= set(told)


def test_a_fault_of_one_subscriber_is_not_the_other_ones(
    brief: Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief.has_readers(DESK, COAST)
    compose = editions.compose

    def faulty(reader: Subscriber, *rest: Any) -> Any:
        return 1 / 0 if reader.name == "desk" else compose(reader, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(editions, "compose", faulty)
        counts = brief.send()
    assert (counts["parked"], counts["sent"]) == (1, 1)
    assert brief.deliveries() == [("coast", "sent")]
    assert brief.send()["sent"] == 0  # it waits for a while ...
    assert brief.send(subscriber="desk")["sent"] == 1  # ... unless it is asked for
    assert brief.connection.execute("select what from ops.parked").fetchall() == []
    assert brief.deliveries() == [("coast", "sent"), ("desk", "sent")]


def test_no_transaction_is_open_while_an_edition_is_built(
    brief: Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may take long, and ask other machines."""
    compose = editions.compose

    def watched(*arguments: Any) -> Any:
        assert brief.connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE
        return compose(*arguments)

    monkeypatch.setattr(editions, "compose", watched)
    assert brief.send()["sent"] == 1


def test_a_quiet_next_day_says_so(brief: Brief) -> None:
    brief.send()
    brief.now += DAY
    brief.send()
    assert brief.deliveries("subject, state")[-1] == ("Thursday 15 January: nothing new", "sent")
    assert "1 story of the last edition unchanged" in newest_text(brief)


def test_an_edition_that_was_not_handed_over_told_nothing(brief: Brief) -> None:
    """Neither are its stories known, nor are they "unchanged"; and the next one says what it
    covers."""
    brief.server("away")
    brief.send()
    brief.server("takes")
    brief.publish(2, NOW + HOUR)
    brief.now += DAY
    brief.send()
    assert brief.states() == ["carried-over", "sent"]
    assert brief.told() == [[1, 2]]
    text = newest_text(brief)
    assert f"NEW  {title_of(1)}" in text
    assert "unchanged" not in text


def test_an_edition_of_several_days_says_so(brief: Brief) -> None:
    brief.send()
    assert "days" not in newest_text(brief)
    brief.now += DAY
    brief.server("away")
    brief.send()
    brief.now += DAY
    brief.server("takes")
    brief.send()
    said = "Covers 2 days: the last edition was that of Wednesday 14 January."
    assert said in newest_text(brief)


def test_what_does_not_fit_is_told_in_the_next_edition(brief: Brief) -> None:
    brief.has_readers(DESK | {"words": 200})
    for number in range(2, 42):
        brief.publish(number, NOW - HOUR)
    brief.send()
    assert brief.connection.execute(
        "select count(*) from news.edition_story where not is_told"
    ).fetchone() == (41 - len(brief.told()[0]),)
    brief.has_readers(DESK | {"words": 5000})
    brief.now += DAY
    brief.publish(90)
    brief.send()
    first, second = brief.told()
    assert 0 < len(first) < 41
    assert sorted(first + second) == [*range(1, 42), 90]


def test_what_the_mail_leads_to_is_told(brief: Brief) -> None:
    brief.settings = replace(
        brief.settings, public_url="https://watch.example", link_secret="guess" * 6
    )
    brief.has_readers(DESK | {"words": 200})
    for number in range(2, 42):
        brief.publish(number, NOW - HOUR)
    brief.send()
    assert "more: https://watch.example/edition/" in newest_text(brief)
    brief.now += DAY
    brief.publish(90)
    brief.send()
    assert brief.told()[1] == [90]


@pytest.mark.parametrize("days", [(13, 14, 15), (15, 14, 13), (14, 15, 13)])
def test_days_are_caught_up_in_any_order(brief: Brief, days: tuple[int, ...]) -> None:
    """The 13th is long past, and is kept without being sent: it tells nothing."""
    brief.now = NOW - 2 * DAY
    brief.send(subscriber="desk")
    brief.publish(2, NOW - DAY)
    brief.now = NOW + DAY
    for day in days:
        brief.send(day=date(2026, 1, day))
    assert sorted(number for numbers in brief.told() for number in numbers) == [1, 2]
    assert sorted(brief.deliveries("extract(day from local_date)::int, state")) == [
        (12, "sent"),
        (13, "skipped"),
        (14, "sent"),
        (15, "sent"),
    ]


def test_a_day_that_has_not_begun_has_no_edition(brief: Brief) -> None:
    tomorrow = NOW.date() + DAY
    for ask in (brief.send, lambda day: preview(brief.job, "desk", day)):
        with pytest.raises(InputError, match=r"2026-01-15 has not begun; .*name today"):
            ask(day=tomorrow)
    brief.has_readers(DESK, COAST | {"timezone": "Pacific/Auckland"})
    brief.now = NOW + 5 * HOUR  # tomorrow has begun there
    brief.send(day=tomorrow)
    assert brief.deliveries() == [("coast", "sent")]


def test_a_new_reader_is_told_of_the_day_before_they_came_and_of_all_since(brief: Brief) -> None:
    brief.publish(2, NOW - 30 * HOUR, publication=0)
    brief.has_readers(DESK | {"send_at": "23:50"})
    brief.send()
    brief.publish(3, NOW + HOUR)
    brief.later(14 * HOUR)
    assert brief.told() == [[1, 3]]


def test_a_story_that_is_published_again_for_another_topic_is_told_under_that(
    brief: Brief,
) -> None:
    """A newer wording that raises a topic is news; what was told of it is not."""
    brief.has_readers(DESK | {"topics": ["witkoff", "harbour"]})
    brief.send()
    (article_id,) = brief.connection.execute("select article_id from news.article").fetchall()[0]
    brief.connection.execute(
        "update news.article set publication = nextval('news.publication_number')"
    )
    rows.flag(brief.connection, article_id, topic="harbour")
    brief.now += DAY
    brief.send()
    told = (
        "select local_date - %s, topic from news.edition_story join news.edition using (edition_id)"
    )
    assert brief.connection.execute(told, [NOW.date()]).fetchall() == [
        (0, "witkoff"),
        (1, "harbour"),
    ]


def test_a_lower_least_score_is_no_reason_to_tell_old_news(brief: Brief) -> None:
    brief.has_readers(DESK | {"min_score": 0.9})
    brief.send()
    brief.has_readers(DESK)
    brief.publish(2, NOW + HOUR)
    brief.now += DAY
    brief.send()
    assert brief.told() == [[], [2]]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, [1, 2, 3]),
        ({"min_score": 0}, [1, 2, 3]),
        ({"min_score": 0.5}, [2, 3]),
        ({"min_score": 1}, [3]),
    ],
)
def test_a_least_score_leaves_out_what_is_below_it_and_none_nothing(
    brief: Brief, asked: dict[str, float], told: list[int]
) -> None:
    for number, score in enumerate((0.0, 0.5, 1.0), start=1):
        article_id = ArticleId(1) if number == 1 else brief.publish(number)
        brief.connection.execute(
            "update news.flag set score = %s where article_id = %s", [score, article_id]
        )
    brief.has_readers(DESK | asked)
    brief.send()
    assert brief.told() == [told]


class TestPreview:
    def test_it_stores_nothing_and_is_what_is_sent(self, brief: Brief) -> None:
        found = preview(brief.job, "desk")
        assert brief.deliveries() == []
        brief.send()
        (stored,) = brief.deliveries("subject")[0]
        assert stored == found.rendered.subject
        assert found.edition.stories == 1

    def test_it_tells_what_was_not_told(self, brief: Brief) -> None:
        brief.send()
        brief.publish(2)
        assert title_of(1) not in preview(brief.job, "desk").rendered.text
        assert title_of(2) in preview(brief.job, "desk").rendered.text

    def test_of_an_edition_that_is_made_it_says_where_it_is(self, brief: Brief) -> None:
        brief.send()
        with pytest.raises(InputError, match="show --subscriber desk --rhythm daily --date 2026"):
            preview(brief.job, "desk", NOW.date())


def test_a_reader_gets_the_topics_that_they_chose(brief: Brief) -> None:
    brief.has_readers(DESK | {"topics": ["ferries", "witkoff"]})
    keep_up(brief.job, load_readers(brief.settings))
    choose(brief.job, ReaderId(1), receives=True, topics=["ferries"])
    brief.send()
    assert "Nothing new" in newest_text(brief)
    assert brief.told() == [[]]


def test_an_unknown_subscriber_is_an_input_error(brief: Brief) -> None:
    with pytest.raises(InputError, match=r"no subscriber 'dask'.*known: desk"):
        send_digests(brief.job, subscriber="dask")


def test_an_edition_is_late_rather_than_never(brief: Brief) -> None:
    """At 23:50, and the run after it is on the next day; then an outage of the scheduler."""
    brief.has_readers(DESK | {"send_at": "23:50"})
    brief.later(15 * HOUR)
    assert brief.told() == [[1]]
    brief.publish(2)
    brief.now += timedelta(days=1, hours=3)
    brief.send()
    assert brief.told() == [[1], [2]]
    assert brief.deliveries("local_date - date '2026-01-14'") == [(0,), (1,)]
