"""Whether a text that repeats another is its copy: whether it tells anything new, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from newswatch.copies.difference import NOTHING, Difference, difference
from newswatch.copies.fingerprint import Fingerprint, grams, salted, word_hashes
from newswatch.copies.house_text import house_sentences, is_correction
from newswatch.copies.rules import Rules
from newswatch.copies.wording import Wording
from newswatch.models import FactChange

QUOTED = 120  # characters of a sentence in a reason
_MOST = 3  # changes in a reason


@dataclass(frozen=True, slots=True)
class Ruling:
    """`reason` is a clause on the newer text: what it adds or changes, with the words."""

    verdict: Literal["copy", "update", "template", "part", "related"]
    difference: Difference = NOTHING
    reason: str = ""


def judge(a: Wording, b: Wording, rules: Rules) -> Ruling:
    """What b, the newer, is to a, with which it shares most of its words.

    A copy changes no fact, brings no news in its headline or lead, and adds little below. The same
    words about another place or person are a template, whichever is the newer; all else that tells
    more, or otherwise, is an update, or related if it has nothing of the earlier text's beginning.
    """
    found = difference(a, b, rules)
    ruling = _ruling(found, rules)
    if ruling.verdict == "update" and not found.keeps_beginning:
        return replace(ruling, verdict="related")
    return ruling


def _ruling(found: Difference, rules: Rules) -> Ruling:
    about = [
        change
        for change in found.changes
        if change.before and change.kind in ("place", "name") and change.place != "body"
    ]
    if about and not found.lead_is_new:
        return Ruling("template", found, f"but it is about {_listed(about)}")
    if found.changes:
        return Ruling("update", found, f"but it says {_listed(found.changes)}")
    if found.headline:
        return Ruling("update", found, f"but its headline tells of {_quoted(found.headline)}")
    if found.lead_is_new:
        return Ruling("update", found, f"but its lead is new: “{_short(found.added[0])}”")
    if correction := next(filter(is_correction, found.added), None):
        return Ruling("update", found, f"but it corrects: “{_short(correction)}”")
    if found.share >= rules.added:
        share = f"{100 * found.share:.0f} %"
        return Ruling("update", found, f"but {share} of it is new: “{_short(found.added[0])}”")
    return Ruling("copy", found)


def judge_by_grams(a: Fingerprint, b: Wording, rules: Rules) -> Ruling:
    """The same of a text of which only the fingerprint is known: what of b has no gram of it."""
    house = house_sentences([sentence.text for sentence in b.sentences])
    told = [sentence for number, sentence in enumerate(b.sentences) if number not in house]
    telling = [sentence for sentence in told if len(sentence.words) >= rules.substance]
    added = [
        sentence
        for sentence in telling
        if np.isin(salted(grams(word_hashes(sentence.words)), a.rules), a.shingles).mean()
        < 1 - rules.copy
    ]
    words = sum(len(sentence.words) for sentence in told)
    share = sum(len(sentence.words) for sentence in added) / max(1, words)
    leads = set(telling[:1]) <= set(added) or set(telling[1:3]) <= set(added)
    is_new = bool(added) and (leads or share >= rules.added)
    found = Difference(tuple(sentence.text for sentence in added), share, lead_is_new=leads)
    if not is_new:
        return Ruling("copy", found)
    return Ruling("update", found, f"but it adds “{_short(added[0].text)}”")


def _listed(changes: Sequence[FactChange]) -> str:
    told = [
        f"“{change.after or 'nothing'}” where that says “{change.before}”"
        if change.before
        else f"“{change.after}”, which that does not"
        for change in changes[:_MOST]
    ]
    return ", ".join(told)


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words[:_MOST])


def _short(sentence: str) -> str:
    if len(sentence) <= QUOTED:
        return sentence
    return sentence[:QUOTED].rpartition(" ")[0] + " …"
