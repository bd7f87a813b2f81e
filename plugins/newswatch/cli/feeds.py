"""`newswatch feeds`: what is polled and how it fares."""

from __future__ import annotations

import getpass
import re
from datetime import UTC, datetime
from pathlib import Path

import click

from newswatch.cli.database import opened, opened_work
from newswatch.cli.feed_care import accept_moves, check_all, prune, set_feed
from newswatch.cli.output import (
    Commands,
    json_option,
    print_json_line,
    print_lines,
    print_rows,
    refuse,
)
from newswatch.errors import InputError
from newswatch.feeds.opml import read_opml, write_opml
from newswatch.feeds.watchlist import load_feeds
from newswatch.models import FeedState, ParsedFeed
from newswatch.settings import read_settings
from newswatch.stages.operate import act_on_feed
from newswatch.stages.poll.check import FeedCheck, check_feed, explained, fetch_list
from newswatch.stages.poll.poll import feed_rows
from newswatch.store import feeds as store
from newswatch.store.actions import Action

LISTED = (
    "outlet",
    "url",
    "state",
    "enabled",
    "failures",
    "last_success_at",
    "next_poll_at",
    "next_poll_reason",
    "state_reason",
    "entries_24h",
)

_why = click.option("--why", default="", help="Kept beside it.")
_by = click.option("--by", default=None, help="Who does it.  [default: you]")


@click.group(cls=Commands)
def feeds() -> None:
    """What is polled, and how it fares.

    \b
    Example: newswatch feeds list
    """


@feeds.command("list")
@json_option
def list_feeds(as_json: bool) -> None:
    """Every feed with its state, its next poll and why.

    Exit code 2 if a row of feeds.yaml is wrong: each is told of.

    \b
    Example: newswatch feeds list --json
    """
    settings = read_settings()
    loaded = load_feeds(settings.watchlist / "feeds.yaml")
    with opened(settings) as connection:
        health = store.feed_health(connection)
    rows = [[row[name] for name in LISTED] for row in health]
    if not as_json:
        rows = [[_short(value) for value in row] for row in rows]
    print_rows(LISTED, rows, as_json=as_json, title=f"{len(rows)} feeds")
    refuse(loaded.errors)


@feeds.command("import")
@click.argument("source", metavar="FILE_OR_URL.opml")
@json_option
def import_feeds(source: str, as_json: bool) -> None:
    """Add the feeds of an OPML file, or of one on the web; each that is left out is named.

    \b
    Example: newswatch feeds import subscriptions.opml
    """
    settings = read_settings()
    listed = read_opml(_read(source), source)
    with opened(settings) as connection, connection.transaction():
        added = store.add_feeds(connection, feed_rows(listed.feeds), "import", datetime.now(UTC))
    known = len(listed.feeds) - added
    if as_json:
        left_out = [{"url": url, "reason": reason} for url, reason in listed.left_out]
        print_json_line({"added": added, "known": known, "left_out": left_out})
        return
    print_lines([f"{added} feeds added, {known} known before"])
    for url, reason in listed.left_out:
        print_lines([f"left out   {url}: {reason}"])


@feeds.command("export")
def export_feeds() -> None:
    """Print every feed that is polled as OPML.

    \b
    Example: newswatch feeds export > feeds.opml
    """
    with opened(read_settings()) as connection:
        specs = store.feed_specs(connection)
    click.echo(write_opml(specs, "newswatch").decode(), nl=False)


@feeds.command()
@click.argument("url", required=False)
@click.option(
    "--all", "check_every", is_flag=True, help="Every feed: which need something, and what."
)
@json_option
def check(url: str | None, check_every: bool, as_json: bool) -> None:
    """Fetch one feed now and explain it, or --all of them; nothing of it is stored.

    \b
    Example: newswatch feeds check https://www.example.org/rss.xml
    Example: newswatch feeds check --all
    """
    if check_every == (url is not None):
        raise InputError("give the address of one feed, or --all")
    if url is None:
        check_all(as_json)
        return
    if not re.match(r"https?://[^/\s]", url):
        raise InputError(f"{url!r} is no web address", mend="write it in full, from https:// on")
    settings = read_settings()
    with opened(settings) as connection:
        state = store.find_feed(connection, url)
    found = check_feed(settings, state, url, datetime.now(UTC))
    if as_json:
        print_json_line(_as_object(found, state))
    else:
        print_lines(f"{label:<10} {told}" for label, told in explained(found, state))


@feeds.command()
@click.argument("url")
@_why
@_by
def disable(url: str, why: str, by: str | None) -> None:
    """Poll a feed no more, until it is enabled again.

    \b
    Example: newswatch feeds disable https://www.example.org/rss.xml
    """
    print_lines([f"disabled {_act(url, Action('disable', by or getpass.getuser(), why))}"])


@feeds.command()
@click.argument("url")
@_why
@_by
def enable(url: str, why: str, by: str | None) -> None:
    """Poll a feed again, from the next cycle on.

    \b
    Example: newswatch feeds enable https://www.example.org/rss.xml
    """
    enabled = _act(url, Action("enable", by or getpass.getuser(), why))
    print_lines([f"enabled {enabled}; due at the next cycle"])


@feeds.command()
@click.argument("url")
@_why
@_by
def retry(url: str, why: str, by: str | None) -> None:
    """Poll a feed in full at the next cycle, whatever was said of waiting.

    \b
    Example: newswatch feeds retry https://www.example.org/rss.xml
    """
    retried = _act(url, Action("retry", by or getpass.getuser(), why))
    print_lines([f"due at the next cycle: {retried}"])


feeds.add_command(set_feed)
feeds.add_command(prune)
feeds.add_command(accept_moves)


def _act(url: str, action: Action) -> str:
    """Do it to the feed of that address; its address as it is listed."""
    with opened_work() as work:
        feed = store.find_feed(work.connection, url)
        if feed is None:
            raise InputError(f"no feed {url!r}", mend="see `newswatch feeds list` for those known")
        act_on_feed(work, feed.feed_id, action)
    return feed.url


def _read(source: str) -> bytes:
    if re.match(r"https?://", source):
        return fetch_list(read_settings(), source)
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise InputError(
            (error.strerror or "cannot be read").lower(),
            file=source,
            mend="give the path of an OPML file, or its https:// address",
        ) from None


def _as_object(found: FeedCheck, state: FeedState | None) -> dict[str, object]:
    result, after = found.result, found.decision.state
    parsed = found.parsed if isinstance(found.parsed, ParsedFeed) else None
    return {
        "url": result.request_url,
        "final_url": result.final_url,
        "redirects": list(result.redirects),
        "outcome": found.decision.fetch.outcome,
        "status": result.status,
        "detail": found.decision.fetch.detail,
        "bytes": len(result.body),
        "format": parsed.format if parsed else None,
        "entries": len(parsed.entries) if parsed else 0,
        "announced": list(found.announced),
        "stored_state": state.state if state else None,
        "state": after.state,
        "state_reason": after.state_reason,
        "next_poll_at": after.next_poll_at,
        "next_poll_reason": after.next_poll_reason,
    }


def _short(value: object) -> object:
    return f"{value:%Y-%m-%d %H:%M}Z" if isinstance(value, datetime) else value
