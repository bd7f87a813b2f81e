"""The watchlist held against the world, and mended: `newswatch feeds check --all`, `set`, `prune`,
`accept-moves`."""

from __future__ import annotations

import getpass
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from newswatch.addresses.urls import host_of, same_address_key, shard_key
from newswatch.cli.database import opened, opened_work
from newswatch.cli.output import print_lines, print_rows
from newswatch.errors import InputError
from newswatch.feeds.amend import with_values, without_feeds
from newswatch.feeds.verdict import FeedVerdict, mend_of
from newswatch.feeds.watchlist import load_feeds
from newswatch.models import FeedSpec
from newswatch.settings import Settings, read_settings
from newswatch.stages.operate import act_on_feed
from newswatch.stages.poll.check import check_feeds
from newswatch.stages.watchlist_file import write_file
from newswatch.store import feeds as store
from newswatch.store.actions import Action
from newswatch.store.server.database import Connection

NOTED = "feeds-check.json"  # in the state directory: what prune and accept-moves act on
FRESH = timedelta(days=7)


def check_all(as_json: bool) -> None:
    """Every feed of feeds.yaml and every imported one, with what mends those that need it."""
    settings = read_settings()
    now = datetime.now(UTC)
    specs = _all_specs(settings)
    with click.progressbar(length=len(specs), label="feeds", file=sys.stderr) as progress:
        verdicts = check_feeds(settings, specs, now, lambda: progress.update(1))
    _note(settings, verdicts, now)
    if as_json:
        print_rows(
            ("url", "outlet", "standing", "says", "mend", "target"),
            [
                (found.url, found.outlet, found.standing, found.says, mend_of(found), found.target)
                for found in verdicts
            ],
            as_json=True,
        )
        return
    _show(verdicts)


def _show(verdicts: Sequence[FeedVerdict]) -> None:
    """Those that need nothing in one line, the others in a table, the worst first."""
    counts = Counter(found.standing for found in verdicts)
    wanting = [found for found in verdicts if found.standing != "alive"]
    order = ("dead", "moved", "no-feed", "language", "empty", "undated", "failing")
    wanting.sort(key=lambda found: order.index(found.standing))
    if wanting:
        rows = [(found.standing, f"{found.outlet} {found.url}", found.says) for found in wanting]
        print_rows(("standing", "feed", "says"), rows, as_json=False)
        print_lines(["what mends them:"])
        print_lines(f"  {mend}" for mend in dict.fromkeys(map(mend_of, wanting)) if mend)
    if counts["failing"]:
        print_lines(["a feed that fails once may answer tomorrow: nothing is pruned for it"])
    told = ", ".join(f"{count} {standing}" for standing, count in counts.most_common())
    print_lines([f"{len(verdicts)} feeds: {told}"])


@click.command("set")
@click.argument("url")
@click.option("--country", help="ISO 3166-1, as in GB.")
@click.option("--language", help="BCP 47, as in en or pt-BR.")
@click.option("--outlet", help="Who publishes it.")
@click.option("--url", "target", help="Its address, where it has another by now.")
def set_feed(
    url: str, country: str | None, language: str | None, outlet: str | None, target: str | None
) -> None:
    """Change what is said of a feed: in feeds.yaml, or in the database if it was imported.

    \b
    Example: newswatch feeds set https://www.example.org/rss.xml --language uk --country UA
    """
    given = {"country": country, "language": language, "outlet": outlet, "url": target}
    values = {name: value for name, value in given.items() if value is not None}
    if not values:
        mend = "add --country, --language, --outlet or --url"
        raise InputError("nothing is given to set", mend=mend)
    settings = read_settings()
    path = settings.watchlist / "feeds.yaml"
    with opened(settings) as connection:
        if _is_listed(path, url):
            _amend(path, lambda text: with_values(text, str(path), url, values))
            _move(connection, url, target)
            print_lines([f"changed {path}; in force at the next cycle"])
            return
        feed = store.find_feed(connection, url)
        if feed is None:
            raise InputError(f"no feed {url!r}", mend="see `newswatch feeds list` for those known")
        # Held to the same rules as a row of the file.
        row = f"feeds:\n- url: {json.dumps(feed.url)}\n  outlet: x\n  ports: {list(feed.ports)}\n"
        with_values(row, "the command line", feed.url, values)
        values.pop("url", None)
        store.set_facts(connection, feed.feed_id, values)
        _move(connection, feed.url, target)
    print_lines([f"changed {feed.url}"])


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def prune(dry_run: bool) -> None:
    """Take the feeds that the last `feeds check --all` found dead out of feeds.yaml.

    Imported ones are disabled. What they brought stays.

    \b
    Example: newswatch feeds prune --dry-run
    """
    settings = read_settings()
    dead = [found for found in _noted(settings) if found.standing == "dead"]
    _act(settings, dead, "dead", dry_run, lambda path, listed: _without(path, listed), _disable)


