"""One entry's page: fetched, extracted in a process that can be killed, logged."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Self

from newswatch.addresses.urls import fetch_url
from newswatch.extract.entry import article_from_entry, completed
from newswatch.models import (
    Announced,
    EntryId,
    ExtractedArticle,
    FetchRequest,
    FetchResult,
    NoArticle,
    ParsedEntry,
)
from newswatch.stages.children import share_of_cores
from newswatch.stages.extract.extraction import extracted
from newswatch.stages.job import Job
from newswatch.store import articles
from newswatch.store.articles import PendingEntry
from newswatch.store.parked import Subject
from newswatch.store.robots import StoredRobots
from newswatch.web.fetch import Fetcher
from newswatch.web.robots import Robots

UNASKED = "it says that nothing has changed (304), which it was not asked"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry's page."""

    entry: PendingEntry
    result: FetchResult | None  # None: the page was not asked for
    article: ExtractedArticle | NoArticle | None  # None: there is no page


class PageReader:
    """Reads the pages of a batch of entries; an async context manager."""

    def __init__(self, job: Job) -> None:
        self._now, self._deadline = job.now, job.settings.page_deadline
        robots = Robots(job.settings.user_agent, StoredRobots(job.connection), job.now)
        self._fetcher = Fetcher(job.settings, robots)
        self._at_once = share_of_cores(job.side_by_side)
        self._turns = asyncio.Semaphore(self._at_once)

    async def __aenter__(self) -> Self:
        await self._fetcher.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._fetcher.__aexit__()

    async def read(
        self,
        entry: PendingEntry,
        etag: str | None = None,
        last_modified: str | None = None,
        *,
        begins: Callable[[EntryId], None] = lambda _: None,
    ) -> Outcome:
        """Fetch the page that an entry links to, unless it is as the validators say, and extract
        its article. `begins` hears of the entry just before its page is extracted, which
        happens on the shard's share of the cores.

        Raises `MachineFault`."""
        address = fetch_url(entry.link) if entry.link else None
        if address is None or not entry.pages:
            return Outcome(entry, None, None)
        request = FetchRequest(
            address, etag, last_modified, entry.ports, user_agent=entry.user_agent
        )
        result = await self._fetcher.fetch(request, kind="page")
        if result.outcome == "not-modified" and not (etag or last_modified):
            result = replace(result, outcome="protocol", detail=UNASKED)
        if not result.ok:
            return Outcome(entry, result, None)
        async with self._turns:
            article = await extracted(
                result.body,
                url=result.final_url,
                now=self._now,
                seconds=self._deadline,
                content_type=result.headers.get("content-type"),
                announced=Announced(entry.title, entry.summary, entry.outlet_since),
                begins=partial(begins, entry.entry_id),
                at_once=self._at_once,
            )
        return Outcome(entry, result, article)


def subject_of_entry(entry: PendingEntry) -> Subject:
    return Subject(entry.link or entry.title, entry_id=entry.entry_id)


def article_of(outcome: Outcome) -> ExtractedArticle:
    """The page's article, completed from the feed, or the one that the feed's own fields make."""
    entry = outcome.entry
    published = _published(entry)
    if isinstance(outcome.article, ExtractedArticle):
        return completed(outcome.article, published)
    code, reason = no_page(outcome)
    return article_from_entry(
        published,
        url=entry.url or synthetic_url(entry),
        reason=f"{code}: {reason}",
        page_kind=outcome.article.kind if outcome.article else "empty",
    )


def article_of_its_own(entry: PendingEntry) -> ExtractedArticle:
    """Of an item that shares its page with others of its feed (a live blog, a page of alerts): its
    own words, at a place of its own on that page."""
    place = hashlib.sha256(entry.entry_key.encode()).hexdigest()[:16]
    return article_from_entry(
        _published(entry),
        url=f"{entry.url}#{place}",
        reason="shared_page: other items of its feed lead to the same page",
    )


def _published(entry: PendingEntry) -> ParsedEntry:
    return ParsedEntry(
        key=entry.entry_key,
        url=entry.url,
        link=entry.link,
        guid=entry.guid,
        title=entry.title,
        summary=entry.summary,
        content_html=entry.content_html,
        authors=entry.authors,
        published_at=entry.published_at,
        language=entry.language,
    )


def synthetic_url(entry: PendingEntry) -> str:
    """A stable identity for an entry that links nowhere."""
    parts = (
        hashlib.sha256(part.encode()).hexdigest() for part in (entry.feed_url, entry.entry_key)
    )
    feed, key = parts
    return f"newswatch:entry/{feed[:16]}/{key[:32]}"


def no_page(outcome: Outcome) -> tuple[str, str]:
    """A short code and a sentence: why the article is not made from the page."""
    if isinstance(outcome.article, NoArticle):
        return outcome.article.kind.replace("-", "_"), outcome.article.detail
    if outcome.result is None and not outcome.entry.pages:
        return "feed_text", "its feed is listed with pages: false, so that its text is enough"
    if outcome.result is None:
        return "no_link", "the entry links to no page"
    if outcome.result.status is not None and outcome.result.outcome == "http-error":
        return f"http_{outcome.result.status}", outcome.result.detail
    return outcome.result.outcome.replace("-", "_"), outcome.result.detail


def log_page(job: Job, outcome: Outcome) -> None:
    if outcome.result is None:
        return
    match outcome.article:
        case ExtractedArticle(page_kind=kind):
            found: tuple[str | None, str] = (kind, "")
        case NoArticle(kind=kind, detail=detail):
            found = (kind, detail)
        case None:
            found = (None, outcome.result.detail)
    articles.insert_page(
        job.connection, outcome.entry.entry_id, job.run_id, outcome.result, *found, job.now
    )
