"""What makes one text a copy of another, by version: a change of any figure is another version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Rules:
    """All figures of a version; shares are 0 to 1, lengths are in words unless said otherwise."""

    version: int

    # Candidates: what a document is found by.
    min_sketch: int = 64  # a copy cut to 15 % still shares two of them, all but once in 5,000
    sketch_share: int = 32  # one hash in so many
    common: int = 100  # a hash in more documents tells nothing
    shared: int = 2  # hashes that make a candidate
    most: int = 40  # candidates; a copy's original is among the first few
    standing: int = 5  # articles with a gram, each under a headline of its own, make it standing

    # Comparison of hashes: shares are of word-4-grams.
    short: int = 30  # grams; below, only equality is trusted
    window: int = 24  # grams
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
    template_numbers: float = 0.01  # of a template's words at least; fewer tell nothing
    template_fewest: int = 3  # numbers
    template_clear: int = 4  # numbers that tell a template whose words are nearly all the same
    template_many: int = 8  # numbers, of which more may be kept
    template_kept: tuple[float, float, float] = (1 / 3, 0.5, 0.75)  # of the numbers, at most

    recent: int = 50  # articles of an outlet that tell what it puts under all

    # Headlines, where there is no text to go by.
    same_title_within: timedelta = timedelta(hours=36)
    title_words: int = 5  # fewer are said of much
    long_title_words: int = 8  # two outlets do not hit on so many words by chance
    running: float = 0.5  # share of words that say only that there is news
    short_words: int = 12  # a shorter text must come with the same headline to count as the same
    same_summary: float = 0.2  # of a summary's words at least, if two are of one report

    # What a newer text tells beyond an earlier one.
    aligned: float = 0.5  # share of a sentence's words that make another its counterpart
    merged: float = 1.3  # times its words that two in a row have, to be the counterpart together
    novel: float = 0.4  # share of a sentence's telling words that the earlier text lacks
    substance: int = 6  # words of a sentence that may be a lead
    lead: int = 3  # sentences
    added: float = 0.25  # share of the newer text that makes it another, wherever it stands
    exchanged: int = 6  # words at most, in the place of as few; more is another sentence
    name_words: int = 3  # of a name that is known by what stands in its place, at most
    variant: float = 0.75  # likeness of two spellings of a name
    fewest_errors: int = 5  # misspelt words
    typing_errors: float = 0.02  # share of misspelt words in a text that machines or people garbled
    headline_news: int = 2  # words of a headline that only the added sentences have
    headline_share: float = 0.34  # or so much of its telling words
    digest_rest: float = 0.65  # of a part's words at least the rest of a digest has
    digest_short_rest: float = 0.25  # or so much, if the part's headline tells of nothing there
    digest_bond: float = 0.15  # of a part's telling words at most stand in the rest of a digest
    most_judged: int = 8  # candidates whose texts are read

    @property
    def salt(self) -> int:
        """Hashes of two versions differ by it: neither finds the other's documents."""
        return (self.version - 1) * 0x9E3779B97F4A7C15 % 2**64


FIRST = Rules(1)
RULES = {FIRST.version: FIRST}
