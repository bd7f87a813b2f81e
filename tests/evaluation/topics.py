"""Labelled articles through the shipped topics: precision, recall, F1, and who is only passing.

`python -m evaluation.topics DATA` also lists each disagreement with what was matched.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from newswatch.models import Flag
from newswatch.settings import HOME
from newswatch.topics.load import load_topics
from newswatch.topics.match import Matcher

TOPICS = HOME / "dags" / "watchlist" / "topics"


@dataclass(frozen=True, slots=True)
class Judged:
    """One article, what its annotators said of one topic, and what we say."""

    article: str
    title: str
    topic: str
    wanted: bool
    passing: bool | None  # None where no annotator was asked
    quote: str
    flag: Flag | None


def report(data: Path, *, errors: bool = False) -> str:
    """A table of the topics and the speed; with `errors` each wrong flag, miss and salience."""
    with lzma.open(data / "flagging" / "articles-dev.jsonl.xz", "rt", encoding="utf-8") as stored:
        rows = [json.loads(line) for line in stored]
    topics = load_topics(TOPICS).topics
    matcher = Matcher(topics)
    began = perf_counter()
    flags = [
        {flag.topic: flag for flag in matcher.match(row["title"], row["text"], row["language"])}
        for row in rows
    ]
    seconds = perf_counter() - began
    judged = [
        _judged(row, topic.topic_id, found)
        for row, found in zip(rows, flags, strict=True)
        for topic in topics
    ]
    size = sum(len(row["text"].encode()) for row in rows) / 1e6
    lines = [f"{len(rows)} articles, {size / seconds:.1f} MB/s", "", *_table(judged)]
    if errors:
        lines += ["", *(_error(one) for one in judged if _wrong(one))]
    return "\n".join(lines)


def _judged(row: dict[str, dict[str, str]], topic: str, flags: dict[str, Flag]) -> Judged:
    passing = row["passing"].get(topic)
    return Judged(
        article=str(row["id"]),
        title=str(row["title"]),
        topic=topic,
        wanted=bool(row["topics"][topic]),
        passing=None if passing is None else bool(passing),
        quote=row["quotes"].get(topic, ""),
        flag=flags.get(topic),
    )


def _table(judged: Sequence[Judged]) -> list[str]:
    lines = [
        f"{'topic':16} {'P':>6} {'R':>6} {'F1':>6} {'right':>6} {'wrong':>6} {'missed':>6} passing"
    ]
    for topic in sorted({one.topic for one in judged}):
        members = [one for one in judged if one.topic == topic]
        lines.append(_row(topic, members))
    return [*lines, f"{'all':56}{_passing(judged)}"]


def _row(topic: str, members: Sequence[Judged]) -> str:
    right = sum(one.wanted and one.flag is not None for one in members)
    wrong = sum(not one.wanted and one.flag is not None for one in members)
    missed = sum(one.wanted and one.flag is None for one in members)
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    return (
        f"{topic:16} {precision:6.3f} {recall:6.3f} {f1:6.3f} {right:6} {wrong:6} {missed:6} "
        f"{_passing(members)}"
    )


def _passing(members: Sequence[Judged]) -> str:
    asked = [one for one in members if one.wanted and one.flag and one.passing is not None]
    agreed = sum(not _wrong(one) for one in asked)
    return f"{agreed / max(1, len(asked)):.3f} ({agreed}/{len(asked)})"


def _wrong(one: Judged) -> bool:
    if one.wanted != (one.flag is not None):
        return True
    if one.flag is None or one.passing is None:
        return False
    return one.passing != (one.flag.salience == "passing")


def _error(one: Judged) -> str:
    what = "passing" if one.wanted and one.flag else "missed" if one.wanted else "wrong"
    lines = [f"{what:8} {one.topic} {one.article} {one.title[:80]}"]
    if one.quote:
        lines.append(f"    annotators: {one.quote} (passing: {one.passing})")
    if one.flag is not None:
        lines.append(f"    {one.flag.rule}, {one.flag.salience}: {one.flag.reason}")
        lines.append(f"    {one.flag.mentions[0].sentence[:240]}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(Path(sys.argv[1]), errors=True))
