"""Full text over everything published, in any script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

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
NEWEST = 1_500  # articles that are read before the index is asked
_SHOWN = """
    article.article_id, article.seen_at, article.published_at, article.outlet, article.country,
    article.language, article.title, article.text, article.url, article.is_original,
    article.duplicate_kind, article.body_source, article.story_id, article.word_count
"""


def search(connection: Connection, wanted: Filter, before: Place | None, most: int) -> list[Row]:
    """The newest articles that are as wanted, those behind a place. In a transaction.

    Postgres cannot tell whether a word is frequent. So the newest articles are read first: what is
    frequent is found there. What is not is found by the index, which knows no order.
    """
    if not wanted.clauses:
        return _found(connection, wanted, before, most)
    newest = _found(connection, wanted, before, most, reads=NEWEST)
    if len(newest) == most:
        return newest
    _plan_for_few(connection, "off")
    found = _found(connection, wanted, before, most, by_index=True)
    _plan_for_few(connection, "on")
    return found


def _plan_for_few(connection: Connection, others: Literal["on", "off"]) -> None:
    """Where it takes words for frequent that are not, Postgres would read every article."""
    for plan in ("seqscan", "hashjoin", "mergejoin"):
        connection.execute(rows.query(f"set local enable_{plan} = {others}"))


def _found(
    connection: Connection,
    wanted: Filter,
    before: Place | None,
    most: int,
    *,
    reads: int | None = None,
    by_index: bool = False,
) -> list[Row]:
    """Candidates are as wanted but for the words, or have these in any order if they are found
    `by_index`: so many (`reads`), the newest first. One after the other it is seen whether they
    hold the words, until there are enough."""
    conditions, parameters = _conditions(wanted)
    seen_at = "named.seen_at" if wanted.topic is not None else "article.seen_at"
    if before is not None:
        conditions.append(f"({seen_at}, article_id) < (%(seen_at)s, %(before)s)")
        parameters |= {"seen_at": before.seen_at, "before": before.article_id}
    words = _HEADLINE if wanted.headlines else "words"
    holds = "true"
    if wanted.clauses:
        exactly, phrases = _query(wanted.clauses, "phraseto_tsquery")
        parameters |= phrases
        holds = f"""exists (
            select from analyst.article_search as found
            where found.article_id = candidate.article_id and {words} @@ {exactly})"""
    asked = [clause for clause in wanted.clauses if not clause.negated]
    if by_index and asked:
        roughly, phrases = _query(asked, "plainto_tsquery")
        parameters |= phrases
        conditions.append(
            "article_id in ("
            f"select article_id from analyst.article_search where {words} @@ {roughly})"
        )
    return rows.objects(
        connection,
        f"""
        with candidate as (
            select article_id, {seen_at} from {_from(wanted)}
            where {" and ".join(conditions) or "true"}
            order by {seen_at} desc, article_id desc limit %(reads)s offset 0
        ),
        found as materialized (
            select article_id from candidate where {holds} limit %(most)s
        )
        select {_SHOWN}, (select array_agg(topic order by topic) from analyst.flag
                          where flag.article_id = article.article_id) as topics
        from found join analyst.article using (article_id)
        order by article.seen_at desc, article.article_id desc
        """,
        parameters | {"reads": reads, "most": most},
    )


def _from(wanted: Filter) -> str:
    """The flags of a topic have the order of time, as articles have."""
    if wanted.topic is None:
        return "analyst.article"
    return "analyst.flag as named join analyst.article using (article_id)"


def _conditions(wanted: Filter) -> tuple[list[str], dict[str, Any]]:
    named = {
        "outlet": "article.outlet = %(outlet)s",
        "country": "article.country = %(country)s",
        "language": "split_part(article.language, '-', 1) = %(language)s",
        "since": "article.seen_at >= %(since)s",
        "until": "article.seen_at < %(until)s",
        "originals": "article.is_original = %(originals)s",
        "topic": "named.topic = %(topic)s",
    }
    parameters = {name: getattr(wanted, name) for name in named}
    return [text for name, text in named.items() if parameters[name] is not None], parameters


def _query(clauses: Sequence[Clause], made_by: str) -> tuple[str, dict[str, str]]:
    """The clauses as an expression of tsquery, with its parameters. `made_by` says whether words
    of a phrase stand in a row (phraseto_tsquery) or anywhere (plainto_tsquery)."""
    words: dict[str, str] = {}
    parts = []
    for clause in clauses:
        phrases = []
        for phrase in clause.phrases:
            name = f"{made_by}_{len(words)}"
            words[name] = phrase
            phrases.append(_phrase(made_by, name, clause.is_open))
        any_of = f"({' || '.join(phrases)})"
        parts.append(f"!!{any_of}" if clause.negated else any_of)
    return f"({' && '.join(parts)})", words


def _phrase(made_by: str, name: str, is_open: bool) -> str:
    """The words of that parameter; what goes on is marked behind its last lexeme."""
    made = f"{made_by}('simple', analyst.searchable(%({name})s))"
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
