"""Every DAG says what it is, retries and reports failures; none touches Airflow's own database."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from demo.mailbox import Mailbox
from launcher.api import POOL
from loopback import Reply, serving
from newswatch.settings import HOME

DAGS = HOME / "dags"
RUNBOOK = "https://wiki.example/newswatch"
NAMES = ("watch_news", "send_digest", "reflag", "maintain")
TASK_CODE = [*DAGS.glob("*.py"), *(HOME / "plugins").rglob("*.py")]


def airflow_environment(folder: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW_", "NEWSWATCH_"))
    }
    return kept | {
        "AIRFLOW_HOME": str(folder),
        "NEWSWATCH_RUNBOOK_URL": RUNBOOK,
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(HOME / "plugins"),
        "AIRFLOW__DAG_PROCESSOR__DAG_VERSION_INFLATION_CHECK_LEVEL": "error",
        "PYTHONPATH": f"{DAGS}{os.pathsep}{HOME / 'plugins'}",
    }


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Airflow makes of our DAGs; and how stable it finds them, and one that is not."""
    unstable = tmp_path_factory.mktemp("dags")
    (unstable / "unstable.py").write_text(
        "from datetime import datetime\nfrom airflow.sdk import DAG\n"
        "with DAG('unstable', start_date=datetime.now()):\n    pass\n"
    )
    script = Path(__file__).with_name("describe_dags.py")
    done = subprocess.run(
        [sys.executable, script, DAGS, unstable],
        env=airflow_environment(tmp_path_factory.mktemp("airflow")),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_all_are_imported_without_an_error(described: dict[str, Any]) -> None:
    assert described["errors"] == {}
    assert sorted(described["dags"]) == sorted(NAMES)


HEAVY = ("aiohttp", "css_inline", "htmldate", "lxml", "numpy", "py3langid", "trafilatura")


def test_parsing_the_dag_files_imports_no_stage(described: dict[str, Any]) -> None:
    """Every task process and every pass of the DAG processor would pay for it."""
    packages = {name.partition(".")[0] for name in described["parsing_imports"]}
    assert not packages.intersection((*HEAVY, "feedparser", "psycopg", "pyarrow"))
    ours = {name for name in described["parsing_imports"] if name.startswith("newswatch.")}
    light = ("addresses", "addresses.mailbox", "errors", "masking")
    settings = ("setting_kinds", "settings", "yamlfile")
    assert ours == {f"newswatch.{name}" for name in (*light, *settings)}
    # The names are right: they are what the stages bring with them.
    assert {name.partition(".")[0] for name in described["stages_import"]}.issuperset(HEAVY)


def test_airflow_finds_no_value_that_changes_at_each_parse(described: dict[str, Any]) -> None:
    warnings = dict(described["unstable"])
    assert "runtime-varying value" in warnings.pop("unstable.py")
    assert warnings.keys() >= {f"{name}.py" for name in NAMES}
    assert not [warning for warning in warnings.values() if warning]


@pytest.mark.parametrize("name", NAMES)
def test_a_result_is_one_xcom(described: dict[str, Any], name: str) -> None:
    assert not [
        task_id
        for task_id, task in described["dags"][name]["tasks"].items()
        if task["multiple_outputs"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_each_says_what_operators_need(described: dict[str, Any], name: str) -> None:
    dag = described["dags"][name]
    for part in ("**Purpose.**", "**Owner.**", "**Triage.**"):
        assert part in dag["doc"]
    assert "newswatch" in dag["tags"]
    assert dag["name"] != name
    assert dag["description"]
    assert dag["run_timeout"]
    assert dag["latest_version"]
    assert dag["tells_failure"]
    assert dag["tells_success"]
    assert dag["catchup"] is False
    assert dag["max_active_runs"] == 1
    for task in dag["tasks"].values():
        assert task["owner"] == "newswatch"
        assert task["retries"] >= 1
        assert task["backoff"]
        assert task["timeout"]
        assert task["on_failure"]


def test_watch_news_has_the_five_stages_in_order_and_then_alerts(described: dict[str, Any]) -> None:
    tasks = described["dags"]["watch_news"]["tasks"]
    assert {name: task["upstream"] for name, task in tasks.items()} == {
        "poll": [],
        "extract": ["poll"],
        "deduplicate": ["extract"],
        "flag": ["deduplicate"],
        "load": ["flag"],
        "alert": ["load"],
    }
    assert [name for name, task in tasks.items() if task["mapped"]] == ["poll", "extract"]
    assert tasks["load"]["outlets"] == ["newswatch/stories"]


def test_what_is_published_has_the_address_of_its_view(described: dict[str, Any]) -> None:
    """As Airflow's own rules for postgres:// make it, which lineage tools go by."""
    (address,) = described["dags"]["watch_news"]["tasks"]["load"]["addresses"]
    assert address == "postgres://localhost:5432/newswatch/analyst/article"
    assert list(described["places"].values()) == [
        "localhost/newswatch",
        "db.example:5433/news",
        "[::1]/news",
        "localhost/newswatch",
        "first:1/news",
        "db.example:5433/news",
        "localhost/news",
    ]


def test_editors_and_exports_are_only_where_they_are_set(
    described: dict[str, Any],
) -> None:
    assert sorted(described["dags"]["send_digest"]["tasks"]) == ["send"]
    assert described["with_all"] == {
        "errors": {},
        "send_digest": ["hold", "send"],
        "held": ["postgres://localhost:5432/newswatch/ops/delivery"],
        "exported": ["postgres://localhost:5432/newswatch/analyst/article"],
        "export_views": ["write"],
        "approve_digest": {
            "held": [],
            "edition.ask": ["held"],
            "edition.settle": ["edition.ask", "held"],
        },
        "paused": [False, False],
    }


def test_runs_that_must_be_in_time_have_a_deadline(described: dict[str, Any]) -> None:
    late = {name for name, dag in described["dags"].items() if dag["deadlines"]}
    assert late == {"watch_news", "send_digest"}
    assert described["dags"]["watch_news"]["deadlines"] == ["notices.LateNotifier"]


NOTIFIERS = """
import logging, sys
from types import SimpleNamespace
from airflow.sdk.execution_time.callback_supervisor import execute_callback
from notices import FailureNotifier
import structlog

given = {"minutes": 14, "context": {"dag_run": {"dag_id": "watch_news"}}}
log = structlog.get_logger()
called, error = execute_callback("notices.LateNotifier", given, "", None, log)
run = SimpleNamespace(dag_id="maintain", run_id="x")
FailureNotifier()({"dag_run": run, "reason": "timed_out"})
sys.exit(0 if called else error)
"""


def test_notifiers_reach_operators_by_mail_webhook_and_service(
    tmp_path: Path, database: str
) -> None:
    """As Airflow calls them: a deadline's by path, in a process that has the folder of DAGs on its
    path."""
    (tmp_path / "topics").mkdir()
    (tmp_path / "subscribers.yaml").write_text("subscribers: []\n")
    with serving() as site, Mailbox(tmp_path / "mail") as mailbox:
        site.otherwise = Reply(200)
        own = {
            "NEWSWATCH_DATABASE_URL": database,
            "NEWSWATCH_WATCHLIST_DIR": str(tmp_path),
            "NEWSWATCH_STATE_DIR": str(tmp_path / "state"),
            "NEWSWATCH_DISK_FREE": "0",
            "NEWSWATCH_SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}",
            "NEWSWATCH_ALERT_TO": "operator@newswatch.example",
            "NEWSWATCH_ALERT_WEBHOOKS": f"{site.base}/hook",
            "NEWSWATCH_ALERT_SERVICES": f"{site.base.replace('http', 'json')}/service",
        }
        done = subprocess.run(
            [sys.executable, "-c", NOTIFIERS],
            env=airflow_environment(tmp_path / "airflow") | own,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        posted = [(request.path, json.loads(request.body)["title"]) for request in site.requests]
        mails = [
            message_from_bytes(path.read_bytes(), policy=default)
            for path in mailbox.folder.glob("*.eml")
        ]
    late = (
        "[newswatch warning] a run of watch_news is late:"
        " it has not ended 14 minutes after it was queued"
    )
    failed = (
        "[newswatch warning] a run of maintain failed:"
        " it took longer than a run of this DAG may (x)"
    )
    told = [late, failed]
    assert sorted(posted) == sorted(
        (path, title) for path in ("/hook", "/service") for title in told
    )
    assert sorted(str(mail["Subject"]) for mail in mails) == sorted(told)


def test_reflag_takes_no_slot_of_the_others(described: dict[str, Any]) -> None:
    pools = {name: dag["pools"] for name, dag in described["dags"].items()}
    assert pools.pop("reflag") == [POOL["name"]]
    assert set(map(tuple, pools.values())) == {("default_pool",)}


def test_nobody_can_move_the_clock_on_a_form(described: dict[str, Any]) -> None:
    assert [name for name, dag in described["dags"].items() if "now" in dag["params"]] == []


def test_the_owner_leads_to_the_runbook(described: dict[str, Any]) -> None:
    links = {dag["owner_links"].get("newswatch") for dag in described["dags"].values()}
    assert links == {RUNBOOK}


def test_reflag_asks_for_topic_and_period(described: dict[str, Any]) -> None:
    assert described["dags"]["reflag"]["params"] == ["from", "to", "topic"]


@pytest.mark.parametrize("path", sorted(DAGS.glob("*.py")), ids=lambda path: path.name)
def test_a_dag_file_joins_airflow_to_stages(path: Path) -> None:
    """What it decides about news, stores or sends, it asks a stage for."""
    ours = ("newswatch.settings", "newswatch.stages", "assets", "notices", "wiring")
    joined = ("airflow.sdk", "airflow.providers.standard", *ours)
    database = ("newswatch.models", "newswatch.store.server.database", "psycopg.conninfo")
    log_lines = ("newswatch.text.invisible",)  # what of outside text may stand in one
    allowed = (*joined, *database, *log_lines) if path.name == "wiring.py" else joined
    imported = {
        name
        for name in imported_modules(path)
        if name.partition(".")[0] not in sys.stdlib_module_names
    }
    rooms = tuple(f"{name}." for name in allowed)
    assert [name for name in imported if not f"{name}.".startswith(rooms)] == []


def imported_names(node: ast.AST) -> list[str]:
    """Of an import statement; of any other, none."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module)):
            return [module]
        case _:
            return []


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        yield from imported_names(node)


@pytest.mark.parametrize("path", TASK_CODE, ids=lambda path: str(path.relative_to(HOME)))
def test_task_code_knows_nothing_of_airflows_database(path: Path) -> None:
    forbidden = ("airflow.models", "airflow.settings", "airflow.utils.session", "airflow.utils.db")
    assert not [name for name in imported_modules(path) if name.startswith(forbidden)]


def test_plugin_loader_leaves_the_standard_library_alone(tmp_path: Path) -> None:
    """It would run every file below plugins/ by its bare name: settings.py, mail.py ..."""
    code = (
        "import sys, json\n"
        "from airflow import plugins_manager\n"
        "plugins_manager._get_plugins()\n"
        "bare = [n for n in ('settings', 'mail', 'models', 'errors', 'language', 'document')"
        " if n in sys.modules]\n"
        "import newswatch.settings, newswatch.models\n"
        "print(json.dumps(bare))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=airflow_environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_plugin_loader_would_do_harm_without_the_ignore_file(tmp_path: Path) -> None:
    """The trap is real: the same loader takes a file of ours for the module of that name."""
    plugins = tmp_path / "plugins"
    (plugins / "newswatch").mkdir(parents=True)
    (plugins / "newswatch" / "this_is_ours.py").write_text("")
    code = (
        "import sys\nfrom airflow import plugins_manager\nplugins_manager._get_plugins()\n"
        "print('this_is_ours' in sys.modules)\n"
    )
    environment = airflow_environment(tmp_path) | {"AIRFLOW__CORE__PLUGINS_FOLDER": str(plugins)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.splitlines()[-1] == "True", done.stderr


def test_the_plugin_mounts_the_page_and_imports_nothing_of_it(tmp_path: Path) -> None:
    """Every process of Airflow loads it."""
    code = (
        "import sys, json\n"
        "from airflow import plugins_manager\n"
        "apps = plugins_manager.get_fastapi_plugins()[0]\n"
        "print(json.dumps([[app['url_prefix'] for app in apps],"
        " [name for name in sys.modules if name.startswith('newswatch.')]]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=airflow_environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == [["/newswatch"], []]
