"""The replay's news without its servers: each report decided on in memory, in the order of time,
and the editions that were due while it lasted.

An edition is built by the product's own parts: stories by `decide_batch`, flags by the topics,
entries by `entries_of`, what a reader is shown by `shown_stories`.
"""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from evaluation.ranking_measures import Section, SectionStory
from newswatch.digest.edition import EventReports, Material
from newswatch.digest.events import shown_stories
from newswatch.digest.subscribers import Subscriber
from newswatch.digest.wording import main_of
from newswatch.models import (
    ArticleId,
    Flag,
    FlaggedArticle,
    Reading,
    StoryFacts,
    StoryId,
    TopicStory,
)
from newswatch.settings import read_settings
from newswatch.stages.deduplicate.batch import decide_batch
from newswatch.stages.deduplicate.deduplicate import prepare
from newswatch.stages.deduplicate.memory_archive import MemoryArchive
from newswatch.stages.deduplicate.story_rules import story_rules_set
from newswatch.stages.deduplicate.versions import rules_of
from newswatch.store.decisions import Waiting
from newswatch.stories.embedding import Embedder, meanings_of
from newswatch.stories.entries import WINDOW, entries_of
from newswatch.stories.entry_model import WORDS_ONLY, entry_models
from newswatch.stories.report import Report
from newswatch.stories.signs import FlaggedReport, rarity_keys
from newswatch.stories.terms import Frequencies
from newswatch.text.language import language_of
from newswatch.topics.load import Topic
from newswatch.topics.match import Matcher

DAY = timedelta(days=1)
STEP = timedelta(hours=3)  # between the editions of a topic
LATER = (24, 48)  # hours after an edition
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Decided:
    """A report with the story that it is in."""

    waiting: Waiting
    story_id: StoryId
    original: ArticleId | None  # what it copies
    has_text: bool  # more than its feed's headline and summary


def moments_of(seen: Collection[datetime]) -> Iterator[datetime]:
    """When editions are made: every few hours, when there is half a day to tell of, and as long as
    a day comes after it."""
    begins, ends = min(seen), max(seen)
    sent = begins + DAY / 2
    while sent <= ends - DAY:
        yield sent
        sent += STEP


def items_of(data: Path) -> list[dict[str, Any]]:
    """Each address once, as it was first seen, in the order of time; its text where there is one,
    else its feed's summary."""
    pages = {row["url"]: row["text"] for row in _lines(data / "replay" / "pages-dev.jsonl.xz")}
    first: dict[str, dict[str, Any]] = {}
    for row in sorted(_lines(data / "replay" / "items-dev.jsonl.xz"), key=lambda row: row["t"]):
        page = pages.get(row["url"])
        text = row["summary"] if page is None else page
        first.setdefault(row["url"], {**row, "text": text, "has_text": page is not None})
    return list(first.values())


def decided(items: Sequence[Mapping[str, Any]]) -> list[Decided]:
    settings = read_settings({})
    rules, story_rules = rules_of(settings.dedupe_version), story_rules_set(settings)
    archive, found = MemoryArchive(), []
    every = [_waiting(number, item) for number, item in enumerate(items, start=1)]
    for start in range(0, len(every), _BATCH):
        waiting = {each.article_id: each for each in every[start : start + _BATCH]}
        result = decide_batch(
            archive.add_articles(
                prepare(article, rules, story_rules) for article in waiting.values()
            ),
            archive,
            timedelta(days=settings.dedupe_window_days),
        )
        archive.save(result)
        found += [
            Decided(
                waiting[row.article_id],
                row.story_id,
                row.duplicate_of_article,
                items[row.article_id - 1]["has_text"],
            )
            for row in result.decisions
            if row.story_id is not None
        ]
    return found


def _waiting(number: int, item: Mapping[str, Any]) -> Waiting:
    return Waiting(
        article_id=ArticleId(number),
        canonical_url=item["url"],
        outlet=item["outlet"],
        title=item["title"],
        text=item["text"],
        language=language_of(item["text"] or item["title"], None),
        first_seen_at=datetime.fromtimestamp(item["t"], UTC),
    )


