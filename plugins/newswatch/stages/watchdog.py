"""The watchdog: looks at the product, tells people once of what is wrong and once when it is over.

It keeps its book twice, in `news.alert` and in a file of the state folder, so it remembers what it
has told whether the database is away or the folder is lost. A message goes out before it is noted
as told: a watchdog that is killed in between sends it again, with the same id.
"""

from __future__ import annotations

import fcntl
import json
import logging
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from newswatch.delivery import push, webhook
from newswatch.delivery.channel import Channel, Message, Sent
from newswatch.delivery.push import Push
from newswatch.delivery.webhook import Webhook
from newswatch.errors import NewswatchError, ShardBusy
from newswatch.health import alerts as decide
from newswatch.health.checks import unknown
from newswatch.health.words import RUNBOOK, subject_of, text_of
from newswatch.models.health import Alert
from newswatch.settings import Settings
from newswatch.stages.deliver import mail_of
from newswatch.stages.health import Health, health, looking
from newswatch.store import alerts as stored
from newswatch.store.server.database import Connection, claimed
from newswatch.text.invisible import shown

BOOK, LOCK = "alerts.json", "watchdog.lock"
REMEMBERED = timedelta(days=7)  # after which who was away is told of the end no more
MAIL = "mail"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """What it found, its book, and how many messages it could not send."""

    health: Health
    alerts: tuple[Alert, ...]
    unsent: int


def watch(settings: Settings, *, stop: threading.Event) -> None:
    """Look, tell and rest until `stop` is set. What fails is logged, and tried again."""
    remembered: tuple[Alert, ...] = ()
    while not stop.is_set():
        try:
            remembered = look(settings, remembered=remembered).alerts
        except Exception:
            log.exception("newswatch: the watchdog's look failed")
        stop.wait(settings.watchdog_pause)


def look(
    settings: Settings, now: datetime | None = None, *, remembered: tuple[Alert, ...] = ()
) -> Look:
    """One look; then the heartbeat, unless something could not be told. Who looks again and again
    gives what it `remembered` from the last one: a full disk keeps no book."""
    now = now or datetime.now(UTC)
    with _book(settings) as connection:
        found = health(settings, now)
        known = decide.merged([_read(settings, connection, now), remembered])
        alerts = decide.updated(
            known, found.findings, now, lambda check: unknown(found.measured, check)
        )
        _log_changes(known, alerts)
        alerts, unsent = _tell(settings, alerts, now)
        _keep(settings, connection, alerts, now)
    if unsent == 0 and settings.heartbeat_url:
        _heartbeat(settings)
    return Look(found, alerts, unsent)


def channels_of(settings: Settings) -> Mapping[str, Channel]:
    """By the names under which the book notes who was told; addresses may be secrets."""
    channels: dict[str, Channel] = {}
    if settings.alert_to and settings.smtp_url:
        channels[MAIL] = mail_of(settings)
    for number, url in enumerate(settings.alert_webhooks, start=1):
        channels[f"webhook {number} ({webhook.place(url)})"] = Webhook(url)
    for url in settings.alert_services:
        channels[f"service ({push.label(url)})"] = Push(url)
    return channels


def _tell(
    settings: Settings, alerts: tuple[Alert, ...], now: datetime
) -> tuple[tuple[Alert, ...], int]:
    channels = channels_of(settings)
    unsent = 0
    for telling in decide.tellings(alerts, channels, now):
        outcome = channels[telling.channel].send(_message(settings, telling, alerts, now))
        if isinstance(outcome, Sent):
            alerts = decide.with_told(alerts, telling)
            _to_file(settings, alerts)
        else:
            unsent += 1
            check = telling.alerts[0].check
            reason = shown(outcome.reason)
            log.error("newswatch: %s could not be told by %s: %s", check, telling.channel, reason)
    return alerts, unsent


