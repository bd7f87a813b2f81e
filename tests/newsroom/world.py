"""The whole job on the sample newsroom, in this process, without Airflow, for tests to look at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_network
from pathlib import Path
from typing import Any, cast

import yaml

from demo.mailbox import Mailbox
from demo.stage import READER
from newsroom.articles import SEED
from newsroom.server import Newsroom
from newswatch.settings import HOME, Settings, read_settings
from newswatch.stages.cycle import Cycle, run_cycle, run_job
from newswatch.stages.digest import send_digests
from newswatch.store.server.database import Connection, connect, with_role


@dataclass(frozen=True)
class World:
    """Two cycles an hour apart, after each an edition; whoever holds it only looks.

    The second edition is of the next day, so that stories develop. `connection` is the program's.
    """

    newsroom: Newsroom
    connection: Connection
    settings: Settings
    cycles: tuple[Cycle, ...]
    mails: tuple[EmailMessage, ...]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query.encode()).fetchall()


@contextmanager
def opened_world(database: str, folder: Path) -> Iterator[World]:
    """The world on an empty migrated database (URL of any role)."""
    with (
        Newsroom() as newsroom,
        Mailbox(folder / "mail") as mailbox,
        connect(with_role(database, "newswatch_writer")) as connection,
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
        cycles = []
        for days, minutes in enumerate((0, 60)):
            newsroom.set_clock(minutes)
            cycles.append(run_cycle(connection, settings, now=newsroom.now))
            for _ in range(2):  # an edition is made once and sent once
                send(connection, settings, newsroom, days)
        mails = tuple(map(_read, sorted((folder / "mail").glob("*.eml"))))
        yield World(newsroom, connection, settings, tuple(cycles), mails)


def send(connection: Connection, settings: Settings, newsroom: Newsroom, days: int) -> None:
    """Send the editions of so many days after the newsroom's own, on that day."""
    now = newsroom.now + timedelta(days=days, minutes=1)
    day = newsroom.epoch.date() + timedelta(days=days)
    run_job(
        connection,
        settings,
        "cli",
        "send_digest",
        lambda job: send_digests(job, day=day),
        now=now,
    )


def watchlist(folder: Path, newsroom: Newsroom) -> Path:
    """A watchlist in `folder`: the newsroom's feeds, our topics, one seed and one reader."""
    made = folder / "watchlist"
    (made / "seeds").mkdir(parents=True)
    for folder in ("topics", "names"):
        shutil.copytree(HOME / "dags" / "watchlist" / folder, made / folder)
    shutil.copy(SEED, made / "seeds" / "preview.txt")
    (made / "feeds.yaml").write_text(newsroom.feeds_yaml())
    (made / "subscribers.yaml").write_text(yaml.safe_dump({"subscribers": [READER]}))
    return made


def _read(path: Path) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(path.read_bytes(), policy=default))
