"""`news.edition`, `news.edition_story` and `news.outbox`, and what an edition is built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from newswatch.models import (
    ArticleId,
    EditionId,
    FlaggedArticle,
    Reading,
    StoryFacts,
    StoryId,
    TopicStory,
)
from newswatch.store import rows
from newswatch.store.server.database import Connection, scalar


@dataclass(frozen=True, slots=True)
class EditionHead:
    """A subscriber's newest edition, and the last publication that it covers."""

    edition_id: EditionId
    covers_up_to: int


@dataclass(frozen=True, slots=True)
class NewEdition:
    """An edition to store: a row of `news.edition`, which explains the columns."""

    subscriber: str
    local_date: date
    email: str
    covers_after: int
    covers_up_to: int
    built_at: datetime
    subject: str
    body_text: str
    body_html: str
    grouped_by: str
    stories: int


@dataclass(frozen=True, slots=True)
class EditionStory:
    """A story that an edition shows, and the article that stands for it."""

    topic: str
    story_id: StoryId
    article_id: ArticleId
    headline: str = ""  # what the edition called it


@dataclass(frozen=True, slots=True)
class Delivery:
    """An edition that waits to be sent."""

    edition_id: EditionId
    subscriber: str
    local_date: date
    email: str
    subject: str
    body_text: str
    body_html: str
    message_id: str


def last_edition(connection: Connection, subscriber: str, before: date) -> EditionHead | None:
    """The subscriber's newest edition of an earlier date that was to be sent."""
    return rows.first(
        connection,
        EditionHead,
        "select edition_id, covers_up_to from news.edition join news.outbox using (edition_id)"
        " where subscriber = %s and local_date < %s and state <> 'skipped'"
        " order by local_date desc limit 1",
        [subscriber, before],
    )


def newest_publication(connection: Connection, until: datetime | None = None) -> int:
    """The number of the last publication that is visible; of those by runs up to a time, if one is
    given. 0 where there is none."""
    return int(
        scalar(
            connection,
            "select coalesce(max(publication), 0) from news.article"
            " where %(until)s::timestamptz is null or loaded_at <= %(until)s",
            {"until": until},
        )
    )


def has_edition(connection: Connection, subscriber: str, local_date: date) -> bool:
    return bool(
        scalar(
            connection,
            "select exists (select from news.edition where subscriber = %s and local_date = %s)",
            [subscriber, local_date],
        )
    )


def flagged_articles(
    connection: Connection,
    topics: Sequence[str],
    min_score: float,
    since: int,
    until: int,
) -> list[FlaggedArticle]:
    """The flagged originals of the publications in (since, until], once for each of the topics."""
    return rows.read(
        connection,
        FlaggedArticle,
        """
        select flag.topic, decision.story_id, article_id, article.title,
               article.canonical_url as url, article.outlet, article.language, flag.score,
               flag.salience, article.first_seen_at as seen_at, article.published_at,
               article.body_source not in ('feed-summary', 'headline') as has_text,
               article.page_kind = 'live-blog' as is_live,
               coalesce(nullif(article.subtitle, ''), article.summary) as summary,
               named.mentions, decision.new_sentences[1] as new_sentence
        from news.flag
        join news.article using (article_id)
        join news.decision using (article_id)
        cross join lateral (
            select coalesce(jsonb_agg(
                       jsonb_build_object(
                           'field', field, 'part', part, 'matched', matched,
                           'sentence', sentence,
                           'before', substr(
                               case field when 'title' then article.title
                                          when 'text' then article.text
                                          else coalesce(article.subtitle, '') end,
                               greatest(char_start - 59, 1), least(char_start, 60)
                           )
                       ) order by mention_id), '[]') as mentions
            from news.mention where mention.flag_id = flag.flag_id
        ) as named
        where superseded_at is null and flag.topic = any(%(topics)s) and flag.score >= %(min_score)s
          and article.publication > %(since)s and article.publication <= %(until)s
        order by article_id
        """,
        {"topics": list(topics), "min_score": min_score, "since": since, "until": until},
    )


def story_facts(
    connection: Connection, story_ids: Sequence[StoryId], until: int
) -> list[StoryFacts]:
    """The stories, of what was published up to that publication."""
    return rows.read(
        connection,
        StoryFacts,
        """
        select story_id, array_agg(distinct article.outlet order by article.outlet) as outlets,
               min(article.first_seen_at) as first_seen_at,
               max(article.first_seen_at) as last_seen_at,
               count(decision.kind)::int as copies,
               count(*) filter (
                   where decision.kind is null and decision.role is distinct from 'development'
               )::int as independent
        from news.decision join news.article using (article_id)
        where story_id = any(%s) and article.publication <= %s
        group by story_id
        """,
        [list(story_ids), until],
    )


