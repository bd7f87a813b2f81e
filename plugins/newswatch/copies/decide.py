"""Is an article a copy, of which earlier document, and why. Pure: candidates in, decision out."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from newswatch.copies.compare import SHORT, Comparison, compare, sentence
from newswatch.copies.fingerprint import Fingerprint, Hashes
from newswatch.models import DocumentId, DuplicateKind
from newswatch.text.words import figures_of, words_of

SAME_TITLE_WITHIN = timedelta(hours=36)
TITLE_WORDS = 5  # "Morning briefing" and "Live updates" are no headlines to go by
LONG_TITLE_WORDS = 8  # two outlets do not hit on so many words by chance
SHORT_WORDS = 12  # a shorter text must come with the same headline to count as the same


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A seed or an article, as decisions see it. The lower `document_id` is the earlier.

    A later wording of an article is a document of its own.
    """

    document_id: DocumentId
    fingerprint: Fingerprint
    outlet: str
    title: str
    seen_at: datetime | None
    is_seed: bool = False
    original_id: DocumentId | None = None  # the document that it is itself a copy of
    first_id: DocumentId | None = None  # of a later wording: its article's first document


@dataclass(frozen=True, slots=True)
class Contained:
    """An earlier document that stands in a longer, newer one; `coverage` is of that document,
    `coverage_of_longer` of the newer one."""

    document_id: DocumentId
    coverage: float
    coverage_of_longer: float
    jaccard: float
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """`kind` None: an original. `original_id` is a document id.

    `compared_id` is of the document that coverages and reason are about. An original has it too if
    it shares passages with an earlier document.
    """

    kind: DuplicateKind | None
    original_id: DocumentId | None
    compared_id: DocumentId | None
    coverage: float
    coverage_of_original: float
    jaccard: float
    reason: str
    contains: tuple[Contained, ...] = ()


def decide(
    new: Document, candidates: Sequence[Document], standing: Hashes | None = None
) -> Decision:
    """Compare with every earlier candidate; the strongest copy wins, of equals the earliest.

    `standing` are the grams of the text that the new document's outlet puts under every article;
    between its own articles they do not count.
    """
    earlier = sorted(
        (other for other in candidates if other.document_id < new.document_id),
        key=lambda other: other.document_id,
    )
    compared = [(other, _compared(other, new, standing)) for other in earlier]
    copies = [
        (kind, other, comparison)
        for other, comparison in compared
        if (kind := _kind(other, new, comparison)) is not None and _counts(kind, other, earlier)
    ]
    contains = tuple(
        Contained(
            other.document_id,
            round(comparison.coverage_a, 4),
            round(comparison.coverage_b, 4),
            round(comparison.jaccard, 4),
            sentence(comparison, _name(other)),
        )
        for other, comparison in compared
        if comparison.relation == "contains"
    )
    if copies:
        kind, other, comparison = min(copies, key=lambda found: _rank(*found))
        original_id = _original_of(other, compared, {copied.document_id for _, copied, _ in copies})
        reason = _reason(kind, other, new, comparison)
    elif telling := [pair for pair in compared if pair[1].relation != "none"]:
        other, comparison = max(telling, key=lambda pair: pair[1].coverage_a)
        kind, original_id, reason = None, None, _why_no_copy(other, new, comparison)
    else:
        only = f"Shares only what {new.outlet} puts under its articles."
        return Decision(None, None, None, 0.0, 0.0, 0.0, "" if standing is None else only)
    if _leaves_out(other, new, standing) and comparison.relation != "exact":
        reason += f" What {new.outlet} puts under its articles does not count."
    return Decision(
        kind,
        original_id,
        other.document_id,
        round(comparison.coverage_b, 4),
        round(comparison.coverage_a, 4),
        round(comparison.jaccard, 4),
        reason,
        contains,
    )


def _counts(kind: DuplicateKind, other: Document, earlier: Sequence[Document]) -> bool:
    """A headline gets its text once: the next one under it is another article.

    A later wording of a copy counts as long as it is still a copy of the same original. After that
    it may be news, which nobody has looked for topics in.
    """
    if kind == "revision":
        return not any(
            before.original_id == other.document_id
            and _same_outlet(other, before)
            and not _lacks_text(before)
            for before in earlier
        )
    if other.first_id is None or other.original_id == other.first_id:
        return True
    return any(
        _kind(original, other, compare(original.fingerprint, other.fingerprint)) is not None
        for original in earlier
        if original.document_id == other.original_id
    )


def _compared(other: Document, new: Document, standing: Hashes | None) -> Comparison:
    whole = compare(other.fingerprint, new.fingerprint)
    if standing is None or whole.relation == "exact" or not _leaves_out(other, new, standing):
        return whole
    return compare(other.fingerprint.without(standing), new.fingerprint.without(standing))


def _leaves_out(other: Document, new: Document, standing: Hashes | None) -> bool:
    return standing is not None and not other.is_seed and _same_outlet(other, new)


