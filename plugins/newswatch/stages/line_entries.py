"""The entries that editions of some reports would show, without a database: for lines of JSON."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from newswatch.embedders.choose import NoEmbedder
from newswatch.models import ArticleId, EntryNumber
from newswatch.settings import Settings
from newswatch.stages.embed import chosen_embedder
from newswatch.stories.embedding import meanings_of
from newswatch.stories.entries import WINDOW, entries_of
from newswatch.stories.entry_model import WORDS_ONLY, EntryModel, entry_models
from newswatch.stories.report import Report
from newswatch.stories.signs import FlaggedReport, rarity_keys
from newswatch.stories.terms import Frequencies

DAY = timedelta(days=1)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LineReport:
    """A line as an edition would take it; `copy_of` is the place of the line that it copies."""

    report: Report
    seen_at: datetime
    copy_of: int | None


def entries_of_lines(lines: Sequence[LineReport], settings: Settings) -> list[int]:
    """For each line the place of the first line of its entry. A copy is where its original is.

    Lines of two days are one edition. Of more there is an edition a day, each of the two days
    before it, and an entry goes on from one to the next, as a subscriber's does.
    """
    reports = [
        FlaggedReport(ArticleId(place), line.report, line.seen_at)
        for place, line in enumerate(lines)
        if line.copy_of is None
    ]
    reports, model = _with_meanings(reports, settings)
    number_of = _numbers(reports, model)
    first: dict[EntryNumber, int] = {}
    found: list[int] = []
    for place, line in enumerate(lines):
        if line.copy_of is not None:
            found.append(found[line.copy_of])
        else:
            found.append(first.setdefault(number_of[ArticleId(place)], place))
    return found


def _numbers(
    reports: Sequence[FlaggedReport], model: EntryModel
) -> Mapping[ArticleId, EntryNumber]:
    """Of each report the number of its entry in the edition that tells it."""
    frequencies = Frequencies()
    for keys in rarity_keys(reports):
        frequencies.add(keys)
    new = count()
    told: dict[ArticleId, EntryNumber] = {}
    before: dict[ArticleId, EntryNumber] = {}
    for window in _windows(reports):
        now: dict[ArticleId, EntryNumber] = {}
        for entry in entries_of(window, frequencies, model, before=before):
            number = EntryNumber(next(new)) if entry.number is None else entry.number
            now |= dict.fromkeys(entry.article_ids, number)
        told = {**now, **told}
        before = now
    return told


def _windows(reports: Sequence[FlaggedReport]) -> Iterator[list[FlaggedReport]]:
    """The reports of each edition: the first is of the first two days."""
    if not reports:
        return
    sent = min(flagged.seen_at for flagged in reports) + WINDOW
    told: set[ArticleId] = set()
    while len(told) < len(reports):
        window = [flagged for flagged in reports if sent - WINDOW <= flagged.seen_at <= sent]
        if any(flagged.article_id not in told for flagged in window):
            yield window
        told |= {flagged.article_id for flagged in window}
        later = [flagged.seen_at for flagged in reports if flagged.seen_at > sent]
        if later:  # days without a report have no edition
            sent += DAY * max(1, (min(later) - sent) // DAY)


def _with_meanings(
    reports: list[FlaggedReport], settings: Settings
) -> tuple[list[FlaggedReport], EntryModel]:
    embedder = chosen_embedder(settings)
    if isinstance(embedder, NoEmbedder):
        log.warning("newswatch: no model of sentences, entries go by words: %s", embedder.reason)
        return reports, entry_models()[WORDS_ONLY]
    meanings = meanings_of([flagged.report for flagged in reports], embedder)
    told = [
        replace(flagged, meaning=meaning)
        for flagged, meaning in zip(reports, meanings, strict=True)
    ]
    return told, entry_models()[embedder.name]
