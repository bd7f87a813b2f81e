"""`news.revision` and `news.article_version`: what a published article says by now, and what it
said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from newswatch.models import ArticleId, ExtractedArticle, PageKind, RevisionMeasures
from newswatch.store.articles import PENDING_COLUMNS, PendingEntry
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class Revisit(PendingEntry):
    """The entry of an article whose page is due again, with what is known of both."""

    article_id: ArticleId
    article_title: str
    article_text: str
    from_page: bool
    page_kind: PageKind
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """A newer wording that is not in force yet, and the one that the article has."""

    article_id: ArticleId
    canonical_url: str
    outlet: str
    title: str
    text: str
    language: str | None
    article_title: str
    article_text: str
    is_original: bool


def due_revisits(
    connection: Connection, now: datetime, shard: int, shards: int, limit: int
) -> list[Revisit]:
    """The shard's articles to look at again, those that wait longest first."""
    with connection.cursor(row_factory=class_row(Revisit)) as cursor:
        return cursor.execute(
            f"""
            select {PENDING_COLUMNS},
                   article.article_id, article.title as article_title,
                   article.text as article_text, article.no_page_reason is null as from_page,
                   article.page_kind,
                   page.etag, page.last_modified
            from news.article
            join lateral (
                select * from news.entry
                where entry.article_id = article.article_id and entry.status = 'extracted'
                order by entry_id limit 1
            ) as entry on true
            join news.feed using (feed_id)
            left join lateral (
                select etag, last_modified from news.page
                where page.entry_id = entry.entry_id and page.outcome = 'ok'
                order by page_id desc limit 1
            ) as page on true
            where article.revisit_at <= %(now)s and entry.shard_key %% %(shards)s = %(shard)s
            order by article.revisit_at, article.article_id
            limit %(limit)s
            """.encode(),
            {"now": now, "shard": shard, "shards": shards, "limit": limit},
        ).fetchall()


def plan_revisit(connection: Connection, article_id: ArticleId, at: datetime | None) -> None:
    connection.execute(
        "update news.article set revisit_at = %s where article_id = %s", [at, article_id]
    )


_COLUMNS = """
    article_id, title, text, summary, language, body_source, page_kind, no_page_reason, word_count,
    modified_at, extraction_method, extraction_confidence, seen_at
"""
_NEWEST = """
    on conflict (article_id) do update set
        title = excluded.title, text = excluded.text, summary = excluded.summary,
        language = excluded.language, body_source = excluded.body_source,
        page_kind = excluded.page_kind, no_page_reason = excluded.no_page_reason,
        word_count = excluded.word_count, modified_at = excluded.modified_at,
        extraction_method = excluded.extraction_method,
        extraction_confidence = excluded.extraction_confidence, seen_at = excluded.seen_at
"""


def propose(
    connection: Connection, article_id: ArticleId, found: ExtractedArticle, now: datetime
) -> None:
    """Keep a newer wording until it is put in force; of several the newest."""
    connection.execute(
        f"""
        insert into news.revision ({_COLUMNS})
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        {_NEWEST}
        """.encode(),
        [
            article_id,
            found.title,
            found.text,
            found.summary,
            found.language,
            found.body_source,
            found.page_kind,
            found.no_page_reason,
            found.word_count,
            found.modified_at,
            found.extraction_method,
            found.extraction_confidence,
            now,
        ],
    )


def propose_texts(connection: Connection, article_ids: Sequence[ArticleId], now: datetime) -> None:
    """Keep those of these articles that are the text of a headline as the newer wording of that."""
    connection.execute(
        f"""
        insert into news.revision ({_COLUMNS})
        select distinct on (headline.article_id)
               headline.article_id, article.title, article.text, article.summary, article.language,
               article.body_source, article.page_kind, article.no_page_reason, article.word_count,
               article.modified_at, article.extraction_method, article.extraction_confidence, %s
        from news.decision
        join news.article using (article_id)
        join news.article as headline on headline.article_id = decision.duplicate_of_article
        where decision.article_id = any(%s) and decision.kind = 'revision'
          and length(article.text) > length(headline.text)
        order by headline.article_id, length(article.text) desc, article.article_id
        {_NEWEST}
        """.encode(),
        [now, list(article_ids)],
    )


def waiting_revisions(connection: Connection, limit: int) -> list[Revision]:
    """Of articles that are flagged: those that are not yet have to wait for it."""
    with connection.cursor(row_factory=class_row(Revision)) as cursor:
        return cursor.execute(
            """
            select article_id, canonical_url, outlet, revision.title, revision.text,
                   revision.language, article.title as article_title, article.text as article_text,
                   decision.kind is null as is_original
            from news.revision join news.article using (article_id)
            join news.decision using (article_id)
            where article.flagged_at is not null
            order by article_id limit %s
            """,
            [limit],
        ).fetchall()


def put_in_force(
    connection: Connection,
    revision: Revision,
    measures: RevisionMeasures,
    now: datetime,
    *,
    publish_again: bool,
) -> datetime | None:
    """Replace the article's wording, and keep the earlier one with what this one kept of it.

    `publish_again` makes it news to whoever reads what was published since some time. The time
    that it is in force from: `now`, or just after the earlier wording if that came no sooner. None
    if meanwhile a newer one was proposed, which then waits in its place.
    """
    row = connection.execute(
        """
        with revision as (
            delete from news.revision
            where article_id = %(article_id)s and title = %(title)s and text = %(text)s
            returning *
        ),
        earlier as (
            select article_id, article.title, article.text, article.body_source,
                   greatest(%(now)s, revised_at + interval '1 microsecond') as replaced_at
            from news.article join revision using (article_id)
        ),
        kept as (
            insert into news.article_version (
                article_id, replaced_at, title, text, body_source, coverage, coverage_of_earlier,
                jaccard, passages, reason, algorithm_version
            )
            select article_id, replaced_at, title, text, body_source, %(coverage)s,
                   %(coverage_of_earlier)s, %(jaccard)s, %(passages)s, %(reason)s,
                   %(algorithm_version)s
            from earlier
        )
        update news.article set
            title = revision.title, text = revision.text, summary = revision.summary,
            language = revision.language, body_source = revision.body_source,
            page_kind = revision.page_kind, no_page_reason = revision.no_page_reason,
            word_count = revision.word_count, modified_at = revision.modified_at,
            extraction_method = revision.extraction_method,
            extraction_confidence = revision.extraction_confidence,
            revised_at = earlier.replaced_at,
            loaded_at = case when %(publish_again)s then null else loaded_at end
        from revision join earlier using (article_id)
        where article.article_id = revision.article_id
        returning article.revised_at
        """,
        {
            "article_id": revision.article_id,
            "title": revision.title,
            "text": revision.text,
            "now": now,
            "coverage": measures.coverage,
            "coverage_of_earlier": measures.coverage_of_earlier,
            "jaccard": measures.jaccard,
            "passages": Jsonb(
                [[one.start_a, one.end_a, one.start_b, one.end_b] for one in measures.passages]
            ),
            "reason": measures.reason,
            "algorithm_version": measures.algorithm_version,
            "publish_again": publish_again,
        },
    ).fetchone()
    return None if row is None else row[0]
