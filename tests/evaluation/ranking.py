"""What stands first in a brief, beside plain orders, on a stretch of real news.

Judged by what no order has seen: how many outlets more came to tell a story after the edition. The
watchlist's topics have few editions of more than two stories here, so topics of one name stand
beside them: words that the stretch's headlines write with a capital. Stories are the product's own,
or those that a reader made of a sample of the reports. The weights are cross-validated: no section
is scored by weights that saw its day, or its topic.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.labelled_sections import labelled_reports, labelled_sections
from evaluation.ranking_measures import (
    Keys,
    Measure,
    Numbers,
    Ranking,
    Resampled,
    Section,
    agreement,
    biggest_is_first,
    difference,
    gain,
    numbers,
)
from evaluation.replayed import decided, items_of, news_of
from newswatch.digest.ranking import SALIENCE, importance
from newswatch.embedders.choose import AUTOMATIC, NoEmbedder, embedder_of
from newswatch.settings import HOME
from newswatch.topics.load import Topic, load_topics, read_topic

# Of the sections in which the biggest story is to be among the first three: of weights that are
# chosen the lower end of the interval.
LEAST_FIRST = 0.95
FOLDS = 5  # of topics
HALF_DAY = 43_200.0
FEWEST, MOST = 30, 150  # headlines that have a name which is a topic here
_RARELY_SMALL = 0.05  # of its headlines: how often texts may write such a name without a capital
_WORD = re.compile(r"[^\W\d_]{3,}")
# What weights are drawn from: each number is worth so much where a doubling of the outlets is 1.
GRID: Mapping[str, Sequence[float]] = {
    "outlets": (1,),
    "reports": (0, 0.5, 1, 2),
    "new outlets": (0, 0.5, 1),
    "salience": (0, 0.5, 1),
    "score": (0, 1),
    "recency": (0, 1, 2),
}
MEASURES: Mapping[str, Measure] = {
    "in first three": biggest_is_first,
    "NDCG 24 h": gain(24),
    "NDCG 48 h": gain(48),
    "pairs 24 h": agreement(24),
}
JUDGED_BY = "NDCG 24 h"
WATCHED, NAMED = "topics of the watchlist", "topics of one name"
LABELLED = "stories as a reader made them"


def as_shipped(section: Section) -> Keys:
    newest = max(story.last_seen_at for story in section.stories)
    return [
        (-importance(story, newest), -story.score, -story.last_seen_at.timestamp())
        for story in section.stories
    ]


PLAIN: Mapping[str, Ranking] = {
    "most outlets first": lambda section: [-len(story.outlets) for story in section.stories],
    "most reports first": lambda section: [-story.reports for story in section.stories],
    "newest first": lambda section: [-story.last_seen_at.timestamp() for story in section.stories],
    "salience and score first": lambda section: [
        (-SALIENCE[story.salience], -story.score) for story in section.stories
    ],
    "by chance": lambda section: [0] * len(section.stories),
}


def report(data: Path) -> str:
    """A table for each kind of sections, and the weights that were chosen."""
    kinds = sections_of(data)
    learnt = cross_validated([*kinds[WATCHED], *kinds[NAMED]])
    ways: Mapping[str, Ranking] = {
        "as shipped": as_shipped,
        "weights by day and topic": learnt.ranking,
        **PLAIN,
    }
    lines = []
    for kind, sections in kinds.items():
        lines += [*table(kind, sections, ways), ""]
    return "\n".join([*lines, *learnt.rows()])


def sections_of(data: Path) -> Mapping[str, Sequence[Section]]:
    """By kind."""
    embedder = embedder_of(AUTOMATIC)
    found = None if isinstance(embedder, NoEmbedder) else embedder
    items = items_of(data)
    reports = decided(items)
    watched = load_topics(HOME / "dags" / "watchlist" / "topics").topics
    named = [topic_of(name) for name in names_in(items)]
    ours = [s for news in news_of(watched, reports, found) for s in news.editions()]
    others = [s for news in news_of(named, reports, None) for s in news.editions()]
    by_reader = labelled_sections(
        labelled_reports(data, [*watched, *named]), [topic.topic_id for topic in (*watched, *named)]
    )
    return {
        WATCHED: several(ours),
        NAMED: several(others),
        LABELLED: several(by_reader),
    }


def several(sections: Iterable[Section]) -> list[Section]:
    """Those that have an order at all."""
    return [section for section in sections if len(section.stories) > 1]


def table(kind: str, sections: Sequence[Section], ways: Mapping[str, Ranking]) -> Iterator[str]:
    """A row a way; the last column is by how much it is better than what is shipped."""
    days = len({section.sent.date() for section in sections})
    topics = len({section.topic for section in sections})
    yield f"{kind}: {len(sections)} sections of {topics} topics, {days} days"
    head = "".join(f"{name:>21}" for name in MEASURES)
    yield f"{'':26}{head}{f'{JUDGED_BY}, more':>23}"
    drawn = Resampled(sections)
    said = {
        way: {
            name: [
                measure(section, keys)
                for section, keys in zip(sections, map(ranking, sections), strict=True)
            ]
            for name, measure in MEASURES.items()
        }
        for way, ranking in ways.items()
    }
    shipped = said["as shipped"][JUDGED_BY]
    for way, values in said.items():
        cells = "".join(f"{_cell(drawn.mean(values[name])):>21}" for name in MEASURES)
        more = _cell(drawn.mean(difference(values[JUDGED_BY], shipped)), "+.3f")
        yield f"{way:26}{cells}{'' if way == 'as shipped' else more:>23}"


def _cell(found: tuple[float, float, float], form: str = ".3f") -> str:
    mean, low, high = found
    return f"{mean:{form}} [{low:{form}} {high:{form}}]"


# What the weights weigh, story by story.


def signs_of(section: Section) -> Numbers:
    """A row a story, a column for each of `GRID`."""
    newest = max(story.last_seen_at for story in section.stories)
    return np.array(
        [
            [
                np.log2(max(1, len(story.outlets))),
                np.log2(max(1, story.reports)),
                np.log2(1 + story.new_outlets),
                SALIENCE[story.salience],
                story.score,
                -min(2.0, (newest - story.last_seen_at).total_seconds() / HALF_DAY),
            ]
            for story in section.stories
        ]
    )


def by_weights(section: Section, weights: Numbers) -> Keys:
    """By the weighted sum, of equals the newest."""
    sums = np.round(signs_of(section) @ weights, 9)
    return [
        (-weighed, -story.last_seen_at.timestamp())
        for weighed, story in zip(sums.tolist(), section.stories, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class CrossValidated:
    """The weights for each fold of topics and day, chosen on all others of both."""

    weights: Mapping[tuple[int, date], Numbers]

    def ranking(self, section: Section) -> Keys:
        return by_weights(section, self.weights[fold_of(section.topic), section.sent.date()])

    def rows(self) -> Iterator[str]:
        """Which weights were chosen how often."""
        yield "  ".join(["chosen for", *GRID])
        counts = Counter(tuple(weights.tolist()) for weights in self.weights.values())
        for weights, count in counts.most_common():
            cells = (f"{weight:{len(name)}g}" for name, weight in zip(GRID, weights, strict=True))
            yield "  ".join([f"{count:10}", *cells])


def fold_of(topic: str) -> int:
    return int(hashlib.sha256(topic.encode()).hexdigest(), 16) % FOLDS


def cross_validated(sections: Sequence[Section]) -> CrossValidated:
    every = np.array(list(product(*GRID.values())), dtype=np.float64)
    first, judged = _tried(sections, every, (biggest_is_first, MEASURES[JUDGED_BY]))
    fold = np.array([fold_of(section.topic) for section in sections])
    day = np.array([section.sent.date().toordinal() for section in sections])
    found = {}
    for own in range(FOLDS):
        for its_day in sorted({section.sent.date() for section in sections}):
            seen = (fold != own) & (day != its_day.toordinal())
            drawn = Resampled(
                [section for section, is_seen in zip(sections, seen, strict=True) if is_seen]
            )
            enough = drawn.lowest(first[:, seen]) >= LEAST_FIRST
            best = np.where(enough, np.nanmean(judged[:, seen], axis=1), -1.0).argmax()
            found[own, its_day] = every[best]
    return CrossValidated(found)


def _tried(
    sections: Sequence[Section], every: Numbers, measures: Sequence[Measure]
) -> Sequence[Numbers]:
    """By each measure what each weights (rows) make of each section: orders that several of them
    give are measured once."""
    found = [np.full((len(every), len(sections)), np.nan) for _ in measures]
    for number, section in enumerate(sections):
        sums = np.round(signs_of(section) @ every.T, 9)
        seen = np.array([story.last_seen_at.timestamp() for story in section.stories])
        by_time = np.argsort(-seen, kind="stable")
        orders = by_time[np.argsort(-sums[by_time], axis=0, kind="stable")]
        distinct, which = np.unique(orders, axis=1, return_inverse=True)
        places = np.argsort(distinct, axis=0).T.tolist()  # of each story, by each order
        for of_all, measure in zip(found, measures, strict=True):
            values = [measure(section, keys) for keys in places]
            of_all[:, number] = numbers(values)[which.ravel()]
    return found


# Topics of one name.


def names_in(items: Iterable[Mapping[str, Any]]) -> list[str]:
    """Words that so many headlines have within them, with a capital, and that texts hardly write
    without one. A headline that writes most words with a capital tells nothing."""
    headlines: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for item in items:
        words = _WORD.findall(item["title"])
        if 3 * sum(word.islower() for word in words) >= len(words):
            headlines.update({word for word in words[1:] if word[0].isupper()})
        small.update({word for word in _WORD.findall(item["text"]) if word.islower()})
    return sorted(
        name
        for name, count in headlines.items()
        if FEWEST <= count <= MOST and small[name.lower()] <= _RARELY_SMALL * count
    )


def topic_of(name: str) -> Topic:
    """What names it, written so."""
    topic_id = f"named-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return read_topic(
        f"""
id: {topic_id}
name: {name}
description: Names {name}.
groups:
  name:
    any: ["={name}"]
rules:
  - id: named
    when: name
    because: Names it
""",
        f"{topic_id}.yaml",
    )
