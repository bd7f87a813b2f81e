"""Running a DAG through Airflow's API, and telling how it goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from launcher import api, service
from newswatch.errors import NewswatchError

SECONDS = 150.0


def run_dag(
    airflow: service.Service,
    dag: str,
    conf: Mapping[str, Any],
    tell: Callable[[str], None],
) -> str:
    """Trigger a run and wait for its end; its id. Raises `NewswatchError` unless it succeeds."""
    token = api.token(airflow)
    runs = f"{airflow.address}/api/v2/dags/{dag}/dagRuns"
    made = api.request(runs, {"logical_date": None, "conf": dict(conf)}, token=token)
    run = f"{runs}/{quote(made['dag_run_id'], safe='')}"
    told: set[str] = set()
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        for name in _finished(f"{run}/taskInstances", token) - told:
            told.add(name)
            tell(f"  {name}")
        state = api.request(run, token=token)["state"]
        if state == "success":
            return str(made["dag_run_id"])
        if state == "failed":
            raise NewswatchError(f"{dag} failed: see {airflow.logs} and {airflow.home}/logs")
        time.sleep(0.7)
    raise NewswatchError(f"{dag} has not ended after {SECONDS:g} s: see {airflow.logs}")


def _finished(instances: str, token: str) -> set[str]:
    """Tasks all of whose instances are done."""
    states: dict[str, set[str]] = {}
    for instance in api.request(instances, token=token)["task_instances"]:
        states.setdefault(instance["task_id"], set()).add(instance["state"] or "waiting")
    return {name for name, found in states.items() if found == {"success"}}
