"""An edition is made once a subscriber and local date, and sent once, whatever happens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import rows
from demo.mailbox import Mailbox
from newswatch.digest.subscribers import Subscriber
from newswatch.errors import InputError
from newswatch.models import ArticleId, StoryId
from newswatch.settings import Settings, read_settings
from newswatch.stages import digest
from newswatch.stages.digest import preview, send_digests
from newswatch.stages.job import Job
from newswatch.stages.load import load
from newswatch.store import digests
from newswatch.store.digests import NewEdition
from newswatch.store.server.database import Connection, connect

NOW = datetime(2026, 1, 14, 9, 0, tzinfo=UTC)
READERS = [
    {
        "name": "desk",
        "email": "desk@paper.example",
        "timezone": "Europe/Berlin",
        "send_at": "07:30",
        "topics": ["witkoff"],
    },
    {
        "name": "coast",
        "email": "coast@paper.example",
        "timezone": "America/Los_Angeles",
        "send_at": "07:30",
        "topics": ["witkoff"],
    },
]


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with Mailbox(tmp_path / "mail") as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path, mailbox: Mailbox) -> Settings:
    (tmp_path / "subscribers.yaml").write_text(yaml.safe_dump({"subscribers": READERS}))
    return read_settings(
        {}, embedder="none", watchlist_dir=tmp_path, smtp_url=f"smtp://127.0.0.1:{mailbox.port}"
    )


@pytest.fixture
def job(connection: Connection, settings: Settings) -> Job:
    flag_an_article(connection, 1, NOW - timedelta(hours=1))
    return rows.job(connection, settings, NOW)


def at(job: Job, now: datetime) -> Job:
    return replace(job, now=now)


def title_of(number: int) -> str:
    """A headline of words that no other number's has."""
    ending = f"{chr(97 + number // 26)}{chr(97 + number % 26)}"
    return " ".join(f"{stem}{ending}" for stem in ("Quay", "regatta", "lantern", "harvest"))


def flag_an_article(
    connection: Connection,
    number: int,
    loaded_at: datetime | None,
    story: StoryId | None = None,
    **columns: Any,
) -> ArticleId:
    """An original of a story of its own, or of one that is there; without `loaded_at` it waits to
    be published. Numbers are events of their own."""
    seen_at = loaded_at or NOW
    with connection.transaction():
        article_id = rows.article(
            connection,
            at=seen_at,
            canonical_url=f"https://paper.example/{number}",
            outlet=f"Paper {number}",
            flagged_at=seen_at,
            loaded_at=loaded_at,
            **{"title": title_of(number), "text": ""} | columns,
        )
        story_id = story or rows.story(connection, at=seen_at)
        rows.decision(connection, article_id, at=seen_at, story_id=story_id)
        rows.flag(connection, article_id)
    return article_id


def deliveries(job: Job, columns: str = "subscriber, state") -> list[tuple[Any, ...]]:
    query = f"select {columns} from ops.delivery order by edition_id"
    return job.connection.execute(query.encode()).fetchall()


def test_only_who_is_due_gets_one(job: Job, mailbox: Mailbox) -> None:
    """At 09:00 UTC it is past 07:30 in Berlin, and the middle of the night in Los Angeles."""
    counts = send_digests(job)
    assert (counts["editions"], counts["sent"], counts["stories"]) == (1, 1, 1)
    assert deliveries(job) == [("desk", "sent")]
    (mail,) = mailbox.folder.glob("*.eml")
    assert b"To: desk@paper.example" in mail.read_bytes()


