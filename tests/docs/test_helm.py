"""deploy/values.yaml says the same as docker-compose.yml. The chart's own schema is not ours to
keep: `make check-helm SCHEMA=...` holds the file against it."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import yaml

from launcher.api import POOL
from newswatch.settings import HOME, PREFIX, Settings, read_settings

TEXT = (HOME / "deploy" / "values.yaml").read_text()
VALUES: dict[str, Any] = yaml.safe_load(TEXT)
COMPOSE: dict[str, Any] = yaml.safe_load((HOME / "docker-compose.yml").read_text())
AIRFLOW = COMPOSE["services"]["airflow-scheduler"]
OURS = {PREFIX + field.name.upper() for field in dataclasses.fields(Settings)}
SETTINGS: dict[str, str] = yaml.safe_load(VALUES["extraConfigMaps"]["newswatch-settings"]["data"])
WATCHDOG = VALUES["scheduler"]["extraContainers"][0]


def test_the_image_is_composes() -> None:
    name, _, version = AIRFLOW["image"].partition(":")
    assert VALUES["images"]["airflow"] == {"repository": name, "tag": version}
    assert VALUES["airflowVersion"] == VALUES["defaultAirflowTag"] == version


def test_airflow_is_set_as_in_compose() -> None:
    """But for what the chart sets itself: executor, addresses, secrets."""
    ours = {
        f"AIRFLOW__{section}__{name}".upper(): value
        for section, values in VALUES["config"].items()
        for name, value in values.items()
    }
    environment = AIRFLOW["environment"]
    addresses = {
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
        "AIRFLOW__CELERY__BROKER_URL",
    }
    fixed = {
        name: value
        for name, value in environment.items()
        if name.startswith("AIRFLOW__") and "${" not in value and name not in addresses
    }
    assert ours == fixed


def test_every_setting_that_is_named_is_one() -> None:
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", TEXT)) <= OURS
    plain = {name: value for name, value in SETTINGS.items() if "{{" not in value}
    read_settings(plain)
    assert all(isinstance(value, str) for value in SETTINGS.values())


def test_all_containers_read_the_settings_and_the_secrets() -> None:
    of_airflow = yaml.safe_load(VALUES["extraEnvFrom"])
    assert of_airflow == WATCHDOG["envFrom"]
    assert {name for source in of_airflow for name in (next(iter(source.values()))["name"],)} == {
        "newswatch-settings",
        "newswatch",
    }


def test_only_the_migration_may_create_roles() -> None:
    (admin,) = VALUES["migrateDatabaseJob"]["env"]
    assert admin["name"] == "NEWSWATCH_ADMIN_DATABASE_URL"
    assert admin["name"] not in SETTINGS
    script = VALUES["migrateDatabaseJob"]["args"][-1]
    in_compose = COMPOSE["services"]["airflow-init"]["command"][2]
    assert in_compose.startswith(script)
    assert f"airflow pools set {POOL['name']} {POOL['slots']} " in script


def test_the_state_folder_is_a_volume_wherever_it_is_written() -> None:
    (mount,) = VALUES["volumeMounts"]
    assert mount["mountPath"] == SETTINGS["NEWSWATCH_STATE_DIR"]
    assert WATCHDOG["volumeMounts"] == [mount]
    assert [volume["name"] for volume in VALUES["volumes"]] == [mount["name"]]


def test_the_watchdog_runs_as_in_compose() -> None:
    compose = COMPOSE["services"]["watchdog"]
    assert WATCHDOG["args"] == compose["command"]
    count = {"name": "CONNECTION_CHECK_MAX_COUNT", "value": "0"}
    assert WATCHDOG["env"] == [count]
    assert compose["environment"][count["name"]] == count["value"]


def test_what_airflow_keeps_goes_as_by_default() -> None:
    days = Settings().keep_airflow_days
    assert VALUES["databaseCleanup"]["retentionDays"] == days
    for part in ("scheduler", "workers"):
        assert VALUES[part]["logGroomerSidecar"]["retentionDays"] == days


def test_no_password_stands_in_it() -> None:
    assert VALUES["createUserJob"] == {"defaultUser": {"enabled": False}}
    assert not re.search(r"^ *(password|secretKey):", TEXT, re.MULTILINE | re.IGNORECASE)
