"""What a text is known by: hashes of its word-4-grams. They tell copies, and none of its words.

The hashes are part of the stored format: xxHash3-64 of each word's UTF-8, mixed by a polynomial
modulo 2**64 and the finaliser of SplitMix64, of which the upper 32 bits are kept, with the
algorithm's salt laid over. They depend on no seed of the process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import xxhash

from newswatch.copies.rules import FIRST, Rules
from newswatch.text.words import is_number, words_of

GRAM = 4

Hashes = npt.NDArray[np.uint32]
WordHashes = npt.NDArray[np.uint64]
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """Hashes of a text's word-4-grams, and what else a decision needs."""

    grams: Hashes  # in the order of the text
    shingles: Hashes  # the same, sorted, each once
    numbers: Hashes  # of the distinct words with a digit in them, sorted
    words: int
    text_hash: int  # of all words in order: equal texts, however written
    title_hash: int  # the same of the headline; 0 without one
    rules: Rules = FIRST

    @property
    def sketch(self) -> Hashes:
        """The lowest max(64, n/32) hashes: what candidates are found by."""
        share = len(self.shingles) // self.rules.sketch_share
        return self.shingles[: max(self.rules.min_sketch, share)]

    def under(self, rules: Rules) -> Fingerprint:
        """The same text's fingerprint by another version."""
        change = self.rules.salt ^ rules.salt
        under = self.grams ^ _upper(change)
        return replace(
            self,
            grams=under,
            shingles=distinct(under),
            text_hash=self.text_hash ^ change,
            title_hash=self.title_hash ^ change if self.title_hash else 0,
            rules=rules,
        )

    def without(self, grams: Hashes) -> Fingerprint:
        """The same with these grams left out, as if the text had not had them."""
        kept = self.grams[~np.isin(self.grams, grams)]
        words = len(kept) + GRAM - 1 if len(kept) else 0
        return replace(self, grams=kept, shingles=distinct(kept), words=min(words, self.words))


def fingerprint(text: str, title: str = "", rules: Rules = FIRST) -> Fingerprint:
    """The fingerprint of a text; the headline is kept apart, for outlets write their own."""
    return from_words(words_of(text), words_of(title), rules)


def from_words(
    words: Sequence[str], title_words: Sequence[str], rules: Rules = FIRST
) -> Fingerprint:
    """The fingerprint of a text and a headline that are folded words already."""
    in_order = grams(word_hashes(words))
    numbers = {_upper(word_hash(word)) for word in set(words) if is_number(word)}
    plain = Fingerprint(
        grams=in_order,
        shingles=distinct(in_order),
        numbers=np.array(sorted(numbers), dtype=np.uint32),
        words=len(words),
        text_hash=_sequence_hash(words),
        title_hash=_sequence_hash(title_words) if title_words else 0,
    )
    return plain if rules == FIRST else plain.under(rules)


def distinct(hashes: Hashes) -> Hashes:
    """Sorted, each once: `np.unique`, at an eighth of its time for a few hundred."""
    ordered = np.sort(hashes)
    first = ordered[1:] != ordered[:-1]
    return ordered if first.all() else np.concatenate((ordered[:1], ordered[1:][first]))


def shared_by(a: Hashes, b: Hashes) -> int:
    """How many stand in both; each holds none twice."""
    both = np.concatenate((a, b))
    both.sort(kind="stable")
    return int(np.count_nonzero(both[1:] == both[:-1]))


def word_hashes(words: Sequence[str]) -> WordHashes:
    return np.fromiter(map(word_hash, words), dtype=np.uint64, count=len(words))


@lru_cache(maxsize=200_000)
def word_hash(word: str) -> int:
    return xxhash.xxh3_64_intdigest(word.encode())


def grams(hashes: WordHashes) -> Hashes:
    """The hash of each run of four words, by position; a shorter text has one gram, of all."""
    if len(hashes) == 0:
        return np.array([], dtype=np.uint32)
    width = min(GRAM, len(hashes))
    count = len(hashes) - width + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(width):
        mixed = mixed * _FACTOR + hashes[offset : offset + count]
    return (_finalise(mixed) >> np.uint64(32)).astype(np.uint32)


def salted(hashes: Hashes, rules: Rules) -> Hashes:
    """Plain hashes as those rules have them."""
    return hashes ^ _upper(rules.salt)


def _upper(hash_: int) -> np.uint32:
    return np.uint32(hash_ >> 32)


def _finalise(mixed: WordHashes) -> WordHashes:
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _sequence_hash(words: Sequence[str]) -> int:
    return xxhash.xxh3_64_intdigest("\x1f".join(words).encode())
