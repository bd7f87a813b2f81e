"""What `load` publishes: the moment from which the analysts' views show an article."""

from __future__ import annotations

from datetime import datetime

from newswatch.models import RunId
from newswatch.store import rows
from newswatch.store.server.database import Connection


def publish(connection: Connection, run_id: RunId, now: datetime) -> int:
    """Publish every finished article; how many. One statement, so views change all at once."""
    return connection.execute(
        "update news.article set loaded_at = %s, run_id = %s"
        " where flagged_at is not null and loaded_at is null",
        [now, run_id],
    ).rowcount


def published_by(connection: Connection, run_id: RunId) -> dict[str, int]:
    """What the run published: articles, originals, copies, flagged articles, flags."""
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
