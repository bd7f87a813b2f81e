"""The entries of one subscriber's edition: reports of two days, one entry for each event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from psycopg.types.json import Jsonb

from newswatch.models import ArticleId, EditionId, EntryNumber
from newswatch.stages.embed import embed, meaning_of
from newswatch.stages.job import Work
from newswatch.store import edition_entries, stories
from newswatch.store.edition_entries import EditionEntryRow, WindowReport
from newswatch.stories.constraints import Statement
from newswatch.stories.entries import WINDOW, Entry, entries_of
from newswatch.stories.entry_model import WORDS_ONLY, EntryModel, entry_models
from newswatch.stories.report import Report
from newswatch.stories.signs import FlaggedReport, rarity_keys
from newswatch.stories.terms import Frequencies

_KIND: Mapping[str, Literal["together", "apart"]] = {"merge": "together", "split": "apart"}


@dataclass(frozen=True, slots=True)
class Grouped:
    """The entries of an edition, by what model, and the reports that they are of."""

    entries: Sequence[Entry]
    grouped_by: str
    reports: Mapping[ArticleId, WindowReport]


def group(
    work: Work,
    topics: Sequence[str],
    min_score: float,
    article_ids: Sequence[ArticleId],
    until: int,
    last: EditionId | None,
) -> Grouped:
    """Group these articles, which an edition has to tell, and what was flagged for the topics in
    the two days before, published up to that publication. `last` is the edition before, whose
    entries go on.
    """
    embed(work)
    rows = edition_entries.window_reports(
        work.connection, topics, min_score, work.now - WINDOW, until, article_ids
    )
    model = _model_for(rows)
    reports = [_flagged(row, model) for row in rows]
    entries = entries_of(
        reports,
        _frequencies(work, reports),
        model,
        _statements(work, rows),
        edition_entries.numbers_in(work.connection, last) if last else {},
    )
    return Grouped(
        entries,
        model.name if model.name == WORDS_ONLY else f"{model.name}, version {model.version}",
        {row.article_id: row for row in rows},
    )


def save(work: Work, edition_id: EditionId, entries: Sequence[Entry]) -> None:
    """Store them with their edition; those that are new get their number."""
    new = [entry for entry in entries if entry.number is None]
    numbers = iter(edition_entries.reserve_numbers(work.connection, len(new)))
    edition_entries.save(
        work.connection,
        edition_id,
        [
            row
            for entry in entries
            for row in _rows(entry, next(numbers) if entry.number is None else entry.number)
        ],
    )


def _rows(entry: Entry, number: EntryNumber) -> list[EditionEntryRow]:
    first = EditionEntryRow(entry.article_ids[0], number, None, None, Jsonb({}), False)
    others = [
        EditionEntryRow(
            joined.article_id,
            number,
            joined.nearest,
            round(joined.likelihood, 4),
            Jsonb(
                {
                    sign: {"value": round(value, 4), "adds": round(joined.parts.get(sign, 0.0), 4)}
                    for sign, value in joined.signs.items()
                    if sign in joined.parts
                }
            ),
            joined.is_stated,
        )
        for joined in entry.joined
    ]
    return [first, *others]


def _model_for(rows: Sequence[WindowReport]) -> EntryModel:
    """That of the vectors that all reports have; if one has none, or another's, that of words."""
    models = {row.model for row in rows}
    known = entry_models()
    name = models.pop() if len(models) == 1 else None
    return known.get(name or WORDS_ONLY, known[WORDS_ONLY])


def _flagged(row: WindowReport, model: EntryModel) -> FlaggedReport:
    has_meaning = model.means is not None and row.headline is not None and row.lead is not None
    return FlaggedReport(
        row.article_id,
        Report(row.title, row.text, row.language),
        row.seen_at,
        meaning_of(row.headline or b"", row.lead or b"") if has_meaning else None,
    )


def _frequencies(work: Work, reports: Sequence[FlaggedReport]) -> Frequencies:
    every = sorted(set().union(*rarity_keys(reports)))
    return Frequencies(*stories.rarities(work.connection, every))


def _statements(work: Work, rows: Sequence[WindowReport]) -> list[Statement]:
    """What copies what, and then what people said: of two that contradict one another, that."""
    copies = [
        Statement("together", frozenset((row.article_id,)), frozenset((row.copy_of,)))
        for row in rows
        if row.copy_of is not None
    ]
    stated = edition_entries.stated(work.connection, [row.article_id for row in rows])
    return copies + [Statement(_KIND[said.kind], said.one_side, said.other_side) for said in stated]
