"""Which facts a sentence tells otherwise than its counterpart in an earlier wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from newswatch.copies.alignment import are_alike, opcodes
from newswatch.copies.facts import Fact
from newswatch.copies.polarity import opposites
from newswatch.copies.rules import Rules
from newswatch.copies.wording import Sentence, Wording
from newswatch.models import ChangePlace, FactChange
from newswatch.text.names import marks_names
from newswatch.text.number_tables import joining
from newswatch.text.numbers import are_equal
from newswatch.text.words import is_number

_OR = frozenset(("or", "oder", "ou", "o", "или", "або", "או", "او", "of", "lub", "eller"))
_WITHIN = 2  # words of a fact that stay when those around them change


@dataclass(frozen=True, slots=True)
class Altered:
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
            before, after = self._facts_at(start, end, new_start, new_end)
            yield from self._facts(before, after)
            is_inside = start > 0 and end < len(self.earlier.words)
            is_exchange = 0 < max(end - start, new_end - new_start) <= self.rules.name_words
            if not self.garbled and (is_inside or (tag == "replace" and is_exchange)):
                yield from self._denials(before, after)
            if tag == "replace":
                removed = self.earlier.words[start:end]
                come = self.sentence.words[new_start:new_end]
                is_counted_alike = _numbers(before) == _numbers(after)
                for word, other in opposites(
                    removed, come, self.wording.code, with_durations=is_counted_alike
                ):
                    yield FactChange("polarity", word, other, self.place)
        yield from self._turned_round()

    def _turned_round(self) -> Iterator[FactChange]:
        """The same words with their names or numbers in one another's place: "Oravia beat Telm" is
        not "Telm beat Oravia". In a list the order tells nothing."""
        names = self.earlier.wording.names | self.sentence.wording.names
        (frame, told), (same, now) = (_frame(of, names) for of in (self.earlier, self.sentence))
        keys, new_keys = ([key for key, _ in gaps] for gaps in (told, now))
        if frame != same or keys == new_keys or sorted(keys) != sorted(new_keys):
            return
        moved = [at for at, both in enumerate(zip(keys, new_keys, strict=True)) if len({*both}) > 1]
        gaps = [at for at, word in enumerate(frame) if word is None]
        between = frame[gaps[moved[0]] : gaps[moved[-1]]]
        listing = joining(self.wording.code or "") | _OR
        if any(word is not None and word not in listing for word in between):
            yield FactChange("name", told[moved[0]][1], now[moved[0]][1], self.place)

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

    def _facts_at(
        self, start: int, end: int, new_start: int, new_end: int
    ) -> tuple[list[Fact], list[Fact]]:
        """What is told in either span. Of a number that begins before its span, or ends behind it,
        some words did not change, and the other sentence has them as well: "a million" is told
        where "and a half" comes or goes. Of a name they say the same, only longer; and what stands
        in the place of "million" may be another word for it."""
        before = self.earlier.facts_between(start, end)
        after = self.sentence.facts_between(new_start, new_end)
        is_shorter = new_start == new_end and not any(map(is_number, self.earlier.words[start:end]))
        shortened = before if is_shorter else []  # "trillion" without its figure is a slip
        reach = [
            *((start - fact.first, fact.end - end) for fact in filter(_tells_number, shortened)),
            *(
                (new_start - fact.first, fact.end - new_end)
                for fact in filter(_tells_number, after)
            ),
        ]
        ahead = max((0, *(ahead for ahead, _ in reach)))
        behind = max((0, *(behind for _, behind in reach)))
        if ahead or behind:
            before = _with_numbers(self.earlier, before, start - ahead, end + behind)
            after = _with_numbers(self.sentence, after, new_start - ahead, new_end + behind)
        return before, after

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
            elif self.place == "lead" and is_new_to(self.wording, fact, self.rules):
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


def _tells_number(fact: Fact) -> bool:
    return fact.kind == "number"


def _numbers(facts: Sequence[Fact]) -> frozenset[str]:
    return frozenset(fact.key for fact in facts if _tells_number(fact))


def _with_numbers(sentence: Sentence, facts: list[Fact], start: int, end: int) -> list[Fact]:
    """The facts, and the numbers of a wider span."""
    wider = filter(_tells_number, sentence.facts_between(start, end))
    return facts + [fact for fact in wider if fact not in facts]


def _frame(
    sentence: Sentence, names: AbstractSet[str]
) -> tuple[list[str | None], list[tuple[str, str]]]:
    """Its words with a gap for each number and day, and for each word of a name; and what fills the
    gaps: a key, and how it is written."""
    counted = {fact.first: fact for fact in sentence.facts if fact.kind in ("number", "day")}
    words: list[str | None] = []
    filled: list[tuple[str, str]] = []
    at = 0
    while at < len(sentence.words):
        fact = counted.get(at)
        end = fact.end if fact else at + 1
        if fact or sentence.words[at] in names:
            words.append(None)
            filled.append((fact.key if fact else sentence.words[at], sentence.form(at, end)))
        else:
            words.append(sentence.words[at])
        at = end
    return words, filled


def _are_one_letter_apart(number: str, other: str) -> bool:
    shorter, longer = sorted((number, other), key=len)
    if len(shorter) == len(longer):
        return sum(mine != its for mine, its in zip(shorter, longer, strict=True)) <= 1
    return any(f"{longer[:at]}{longer[at + 1 :]}" == shorter for at in range(len(longer)))


def _are_comparable(old: Fact, new: Fact) -> bool:
    if old.kind == new.kind == "day":
        return old.key.partition("-")[0] == new.key.partition("-")[0]
    return old.kind == new.kind or {old.kind, new.kind} == {"name", "place"}


def is_new_to(earlier: Wording, fact: Fact, rules: Rules) -> bool:
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
