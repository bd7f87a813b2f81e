"""The main job: from feeds to flagged stories in Postgres, every 15 minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

from assets import STORIES
from newswatch.settings import read_settings
from notices import deadline
from wiring import COMMON, database, run_job, run_stage, trigger_of

SHARDS = list(range(read_settings().shards))


@dag(
    schedule="*/15 * * * *",
    **COMMON,
    tags=["newswatch", "news"],
    dag_display_name="Watch the news",
    description="From feeds to flagged stories in Postgres, every 15 minutes.",
    dagrun_timeout=timedelta(minutes=45),
    deadline=deadline(minutes=14),
    doc_md="""
**Purpose.** Poll the feeds that are due, extract the articles they announce, decide what is new,
flag the watched topics, publish the batch to the analysts' views.

**Owner.** newswatch.

**Triage.** Every task is idempotent and works on all that waits: clear it, or leave it to the
next run. A dead feed or a page that is no article fails nothing; see `ops.feed_health` and
`ops.page_failure`. A red `poll` or `extract` is one shard of hosts: the others go on and are
published, and `load` then fails the run so that it is seen. `ShardBusy` means that an earlier try
still works; the retry waits for it. A red `deduplicate` or `flag` leaves articles waiting
(`ops.backlog`), nothing is lost. `alert` tells readers at once of new stories that reach
their marks; what was given up of it stands in `ops.delivery`, and the watchdog tells of it.
""",
)
def watch_news() -> None:
    @task(multiple_outputs=False)
    def poll(shard: int) -> dict[str, int]:
        return run_stage(get_current_context(), "poll", shard)

    @task(multiple_outputs=False, trigger_rule="all_done")
    def extract(shard: int) -> dict[str, int]:
        return run_stage(get_current_context(), "extract", shard)

    @task(multiple_outputs=False, trigger_rule="all_done")
    def deduplicate() -> dict[str, int]:
        return run_stage(get_current_context(), "deduplicate")

    @task(multiple_outputs=False, trigger_rule="all_done")
    def flag() -> dict[str, int]:
        return run_stage(get_current_context(), "flag")

    @task(multiple_outputs=False, trigger_rule="all_done", outlets=[STORIES])
    def load(*, outlet_events: Any = None) -> dict[str, int]:
        from newswatch.stages.cycle import missing_executions

        context = get_current_context()
        summary = run_stage(context, "load")
        outlet_events[STORIES].extra = summary
        # Published all the same; but a run with a failed part must not look green.
        with database() as connection:
            missing = missing_executions(connection, read_settings(), trigger_of(context))
        if missing:
            raise AirflowFailException(f"published without {', '.join(missing)}: see their logs")
        return summary

    @task(multiple_outputs=False)
    def alert() -> dict[str, int]:
        from newswatch.stages.alerts import send_alerts

        return run_job(get_current_context(), "send_alerts", send_alerts)

    polled = poll.expand(shard=SHARDS)
    extracted = extract.expand(shard=SHARDS)
    published = load()
    polled >> extracted >> deduplicate() >> flag() >> published
    # Whatever comes of the alerts, the run is as red as `load`: a teardown does not count.
    published >> alert().as_teardown()


watch_news()
