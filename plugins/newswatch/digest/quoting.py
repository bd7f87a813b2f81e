"""The sentence that is quoted below a headline: it tells more than that, and the name is marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from newswatch.digest.edition import Evidence
from newswatch.models import FlaggedArticle, PlacedMention
from newswatch.text.excerpt import beginning, ending
from newswatch.text.scripts import word_pattern
from newswatch.text.words import words_of

BEFORE, AFTER = 150, 170  # characters around the name
SUMMARY = 260
TITLE = (1_000, 1_000)  # it was cut before
_CROWD = 4  # mentions in a sentence; more of them make it no better
_SAID = 0.8  # of a sentence's words in the headline: it tells nothing beside it
_WITHIN_A_NAME = re.compile(r"[\s.’'-]{0,2}")


def repeats(sentence: str, headline: str) -> bool:
    """Whether a sentence says nearly nothing that the headline does not, by its words."""
    said, told = set(words_of(sentence)), set(words_of(headline))
    return len(said & told) >= _SAID * len(said)


def evidence_of(article: FlaggedArticle, headline: str) -> Evidence | None:
    """The first sentence of the article that names the subject and is not its own headline, nor the
    one above the quote; else the first that supports the flag; else the outlet's summary."""
    for mention in _by_strength(article.mentions):
        if not repeats(mention.sentence, headline) and not repeats(mention.sentence, article.title):
            return marked(mention, article.mentions)
    summary = (article.summary or "").strip()
    if not summary or repeats(summary, headline) or repeats(summary, article.title):
        return None
    return Evidence(beginning(summary, SUMMARY, whole_sentences=True), "", "")


def named_in_title(article: FlaggedArticle, title: str) -> Evidence | None:
    """The headline with the name that it has marked; None where it has none."""
    mentions = [mention for mention in article.mentions if mention.field == "title"]
    named = sorted(mentions, key=lambda mention: mention.part != "subject")
    for mention in named:
        whole = replace(mention, sentence=title)
        if _place(whole) >= 0:
            return marked(whole, [replace(other, sentence=title) for other in mentions], TITLE)
    return None


def marked(
    mention: PlacedMention,
    others: Sequence[PlacedMention],
    lengths: tuple[int, int] = (BEFORE, AFTER),
) -> Evidence:
    """The sentence around the whole name that the mention is a part of; what is long is cut to
    these numbers of characters before and after it."""
    sentence = mention.sentence
    start = _place(mention)
    if start < 0:
        return Evidence(beginning(sentence, sum(lengths)), "", "")
    end = start + len(mention.matched)
    spans = sorted(
        (at, at + len(other.matched))
        for other in others
        if (other.field, other.sentence) == (mention.field, sentence) and (at := _place(other)) >= 0
    )
    for first, last in [*spans, *reversed(spans)]:  # neighbours on either side
        if sentence[first].islower():
            continue  # another word, not a part of the name
        if first >= end and _WITHIN_A_NAME.fullmatch(sentence, end, first):
            end = last
        elif last <= start and _WITHIN_A_NAME.fullmatch(sentence, last, start):
            start = first
    start, end = _whole_words(sentence, start, end)
    return Evidence(
        ending(sentence[:start], lengths[0]),
        sentence[start:end],
        beginning(sentence[end:], lengths[1]),
    )


def _by_strength(mentions: Sequence[PlacedMention]) -> list[PlacedMention]:
    """Those outside the headline: the subject's before others, in the sentences with most of them
    before others."""
    crowd = Counter((mention.field, mention.sentence) for mention in mentions)
    return sorted(
        (mention for mention in mentions if mention.field != "title"),
        key=lambda mention: (
            mention.part != "subject",
            -min(_CROWD, crowd[mention.field, mention.sentence]),
        ),
    )


def _place(mention: PlacedMention) -> int:
    """Where it stands in its sentence: of equal words those that the same text stands before."""
    places = [found.start() for found in re.finditer(re.escape(mention.matched), mention.sentence)]
    before = mention.before[::-1]

    def shared(place: int) -> int:
        pairs = zip(mention.sentence[:place][::-1], before, strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    return max(places, key=lambda place: (shared(place), -place), default=-1)


def _whole_words(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The span, widened to the words that it begins and ends in."""
    for word in word_pattern(sentence).finditer(sentence):
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < end < word.end():
            end = word.end()
    return start, end
