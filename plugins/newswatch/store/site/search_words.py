"""What is looked for, and how Postgres is asked for its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any


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


@dataclass(frozen=True, slots=True)
class Words:
    """The clauses as expressions of tsquery, with their parameters, and what they are looked for
    in."""

    exactly: str
    roughly: str  # words of a phrase may stand anywhere: all that an index knows of them
    stored: str
    parameters: dict[str, Any]


def words_of(wanted: Filter) -> Words:
    """What holds the clauses exactly holds them roughly."""
    exactly: list[str] = []
    roughly: list[str] = []
    parameters: dict[str, Any] = {}
    for clause in wanted.clauses:
        names = [f"words_{len(parameters) + nth}" for nth in range(len(clause.phrases))]
        parameters |= dict(zip(names, clause.phrases, strict=True))
        in_a_row = f"({' || '.join(_phrases(names, 'phraseto_tsquery', clause.is_open))})"
        anywhere = list(_phrases(names, "plainto_tsquery", clause.is_open))
        exactly.append(f"!!{in_a_row}" if clause.negated else in_a_row)
        roughly += map(_lacking, anywhere) if clause.negated else [f"({' || '.join(anywhere)})"]
    stored = "ts_filter(words, '{a}')" if wanted.headlines else "words"  # as their indexes have it
    return Words(" && ".join(exactly), " && ".join(roughly), stored, parameters)


def _phrases(names: Iterable[str], made_by: str, is_open: bool) -> Iterator[str]:
    """What goes on is marked behind its last lexeme."""
    for name in names:
        made = f"{made_by}('simple', analyst.searchable(%({name})s))"
        going_on = f"({made}::text || ':*')::tsquery"
        yield f"case when numnode({made}) > 0 then {going_on} else {made} end" if is_open else made


def _lacking(phrase: str) -> str:
    """Who lacks a phrase may have its words, but for a phrase of one word."""
    return f"case when numnode({phrase}) = 1 then !!({phrase}) else ''::tsquery end"
