"""load: one transaction publishes a batch to the analysts' views, with the run's summary."""

from __future__ import annotations

from newswatch.stages.job import Job
from newswatch.store import publication, runs


def load(job: Job) -> dict[str, int]:
    """Publish all that is flagged, and write the run's summary.

    Run again it publishes what came since, and the summary says what the run did in all.
    """
    with job.connection.transaction():
        publication.publish(job.connection, job.run_id, job.now)
        counts = publication.published_by(job.connection, job.run_id)
        summary = runs.stage_counts(job.connection, job.run_id) | {"load": counts}
        runs.finish_run(job.connection, job.run_id, summary)
    return counts
