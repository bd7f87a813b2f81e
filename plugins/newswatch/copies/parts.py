"""Texts that report on several things, and the report of one of them."""

from __future__ import annotations

from newswatch.copies.document import Document
from newswatch.copies.house_text import house_sentences


def is_part_of_digest(a: Document, b: Document) -> bool:
    """Whether b, which stands in the earlier a, reports on one thing of several there.

    So it is if b and the rest of a have hardly any telling words in common: the report of one thing
    has them throughout. What a short rest has may not stand in b's headline: a text that lost its
    lead keeps the headline of that. What a begins with may be one report without its end, so it
    must leave a long rest, and stand under another headline. All that a seed says counts as known.
    """
    if a.is_seed or a.wording is None or b.wording is None:
        return False
    if not (a.wording.sentences and b.wording.sentences):
        return False
    rules = b.fingerprint.rules
    begins_it = a.wording.sentences[0].words == b.wording.sentences[0].words
    title = b.wording.headline.content
    if begins_it and 2 * len(title & a.wording.headline.content) >= len(title):
        return False
    part = {sentence.words for sentence in b.wording.sentences}
    rest = [sentence for sentence in a.wording.sentences if sentence.words not in part]
    house = house_sentences([sentence.text for sentence in rest])
    rest = [sentence for number, sentence in enumerate(rest) if number not in house]
    share = sum(len(sentence.words) for sentence in rest) / max(1, b.fingerprint.words)
    elsewhere = {unit for sentence in (*rest, a.wording.headline) for unit in sentence.units}
    if share < rules.digest_short_rest:
        return False
    if share < rules.digest_rest and (begins_it or not title or title & elsewhere):
        return False
    content = {unit for sentence in b.wording.sentences for unit in sentence.content}
    others = {unit for sentence in rest for unit in sentence.content}
    shared = content & {unit for sentence in rest for unit in sentence.units}
    return len(shared) <= rules.digest_bond * min(len(content), len(others))
