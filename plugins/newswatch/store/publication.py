"""What `load` publishes: the moment from which the analysts' views show an article."""

from __future__ import annotations

from datetime import datetime

from newswatch.models import RunId
from newswatch.store import rows
from newswatch.store.server.database import Connection, scalar

PUBLICATION_KEY = 0x70756273  # "pubs": one publication at a time


def publish(connection: Connection, run_id: RunId, now: datetime) -> int:
    """Publish every finished article in the caller's transaction; how many.

    The publication's number is taken under a lock that ends with the transaction: whoever sees a
    number sees all lower ones, too. So "since then" is asked by this number, never by a time.
    """
    connection.execute("select pg_advisory_xact_lock(%s)", [PUBLICATION_KEY])
    publication = scalar(connection, "select nextval('news.publication_number')")
    return connection.execute(
        "update news.article set loaded_at = %s, run_id = %s, publication = %s"
        " where flagged_at is not null and loaded_at is null",
        [now, run_id, publication],
    ).rowcount


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
