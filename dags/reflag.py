"""Flag stored articles again, after a topic has changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from airflow.sdk import Param, dag, get_current_context, task

from newswatch.settings import read_settings
from wiring import COMMON, run_job

if TYPE_CHECKING:
    from newswatch.stages.job import Job

TOPICS = sorted(path.stem for path in (read_settings().watchlist_dir / "topics").glob("*.yaml"))
LOOK_BACK = timedelta(days=7)  # from the last day of the period, unless its first is given
DAY = {"type": ["null", "string"], "format": "date"}


@dag(
    schedule=None,
    **COMMON,
    tags=["newswatch", "topics"],
    dag_display_name="Flag again by a changed topic",
    description="By hand: matches a topic against stored articles.",
    dagrun_timeout=timedelta(hours=3),
    params={
        "topic": Param(type="string", enum=TOPICS or [""]),
        "from": Param(None, **DAY, description="First UTC day; empty: a week before the last."),
        "to": Param(None, **DAY, description="Last UTC day, inclusive; empty: the run's own."),
    },
    doc_md="""
**Purpose.** Match a changed topic against the originals first seen in a period (UTC days, both
inclusive), and report what was added, dropped and kept.

**Owner.** newswatch.

**Triage.** Idempotent: run again it changes nothing. Flags of an earlier definition are
superseded and stay as history. A broken topic file fails it with file, line and mend.
""",
)
def reflag() -> None:
    # A pool of its own: however many are asked for, polls find their slots.
    @task(
        multiple_outputs=False,
        pool="newswatch_reflag",
        priority_weight=1,
        execution_timeout=timedelta(hours=2),
    )
    def reflag_period() -> dict[str, int]:
        from newswatch.stages.flag.flag import reflag as reflag_topic

        context = get_current_context()
        params = context["params"]

        def reflag_days(job: Job) -> dict[str, int]:
            last = _day(params["to"]) or job.now.date()
            first = _day(params["from"]) or last - LOOK_BACK
            until = _midnight(last + timedelta(days=1))
            return reflag_topic(job, params["topic"], _midnight(first), until)

        return run_job(context, "reflag", reflag_days)

    reflag_period()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


reflag()
