"""The processes: Redis, Airflow's, and two workers with folders of their own."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from launcher import api, processes
from launcher.environment import environment
from launcher.service import Service, prepare
from newswatch.errors import InputError, NewswatchError
from newswatch.settings import HOME
from newswatch.store.server import embedded
from newswatch.store.server.database import with_database
from workers.hosts import VARIABLE, relayed

ADDRESSES = {"worker-a": "127.0.0.2", "worker-b": "127.0.0.3"}
PARTS = ("api-server", "scheduler", "dag-processor")
SILENT = "60"  # seconds after which a task that says nothing is taken for dead
AIRFLOW = str(Path(sys.executable).parent / "airflow")


@dataclass(frozen=True, slots=True)
class Worker:
    """One of the two: it is started, killed, and started again in the same folder."""

    name: str
    state: Path
    known: Mapping[str, str]

    @property
    def address(self) -> str:
        return ADDRESSES[self.name]

    @property
    def pid_file(self) -> Path:
        return self.state / "run" / f"{self.name}.pid"

    def start(self) -> None:
        own = self.state / self.name
        own.mkdir(exist_ok=True)
        processes.start(
            [AIRFLOW, "celery", "worker", "--celery-hostname", self.name],
            pid_file=self.pid_file,
            log_file=own / "worker.log",
            environment=self.known,
            folder=own,
        )

    def kill(self) -> None:
        """With all that it has started, as a lost machine is gone."""
        leader = processes.running(self.pid_file)
        assert leader is not None, self.name
        for process in (leader, *leader.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                process.kill()
        processes.stop(self.pid_file)


@contextmanager
def redis_server(state: Path) -> Iterator[str]:
    """Its address for Celery."""
    program, port = shutil.which("redis-server"), processes.free_port()
    if program is None:
        raise InputError("there is no redis-server", mend="apt install redis-server")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(state)]
    with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL) as server:
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()


@contextmanager
def celery(service: Service, packages: Path, lineage: Path) -> Iterator[Mapping[str, Worker]]:
    """Airflow with two workers; they are by their address."""
    prepare(service)
    url = embedded.running_url(service.data)
    databases = (with_database(url, embedded.DATABASE), with_database(url, "airflow"))
    port = processes.free_port()
    log_ports = {name: processes.free_port() for name in ADDRESSES}
    path = (packages, HOME / "plugins", HOME / "tests")
    with redis_server(service.state) as broker, _stopped(service):
        known = environment(service, *databases) | {
            "PYTHONPATH": os.pathsep.join(map(str, path)),
            "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
            "AIRFLOW__CELERY__BROKER_URL": broker,
            "AIRFLOW__CELERY__WORKER_CONCURRENCY": "2",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": SILENT,
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(port),
            "AIRFLOW__API__SECRET_KEY": secrets.token_hex(),
            "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(),
            "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps(
                {"type": "file", "log_file_path": str(lineage), "append": True}
            ),
        }
        for part in PARTS:
            _start(service, part, known)
        workers = {
            address: Worker(
                name,
                service.state,
                known
                | {
                    VARIABLE: address,
                    "AIRFLOW_HOME": str(service.state / name),
                    "NEWSWATCH_STATE_DIR": str(service.state / name),
                    "AIRFLOW__CORE__HOSTNAME_CALLABLE": "workers.hosts.hostname",
                    "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(service.state / name / "logs"),
                    "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(log_ports[name]),
                },
            )
            for name, address in ADDRESSES.items()
        }
        for worker in workers.values():
            worker.start()
        with relayed(port, {ADDRESSES[name]: log_ports[name] for name in ADDRESSES}):
            _wait_until_well(service)
            yield workers


def _start(service: Service, part: str, known: Mapping[str, str]) -> None:
    processes.start(
        [AIRFLOW, part],
        pid_file=service.state / "run" / f"{part}.pid",
        log_file=service.logs / f"{part}.log",
        environment=known,
        folder=HOME,
    )


def _wait_until_well(service: Service) -> None:
    until = time.monotonic() + service.start_timeout
    while not all(api.well(service).get(part) for part in PARTS):
        if time.monotonic() > until:
            raise NewswatchError(f"not well: {api.well(service)}; see {service.logs}")
        time.sleep(1)
    api.prepare_dags(service)


@contextmanager
def _stopped(service: Service) -> Iterator[None]:
    try:
        yield
    finally:
        for name in (*ADDRESSES, *PARTS):
            processes.stop(service.state / "run" / f"{name}.pid", seconds=10)
