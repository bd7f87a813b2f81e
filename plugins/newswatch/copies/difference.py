"""What a newer text adds to an earlier one, and which facts it changes.

A sentence of the newer text is the same, altered or added. What is altered is aligned with the
sentence of the earlier text that has most of its words; where the words of both differ, numbers,
places, names, days and polarity are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from newswatch.copies.alignment import (
    are_alike,
    counterpart,
    opcodes,
    replaced,
    shares_most,
    with_forms_in,
)
from newswatch.copies.exchanges import AlteredSentence, other_names
from newswatch.copies.facts import Fact
from newswatch.copies.house_text import house_sentences
from newswatch.copies.polarity import opposites
from newswatch.copies.rules import Rules
from newswatch.copies.wording import Sentence, Wording
from newswatch.models import ChangePlace, FactChange
from newswatch.text.names import marks_names
from newswatch.text.numbers import are_equal


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
_WITHIN = 2  # words of a fact that stay when those around them change


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
        for change in _Altered(
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


@dataclass(frozen=True, slots=True)
class _Altered:
    """A sentence beside its counterpart in the earlier wording."""

    wording: Wording
    earlier: Sentence
    sentence: Sentence
    place: ChangePlace
    garbled: bool
    rules: Rules

    def changes(self) -> Iterator[FactChange]:
        """Of words exchanged for as few others; what is left out or moved changes no fact."""
        for tag, start, end, new_start, new_end in self._opcodes():
            if max(end - start, new_end - new_start) > self.rules.exchanged:
                continue
            before = self.earlier.facts_between(start, end)
            after = self.sentence.facts_between(new_start, new_end)
            yield from self._facts(before, after)
            is_inside = start > 0 and end < len(self.earlier.words)
            is_exchange = 0 < max(end - start, new_end - new_start) <= self.rules.name_words
            if not self.garbled and (is_inside or (tag == "replace" and is_exchange)):
                yield from self._denials(before, after)
            if tag == "replace":
                removed = self.earlier.words[start:end]
                come = self.sentence.words[new_start:new_end]
                for word, other in opposites(removed, come, self.wording.code):
                    yield FactChange("polarity", word, other, self.place)

    def _opcodes(self) -> Iterator[tuple[str, int, int, int, int]]:
        """The changes of words; two that part one fact between them are one."""
        inside = [
            {at for fact in sentence.facts for at in range(fact.first + 1, fact.end)}
            for sentence in (self.earlier, self.sentence)
        ]
        last: tuple[str, int, int, int, int] | None = None
        for found in opcodes(self.earlier.words, self.sentence.words):
            tag, start, end, new_start, new_end = found
            if tag == "equal":
                continue
            if last is not None:
                _, first, before, new_first, new_before = last
                is_one = not inside[0].isdisjoint((before, start)) or not inside[1].isdisjoint(
                    (new_before, new_start)
                )
                if is_one and start - before <= _WITHIN:
                    last = ("replace", first, end, new_first, new_end)
                    continue
                yield last
            last = found
        if last is not None:
            yield last

    def _facts(self, before: Sequence[Fact], after: Sequence[Fact]) -> Iterator[FactChange]:
        """The facts that stand where others stood; in a lead also who or where is new."""
        told = {(fact.kind, fact.key) for fact in self.earlier.facts}
        kept = {(fact.kind, fact.key) for fact in self.sentence.facts}
        gone = [fact for fact in before if (fact.kind, fact.key) not in kept]
        for fact in after:
            if (fact.kind, fact.key) in told or fact.kind == "negation":
                continue
            if self.garbled and fact.kind in ("name", "place"):
                continue
            rivals = [old for old in gone if _are_comparable(old, fact)]
            if any(self._is_same(old, fact) for old in rivals):
                continue
            if rivals:
                yield FactChange(fact.kind, rivals[0].form, fact.form, self.place)
            elif self.place == "lead" and _is_new_to(self.wording, fact, self.rules):
                yield FactChange(fact.kind, "", fact.form, self.place)

    def _denials(self, before: Sequence[Fact], after: Sequence[Fact]) -> Iterator[FactChange]:
        """A negation that came or went."""
        gone = [fact.form for fact in before if fact.kind == "negation"]
        come = [fact.form for fact in after if fact.kind == "negation"]
        if len(gone) != len(come):
            yield FactChange("polarity", " ".join(gone), " ".join(come), self.place)

    def _is_same(self, old: Fact, new: Fact) -> bool:
        """Another spelling of the same, as far as letters and digits tell."""
        if new.kind == "number":
            if are_equal(old.key, new.key):
                return True
            are_same_figures = self.earlier.words[old.first] == self.sentence.words[new.first]
            return self.garbled and (are_same_figures or _are_one_letter_apart(old.key, new.key))
        if new.kind == "day" or old.kind == new.kind == "place":
            return False
        before = set(self.earlier.words[old.first : old.end])
        after = self.sentence.words[new.first : new.end]
        return all(
            word in self.earlier.words
            or any(are_alike(word, other, self.rules) for other in before)
            for word in after
        )


def _are_one_letter_apart(number: str, other: str) -> bool:
    shorter, longer = sorted((number, other), key=len)
    if len(shorter) == len(longer):
        return sum(mine != its for mine, its in zip(shorter, longer, strict=True)) <= 1
    return any(f"{longer[:at]}{longer[at + 1 :]}" == shorter for at in range(len(longer)))


def _are_comparable(old: Fact, new: Fact) -> bool:
    if old.kind == new.kind == "day":
        return old.key.partition("-")[0] == new.key.partition("-")[0]
    return old.kind == new.kind or {old.kind, new.kind} == {"name", "place"}


def _is_new_to(earlier: Wording, fact: Fact, rules: Rules) -> bool:
    """Does it name somebody, or somewhere, that the earlier wording does not name?"""
    if fact.kind not in ("name", "place"):
        return False
    if fact.kind == "place" and fact.key in earlier.places:
        return False
    if not marks_names(earlier.code):
        return fact.kind == "place"
    names = earlier.names
    return not any(
        word in earlier.vocabulary or any(are_alike(word, name, rules) for name in names)
        for word in fact.form.casefold().split()
    )


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
            else _is_new_to(a, fact, rules)
        )
    ]
    if a.title and shares_most(a.headline, b.headline, rules):
        altered = _Altered(a, a.headline, b.headline, "headline", garbled=False, rules=rules)
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
