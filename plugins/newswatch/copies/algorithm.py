"""What makes one text a copy of another, by version: a change of any figure is another version."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Algorithm:
    """The figures of a version; shares are of word-4-grams, 0 to 1, lengths are in words."""

    version: int
    min_sketch: int = 64  # a copy cut to 15 % still shares two of them, all but once in 5,000
    sketch_share: int = 32  # one hash in so many
    copy: float = 0.56  # share of a text's grams that stand in the other
    spread: float = 0.68  # and of its windows: recycled background fills some, a copy most
    garbled: float = 0.28  # less is enough where all windows of both share something: errors
    garbled_spread: float = 0.92
    related: float = 0.25
    whole: float = 0.90  # so much of a text is all of it
    same_length: float = 1.6  # a text so much shorter than the one it stands in is contained in it
    grown: float = 1.4  # a text so much longer than the one it holds says something of its own
    template_length: float = 1.25
    template_coverage: float = 0.80

    @property
    def salt(self) -> int:
        """Hashes of two versions differ by it: neither finds the other's documents."""
        return (self.version - 1) * 0x9E3779B97F4A7C15 % 2**64


FIRST = Algorithm(1)
ALGORITHMS = {FIRST.version: FIRST}
