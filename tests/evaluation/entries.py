"""An edition's entries on labelled news in many languages, beside the simplest ways to make them.

Figures are of what each edition tells: reports of its last day. `one entry` puts all in one, which
is strong on a quiet day. Models are fitted anew for each row, and never score a pair of a story, or
of a day, that they were fitted on. What is flagged is a few stories of five days; so there are also
editions of all reports, as of a watchlist that flags everything, with ten times as many stories.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from time import process_time
from typing import get_args

import numpy as np

from evaluation.news import DayOfNews, Labelled, days_of, read_labelled
from evaluation.stories import b_cubed, grouped, server
from evaluation.train_entries import COMPANY, SENTENCES, THRESHOLDS, By, cross_fitted
from newswatch.embedders.choose import AUTOMATIC, NoEmbedder, embedder_of
from newswatch.stories.entry_model import WORDS_ONLY
from newswatch.stories.linkage import average_linkage, in_company
from newswatch.stories.signs import Matrix, pair_signs

PLAIN = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4)  # thresholds of TF-IDF: the best of them is shown
BY: tuple[By, ...] = get_args(By)
Grouping = Callable[[DayOfNews], Mapping[int, int]]  # an entry for each row


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the reports that are told, and pairs in two languages of all editions."""

    b_cubed: float
    same_language: float
    precision_abroad: float
    recall_abroad: float
    entries: int
    right: int  # how many entries there should be

    @property
    def f1_abroad(self) -> float:
        both = self.precision_abroad + self.recall_abroad
        return 2 * self.precision_abroad * self.recall_abroad / both if both else 0.0

    def row(self, name: str) -> str:
        return (
            f"{name:34} {self.b_cubed:6.3f} {self.same_language:9.3f} {self.precision_abroad:9.3f}"
            f" {self.recall_abroad:6.3f} {self.f1_abroad:6.3f} {self.entries:8} of {self.right}"
        )


def report(data: Path) -> str:
    """A row for each way to group, then the entries by topic and day."""
    embedder = embedder_of(AUTOMATIC)
    found = None if isinstance(embedder, NoEmbedder) else embedder
    before = process_time()
    news = read_labelled(data, found)
    each = 1_000 * (process_time() - before) / len(news.reports)
    days = list(days_of(news))
    models = {
        f"{name}, by {by}": linked(
            cross_fitted(news, name, by).likelihood, THRESHOLDS[name], COMPANY[name]
        )
        for name in ([WORDS_ONLY] if found is None else [WORDS_ONLY, SENTENCES])
        for by in BY
    }
    ways = {"stories of newswatch dedupe": stored_stories(news), **models}
    lines = [
        *rows(news, days, ways, "flagged reports"),
        "",
        *rows(news, list(days_of(news, lambda row: True)), ways, "all reports"),
    ]
    if found is None:
        lines.append(f"{SENTENCES}: {embedder}")
    lines.append(f"{each:.0f} ms of CPU a report to read, flag and embed")
    return "\n".join([*lines, "", *by_topic(news, days, list(models.values())[-1])])


def rows(
    news: Labelled, days: Sequence[DayOfNews], ways: Mapping[str, Grouping], title: str
) -> Iterable[str]:
    """A line for each way to group, after those of the simplest."""
    yield f"{title:34} {'B3':>6} {'same lang':>9} {'P abroad':>9} {'R':>6} {'F1':>6} {'entries':>8}"
    yield scored(news, days, one_entry).row("one entry for everything")
    yield max(
        (scored(news, days, plain(news, threshold)) for threshold in PLAIN),
        key=lambda score: score.b_cubed,
    ).row("plain TF-IDF, its best threshold")
    for name, grouping in ways.items():
        yield scored(news, days, grouping).row(name)


def scored(news: Labelled, days: Sequence[DayOfNews], grouping: Grouping) -> Score:
    told = same = 0.0
    entries = right = number = 0
    hits = said = true = 0
    for day in days:
        found = grouping(day)
        gold = {str(row): news.story[row] for row in day.told}
        entry = {str(row): found[row] for row in day.told}
        language = {str(row): news.reports[row].report.language for row in day.told}
        told += len(gold) * b_cubed(gold, entry)[2]
        same += len(gold) * b_cubed(_with(gold, language), _with(entry, language))[2]
        number += len(gold)
        entries += len(set(entry.values()))
        right += len(set(gold.values()))
        for one, other in combinations(gold, 2):
            if language[one] != language[other]:
                hits += gold[one] == gold[other] and entry[one] == entry[other]
                said += entry[one] == entry[other]
                true += gold[one] == gold[other]
    return Score(
        told / number, same / number, hits / max(1, said), hits / max(1, true), entries, right
    )


def one_entry(day: DayOfNews) -> Mapping[int, int]:
    return dict.fromkeys(day.rows, 0)


def linked(
    likelihood: Callable[[Sequence[int]], Matrix], threshold: float, company: float = 0.0
) -> Grouping:
    """Average linkage of an edition's window."""

    def grouping(day: DayOfNews) -> Mapping[int, int]:
        groups = average_linkage(in_company(likelihood(day.rows), company), threshold)
        return {day.rows[at]: entry for entry, group in enumerate(groups) for at in group}

    return grouping


def plain(news: Labelled, threshold: float) -> Grouping:
    """By the cosine of TF-IDF alone."""
    cosine = pair_signs(news.reports, news.frequencies, None).signs["words"] ** 2
    return linked(lambda rows: cosine[np.ix_(rows, rows)], threshold)


def stored_stories(news: Labelled) -> Grouping:
    """By the stories that `newswatch dedupe` gives, whatever the edition."""
    lines = [
        {
            "id": str(row),
            "title": flagged.report.title,
            "text": flagged.report.text,
            "language": flagged.report.language,
            "published": flagged.seen_at.isoformat(),
        }
        for row, flagged in enumerate(news.reports)
    ]
    with server() as environment:
        found = grouped(lines, environment)
    return lambda day: {row: int(found[str(row)]) for row in day.rows}


def by_topic(news: Labelled, days: Sequence[DayOfNews], grouping: Grouping) -> Iterable[str]:
    """How many entries an edition tells under each topic, against how many there are."""
    topics = sorted({topic for row in news.topics for topic in row})
    yield f"{'entries of (right ones)':24}" + "".join(f"{place:>12}" for place in range(len(days)))
    found = [grouping(day) for day in days]
    for topic in topics:
        cells = []
        for day, entry in zip(days, found, strict=True):
            rows = [row for row in day.told if topic in news.topics[row]]
            right = len({news.story[row] for row in rows})
            cells.append(f"{len({entry[row] for row in rows}):6} ({right:3})")
        yield f"{topic:24}" + "".join(f"{cell:>12}" for cell in cells)


def _with(
    labels: Mapping[str, Hashable], language: Mapping[str, str | None]
) -> dict[str, Hashable]:
    return {key: (label, language[key]) for key, label in labels.items()}
