"""What the service hands on to Airflow, and the unit that keeps it running."""

from __future__ import annotations

import configparser
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from launcher.environment import environment, ignored
from launcher.service import Service, components, load
from launcher.unit import unit
from newswatch.settings import read_settings

URL = "host=/tmp user=postgres dbname=newswatch"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(
        tmp_path / "s",
        8431,
        {"NEWSWATCH_SMTP_URL": "smtp://a:%40@mail.example", "NEWSWATCH_SHARDS": "2"},
        {"AIRFLOW__CORE__EXECUTOR": "CeleryExecutor", "AIRFLOW_HOME": "/elsewhere"},
    )


def test_the_operator_may_set_what_the_service_does_not_need(service: Service) -> None:
    found = environment(service, URL, URL)
    assert found["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor"
    assert found["AIRFLOW_HOME"] == str(service.home)
    assert ignored(service) == ["AIRFLOW_HOME"]
    usual = environment(replace(service, airflow={}), URL, URL)
    assert usual["AIRFLOW__CORE__EXECUTOR"] == "LocalExecutor"


def test_what_this_shell_has_set_is_not_handed_on(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSWATCH_ALERT_TO", "shell@newswatch.example")
    monkeypatch.setenv("AIRFLOW__CORE__PARALLELISM", "99")
    found = environment(service, URL, URL)
    assert "NEWSWATCH_ALERT_TO" not in found
    assert found["AIRFLOW__CORE__PARALLELISM"] == "8"


def test_what_is_handed_on_are_settings(service: Service) -> None:
    settings = read_settings(environment(service, URL, URL))
    assert settings.shards == 2
    assert settings.state_dir == service.state
    assert settings.airflow_url == "http://127.0.0.1:8431"


def test_the_supervisor_reads_what_was_started(service: Service) -> None:
    service.save()
    assert load(service.state) == service
    path = service.state / "service-settings.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_command_is_there(service: Service) -> None:
    parts = components(service, URL, URL)
    assert [part.name for part in parts] == [
        *("api-server", "scheduler", "dag-processor", "triggerer", "watchdog")
    ]
    assert all(Path(part.command[0]).exists() for part in parts)


def test_the_unit_starts_what_is_there_and_starts_it_again(service: Service) -> None:
    text = unit(service)
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(text)
    command = parsed["Service"]["ExecStart"].split()
    assert Path(command[0]).exists()
    assert command[1:] == ["-m", "launcher", "run"]
    assert parsed["Service"]["Restart"] == "always"
    assert Path(parsed["Service"]["WorkingDirectory"]).is_dir()
    # systemd reads %% as %.
    assert 'Environment="NEWSWATCH_SMTP_URL=smtp://a:%%40@mail.example"' in text
    assert 'Environment="PORT=8431"' in text
