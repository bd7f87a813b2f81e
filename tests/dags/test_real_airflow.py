"""watch_news and send_digest on a real scheduler, with LocalExecutor, on the sample newsroom."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import httpx
import pyarrow.dataset as ds
import pytest
import yaml

from demo.airflow import run_dag, trigger
from demo.mailbox import Mailbox
from demo.stage import READER
from launcher import api, processes, service
from launcher.care import GROOM
from newsroom import SEED, Newsroom
from newswatch.settings import HOME
from newswatch.store.server import embedded
from newswatch.store.server.database import connect, with_database
from scratch import scratch

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as opened:
        yield opened


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    with Mailbox(tmp_path_factory.mktemp("mail")) as opened:
        yield opened


@pytest.fixture(scope="module")
def airflow(newsroom: Newsroom, mailbox: Mailbox) -> Iterator[service.Service]:
    with scratch() as state:
        yield from started(state, newsroom, mailbox)


def started(state: Path, newsroom: Newsroom, mailbox: Mailbox) -> Iterator[service.Service]:
    watchlist = state / "watchlist"
    (watchlist / "seeds").mkdir(parents=True)
    for folder in ("topics", "names"):
        shutil.copytree(HOME / "dags" / "watchlist" / folder, watchlist / folder)
    shutil.copy(SEED, watchlist / "seeds" / "preview.txt")
    (watchlist / "feeds.yaml").write_text(newsroom.feeds_yaml())
    (watchlist / "subscribers.yaml").write_text(yaml.safe_dump({"subscribers": [READER]}))
    running = service.Service(
        state,
        processes.free_port(),
        {
            "NEWSWATCH_WATCHLIST_DIR": str(watchlist),
            "NEWSWATCH_ALLOW_NETWORKS": "127.0.0.0/8",
            "NEWSWATCH_HOST_DELAY": "0",
            "NEWSWATCH_SHARDS": "2",
            "NEWSWATCH_REPLAY": "1",
            "NEWSWATCH_EDITOR": "editor@demo.example",
            "NEWSWATCH_EXPORT_DIR": str(state / "lake"),
            "NEWSWATCH_SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}",
        },
        scheduled=False,
    )
    try:
        service.start(running)
        service.wait_until_well(running, api.well)
        api.prepare_dags(running)
        yield running
    finally:
        service.stop(running)


def rows(airflow: service.Service, query: str) -> list[tuple[Any, ...]]:
    server = embedded.start(airflow.state / "postgres")
    with connect(with_database(server, embedded.DATABASE)) as connection:
        return connection.execute(query.encode()).fetchall()


PATHS = ("/", "/search?q=a", "/api/topics", "/story/1", "/static/site.css", "/nothing", "/login")


def test_the_newsroom_page_is_behind_airflows_login(airflow: service.Service) -> None:
    page = f"{airflow.address}/newswatch"
    for path in PATHS:
        assert httpx.get(page + path).status_code == 401, path
    refused = httpx.get(f"{page}/", cookies={"_token": "forged"})
    assert refused.status_code in (401, 403)
    session = {"Authorization": f"Bearer {api.token(airflow)}"}
    answer = httpx.get(f"{page}/", headers=session)
    assert answer.status_code == 200
    assert 'href="/newswatch/search"' in answer.text
    assert httpx.get(f"{page}/static/site.css", headers=session).status_code == 200
    cookies = {"_token": api.token(airflow)}
    assert httpx.get(f"{page}/feeds", cookies=cookies).status_code == 200
    merge = httpx.post(f"{page}/story/1/merge", cookies=cookies, data={"other": "2"})
    assert merge.status_code == 403  # no page of ours sent it
    views = httpx.get(f"{airflow.address}/api/v2/plugins", headers=session).json()["plugins"]
    assert {view["href"] for view in views[0]["external_views"]} == {
        "/newswatch/",
        "/newswatch/runs?trigger={DAG_ID}/{RUN_ID}",
    }


def test_the_whole_job(airflow: service.Service, newsroom: Newsroom, mailbox: Mailbox) -> None:
    said: list[str] = []
    now = newsroom.now
    run_dag(airflow, "watch_news", {"now": now.isoformat()}, said.append)
    assert said
    assert {name.strip() for name in said} <= {
        "poll",
        "extract",
        "deduplicate",
        "flag",
        "load",
        "alert",
    }
    assert {url for (url,) in rows(airflow, "select url from analyst.article")} == {
        newsroom.url(article)
        for article in newsroom.published()
        if not article.key.startswith("starboard-science/")  # its feed fails at the first poll
    }
    stages = (
        "select stage, shard from ops.stage_run"
        " where ended_at is not null and stage <> 'send_alerts'"
    )
    ended = rows(airflow, stages)
    assert len(ended) == len(set(ended)) == 2 + 2 + 3
    assert rows(airflow, "select decided_at from ops.run") == [(now,)]
    backlog = rows(airflow, "select stage from ops.backlog where waiting > 0")
    assert backlog == []

    later = now + timedelta(minutes=1)
    conf = {"now": later.isoformat(), "day": f"{later.date()}"}
    run_dag(airflow, "send_digest", conf, said.append)
    assert rows(airflow, "select state, attempts from ops.delivery") == [("pending", 0)]
    assert mails(mailbox) == []
    the_editor_says_send(airflow, conf)
    run_dag(airflow, "send_digest", conf, said.append)
    assert rows(airflow, "select state, attempts from ops.delivery") == [("sent", 1)]
    assert list(dict.fromkeys(mails(mailbox))) == ["editor@demo.example", "reader@demo.example"]
    conf = {"now": later.isoformat(), "since": f"{(now - timedelta(days=30)).date()}"}
    run_dag(airflow, "export_views", conf, said.append)
    exported = ds.dataset(airflow.state / "lake" / "article", partitioning="hive").to_table()
    assert set(exported["url"].to_pylist()) == {
        url for (url,) in rows(airflow, "select url from analyst.article")
    }
    events = api.request(f"{airflow.address}/api/v2/assets/events", token=api.token(airflow))
    assert {event["name"] for event in events["asset_events"]} == {
        "newswatch/stories",
        "newswatch/held-editions",
    }


def mails(mailbox: Mailbox) -> list[str]:
    """To whom they went, in their order."""
    found = sorted(mailbox.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [str(message_from_bytes(path.read_bytes())["To"]) for path in found]


def the_editor_says_send(airflow: service.Service, conf: dict[str, str]) -> None:
    token = api.token(airflow)
    _, run = trigger(airflow, "approve_digest", conf, token)
    until = time.monotonic() + 240
    while (state := api.request(run, token=token)["state"]) not in ("success", "failed"):
        assert time.monotonic() < until, states_of(run, token)
        if "awaiting_input" in states_of(run, token) and is_parked(airflow):
            answer(f"{run}/taskInstances/edition.ask/0/hitlDetails", token)
        time.sleep(0.5)
    assert state == "success"


def is_parked(airflow: service.Service) -> bool:
    """Whether the scheduler knows that the process which asked has ended. Until then it would take
    that, of a task that was answered, for a fault of the task, which asks again."""
    known = re.compile(
        r"executor event with state \S*success\S* for task instance.*edition\.ask", re.I
    )
    return any(known.search(log.read_text()) for log in airflow.logs.glob("scheduler*.log"))


def answer(question: str, token: str) -> None:
    """Unless it was answered."""
    asked = api.request(question, token=token)
    if not asked["response_received"]:
        assert "for demo-reader" in asked["subject"]
        api.request(question, {"chosen_options": ["Send"]}, token=token, method="PATCH")


def states_of(run: str, token: str) -> set[str | None]:
    instances = api.request(f"{run}/taskInstances", token=token)["task_instances"]
    return {instance["state"] for instance in instances}


def waiting_run(airflow: service.Service, dag: str, token: str) -> str:
    """The id of a run that does not start: its DAG is paused."""
    address = f"{airflow.address}/api/v2/dags/{dag}"
    api.request(address, {"is_paused": True}, token=token, method="PATCH")
    return trigger(airflow, dag, {}, token)[0]


def test_a_run_that_is_late_is_told(airflow: service.Service) -> None:
    run_id = waiting_run(airflow, "watch_news", api.token(airflow))
    with connect(embedded.running_url(airflow.data, "airflow")) as metadata:
        query = (
            "update deadline set deadline_time = now() - interval '1 minute' from dag_run"
            " where dag_run.id = deadline.dagrun_id and run_id = %s"
        )
        assert metadata.execute(query, [run_id]).rowcount == 1
    until = time.monotonic() + 120
    late = "select dag, what from news.run_failure where kind = 'late' and mended_at is null"
    while not (told := rows(airflow, late)):
        assert time.monotonic() < until
        time.sleep(0.5)
    assert told == [("watch_news", "it has not ended 14 minutes after it was queued")]


def test_what_airflow_keeps_for_ever_goes_in_time(airflow: service.Service) -> None:
    """By the script of the supervisor and of compose, on Airflow's own database."""
    token = api.token(airflow)
    old, new = (waiting_run(airflow, "maintain", token) for _ in range(2))
    logs = airflow.home / "logs" / "dag_id=maintain"
    for name in ("old", "new"):
        (logs / name).mkdir(parents=True)
        (logs / name / "attempt=1.log").write_text("said")
    long_ago = time.time() - 40 * 86_400
    os.utime(logs / "old" / "attempt=1.log", (long_ago, long_ago))
    with connect(embedded.running_url(airflow.data, "airflow")) as metadata:
        for run_id, days in ((old, 40), (new, 1)):
            metadata.execute(
                "update dag_run set state = 'success', start_date = now() - %s * interval '1 day'"
                " where run_id = %s",
                [days, run_id],
            )
        ours, airflows = (
            embedded.running_url(airflow.data, name) for name in (embedded.DATABASE, "airflow")
        )
        done = subprocess.run(
            ["/bin/bash", GROOM, "once"],
            env=dict(service.components(airflow, ours, airflows)[0].environment),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        left = metadata.execute("select run_id from dag_run where dag_id = 'maintain'").fetchall()
    assert left == [(new,)]
    assert sorted(path.parent.name for path in logs.rglob("*.log")) == ["new"]
