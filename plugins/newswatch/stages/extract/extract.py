"""extract: fetch the page of each pending entry, and make an article of it or of the entry."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby

from newswatch.addresses.urls import host_of
from newswatch.extract.boilerplate import SEEN, edge_lines, without_boilerplate
from newswatch.extract.revisit import next_visit
from newswatch.models import ArticleId, NoArticle
from newswatch.stages.extract.pages import (
    Outcome,
    PageReader,
    article_of,
    article_of_its_own,
    log_page,
    no_page,
    subject_of_entry,
)
from newswatch.stages.extract.revisit import revisit
from newswatch.stages.job import Job
from newswatch.stages.parking import Parking
from newswatch.store import articles, host_lines, revisions
from newswatch.store.articles import PendingEntry
from newswatch.store.parked import Fault

BATCH = 200
ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=20)
_TRANSIENT = frozenset({"timeout", "unreachable", "protocol"})
_TRANSIENT_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


def extract(job: Job, shard: int) -> dict[str, int]:
    """Make articles of the shard's pending entries, then look again at pages that are due.

    Each entry's page, article and status are saved in one transaction, in an order that depends on
    what was published only. Killed at any moment and run again it gives the same articles. An entry
    whose page or article cannot be dealt with is parked.
    """
    counts: Counter[str] = Counter(entries=0, articles=0, same_url=0)
    parking = Parking(job, "extract")
    while batch := articles.pending_entries(
        job.connection, parking.tries, shard, job.settings.shards, BATCH
    ):
        fresh = [entry for entry in batch if not _settled_without_page(job, entry, parking, counts)]
        asyncio.run(_extract_batch(job, fresh, parking, counts))
        counts["entries"] += len(batch)
    counts.update(revisit(job, shard, parking))
    return parking.counted(counts)


def _settled_without_page(
    job: Job, entry: PendingEntry, parking: Parking, counts: Counter[str]
) -> bool:
    """True if the article is there already, or the entry has killed its worker too often."""
    if entry.url and (known := articles.article_at(job.connection, entry.url)):
        settle = partial(_settle_beside, job, entry, known)
        counts.update(parking.apply_to(subject_of_entry(entry), settle) or {})
        return True
    if entry.attempts >= ATTEMPTS:
        error = f"its worker ended in each of {entry.attempts} attempts"
        with job.connection.transaction():
            parking.park(subject_of_entry(entry), Fault("killed", error))
            articles.begin_again(job.connection, entry.entry_id)
        return True
    return False


async def _extract_batch(
    job: Job, batch: Sequence[PendingEntry], parking: Parking, counts: Counter[str]
) -> None:
    """Pages side by side, saved in the order of the batch."""
    async with PageReader(job) as pages:
        firsts: dict[str, PendingEntry] = {}
        for entry in batch:  # a second feed's entry waits for the first one's article
            firsts.setdefault(_address(entry), entry)
        reading = _begun(job, pages, firsts)
        tasks = [(entry, reading[_address(entry)]) for entry in batch]
        try:
            for entry, task in tasks:
                await asyncio.wait([task])
                save = partial(_save_read, job, entry, task)
                saved = parking.apply_to(subject_of_entry(entry), save)
                if saved is None:  # that it failed is known: it was not killed
                    articles.begin_again(job.connection, entry.entry_id)
                counts.update(saved or {})
        finally:
            for _, task in tasks:
                task.cancel()


def _save_read(job: Job, entry: PendingEntry, task: asyncio.Task[Outcome]) -> dict[str, int]:
    """Save what the task found for the entry, or raise what it raised."""
    outcome = task.result()
    return _save(job, Outcome(entry, outcome.result, outcome.article))


def _address(entry: PendingEntry) -> str:
    return entry.url or f"{entry.feed_url} {entry.entry_key}"


def _begun(
    job: Job, pages: PageReader, entries: Mapping[str, PendingEntry]
) -> dict[str, asyncio.Task[Outcome]]:
    """A task for each. Those that were begun before wait until all others are done: a process that
    is killed three times is not killed three times by the same entries, unless it is by them."""

    async def read(entry: PendingEntry, others: Sequence[asyncio.Task[Outcome]]) -> Outcome:
        if others:
            await asyncio.wait(others)
        return await pages.read(entry, begins=partial(articles.count_attempt, job.connection))

    tasks: dict[str, asyncio.Task[Outcome]] = {}
    fewest_first = sorted(entries, key=lambda address: entries[address].attempts)
    for _, group in groupby(fewest_first, key=lambda address: entries[address].attempts):
        others = list(tasks.values())
        tasks |= {address: asyncio.create_task(read(entries[address], others)) for address in group}
    return tasks


def _save(job: Job, outcome: Outcome) -> dict[str, int]:
    """Write one entry's outcome within its transaction; what it counts."""
    entry, result = outcome.entry, outcome.result
    log_page(job, outcome)
    if result is not None and _may_get_better(outcome) and entry.attempts + 1 < ATTEMPTS:
        if outcome.article is None:  # it did not come to the work that counts
            articles.count_attempt(job.connection, entry.entry_id)
        again = job.now + RETRY_AFTER * 2**entry.attempts
        articles.postpone_entry(job.connection, entry.entry_id, again, no_page(outcome)[1])
        return {"retried": 1}
    article = article_of(outcome)
    host = host_of(article.url) or host_of(entry.feed_url)
    lines = edge_lines(article.text)
    known = host_lines.known_lines(job.connection, host, lines, SEEN)
    article = without_boilerplate(article, known)
    again = next_visit(article.page_kind, entry.first_seen_at, job.now)
    made = articles.insert_article(job.connection, entry, article, host, job.now, again)
    if not made:
        return _settle_beside(job, entry, articles.article_at(job.connection, article.url))
    if article.no_page_reason is None:
        host_lines.count_lines(job.connection, host, lines, SEEN, job.now)
    articles.close_entry(job.connection, entry.entry_id, "extracted", made, article.no_page_reason)
    if article.no_page_reason is None:
        return {"articles": 1, "from_page": 1}
    return {"articles": 1, "from_feed": 1, f"no_page_{no_page(outcome)[0]}": 1}


def _settle_beside(job: Job, entry: PendingEntry, known: ArticleId | None) -> dict[str, int]:
    """Close an entry whose page is an article already; what it counts. If that was made from
    another item of the same feed, this one's words are an article of their own, and the page is
    looked at again."""
    if (
        known is None
        or not entry.url
        or not articles.shares_page(job.connection, entry.entry_id, known)
    ):
        articles.close_entry(job.connection, entry.entry_id, "same-url", known)
        return {"same_url": 1}
    revisions.visit_for_news(job.connection, known, entry.first_seen_at, job.now)
    own = article_of_its_own(entry)
    made = articles.insert_article(job.connection, entry, own, host_of(own.url), job.now, None)
    made = made or articles.article_at(job.connection, own.url)
    articles.close_entry(job.connection, entry.entry_id, "extracted", made, own.no_page_reason)
    return {"articles": 1, "from_feed": 1, "no_page_shared_page": 1}


def _may_get_better(outcome: Outcome) -> bool:
    result, article = outcome.result, outcome.article
    if isinstance(article, NoArticle):
        return article.kind == "not-extracted"
    return result is not None and (
        result.outcome in _TRANSIENT or result.status in _TRANSIENT_STATUS
    )