def test_a_wrong_row_costs_nobody_else_their_mail(
    job: Job, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = [{**READERS[0], "name": "river", "timezone": "Europe/Berlim", "topics": ["a"]}, ""]
    file = job.settings.watchlist_dir / "subscribers.yaml"
    file.write_text(yaml.safe_dump({"subscribers": [*wrong, *READERS]}))
    counts = send_digests(job)
    assert (counts["subscribers_wrong"], counts["sent"]) == (2, 1)
    assert "'Europe/Berlim' is no time zone" in caplog.text
    with pytest.raises(InputError, match="'Europe/Berlim' is no time zone"):
        preview(job, "river", NOW.date())


def test_again_on_the_same_day_sends_nothing(job: Job, mailbox: Mailbox) -> None:
    send_digests(job)
    again = send_digests(at(job, NOW + timedelta(hours=3)))
    assert (again["editions"], again["sent"]) == (0, 0)
    assert len(list(mailbox.folder.glob("*.eml"))) == 1


def test_the_next_day_tells_what_came_since(job: Job) -> None:
    send_digests(job)
    flag_an_article(job.connection, 2, NOW + timedelta(hours=2))
    flag_an_article(job.connection, 3, NOW + timedelta(hours=2), story=StoryId(1))
    send_digests(at(job, NOW + timedelta(days=1)))
    assert deliveries(job, "subject, stories")[-1] == (f"{title_of(3)} · and 1 more", 2)
    (text,) = job.connection.execute(
        "select body_text from news.edition order by edition_id desc limit 1"
    ).fetchall()[0]
    assert f"DEVELOPING  {title_of(3)}" in text
    assert "(+1 outlet)" in text
    assert f"NEW  {title_of(2)}" in text


def test_what_is_decided_before_a_digest_and_published_after_it_is_in_the_next(
    job: Job, database: str
) -> None:
    """Decided at 05:55, the digest at 06:00, load commits at 06:04; the second load waits for the
    first, so that its higher number cannot be seen before."""
    send_digests(job)  # what was there
    with connect(database) as slow, connect(database) as quick:
        flag_an_article(job.connection, 2, None)
        loading = slow.transaction()
        loading.__enter__()
        early = NOW - timedelta(minutes=5)
        assert load(rows.job(slow, now=early))["articles"] == 1
        quick.execute("set lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable), quick.transaction():
            load(rows.job(quick, now=NOW))
        send_digests(at(job, NOW + timedelta(days=1)))
        loading.__exit__(None, None, None)
    send_digests(at(job, NOW + timedelta(days=2)))
    carried = job.connection.execute(
        "select local_date - %s, article_id from news.edition_story join news.edition"
        " using (edition_id) order by 1, 2",
        [NOW.date()],
    ).fetchall()
    assert [day for day, _ in carried] == [0, 2]
    assert len({article_id for _, article_id in carried}) == 2


@given(loads=st.lists(st.sampled_from(["publish", "digest"]), min_size=1, max_size=8))
@hypothesis.settings(
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=15,
)
def test_each_article_is_in_one_edition_whatever_its_run_was_decided_at(
    connection: Connection, settings: Settings, loads: list[str]
) -> None:
    """Runs decided ever earlier, as when a clock goes back or old runs are cleared."""
    for table in ("edition", "flag", "decision", "article", "story"):
        connection.execute(f"delete from news.{table}".encode())
    job = rows.job(connection, settings, NOW)
    for number, what in enumerate([*loads, "digest"]):
        if what == "publish":
            flag_an_article(connection, number, None)
            load(at(job, NOW - timedelta(days=number)))
        else:
            send_digests(at(job, NOW + timedelta(days=number)))
    carried = "select count(*), count(distinct article_id) from news.edition_story"
    # The first edition looks a day back, and no further.
    first = loads.index("digest") if "digest" in loads else len(loads)
    expected = sum(what == "publish" for what in loads[first:])
    ((number, different),) = connection.execute(carried).fetchall()
    assert number == different >= expected


def test_a_fault_of_one_subscriber_is_not_the_other_ones(
    job: Job, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    afternoon = at(job, NOW + timedelta(hours=9))  # both are due
    compose = digest.compose

    def faulty(reader: Subscriber, *rest: Any) -> Any:
        return 1 / 0 if reader.name == "desk" else compose(reader, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(digest, "compose", faulty)
        counts = send_digests(afternoon)
    assert (counts["parked"], counts["sent"]) == (1, 1)
    assert deliveries(job) == [("coast", "sent")]
    assert send_digests(afternoon)["sent"] == 0  # it waits for a while ...
    assert send_digests(afternoon, subscriber="desk")["sent"] == 1  # ... unless it is asked for
    assert job.connection.execute("select what from ops.parked").fetchall() == []
    assert deliveries(job) == [("coast", "sent"), ("desk", "sent")]


def test_a_quiet_next_day_says_so(job: Job) -> None:
    send_digests(job)
    send_digests(at(job, NOW + timedelta(days=1)))
    assert deliveries(job, "subject, state")[-1] == ("Thursday 15 January: nothing new", "sent")
    (text,) = job.connection.execute(
        "select body_text from news.edition order by edition_id desc limit 1"
    ).fetchall()[0]
    assert "1 story of the last edition unchanged" in text


def test_a_backfilled_day_is_kept_and_not_sent(job: Job, mailbox: Mailbox) -> None:
    counts = send_digests(job, day=date(2026, 1, 10), subscriber="desk")
    assert (counts["skipped"], counts["sent"]) == (1, 0)
    assert deliveries(job) == [("desk", "skipped")]
    assert list(mailbox.folder.glob("*.eml")) == []


def test_a_server_that_is_down_is_tried_again_at_the_next_run(
    job: Job, settings: Settings, mailbox: Mailbox
) -> None:
    nowhere = replace(settings, smtp_url="smtp://127.0.0.1:1")
    down = replace(job, settings=nowhere)
    counts = send_digests(down)
    assert (counts["failed"], counts["sent"]) == (1, 0)
    ((state, attempts, error),) = deliveries(job, "state, attempts, last_error")
    assert (state, attempts) == ("failed", 1)
    assert "127.0.0.1:1" in error
    assert send_digests(at(job, NOW + timedelta(minutes=15)))["sent"] == 1
    assert len(list(mailbox.folder.glob("*.eml"))) == 1


def test_what_was_cut_off_between_hand_over_and_answer_is_not_sent_again(
    job: Job, mailbox: Mailbox
) -> None:
    """The state `sending` is committed before the hand-over: a kill leaves it behind."""
    send_digests(job)
    job.connection.execute("update news.outbox set state = 'pending'")
    assert digests.take_delivery(job.connection, NOW, 5) is not None  # ... and here it is killed
    counts = send_digests(at(job, NOW + timedelta(minutes=15)))
    assert (counts["unknown"], counts["sent"]) == (1, 0)
    assert deliveries(job) == [("desk", "unknown")]
    send_digests(at(job, NOW + timedelta(minutes=30)))
    assert len(list(mailbox.folder.glob("*.eml"))) == 1


def test_many_workers_send_each_edition_once(job: Job, database: str, mailbox: Mailbox) -> None:
    """They take what waits: no two the same."""
    for number in range(20):
        digests.save_edition(
            job.connection,
            NewEdition(
                subscriber=f"reader-{number}",
                local_date=NOW.date(),
                email="reader@paper.example",
                covers_after=0,
                covers_up_to=0,
                built_at=NOW,
                subject="s",
                body_text="t",
                body_html="h",
                grouped_by="words",
                stories=0,
            ),
            [],
            message_id=f"<{number}@x>",
            state="pending",
        )
    taken: list[int] = []
    lock = threading.Lock()

    def work() -> None:
        with connect(database) as connection:
            while (delivery := digests.take_delivery(connection, NOW, 5)) is not None:
                with lock:
                    taken.append(delivery.edition_id)

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(taken) == len(set(taken)) == 20


def test_a_preview_stores_nothing(job: Job) -> None:
    found = preview(job, "desk", date(2026, 1, 14))
    assert found.edition.stories == 1
    assert deliveries(job) == []


def test_an_unknown_subscriber_is_an_input_error(job: Job) -> None:
    with pytest.raises(InputError, match=r"no subscriber 'dask'.*known: desk, coast"):
        send_digests(job, subscriber="dask")
