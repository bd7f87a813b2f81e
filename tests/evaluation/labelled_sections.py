"""Editions of the labelled news: stories as its reader made them, whatever the product makes."""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evaluation.ranking_measures import Section, SectionStory
from evaluation.replayed import DAY, LATER, moments_of
from newswatch.digest.ranking import SALIENCE
from newswatch.models import Flag
from newswatch.topics.load import Topic
from newswatch.topics.match import Matcher


@dataclass(frozen=True, slots=True)
class Report:
    """A labelled report, with its flags by topic."""

    story: str
    outlet: str
    seen_at: datetime
    flags: dict[str, Flag]


def labelled_reports(data: Path, topics: Sequence[Topic]) -> list[Report]:
    matcher = Matcher(topics)
    with lzma.open(data / "stories" / "news-dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [
            Report(
                row["story"],
                row["outlet"],
                datetime.fromtimestamp(row["t"], UTC),
                {
                    flag.topic: flag
                    for flag in matcher.match(row["title"], row["text"], row["language"])
                },
            )
            for row in map(json.loads, lines)
        ]


def labelled_sections(reports: Sequence[Report], topics: Sequence[str]) -> Iterator[Section]:
    """By topic, those of the same hours as of the replay."""
    for topic in topics:
        own = [report for report in reports if topic in report.flags]
        for sent in moments_of([report.seen_at for report in reports]):
            yield section_of(topic, own, sent)


def section_of(topic: str, flagged: Sequence[Report], sent: datetime) -> Section:
    """What an edition of the topic tells of a day, the reports of a story as one."""
    stories: defaultdict[str, list[Report]] = defaultdict(list)
    for report in flagged:
        stories[report.story].append(report)
    told = [
        _story(topic, reports, sent)
        for reports in stories.values()
        if any(sent - DAY < report.seen_at <= sent for report in reports)
    ]
    return Section(topic, sent, tuple(story for story in told if story.salience != "passing"))


def _story(topic: str, reports: Sequence[Report], sent: datetime) -> SectionStory:
    by_now = [report for report in reports if report.seen_at <= sent]
    told = [report for report in by_now if report.seen_at > sent - DAY]
    outlets = frozenset(report.outlet for report in by_now)
    before = {report.outlet for report in by_now if report.seen_at <= sent - DAY}
    strongest = max(
        (report.flags[topic] for report in told),
        key=lambda flag: (SALIENCE[flag.salience], flag.score),
    )
    return SectionStory(
        outlets=outlets,
        new_outlets=len(outlets - before) if before else 0,
        reports=len(told),
        salience=strongest.salience,
        score=strongest.score,
        last_seen_at=max(report.seen_at for report in told),
        later={
            hours: len(
                {
                    report.outlet
                    for report in reports
                    if sent < report.seen_at <= sent + timedelta(hours=hours)
                }
                - outlets
            )
            for hours in LATER
        },
    )