def told_before(connection: Connection, subscriber: str, before: date) -> list[TopicStory]:
    """What the subscriber's editions of earlier dates showed."""
    return rows.read(
        connection,
        TopicStory,
        "select distinct topic, story_id from news.edition_story join news.edition"
        " using (edition_id) where subscriber = %s and local_date < %s",
        [subscriber, before],
    )


def stories_of(connection: Connection, edition_id: EditionId) -> list[EditionStory]:
    """What one edition showed."""
    return rows.read(
        connection,
        EditionStory,
        "select topic, story_id, article_id, headline from news.edition_story"
        " where edition_id = %s",
        [edition_id],
    )


def called_before(
    connection: Connection, subscriber: str, before: date, story_ids: Sequence[StoryId]
) -> dict[StoryId, str]:
    """What the subscriber's last edition of an earlier date that showed a story called it."""
    return rows.mapping(
        connection,
        "story_id",
        "headline",
        """
        select distinct on (story_id) story_id, headline
        from news.edition_story join news.edition using (edition_id)
        where story_id = any(%s) and subscriber = %s and local_date < %s and headline <> ''
        order by story_id, local_date desc
        """,
        [list(story_ids), subscriber, before],
    )


def outlets_by(
    connection: Connection, story_ids: Sequence[StoryId], until: int
) -> dict[StoryId, list[str]]:
    """The outlets that had carried each story by that publication."""
    return rows.mapping(
        connection,
        "story_id",
        "outlets",
        """
        select story_id, array_agg(distinct outlet) as outlets
        from news.decision join news.article using (article_id)
        where story_id = any(%s) and publication <= %s group by story_id
        """,
        [list(story_ids), until],
    )


def topic_names(connection: Connection) -> dict[str, str]:
    """The newest name of each topic that ever flagged."""
    return rows.mapping(
        connection, "topic", "name", "select topic, name from analyst.topic where is_newest"
    )


def reading(connection: Connection, since: int, until: int) -> Reading:
    """What the publications in (since, until] brought."""
    found = rows.first(
        connection,
        Reading,
        """
        select count(*) as articles, count(distinct outlet) as outlets
        from news.article where publication > %s and publication <= %s
        """,
        [since, until],
    )
    return found or Reading(0, 0)


_EDITION = rows.columns(NewEdition)
_CARRIED = ("edition_id", *rows.columns(EditionStory))


def save_edition(
    connection: Connection,
    edition: NewEdition,
    stories: Sequence[EditionStory],
    *,
    message_id: str,
    state: str,
) -> EditionId | None:
    """Store an edition with its outbox row; None if there is one of that date already."""
    with connection.transaction():
        edition_id = rows.first_value(
            connection,
            rows.insert("news.edition", _EDITION)
            + "on conflict (subscriber, local_date) do nothing returning edition_id",
            rows.parameters(edition),
        )
        if edition_id is None:
            return None
        rows.write(
            connection,
            rows.insert("news.edition_story", _CARRIED),
            [rows.parameters(story, edition_id=edition_id) for story in stories],
        )
        connection.execute(
            "insert into news.outbox (edition_id, message_id, state, changed_at)"
            " values (%s, %s, %s, %s)",
            [edition_id, message_id, state, edition.built_at],
        )
    return EditionId(edition_id)


def take_delivery(connection: Connection, now: datetime, most_attempts: int) -> Delivery | None:
    """The next edition to send, marked `sending` and committed: nobody else will take it."""
    return rows.first(
        connection,
        Delivery,
        f"""
        update news.outbox
        set state = 'sending', attempts = attempts + 1, changed_at = %(now)s
        from news.edition
        where edition.edition_id = outbox.edition_id and outbox.edition_id = (
            select edition_id from news.outbox
            where state in ('pending', 'failed') and attempts < %(most)s
              and (state = 'pending' or changed_at < %(now)s)
            order by edition_id limit 1 for update skip locked
        )
        returning {rows.listed(rows.columns(Delivery, but=("message_id",)), of="edition")},
                  message_id
        """,
        {"now": now, "most": most_attempts},
    )


def record_delivery(
    connection: Connection, edition_id: EditionId, state: str, now: datetime, error: str | None
) -> None:
    """What became of a delivery: sent, failed or unknown."""
    connection.execute(
        "update news.outbox set state = %(state)s::text, changed_at = %(now)s,"
        " last_error = %(error)s, sent_at = case when %(state)s::text = 'sent' then %(now)s end"
        " where edition_id = %(edition)s",
        {"state": state, "now": now, "error": error, "edition": edition_id},
    )


def give_up_interrupted(connection: Connection, now: datetime) -> int:
    """Deliveries that a killed process left in `sending` may or may not have arrived: unknown.

    Call it under the claim of the job, when nobody else sends.
    """
    return connection.execute(
        "update news.outbox set state = 'unknown', changed_at = %s,"
        " last_error = 'the process ended between hand-over and answer' where state = 'sending'",
        [now],
    ).rowcount
