"""No statement of a stage, nor of `newswatch why`, scans a table that grows.

The plans that Postgres chose are looked at. The stages run on the sample newsroom, over tables of
thousands of rows, in a session in which the server tells the plan of each statement that it
executes, those of triggers and foreign keys included. So a new statement is looked at without being
named here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from ipaddress import ip_network
from typing import Any

import psycopg
import pytest

from conftest import cloned
from demo.mailbox import Mailbox
from newsroom.server import Newsroom
from newsroom.world import watchlist
from newswatch.cli.why import find_article, life_of
from newswatch.models import JobName, RunId
from newswatch.settings import Settings, read_settings
from newswatch.stages.cycle import run_cycle, run_job
from newswatch.stages.digest import send_digests
from newswatch.stages.flag.flag import reflag
from newswatch.stages.job import Job
from newswatch.stages.maintain import maintain
from newswatch.store.publication import published_by
from newswatch.store.server.database import Connection, connect, scalar, with_role
from store.crowd import crowd, growing

ROWS = 5_000  # of each table that grows and has any
HOUR = timedelta(hours=1)
TELL_PLANS = """
load 'auto_explain';
set auto_explain.log_min_duration = 0;
set auto_explain.log_nested_statements = on;
set auto_explain.log_format = json;
set auto_explain.log_level = notice;
set auto_explain.log_parameter_max_length = 0;
set role newswatch_writer;
"""


@dataclass
class Plans:
    """What a session was told: statement to the nodes of the plans that it was executed by."""

    nodes: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def __call__(self, notice: psycopg.errors.Diagnostic) -> None:
        _, found, told = (notice.message_primary or "").partition("plan:\n")
        if found:
            plan = json.loads(told)
            self.nodes[plan["Query Text"]].extend(nodes(plan["Plan"]))

    def tables(self) -> set[str]:
        """The tables that were read or written."""
        return {node.get("Relation Name", "") for told in self.nodes.values() for node in told}

    def scans(self, tables: set[str]) -> dict[str, set[str]]:
        """Statement to those of the tables that it read from end to end."""
        scanned = {
            statement: {node["Relation Name"] for node in told if node["Node Type"] == "Seq Scan"}
            for statement, told in self.nodes.items()
        }
        return {statement: found & tables for statement, found in scanned.items() if found & tables}


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every node of a plan."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


@pytest.fixture(scope="module")
def crowded(
    postgres: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Connection, Plans]]:
    """A session that tells its plans, and what was told of all stages and jobs over full tables."""
    folder = tmp_path_factory.mktemp("plans")
    found = Plans()
    with (
        cloned(postgres, template, "plans") as url,
        Newsroom() as newsroom,
        Mailbox(folder / "mail") as mailbox,
        connect(with_role(url, "newswatch_writer")) as quiet,
        connect(url) as telling,
    ):
        settings = read_settings(
            {},
            watchlist_dir=watchlist(folder, newsroom),
            allow_networks=(ip_network("127.0.0.0/8"),),
            host_delay=0.0,
            page_deadline=300.0,
            shards=2,
            smtp_url=f"smtp://127.0.0.1:{mailbox.port}",
        )
        work(quiet, settings, newsroom)
        crowd(telling, ROWS)
        telling.execute(TELL_PLANS)
        telling.add_notice_handler(found)
        newsroom.set_clock(60)
        work(telling, settings, newsroom, days=1)
        newest = scalar(telling, "select max(article_id)::text from news.article")
        life = life_of(telling, find_article(telling, newest))
        assert find_article(telling, life["article"]["url"]) == int(newest)
        yield telling, found


def work(connection: Connection, settings: Settings, newsroom: Newsroom, days: int = 0) -> None:
    """A cycle, the edition of so many days after the newsroom's own, and the jobs beside it."""
    now = newsroom.now
    day: date = newsroom.epoch.date() + timedelta(days=days)
    jobs: dict[JobName, Callable[[Job], dict[str, int]]] = {
        "send_digest": lambda job: send_digests(job, day=day),
        "reflag": lambda job: reflag(job, "witkoff", now - HOUR, now + HOUR),
        "maintain": maintain,
    }
    run_cycle(connection, settings, now=now)
    for name, job in jobs.items():
        at = now + timedelta(days=days) + HOUR / 60
        run_job(connection, settings, "cli", name, job, now=at)


def test_no_statement_of_a_stage_scans_a_table_that_grows(
    crowded: tuple[Connection, Plans],
) -> None:
    connection, plans = crowded
    assert plans.scans(growing(connection)) == {}


def test_the_stages_came_by_every_table_that_grows(crowded: tuple[Connection, Plans]) -> None:
    connection, plans = crowded
    assert growing(connection) <= plans.tables()


def test_a_scan_is_seen(crowded: tuple[Connection, Plans]) -> None:
    connection, _ = crowded
    connection.execute("reset role")
    connection.execute("drop index news.article_by_run")
    plans = Plans()
    connection.add_notice_handler(plans)
    published_by(connection, RunId(1))
    assert list(plans.scans({"article"}).values()) == [{"article"}]
