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
    *,
    seconds: float = SECONDS,
) -> str:
    """Trigger a run and wait for its end; its id. Raises `NewswatchError` unless it succeeds."""
    token = api.token(airflow)
    run_id, run = trigger(airflow, dag, conf, token)
    wait_for(airflow, run, tell, token, seconds=seconds)
    return run_id


def trigger(
    airflow: service.Service, dag: str, conf: Mapping[str, Any], token: str
) -> tuple[str, str]:
    """The id of a new run, and its address in the API."""
    runs = f"{airflow.address}/api/v2/dags/{dag}/dagRuns"
    made = api.request(runs, {"logical_date": None, "conf": dict(conf)}, token=token)
    return str(made["dag_run_id"]), f"{runs}/{quote(made['dag_run_id'], safe='')}"


def wait_for(
    airflow: service.Service,
    run: str,
    tell: Callable[[str], None],
    token: str,
    *,
    seconds: float = SECONDS,
) -> None:
    """Until the run has ended. Raises `NewswatchError` unless it succeeds."""
    told: set[str] = set()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for name in _finished(f"{run}/taskInstances", token) - told:
            told.add(name)
            tell(f"  {name}")
        state = api.request(run, token=token)["state"]
        if state == "success":
            return
        if state == "failed":
            raise NewswatchError(f"{run} failed: see {airflow.logs} and {airflow.home}/logs")
        time.sleep(0.7)
    raise NewswatchError(f"{run} has not ended after {seconds:g} s: see {airflow.logs}")


def _finished(instances: str, token: str) -> set[str]:
    """Tasks all of whose instances are done."""
    states: dict[str, set[str]] = {}
    for instance in api.request(instances, token=token)["task_instances"]:
        states.setdefault(instance["task_id"], set()).add(instance["state"] or "waiting")
    return {name for name, found in states.items() if found == {"success"}}
