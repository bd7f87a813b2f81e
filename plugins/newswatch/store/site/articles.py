"""One article: its text, flags with their mentions, copies, earlier wordings."""

from __future__ import annotations

from typing import Any

from newswatch.models import ArticleId
from newswatch.store import rows
from newswatch.store.server.database import Connection

Row = dict[str, Any]
MOST_COPIES = 50
MOST_VERSIONS = 20

_SHOWN = (
    *("article_id", "url", "outlet", "country", "language", "title", "subtitle", "text", "summary"),
    *("authors", "organisations", "agency", "dateline", "section", "published_at", "modified_at"),
    *("seen_at", "loaded_at", "revised_at", "word_count", "body_source", "no_page_reason"),
    *("page_kind", "paywalled", "extraction_method", "extraction_confidence", "is_original"),
    *("duplicate_kind", "duplicate_of", "story_id"),
)


def article(connection: Connection, article_id: ArticleId) -> Row | None:
    """None if there is none, or it is not published."""
    found = rows.objects(
        connection,
        f"""
        select {rows.listed(_SHOWN, of="article")}, story_article.role, story_article.new_sentences
        from analyst.article
        left join analyst.story_article using (article_id)
        where article_id = %s
        """,
        [article_id],
    )
    return found[0] if found else None


def flags(connection: Connection, article_id: ArticleId) -> list[Row]:
    """The flags in force, each with its mentions in the order of the text."""
    return rows.objects(
        connection,
        """
        select flag.flag_id, flag.topic, topic.name, flag.score, flag.salience, flag.reason,
               flag.rule, flag.topic_version, flag.flagged_at,
               coalesce((
                   select jsonb_agg(jsonb_build_object(
                       'field', field, 'start', char_start, 'end', char_end, 'alias', alias,
                       'part', part, 'matched', matched) order by field, char_start)
                   from analyst.mention where mention.flag_id = flag.flag_id), '[]') as mentions
        from analyst.flag
        left join analyst.topic on topic.topic = flag.topic and topic.version = flag.topic_version
        where flag.article_id = %s order by flag.score desc, flag.topic
        """,
        [article_id],
    )


def duplicate(connection: Connection, article_id: ArticleId) -> Row | None:
    """What it copies, and why we say so; None of an original."""
    found = rows.objects(
        connection,
        """
        select kind, duplicate_of, original_outlet, original_title, original_seen_at, seed,
               compared_with, coverage, coverage_of_original, reason, added
        from analyst.duplicate where article_id = %s
        """,
        [article_id],
    )
    return found[0] if found else None


def related(connection: Connection, article_id: ArticleId) -> Row | None:
    """The earlier text that it shares most with, without being its copy."""
    found = rows.objects(
        connection,
        """
        select related_to, related_outlet, related_title, related_seen_at, seed, coverage,
               coverage_of_related, reason, relation, added, changes
        from analyst.related where article_id = %s
        """,
        [article_id],
    )
    return found[0] if found else None


def copies(connection: Connection, article_id: ArticleId) -> list[Row]:
    """Later articles that copy it, the first ones."""
    return rows.objects(
        connection,
        """
        select article_id, outlet, title, seen_at, kind, coverage
        from analyst.duplicate where duplicate_of = %s order by article_id limit %s
        """,
        [article_id, MOST_COPIES],
    )


def contained(connection: Connection, article_id: ArticleId) -> list[Row]:
    """Earlier texts that stand in it."""
    return rows.objects(
        connection,
        """
        select contained.contained as other, held.outlet, held.title, seed, coverage, reason
        from analyst.contained
        left join analyst.article as held on held.article_id = contained.contained
        where contained.article_id = %s order by coverage desc limit %s
        """,
        [article_id, MOST_COPIES],
    )


def passages(connection: Connection, article_id: ArticleId, other: ArticleId) -> Row | None:
    """What the article shares with an earlier one that it was compared with: passages as
    [start_earlier, end_earlier, start, end], and the sentence about them."""
    found = rows.objects(
        connection,
        """
        select passages, reason, kind as relation, coverage from analyst.duplicate
        where article_id = %(id)s and compared_with = %(other)s
        union all
        select passages, reason, relation, coverage from analyst.related
        where article_id = %(id)s and related_to = %(other)s
        union all
        select passages, reason, 'contains', coverage from analyst.contained
        where article_id = %(id)s and contained = %(other)s
        limit 1
        """,
        {"id": article_id, "other": other},
    )
    return found[0] if found else None


def wordings(connection: Connection, article_id: ArticleId) -> list[Row]:
    """Its earlier wordings, the newest first."""
    return rows.objects(
        connection,
        """
        select replaced_at, title, text, body_source, reason
        from analyst.article_version where article_id = %s order by replaced_at desc limit %s
        """,
        [article_id, MOST_VERSIONS],
    )
