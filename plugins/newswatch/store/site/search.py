"""Full text over everything published, in any script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newswatch.store import rows
from newswatch.store.server.database import Connection

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Clause:
    """Phrases of which an article holds one, or none if it is `negated`; an open phrase's last word
    may go on."""

    phrases: tuple[str, ...]
    negated: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for: every clause, and what else is not None."""

    clauses: tuple[Clause, ...] = ()
    outlet: str | None = None
    country: str | None = None
    language: str | None = None
    topic: str | None = None
    since: datetime | None = None
    until: datetime | None = None  # exclusive
    originals: bool | None = None  # False: copies only
    headlines: bool = False  # look in headlines only


@dataclass(frozen=True, slots=True)
class Place:
    """An article's place in the order of search, the newest first."""

    seen_at: datetime
    article_id: int


_HEADLINE = "ts_filter(words, '{a}')"  # as its index has it
FEW = 1_000  # matches that are sorted; of more, the newest articles are looked through


def search(connection: Connection, wanted: Filter, before: Place | None, most: int) -> list[Row]:
    """The newest articles that are as wanted, those behind a place. In a transaction.

    Few matches are taken from the index and sorted, many are met soon among the newest articles.
    Postgres cannot tell which: it takes a word that it never saw for one in two hundred articles.
    """
    conditions, parameters = _conditions(wanted)
    if wanted.clauses:
        query, words = _query(wanted.clauses)
        parameters |= words
        holds = f"{_HEADLINE if wanted.headlines else 'words'} @@ {query}"
        found = _few(connection, holds, words)
        if found is None:
            conditions.append(
                "exists (select from analyst.article_search as found"
                f" where found.article_id = article.article_id and {holds})"
            )
        else:
            conditions.append("article.article_id = any(%(found)s)")
            parameters["found"] = found
    if before is not None:
        conditions.append("(article.seen_at, article.article_id) < (%(seen_at)s, %(before)s)")
        parameters |= {"seen_at": before.seen_at, "before": before.article_id}
    where = " and ".join(conditions) or "true"
    return rows.objects(
        connection,
        f"""
        select article.article_id, article.seen_at, article.published_at, article.outlet,
               article.country, article.language, article.title, article.text, article.url,
               article.is_original, article.duplicate_kind, article.body_source,
               article.story_id, article.word_count,
               (select array_agg(topic order by topic) from analyst.flag
                where flag.article_id = article.article_id) as topics
        from analyst.article
        where {where}
        order by article.seen_at desc, article.article_id desc limit %(most)s
        """,
        parameters | {"most": most},
    )


def _few(connection: Connection, holds: str, words: dict[str, str]) -> list[int] | None:
    """The matching articles; None if they are many."""
    connection.execute("set local enable_seqscan = off")
    found = rows.values(
        connection,
        f"select article_id from analyst.article_search where {holds} limit {FEW + 1}",
        words,
    )
    connection.execute("set local enable_seqscan = on")
    return found if len(found) <= FEW else None


def _conditions(wanted: Filter) -> tuple[list[str], dict[str, Any]]:
    named = {
        "outlet": "article.outlet = %(outlet)s",
        "country": "article.country = %(country)s",
        "language": "split_part(article.language, '-', 1) = %(language)s",
        "since": "article.seen_at >= %(since)s",
        "until": "article.seen_at < %(until)s",
        "originals": "article.is_original = %(originals)s",
        "topic": "exists (select from analyst.flag"
        " where flag.article_id = article.article_id and flag.topic = %(topic)s)",
    }
    parameters = {name: getattr(wanted, name) for name in named}
    return [text for name, text in named.items() if parameters[name] is not None], parameters


def _query(clauses: Sequence[Clause]) -> tuple[str, dict[str, str]]:
    """The clauses as an expression of tsquery, with its parameters."""
    words: dict[str, str] = {}
    parts = []
    for clause in clauses:
        phrases = []
        for phrase in clause.phrases:
            name = f"phrase_{len(words)}"
            words[name] = phrase
            phrases.append(_phrase(name, clause.is_open))
        any_of = f"({' || '.join(phrases)})"
        parts.append(f"!!{any_of}" if clause.negated else any_of)
    return f"({' && '.join(parts)})", words


def _phrase(name: str, is_open: bool) -> str:
    """The phrase of that parameter; what goes on is marked behind its last lexeme."""
    made = f"phraseto_tsquery('simple', analyst.searchable(%({name})s))"
    if not is_open:
        return made
    return f"case when numnode({made}) > 0 then ({made}::text || ':*')::tsquery else {made} end"


def choices(connection: Connection) -> dict[str, list[str]]:
    """What the filters may be: outlets, countries and languages of feeds, and topics."""
    return {
        name: rows.values(connection, statement)
        for name, statement in {
            "outlets": "select distinct outlet from ops.feed_health order by 1",
            "countries": "select distinct country from ops.feed_health where country is not null"
            " order by 1",
            "languages": "select distinct split_part(language, '-', 1) from ops.feed_health"
            " where language is not null order by 1",
            "topics": "select distinct topic from analyst.topic order by 1",
        }.items()
    }
