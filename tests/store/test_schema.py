"""What the catalogue says of the tables: codes, keys, indexes, and the text that makes them."""

from __future__ import annotations

import re
from typing import get_args

from newswatch import models
from newswatch.store.actions import ActionKind
from newswatch.store.server.database import Connection, connect, with_role
from newswatch.store.server.schema import references, schema

LITERALS = {
    "action_kind": ActionKind,
    "body_source": models.BodySource,
    "delivery_state": models.DeliveryState,
    "rhythm": models.Rhythm,
    "duplicate_kind": models.DuplicateKind,
    "entry_status": models.EntryStatus,
    "extraction_method": models.ExtractionMethod,
    "feed_disabled_by": models.FeedDisabledBy,
    "feed_identity": models.FeedIdentity,
    "feed_kind": models.FeedKind,
    "feed_origin": models.FeedOrigin,
    "feed_state": models.FeedCondition,
    "fetch_outcome": models.FetchOutcome,
    "judgement_subject": models.JudgementSubject,
    "mention_field": models.Field,
    "mention_part": models.MentionPart,
    "original_relation": models.OriginalRelation,
    "page_kind": models.PageKind,
    "parked_kind": models.ParkedKind,
    "poll_outcome": models.PollOutcome,
    "run_failure_kind": models.RunFailureKind,
    "salience": models.Salience,
    "severity": models.Severity,
    "stage": models.StageName | models.JobName,
    "story_change_kind": models.StoryChangeKind,
    "story_role": models.StoryRole,
    "verdict": models.Verdict,
    "zone_known": models.ZoneKnown,
}
DOMAINS = """
select typname, pg_get_constraintdef(pg_constraint.oid)
from pg_type join pg_constraint on contypid = pg_type.oid
where typnamespace = 'news'::regnamespace
"""
# Columns of few words whose check stands on the column itself would be lists that nobody finds.
INLINE_LISTS = r"""
select conrelid::regclass, conname from pg_constraint
where connamespace = 'news'::regnamespace and contype = 'c' and conrelid <> 0
  and pg_get_constraintdef(oid) ~ 'ANY \(ARRAY\[''.*::text, '
"""
INDEXES = """
select array(select attname::text from unnest(indkey::int[]) with ordinality as key (attnum, place)
             join pg_attribute on attrelid = indrelid and pg_attribute.attnum = key.attnum
             order by place) as columns,
       coalesce(pg_get_expr(indpred, indrelid), '') as predicate
from pg_index where indrelid = format('news.%%I', %s::text)::regclass
"""


def codes_of(literal: object) -> set[str]:
    """The strings of a Literal, or of a union of Literals."""
    return {
        code
        for argument in get_args(literal)
        for code in ([argument] if isinstance(argument, str) else codes_of(argument))
    }


def test_every_list_of_codes_is_a_domain_and_a_literal(connection: Connection) -> None:
    domains = {
        name: set(re.findall("'([^']*)'", check)) for name, check in connection.execute(DOMAINS)
    }
    assert domains == {name: codes_of(literal) for name, literal in LITERALS.items()}
    assert connection.execute(INLINE_LISTS).fetchall() == []


def test_every_code_has_a_sentence_that_analysts_can_read(database: str) -> None:
    with connect(with_role(database, "newswatch_analyst")) as analyst:
        rows = analyst.execute("select list, code, meaning from analyst.code").fetchall()
    assert {(name, code) for name, code, _ in rows} == {
        (name, code) for name, literal in LITERALS.items() for code in codes_of(literal)
    }
    assert len(rows) == len({(name, code) for name, code, _ in rows})
    assert [meaning for *_, meaning in rows if not meaning.endswith(".")] == []


def test_the_columns_that_hold_a_code_are_named(connection: Connection) -> None:
    query = "select columns from analyst.code where list = 'page_kind' and code = 'paywall'"
    assert connection.execute(query).fetchall() == [(["analyst.article.page_kind"],)]


def test_names_of_views_and_tables_are_singular(connection: Connection) -> None:
    names = connection.execute(
        "select relname from pg_class where relkind in ('r', 'p', 'v')"
        " and relnamespace in ('news'::regnamespace, 'ops'::regnamespace, 'analyst'::regnamespace)"
        " and relname ~ '[^s]s$'"
    ).fetchall()
    assert names == [("robots",)]  # the file's own name


def test_every_foreign_key_has_an_index(connection: Connection) -> None:
    """Else a deletion scans the table that refers to what is deleted."""
    missing = []
    for reference in references(connection):
        indexes = connection.execute(INDEXES, [reference.table]).fetchall()
        usable = (
            set(columns[: len(reference.columns)]) == set(reference.columns)
            and predicate in ("", f"({reference.columns[0]} IS NOT NULL)")
            for columns, predicate in indexes
        )
        if not any(usable):
            missing.append((reference.table, reference.columns))
    assert missing == []


def test_the_schema_text_makes_the_same_tables(admin: Connection) -> None:
    text = schema(admin)
    admin.execute("drop schema news cascade; create schema news")
    admin.execute(text.encode())
    without_remarks = re.sub(r"(?m)^-- .*\n| -- .*$", "", text)
    assert re.sub(r"(?m)^-- .*\n", "", schema(admin)) == without_remarks
