"""One machine's Airflow on the embedded Postgres: started, watched and stopped as one thing.

    python -m launcher up | down

Everything it leaves lies in the state folder. Whatever an earlier one left running is known by pid
and start time, never by name.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from psycopg.conninfo import conninfo_to_dict

from launcher import processes
from newswatch.errors import NewswatchError
from newswatch.settings import HOME, PREFIX, read_settings
from newswatch.store.server import embedded
from newswatch.store.server.database import connect, with_role
from newswatch.store.server.migrate import migrate

USER = "admin"
START_SECONDS = 150.0


@dataclass(frozen=True, slots=True)
class Service:
    """Where it lives and how it is reached; `settings` are NEWSWATCH_ variables for its tasks."""

    state: Path
    port: int
    settings: Mapping[str, str]
    scheduled: bool = True  # False: DAGs run only when they are triggered

    @property
    def home(self) -> Path:
        return self.state / "airflow"

    @property
    def pid_file(self) -> Path:
        return self.state / "airflow.pid"

    @property
    def log_file(self) -> Path:
        return self.state / "airflow.log"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """The admin's, made once."""
        path = self.home / "passwords.json"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(json.dumps({USER: secrets.token_urlsafe(12)}))
        return str(json.loads(path.read_text())[USER])


def prepare_databases(service: Service) -> tuple[str, str]:
    """Start Postgres, migrate ours, and make Airflow's; their superuser URLs."""
    server = embedded.start(service.state / "postgres")
    ours = embedded.ensure_database(server)
    with connect(ours) as connection:
        migrate(connection)
    return ours, embedded.ensure_database(server, "airflow")


def environment(service: Service, ours: str, airflows: str) -> dict[str, str]:
    """What Airflow and its tasks run with; NEWSWATCH_ variables of this shell are not passed on."""
    mine = conninfo_to_dict(with_role(ours, "newswatch_writer"))
    theirs = conninfo_to_dict(airflows)
    connection = {
        "conn_type": "postgres",
        "host": mine["host"],
        "login": mine["user"],
        "schema": mine["dbname"],
    }
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith((PREFIX, "AIRFLOW_"))
    }
    return inherited | {
        **service.settings,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": str(HOME / "plugins"),
        "NEWSWATCH_DATABASE_URL": with_role(ours, "newswatch_writer"),
        "AIRFLOW_HOME": str(service.home),
        "AIRFLOW_CONN_NEWSWATCH": json.dumps(connection),
        "AIRFLOW__CORE__DAGS_FOLDER": str(HOME / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(HOME / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "8",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{service.address}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(service.home / "passwords.json"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": (
            f"postgresql+psycopg2://{theirs['user']}@/{theirs['dbname']}?host={theirs['host']}"
        ),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(service.port),
        "AIRFLOW__API__BASE_URL": service.address,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(processes.free_port()),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(processes.free_port()),
        "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": str(service.scheduled),
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
        "AIRFLOW__DAG_PROCESSOR__DAG_VERSION_INFLATION_CHECK_LEVEL": "error",
    }


def start(service: Service) -> psutil.Process:
    """Start Airflow in the background; it is healthy once `wait_until_healthy` returns.

    Raises `NewswatchError` if its port is taken: the health of another's Airflow would be read.
    """
    if not processes.is_free(service.port):
        raise NewswatchError(
            f"port {service.port} of 127.0.0.1 is taken; choose another: PORT=8081 make up"
        )
    with processes.uninterrupted():
        ours, airflows = prepare_databases(service)
    _ = service.password
    return processes.start(
        [str(Path(sys.executable).parent / "airflow"), "standalone"],
        pid_file=service.pid_file,
        log_file=service.log_file,
        environment=environment(service, ours, airflows),
        folder=HOME,
    )


def wait_until_healthy(service: Service, process: psutil.Process) -> None:
    """Until scheduler, dag processor and API answer. Raises `NewswatchError` naming the log."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not processes.alive(process):
            raise NewswatchError(f"Airflow ended at once: see {service.log_file}")
        try:
            health = request(f"{service.address}/api/v2/monitor/health")
        except OSError:
            health = {}
        if all(
            health.get(part, {}).get("status") == "healthy"
            for part in ("metadatabase", "scheduler", "dag_processor")
        ):
            return
        time.sleep(0.5)
    raise NewswatchError(f"Airflow is not healthy after {START_SECONDS:g} s: {service.log_file}")


def stop(service: Service, *, seconds: float = 30.0) -> bool:
    """Stop Airflow and Postgres, whoever started them; False if nothing ran.

    Airflow's scheduler waits for its tasks; after `seconds` they are killed.
    """
    found = processes.stop(service.pid_file, seconds=seconds)
    return embedded.stop(service.state / "postgres") or found


def request(
    url: str, body: Mapping[str, Any] | None = None, *, token: str = "", method: str | None = None
) -> dict[str, Any]:
    """One JSON request to Airflow's API. Raises `NewswatchError` with the answer if refused."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(url, data=data, headers=headers, method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
            found: dict[str, Any] = json.loads(answer.read())
            return found
    except urllib.error.HTTPError as error:
        raise NewswatchError(f"{url}: {error.code} {error.read()[:300]!r}") from None


def token(service: Service) -> str:
    """A token of the API for the admin."""
    answer = request(
        f"{service.address}/auth/token", {"username": USER, "password": service.password}
    )
    return str(answer["access_token"])


def standing() -> Service:
    """The service of `make up`: live feeds, the usual port."""
    state = read_settings().state_dir
    passed = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    passed.pop(f"{PREFIX}DATABASE_URL", None)
    return Service(state, int(os.environ.get("PORT", "8080")), passed)


def main(arguments: list[str]) -> int:
    service = standing()
    match arguments:
        case ["up"]:
            if processes.running(service.pid_file) is None:
                _bring_up(service)
            print(f"{service.address}  user {USER}  password {service.password}")
            print("stop it with: make down")
        case ["down"]:
            print("stopped" if stop(service) else "was not running")
        case _:
            print("usage: python -m launcher up | down", file=sys.stderr)
            return 2
    return 0


def _bring_up(service: Service) -> None:
    """All of it, or nothing."""
    try:
        wait_until_healthy(service, start(service))
        unpause(service)
    except (NewswatchError, OSError, KeyboardInterrupt):
        with processes.uninterrupted():
            stop(service)
        raise


def unpause(service: Service) -> None:
    """Let the scheduled DAGs run; reflag runs by hand only, but must not be paused either."""
    known = token(service)
    deadline = time.monotonic() + 60
    for name in ("watch_news", "send_digest", "reflag", "maintain"):
        url = f"{service.address}/api/v2/dags/{name}"
        while True:
            try:
                request(url, {"is_paused": False}, token=known, method="PATCH")
                break
            except NewswatchError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(1)
