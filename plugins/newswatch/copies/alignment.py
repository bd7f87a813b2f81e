"""Which sentence of an earlier text a sentence was made from, and word by word how they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from functools import lru_cache

from newswatch.copies.rules import Rules
from newswatch.copies.wording import Sentence, Wording
from newswatch.text.names import skeleton_of

_SHORTEST = 3  # letters of a word that may have two spellings


def counterpart(earlier: Wording, sentence: Sentence, rules: Rules) -> Sentence | None:
    """The earlier sentence, or the two in a row, with most of this one's telling words; None if
    there is none with enough of them."""
    wanted = sentence.content
    shared = [0] * len(earlier.sentences)
    for unit in wanted:
        for place in earlier.sentences_with.get(unit, ()):
            shared[place] += 1
    if not wanted or not any(shared):
        return None
    most = max(shared)
    best = earlier.sentences[shared.index(most)]
    for place in range(len(shared) - 1):
        if shared[place] + shared[place + 1] > rules.merged * most:
            both = earlier.sentences[place].followed_by(earlier.sentences[place + 1])
            if (of_both := len(wanted & both.content)) > rules.merged * most:
                best, most = both, of_both
    return best if most >= rules.aligned * len(wanted) else None


def shares_most(earlier: Sentence, sentence: Sentence, rules: Rules) -> bool:
    """Whether the earlier one has enough of the other's telling words to be its counterpart."""
    wanted = sentence.content
    return len(wanted & earlier.content) >= rules.aligned * len(wanted) > 0


def opcodes(
    before: Sequence[str], after: Sequence[str]
) -> Sequence[tuple[str, int, int, int, int]]:
    """What turns the one into the other, as `difflib` has it: tag, span before, span after."""
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Word for word what stands in the place of what."""
    for tag, start, end, new_start, new_end in opcodes(before, after):
        if tag == "replace" and end - start == new_end - new_start:
            yield from zip(before[start:end], after[new_start:new_end], strict=True)


@lru_cache(maxsize=50_000)
def are_alike(word: str, other: str, rules: Rules) -> bool:
    """Whether they may be two spellings of one word, as far as letters tell."""
    if not (_has_spellings(word) and _has_spellings(other)):
        return False
    skeleton = _skeleton(word)
    if len(skeleton) > 1 and skeleton == _skeleton(other):
        return True
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= rules.variant


@lru_cache(maxsize=50_000)
def _skeleton(word: str) -> str:
    return skeleton_of(word)


def with_forms_in(words: Sequence[str], others: AbstractSet[str], rules: Rules) -> list[str]:
    """The words that are among the others, or alike to one of them."""
    missing = {word for word in words if word not in others}
    skeletons = {_skeleton(other) for other in others if _has_spellings(other)} if missing else ()
    found = {
        word
        for word in missing
        if (_has_spellings(word) and len(_skeleton(word)) > 1 and _skeleton(word) in skeletons)
        or any(
            are_alike(word, other, rules)
            for other in others
            if _have_letters_in_common(word, other, rules)
        )
    }
    return [word for word in words if word in others or word in found]


def _has_spellings(word: str) -> bool:
    return len(word) >= _SHORTEST and not word.isdigit()


def _have_letters_in_common(word: str, other: str, rules: Rules) -> bool:
    """Whether they can be alike; asks no order of letters, which takes fifty times as long."""
    enough = rules.variant * (len(word) + len(other)) / 2
    return (
        min(len(word), len(other)) >= enough
        and len(word) - len(set(word).difference(other)) >= enough
    )
