"""Is an article a copy, of which earlier document, and why. Pure: candidates in, decision out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from newswatch.copies.compare import Comparison, compare, sentence
from newswatch.copies.decision import Contained, Decision
from newswatch.copies.document import Document
from newswatch.copies.fingerprint import Hashes
from newswatch.copies.headlines import brings_text, is_teaser, kind_by_title, same_title
from newswatch.copies.judge import Ruling, judge, judge_by_grams
from newswatch.copies.parts import is_part_of_digest
from newswatch.copies.reasons import reason_of_copy, reason_of_original
from newswatch.models import DocumentId, DuplicateKind, OriginalRelation

_REPEATS = ("exact", "near", "contained")


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A candidate that the new document may copy, and what it is if it tells nothing new."""

    kind: DuplicateKind
    document: Document
    comparison: Comparison

    @property
    def rank(self) -> tuple[bool, float, int]:
        """The closest first, of equals the earliest."""
        is_exact = self.kind == "exact"
        return (not is_exact, -round(self.comparison.coverage_b, 2), self.document.document_id)


def wants_text(new: Document, candidates: Sequence[Document]) -> list[DocumentId]:
    """Of which candidates a decision needs the wording: those that share most of their text, or a
    headline over little text."""
    return [
        other.document_id
        for other in candidates
        if other.document_id < new.document_id
        and (
            compare(other.fingerprint, new.fingerprint).shares_text
            or (
                other.fingerprint.title_hash == new.fingerprint.title_hash != 0
                and (other.lacks_text or new.lacks_text)
            )
        )
    ]


def decide(
    new: Document, candidates: Sequence[Document], standing: Hashes | None = None
) -> Decision:
    """Compare with every earlier candidate; the closest that tells all that the new one tells is
    copied, of equals the earliest.

    `standing` are the grams of the text that the new document's outlet puts under every article;
    between its own articles they do not count.
    """
    earlier = sorted(
        (other for other in candidates if other.document_id < new.document_id),
        key=lambda other: other.document_id,
    )
    compared = [(other, _compared(other, new, standing)) for other in earlier]
    found = [
        candidate
        for other, comparison in compared
        for candidate in _candidates(other, new, comparison)
        if _is_valid(candidate, earlier)
    ]
    contains = tuple(_contained(compared))
    copied = {candidate.document.document_id for candidate in found}
    judged: list[tuple[_Found, Ruling]] = []
    found.sort(key=lambda candidate: candidate.rank)
    for candidate in found[: new.fingerprint.rules.most_judged]:
        ruling = _judged(candidate, new)
        original = _original_of(candidate.document, compared, copied)
        if ruling.verdict == "copy" and original.document_id not in (
            candidate.document.document_id,
            candidate.document.first_id,  # an article's newer wording is no copy of its first
        ):
            against = _judged_against(original, candidate, new, compared)
            if against.verdict != "part" or candidate.comparison.relation != "exact":
                ruling = against  # the same words as those of a copy are no part on their own
        if ruling.verdict == "copy":
            return _copy(candidate, original, ruling, new, standing, contains)
        judged.append((candidate, ruling))
    return _original(judged, compared, new, standing, contains)


def _candidates(other: Document, new: Document, comparison: Comparison) -> Iterator[_Found]:
    kind = _kind(other, new, comparison)
    if kind is not None:
        yield _Found(kind, other, comparison)
    elif comparison.relation == "contains":
        yield _Found("revision" if is_teaser(other, new) else "near", other, comparison)


def _copy(
    found: _Found,
    original: Document,
    ruling: Ruling,
    new: Document,
    standing: Hashes | None,
    contains: tuple[Contained, ...],
) -> Decision:
    comparison = found.comparison
    reason = reason_of_copy(found.kind, found.document, new, comparison)
    return Decision(
        found.kind,
        original.document_id,
        found.document.document_id,
        round(comparison.coverage_b, 4),
        round(comparison.coverage_a, 4),
        round(comparison.jaccard, 4),
        reason + _left_out(found.document, new, comparison, standing),
        tuple(held for held in contains if held.document_id != found.document.document_id),
        added=ruling.difference.added,
    )


