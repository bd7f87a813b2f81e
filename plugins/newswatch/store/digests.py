"""`news.edition`, `news.edition_story` and `news.outbox`, and what an edition is built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class Delivery:
    """An edition that waits to be sent."""

    edition_id: int
    subscriber: str
    local_date: date
    email: str
    subject: str
    body_text: str
    body_html: str
    message_id: str


def last_edition(
    connection: Connection, subscriber: str, before: date
) -> tuple[int, datetime] | None:
    """The subscriber's newest edition of an earlier date: its id, and up to when it covers."""
    return connection.execute(
        "select edition_id, covers_to from news.edition"
        " where subscriber = %s and local_date < %s order by local_date desc limit 1",
        [subscriber, before],
    ).fetchone()


def has_edition(connection: Connection, subscriber: str, local_date: date) -> bool:
    query = "select from news.edition where subscriber = %s and local_date = %s"
    return connection.execute(query, [subscriber, local_date]).fetchone() is not None


def flagged_items(
    connection: Connection,
    topics: Sequence[str],
    min_score: float,
    since: datetime,
    until: datetime,
) -> list[tuple[Any, ...]]:
    """A row a flagged original published in (since, until], in the order of `build.Item`."""
    return connection.execute(
        """
        select flag.topic, decision.story_id, article_id, article.title, article.canonical_url,
               article.outlet, article.language, flag.score, flag.salience, flag.reason,
               coalesce(mention.sentence, article.title), coalesce(mention.matched, ''),
               article.first_seen_at, decision.new_sentences[1]
        from news.flag
        join news.article using (article_id)
        join news.decision using (article_id)
        left join lateral (
            select sentence, matched from news.mention
            where mention.flag_id = flag.flag_id
            order by (field = 'text') desc, mention_id limit 1
        ) as mention on true
        where superseded_at is null and flag.topic = any(%(topics)s) and flag.score >= %(min_score)s
          and article.loaded_at > %(since)s and article.loaded_at <= %(until)s
        order by article_id
        """,
        {"topics": list(topics), "min_score": min_score, "since": since, "until": until},
    ).fetchall()


def story_facts(
    connection: Connection, story_ids: Sequence[int], until: datetime
) -> list[tuple[Any, ...]]:
    """Story id, headline, outlets, first and last seen, copies, of what was published by then."""
    return connection.execute(
        """
        select story_id, story.headline, array_agg(distinct article.outlet order by article.outlet),
               min(article.first_seen_at), max(article.first_seen_at),
               count(decision.kind)::int
        from news.story
        join news.decision using (story_id)
        join news.article using (article_id)
        where story_id = any(%s) and article.loaded_at <= %s
        group by story_id, story.headline
        """,
        [list(story_ids), until],
    ).fetchall()


def told_before(connection: Connection, subscriber: str, before: date) -> set[tuple[str, int]]:
    """(topic, story) pairs of the subscriber's editions of earlier dates."""
    rows = connection.execute(
        "select distinct topic, story_id from news.edition_story join news.edition"
        " using (edition_id) where subscriber = %s and local_date < %s",
        [subscriber, before],
    )
    return {(topic, story_id) for topic, story_id in rows}


def stories_of(connection: Connection, edition_id: int) -> list[tuple[str, int]]:
    """(topic, story) pairs of one edition."""
    return connection.execute(
        "select topic, story_id from news.edition_story where edition_id = %s", [edition_id]
    ).fetchall()


def outlets_by(
    connection: Connection, story_ids: Sequence[int], moment: datetime
) -> dict[int, int]:
    """How many outlets carried each story by then."""
    return dict(
        connection.execute(
            """
            select story_id, count(distinct outlet)::int
            from news.decision join news.article using (article_id)
            where story_id = any(%s) and loaded_at <= %s group by story_id
            """,
            [list(story_ids), moment],
        ).fetchall()
    )


def topic_names(connection: Connection) -> dict[str, str]:
    """The newest name of each topic that ever flagged."""
    return dict(
        connection.execute("select topic, name from analyst.topic where is_newest").fetchall()
    )


def reading(connection: Connection, since: datetime, until: datetime) -> tuple[int, int, int]:
    """Articles published in (since, until], their outlets, and the feeds that fail now."""
    row = connection.execute(
        """
        select count(*), count(distinct outlet),
               (select count(*) from news.feed
                where enabled and state in ('backing-off', 'broken', 'gone', 'throttled'))
        from news.article where loaded_at > %s and loaded_at <= %s
        """,
        [since, until],
    ).fetchone()
    return (0, 0, 0) if row is None else (int(row[0]), int(row[1]), int(row[2]))


def save_edition(
    connection: Connection,
    *,
    subscriber: str,
    local_date: date,
    email: str,
    covers: tuple[datetime, datetime],
    built_at: datetime,
    subject: str,
    body_text: str,
    body_html: str,
    stories: Sequence[tuple[str, int, int]],
    message_id: str,
    state: str,
) -> bool:
    """Store an edition with its outbox row; False if there is one of that date already."""
    with connection.transaction():
        row = connection.execute(
            """
            insert into news.edition (
                subscriber, local_date, email, covers_from, covers_to, built_at, subject, body_text,
                body_html, stories
            ) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
            on conflict (subscriber, local_date) do nothing returning edition_id
            """,
            [
                subscriber,
                local_date,
                email,
                *covers,
                built_at,
                subject,
                body_text,
                body_html,
                len(stories),
            ],
        ).fetchone()
        if row is None:
            return False
        with connection.cursor() as cursor:
            cursor.executemany(
                "insert into news.edition_story (edition_id, topic, story_id, article_id)"
                " values (%s, %s, %s, %s)",
                [(row[0], *story) for story in stories],
            )
        connection.execute(
            "insert into news.outbox (edition_id, message_id, state, changed_at)"
            " values (%s, %s, %s, %s)",
            [row[0], message_id, state, built_at],
        )
    return True


def take_delivery(connection: Connection, now: datetime, most_attempts: int) -> Delivery | None:
    """The next edition to send, marked `sending` and committed: nobody else will take it."""
    with connection.transaction():
        row = connection.execute(
            """
            update news.outbox
            set state = 'sending', attempts = attempts + 1, changed_at = %(now)s
            where edition_id = (
                select edition_id from news.outbox
                where state in ('pending', 'failed') and attempts < %(most)s
                  and (state = 'pending' or changed_at < %(now)s)
                order by edition_id limit 1 for update skip locked
            )
            returning edition_id, message_id
            """,
            {"now": now, "most": most_attempts},
        ).fetchone()
        if row is None:
            return None
        edition = connection.execute(
            "select edition_id, subscriber, local_date, email, subject, body_text, body_html"
            " from news.edition where edition_id = %s",
            [row[0]],
        ).fetchone()
    return None if edition is None else Delivery(*(*edition, row[1]))


def record_delivery(
    connection: Connection, edition_id: int, state: str, now: datetime, error: str | None
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
