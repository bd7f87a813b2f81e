"""Articles labelled with their story, through `newswatch dedupe`: B-cubed of the grouping.

Three sets that have nothing in common: ECB+ (events that look alike, years apart, no dates), BASIL
(what three outlets wrote on one event: the articles of DATA/dedup that are of one event), and real
feeds of four days, most of them headlines, where only reports of one language are compared.
"""

from __future__ import annotations

import json
import lzma
import math
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

from newswatch.settings import HOME
from newswatch.store.server import embedded
from newswatch.stories.similarity import unit
from newswatch.text.words import words_of

LINE = ("id", "text", "language", "published")  # what a line tells beside its title
ORDERS: tuple[int | None, ...] = (None, 1, 2, 3)  # as in the file, then shuffled
PLAIN = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)  # thresholds of TF-IDF
PLAIN_FOR_ALL = 0.2  # the best of them over the sets, as one rule has to serve them all
Rows = Sequence[Mapping[str, Any]]
Scores = tuple[float, float, float]  # precision, recall, F1


def report(data: Path) -> str:
    """For each set precision, recall and F1, the means over the orders of arrival."""
    lines = [f"{'':34} {'P':>6} {'R':>6} {'F1':>6}  F1 by order"]
    news = real_feeds(data)
    with server() as environment:
        of_news = grouped(news, environment)
        for name, rows in (("ECB+", ecb_plus(data)), ("BASIL", basil(data))):
            orders = [_ordered(rows, order) for order in ORDERS]
            found = [grouped(ordered, environment) for ordered in orders]
            lines += _compared(name, rows, orders, found, "story")
    for label in ("event", "story"):
        lines += _compared(f"real feeds, by {label}", news, [news], [of_news], label)
    return "\n".join(lines)


def ecb_plus(data: Path) -> Rows:
    return _read(data / "stories" / "ecbplus-dev.jsonl.xz")


def basil(data: Path) -> Rows:
    """The articles of the pairs of one event; the event has the name of its first article."""
    event_of: dict[str, str] = {}
    for pair in _read(data / "dedup" / "pairs-dev.jsonl.xz"):
        if pair["kind"] == "n_same_event_basil":
            one, other = (event_of.setdefault(pair[side], pair[side]) for side in ("a", "b"))
            event_of |= {text: one for text, event in event_of.items() if event == other}
    return [
        {"id": str(number), "text": text.strip(), "story": event}
        for number, (text, event) in enumerate(event_of.items())
    ]


def real_feeds(data: Path) -> Rows:
    return [
        row | {"published": datetime.fromtimestamp(row["t"], UTC).isoformat()}
        for row in _read(data / "stories" / "news-dev.jsonl.xz")
    ]


def _compared(
    name: str,
    rows: Rows,
    orders: Sequence[Rows],
    found: Sequence[Mapping[str, Hashable]],
    label: str,
) -> Iterator[str]:
    """A line of `newswatch dedupe`, after those of the simplest ways."""
    yield f"{name}: {len(rows)} articles, {len({row[label] for row in rows})} right stories"
    yield _line("one story for everything", rows, [{row["id"]: 0 for row in rows}], label)
    plain = {
        threshold: [plain_stories(ordered, threshold) for ordered in orders] for threshold in PLAIN
    }
    best = max(PLAIN, key=lambda threshold: _mean(rows, plain[threshold], label)[2])
    for threshold, which in ((PLAIN_FOR_ALL, "for all"), (best, "best here")):
        yield _line(f"plain TF-IDF, {threshold:.2f} ({which})", rows, plain[threshold], label)
    yield _line("newswatch dedupe", rows, found, label)


def _line(name: str, rows: Rows, found: Sequence[Mapping[str, Hashable]], label: str) -> str:
    precision, recall, f1 = _mean(rows, found, label)
    orders = " ".join(f"{_scores(rows, groups, label)[2]:.3f}" for groups in found)
    return f"  {name:32} {precision:6.3f} {recall:6.3f} {f1:6.3f}  {orders}"


def _mean(rows: Rows, found: Sequence[Mapping[str, Hashable]], label: str) -> Scores:
    precision, recall, f1 = zip(*(_scores(rows, groups, label) for groups in found), strict=True)
    return fmean(precision), fmean(recall), fmean(f1)


def _scores(rows: Rows, found: Mapping[str, Hashable], label: str) -> Scores:
    """Of reports of one language; where a set tells no language all are of one."""
    right = {row["id"]: (row[label], row.get("language")) for row in rows}
    return b_cubed(right, {row["id"]: (found[row["id"]], row.get("language")) for row in rows})


def plain_stories(rows: Rows, threshold: float) -> dict[str, int]:
    """The textbook's single pass: an article joins the story whose sum of TF-IDF vectors it is most
    like, or begins one. Rarity is that in the whole set, which no online pass can know."""
    words = [Counter(words_of(f"{row.get('title', '')}\n{row['text']}")) for row in rows]
    holders = Counter(word for counts in words for word in counts)
    sums: list[dict[str, float]] = []
    lengths: list[float] = []
    found: dict[str, int] = {}
    for row, counts in zip(rows, words, strict=True):
        vector = unit(
            {
                word: (1 + math.log(count)) * math.log(len(rows) / holders[word])
                for word, count in counts.items()
            }
        )
        likeness = [
            sum(weight * story.get(word, 0.0) for word, weight in vector.items()) / length
            for story, length in zip(sums, lengths, strict=True)
        ]
        most = max(range(len(sums)), key=likeness.__getitem__, default=None)
        if most is None or likeness[most] < threshold:
            most = len(sums)
            sums.append({})
            lengths.append(1.0)
        for word, weight in vector.items():
            sums[most][word] = sums[most].get(word, 0.0) + weight
        lengths[most] = math.hypot(*sums[most].values())
        found[row["id"]] = most
    return found


def _read(path: Path) -> list[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def b_cubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Scores:
    """Precision, recall, F1 averaged over the articles (Bagga and Baldwin, 1998)."""
    gold_groups, found_groups = _groups(gold), _groups(found)
    precision = recall = 0.0
    for article, story in gold.items():
        right, said = gold_groups[story], found_groups[found[article]]
        precision += len(right & said) / len(said)
        recall += len(right & said) / len(right)
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def grouped(rows: Sequence[Mapping[str, Any]], environment: Mapping[str, str]) -> dict[str, str]:
    """The story that `newswatch dedupe` gives each article."""
    lines = "\n".join(
        json.dumps({key: row[key] for key in LINE if key in row} | {"title": row.get("title", "")})
        for row in rows
    )
    printed = subprocess.run(
        [sys.executable, "-m", "newswatch", "dedupe"],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        cwd=HOME / "plugins",
        env={**os.environ, **environment},
    ).stdout
    return {row["id"]: row["story"] for row in map(json.loads, printed.splitlines())}


def _groups(labels: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    groups: defaultdict[Hashable, set[str]] = defaultdict(set)
    for article, label in labels.items():
        groups[label].add(article)
    return groups


def _ordered(rows: Rows, seed: int | None) -> Rows:
    ordered = list(rows)
    if seed is not None:
        random.Random(seed).shuffle(ordered)
    return ordered


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """The environment of a server of this evaluation's own."""
    with tempfile.TemporaryDirectory(prefix="nw-eval-") as folder:
        embedded.start(Path(folder) / "postgres")
        try:
            yield {"NEWSWATCH_STATE_DIR": folder}
        finally:
            embedded.stop(Path(folder) / "postgres")
