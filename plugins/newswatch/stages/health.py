"""Measure the running product, and say what is wrong with it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from newswatch.delivery import webhook
from newswatch.errors import NewswatchError
from newswatch.health.checks import findings
from newswatch.health.prometheus import metrics, text
from newswatch.masking import masked
from newswatch.models.health import (
    ComponentHealth,
    DatabaseHealth,
    DiskHealth,
    Finding,
    HealthLimits,
    Measurements,
    WrongRow,
)
from newswatch.settings import Settings
from newswatch.stages.parking import place_in_watchlist, sentence_of
from newswatch.stages.readers import load_readers
from newswatch.store import health as stored
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, with_role

SERVICE_FILE = "service.json"  # in the state folder: what `make up` supervises
SUPERVISOR_SILENT = 60.0  # seconds
STATEMENT_SECONDS = 30
_WELL = ("healthy", None)  # null: it is not run, as a triggerer need not be


@dataclass(frozen=True, slots=True)
class Health:
    """One look at the product."""

    measured: Measurements
    findings: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        """Whether nobody has to do anything."""
        return all(finding.severity == "notice" for finding in self.findings)


def as_record(found: Health) -> dict[str, Any]:
    """For machines, ready for JSON."""
    return {
        "is_well": found.is_well,
        "at": found.measured.at.isoformat(),
        "findings": [asdict(finding) for finding in found.findings],
    }


def health(settings: Settings, now: datetime | None = None) -> Health:
    """Look at database, disks and components. Starts nothing, and never raises for what is away."""
    now = now or datetime.now(UTC)
    loaded = load_readers(settings)
    measured = Measurements(
        at=now,
        database=_database(settings, now),
        disks=(_disk(settings.state_dir),),
        components=(*_airflow(settings), *_supervised(settings, now)),
        mail_is_set=bool(settings.smtp_url),
        has_subscribers=bool(loaded.readers or loaded.errors),
        subscribers_wrong=tuple(
            WrongRow(place_in_watchlist(settings, error), sentence_of(error))
            for error in loaded.errors
        ),
        somebody_is_told=bool(
            settings.alert_webhooks
            or settings.alert_services
            or (settings.alert_to and settings.smtp_url)
        ),
    )
    limits = HealthLimits(settings.run_late, settings.disk_free)
    return Health(measured, findings(measured, limits))


def prometheus(found: Health) -> str:
    """What was measured, as metrics in the text form of Prometheus: for the page and the shell."""
    return text(metrics(found.measured, found.findings))


@contextmanager
def looking(settings: Settings) -> Iterator[Connection]:
    """A connection that waits for nothing long. Raises `DatabaseUnreachable`; starts no server."""
    url = settings.database_url or with_role(
        embedded.running_url(settings.state_dir / "postgres"), "newswatch_writer"
    )
    with connect(url) as connection:
        connection.execute(f"set statement_timeout = '{STATEMENT_SECONDS}s'".encode())
        yield connection


def _database(settings: Settings, now: datetime) -> DatabaseHealth | str:
    try:
        with looking(settings) as connection:
            return stored.measure(connection, now, settings.shards)
    except (NewswatchError, psycopg.Error) as error:
        return masked(f"the database cannot be asked: {str(error).strip().splitlines()[0]}")


def _disk(folder: Path) -> DiskHealth:
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return DiskHealth(str(folder), usage.free, usage.total)


def _airflow(settings: Settings) -> Iterator[ComponentHealth]:
    if not settings.airflow_url:
        return
    address = settings.airflow_url.rstrip("/")
    try:
        parts = json.loads(webhook.request(f"{address}/api/v2/monitor/health"))
    except (OSError, ValueError) as error:
        yield ComponentHealth("api-server", False, f"does not answer: {error}")
        return
    yield ComponentHealth("api-server", True, "")
    for part, said in sorted(parts.items()):
        name, status = part.replace("_", "-"), (said or {}).get("status")
        yield ComponentHealth(name, status in _WELL, f"is {status}")


def _supervised(settings: Settings, now: datetime) -> Iterator[ComponentHealth]:
    """What the supervisor of `make up` says of its processes; nothing where there is none."""
    try:
        told = json.loads((settings.state_dir / SERVICE_FILE).read_text())
        silent = (now - datetime.fromisoformat(told["at"])).total_seconds()
        components = list(told["components"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return
    is_heard = silent < SUPERVISOR_SILENT
    yield ComponentHealth("supervisor", is_heard, f"is gone for {silent:.0f} s: run make up")
    for name, state in components if is_heard else ():
        failing = state.get("failing", "")
        yield ComponentHealth(name, not failing, failing)
