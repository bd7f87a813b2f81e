"""Each fact of a flagged article and of its story reaches the edition under its own name."""

from __future__ import annotations

from datetime import timedelta

import rows
from newswatch.models import (
    DeliveryState,
    FlaggedArticle,
    PlacedMention,
    Reading,
    StoryFacts,
    TopicStory,
)
from newswatch.store import digests, edition_material, outbox
from newswatch.store.digests import EditionStory
from newswatch.store.edition_material import Asked, ToldArticle
from newswatch.store.server.database import Connection
from rows import NOON

HOUR = timedelta(hours=1)
SINCE, UNTIL = 0, 9  # publications


def test_every_fact_has_its_own_name(connection: Connection) -> None:
    story_id = rows.story(connection)
    article_id = rows.article(
        connection,
        at=NOON - 3 * HOUR,
        title="The article's headline",
        canonical_url="https://paper.example/a",
        outlet="The Paper",
        language="en",
        text="Rain. Mr Witkoff landed.",
        summary="The outlet's summary.",
        published_at=NOON - 4 * HOUR,
        page_kind="live-blog",
        loaded_at=NOON,
    )
    rows.decision(
        connection,
        article_id,
        story_id=story_id,
        role="development",
    )
    place = {"char_start": 9, "char_end": 16}
    rows.flag(connection, article_id, place, score=0.75, salience="headline")
    copy_id = rows.article(connection, at=NOON - HOUR, outlet="The Echo", loaded_at=NOON)
    rows.decision(
        connection, copy_id, story_id=story_id, kind="exact", duplicate_of_article=article_id
    )
    reader_id = rows.reader(connection)
    assert edition_material.untold_articles(
        connection, Asked(reader_id, ["witkoff"], 0, SINCE, UNTIL)
    ) == [
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
            seen_at=NOON - 3 * HOUR,
            published_at=NOON - 4 * HOUR,
            has_text=True,
            is_live=True,
            summary="The outlet's summary.",
            mentions=(
                PlacedMention("text", "subject", "Witkoff", "Mr Witkoff landed.", "Rain. Mr "),
            ),
        )
    ]
    assert edition_material.story_facts(connection, [story_id], UNTIL) == [
        StoryFacts(
            story_id=story_id,
            outlets=("The Echo", "The Paper"),
            first_seen_at=NOON - 3 * HOUR,
            last_seen_at=NOON - HOUR,
            copies=1,
        )
    ]
    assert edition_material.outlets_by(connection, [story_id], UNTIL) == {
        story_id: ["The Echo", "The Paper"]
    }


def test_what_was_read(connection: Connection) -> None:
    for outlet in ("The Paper", "The Paper", "The Post"):
        rows.article(connection, outlet=outlet, loaded_at=NOON)
    assert edition_material.reading(connection, SINCE, UNTIL) == Reading(articles=3, outlets=2)


def test_what_an_edition_had_to_tell_is_told_once_it_is_handed_over(connection: Connection) -> None:
    story_id, article_id = rows.story(connection), rows.article(connection)
    reader_id = rows.reader(connection)
    edition_id = rows.edition(connection, reader_id=reader_id)
    rows.edition_story(connection, edition_id, "witkoff", story_id, article_id)
    outbox.add(connection, edition_id, "<1@paper.example>", "pending", NOON)
    assert digests.stories_of(connection, edition_id) == [
        EditionStory("witkoff", story_id, article_id, is_told=True, headline="Envoy lands")
    ]
    assert edition_material.told_before(connection, reader_id, "daily", [story_id]) == []
    assert digests.last_told(connection, reader_id, "daily") is None
    outbox.record(connection, edition_id, "sent", NOON)
    assert edition_material.told_before(connection, reader_id, "daily", [story_id]) == [
        TopicStory("witkoff", story_id)
    ]
    last = digests.last_edition(connection, reader_id, "daily")
    assert digests.last_told(connection, reader_id, "daily") == last
    assert digests.last_told(connection, reader_id, "weekly") is None
    other = rows.reader(connection)
    assert edition_material.told_before(connection, other, "daily", [story_id]) == []
    assert edition_material.told_before(connection, reader_id, "weekly", [story_id]) == []


def test_what_the_last_edition_that_told_of_a_story_called_it(connection: Connection) -> None:
    story_id, other = rows.story(connection), rows.story(connection)
    reader_id = rows.reader(connection)
    articles = [rows.article(connection) for _ in range(3)]
    for days, headline in enumerate(("Envoy is awaited", "Envoy lands", "Envoy leaves")):
        at = NOON + timedelta(days=days)
        edition_id = rows.edition(connection, at=at, reader_id=reader_id)
        article_id = articles[days]
        rows.edition_story(connection, edition_id, "witkoff", story_id, article_id, headline)
        state: DeliveryState = "deferred" if headline == "Envoy leaves" else "sent"
        outbox.add(connection, edition_id, f"<{days}@paper.example>", "pending", at)
        outbox.record(connection, edition_id, state, at)
    ids = [story_id, other]
    assert edition_material.told_articles(connection, reader_id, "daily", ids) == [
        ToldArticle(articles[1], story_id, "Envoy lands"),
        ToldArticle(articles[0], story_id, "Envoy is awaited"),
    ]
    assert edition_material.told_articles(connection, rows.reader(connection), "daily", ids) == []


def test_the_web_copy_is_the_mail_where_that_has_everything(connection: Connection) -> None:
    reader_id = rows.reader(connection)
    for days, page in ((1, None), (0, "all of it")):
        edition_id = rows.edition(
            connection,
            at=NOON - timedelta(days=days),
            reader_id=reader_id,
            body_html="the mail",
            page_html=page,
        )
        outbox.add(connection, edition_id, f"<{days}@x>", "sent", NOON)
    for days, shown in ((1, "the mail"), (0, "all of it")):
        found = digests.edition_of(
            connection, reader_id, "daily", (NOON - timedelta(days=days)).date()
        )
        assert found is not None
        assert found.page_html == shown
