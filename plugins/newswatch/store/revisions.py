"""`news.revision` and `news.article_version`: what a published article says by now, and what it
said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.types.json import Jsonb

from newswatch.models import ArticleId, ExtractedArticle, PageKind, RevisionMeasures
from newswatch.store import rows
from newswatch.store.articles import PENDING_COLUMNS, PendingEntry
from newswatch.store.parked import Tries, held
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
    subtitle: str | None = None
    country: str | None = None
    page_kind: str | None = None
    section: str | None = None
    agency: str | None = None
    word_count: int | None = None


def due_revisits(
    connection: Connection, tries: Tries, shard: int, shards: int, limit: int
) -> list[Revisit]:
    """The shard's articles to look at again, those that wait longest first."""
    return rows.read(
        connection,
        Revisit,
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
              and not {held("extract", "article")}
            order by article.revisit_at, article.article_id
            limit %(limit)s
        """,
        rows.parameters(tries, shard=shard, shards=shards, limit=limit),
    )


def plan_revisit(connection: Connection, article_id: ArticleId, at: datetime | None) -> None:
    connection.execute(
        "update news.article set revisit_at = %s where article_id = %s", [at, article_id]
    )


DAILY_VISITS = 4  # of one page within any 24 hours, however often its feed has news of it
SOONER = """
    least(revisit_at, greatest(%(now)s, (
        select fetched_at + interval '1 day' from news.page
        where page.entry_id = read.entry_id
        order by fetched_at desc offset %(visits)s - 1 limit 1
    )))
"""
"""When the page that was fetched for entry `read.entry_id` is due again, now that its feed has news
of it; of `%(now)s` and `%(visits)s`."""


def visit_for_news(
    connection: Connection, article_id: ArticleId, seen_at: datetime, now: datetime
) -> None:
    """Look at the article's page again for an item that its feed brought at `seen_at`, unless the
    page was fetched since: at once, within `DAILY_VISITS`."""
    connection.execute(
        rows.query(
            f"""
            update news.article set revisit_at = {SOONER}
            from (
                select entry_id from news.entry
                where article_id = %(article_id)s and status = 'extracted'
                order by entry_id limit 1
            ) as read
            where article.article_id = %(article_id)s and (
                select max(fetched_at) from news.page where page.entry_id = read.entry_id
            ) < %(seen_at)s
            """
        ),
        {"article_id": article_id, "seen_at": seen_at, "now": now, "visits": DAILY_VISITS},
    )


REVISED = (
    "title",
    "text",
    "summary",
    "language",
    "body_source",
    "page_kind",
    "no_page_reason",
    "word_count",
    "modified_at",
    "extraction_method",
    "extraction_confidence",
)
"""The facts that a newer wording replaces: columns of `news.revision` and of `news.article`."""
_NEWEST = f"""
    on conflict (article_id) do update set {rows.taken_from("excluded", (*REVISED, "seen_at"))}
"""


def propose(
    connection: Connection, article_id: ArticleId, found: ExtractedArticle, now: datetime
) -> None:
    """Keep a newer wording until it is put in force; of several the newest."""
    connection.execute(
        rows.query(rows.insert("news.revision", ("article_id", *REVISED, "seen_at")) + _NEWEST),
        rows.parameters(found, article_id=article_id, seen_at=now),
    )


def propose_texts(connection: Connection, article_ids: Sequence[ArticleId], now: datetime) -> None:
    """Of these articles, keep each that is the text of an earlier headline as that headline's newer
    wording."""
    connection.execute(
        rows.query(
            f"""
            insert into news.revision (article_id, {rows.listed(REVISED)}, seen_at)
            select distinct on (headline.article_id)
                   headline.article_id, {rows.listed(REVISED, of="article")}, %s
            from news.decision
            join news.article using (article_id)
            join news.article as headline on headline.article_id = decision.duplicate_of_article
            where decision.article_id = any(%s) and decision.kind = 'revision'
              and length(article.text) > length(headline.text)
            order by headline.article_id, length(article.text) desc, article.article_id
            {_NEWEST}
            """
        ),
        [now, list(article_ids)],
    )


def waiting_revisions(connection: Connection, tries: Tries, limit: int) -> list[Revision]:
    """The newer wordings of flagged articles; those of articles that wait for flag wait, too."""
    return rows.read(
        connection,
        Revision,
        f"""
        select article_id, canonical_url, outlet, revision.title, revision.text,
               revision.language, article.title as article_title, article.text as article_text,
               decision.kind is null as is_original, article.subtitle, article.country,
               revision.page_kind, article.section, article.agency, revision.word_count
        from news.revision join news.article using (article_id)
        join news.decision using (article_id)
        where article.flagged_at is not null and not {held("flag", "article")}
        order by article_id limit %(limit)s
        """,
        rows.parameters(tries, limit=limit),
    )


_MEASURES = rows.columns(RevisionMeasures)


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
    measured = ", ".join(f"%({name})s" for name in _MEASURES)
    in_force_from: datetime | None = rows.first_value(
        connection,
        f"""
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
                article_id, replaced_at, title, text, body_source, {rows.listed(_MEASURES)}
            )
            select article_id, replaced_at, title, text, body_source, {measured}
            from earlier
        )
        update news.article set
            {rows.taken_from("revision", REVISED)},
            revised_at = earlier.replaced_at,
            loaded_at = case when %(publish_again)s then null else loaded_at end,
            publication = case when %(publish_again)s then null else publication end
        from revision join earlier using (article_id)
        where article.article_id = revision.article_id
        returning article.revised_at
        """,
        rows.parameters(
            measures,
            article_id=revision.article_id,
            title=revision.title,
            text=revision.text,
            now=now,
            publish_again=publish_again,
            passages=Jsonb(
                [
                    [passage.start_a, passage.end_a, passage.start_b, passage.end_b]
                    for passage in measures.passages
                ]
            ),
        ),
    )
    return in_force_from
