"""Flag stored articles again, after a topic has changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from airflow.sdk import Param, dag, get_current_context, task

from newswatch.settings import read_settings
from newswatch.stages.flag.flag import reflag as reflag_topic
from wiring import COMMON, run_job

TOPICS = sorted(path.stem for path in (read_settings().watchlist_dir / "topics").glob("*.yaml"))

TODAY = datetime.now(UTC).date()


@dag(
    schedule=None,
    **COMMON,
    tags=["newswatch", "topics"],
    params={
        "topic": Param(TOPICS[0] if TOPICS else "", type="string", enum=TOPICS or [""]),
        "from": Param(f"{TODAY - timedelta(days=7)}", type="string", format="date"),
        "to": Param(f"{TODAY}", type="string", format="date", description="Inclusive."),
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
    @task
    def reflag_period() -> dict[str, int]:
        context = get_current_context()
        params = context["params"]
        since = datetime.combine(date.fromisoformat(params["from"]), time(), UTC)
        until = datetime.combine(date.fromisoformat(params["to"]), time(), UTC) + timedelta(days=1)
        return run_job(
            context, "reflag", lambda job: reflag_topic(job, params["topic"], since, until)
        )

    reflag_period()


reflag()
