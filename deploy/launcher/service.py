"""One machine's Airflow on the embedded Postgres: started, watched and stopped as one thing.

Everything it leaves lies in the state folder. Whatever an earlier one left running is known by pid
and start time, never by name.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launcher import processes
from launcher.environment import USER, environment
from launcher.supervisor import Component, stop_all
from newswatch.errors import NewswatchError
from newswatch.settings import HOME
from newswatch.stages.health import SERVICE_FILE
from newswatch.store.server import embedded
from newswatch.store.server.database import connect
from newswatch.store.server.migrate import migrate

__all__ = ["USER", "Service", "components", "load", "prepare", "start", "stop"]

AIRFLOW_PARTS = ("api-server", "scheduler", "dag-processor", "triggerer")
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Service:
    """Where it lives and how it is reached; `settings` are NEWSWATCH_ variables for its tasks,
    `airflow` the operator's AIRFLOW_ variables."""

    state: Path
    port: int
    settings: Mapping[str, str]
    airflow: Mapping[str, str] = field(default_factory=dict)
    scheduled: bool = True  # False: DAGs run only when they are triggered
    start_timeout: float = 600.0  # seconds until it must be well
    hung_after: float = 120.0  # seconds of silence after which a process is ended

    @property
    def home(self) -> Path:
        return self.state / "airflow"

    @property
    def data(self) -> Path:
        return self.state / "postgres"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def pid_file(self) -> Path:
        """The supervisor's."""
        return self.state / "run" / "supervisor.pid"

    @property
    def report_file(self) -> Path:
        return self.state / SERVICE_FILE

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

    def save(self) -> None:
        """Write it for the supervisor; passwords may stand in it."""
        path = self.state / "service-settings.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(self._as_json(), indent=1))

    def _as_json(self) -> dict[str, Any]:
        return {
            "port": self.port,
            "settings": dict(self.settings),
            "airflow": dict(self.airflow),
            "scheduled": self.scheduled,
            "start_timeout": self.start_timeout,
            "hung_after": self.hung_after,
        }


def load(state: Path) -> Service:
    """The service that was last started on this folder."""
    return Service(state, **json.loads((state / "service-settings.json").read_text()))


def components(service: Service, ours: str, airflows: str) -> tuple[Component, ...]:
    """Its processes but Postgres, in the order in which they are started."""
    known = environment(service, ours, airflows)
    airflow = str(Path(sys.executable).parent / "airflow")
    commands = {part: [airflow, part] for part in AIRFLOW_PARTS}
    commands["watchdog"] = [sys.executable, "-m", "newswatch", "watchdog"]
    return tuple(
        Component(
            name,
            command,
            known,
            service.state / "run" / f"{name}.pid",
            service.logs / f"{name}.log",
            HOME,
        )
        for name, command in commands.items()
    )


def prepare(service: Service, tell: Tell = lambda _: None) -> None:
    """Start Postgres, and bring its databases to what this code needs. Airflow must not run."""
    tell("PostgreSQL starts")
    server = embedded.start(service.data, patience=service.start_timeout, tell=tell)
    ours = embedded.ensure_database(server)
    with connect(ours) as connection:
        migrate(connection)
    airflows = embedded.ensure_database(server, "airflow")
    _ = service.password
    tell("Airflow's database is migrated")
    service.logs.mkdir(parents=True, exist_ok=True)
    with (service.logs / "migrate.log").open("ab") as log:
        done = subprocess.run(  # noqa: S603
            [str(Path(sys.executable).parent / "airflow"), "db", "migrate"],
            env=environment(service, ours, airflows),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    if done.returncode:
        raise NewswatchError(f"airflow db migrate failed: see {service.logs / 'migrate.log'}")


def start(service: Service, tell: Tell = lambda _: None) -> None:
    """Start all of it in the background, or what of it does not run; it is well once
    `wait_until_well` returns.

    Raises `NewswatchError` if its port is taken: the health of another's Airflow would be read.
    """
    service.save()
    if not any_runs(service):
        if not processes.is_free(service.port):
            raise NewswatchError(
                f"port {service.port} of 127.0.0.1 is taken; choose another: PORT=8081 make up"
            )
        with processes.uninterrupted():
            prepare(service, tell)
    if processes.running(service.pid_file) is None:
        processes.stop(service.pid_file)
        paths = f"{HOME / 'deploy'}{os.pathsep}{HOME / 'plugins'}"
        service.logs.mkdir(parents=True, exist_ok=True)
        processes.start(
            [sys.executable, "-m", "launcher", "supervise", str(service.state)],
            pid_file=service.pid_file,
            log_file=service.logs / "supervisor.log",
            environment=os.environ | {"PYTHONPATH": paths},
            folder=HOME,
        )


def wait_until_well(
    service: Service, well: Callable[[Service], Mapping[str, bool]], tell: Tell = lambda _: None
) -> None:
    """Until scheduler, dag processor and API answer, saying what is waited for.

    Raises `NewswatchError` naming the logs. What does not answer by then is still being started.
    """
    deadline = time.monotonic() + service.start_timeout
    said = ""
    while True:
        answers = well(service)
        missing = [part for part in AIRFLOW_PARTS if not answers.get(part)]
        if not missing:
            return
        if processes.running(service.pid_file) is None:
            raise NewswatchError(f"the supervisor has ended: see {service.logs}/supervisor.log")
        if time.monotonic() > deadline:
            waited = f"after {service.start_timeout:g} s"
            raise NewswatchError(f"{', '.join(missing)} not well {waited}: see {service.logs}")
        if (now := f"waiting for {', '.join(missing)}") != said:
            said = now
            tell(said)
        time.sleep(0.5)


def any_runs(service: Service) -> bool:
    """Whether a process of it lives, the supervisor and Postgres aside."""
    return any(processes.running(path) is not None for path in pid_files(service))


def pid_files(service: Service) -> list[Path]:
    """Of all its processes but the supervisor's."""
    return [service.state / "run" / f"{name}.pid" for name in (*AIRFLOW_PARTS, "watchdog")]


def stop(service: Service, *, seconds: float = 30.0) -> bool:
    """Stop Airflow and Postgres, whoever started them; False if nothing ran.

    Airflow's scheduler waits for its tasks; after `seconds` they are killed.
    """
    found = processes.stop(service.pid_file, seconds=seconds)
    found = stop_all(pid_files(service), seconds=seconds) or found
    service.report_file.unlink(missing_ok=True)
    return embedded.stop(service.data) or found
