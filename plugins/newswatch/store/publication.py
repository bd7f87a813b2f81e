"""What `load` publishes: the moment from which the analysts' views show an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ArticleId, RunId
from newswatch.store import rows
from newswatch.store.parked import Tries, held
from newswatch.store.server.database import Connection, scalar

PUBLICATION_KEY = 0x70756273  # "pubs": one publication at a time


@dataclass(frozen=True, slots=True)
class UnpublishedArticle:
    """An article that is finished, and not in the analysts' views."""

    article_id: ArticleId
    title: str


def lock(connection: Connection) -> None:
    """Keep others from changing what is published until the caller's transaction ends. To be taken
    before any row of an article."""
    connection.execute("select pg_advisory_xact_lock(%s)", [PUBLICATION_KEY])


def next_number(connection: Connection) -> int:
    """The number of the publication that the caller's transaction makes.

    It is taken under a lock that ends with the transaction: whoever sees a number sees all lower
    ones, too. So "since then" is asked by this number, never by a time.
    """
    lock(connection)
    return int(scalar(connection, "select nextval('news.publication_number')"))


def newest_publication(connection: Connection) -> int:
    """The number of the last publication that is visible; 0 where there is none."""
    return int(scalar(connection, "select coalesce(max(publication), 0) from news.article"))


def last_publication_before(connection: Connection, time: datetime) -> int:
    """The number before that of the first publication by a run decided after that time; the newest
    if there is none. Where clocks went back, more is after it rather than less."""
    first = scalar(
        connection, "select min(publication) from news.article where loaded_at > %s", [time]
    )
    return newest_publication(connection) if first is None else int(first) - 1


def unpublished_articles(connection: Connection, tries: Tries) -> list[UnpublishedArticle]:
    """All that wait for load."""
    return rows.read(
        connection,
        UnpublishedArticle,
        f"""
        select article_id, title from news.article
        where flagged_at is not null and loaded_at is null and not {held("load", "article")}
        order by article_id
        """,
        rows.parameters(tries),
    )


def publish(
    connection: Connection,
    article_ids: Sequence[ArticleId],
    number: int,
    run_id: RunId,
    now: datetime,
) -> list[ArticleId]:
    """Publish these in the publication of that number, in the caller's transaction; those that were
    not published before."""
    return rows.values(
        connection,
        "update news.article set loaded_at = %s, run_id = %s, publication = %s"
        " where article_id = any(%s) and loaded_at is null returning article_id",
        [now, run_id, number, list(article_ids)],
    )


def published_by(connection: Connection, run_id: RunId) -> dict[str, int]:
    """How many articles, originals, copies, flagged articles and flags the run published."""
    (counts,) = rows.objects(
        connection,
        """
        select count(*) as articles,
               count(*) filter (where decision.kind is null) as originals,
               count(*) filter (where decision.kind is not null) as copies,
               count(*) filter (where exists (
                   select from news.flag
                   where flag.article_id = article.article_id and superseded_at is null))
                   as flagged,
               coalesce(sum((select count(*) from news.flag
                   where flag.article_id = article.article_id and superseded_at is null)), 0)::int
                   as flags
        from news.article join news.decision using (article_id)
        where article.run_id = %s
        """,
        [run_id],
    )
    return counts
