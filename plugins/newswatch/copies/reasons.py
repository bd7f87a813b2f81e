"""Decisions on copies as sentences for people."""

from __future__ import annotations

from newswatch.copies.compare import Comparison, sentence
from newswatch.copies.document import Document
from newswatch.copies.judge import Ruling
from newswatch.models import DuplicateKind

_HOUR, _DAY = 60, 24 * 60  # minutes


def reason_of_copy(kind: DuplicateKind, a: Document, b: Document, comparison: Comparison) -> str:
    """Why b copies a."""
    lag = lag_between(a, b)
    if kind == "revision":
        return f"The text of what {a.name} announced by this headline.{lag}"
    if comparison.relation in ("exact", "near", "contained", "contains"):
        return sentence(comparison, a.name) + lag
    said = "the full article" if kind == "contained" else "a report"
    return f"The same headline as {said} of {a.name}.{lag}"


def reason_of_original(
    a: Document, b: Document, comparison: Comparison, ruling: Ruling | None
) -> str:
    """Why b is none of a, with which it shares most."""
    if ruling is not None and ruling.reason:
        return f"{sentence(comparison, a.name).rstrip('.')}, {ruling.reason}.{lag_between(a, b)}"
    if comparison.relation == "exact":
        return f"The same few words as {a.name}: too few to tell a copy."
    if comparison.relation == "contained":
        return f"Its few words stand in {a.name}: too few to tell a copy."
    return sentence(comparison, a.name)


def lag_between(a: Document, b: Document) -> str:
    """“Earlier” of a copy that was seen first, but whose page came after its original's."""
    if a.is_seed or a.seen_at is None or b.seen_at is None:
        return ""
    minutes = round((b.seen_at - a.seen_at).total_seconds() / 60)
    if minutes == 0:
        return " Seen in the same poll."
    return f" Seen {_duration(abs(minutes))} {'later' if minutes > 0 else 'earlier'}."


def _duration(minutes: int) -> str:
    if minutes < 2 * _HOUR:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    if minutes < 2 * _DAY:
        return f"{round(minutes / _HOUR)} hours"
    return f"{round(minutes / _DAY)} days"
