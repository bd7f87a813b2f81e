"""What people say of decisions, and how often topics and rules are right."""

from __future__ import annotations

from typing import Any

from newswatch.models import ArticleId
from newswatch.store import rows
from newswatch.store.server.database import Connection

Row = dict[str, Any]
MOST = 100  # judgements that are listed


def of_article(connection: Connection, article_id: ArticleId) -> list[Row]:
    return rows.objects(
        connection,
        """
        select subject, verdict, topic, story_id, original_id, why, judged_by, judged_at
        from analyst.judgement where article_id = %s order by judged_at
        """,
        [article_id],
    )


def newest(connection: Connection) -> list[Row]:
    return rows.objects(
        connection,
        "select * from analyst.judgement order by judgement_id desc limit %s",
        [MOST],
    )


def precision(connection: Connection) -> list[Row]:
    """By topic and rule, all definitions and languages together; the rule is null of misses."""
    return rows.objects(
        connection,
        """
        select topic, rule, sum("right")::int as "right", sum(wrong)::int as wrong,
               sum(missed)::int as missed,
               sum("right")::double precision / nullif(sum("right" + wrong), 0) as precision
        from analyst.topic_precision group by topic, rule
        order by topic, rule nulls last
        """,
    )
