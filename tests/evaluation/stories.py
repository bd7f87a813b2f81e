"""Articles labelled with their story, through `newswatch dedupe`: B-cubed of the grouping."""

from __future__ import annotations

import json
import lzma
import os
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newswatch.settings import HOME
from newswatch.store.server import embedded

LINE = ("id", "text", "language", "published")  # what a line tells beside its title
ORDERS: tuple[int | None, ...] = (None, 1, 2, 3)  # as in the file, then shuffled


def report(data: Path) -> str:
    """Precision, recall and F1 in each order of arrival, and their mean."""
    path = data / "stories" / "ecbplus-dev.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    labels = {row["id"]: row["story"] for row in rows}
    lines_out = [
        f"{'order':8} {'P':>6} {'R':>6} {'F1':>6}  stories (of {len(set(labels.values()))})"
    ]
    scores = []
    with server() as environment:
        for order in ORDERS:
            found = grouped(_ordered(rows, order), environment)
            precision, recall, f1 = b_cubed(labels, found)
            scores.append(f1)
            name = "file" if order is None else f"seed {order}"
            stories = len(set(found.values()))
            lines_out.append(f"{name:8} {precision:6.3f} {recall:6.3f} {f1:6.3f}  {stories}")
    lines_out.append(f"{'mean':8} {'':6} {'':6} {sum(scores) / len(scores):6.3f}")
    return "\n".join(lines_out)


def b_cubed(
    gold: Mapping[str, Hashable], found: Mapping[str, Hashable]
) -> tuple[float, float, float]:
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


def _ordered(rows: Sequence[dict[str, Any]], seed: int | None) -> list[dict[str, Any]]:
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
