"""No statement of a stage, of the site or of an analyst scans a table that grows.

The plans that Postgres chose are looked at. The stages run on the sample newsroom, over tables of
thousands of rows, in a session in which the server tells the plan of each statement that it
executes, those of triggers and foreign keys included. So a new statement is looked at without being
named here. So are the statements of every page of the site, and the questions of the cookbook.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from ipaddress import ip_network
from itertools import product
from typing import Any, get_args

import psycopg
import pytest
import yaml
from starlette.routing import Route

from benchmarks.plain_queries import USUAL
from conftest import cloned
from demo.mailbox import Mailbox
from demo.stage import READER
from newsroom.server import Newsroom
from newsroom.world import watchlist
from newswatch.cli.why import find_article, life_of
from newswatch.digest.links import Link, Purpose, make
from newswatch.models import JobName, ReaderId, RunId
from newswatch.settings import HOME, Settings, read_settings
from newswatch.site.alone import app_alone
from newswatch.stages.alerts import send_alerts
from newswatch.stages.cycle import run_cycle, run_job
from newswatch.stages.digest import send_digests
from newswatch.stages.flag.flag import reflag
from newswatch.stages.job import Job
from newswatch.stages.maintain import maintain
from newswatch.store.publication import published_by
from newswatch.store.server import sessions
from newswatch.store.server.database import Connection, connect, scalar, with_role
from newswatch.store.site.search import search
from newswatch.store.site.search_words import Clause, Filter
from served import served
from store.crowd import crowd, growing

ROLES = ("newswatch_writer", "newswatch_analyst")
SECRET = "a secret of thirty-two characters"
OLD = 3_650  # days: the copies are not to be deleted yet
ROWS = 5_000  # of each table that grows and has any
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
RHYTHMS = {"rhythms": ["daily", "weekly"], "review_on": "fri", "alerts": {"outlets": 1}}
TELL_PLANS = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_nested_statements": "on",
    "auto_explain.log_format": "json",
    "auto_explain.log_level": "notice",
    "auto_explain.log_parameter_max_length": "0",
    "random_page_cost": "1.1",  # a table of these rows is but a hundred pages
}


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

    def read_whole(self, tables: set[str]) -> set[str]:
        """Those of the tables of which some statement read every row, by an index or without."""
        return tables & {
            node["Relation Name"]
            for told in self.nodes.values()
            for node in told
            if "Scan" in node["Node Type"]
            and "Relation Name" in node
            and not {"Index Cond", "Recheck Cond"} & node.keys()
            and not node["Limited"]
        }


def nodes(plan: dict[str, Any], limited: bool = False) -> Iterator[dict[str, Any]]:
    """Every node of a plan, each with whether it stops where there are enough rows."""
    limited = limited or plan["Node Type"] == "Limit"
    yield plan | {"Limited": limited and plan["Node Type"] != "Sort"} | of_whole_table(plan)
    for below in plan.get("Plans", ()):
        yield from nodes(below, limited and plan["Node Type"] not in ("Sort", "Aggregate", "Hash"))


def of_whole_table(node: dict[str, Any]) -> dict[str, str]:
    """A partition goes by the name of its table."""
    name = node.get("Relation Name")
    return {"Relation Name": re.sub(r"_(rest|before|\d{8})$", "", name)} if name else {}


@dataclass(frozen=True)
class Crowd:
    """A database of full tables, whose sessions tell their plans; what the stages told."""

    url: str
    admin: Connection
    settings: Settings
    stages: Plans

    @contextmanager
    def telling(self, role: str) -> Iterator[tuple[Connection, Plans]]:
        plans = Plans()
        with connect(with_role(self.url, role)) as connection:
            connection.add_notice_handler(plans)
            yield connection, plans


@pytest.fixture(scope="module")
def crowded(
    postgres: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Crowd]:
    """All stages and jobs have run over it."""
    folder = tmp_path_factory.mktemp("plans")
    with (
        cloned(postgres, template, "plans") as url,
        Newsroom() as newsroom,
        Mailbox(folder / "mail") as mailbox,
        connect(with_role(url, "newswatch_writer")) as quiet,
        connect(url) as admin,
    ):
        settings = read_settings(
            {},
            watchlist_dir=watchlist(folder, newsroom),
            allow_networks=(ip_network("127.0.0.0/8"),),
            host_delay=0.0,
            page_deadline=300.0,
            shards=2,
            smtp_url=f"smtp://127.0.0.1:{mailbox.port}",
            link_secret=SECRET,
            **dict.fromkeys(("keep_pages_days", "keep_fetches_days", "keep_runs_days"), OLD),
        )
        subscribers = yaml.safe_dump({"subscribers": [READER | RHYTHMS]})
        (settings.watchlist_dir / "subscribers.yaml").write_text(subscribers)
        work(quiet, settings, newsroom, timedelta())
        crowd(admin, ROWS)
        for role, (name, value) in product(ROLES, TELL_PLANS.items()):
            admin.execute(f"alter role {role} in database plans set {name} = '{value}'".encode())
        crowded = Crowd(url, admin, settings, Plans())
        with crowded.telling("newswatch_writer") as (telling, plans):
            newsroom.set_clock(60)
            work(telling, settings, newsroom, 4 * DAY)
            newest = scalar(telling, "select max(article_id)::text from news.article")
            life = life_of(telling, find_article(telling, newest))
            assert find_article(telling, life["article"]["url"]) == int(newest)
            crowded.stages.nodes.update(plans.nodes)
        yield crowded


def work(connection: Connection, settings: Settings, newsroom: Newsroom, after: timedelta) -> None:
    """The brief of the day, a cycle, alerts, the brief of the next day and the review of the week,
    and the jobs beside them, so long after the newsroom's own time."""
    now = newsroom.now + after
    friday = now + DAY * ((4 - now.weekday()) % 7)
    jobs: list[tuple[JobName, Callable[[Job], dict[str, int]], datetime]] = [
        ("send_alerts", send_alerts, now + MINUTE),
        ("send_digest", send_digests, now + DAY),
        ("send_digest", send_digests, friday + MINUTE),
        ("reflag", lambda job: reflag(job, "witkoff", now - HOUR, now + HOUR), friday + HOUR),
        ("maintain", maintain, friday + HOUR),
    ]
    run_job(connection, settings, "cli", "send_digest", send_digests, now=now)
    run_cycle(connection, settings, now=now)
    for name, job, at in jobs:
        run_job(connection, settings, "cli", name, job, now=at)


