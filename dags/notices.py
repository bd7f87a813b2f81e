"""What Airflow tells operators of: runs that fail, and runs that are late.

Each is noted in the database, where the watchdog's checks find it, and told at once by the same
means, mail, webhooks and services: one message when a DAG begins to fail, one when a later run of
it goes well.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from airflow.sdk import BaseNotifier, DeadlineAlert, DeadlineReference, SyncCallback

from newswatch.settings import read_settings

log = logging.getLogger(__name__)


# Airflow's codes, as sentences.
REASONS = {
    "task_failure": "a task failed after all its retries",
    "timed_out": "it took longer than a run of this DAG may",
    "all_tasks_deadlocked": "its tasks wait for one another",
}


class FailureNotifier(BaseNotifier):
    """For `on_failure_callback` of a DAG."""

    def notify(self, context: Mapping[str, Any]) -> None:
        from newswatch.stages.notices import run_failed

        run, reason = context["dag_run"], str(context.get("reason") or "")
        said = REASONS.get(reason, reason or REASONS["task_failure"])
        run_failed(read_settings(), run.dag_id, f"{said} ({run.run_id})")


class SuccessNotifier(BaseNotifier):
    """For `on_success_callback` of a DAG: its failures are over."""

    def notify(self, context: Mapping[str, Any]) -> None:
        from newswatch.stages.notices import run_went_well

        run_went_well(read_settings(), context["dag_run"].dag_id)


class LateNotifier(BaseNotifier):
    """For a deadline: it is made and called in a process of the executor, with what the API tells
    of the run."""

    def __init__(self, minutes: int) -> None:
        super().__init__()
        self.minutes = minutes

    def notify(self, context: Mapping[str, Any]) -> None:
        from newswatch.stages.notices import run_is_late

        said = f"it has not ended {self.minutes} minutes after it was queued"
        run_is_late(read_settings(), context["dag_run"]["dag_id"], said)


def deadline(minutes: int) -> DeadlineAlert:
    """A run of the DAG should have ended so many minutes after it was queued."""
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(minutes=minutes),
        callback=SyncCallback(LateNotifier, {"minutes": minutes}),
    )
