"""load: one transaction publishes a batch to the analysts' views, with the run's summary."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from newswatch.stages.job import Job
from newswatch.stages.parking import Parking, subject_of_article
from newswatch.store import publication, runs, totals


def load(job: Job) -> dict[str, int]:
    """Publish all that is flagged, and write the run's summary.

    Run again it publishes what came since, and the summary says what the run did in all.
    """
    with job.connection.transaction():
        number = publication.next_number(job.connection)
        parking = Parking(job, "load")
        waiting = publication.unpublished_articles(job.connection, parking.tries)
        publish = partial(_publish, job, number)
        for _ in parking.apply(waiting, publish, subject_of_article):
            pass
        counts = parking.counted(publication.published_by(job.connection, job.run_id))
        summary = runs.stage_counts(job.connection, job.run_id) | {"load": counts}
        runs.finish_run(job.connection, job.run_id, summary)
    return counts


def _publish(job: Job, number: int, articles: Sequence[publication.UnpublishedArticle]) -> None:
    ids = [article.article_id for article in articles]
    published = publication.publish(job.connection, ids, number, job.run_id, job.now)
    totals.count_in(job.connection, published)
    totals.count_stories_of(job.connection, published)
