"""extract: fetch the page of each pending entry, and make an article of it or of the entry."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from newswatch.extract.entry import article_from_entry
from newswatch.feeds.urls import canonical_url, fetch_url, host_of, same_site
from newswatch.models import (
    ExtractedArticle,
    FetchRequest,
    FetchResult,
    NoArticle,
    PageKind,
    ParsedEntry,
)
from newswatch.settings import Settings
from newswatch.stages.child import ChildLost, Children
from newswatch.stages.job import Job
from newswatch.store import articles
from newswatch.store.articles import PendingEntry
from newswatch.store.robots import StoredRobots
from newswatch.web.fetch import Fetcher
from newswatch.web.robots import Robots

BATCH = 200
ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=20)
PARKED_FOR = timedelta(days=1)
_TRANSIENT = frozenset({"timeout", "unreachable", "protocol"})
_TRANSIENT_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry's page."""

    entry: PendingEntry
    result: FetchResult | None  # None: the page was not asked for
    article: ExtractedArticle | NoArticle | None  # None: there is no page


def extract(job: Job, shard: int) -> dict[str, int]:
    """Make articles of the shard's pending entries.

    Each entry's page, article and status are saved in one transaction, in an order that depends on
    what was published only. Killed at any moment and run again it gives the same articles.
    """
    counts: Counter[str] = Counter(entries=0, articles=0, same_url=0)
    while batch := articles.pending_entries(
        job.connection, job.now, shard, job.settings.shards, BATCH
    ):
        fresh = [entry for entry in batch if not _settled_without_page(job, entry, counts)]
        asyncio.run(_extract_batch(job, fresh, counts))
        counts["entries"] += len(batch)
    return dict(counts)


def extractors(settings: Settings) -> Children:
    """Processes that call `extract.page.extract_page`."""
    return Children("newswatch.extract.page:extract_page", settings.page_deadline)


def _settled_without_page(job: Job, entry: PendingEntry, counts: Counter[str]) -> bool:
    """True if the article is there already, or the entry has killed its worker too often."""
    if entry.url and (known := articles.article_at(job.connection, entry.url)):
        articles.close_entry(job.connection, entry.entry_id, "same-url", known)
        counts["same_url"] += 1
        return True
    if entry.attempts >= ATTEMPTS:
        reason = f"given up after {entry.attempts} attempts"
        until = job.now + PARKED_FOR
        articles.postpone_entry(job.connection, entry.entry_id, "parked", until, reason)
        counts["parked"] += 1
        return True
    return False


async def _extract_batch(job: Job, batch: Sequence[PendingEntry], counts: Counter[str]) -> None:
    articles.count_attempt(job.connection, [entry.entry_id for entry in batch])
    robots = Robots(job.settings.user_agent, StoredRobots(job.connection), job.now)
    async with (
        Fetcher(job.settings, robots) as fetcher,
        extractors(job.settings) as children,
    ):
        firsts: dict[str, asyncio.Task[Outcome]] = {}
        tasks = []
        for entry in batch:
            address = entry.url or f"{entry.feed_url} {entry.entry_key}"
            if address not in firsts:  # a second feed's entry waits for the first one's article
                firsts[address] = asyncio.create_task(_outcome(job, fetcher, children, entry))
            tasks.append((entry, firsts[address]))
        try:
            for entry, task in tasks:
                outcome = await task
                counts.update(_save(job, Outcome(entry, outcome.result, outcome.article)))
        finally:
            for _, task in tasks:
                task.cancel()


async def _outcome(job: Job, fetcher: Fetcher, children: Children, entry: PendingEntry) -> Outcome:
    address = fetch_url(entry.link) if entry.link else None
    if address is None:
        return Outcome(entry, None, None)
    result = await fetcher.fetch(FetchRequest(address, ports=tuple(entry.ports)), kind="page")
    if not result.ok:
        return Outcome(entry, result, None)
    try:
        article = await children.call(
            result.body,
            url=result.final_url,
            content_type=result.headers.get("content-type"),
            now=job.now,
            canonical=believed_url,
            expected_title=entry.title or None,
        )
    except ChildLost as lost:
        return Outcome(entry, result, NoArticle("empty", f"it could not be extracted: {lost}"))
    return Outcome(entry, result, article)


