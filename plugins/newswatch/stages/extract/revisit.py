"""Looking again at pages that may say more by now: a part of extract."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from functools import partial

from newswatch.addresses.urls import host_of
from newswatch.extract.boilerplate import SEEN, edge_lines, without_boilerplate
from newswatch.extract.revisit import next_visit
from newswatch.models import ExtractedArticle
from newswatch.stages.extract.pages import Outcome, PageReader, article_of, log_page
from newswatch.stages.job import Job
from newswatch.stages.parking import Parking
from newswatch.store import host_lines, revisions
from newswatch.store.parked import Subject
from newswatch.store.revisions import Revisit

BATCH = 200


def revisit(job: Job, shard: int, parking: Parking) -> Counter[str]:
    """Fetch the pages that are due again, conditionally; a newer wording is kept for flag, which
    puts it in force together with its flags."""
    counts: Counter[str] = Counter()
    while due := revisions.due_revisits(
        job.connection, parking.tries, shard, job.settings.shards, BATCH
    ):
        asyncio.run(_visit_all(job, due, parking, counts))
    return counts


async def _visit_all(
    job: Job, due: Sequence[Revisit], parking: Parking, counts: Counter[str]
) -> None:
    async with PageReader(job) as pages:
        tasks = [
            asyncio.create_task(pages.read(visit, visit.etag, visit.last_modified)) for visit in due
        ]
        try:
            for visit, task in zip(due, tasks, strict=True):
                await asyncio.wait([task])
                subject = Subject(visit.link or visit.title, article_id=visit.article_id)
                save = partial(_save, job, visit, task)
                counts.update(parking.apply_to(subject, save) or ())
        finally:
            for task in tasks:
                task.cancel()


def _save(job: Job, visit: Revisit, task: asyncio.Task[Outcome]) -> list[str]:
    """Save what the task found; what it counts. Raises what the task raised."""
    outcome = task.result()
    found = _newer(job, visit, outcome)
    kind = found.page_kind if found else visit.page_kind
    log_page(job, outcome)
    if found is not None:
        # Before the article's row, as flag takes them: in the other order they could block each
        # other.
        revisions.propose(job.connection, visit.article_id, found, job.now)
    again = next_visit(kind, visit.first_seen_at, job.now)
    revisions.plan_revisit(job.connection, visit.article_id, again)
    return ["revisited"] if found is None else ["revisited", "revised"]


def _newer(job: Job, visit: Revisit, outcome: Outcome) -> ExtractedArticle | None:
    """What the article says now, if that is other words; a page that cannot be had now takes
    nothing away from what was read on it."""
    found = article_of(outcome)
    known = host_lines.known_lines(job.connection, host_of(found.url), edge_lines(found.text), SEEN)
    found = without_boilerplate(found, known)
    if found.no_page_reason is not None and visit.from_page:
        return None
    if (found.title, found.text) == (visit.article_title, visit.article_text):
        return None
    return found
