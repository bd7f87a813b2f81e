"""Airflow's API, as far as the launcher and the demo ask it."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from launcher.service import USER, Service
from newswatch.errors import NewswatchError

DAGS = ("watch_news", "send_digest", "reflag", "maintain")
POOL = {"name": "newswatch_reflag", "slots": 1, "description": "Re-flagging starves no poll."}
PARTS = ("metadatabase", "scheduler", "dag_processor", "triggerer")


class Refused(NewswatchError):
    """The API answered that it will not."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


def request(
    url: str,
    body: Mapping[str, Any] | None = None,
    *,
    token: str = "",
    method: str | None = None,
    seconds: float = 30.0,
) -> dict[str, Any]:
    """One JSON request to Airflow's API. Raises `Refused` with the answer, or `OSError`."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(url, data=data, headers=headers, method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=seconds) as answer:  # noqa: S310
            found: dict[str, Any] = json.loads(answer.read() or b"{}")
            return found
    except urllib.error.HTTPError as error:
        raise Refused(f"{url}: {error.code} {error.read()[:300]!r}", error.code) from None


def token(service: Service) -> str:
    """A token of the API for the admin."""
    answer = request(
        f"{service.address}/auth/token", {"username": USER, "password": service.password}
    )
    return str(answer["access_token"])


def well(service: Service, *, seconds: float = 5.0) -> dict[str, bool]:
    """Which components answer that they are well, by their names. Without the API nothing is known
    of the others."""
    try:
        health = request(f"{service.address}/api/v2/monitor/health", seconds=seconds)
    except (OSError, ValueError, NewswatchError):
        return {"api-server": False}
    told = {
        part.replace("_", "-"): (health.get(part) or {}).get("status") == "healthy"
        for part in PARTS
    }
    # Without its database Airflow knows nothing of them either.
    return {"api-server": True, **(told if told.pop("metadatabase") else {})}


def prepare_dags(service: Service) -> None:
    """Let the scheduled DAGs run, from now on; reflag runs by hand only, but must not be paused
    either."""
    known = token(service)
    try:
        request(f"{service.address}/api/v2/pools", POOL, token=known)
    except Refused as error:
        if error.status != 409:  # it is there
            raise
    deadline = time.monotonic() + service.start_timeout
    for name in DAGS:
        url = f"{service.address}/api/v2/dags/{name}"
        while True:
            try:
                request(url, {"is_paused": False}, token=known, method="PATCH")
                break
            except NewswatchError:  # it is not parsed yet
                if time.monotonic() > deadline:
                    raise
                time.sleep(1)
    _forget_runs_to_come(service, known)


def _forget_runs_to_come(service: Service, known: str) -> None:
    """Runs of a time that is not yet, but those that a person asked for: made before the clock was
    set back. Airflow would wait for that time, and make no other run of the DAG until then."""
    dags = f"{service.address}/api/v2/dags"
    soon = datetime.now(UTC) + timedelta(minutes=1)
    kinds = [("run_type", kind) for kind in ("scheduled", "asset_triggered")]
    asked = urlencode([("run_after_gte", soon.isoformat()), ("limit", 100), *kinds])
    while runs := request(f"{dags}/~/dagRuns?{asked}", token=known)["dag_runs"]:
        for run in runs:
            address = f"{dags}/{run['dag_id']}/dagRuns/{quote(run['dag_run_id'], safe='')}"
            queued = {"state": "queued"}  # none that runs may go
            request(address, queued, token=known, method="PATCH")
            request(address, token=known, method="DELETE")