def believed_url(claimed: str, fetched: str) -> str | None:
    """The canonical form of what a page claims as its address, if it is of the same site."""
    if not same_site(claimed, fetched) or _is_front_page(claimed) > _is_front_page(fetched):
        return None
    return canonical_url(claimed)


def _is_front_page(url: str) -> bool:
    return url.split("://", 1)[-1].rstrip("/").count("/") == 0


def _save(job: Job, outcome: Outcome) -> dict[str, int]:
    """Write one entry's outcome; what it counts."""
    entry, result = outcome.entry, outcome.result
    if result is not None and _may_get_better(outcome) and entry.attempts + 1 < ATTEMPTS:
        with job.connection.transaction():
            _log_page(job, outcome)
            again = job.now + RETRY_AFTER * 2**entry.attempts
            articles.postpone_entry(
                job.connection, entry.entry_id, "pending", again, _no_page(outcome)[1]
            )
        return {"retried": 1}
    article = _article(outcome)
    with job.connection.transaction():
        _log_page(job, outcome)
        host = host_of(article.url) or host_of(entry.feed_url)
        made = articles.insert_article(job.connection, entry, article, host, job.now)
        article_id = made or articles.article_at(job.connection, article.url)
        status = "extracted" if made else "same-url"
        articles.close_entry(
            job.connection, entry.entry_id, status, article_id, article.no_page_reason
        )
    if not made:
        return {"same_url": 1}
    if article.no_page_reason is None:
        return {"articles": 1, "from_page": 1}
    return {"articles": 1, "from_feed": 1, f"no_page_{_no_page(outcome)[0]}": 1}


def _may_get_better(outcome: Outcome) -> bool:
    result = outcome.result
    return result is not None and (
        result.outcome in _TRANSIENT or result.status in _TRANSIENT_STATUS
    )


def _article(outcome: Outcome) -> ExtractedArticle:
    """The page's article, or the one that the feed's own fields make."""
    if isinstance(outcome.article, ExtractedArticle):
        return outcome.article
    entry = outcome.entry
    code, reason = _no_page(outcome)
    kind: PageKind = outcome.article.kind if outcome.article else "empty"
    parsed = ParsedEntry(
        key=entry.entry_key,
        url=entry.url,
        link=entry.link,
        guid=entry.guid,
        title=entry.title,
        summary=entry.summary,
        content_html=entry.content_html,
        authors=tuple(entry.authors),
        published_at=entry.published_at,
        language=entry.language,
    )
    return article_from_entry(
        parsed, url=entry.url or synthetic_url(entry), reason=f"{code}: {reason}", page_kind=kind
    )


def synthetic_url(entry: PendingEntry) -> str:
    """A stable identity for an entry that links nowhere."""
    parts = (
        hashlib.sha256(part.encode()).hexdigest() for part in (entry.feed_url, entry.entry_key)
    )
    feed, key = parts
    return f"newswatch:entry/{feed[:16]}/{key[:32]}"


def _no_page(outcome: Outcome) -> tuple[str, str]:
    """A short code and a sentence: why the article is not made from the page."""
    if isinstance(outcome.article, NoArticle):
        return outcome.article.kind.replace("-", "_"), outcome.article.detail
    if outcome.result is None:
        return "no_link", "the entry links to no page"
    if outcome.result.status is not None and outcome.result.outcome == "http-error":
        return f"http_{outcome.result.status}", outcome.result.detail
    return outcome.result.outcome.replace("-", "_"), outcome.result.detail


def _log_page(job: Job, outcome: Outcome) -> None:
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
