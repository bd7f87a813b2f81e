"""flag and reflag: originals only, a broken topic hurts no other, history is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import rows
from newswatch.errors import InputError
from newswatch.settings import read_settings
from newswatch.stages.flag import flag as room
from newswatch.stages.flag.flag import flag, reflag
from newswatch.stages.flag.own import Matched
from newswatch.stages.job import Job
from newswatch.stages.load import load
from newswatch.store.flags import FlaggableArticle
from newswatch.store.server.database import Connection
from newswatch.topics.match import Matcher
from refusals import refusing

NOW = datetime(2026, 1, 14, 9, 0, tzinfo=UTC)
TOPIC = """\
id: quay
name: The quay
groups:
  quay: [{words}]
rules:
  - id: named
    when: quay
    because: Names the quay
"""


@pytest.fixture
def topics(tmp_path: Path) -> Path:
    folder = tmp_path / "topics"
    folder.mkdir()
    (folder / "quay.yaml").write_text(TOPIC.format(words="quay"))
    return folder


@pytest.fixture
def job(connection: Connection, topics: Path) -> Job:
    return rows.job(
        connection, read_settings({}, embedder="none", watchlist_dir=topics.parent), NOW
    )


def add(job: Job, name: str, text: str, kind: str | None = None, seen_at: datetime = NOW) -> None:
    """An article that is decided on and waits to be flagged."""
    with job.connection.transaction():
        article_id = rows.article(
            job.connection, at=seen_at, canonical_url=name, title="A headline", text=text
        )
        rows.decision(job.connection, article_id, at=seen_at, kind=kind)


def flags(job: Job, columns: str = "canonical_url, superseded_at is null") -> list[Any]:
    query = f"select {columns} from news.flag join news.article using (article_id) order by flag_id"
    return job.connection.execute(query.encode()).fetchall()


def test_the_subtitle_is_looked_at_and_a_mention_keeps_what_it_is(job: Job, topics: Path) -> None:
    (topics / "quay.yaml").write_text(
        TOPIC.format(words="quay")
        .replace("when: quay", "when: quay SENT boat")
        .replace("rules:", "  boat: [boat]\nrules:")
    )
    with job.connection.transaction():
        article_id = rows.article(
            job.connection, at=NOW, title="News", subtitle="A boat at the quay", text="Rain fell."
        )
        rows.decision(job.connection, article_id, at=NOW, kind=None)
    assert flag(job)["flags_quay"] == 1
    found = job.connection.execute("select field, matched, part from news.mention").fetchall()
    assert sorted(map(tuple, found)) == [
        ("subtitle", "boat", "support"),
        ("subtitle", "quay", "subject"),
    ]


def test_a_topic_asks_for_facts_of_the_article(job: Job, topics: Path) -> None:
    (topics / "quay.yaml").write_text(
        TOPIC.format(words="quay") + "where: {outlet: [harbour.example]}\n"
    )
    for outlet in ("harbour.example", "other.example"):
        with job.connection.transaction():
            article_id = rows.article(
                job.connection, at=NOW, outlet=outlet, canonical_url=outlet, text="The quay."
            )
            rows.decision(job.connection, article_id, at=NOW, kind=None)
    flag(job)
    assert [tuple(row) for row in flags(job, "outlet")] == [("harbour.example",)]


def test_originals_are_flagged_with_their_evidence(job: Job) -> None:
    add(job, "one", "They widened the old quay at last.")
    add(job, "two", "They drank tea.")
    counts = flag(job)
    assert (counts["articles"], counts["flagged"], counts["flags_quay"]) == (2, 1, 1)
    assert flags(job) == [("one", True)]
    mention = job.connection.execute(
        "select field, char_start, char_end, matched, sentence from news.mention"
    ).fetchall()
    assert mention == [("text", 21, 25, "quay", "They widened the old quay at last.")]
    assert flag(job)["articles"] == 0


def test_a_copy_is_passed_by(job: Job) -> None:
    add(job, "copy", "The quay.", kind="near")
    assert flag(job)["flagged"] == 0
    waiting = job.connection.execute("select count(*) from news.article where flagged_at is null")
    assert waiting.fetchone() == (0,)


def test_a_topic_is_known_of_all_that_tells_its_story(job: Job) -> None:
    with job.connection.transaction():
        story, other = (rows.story(job.connection, at=NOW) for _ in range(2))
        told = {
            "flagged": (story, "They widened the quay.", {}),
            "headline": (story, "", {"role": "independent"}),
            "elsewhere": (other, "They drank tea.", {}),
        }
        ids = {}
        for name, (story_id, text, columns) in told.items():
            ids[name] = rows.article(job.connection, at=NOW, canonical_url=name, text=text)
            rows.decision(job.connection, ids[name], at=NOW, story_id=story_id, **columns)
        ids["copy"] = rows.article(job.connection, at=NOW, canonical_url="copy", text="The quay.")
        copied = {"kind": "near", "duplicate_of_article": ids["flagged"], "story_id": story}
        rows.decision(job.connection, ids["copy"], at=NOW, **copied)
    flag(job)
    known = "select url, how, topic, flagged from analyst.story_topic order by url"
    assert job.connection.execute(known).fetchall() == []
    load(job)
    assert job.connection.execute(known).fetchall() == [
        ("copy", "copy", "quay", 1),
        ("flagged", "flagged", "quay", 1),
        ("headline", "told", "quay", 1),
    ]


def test_a_broken_topic_is_counted_and_the_others_go_on(
    job: Job, topics: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (topics / "broken.yaml").write_text("id: broken\n")
    add(job, "one", "The quay.")
    counts = flag(job)
    assert (counts["topics_broken"], counts["flagged"]) == (1, 1)
    assert "broken.yaml:1:1: 'name' is missing" in caplog.text


def test_without_one_good_topic_it_fails_and_nothing_is_lost(job: Job, topics: Path) -> None:
    (topics / "quay.yaml").write_text("id: quay\n")
    add(job, "one", "The quay.")
    with pytest.raises(InputError, match=r"quay\.yaml:1:1"):
        flag(job)
    waiting = job.connection.execute("select count(*) from news.article where flagged_at is null")
    assert waiting.fetchone() == (1,)


class TestReflag:
    DAY = (NOW - timedelta(hours=1), NOW + timedelta(hours=1))

    def test_it_reports_what_was_added_dropped_and_kept(self, job: Job, topics: Path) -> None:
        add(job, "quay", "The quay.")
        add(job, "both", "The quay and the pier.")
        add(job, "pier", "The pier.")
        add(job, "copy", "The pier.", kind="exact")
        add(job, "old", "The pier.", seen_at=NOW - timedelta(days=3))
        flag(job)
        (topics / "quay.yaml").write_text(TOPIC.format(words="pier"))
        counts = reflag(job, "quay", *self.DAY)
        assert counts == {"articles": 4, "added": 1, "dropped": 1, "kept": 1}
        assert [row[0] for row in flags(job) if row[1]] == ["both", "pier"]

    def test_history_is_kept_with_its_definition(self, job: Job, topics: Path) -> None:
        add(job, "quay", "The quay.")
        flag(job)
        (topics / "quay.yaml").write_text(TOPIC.format(words="pier"))
        reflag(job, "quay", *self.DAY)
        assert flags(job) == [("quay", False)]
        versions = job.connection.execute("select definition from news.topic_version").fetchall()
        assert len(versions) == 2

    def test_again_it_changes_nothing(self, job: Job, topics: Path) -> None:
        add(job, "quay", "The quay.")
        flag(job)
        (topics / "quay.yaml").write_text(TOPIC.format(words="quay, pier"))
        reflag(job, "quay", *self.DAY)
        before = flags(job, "flag_id, superseded_at")
        assert reflag(job, "quay", *self.DAY)["kept"] == 1
        assert flags(job, "flag_id, superseded_at") == before

    def test_an_unknown_topic_is_an_input_error(self, job: Job) -> None:
        with pytest.raises(InputError, match="no topic 'pier'; known: quay"):
            reflag(job, "pier", *self.DAY)

    def test_an_article_that_cannot_be_stored_keeps_its_flags(
        self, job: Job, topics: Path, admin: Connection
    ) -> None:
        for name in ("one", "two", "three"):
            add(job, name, "The quay.")
        flag(job)
        (topics / "quay.yaml").write_text(TOPIC.format(words="quay, pier"))
        of_two = (
            "(select canonical_url from news.article where article_id = new.article_id) = 'two'"
        )
        with refusing(admin, "news.flag", of_two):
            assert reflag(job, "quay", *self.DAY) == {
                **{"articles": 2, "added": 0, "dropped": 0, "kept": 2, "parked": 1}
            }
        changed = "select version from news.flag where superseded_at is null group by 1"
        assert len(job.connection.execute(changed).fetchall()) == 2
        parked = "select stage, what, kind, name from ops.parked"
        assert job.connection.execute(parked).fetchall() == [
            ("reflag", "A headline", "refused", "quay")
        ]
        assert reflag(job, "quay", *self.DAY)["kept"] == 3
        assert job.connection.execute(parked).fetchall() == []
        assert len(job.connection.execute(changed).fetchall()) == 1

    # A deadline that rings while Python collects is dropped, with this warning, and rings again.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    def test_an_article_that_takes_too_long_is_parked(
        self, job: Job, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whatever a pure function may find no end of: here it is one word."""
        add(job, "one", "The quay, zzyzx.")
        add(job, "two", "The quay.")
        slow = replace(job, settings=replace(job.settings, article_deadline=0.1))
        assert reflag(slow, "quay", *self.DAY) == {
            **{"articles": 0, "added": 0, "dropped": 0, "kept": 0}
        }
        flag(job)
        pure = room.matched

        def endless(matcher: Matcher, article: FlaggableArticle) -> Matched:
            while "zzyzx" in article.text:
                pass
            return pure(matcher, article)

        monkeypatch.setattr(room, "matched", endless)
        counts = reflag(slow, "quay", *self.DAY)
        assert (counts["kept"], counts["parked"]) == (1, 1)

    def test_a_copy_has_not_what_its_original_is_given_in_the_same_run(
        self, job: Job, topics: Path
    ) -> None:
        add(job, "original", "The pier.")
        add(job, "copy", "The pier.")
        flag(job)
        job.connection.execute(
            "update news.decision set kind = 'near', added = array['The pier.'],"
            " duplicate_of_article = (select min(article_id) from news.article)"
            " where article_id = (select max(article_id) from news.article)"
        )
        (topics / "quay.yaml").write_text(TOPIC.format(words="pier"))
        reflag(job, "quay", *self.DAY)
        assert flags(job) == [("original", True)]
