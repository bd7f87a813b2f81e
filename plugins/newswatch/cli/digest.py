"""`newswatch digest` and `newswatch subscribers`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from newswatch.cli.database import opened, opened_work
from newswatch.cli.output import (
    Commands,
    Day,
    json_option,
    print_lines,
    print_rows,
    refuse,
)
from newswatch.delivery.channel import Message
from newswatch.delivery.mail import as_mail
from newswatch.settings import read_settings
from newswatch.stages import cycle
from newswatch.stages.digest import load_readers, reader_of, send_digests
from newswatch.stages.digest import preview as preview_edition


@click.group(cls=Commands)
def digest() -> None:
    """The daily brief.

    \b
    Example: newswatch digest send
    """


@digest.command()
@click.option("--subscriber", required=True, help="Name in subscribers.yaml.")
@click.option("--date", "day", type=Day(), required=True, help="The subscriber's local date.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder."
)
def preview(subscriber: str, day: date, out: Path) -> None:
    """Write edition.html, edition.txt and edition.eml as they would be sent; send nothing.

    \b
    Example: newswatch digest preview --subscriber example --date 2025-12-19 --out edition
    """
    with opened_work() as work:
        reader = reader_of(work.settings, subscriber)
        end_of_day = datetime.combine(day, time(23, 59, 59), reader.timezone).astimezone(UTC)
        then = replace(work, now=min(work.now, end_of_day))
        built = preview_edition(then, subscriber, day)
    message = Message(
        to=reader.email,
        subject=built.rendered.subject,
        text=built.rendered.text,
        html=built.rendered.html,
        sent_at=then.now,
        message_id="<preview@localhost>",
        unsubscribe=built.links.unsubscribe,
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "edition.html").write_text(built.rendered.html, encoding="utf-8")
    (out / "edition.txt").write_text(built.rendered.text, encoding="utf-8")
    (out / "edition.eml").write_bytes(as_mail(message, then.settings.mail_from).as_bytes())
    print_lines([built.rendered.subject, f"{out}/edition.html, edition.txt, edition.eml"])


@digest.command()
@click.option("--date", "day", type=Day(), help="This local date for all; else who is due now.")
@click.option("--subscriber", help="Only this one, active or not.")
@json_option
def send(day: date | None, subscriber: str | None, as_json: bool) -> None:
    """Build the editions that are due and send them; each is sent once.

    \b
    Example: newswatch digest send --date 2025-12-19
    """
    settings = read_settings()
    with opened(settings) as connection:
        counts = cycle.run_job(
            connection,
            settings,
            cycle.CLI_TRIGGER,
            "send_digest",
            lambda job: send_digests(job, day=day, subscriber=subscriber),
        )
    print_rows(tuple(counts), [tuple(counts.values())], as_json=as_json)


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
            ", ".join(reader.topics),
            reader.active,
        )
        for reader in loaded.readers
    ]
    columns = ("name", "email", "timezone", "send_at", "topics", "active")
    print_rows(columns, rows, as_json=as_json)
    refuse(loaded.errors)
