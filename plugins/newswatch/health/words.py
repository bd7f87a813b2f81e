"""How people are told: durations, sizes, and the messages of alerts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from newswatch.models.health import Alert, Finding

SHOWN = 20  # alerts of one message that are written out
RUNBOOK = "docs/runbook.md"


def age(duration: timedelta) -> str:
    """A duration as one says it: 52 minutes, 7 hours, 3 days."""
    seconds = max(0.0, duration.total_seconds())
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= (2 if unit != "minute" else 1) * length:
            number = int(seconds // length)
            return f"{number} {unit}{'s' * (number != 1)}"
    return f"{seconds:.0f} seconds"


def size(number: int) -> str:
    """Bytes in the unit that one says them in."""
    value = float(number)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.3g} {unit}"
        value /= 1000
    return f"{value:,.1f} TB"


def subject_of(alerts: Sequence[Alert], *, over: bool) -> str:
    """One line that says on a telephone what it is about. Of one check."""
    first = alerts[0]
    more = f" (and {len(alerts) - 1} more)" if len(alerts) > 1 else ""
    kind = "over" if over else first.severity
    return f"[newswatch {kind}] {first.what}{more}".replace("\n", " ")[:200]


def text_of(
    alerts: Sequence[Alert],
    open_alerts: Sequence[Alert],
    *,
    over: bool,
    host: str,
    runbook: str = RUNBOOK,
) -> str:
    """The message on alerts of one check: what, since when, what to do, and what else is open."""
    check = alerts[0].check
    lines = [_line(alert, over=over) for alert in alerts[:SHOWN]]
    if len(alerts) > SHOWN:
        lines.append(f"... and {len(alerts) - SHOWN} more: newswatch health")
    if over:
        lines += ["", "This is over; nothing has to be done."]
    else:
        lines += ["", f"What to do: {runbook}, under `{check}`."]
        lines += ["No further message on this follows until it is over."]
    others = [alert for alert in open_alerts if alert not in alerts]
    lines += ["", "Also wrong at the moment:" if others else "Nothing else is wrong."]
    lines += [_line(alert, over=False) for alert in others[:SHOWN]]
    lines += ["", f"newswatch on {host}"]
    return "\n".join(lines) + "\n"


def lines_of(findings: Sequence[Finding]) -> list[str]:
    """For the terminal, one line a finding."""
    return [f"{finding.severity:8} {finding.check:20} {finding.what}" for finding in findings]


def _line(alert: Alert, *, over: bool) -> str:
    since = f"since {_moment(alert.began_at)}"
    if over and alert.ended_at is not None:
        since = f"from {_moment(alert.began_at)} to {_moment(alert.ended_at)}"
    return f"* {alert.what} ({since})"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