@click.command("accept-moves")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def accept_moves(dry_run: bool) -> None:
    """Write the new address of each feed that the last `feeds check --all` found moved for good.

    What such a feed brought stays its own.

    \b
    Example: newswatch feeds accept-moves
    """
    settings = read_settings()
    moved = [found for found in _noted(settings) if found.standing == "moved" and found.target]
    _act(settings, moved, "moved", dry_run, _with_new_addresses, lambda *_: None)
    if dry_run or not moved:
        return
    with opened(settings) as connection, connection.transaction():
        for found in moved:
            _move(connection, found.url, found.target)


def _move(connection: Connection, url: str, target: str | None) -> None:
    """So that what a feed brought stays its own under its new address."""
    if target is not None:
        host = host_of(target)
        store.move_feed(connection, url, target, host, shard_key(host))


def _act(
    settings: Settings,
    found: Sequence[FeedVerdict],
    what: str,
    dry_run: bool,
    change: Callable[[Path, Sequence[FeedVerdict]], None],
    beside: Callable[[Settings, Sequence[FeedVerdict]], None],
) -> None:
    """Change the file for the feeds that stand there, and do the rest for those that do not."""
    path = settings.watchlist / "feeds.yaml"
    listed = [verdict for verdict in found if _is_listed(path, verdict.url)]
    if not found:
        print_lines([f"no feed was found {what}"])
        return
    for verdict in found:
        target = f" -> {verdict.target}" if what == "moved" else f": {verdict.says}"
        print_lines([f"{what}   {verdict.url}{target}"])
    if dry_run:
        print_lines(["nothing was changed"])
        return
    if listed:
        change(path, listed)
    beside(settings, [verdict for verdict in found if verdict not in listed])
    print_lines([f"{len(found)} feeds changed; in force at the next cycle"])


def _without(path: Path, found: Sequence[FeedVerdict]) -> None:
    urls = [verdict.url for verdict in found]
    _amend(path, lambda text: without_feeds(text, str(path), urls))


def _with_new_addresses(path: Path, found: Sequence[FeedVerdict]) -> None:
    """One that another row has already goes: it would stand twice."""

    def change(text: str) -> str:
        known = {same_address_key(spec.url) for spec in load_feeds(path).specs}
        for verdict in found:
            target = verdict.target or verdict.url
            key = same_address_key(target)
            if key in known and key != same_address_key(verdict.url):
                text = without_feeds(text, str(path), [verdict.url])
            else:
                text = with_values(text, str(path), verdict.url, {"url": target})
            known.add(key)
        return text

    _amend(path, change)


def _disable(_: Settings, found: Sequence[FeedVerdict]) -> None:
    if not found:
        return
    with opened_work() as work, work.connection.transaction():
        for verdict in found:
            if (feed := store.find_feed(work.connection, verdict.url)) is not None:
                action = Action("disable", getpass.getuser(), verdict.says)
                act_on_feed(work, feed.feed_id, action)


def _all_specs(settings: Settings) -> list[FeedSpec]:
    listed = load_feeds(settings.watchlist / "feeds.yaml").specs
    with opened(settings) as connection:
        stored = store.feed_specs(connection)
    known = {same_address_key(spec.url) for spec in listed}
    return [*listed, *(spec for spec in stored if same_address_key(spec.url) not in known)]


def _is_listed(path: Path, url: str) -> bool:
    return any(
        same_address_key(spec.url) == same_address_key(url) for spec in load_feeds(path).specs
    )


def _note(settings: Settings, verdicts: Sequence[FeedVerdict], now: datetime) -> None:
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    noted = {"checked_at": now.isoformat(), "feeds": [asdict(found) for found in verdicts]}
    write_file(settings.state_dir / NOTED, json.dumps(noted, ensure_ascii=False, indent=1))


def _noted(settings: Settings) -> list[FeedVerdict]:
    """What the last check found. Raises `InputError` if there was none lately."""
    path = settings.state_dir / NOTED
    mend = "run `newswatch feeds check --all` first"
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        checked_at = datetime.fromisoformat(noted["checked_at"])
        found = [FeedVerdict(**row) for row in noted["feeds"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError("the feeds were not checked", mend=mend) from None
    if datetime.now(UTC) - checked_at > FRESH:
        raise InputError(f"the feeds were last checked on {checked_at:%d %B %Y}", mend=mend)
    return found


def _amend(path: Path, change: Callable[[str], str]) -> None:
    write_file(path, change(path.read_text(encoding="utf-8")))
