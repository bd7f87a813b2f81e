"""`news.judgement`: what people say of decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ArticleId, Judgement
from newswatch.store import rows
from newswatch.store.flags import FlaggableArticle
from newswatch.store.server.database import Connection

_COLUMNS = rows.columns(Judgement)
_SAME = """
    article_id = %(article_id)s and subject = %(subject)s and superseded_at is null
    and coalesce(topic, '') = coalesce(%(topic)s, '')
    and coalesce(story_id, 0) = coalesce(%(story_id)s, 0)
"""


@dataclass(frozen=True, slots=True)
class DecidedArticle:
    """What is decided on a published article, as far as it may be judged: `rule` and
    `topic_version` are of its flag for the topic that was asked for."""

    article_id: ArticleId
    story_id: int | None
    is_copy: bool
    original_id: ArticleId | None
    rule: str | None
    topic_version: str | None


def decided(
    connection: Connection, article_id: ArticleId, topic: str | None
) -> DecidedArticle | None:
    """None if there is no such article, or it is not published."""
    return rows.first(
        connection,
        DecidedArticle,
        """
        select article.article_id, decision.story_id, decision.kind is not null as is_copy,
               decision.duplicate_of_article as original_id, flag.rule,
               flag.version as topic_version
        from news.article
        join news.decision using (article_id)
        left join news.flag
          on flag.article_id = article.article_id and flag.topic = %(topic)s
         and flag.superseded_at is null
        where article.article_id = %(article_id)s and article.loaded_at is not null
        """,
        {"article_id": article_id, "topic": topic},
    )


def topics(connection: Connection) -> list[str]:
    """The topics that ever flagged anything."""
    return rows.values(connection, "select distinct topic from news.topic_version order by 1")


def judged_by(connection: Connection, judgement: Judgement) -> str | None:
    """Who made the judgement in force on the same thing."""
    found = rows.values(
        connection,
        f"select judged_by from news.judgement where {_SAME}",
        rows.parameters(judgement),
    )
    return str(found[0]) if found else None


def take_back(connection: Connection, judgement: Judgement, now: datetime) -> int:
    """End the judgement in force on the same thing; how many there were."""
    return connection.execute(
        rows.query(f"update news.judgement set superseded_at = %(now)s where {_SAME}"),
        rows.parameters(judgement, now=now),
    ).rowcount


def save(connection: Connection, judgement: Judgement, on: DecidedArticle, now: datetime) -> None:
    """In force from now on, in place of an earlier one on the same thing."""
    take_back(connection, judgement, now)
    connection.execute(
        rows.query(
            rows.insert("news.judgement", (*_COLUMNS, "rule", "topic_version", "judged_at"))
        ),
        rows.parameters(judgement, rule=on.rule, topic_version=on.topic_version, judged_at=now),
    )


@dataclass(frozen=True, slots=True)
class JudgedArticle(FlaggableArticle):
    """An article with what a person says of its flag; `must_flag` is what the topic has to do."""

    topic: str = ""
    must_flag: bool = True
    why: str = ""


def judged_articles(connection: Connection) -> list[JudgedArticle]:
    """Every flag, and every lack of one, that somebody could judge; by topic."""
    return rows.read(
        connection,
        JudgedArticle,
        """
        select article_id, title, text, language, decision.kind is null as is_original,
               duplicate_of_article as original_id, added, subtitle, outlet, country, page_kind,
               section, agency, word_count, topic, verdict in ('right', 'missed') as must_flag, why
        from news.judgement
        join news.article using (article_id)
        join news.decision using (article_id)
        where subject = 'flag' and superseded_at is null and verdict <> 'unsure'
        order by topic, article_id
        """,
    )