def _original_of(
    matched: Document,
    compared: Sequence[tuple[Document, Comparison]],
    copied: AbstractSet[int],
) -> DocumentId:
    """What the matched document copies, if the new one shares text or headline with that as well,
    or if the matched one is its text.

    It does not where the match is a digest: then the new document is a copy of the digest only.
    """
    for other, comparison in compared:
        if other.document_id == matched.original_id and (
            comparison.relation != "none"
            or other.document_id in copied
            or _brings_text(other, matched)
        ):
            return other.document_id
    return matched.document_id


def _kind(a: Document, b: Document, comparison: Comparison) -> DuplicateKind | None:
    if a.fingerprint.words == 0 or b.fingerprint.words == 0:
        return _kind_by_title(a, b)
    short = len(b.fingerprint.grams) < SHORT
    match comparison.relation:
        case "exact" if not short:
            return "exact"
        case "exact" | "near" | "contained":
            few = short and not _says_enough(a, b)
            return None if few or _is_update(a, b) else comparison.relation
        case _:
            return _kind_by_title(a, b) if short or _lacks_text(a) else None


def _says_enough(a: Document, b: Document) -> bool:
    """A few words may be what an outlet puts under all it announces, or into every article."""
    if _same_title(a, b):
        return True
    if a.fingerprint.title_hash == b.fingerprint.title_hash == 0:
        return True
    return b.fingerprint.words >= SHORT_WORDS and not _same_outlet(a, b)


def _same_outlet(a: Document, b: Document) -> bool:
    return a.outlet == b.outlet != ""


def _kind_by_title(a: Document, b: Document) -> DuplicateKind | None:
    """Headline-only items: equal headlines on one day are the same report; a headline without its
    text, or with a summary, is contained in the full article. A longer text copies the headline of
    no other outlet; that of its own is the same article, which gets its text by it."""
    if not _same_title(a, b):
        return None
    if b.fingerprint.words > a.fingerprint.words:
        is_its_own = a.original_id is None and _brings_text(a, b)
        return "revision" if is_its_own else None
    if b.fingerprint.words == 0:
        return "contained" if a.fingerprint.words else "exact"
    if not _same_outlet(a, b) and _length(b.title) < LONG_TITLE_WORDS:
        return None
    return "contained" if len(a.fingerprint.grams) >= SHORT else "near"


def _brings_text(a: Document, b: Document) -> bool:
    """Is b, of the same outlet, more than the headline or summary that is all there is of a?"""
    return _same_outlet(a, b) and _lacks_text(a) and a.fingerprint.words < b.fingerprint.words


def _lacks_text(document: Document) -> bool:
    """It is a headline, or one with a summary, as a feed announces what it does not give."""
    return not document.is_seed and len(document.fingerprint.grams) < SHORT


def _is_update(a: Document, b: Document) -> bool:
    """The toll rose from 3 to 5: the same words under a headline with other figures are news.

    A seed has a name and no headline.
    """
    if a.is_seed:
        return False
    title_a, title_b = set(words_of(a.title)), set(words_of(b.title))
    figures_a, figures_b = figures_of(title_a), figures_of(title_b)
    if not figures_a or not figures_b or figures_a & figures_b:
        return False
    shared, fewer = len(title_a & title_b), min(len(title_a), len(title_b))
    return _same_outlet(a, b) or 2 * shared >= fewer


def _length(title: str) -> float:
    """In words; a character of a script without spaces counts half."""
    return sum(1.0 if len(word) > 1 else 0.5 for word in words_of(title))


def _same_title(a: Document, b: Document) -> bool:
    return (
        a.fingerprint.title_hash != 0
        and a.fingerprint.title_hash == b.fingerprint.title_hash
        and _length(b.title) >= TITLE_WORDS
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
    lag = _lag(a, b)
    if comparison.relation in ("exact", "near", "contained"):
        return sentence(comparison, name) + lag
    if kind == "revision":
        return f"The text of what {name} announced by this headline.{lag}"
    said = "the full article" if kind == "contained" else "a report"
    return f"The same headline as {said} of {name}.{lag}"


def _lag(a: Document, b: Document) -> str:
    """“Earlier” of a copy that was seen first, but whose page came after its original's."""
    if a.is_seed or a.seen_at is None or b.seen_at is None:
        return ""
    minutes = round((b.seen_at - a.seen_at).total_seconds() / 60)
    if minutes == 0:
        return " Seen in the same poll."
    unit = "minute" if abs(minutes) == 1 else "minutes"
    return f" Seen {abs(minutes)} {unit} {'later' if minutes > 0 else 'earlier'}."


def _why_no_copy(a: Document, b: Document, comparison: Comparison) -> str:
    name = _name(a)
    if _is_update(a, b) and comparison.relation in ("exact", "near", "contained"):
        return f"Most of it stands in {name}, under a headline with other figures."
    if comparison.relation == "exact":
        return f"The same few words as {name}: too few to tell a copy."
    if comparison.relation == "contained":
        return f"Its few words stand in {name}: too few to tell a copy."
    return sentence(comparison, name)


def _name(document: Document) -> str:
    if document.is_seed:
        return f"the seed {document.title}"
    return document.outlet if document.first_id is None else f"a later wording of {document.outlet}"
