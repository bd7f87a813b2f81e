"""What Airflow and its tasks run with."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg.conninfo import conninfo_to_dict

from launcher import processes
from newswatch.settings import HOME, PREFIX
from newswatch.store.server.database import with_role

if TYPE_CHECKING:
    from launcher.service import Service

USER = "admin"
# What the operator may set otherwise.
USUAL = {
    "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
    "AIRFLOW__CORE__PARALLELISM": "8",
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "120",
    "AIRFLOW__API__WORKERS": "1",
    "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "120",
    "AIRFLOW__DAG_PROCESSOR__DAG_VERSION_INFLATION_CHECK_LEVEL": "error",
}


def environment(service: Service, ours: str, airflows: str) -> dict[str, str]:
    """For all processes of the service. `ours` and `airflows` are the superuser's URLs of the two
    databases. NEWSWATCH_ and AIRFLOW_ variables of this shell are passed on as far as the service
    has them among its settings."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith((PREFIX, "AIRFLOW_"))
    }
    own = _own(service, ours, airflows)
    return {**inherited, **USUAL, **service.airflow, **service.settings, **own}


def ignored(service: Service) -> list[str]:
    """The operator's AIRFLOW_ variables that the service has to set itself."""
    own = _own(service, "", "")
    return sorted(name for name in service.airflow if name in own)


def _own(service: Service, ours: str, airflows: str) -> dict[str, str]:
    mine = conninfo_to_dict(with_role(ours, "newswatch_writer"))
    theirs = conninfo_to_dict(airflows)
    connection = {
        "conn_type": "postgres",
        "host": mine.get("host"),
        "login": mine.get("user"),
        "schema": mine.get("dbname"),
    }
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": str(HOME / "plugins"),
        "NEWSWATCH_DATABASE_URL": with_role(ours, "newswatch_writer"),
        "NEWSWATCH_STATE_DIR": str(service.state),
        "NEWSWATCH_AIRFLOW_URL": service.address,
        "AIRFLOW_HOME": str(service.home),
        "AIRFLOW_CONN_NEWSWATCH": json.dumps(connection),
        "AIRFLOW__CORE__DAGS_FOLDER": str(HOME / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(HOME / "plugins"),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{service.address}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(service.home / "passwords.json"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": (
            f"postgresql+psycopg2://{theirs.get('user')}@/{theirs.get('dbname')}"
            f"?host={theirs.get('host')}"
        ),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(service.port),
        "AIRFLOW__API__BASE_URL": service.address,
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(processes.free_port()),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(processes.free_port()),
        "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": str(service.scheduled),
    }