def test_no_statement_of_a_stage_scans_a_table_that_grows(crowded: Crowd) -> None:
    assert crowded.stages.scans(growing(crowded.admin)) == {}


def test_every_rhythm_was_built(crowded: Crowd) -> None:
    made = crowded.admin.execute(
        "select rhythm from news.edition where edition_id > 0 group by 1 having count(*) > 1"
    )
    assert {rhythm for (rhythm,) in made} == {"daily", "weekly", "alert"}


def test_the_stages_came_by_every_table_that_grows(crowded: Crowd) -> None:
    assert growing(crowded.admin) <= crowded.stages.tables()


QUESTIONS = {
    **{path.stem: path.read_text() for path in (HOME / "sql" / "queries").glob("*.sql")},
    **USUAL,
}


def ask(name: str, analyst: Connection) -> None:
    analyst.execute(QUESTIONS[name].encode())


def look_for_what_nobody_wrote(analyst: Connection) -> None:
    with analyst.transaction():
        assert search(analyst, Filter((Clause(("zzyzx",)),)), None, 1).rows == []


OF_ALL = {  # what a question about all that there is reads
    "all_outlets": {"outlet_day"},
    "biggest_stories": {"flag", "story_total", "version_decision"},
    "quotes": {"article", "mention"},
    "reprints_of_seeds": {"version_decision"},  # by an index of these alone
    "sentences_with_a_word": {"mention"},
    "share_by_country": {"article", "flag", "outlet_day", "version_decision"},
    "two_topics_in_a_story": {"version_decision"},
    "who_is_first": {"article", "flag", "version_decision"},
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_of_analysts_reads_more_than_it_is_about(crowded: Crowd, name: str) -> None:
    with crowded.telling("newswatch_analyst") as (analyst, plans):
        ask(name, analyst)
    assert plans.nodes
    assert plans.read_whole(growing(crowded.admin)) <= OF_ALL.get(name, set())


@pytest.fixture(scope="module")
def looked_at(crowded: Crowd) -> tuple[Plans, list[str]]:
    """What was told of every page and answer of the site, and of what people say there; and the
    paths that were asked."""
    plans = Plans()

    def telling(url: str) -> Connection:
        connection = connect(url)
        connection.add_notice_handler(plans)
        return connection

    known = known_of(crowded)
    asked = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sessions, "connect", telling)
        with served(with_role(crowded.url, "newswatch_writer"), crowded.settings) as client:
            for path, form in FORMS.items():
                filled = {name: value.format(**known) for name, value in form.items()}
                answer = client.post(path.format(**known), data=filled)
                assert answer.status_code == 303, (path, answer.text)
            for path in PATHS:
                answer = client.get(path.format(**known))
                assert answer.status_code in (200, 302), (path, answer.text)
                asked.append(answer.request.url.path)
    return plans, asked


