"""`newswatch digest` and `newswatch subscribers`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import get_args

import click

from newswatch.cli.database import opened, opened_work
from newswatch.cli.output import (
    Commands,
    Day,
    Moment,
    json_option,
    print_lines,
    print_rows,
    refuse,
)
from newswatch.delivery.channel import Message
from newswatch.delivery.form import as_mail
from newswatch.digest.subscribers import WEEKDAYS
from newswatch.models import JobName, Rhythm
from newswatch.settings import Settings, read_settings
from newswatch.stages import cycle
from newswatch.stages.alerts import send_alerts
from newswatch.stages.deliveries import message_of, stored_edition
from newswatch.stages.digest import preview as preview_edition
from newswatch.stages.digest import resend as resend_edition
from newswatch.stages.digest import send_digests
from newswatch.stages.job import Job
from newswatch.stages.readers import load_readers, reader_of


@click.group(cls=Commands)
def digest() -> None:
    """The daily brief.

    \b
    Example: newswatch digest send
    """


_subscriber = click.option("--subscriber", required=True, help="Name in subscribers.yaml.")
_rhythm = click.option(
    "--rhythm",
    type=click.Choice(get_args(Rhythm)),
    default="daily",
    help="The brief of a day, the review of a week, or an alert.",
)
_out = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder."
)


@digest.command()
@_subscriber
@_rhythm
@click.option("--date", "day", type=Day(), help="The subscriber's local date; else today.")
@_out
def preview(subscriber: str, rhythm: Rhythm, day: date | None, out: Path) -> None:
    """Write what would be sent if the edition were due now, as files; send and store nothing.

    \b
    Example: newswatch digest preview --subscriber example --out edition
    """
    with opened_work() as work:
        reader = reader_of(work.settings, subscriber)
        built = preview_edition(work, subscriber, day, rhythm)
    message = Message(
        to=reader.email,
        subject=built.rendered.subject,
        text=built.rendered.text,
        html=built.rendered.html,
        sent_at=work.now,
        message_id="<preview@localhost>",
        unsubscribe=built.links.unsubscribe,
    )
    _write(message, work.settings, out)


@digest.command()
@_subscriber
@_rhythm
@click.option("--date", "day", type=Day(), help="The subscriber's local date; else the newest.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write it as files here."
)
def show(subscriber: str, rhythm: Rhythm, day: date | None, out: Path | None) -> None:
    """Show a stored edition: what became of it, and its text; with --out all of its mail,
    and as page.html its web copy.

    \b
    Example: newswatch digest show --subscriber example --date 2025-12-19
    """
    with opened_work() as work:
        reader, edition = stored_edition(work, subscriber, rhythm, day)
    told = f", told {edition.told_at.isoformat()}" if edition.told_at else ""
    head = f"edition {edition.edition_id} of {edition.local_date}: {edition.state}{told}"
    if out is None:
        print_lines([head, "", *edition.body_text.splitlines()])
        return
    message = message_of(work, edition, reader.reader_id, reader.email, edition.built_at)
    print_lines([head])
    _write(message, work.settings, out)
    (out / "page.html").write_text(edition.page_html, encoding="utf-8")


def _write(message: Message, settings: Settings, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "edition.html").write_text(message.html, encoding="utf-8")
    (out / "edition.txt").write_text(message.text, encoding="utf-8")
    mail = as_mail(message, settings.mail_from, settings.reply_to)
    (out / "edition.eml").write_bytes(mail.as_bytes())
    print_lines([message.subject, f"{out}/edition.html, edition.txt, edition.eml"])


_now = click.option("--now", type=Moment(), help="The time that every decision takes as now.")


@digest.command()
@click.option("--date", "day", type=Day(), help="This local date for all; else who is due now.")
@click.option("--subscriber", help="Only this one, active or not.")
@_now
@json_option
def send(day: date | None, subscriber: str | None, now: datetime | None, as_json: bool) -> None:
    """Build the editions that are due and send them; each is sent once. Exit code 1 if a delivery
    was given up: ops.delivery says why.

    \b
    Example: newswatch digest send
    Example: newswatch digest send --now 2025-12-18T06:30:00Z
    """
    _run(lambda job: send_digests(job, day=day, subscriber=subscriber), now, as_json=as_json)


@digest.command()
@_subscriber
@_rhythm
@click.option("--date", "day", type=Day(), help="The subscriber's local date; else the newest.")
@_now
@json_option
def resend(
    subscriber: str, rhythm: Rhythm, day: date | None, now: datetime | None, as_json: bool
) -> None:
    """Send a stored edition again, as it is: one that may not have arrived, or was refused.

    \b
    Example: newswatch digest resend --subscriber example --date 2025-12-19
    """
    _run(lambda job: resend_edition(job, subscriber, day, rhythm), now, as_json=as_json)


@digest.command()
@_now
@json_option
def alert(now: datetime | None, as_json: bool) -> None:
    """Tell readers at once of new stories that reach their marks, as watch_news does at its end.
    Exit code 1 if a delivery was given up: ops.delivery says why.

    \b
    Example: newswatch digest alert
    """
    _run(send_alerts, now, name="send_alerts", as_json=as_json)


def _run(
    function: Callable[[Job], Mapping[str, int]],
    now: datetime | None,
    *,
    name: JobName = "send_digest",
    as_json: bool,
) -> None:
    settings = read_settings()
    with opened(settings) as connection:
        counts = cycle.run_job(connection, settings, cycle.CLI_TRIGGER, name, function, now=now)
    print_rows(tuple(counts), [tuple(counts.values())], as_json=as_json)
    if counts.get("given_up"):
        sys.exit(1)


@click.group(cls=Commands)
def subscribers() -> None:
    """Who gets the digest.

    \b
    Example: newswatch subscribers list
    """


@subscribers.command("list")
@json_option
def list_subscribers(as_json: bool) -> None:
    """What subscribers.yaml says. Exit code 2 if a row of it is wrong: each is told of.

    \b
    Example: newswatch subscribers list --json
    """
    loaded = load_readers(read_settings())
    rows = [
        (
            reader.name,
            reader.email,
            str(reader.timezone),
            f"{reader.send_at:%H:%M}",
            " ".join(WEEKDAYS[day] for day in sorted(reader.weekdays)),
            ", ".join([*reader.rhythms, *(["alerts"] if reader.alerts else [])]),
            ", ".join(reader.topics),
            reader.active,
        )
        for reader in loaded.readers
    ]
    columns = ("name", "email", "timezone", "send_at", "weekdays", "rhythms", "topics", "active")
    print_rows(columns, rows, as_json=as_json)
    refuse(loaded.errors)
