"""`python -m evaluation.editions STATE [--out FOLDER]`: the briefs of a replay, measured.

STATE is the folder of a replay that has ended (`make replay` leaves `.newswatch/replay`). On a copy
of its database the hours pass again: what a cycle had published by then is published, and seven
readers in six zones get the editions that are due, from a real mail server. Prints a line for each
mail, and of all of them how often the story with most outlets is among the first three of its
topic. With --out the mails are kept, as text and HTML, for a person to look at.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import fmean, median
from typing import Any

import yaml

from demo.mailbox import Mailbox
from evaluation.replay import START
from newswatch.digest.compose import Composed, compose
from newswatch.digest.edition import ShownStory, TopicSection
from newswatch.digest.quoting import repeats
from newswatch.digest.subscribers import Subscriber
from newswatch.settings import HOME, Settings, read_settings
from newswatch.stages import digest, editions
from newswatch.stages.cycle import run_job
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, with_database, with_role
from newswatch.store.server.migrate import migrate

COPY = "newswatch_editions"
MANY = 4  # stories of a section: with fewer, the first three are all
ZONES = {
    "Europe/Paris": ("en", "fr"),
    "America/New_York": ("en",),
    "America/Los_Angeles": ("en", "es"),
    "Asia/Kathmandu": ("en",),
    "Asia/Tokyo": ("ja", "en"),
    "Africa/Cairo": ("ar", "en"),
}
TOPICS = ("witkoff", "gaza-mediators", "ukraine-talks")


@dataclass(frozen=True, slots=True)
class Measured:
    """One mail, in the numbers that a reader would feel."""

    name: str
    day: date
    words: int
    stories: int
    doubles: int  # addresses that stand twice
    places: tuple[int, ...]  # in each section of many stories, of that with most outlets
    quoted: int  # of the stories told in full, those whose quote is not the headline
    repeated: int  # those whose quote is the headline again
    full: int
    size: int  # bytes of HTML
    subject: str

    def row(self) -> str:
        return (
            f"{self.name:20} {self.day:%d %b} {self.words:6} {self.words / 238:5.1f}"
            f" {self.stories:7} {self.doubles:7} {self.quoted:5}/{self.full:<3}"
            f" {self.size:7}  {' '.join(map(str, self.places)):7} {self.subject}"
        )


def measured(reader: Subscriber, day: date, composed: Composed) -> Measured:
    edition, rendered = composed.edition, composed.rendered
    links = re.findall(r"https?://\S+", rendered.text)
    full = [story for section in edition.sections for story in section.stories]
    return Measured(
        name=reader.name,
        day=day,
        words=rendered.words,
        stories=edition.stories,
        doubles=len(links) - len(set(links)),
        places=tuple(map(place_of_biggest, filter(has_many, edition.sections))),
        quoted=sum(is_quoted(story) for story in full),
        repeated=sum(story.quote is not None and not is_quoted(story) for story in full),
        full=len(full),
        size=len(rendered.html.encode()),
        subject=rendered.subject,
    )


def has_many(section: TopicSection) -> bool:
    return len(section.told) + section.more >= MANY


def place_of_biggest(section: TopicSection) -> int:
    """The place of the story with most outlets, from 1; of several the first one's."""
    most = max(len(story.outlets) for story in section.told)
    return 1 + next(at for at, story in enumerate(section.told) if len(story.outlets) == most)


def is_quoted(story: ShownStory) -> bool:
    if story.quote is None:
        return False
    evidence = story.quote.evidence
    return not repeats(evidence.before + evidence.match + evidence.after, story.title)


def watchlist(folder: Path) -> Path:
    made = folder / "watchlist"
    shutil.copytree(HOME / "dags" / "watchlist", made)
    readers = [
        {
            "name": zone.partition("/")[2] + suffix,
            "email": f"reader{number}{suffix}@example.org",
            "timezone": zone,
            "send_at": "07:00",
            "topics": list(TOPICS[number % 3 :] + TOPICS[: number % 3]),
            "languages": list(languages),
        }
        for number, (zone, languages) in enumerate(ZONES.items())
        for suffix in (("", "-evening") if number == 0 else ("",))
    ]
    readers[1]["send_at"] = "19:30"
    (made / "subscribers.yaml").write_text(yaml.safe_dump({"subscribers": readers}))
    return made


