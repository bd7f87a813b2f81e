"""What a newer text adds to an earlier one, and which facts it changes.

A sentence of the newer text is the same, altered or added. What is altered is aligned with the
sentence of the earlier text that has most of its words; where the words of both differ, numbers,
places, names, days and polarity are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from newswatch.copies.alignment import (
    are_alike,
    counterpart,
    replaced,
    shares_most,
    with_forms_in,
)
from newswatch.copies.altered import Altered, is_new_to
from newswatch.copies.exchanges import AlteredSentence, other_names
from newswatch.copies.facts import Fact
from newswatch.copies.house_text import house_sentences
from newswatch.copies.rules import Rules
from newswatch.copies.wording import Sentence, Wording
from newswatch.models import FactChange


@dataclass(frozen=True, slots=True)
class Difference:
    """How a newer wording differs from an earlier one.

    `added` are sentences that tell what the earlier wording does not, `share` is how much of the
    newer text they are, house text left out. `headline` are words of the newer headline that tell
    news. `keeps_beginning`: something of the earlier text's first half is in the newer.
    """

    added: tuple[str, ...] = ()
    share: float = 0.0
    lead_is_new: bool = False
    changes: tuple[FactChange, ...] = ()
    headline: tuple[str, ...] = ()
    keeps_beginning: bool = True


NOTHING = Difference()


def difference(a: Wording, b: Wording, rules: Rules) -> Difference:
    """What b, the newer, tells beyond a."""
    known = {sentence.words for sentence in a.sentences}
    fresh = [sentence for sentence in b.sentences if sentence.words not in known]
    house = {fresh[number] for number in house_sentences([sentence.text for sentence in fresh])}
    told = [sentence for sentence in b.sentences if sentence not in house]
    added: list[tuple[int, Sentence]] = []  # with the number of telling sentences before
    altered: list[tuple[int, Sentence, Sentence]] = []
    place = 0
    is_line_alone = bool(told) and told[0].is_headline and _is_all_house(b.sentences[1:])
    for sentence in told:
        is_told = is_line_alone or not sentence.is_headline
        if sentence.words not in known:
            earlier = counterpart(a, sentence, rules)
            if earlier is not None:
                altered.append((place, earlier, sentence))
            elif is_told and _novelty(sentence, a) >= rules.novel:
                added.append((place, sentence))
        place += len(sentence.words) >= rules.substance and is_told
    words = sum(len(sentence.words) for sentence in told)
    garbled = _is_garbled(altered, words, rules)
    leading = {place for place, sentence in added if len(sentence.words) >= rules.substance}
    changes = (
        change
        for place, earlier, sentence in altered
        for change in Altered(
            a, earlier, sentence, "lead" if place < rules.lead else "body", garbled, rules
        ).changes()
    )
    names = other_names(_pairs(a, b, altered, rules), rules)
    new_sentences = [sentence for _, sentence in added]
    return Difference(
        added=tuple(sentence.text for sentence in new_sentences),
        share=sum(len(sentence.words) for sentence in new_sentences) / words if words else 0.0,
        lead_is_new=0 in leading or {1, 2} <= leading,
        changes=tuple(dict.fromkeys((*changes, *names))),
        headline=_news_of_headline(a, b, new_sentences, rules),
        keeps_beginning=_keeps_beginning(a, b, [earlier for _, earlier, _ in altered]),
    )


def _is_all_house(sentences: Sequence[Sentence]) -> bool:
    return len(house_sentences([sentence.text for sentence in sentences])) == len(sentences)


def _keeps_beginning(a: Wording, b: Wording, altered: Sequence[Sentence]) -> bool:
    """What is new about something else shares background, or what an outlet puts at the end."""
    house = house_sentences([sentence.text for sentence in a.sentences])
    told = [sentence for number, sentence in enumerate(a.sentences) if number not in house]
    kept = {sentence.words for sentence in b.sentences}
    words = [sentence.words for sentence in altered]
    return any(
        first.words in kept or any(first.words == some[: len(first.words)] for some in words)
        for first in told[: (len(told) + 1) // 2]
    )


def _pairs(
    a: Wording, b: Wording, altered: Sequence[tuple[int, Sentence, Sentence]], rules: Rules
) -> list[AlteredSentence]:
    pairs = [
        AlteredSentence("lead" if place < rules.lead else "body", earlier, sentence)
        for place, earlier, sentence in altered
    ]
    if a.title and shares_most(a.headline, b.headline, rules):
        pairs.append(AlteredSentence("headline", a.headline, b.headline))
    return pairs


def _novelty(sentence: Sentence, earlier: Wording) -> float:
    """The share of the telling words that the earlier wording does not have anywhere."""
    content = sentence.content
    return sum(unit not in earlier.vocabulary for unit in content) / max(1, len(content))


def _is_garbled(
    altered: Sequence[tuple[int, Sentence, Sentence]], words: int, rules: Rules
) -> bool:
    """Whether words are misspelt all over the text, so that a digit may be as well."""
    misspelt = sum(
        are_alike(before, after, rules)
        for _, earlier, sentence in altered
        for before, after in replaced(earlier.words, sentence.words)
    )
    return misspelt >= max(rules.fewest_errors, rules.typing_errors * words)


def _news_of_headline(
    a: Wording, b: Wording, added: Sequence[Sentence], rules: Rules
) -> tuple[str, ...]:
    """Words of b's headline that tell what a does not: a number, a name, a place, the opposite, or
    what only the added sentences have. Of a text without a headline nobody knows which
    numbers its headline gave.
    """
    outlets = frozenset(f"{a.outlet} {b.outlet}".casefold().split())
    if not b.title:
        return ()
    news = [
        fact.form
        for fact in b.headline.facts
        if _is_outside(fact, outlets)
        and (
            fact.key not in a.numbers
            and not fact.key.isalpha()  # "dozens", "half": another word for a number below
            and (bool(a.title) or fact.key in b.numbers_of_text)
            if fact.kind == "number"
            else is_new_to(a, fact, rules)
        )
    ]
    if a.title and shares_most(a.headline, b.headline, rules):
        altered = Altered(a, a.headline, b.headline, "headline", garbled=False, rules=rules)
        news += [change.after or change.before for change in altered.changes()]
    content = b.headline.content
    units = {unit for sentence in added for unit in sentence.content}
    telling = [unit for unit in dict.fromkeys(b.headline.units) if unit in content]
    unknown = [unit for unit in telling if unit not in a.vocabulary]
    explained = with_forms_in(unknown, units, rules)
    if explained and (
        explained[0] == telling[0]
        or len(explained) >= min(rules.headline_news, rules.headline_share * len(content))
    ):
        news += explained
    return tuple(dict.fromkeys(news))


def _is_outside(fact: Fact, outlets: AbstractSet[str]) -> bool:
    """It does not name the outlets themselves."""
    return not outlets >= set(fact.form.casefold().split())
