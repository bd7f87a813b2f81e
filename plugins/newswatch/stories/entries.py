"""An edition's entries: the flagged reports of two days, one entry for each event.

Reports are grouped anew for each edition, in any language, and what is stored of stories has no
part in it: a story that took in too much does not carry that into the brief. An entry keeps its
number from edition to edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from newswatch.models import ArticleId, EntryNumber
from newswatch.stories.constraints import Constraints, Statement, constraints_of
from newswatch.stories.entry_model import EntryModel
from newswatch.stories.linkage import average_linkage, in_company
from newswatch.stories.signs import FlaggedReport, Matrix, PairSigns, Sign, pair_signs
from newswatch.stories.terms import Frequencies

WINDOW = timedelta(hours=48)  # how far back an edition's entries reach
MOST_REPORTS = 2_000  # that are compared with one another; of more, so many at a time


@dataclass(frozen=True, slots=True)
class Joined:
    """Why a report is in its entry: the earlier report there that it most likely tells the same
    event as."""

    article_id: ArticleId
    nearest: ArticleId
    likelihood: float  # 0..1, of the pair
    signs: Mapping[Sign, float]
    parts: Mapping[Sign, float]  # what each sign adds to the logarithm of the odds
    is_stated: bool  # that the two are one event was said, whatever the signs


@dataclass(frozen=True, slots=True)
class Entry:
    """Reports of one event in the order of time, and why each but the first is among them."""

    article_ids: tuple[ArticleId, ...]
    joined: tuple[Joined, ...]
    number: EntryNumber | None = None  # of the edition before; None for a new entry


def entries_of(
    reports: Sequence[FlaggedReport],
    frequencies: Frequencies,
    model: EntryModel,
    statements: Sequence[Statement] = (),
    before: Mapping[ArticleId, EntryNumber] | None = None,
) -> list[Entry]:
    """Every report in one entry, by the earliest report of each.

    `before` has the numbers that the reports' entries had in the edition before: an entry goes on
    as the one that it shares most reports with.
    """
    ordered = sorted(reports, key=lambda flagged: (flagged.seen_at, flagged.article_id))
    entries = [
        entry
        for start in range(0, len(ordered), MOST_REPORTS)
        for entry in _grouped(ordered[start : start + MOST_REPORTS], frequencies, model, statements)
    ]
    return continued(entries, before or {})


def _grouped(
    reports: Sequence[FlaggedReport],
    frequencies: Frequencies,
    model: EntryModel,
    statements: Sequence[Statement],
) -> Iterator[Entry]:
    pairs = pair_signs(reports, frequencies, model.means)
    likelihood = model.likelihood(pairs)
    rows = {flagged.article_id: row for row, flagged in enumerate(reports)}
    known = constraints_of(rows, statements)
    near = in_company(likelihood, model.company)
    for group in average_linkage(near, model.threshold, known.together, known.apart):
        yield Entry(
            tuple(reports[row].article_id for row in group),
            tuple(
                _joined(reports, row, group[:place], likelihood, pairs, model, known)
                for place, row in enumerate(group)
                if place
            ),
        )


def _joined(
    reports: Sequence[FlaggedReport],
    row: int,
    earlier: Sequence[int],
    likelihood: Matrix,
    pairs: PairSigns,
    model: EntryModel,
    known: Constraints,
) -> Joined:
    nearest = max(earlier, key=lambda other: (likelihood[row, other], other))
    signs = pairs.of_pair(row, nearest)
    return Joined(
        reports[row].article_id,
        reports[nearest].article_id,
        float(likelihood[row, nearest]),
        signs,
        model.parts(signs, same_language=bool(pairs.same_language[row, nearest])),
        known.holds(row, nearest),
    )


def continued(entries: Sequence[Entry], before: Mapping[ArticleId, EntryNumber]) -> list[Entry]:
    """Each number goes to the entry that has most of its reports; an entry that has most of two
    keeps the one that it has more of. Ties go to the earlier entry, and the lower number."""
    shared = Counter(
        (place, before[article_id])
        for place, entry in enumerate(entries)
        for article_id in entry.article_ids
        if article_id in before
    )
    numbers: dict[int, EntryNumber] = {}
    taken: set[EntryNumber] = set()
    for (place, number), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if place not in numbers and number not in taken:
            numbers[place] = number
            taken.add(number)
    return [
        Entry(entry.article_ids, entry.joined, numbers.get(place))
        for place, entry in enumerate(entries)
    ]
