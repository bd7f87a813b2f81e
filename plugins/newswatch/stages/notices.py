"""What a scheduler tells of its runs: noted for the checks of health, and told at once."""

from __future__ import annotations

from datetime import UTC, datetime

from newswatch.models.health import RunFailureKind
from newswatch.settings import Settings
from newswatch.stages.health import looking
from newswatch.stages.watchdog import look
from newswatch.store import alerts


def run_failed(settings: Settings, dag: str, what: str) -> None:
    _note(settings, dag, "failed", what)


def run_is_late(settings: Settings, dag: str, what: str) -> None:
    _note(settings, dag, "late", what)


def run_went_well(settings: Settings, dag: str) -> None:
    """What was wrong with earlier runs of the DAG is over; the watchdog tells it."""
    with looking(settings) as connection:
        alerts.note_success(connection, dag, datetime.now(UTC))


def _note(settings: Settings, dag: str, kind: RunFailureKind, what: str) -> None:
    """Raises `DatabaseUnreachable`: of that the watchdog tells."""
    with looking(settings) as connection:
        alerts.note_failure(connection, dag, kind, what, datetime.now(UTC))
    look(settings)
