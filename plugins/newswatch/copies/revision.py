"""What a newer wording of an article kept of the earlier one: the measures, and a sentence."""

from __future__ import annotations

import numpy as np

from newswatch.copies.compare import Comparison, compare, passages
from newswatch.copies.fingerprint import Fingerprint
from newswatch.models import RevisionMeasures

REPLACED = 0.10  # of either text's grams; so few are common phrases


def measure(earlier: str, newer: str, a: Fingerprint, b: Fingerprint) -> RevisionMeasures:
    """How two wordings of one article differ; a and b are their fingerprints.

    The sentence is told of the earlier one, beside which it is kept: "this wording".
    """
    found = compare(a, b)
    return RevisionMeasures(
        coverage=round(found.coverage_b, 4),
        coverage_of_earlier=round(found.coverage_a, 4),
        jaccard=round(found.jaccard, 4),
        passages=passages(earlier, newer),
        reason=_reason(a, b, found),
        algorithm_version=b.rules.version,
    )


def _reason(a: Fingerprint, b: Fingerprint, found: Comparison) -> str:
    new_headline = a.title_hash != b.title_hash
    if a.text_hash == b.text_hash:
        if not new_headline:
            return "The same words; only capitals, marks or paragraphs changed."
        return "The same text under another headline." if b.words else "Only the headline changed."
    return _change(a, b, found) + ("; the headline changed." if new_headline else ".")


def _change(a: Fingerprint, b: Fingerprint, found: Comparison) -> str:
    if not a.words:
        return f"The next wording brings the text, {_count(b.words)}; this one has none"
    if not b.words:
        return "The next wording has no text any more"
    kept, old = _stands_in(a, b), _stands_in(b, a)
    if kept and old:
        return "The next wording has the same passages in another order"
    if kept and b.words > a.words:
        return f"All of this wording stands in the next, which adds {_count(b.words - a.words)}"
    if old and a.words > b.words:
        return f"The next wording only leaves out {_count(a.words - b.words)} of this one"
    if found.coverage_a == found.coverage_b == 0:
        return "Nothing of this wording is left in the next"
    this, next_one = _percent(found.coverage_a), _percent(found.coverage_b)
    if max(found.coverage_a, found.coverage_b) < REPLACED:
        return f"Hardly anything of this wording is left in the next ({this})"
    return f"{next_one} of the next wording stands in this one, and {this} of this one in the next"


def _stands_in(a: Fingerprint, b: Fingerprint) -> bool:
    """Every word of a is in a passage of b, though others may stand between the passages."""
    shared = np.isin(a.grams, b.shingles)
    width = a.words - len(a.grams) + 1
    found = np.zeros(a.words, dtype=bool)
    for place in range(width):
        found[place : place + len(shared)] |= shared
    return bool(found.all())


def _percent(share: float) -> str:
    """Rounded, but 0 and 100 are for nothing and all."""
    return f"{100 * share if share in (0, 1) else min(99, max(1, round(100 * share))):.0f} %"


def _count(words: int) -> str:
    return f"{words:,} words" if words > 1 else "one word"
