"""The daily brief: one edition a subscriber and local date."""

from __future__ import annotations

from datetime import date, timedelta

from airflow.sdk import Param, dag, get_current_context, task

from notices import deadline
from wiring import COMMON, run_job


@dag(
    schedule="*/15 * * * *",
    **COMMON,
    tags=["newswatch", "digest"],
    dag_display_name="Send the digest",
    description="One edition a subscriber and local date.",
    dagrun_timeout=timedelta(minutes=45),
    deadline=deadline("send_digest", minutes=30),
    params={
        "day": Param(None, type=["null", "string"], description="A local date; empty: who is due."),
        "subscriber": Param(None, type=["null", "string"], description="Only this one."),
    },
    doc_md="""
**Purpose.** Send each subscriber one digest a day, once their local `send_at` has passed.

**Owner.** newswatch.

**Triage.** Idempotent: an edition is made once per subscriber and local date, and its outbox row
is sent once. Clear it after an outage of the mail server. A row in state `unknown` (the
connection broke after the message was handed over) is never sent again by itself: look at
`ops.delivery`, ask the reader, then decide.
""",
)
def send_digest() -> None:
    @task(multiple_outputs=False)
    def send() -> dict[str, int]:
        from newswatch.stages.digest import send_digests

        context = get_current_context()
        day, subscriber = context["params"]["day"], context["params"]["subscriber"]
        return run_job(
            context,
            "send_digest",
            lambda job: send_digests(
                job, day=date.fromisoformat(day) if day else None, subscriber=subscriber
            ),
        )

    send()


send_digest()
