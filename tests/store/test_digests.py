"""Each fact of a flagged article and of its story reaches the edition under its own name."""

from __future__ import annotations

from datetime import timedelta

import rows
from newswatch.models import FlaggedArticle, Reading, StoryFacts, TopicStory
from newswatch.store import digests
from newswatch.store.digests import EditionStory
from newswatch.store.server.database import Connection
from rows import NOON

HOUR = timedelta(hours=1)
SINCE, UNTIL = 0, 9  # publications


def test_every_fact_has_its_own_name(connection: Connection) -> None:
    story_id = rows.story(connection, headline="The story's headline")
    article_id = rows.article(
        connection,
        at=NOON - 3 * HOUR,
        title="The article's headline",
        canonical_url="https://paper.example/a",
        outlet="The Paper",
        language="en",
        loaded_at=NOON,
    )
    rows.decision(
        connection,
        article_id,
        story_id=story_id,
        role="development",
        new_sentences=["What is new."],
    )
    rows.flag(connection, article_id, score=0.75, salience="headline", reason="Names him.")
    copy_id = rows.article(connection, at=NOON - HOUR, outlet="The Echo", loaded_at=NOON)
    rows.decision(
        connection, copy_id, story_id=story_id, kind="exact", duplicate_of_article=article_id
    )
    assert digests.flagged_articles(connection, ["witkoff"], 0, SINCE, UNTIL) == [
        FlaggedArticle(
            topic="witkoff",
            story_id=story_id,
            article_id=article_id,
            title="The article's headline",
            url="https://paper.example/a",
            outlet="The Paper",
            language="en",
            score=0.75,
            salience="headline",
            reason="Names him.",
            sentence="Mr Witkoff landed.",
            matched="Witkoff",
            seen_at=NOON - 3 * HOUR,
            new_sentence="What is new.",
        )
    ]
    assert digests.story_facts(connection, [story_id], UNTIL) == [
        StoryFacts(
            story_id=story_id,
            headline="The story's headline",
            outlets=("The Echo", "The Paper"),
            first_seen_at=NOON - 3 * HOUR,
            last_seen_at=NOON - HOUR,
            copies=1,
        )
    ]
    assert digests.outlets_by(connection, [story_id], UNTIL) == {
        story_id: ["The Echo", "The Paper"]
    }


def test_what_was_read_and_what_fails(connection: Connection) -> None:
    for outlet in ("The Paper", "The Paper", "The Post"):
        rows.article(connection, outlet=outlet, loaded_at=NOON)
    rows.feed(connection, state="broken")
    assert digests.reading(connection, SINCE, UNTIL) == Reading(
        articles=3, outlets=2, feeds_failing=1
    )


def test_what_an_edition_carried(connection: Connection) -> None:
    story_id, article_id = rows.story(connection), rows.article(connection)
    edition_id = rows.edition(connection)
    rows.edition_story(connection, edition_id, "witkoff", story_id, article_id)
    shown = [EditionStory("witkoff", story_id, article_id)]
    assert digests.stories_of(connection, edition_id) == shown
    carried = [TopicStory("witkoff", story_id)]
    tomorrow = NOON.date() + timedelta(days=1)
    assert digests.told_before(connection, "desk", tomorrow) == carried
    assert digests.told_before(connection, "desk", NOON.date()) == []
