"""From findings to what people are told: once when it begins, once when it is over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newswatch.models.health import Alert, Finding, Severity

Key = tuple[str, str]
_RANK: dict[Severity, int] = {"notice": 0, "warning": 1, "critical": 2}
# What heals by itself within this is not told: a supervisor starts its processes again.
HOLD = {"database-away": timedelta(seconds=90), "component-ill": timedelta(seconds=90)}
CALM = timedelta(minutes=5)  # without it before it is over; it may come and go


@dataclass(frozen=True, slots=True)
class Telling:
    """One message for one channel: alerts of one check that begin, or are over."""

    channel: str
    alerts: tuple[Alert, ...]
    over: bool


def key_of(item: Finding | Alert) -> Key:
    return item.check, item.subject


def merged(books: Iterable[Collection[Alert]]) -> tuple[Alert, ...]:
    """What several books know together, each alert once: of each check and subject the one that
    began last, with all that any of them was told."""
    found: dict[Key, Alert] = {}
    for alert in (alert for book in books for alert in book):
        known = found.get(key_of(alert))
        if known is None or known.began_at < alert.began_at:
            found[key_of(alert)] = alert
        elif known.began_at == alert.began_at:
            newest = max(known, alert, key=lambda either: either.seen_at)
            top = max(known.told_severity, alert.told_severity, key=_RANK.__getitem__)
            told = frozenset().union(
                *(either.told for either in (known, alert) if either.told_severity == top)
            )
            found[key_of(alert)] = replace(
                newest,
                told=told,
                told_severity=top,
                ended_at=newest.ended_at or known.ended_at or alert.ended_at,
                told_over=known.told_over | alert.told_over,
            )
    return tuple(found.values())


def updated(
    alerts: Sequence[Alert],
    findings: Sequence[Finding],
    now: datetime,
    is_unknown: Callable[[str], bool],
) -> tuple[Alert, ...]:
    """The alerts after a look: new ones for new findings; over is what was not seen for `CALM`.

    Findings come the most severe first: of two with the same subject that one counts. What could
    not be looked at stays as it is. An alert that is over begins anew if it comes again.
    """
    known: Mapping[Key, Alert] = {key_of(alert): alert for alert in alerts}
    seen = {key_of(finding): finding for finding in reversed(findings)}
    after = [_seen(known.get(key), finding, now) for key, finding in seen.items()]
    for key, alert in known.items():
        if key in seen:
            continue
        if alert.ended_at is None and not is_unknown(alert.check) and now - alert.seen_at >= CALM:
            alert = replace(alert, ended_at=alert.seen_at)
        after.append(alert)
    return tuple(after)


def tellings(
    alerts: Sequence[Alert], channels: Collection[str], now: datetime
) -> tuple[Telling, ...]:
    """What is to be said now: alerts of one check in one message to each channel."""
    begun: dict[Key, list[Alert]] = {}
    over: dict[Key, list[Alert]] = {}
    for alert in alerts:
        for channel in sorted(channels):
            if _begins_for(alert, channel, now):
                begun.setdefault((channel, alert.check), []).append(alert)
            if _is_over_for(alert, channel):
                over.setdefault((channel, alert.check), []).append(alert)
    return tuple(
        Telling(channel, tuple(found), is_over)
        for is_over, messages in ((False, begun), (True, over))
        for (channel, _), found in messages.items()
    )


def with_told(alerts: Sequence[Alert], telling: Telling) -> tuple[Alert, ...]:
    """The alerts once a channel has taken the message."""
    told = set(map(key_of, telling.alerts))
    return tuple(_with_told(alert, telling) if key_of(alert) in told else alert for alert in alerts)


def is_open(alert: Alert) -> bool:
    """Whether people should know of it: it is not over, and no mere notice."""
    return alert.ended_at is None and alert.severity != "notice"


def is_done(alert: Alert, channels: Collection[str]) -> bool:
    """Whether nothing is left to be told of it."""
    return alert.ended_at is not None and not any(
        _is_over_for(alert, channel) for channel in channels
    )


def _seen(known: Alert | None, finding: Finding, now: datetime) -> Alert:
    if known is None or known.ended_at is not None:
        return Alert(finding.check, finding.subject, finding.severity, finding.what, now, now)
    return replace(known, severity=finding.severity, what=finding.what, seen_at=now)


def _begins_for(alert: Alert, channel: str, now: datetime) -> bool:
    if not is_open(alert) or now - alert.began_at < HOLD.get(alert.check, timedelta()):
        return False
    if alert.seen_at != now:  # it may be over in a moment
        return False
    graver = _RANK[alert.severity] > _RANK[alert.told_severity]
    return graver or channel not in alert.told


def _is_over_for(alert: Alert, channel: str) -> bool:
    return alert.ended_at is not None and channel in alert.told - alert.told_over


def _with_told(alert: Alert, telling: Telling) -> Alert:
    if telling.over:
        return replace(alert, told_over=alert.told_over | {telling.channel})
    if _RANK[alert.severity] > _RANK[alert.told_severity]:
        return replace(alert, told=frozenset({telling.channel}), told_severity=alert.severity)
    return replace(alert, told=alert.told | {telling.channel})
