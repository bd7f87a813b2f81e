"""The analysts' views as files, after each publication; the DAG is there if a folder is set."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from airflow.sdk import (
    AssetOrTimeSchedule,
    CronTriggerTimetable,
    Param,
    dag,
    get_current_context,
    task,
)

from assets import STORIES
from newswatch.settings import read_settings
from wiring import COMMON, run_job

if TYPE_CHECKING:
    from newswatch.stages.job import Job

DAY = timedelta(days=1)
LATE_CHANGES = timedelta(days=7)  # of copies, stories and wordings, for which each night looks back


@dag(
    schedule=AssetOrTimeSchedule(
        timetable=CronTriggerTimetable("10 4 * * *", timezone="UTC"), assets=[STORIES]
    ),
    **COMMON,
    is_paused_upon_creation=False,
    tags=["newswatch", "export"],
    dag_display_name="Export the views",
    description="The analysts' views as files: today's at each publication, a week's each night.",
    dagrun_timeout=timedelta(hours=3),
    params={
        "since": Param(
            None,
            type=["null", "string"],
            format="date",
            description="First UTC day; empty: yesterday after a publication, else a week ago.",
        )
    },
    doc_md="""
**Purpose.** Keep the folder `NEWSWATCH_EXPORT_DIR` as the analysts' views are: a file a day and
view, of which only what changed is written.

**Owner.** newswatch.

**Triage.** Idempotent, and nothing waits for it: the next run writes what this one did not. Who was
killed leaves no half file. What changed longer than a week ago is brought by a run with `since`.
""",
)
def export_views() -> None:
    @task(multiple_outputs=False, execution_timeout=timedelta(hours=2))
    def write() -> dict[str, int]:
        from newswatch.stages.export.job import export_views as export_since

        context = get_current_context()
        asked = context["params"]["since"]
        is_published = context["dag_run"].run_type == "asset_triggered"
        back = DAY if is_published else LATE_CHANGES

        def export(job: Job) -> dict[str, int]:
            since = date.fromisoformat(asked) if asked else job.now.date() - back
            return export_since(job, since)

        return run_job(context, "export", export)

    write()


if read_settings().export_dir:
    export_views()
