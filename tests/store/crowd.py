"""Many rows out of few: what each growing table of `news` holds is copied again into the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from psycopg import sql

from newswatch.store.server.database import Connection

# The tables that a statement may read from end to end, each with what keeps it small. A table that
# is not named here grows.
SMALL = {
    "action": "a row each time that an operator does something",
    "alert": "a row each time that something is wrong, kept for a while",
    "feed_volume": "a row a feed of the watchlist",
    "run_failure": "a row each time that a DAG begins to fail",
    "dedupe_version": "one row",
    "feed": "a row a feed of the watchlist",
    "judgement": "a row each time that somebody says right, wrong or missed",
    "parked": "a row an item that a stage failed at",
    "recall_draw": "a row a topic and a night",
    "recall_flagged": "a few rows a topic and a night",
    "recall_sample": "fifty rows a night",
    "reader": "a row a subscriber that there ever was",
    "outage": "a row each time that most hosts of a shard are away",
    "reader_choice": "a row a reader who chose something",
    "revision": "a row an article whose newer wording the next flag puts in force",
    "robots": "a row a site",
    "saved_search": "a row a search that somebody keeps",
    "seed": "a row a document that somebody added",
    "topic_draft": "a row each time that somebody saves a draft of a topic",
    "topic_version": "a row each time that somebody changes a topic",
}
AGE = timedelta(hours=36)  # between one copy and the next: a week is a small part of their time
SHIFT = 1_000_000  # between an id and its copy
DUE = ("revisit_at", "next_attempt_at")  # when work is due: of a copy, later than of its original

_COLUMNS = """
select attname::text, format_type(coalesce(nullif(typbasetype, 0), atttypid), atttypmod),
       typbasetype = 0 and  -- a code is one of a few
       exists (select from pg_index where indrelid = attrelid and indisunique
               and attnum = any (indkey)),
       exists (select from pg_constraint join pg_class on pg_class.oid = confrelid
               where contype = 'f' and conrelid = attrelid and attnum = any (conkey)
               and relname = any (%(small)s))
from pg_attribute join pg_type on pg_type.oid = atttypid
where attrelid = format('news.%%I', %(table)s::text)::regclass and attnum > 0
  and not attisdropped and attgenerated = ''
order by attnum
"""


# What one cycle leaves empty, made of the copies of what it fills: table, columns, their values.
_OF_COPIES = {
    "article_version": """
        (article_id, replaced_at, title, text, body_source)
        select article_id, first_seen_at, title, text, body_source from news.article
        where article_id < 0
    """,
    "containment": """
        (article_id, document_id, coverage, coverage_of_article, jaccard, passages, reason)
        select article_id, document_id, 1, 1, 1, '[]', '' from news.fingerprint
        where article_id < 0
    """,
    "entry_version": """
        (entry_id, content_hash, title, summary, replaced_at)
        select entry_id, content_hash, title, summary, first_seen_at from news.entry
        where entry_id < 0
    """,
    "near_miss": """
        (article_id, topic, topic_version, rule, missed, words, sentence, nearness, looked_at)
        select article_id, topic, version, '', '', '{}', '', 0, flagged_at from news.flag
        where article_id < 0
    """,
    "story_change": """
        (kind, story_id, from_story_id, article_ids, why)
        select 'merge', story_id, story_id - 1, array_agg(article_id), '' from news.decision
        where story_id < 0 group by story_id
    """,
}


def growing(connection: Connection) -> set[str]:
    """The tables of `news` that grow with what is read."""
    rows = connection.execute(
        "select relname from pg_class where relkind in ('r', 'p') and not relispartition"
        " and relnamespace = 'news'::regnamespace"
    )
    tables = {name for (name,) in rows}
    assert tables >= SMALL.keys()
    return tables - SMALL.keys()


def crowd(connection: Connection, rows: int) -> None:
    """Copy what each growing table holds until it holds about so many rows; needs a superuser.

    The copies are `AGE` older each, with ids and hashes of their own, and refer to one another as
    their originals do; none of them waits for a stage.
    """
    connection.execute("set session_replication_role = replica")  # tables in any order
    for table in growing(connection):
        (held,) = connection.execute(
            sql.SQL("select count(*) from news.{}").format(sql.Identifier(table))
        ).fetchall()[0]
        columns = connection.execute(_COLUMNS, {"table": table, "small": list(SMALL)}).fetchall()
        names = sql.SQL(", ").join(sql.Identifier(name) for name, *_ in columns)
        connection.execute(
            sql.SQL(
                "insert into news.{table} ({names}) overriding system value"
                " select {values} from news.{table} cross join generate_series(1, {copies}) as nth"
                " on conflict do nothing"  # a seed has one fingerprint
            ).format(
                table=sql.Identifier(table),
                names=names,
                values=sql.SQL(", ").join(map(_copied, columns)),
                copies=sql.Literal(rows // held if held else 0),
            )
        )
    for table, made in _OF_COPIES.items():
        connection.execute(f"insert into news.{table} {made} on conflict do nothing".encode())
    connection.execute("set session_replication_role = origin")
    connection.execute("vacuum analyze")


def _copied(column: Sequence[object]) -> sql.Composable:
    name, kind, unique, of_small = column
    field = sql.Identifier(str(name))
    match kind:
        case _ if of_small:
            return field
        case "bigint":  # an id or a hash; 0 is "no hash"
            form = "case when {0} = 0 then 0 else {0} - {1}::bigint * nth end"
            return sql.SQL(form).format(field, sql.Literal(SHIFT))
        case "timestamp with time zone":
            form = "{} + {} * nth" if name in DUE else "{} - {} * nth"
            return sql.SQL(form).format(field, sql.Literal(AGE))
        case "date":
            return sql.SQL("({} - {} * nth)::date").format(field, sql.Literal(AGE))
        case "text" if unique:
            return sql.SQL("{} || '~' || nth").format(field)
        case _:
            return field
