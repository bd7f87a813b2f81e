"""Is an article a copy, of which earlier document, and why. Pure: candidates in, decision out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newswatch.dedupe.compare import SHORT, Comparison, compare, sentence
from newswatch.dedupe.fingerprint import Fingerprint
from newswatch.models import DuplicateKind

SAME_TITLE_WITHIN = timedelta(hours=36)
TITLE_WORDS = 5  # "Morning briefing" and "Live updates" are no headlines to go by
SHORT_WORDS = 12  # a shorter text must come with the same headline to count as the same


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A seed or an article, as decisions see it. The lower `document_id` is the earlier."""

    document_id: int
    fingerprint: Fingerprint
    outlet: str
    title: str
    seen_at: datetime | None
    is_seed: bool = False
    original_id: int | None = None  # the document that it is itself a copy of


@dataclass(frozen=True, slots=True)
class Decision:
    """`kind` None: an original. `of` is the original's document id, `via` the one compared with."""

    kind: DuplicateKind | None
    of: int | None
    via: int | None
    coverage: float
    coverage_of_original: float
    jaccard: float
    reason: str
    contains: tuple[tuple[int, float], ...] = ()


def decide(new: Document, candidates: Sequence[Document]) -> Decision:
    """Compare with every earlier candidate; the strongest copy wins, of equals the earliest."""
    earlier = sorted(
        (other for other in candidates if other.document_id < new.document_id),
        key=lambda other: other.document_id,
    )
    compared = [(other, compare(other.fingerprint, new.fingerprint)) for other in earlier]
    copies = [
        (kind, other, comparison)
        for other, comparison in compared
        if (kind := _kind(other, new, comparison)) is not None
    ]
    contains = tuple(
        (other.document_id, round(comparison.coverage_a, 4))
        for other, comparison in compared
        if comparison.relation == "contains"
    )
    if not copies:
        return Decision(None, None, None, 0.0, 0.0, 0.0, _original(compared), contains)
    kind, other, comparison = min(copies, key=lambda found: _rank(*found))
    return Decision(
        kind,
        other.original_id or other.document_id,
        other.document_id,
        round(comparison.coverage_b, 4),
        round(comparison.coverage_a, 4),
        round(comparison.jaccard, 4),
        _reason(kind, other, new, comparison),
        contains,
    )


def _kind(a: Document, b: Document, comparison: Comparison) -> DuplicateKind | None:
    if a.fingerprint.words == 0 or b.fingerprint.words == 0:
        return _kind_by_title(a, b)
    match comparison.relation:
        case "exact":
            enough = b.fingerprint.words >= SHORT_WORDS or _same_title(a, b)
            return "exact" if enough else None
        case "near" | "contained":
            return comparison.relation
        case _:
            short = min(len(a.fingerprint.grams), len(b.fingerprint.grams)) < SHORT
            return _kind_by_title(a, b) if short and a.outlet == b.outlet else None


def _kind_by_title(a: Document, b: Document) -> DuplicateKind | None:
    """Headline-only items: equal headlines on one day are the same report; a headline without its
    text is contained in the full article. A full text is never a copy of a headline."""
    if not _same_title(a, b) or b.fingerprint.words > a.fingerprint.words:
        return None
    if a.fingerprint.words and a.outlet != b.outlet:
        return None
    return "contained" if a.fingerprint.words > b.fingerprint.words else "exact"


def _same_title(a: Document, b: Document) -> bool:
    return (
        a.fingerprint.title_hash != 0
        and a.fingerprint.title_hash == b.fingerprint.title_hash
        and len(b.title.split()) >= TITLE_WORDS
        and (
            a.seen_at is None
            or b.seen_at is None
            or abs(b.seen_at - a.seen_at) <= SAME_TITLE_WITHIN
        )
    )


def _rank(kind: DuplicateKind, other: Document, comparison: Comparison) -> tuple[int, float, int]:
    return (kind != "exact", -round(comparison.coverage_b, 2), other.document_id)


def _reason(kind: DuplicateKind, a: Document, b: Document, comparison: Comparison) -> str:
    name = _name(a)
    lag = ""
    if a.seen_at and b.seen_at and not a.is_seed:
        minutes = round((b.seen_at - a.seen_at).total_seconds() / 60)
        lag = f" Seen {minutes} minutes later." if minutes else " Seen in the same poll."
    if comparison.shares_text:
        return sentence(comparison, name) + lag
    said = "the full article" if kind == "contained" else "a report"
    return f"The same headline as {said} of {name}.{lag}"


def _original(compared: Sequence[tuple[Document, Comparison]]) -> str:
    telling = [
        (other, comparison)
        for other, comparison in compared
        if comparison.relation in ("contains", "template", "related")
    ]
    if not telling:
        return ""
    other, comparison = max(telling, key=lambda found: found[1].coverage_a)
    return sentence(comparison, _name(other))


def _name(document: Document) -> str:
    return f"the seed {document.title}" if document.is_seed else document.outlet
