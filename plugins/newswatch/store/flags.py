"""`news.flag`, `news.mention` and `news.topic_version`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ArticleId, Flag, FlagId, Mention
from newswatch.store import rows
from newswatch.store.parked import Tries, held
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class FlaggableArticle:
    """An article to look for topics in. Of a copy: what it copies, if that is an article, and the
    sentences that its outlet put in."""

    article_id: ArticleId
    title: str
    text: str
    language: str | None
    is_original: bool
    original_id: ArticleId | None
    added: Sequence[str]
    subtitle: str | None = None
    outlet: str | None = None
    country: str | None = None
    page_kind: str | None = None
    section: str | None = None
    agency: str | None = None
    word_count: int | None = None


_FLAGGABLE = """
    article_id, title, text, language, decision.kind is null as is_original,
    duplicate_of_article as original_id, added, subtitle, outlet, country, page_kind, section,
    agency, word_count
"""


def unflagged_articles(connection: Connection, tries: Tries, limit: int) -> list[FlaggableArticle]:
    """The next articles that are decided on and wait to be flagged."""
    return rows.read(
        connection,
        FlaggableArticle,
        f"""
        select {_FLAGGABLE}
        from news.article join news.decision using (article_id)
        where deduplicated_at is not null and flagged_at is null and not {held("flag", "article")}
        order by article_id limit %(limit)s
        """,
        rows.parameters(tries, limit=limit),
    )


def article_to_flag(connection: Connection, article_id: ArticleId) -> FlaggableArticle | None:
    """One article, whatever was done with it; None if it is not decided on."""
    found = rows.read(
        connection,
        FlaggableArticle,
        f"select {_FLAGGABLE} from news.article join news.decision using (article_id)"
        " where article_id = %s",
        [article_id],
    )
    return found[0] if found else None


def flagged_between(
    connection: Connection, since: datetime, until: datetime, after: ArticleId, limit: int
) -> list[FlaggableArticle]:
    """Articles that were flagged, first seen in a period, in order of id, above `after`."""
    return rows.read(
        connection,
        FlaggableArticle,
        f"""
        select {_FLAGGABLE}
        from news.article join news.decision using (article_id)
        where flagged_at is not null
          and first_seen_at >= %s and first_seen_at < %s and article_id > %s
        order by article_id limit %s
        """,
        [since, until, after, limit],
    )


def record_version(
    connection: Connection, topic: str, version: str, name: str, definition: str, now: datetime
) -> None:
    """Keep a topic's definition the first time that it is used."""
    connection.execute(
        """
        insert into news.topic_version (topic, version, name, definition, first_used_at)
        values (%s, %s, %s, %s, %s) on conflict do nothing
        """,
        [topic, version, name, definition, now],
    )


_FLAG = rows.columns(Flag, but=("topic_version", "mentions"))
_MENTION = rows.columns(Mention, but=("start", "end", "text"))


def insert_flag(connection: Connection, article_id: ArticleId, flag: Flag, now: datetime) -> None:
    """Store a flag, in force from now on, with its mentions."""
    flag_id: FlagId = rows.first_value(
        connection,
        rows.insert("news.flag", (*_FLAG, "article_id", "version", "flagged_at"))
        + "returning flag_id",
        rows.parameters(flag, article_id=article_id, version=flag.topic_version, flagged_at=now),
    )
    rows.write(
        connection,
        rows.insert("news.mention", (*_MENTION, "flag_id", "char_start", "char_end", "matched")),
        [
            rows.parameters(
                mention,
                flag_id=flag_id,
                char_start=mention.start,
                char_end=mention.end,
                matched=mention.text,
            )
            for mention in flag.mentions
        ],
    )


def mark_flagged(connection: Connection, article_ids: Sequence[ArticleId], now: datetime) -> None:
    connection.execute(
        "update news.article set flagged_at = %s where article_id = any(%s)",
        [now, list(article_ids)],
    )


def flags_in_force(
    connection: Connection, topic: str, article_ids: Sequence[ArticleId]
) -> dict[ArticleId, str]:
    """The version that flagged each of the articles that the topic flags now."""
    return rows.mapping(
        connection,
        "article_id",
        "version",
        "select article_id, version from news.flag"
        " where topic = %s and article_id = any(%s) and superseded_at is null",
        [topic, list(article_ids)],
    )


def topics_in_force(
    connection: Connection, article_ids: Sequence[ArticleId]
) -> dict[ArticleId, set[str]]:
    """The topics that flag each of the articles now."""
    found = rows.mapping(
        connection,
        "article_id",
        "topics",
        "select article_id, array_agg(topic) as topics from news.flag"
        " where article_id = any(%s) and superseded_at is null group by article_id",
        [list(article_ids)],
    )
    return {article_id: set(found.get(article_id, ())) for article_id in article_ids}


def supersede(
    connection: Connection, topic: str, article_ids: Sequence[ArticleId], now: datetime
) -> None:
    """End the topic's flags of these articles; the rows stay as history."""
    connection.execute(
        "update news.flag set superseded_at = %s"
        " where topic = %s and article_id = any(%s) and superseded_at is null",
        [now, topic, list(article_ids)],
    )
