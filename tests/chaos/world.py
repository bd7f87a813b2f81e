"""The databases that trials begin with, and the reference that they must come to."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import assert_never

import yaml
from psycopg import sql

from chaos.dump import Dump, difference, dump, strange_articles
from chaos.fault import Fault
from chaos.trial import Trial
from chaos.worker import Work, started
from demo.mailbox import Mailbox
from newsroom.articles import Article, load_articles
from newsroom.invented import invented
from newsroom.outlets import OUTLETS
from newsroom.server import Newsroom
from newsroom.world import watchlist
from newswatch.models import STAGES
from newswatch.settings import Settings, read_settings
from newswatch.store.server import embedded
from newswatch.store.server.database import connect, with_database, with_role
from newswatch.store.server.migrate import migrate

SECOND = 60  # minutes after the epoch: the cycle that is harmed
LATER = timedelta(hours=6)
STATES = (*STAGES, "send_digest")


@dataclass(frozen=True)
class World:
    """A server with a database a state, and what the undisturbed second cycle made of the first.

    Each state is a database `before_` a stage. `expected` is the reference, `hours_later` what
    there is if the second cycle is run `LATER`.
    """

    server: str
    data: Path
    work: Work
    newsroom: Newsroom
    mail: Path
    expected: Dump
    hours_later: Dump
    rows: Mapping[tuple[str, str], int]  # that the reference wrote, by state and table

    def attempt(self, fault: Fault) -> str:
        """Try one fault; empty if it was survived, else what was lost."""
        mails = len(list(self.mail.glob("*.eml")))
        with _cloned(self.server, f"before_{fault.before}", "trial") as database:
            stages = STAGES[STATES.index(fault.before) :]
            work = replace(self.work, database=_writer(database), stages=stages)
            fault.strike(Trial(database, self.server, self.data, work))
            healing = replace(work, stages=STAGES)
            if fault.cost != "nothing":
                healing = _later(healing)
            healed = started(healing)
            healed.join()
            if healed.exitcode != 0:
                return f"the next cycle ended with {healed.exitcode}"
            with connect(database) as connection:
                found = dump(connection)
                waiting = connection.execute(
                    b"select (select count(*) from news.entry where status = 'pending')"
                    b" + (select count(*) from news.parked)"
                ).fetchone()
        sent = len(list(self.mail.glob("*.eml"))) - mails
        if sent > 1:
            return f"{sent} mails for one edition"
        if waiting != (0,):
            return f"{waiting} entries wait, or items are parked"
        match fault.cost:
            case "nothing":
                return difference(self.expected, found)
            case "hours":
                return difference(self.hours_later, found)
            case "hours for some":
                return strange_articles([self.expected, self.hours_later], found)
            case _:
                assert_never(fault.cost)


@contextmanager
def opened(folder: Path, articles: int) -> Iterator[World]:
    """The sample newsroom with so many articles in all; a tenth of the invented ones are of the
    second cycle."""
    data = folder / "data"
    server = embedded.start(data)
    with connect(server) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"alter system set {setting} = off".encode())
        connection.execute(b"select pg_reload_conf()")
    more = articles - len(load_articles())
    late = max(0, more // 10)
    articles_more = (
        *invented(more - late),
        *(_renamed(a, "late") for a in invented(late, from_minutes=1, to_minutes=SECOND - 1)),
    )
    try:
        with Newsroom(more=articles_more) as newsroom, Mailbox(folder / "mail") as mailbox:
            yield _built(server, data, folder, newsroom, mailbox)
    finally:
        embedded.stop(data)
        shutil.rmtree(data, ignore_errors=True)


def _built(server: str, data: Path, folder: Path, newsroom: Newsroom, mailbox: Mailbox) -> World:
    settings = _settings(folder, newsroom, mailbox)
    database = embedded.ensure_database(server, "reference")
    with connect(database) as connection:
        migrate(connection)
    first = Work(
        database=_writer(database),
        settings=settings,
        now=newsroom.now,
        stages=STAGES,
        digest_at=newsroom.now + timedelta(minutes=1),
        day=newsroom.now.date(),
    )
    _done(first)
    newsroom.set_clock(SECOND)
    second = replace(
        first,
        now=newsroom.now,
        digest_at=newsroom.now + timedelta(days=1, minutes=1),
        day=first.day + timedelta(days=1),
    )
    counts: dict[str, dict[str, int]] = {}
    for state in STATES:
        counts[state] = _counted(database)
        _clone(server, "reference", f"before_{state}")
        stages = tuple(stage for stage in STAGES if stage == state)
        _done(replace(second, stages=stages, digest_at=None if stages else second.digest_at))
    counts["end"] = _counted(database)
    with connect(database) as connection:
        expected = dump(connection)
    with _cloned(server, "before_poll", "later") as database:
        _done(_later(replace(second, database=_writer(database))))
        with connect(database) as connection:
            hours_later = dump(connection)
    rows = {
        (state, table): counts[following][table] - count
        for state, following in itertools.pairwise((*STATES, "end"))
        for table, count in counts[state].items()
    }
    return World(server, data, second, newsroom, folder / "mail", expected, hours_later, rows)


def _settings(folder: Path, newsroom: Newsroom, mailbox: Mailbox) -> Settings:
    """Feeds whose answers do not depend on how often they were asked."""
    made = watchlist(folder, newsroom)
    steady = {
        outlet.name
        for outlet in OUTLETS
        if all(
            feed.answer in ("ok", "moved", "gone") and feed.dates != "restamped"
            for feed in outlet.feeds
        )
    }
    feeds = yaml.safe_load((made / "feeds.yaml").read_text())["feeds"]
    kept = [feed for feed in feeds if feed["outlet"] in steady]
    (made / "feeds.yaml").write_text(yaml.safe_dump({"feeds": kept}, allow_unicode=True))
    return read_settings(
        {},
        watchlist_dir=made,
        allow_networks=(ip_network("127.0.0.0/8"),),
        host_delay=0.0,
        host_concurrency=8,
        shards=2,
        smtp_url=f"smtp://127.0.0.1:{mailbox.port}",
    )


def _later(work: Work) -> Work:
    assert work.digest_at is not None
    return replace(work, now=work.now + LATER, digest_at=work.digest_at + LATER)


def _done(work: Work) -> None:
    process = started(work)
    process.join()
    if process.exitcode != 0:
        raise RuntimeError(f"the undisturbed cycle ended with {process.exitcode}")


def _renamed(article: Article, prefix: str) -> Article:
    return replace(article, slug=f"{prefix}-{article.slug}", title=f"{article.title} again")


def _writer(database: str) -> str:
    return with_role(database, "newswatch_writer")


def _counted(database: str) -> dict[str, int]:
    with connect(database) as connection:
        tables = connection.execute(
            b"select format('news.%I', relname) from pg_class"
            b" where relnamespace = 'news'::regnamespace and relkind in ('r', 'p')"
            b" and not relispartition"
        ).fetchall()
        return {
            table: connection.execute(f"select count(*) from {table}".encode()).fetchall()[0][0]
            for (table,) in tables
        }


def _clone(server: str, template: str, name: str) -> str:
    with connect(server) as connection:
        connection.execute(
            sql.SQL("create database {} template {} strategy file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        connection.execute(
            sql.SQL("grant connect on database {} to newswatch_writer, newswatch_analyst").format(
                sql.Identifier(name)
            )
        )
    return with_database(server, name)


@contextmanager
def _cloned(server: str, template: str, name: str) -> Iterator[str]:
    try:
        yield _clone(server, template, name)
    finally:
        with connect(server) as connection:
            connection.execute(
                sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
            )