def known_of(crowded: Crowd) -> dict[str, object]:
    """What the paths are filled with."""
    admin = crowded.admin
    story = scalar(admin, "select max(story_id) from analyst.story")
    ((article, other),) = admin.execute(
        "select article_id, compared_with from analyst.duplicate"
        " where compared_with is not null order by article_id desc limit 1"
    )
    ((edition,),) = admin.execute("select max(local_date) from news.edition where edition_id > 0")
    tokens = {
        purpose: make(Link(ReaderId(1), purpose, edition, flag=("witkoff", article)), SECRET)
        for purpose in get_args(Purpose)
    }
    return {"story": story, "article": article, "other": other, **tokens}


FORMS: dict[str, dict[str, str]] = {
    "/article/{article}/judge": {"subject": "flag", "verdict": "missed", "topic": "witkoff"},
    "/saved": {"q": "talks", "name": "Talks"},
}
PATHS = (
    *("/", "/topic/witkoff", "/topic/witkoff/feed.atom", "/topics", "/topics/witkoff"),
    *("/story/{story}", "/story/{story}/feed.atom", "/article/{article}"),
    *("/article/{article}/why-not", "/article/{article}/wordings"),
    *("/article/{article}/beside/{other}", "/judgements", "/to-judge"),
    *("/search", "/search?q=witkoff", "/search?q=zzyzx", "/search?q=-zzyzx&topic=witkoff"),
    *("/search?q=zzyzx&in=headline&kind=original", "/search?outlet=Harbour+Wire"),
    *("/search?language=de", "/search?country=FR&q=zzyzx", "/search.json", "/search.csv"),
    *("/search/feed.atom?q=talks", "/saved/1", "/saved/1/feed.json", "/saved/1/articles.csv"),
    *("/feeds", "/runs", "/deliveries"),
    *("/api/topics", "/api/topics/witkoff/stories", "/api/stories/{story}"),
    *("/api/articles/{article}", "/api/search?q=talks", "/api/judgements"),
    *("/unsubscribe/{unsubscribe}", "/preferences/{preferences}", "/edition/{edition}"),
    *("/archive/{archive}", "/judge/{judge}"),
)


def test_no_statement_of_the_site_scans_a_table_that_grows(
    crowded: Crowd, looked_at: tuple[Plans, list[str]]
) -> None:
    plans, _ = looked_at
    scans = plans.scans(growing(crowded.admin))
    assert [statement for statement in scans if "ops.page_failure" not in statement] == []


def test_every_page_of_the_site_was_looked_at(
    crowded: Crowd, looked_at: tuple[Plans, list[str]]
) -> None:
    _, asked = looked_at
    app = app_alone(crowded.settings, crowded.url, "none")
    pages = [route for route in app.routes if isinstance(route, Route) and route.methods]
    unseen = {
        page.path
        for page in pages
        if "GET" in (page.methods or ()) and not any(map(page.path_regex.match, asked))
    }
    assert unseen == {"/static/site.css", "/static/icon.svg", "/api/openapi.json"}


@pytest.mark.parametrize(
    ("index", "table", "role", "ask"),
    [
        ("article_by_run", "article", "writer", lambda session: published_by(session, RunId(1))),
        ("article_by_loading", "article", "analyst", partial(ask, "new_since_i_looked")),
        ("article_search_words", "article_search", "analyst", look_for_what_nobody_wrote),
    ],
)
def test_a_scan_is_seen(
    crowded: Crowd, index: str, table: str, role: str, ask: Callable[[Connection], object]
) -> None:
    with crowded.telling(f"newswatch_{role}") as (session, plans):
        ask(session)
        assert table not in plans.read_whole(growing(crowded.admin))
        crowded.admin.execute(f"drop index news.{index}".encode())
        ask(session)
    assert table in plans.read_whole(growing(crowded.admin))
