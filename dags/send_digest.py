"""The daily brief: one edition a subscriber and local date."""

from __future__ import annotations

from datetime import date, timedelta

from airflow.sdk import Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from assets import HELD_EDITIONS
from newswatch.settings import read_settings
from notices import deadline
from wiring import COMMON, run_job


@dag(
    schedule="*/15 * * * *",
    **COMMON,
    tags=["newswatch", "digest"],
    dag_display_name="Send the digest",
    description="One edition a subscriber and local date.",
    dagrun_timeout=timedelta(minutes=45),
    deadline=deadline(minutes=30),
    params={
        "day": Param(None, type=["null", "string"], description="A local date; empty: who is due."),
        "subscriber": Param(None, type=["null", "string"], description="Only this one."),
    },
    doc_md="""
**Purpose.** Send each subscriber one digest a day, once their local `send_at` has passed: what was
published and not yet told to them.

**Owner.** newswatch.

**Triage.** Idempotent: an edition is made once for the moment at which it is due, tells what its
reader was not told yet, and is handed over once. Nothing has to be cleared after an outage of the
mail server: what was not taken is tried again until the next edition is due, which then tells it.
The task is red, and the watchdog tells of it, when a delivery was given up: `refused` (look at the
address), `carried-over` (look at the mail server) or `unknown` (ask the reader). See `ops.delivery`
and `newswatch digest resend`.
""",
)
def send_digest() -> None:
    @task(multiple_outputs=False)
    def send() -> dict[str, int]:
        from newswatch.stages.digest import send_digests

        context = get_current_context()
        day, subscriber = context["params"]["day"], context["params"]["subscriber"]
        counts = run_job(
            context,
            "send_digest",
            lambda job: send_digests(
                job, day=date.fromisoformat(day) if day else None, subscriber=subscriber
            ),
        )
        if given_up := counts.get("given_up"):
            # What could be done is done: another try would find nothing, and be green.
            raise AirflowFailException(f"{given_up} deliveries were given up: see ops.delivery")
        return counts

    @task(multiple_outputs=False, outlets=[HELD_EDITIONS])
    def hold(counts: dict[str, int]) -> int:
        if not counts.get("held"):
            raise AirflowSkipException("no new edition waits for the editor")
        return counts["held"]

    counts = send()
    if read_settings().editor:
        hold(counts)


send_digest()
