"""What people say of decisions, what they are asked, and how good the topics are."""

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


def quality(connection: Connection) -> list[Row]:
    """Of each topic, and of its parts, the whole topic first."""
    return rows.objects(
        connection,
        """
        select * from analyst.topic_quality
        order by topic, array_position('{topic,rule,language,version,week}', split_by),
                 case when split_by = 'week' then part end desc, part nulls last
        """,
    )


def waiting(connection: Connection) -> list[Row]:
    """How many articles of the nightly sample nobody has judged, by topic."""
    return rows.objects(
        connection,
        "select topic, count(*) as articles from analyst.recall_sample where verdict is null"
        " group by topic order by topic",
    )


def to_judge(connection: Connection, topic: str | None, most: int) -> list[Row]:
    """Those that are to be judged next, the newest night's first."""
    return rows.objects(
        connection,
        """
        select day, topic, article_id, outlet, language, title, rule, missed, sentence, is_flagged
        from analyst.recall_sample
        where verdict is null and (%(topic)s::text is null or topic = %(topic)s)
        order by day desc, place limit %(most)s
        """,
        {"topic": topic, "most": most},
    )


def flag(connection: Connection, article_id: ArticleId, topic: str) -> Row | None:
    """The topic's flag of an article, with what was said of it; None if there is none by now."""
    found = rows.objects(
        connection,
        """
        select flag.title, flag.url, flag.outlet, flag.language, flag.reason, flag.evidence,
               topic.name, judgement.verdict, judgement.why, judgement.judged_by
        from analyst.flag
        left join analyst.topic on topic.topic = flag.topic and topic.version = flag.topic_version
        left join analyst.judgement
          on judgement.article_id = flag.article_id and judgement.topic = flag.topic
         and judgement.subject = 'flag'
        where flag.article_id = %s and flag.topic = %s
        """,
        [article_id, topic],
    )
    return found[0] if found else None


def said(connection: Connection, article_id: ArticleId, topic: str) -> Row | None:
    """What was said of the topic's flag of an article."""
    found = rows.objects(
        connection,
        "select article_id, topic, title, language, verdict from analyst.judgement"
        " where article_id = %s and topic = %s and subject = 'flag'",
        [article_id, topic],
    )
    return found[0] if found else None