@contextmanager
def copied(state: Path) -> Iterator[str]:
    """The address of a copy of the replay's database, with today's tables and no editions."""
    server = embedded.start(state / "postgres")
    try:
        with connect(server) as connection:
            connection.execute(f"drop database if exists {COPY} with (force)".encode())
            connection.execute(f"create database {COPY} template newswatch".encode())
        url = with_database(server, COPY)
        with connect(url) as connection:
            migrate(connection)
            connection.execute("delete from news.edition")
            connection.execute("delete from news.reader")
            connection.execute(
                "create table public.published as select article_id, publication, loaded_at"
                " from news.article where publication is not null"
            )
            connection.execute("update news.article set publication = null")
        yield url
    finally:
        embedded.stop(state / "postgres")


def publish_until(connection: Connection, moment: datetime) -> None:
    connection.execute(
        "update news.article set publication = published.publication from public.published"
        " where published.article_id = article.article_id and article.publication is null"
        " and published.loaded_at <= %s",
        [moment],
    )


def sent(connection: Connection, writer: Connection, settings: Settings) -> Iterator[Measured]:
    """All that the readers get, hour by hour."""
    (newest,) = connection.execute("select max(loaded_at) from public.published").fetchall()[0]
    made: list[tuple[Subscriber, date, Composed]] = []

    def recording(reader: Subscriber, local_date: date, *rest: Any) -> Composed:
        found = compose(reader, local_date, *rest)
        made.append((reader, local_date, found))
        return found

    editions.compose = recording  # type: ignore[attr-defined]
    moment = START
    while moment <= newest:
        publish_until(connection, moment)
        run_job(writer, settings, "cli", "send_digest", digest.send_digests, now=moment)
        moment += timedelta(hours=1)
        for reader, local_date, found in made:
            keep(settings.state_dir, reader, local_date, found)
            yield measured(reader, local_date, found)
        made.clear()


def keep(folder: Path, reader: Subscriber, day: date, composed: Composed) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for kind, content in (("txt", composed.rendered.text), ("html", composed.rendered.html)):
        (folder / f"{day}-{reader.name}.{kind}").write_text(content, encoding="utf-8")


def report(mails: Sequence[Measured]) -> str:
    places = [place for mail in mails for place in mail.places]
    first = sum(place <= MOST_FIRST for place in places)
    full = sum(mail.full for mail in mails)
    return "\n".join(
        [
            f"{len(mails)} mails: {median(mail.words for mail in mails):.0f} words (median),"
            f" {max(mail.words for mail in mails)} at most;"
            f" {max(mail.size for mail in mails)} bytes at most;"
            f" {sum(mail.doubles for mail in mails)} addresses twice",
            f"told in full: {full}, with a quote that is not the headline"
            f" {sum(mail.quoted for mail in mails)}, with one that is"
            f" {sum(mail.repeated for mail in mails)}; the others have a headline only",
            f"story with most outlets in the first three: {first} of {len(places)} sections of"
            f" {MANY} and more, mean place {fmean(places) if places else 0:.2f}",
        ]
    )


MOST_FIRST = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("state", type=Path, nargs="?", default=HOME / ".newswatch" / "replay")
    parser.add_argument("--out", type=Path, help="keep the mails here")
    options = parser.parse_args()
    head = f"{'reader':20} {'day':6} {'words':>6} {'min':>5} {'stories':>7} {'doubles':>7}"
    print(f"{head} {'quoted':>9} {'bytes':>7}  places  subject")
    mails = []
    with tempfile.TemporaryDirectory() as name, copied(options.state) as url:
        folder = Path(name)
        with (
            Mailbox(folder / "mail") as mailbox,
            connect(url) as connection,
            connect(with_role(url, "newswatch_writer")) as writer,
        ):
            settings = read_settings(
                {},
                watchlist_dir=watchlist(folder),
                state_dir=options.out or folder / "out",
                smtp_url=f"smtp://127.0.0.1:{mailbox.port}",
            )
            for mail in sent(connection, writer, settings):
                mails.append(mail)
                print(mail.row(), flush=True)
    print(report(mails))
    return 0


if __name__ == "__main__":
    sys.exit(main())