class TopicNews:
    """What the reports tell of one topic, and the editions of a reader of it alone."""

    def __init__(
        self,
        topic: str,
        reports: Mapping[ArticleId, Decided],
        flags: Mapping[ArticleId, Flag],
        embedder: Embedder | None,
    ) -> None:
        self.topic, self.flags = topic, flags
        self._reports = reports
        self._model = entry_models()[embedder.name if embedder else WORDS_ONLY]
        self._told = [reports[article_id] for article_id in flags]
        texts = [Report(w.title, w.text, w.language) for w in (each.waiting for each in self._told)]
        meanings = meanings_of(texts, embedder) if embedder else [None] * len(texts)
        self._flagged = [
            FlaggedReport(each.waiting.article_id, text, each.waiting.first_seen_at, meaning)
            for each, text, meaning in zip(self._told, texts, meanings, strict=True)
        ]
        self._frequencies = Frequencies()
        for keys in rarity_keys(self._flagged):
            self._frequencies.add(keys)
        stories = {each.story_id for each in self._told}
        self._members: defaultdict[StoryId, list[Decided]] = defaultdict(list)
        self._copies: defaultdict[ArticleId, list[Decided]] = defaultdict(list)
        for each in reports.values():
            if each.story_id in stories:
                self._members[each.story_id].append(each)
            if each.original is not None:
                self._copies[each.original].append(each)

    def editions(self) -> Iterator[Section]:
        for sent in moments_of([each.waiting.first_seen_at for each in self._reports.values()]):
            yield self.edition(sent)

    def edition(self, sent: datetime) -> Section:
        window = [each for each in self._flagged if sent - WINDOW < each.seen_at <= sent]
        events = [
            EventReports(
                frozenset(entry.article_ids),
                frozenset(self._reports[article_id].story_id for article_id in entry.article_ids),
            )
            for entry in entries_of(window, self._frequencies, self._model)
        ]
        told = [each.article_id for each in window if each.seen_at > sent - DAY]
        before = [each for each in self._told if each.waiting.first_seen_at <= sent - DAY]
        story_ids = {self._reports[article_id].story_id for article_id in told}
        of_events = story_ids.union(*(event.story_ids for event in events))
        material = Material(
            articles=[self._article(article_id) for article_id in told],
            last_told=None,
            stories=[self._facts(story_id, sent) for story_id in sorted(story_ids)],
            known=frozenset(TopicStory(self.topic, each.story_id) for each in before),
            called={},
            events=[event for event in events if not event.article_ids.isdisjoint(told)],
            outlets_before={
                story_id: {
                    each.waiting.outlet
                    for each in self._members[story_id]
                    if each.waiting.first_seen_at <= sent - DAY
                }
                for story_id in of_events
            },
            unchanged=0,
            topic_names={},
            reading=Reading(0, 0),
        )
        shown = shown_stories(_reader(self.topic), material)
        return Section(
            self.topic,
            sent,
            tuple(
                SectionStory(
                    outlets=frozenset(story.outlets),
                    new_outlets=story.new_outlets,
                    reports=story.reports,
                    salience=story.salience,
                    score=story.score,
                    last_seen_at=story.last_seen_at,
                    later={
                        hours: len(
                            self._outlets_after(
                                {carried.article_id for carried in story.carried}, sent, hours
                            )
                            - set(story.outlets)
                        )
                        for hours in LATER
                    },
                )
                for story in main_of(shown)
            ),
        )

    @cached_property
    def _afterwards(self) -> Mapping[ArticleId, frozenset[ArticleId]]:
        """The reports that one sees to be of one event when all is over."""
        return {
            article_id: frozenset(entry.article_ids)
            for entry in entries_of(self._flagged, self._frequencies, self._model)
            for article_id in entry.article_ids
        }

    def _outlets_after(self, told: set[ArticleId], sent: datetime, hours: int) -> set[str]:
        same = frozenset[ArticleId]().union(*(self._afterwards[own] for own in told))
        until = sent + timedelta(hours=hours)
        return {
            each.waiting.outlet
            for own in same
            for each in (self._reports[own], *self._copies[own])
            if sent < each.waiting.first_seen_at <= until
        }

    def _article(self, article_id: ArticleId) -> FlaggedArticle:
        own, flag = self._reports[article_id], self.flags[article_id]
        return FlaggedArticle(
            topic=self.topic,
            story_id=own.story_id,
            article_id=article_id,
            title=own.waiting.title,
            url=own.waiting.canonical_url,
            outlet=own.waiting.outlet,
            language=own.waiting.language,
            score=flag.score,
            salience=flag.salience,
            seen_at=own.waiting.first_seen_at,
            has_text=own.has_text,
        )

    def _facts(self, story_id: StoryId, sent: datetime) -> StoryFacts:
        own = [each for each in self._members[story_id] if each.waiting.first_seen_at <= sent]
        seen = [each.waiting.first_seen_at for each in own]
        return StoryFacts(
            story_id=story_id,
            outlets=tuple(sorted({each.waiting.outlet for each in own})),
            first_seen_at=min(seen),
            last_seen_at=max(seen),
            copies=sum(each.original is not None for each in own),
        )


def news_of(
    topics: Sequence[Topic], reports: Sequence[Decided], embedder: Embedder | None
) -> Iterator[TopicNews]:
    """By topic; nothing is looked for in a copy."""
    matcher = Matcher(topics)
    flags: defaultdict[str, dict[ArticleId, Flag]] = defaultdict(dict)
    for each in reports:
        if each.original is None:
            own = each.waiting
            for flag in matcher.match(own.title, own.text, own.language):
                flags[flag.topic][own.article_id] = flag
    by_id = {each.waiting.article_id: each for each in reports}
    for topic, of_topic in sorted(flags.items()):
        yield TopicNews(topic, by_id, of_topic, embedder)


def _reader(topic: str) -> Subscriber:
    return Subscriber(
        name="reader",
        email="reader@example.org",
        timezone=ZoneInfo("UTC"),
        send_at=time(7),
        topics=(topic,),
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