def _original(
    judged: Sequence[tuple[_Found, Ruling]],
    compared: Sequence[tuple[Document, Comparison]],
    new: Document,
    standing: Hashes | None,
    contains: tuple[Contained, ...],
) -> Decision:
    telling = [pair for pair in compared if pair[1].relation != "none"]
    ruling: Ruling | None = None
    if judged:
        found, ruling = judged[0]
        other, comparison = found.document, found.comparison
    elif telling:
        other, comparison = max(telling, key=lambda pair: pair[1].coverage_a)
    else:
        only = f"Shares only what {new.outlet} puts under its articles."
        reason = "Shares no passage with earlier text." if standing is None else only
        return Decision(None, None, None, 0.0, 0.0, 0.0, reason)
    relation = _relation(comparison, ruling)
    most = max(comparison.coverage_a, comparison.coverage_b)
    return Decision(
        None,
        None,
        other.document_id,
        round(comparison.coverage_b, 4),
        round(comparison.coverage_a, 4),
        round(comparison.jaccard, 4),
        reason_of_original(other, new, comparison, ruling)
        + _left_out(other, new, comparison, standing),
        contains,
        relation=relation,
        added=ruling.difference.added if ruling else (),
        changes=ruling.difference.changes if ruling else (),
        others=tuple(
            found.document.document_id
            for found, ruling in judged
            if ruling.verdict == "template" and ruling.difference.headline
        ),
        is_made_from_compared=relation == "update" and most >= new.fingerprint.rules.copy,
    )


def _relation(comparison: Comparison, ruling: Ruling | None) -> OriginalRelation:
    if comparison.relation in ("contains", "template"):
        return comparison.relation
    if ruling is None or ruling.verdict == "copy":
        return "related"
    return ruling.verdict


def _left_out(
    other: Document, new: Document, comparison: Comparison, standing: Hashes | None
) -> str:
    if _leaves_out(other, new, standing) and comparison.relation != "exact":
        return f" What {new.outlet} puts under its articles does not count."
    return ""


def _contained(compared: Sequence[tuple[Document, Comparison]]) -> Iterator[Contained]:
    for other, comparison in compared:
        if comparison.relation == "contains":
            yield Contained(
                other.document_id,
                round(comparison.coverage_a, 4),
                round(comparison.coverage_b, 4),
                round(comparison.jaccard, 4),
                sentence(comparison, other.name),
            )


def _judged(found: _Found, new: Document) -> Ruling:
    """What the new document tells beyond a candidate."""
    other, relation = found.document, found.comparison.relation
    if found.kind == "revision" or relation not in (*_REPEATS, "contains"):
        return Ruling("copy")
    if new.wording is None:
        return Ruling("copy")
    rules = new.fingerprint.rules
    if other.wording is None:
        return judge_by_grams(other.fingerprint, new.wording, rules)
    is_part = relation == "contained" or (
        relation == "near" and found.comparison.coverage_b >= rules.whole
    )
    if is_part and is_part_of_digest(other, new):
        return Ruling("part", reason="which reports on other things as well: a digest")
    return judge(other.wording, new.wording, rules)


def _judged_against(
    original: Document,
    found: _Found,
    new: Document,
    compared: Sequence[tuple[Document, Comparison]],
) -> Ruling:
    """The same of what the candidate itself copies, where the new one shares text with that."""
    for other, comparison in compared:
        if other is original:
            return _judged(replace(found, document=other, comparison=comparison), new)
    return _judged(found, new)


def _is_valid(found: _Found, earlier: Sequence[Document]) -> bool:
    """A headline gets its text once: the next one under it is another article.

    A later wording of a copy counts as long as it is still a copy of the same original. After that
    it may be news, which nobody has looked for topics in.
    """
    other = found.document
    if found.kind == "revision":
        return not any(
            before.original_id == other.document_id
            and other.shares_outlet(before)
            and not before.lacks_text
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
    return standing is not None and not other.is_seed and other.shares_outlet(new)


def _original_of(
    matched: Document,
    compared: Sequence[tuple[Document, Comparison]],
    copied: AbstractSet[DocumentId],
) -> Document:
    """What the matched document copies, if the new one shares text or headline with that as well,
    or if the matched one is its text.

    It does not where the match is a digest: then the new document is a copy of the digest only.
    """
    for other, comparison in compared:
        if other.document_id == matched.original_id and (
            comparison.relation != "none"
            or other.document_id in copied
            or brings_text(other, matched)
        ):
            return other
    return matched


def _kind(a: Document, b: Document, comparison: Comparison) -> DuplicateKind | None:
    """What b is to a by the words that they share, whatever else it tells."""
    if a.fingerprint.words == 0 or b.fingerprint.words == 0:
        return kind_by_title(a, b)
    short = len(b.fingerprint.grams) < b.fingerprint.rules.short
    match comparison.relation:
        case "exact" if not short:
            return "exact"
        case "exact" | "near" | "contained":
            return None if short and not _says_enough(a, b) else comparison.relation
        case _:
            return kind_by_title(a, b) if short or a.lacks_text else None


def _says_enough(a: Document, b: Document) -> bool:
    """A few words may be what an outlet puts under all it announces, or into every article."""
    if same_title(a, b):
        return True
    if a.fingerprint.title_hash == b.fingerprint.title_hash == 0:
        return True
    return b.fingerprint.words >= b.fingerprint.rules.short_words and not a.shares_outlet(b)
