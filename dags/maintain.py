"""Housekeeping, once a day."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import dag, get_current_context, task

from wiring import COMMON, run_job


@dag(
    schedule="40 3 * * *",
    **COMMON,
    tags=["newswatch", "maintenance"],
    dag_display_name="Maintain the database",
    description="Forgets in time, counts what feeds bring, draws what is to be judged; once a day.",
    dagrun_timeout=timedelta(hours=3),
    doc_md="""
**Purpose.** Forget raw pages and logs that are older than the settings allow; keep what came near a
flag the day before, and draw the sample of it that people judge.

**Owner.** newswatch.

**Triage.** Idempotent, and nothing waits for it: leave a failure to the next day's run unless it
repeats.
""",
)
def maintain() -> None:
    @task(multiple_outputs=False)
    def tidy() -> dict[str, int]:
        from newswatch.stages.maintain import maintain as maintain_all

        return run_job(get_current_context(), "maintain", maintain_all)

    tidy()


maintain()