def _message(
    settings: Settings, telling: decide.Telling, alerts: Sequence[Alert], now: datetime
) -> Message:
    told, over = telling.alerts, telling.over
    first = told[0]
    seen_now = [alert for alert in alerts if decide.is_open(alert) and alert.seen_at == now]
    runbook = settings.runbook_url or RUNBOOK
    host = socket.gethostname()
    kind = "over" if over else first.severity
    identity = f"{first.check}.{first.began_at:%Y%m%dT%H%M%S%f}.{kind}"
    return Message(
        to=settings.alert_to,
        subject=shown(subject_of(told, over=over)),
        text=text_of(told, seen_now, over=over, host=host, runbook=runbook),
        sent_at=now,
        message_id=f"<{identity}@alerts.newswatch>",
        data={
            "state": "over" if over else "firing",
            "check": first.check,
            "severity": first.severity,
            "host": host,
            "alerts": [_as_json(alert) for alert in told],
        },
    )


def _heartbeat(settings: Settings) -> None:
    try:
        webhook.request(settings.heartbeat_url)
    except (OSError, ValueError) as error:
        place = webhook.place(settings.heartbeat_url)
        log.warning("newswatch: the heartbeat to %s failed: %s", place, error)


# --- the book -------------------------------------------------------------------------------------


@contextmanager
def _book(settings: Settings) -> Iterator[Connection | None]:
    """Alone with the book: on this machine, and where the database can be reached, which is then
    given, on all. Raises `ShardBusy` if another look takes very long."""
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    with (settings.state_dir / LOCK).open("ab") as lock, ExitStack() as stack:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            connection = stack.enter_context(looking(settings))
            stack.enter_context(claimed(connection, "watchdog", 0))
        except ShardBusy:
            raise
        except (NewswatchError, psycopg.Error):
            yield None
        else:
            yield connection


def _read(settings: Settings, connection: Connection | None, now: datetime) -> tuple[Alert, ...]:
    books = [_from_file(settings)]
    if connection is not None:
        books.append(stored.known(connection, now - REMEMBERED))
    return decide.merged(books)


def _keep(
    settings: Settings, connection: Connection | None, alerts: Sequence[Alert], now: datetime
) -> None:
    kept = [alert for alert in alerts if (alert.ended_at or now) >= now - REMEMBERED]
    _to_file(settings, kept)
    if connection is not None:
        with connection.transaction():
            stored.save(connection, kept)


def _from_file(settings: Settings) -> Sequence[Alert]:
    """What the file says; nothing of one that is not there or was damaged."""
    path = settings.state_dir / BOOK
    try:
        return [_from_json(row) for row in json.loads(path.read_text())]
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.error("newswatch: %s cannot be read, and is begun anew: %s", path, error)
        return ()


def _to_file(settings: Settings, alerts: Sequence[Alert]) -> None:
    path = settings.state_dir / BOOK
    half = path.with_suffix(".new")
    try:
        half.write_text(json.dumps([_as_json(alert) for alert in alerts], indent=1))
        half.replace(path)
    except OSError as error:  # a full disk is what is being told of
        log.error("newswatch: %s cannot be written: %s", path, error)


def _as_json(alert: Alert) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(alert).items()}


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case frozenset():
            return sorted(value)
        case _:
            return value


def _from_json(row: Mapping[str, Any]) -> Alert:
    values = {field.name: row[field.name] for field in fields(Alert)}
    for name in ("began_at", "seen_at", "ended_at"):
        if values[name] is not None:
            values[name] = datetime.fromisoformat(values[name])
    for name in ("told", "told_over"):
        values[name] = frozenset(values[name])
    return Alert(**values)


def _log_changes(before: Sequence[Alert], after: Sequence[Alert]) -> None:
    was_open = {decide.key_of(alert) for alert in before if decide.is_open(alert)}
    for alert in after:
        if decide.is_open(alert) and decide.key_of(alert) not in was_open:
            log.error("newswatch: %s: %s", alert.severity, shown(alert.what))
        elif alert.ended_at is not None and decide.key_of(alert) in was_open:
            log.warning("newswatch: over: %s", shown(alert.what))
