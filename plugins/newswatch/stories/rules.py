"""What makes a report part of a story: a change of any figure is another version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class StoryRules:
    """All figures of a version; shares and similarities are 0 to 1."""

    version: int

    # Terms: what a report is about. Weights are times that of a common word.
    name_weight: float = 2.5
    number_weight: float = 1.6
    title_weight: float = 3.0
    lead_weight: float = 3.0
    lead_words: int = 60
    headline_characters: int = 200  # of the first line, where an article has no headline
    terms: int = 60  # of an article's vector
    story_terms: int = 120
    prior: float = 1_000.0  # articles that the document frequencies start from

    # Anchors: names, places and numbers.
    anchored_characters: int = 3_000  # of a text: what happened and to whom stands at its beginning
    name_consonants: int = 3  # at least
    anchors: int = 40  # of an article
    story_anchors: int = 60

    # Finding the stories that a report may join.
    finding_terms: int = 20  # of a strand
    finding_anchors: int = 15
    shared_keys: int = 3  # terms or anchors; fewer say nothing

    # Joining a story in the report's language.
    join: float = 0.26  # similarity
    rare: float = 4.0  # shared words as rare as can be; where fewer are shared they tell less
    common: float = 0.5  # share of a similarity that counts where hardly anything rare is shared
    words: float = 0.85  # share of the words in a similarity; names and numbers count once more
    enough_anchors: int = 5  # on either side; where there are fewer the words alone count
    half_life: timedelta = timedelta(days=4)  # after which a story counts half

    # Joining a story that was told in other languages, by anchors.
    join_across_languages: float = 0.38
    half_life_across_languages: timedelta = timedelta(days=2)  # the same people make other news
    shared_anchors: int = 5  # fewer say nothing
    shared_names: int = 3  # of them, or numbers: places alone are shared by much else

    # Roles: does a report tell what its story did not have?
    new_share: float = 0.80  # of a sentence's weight in terms that nobody told
    lead_sentences: int = 3  # of at least `fewest_terms` terms
    fewest_terms: int = 4  # that count; in a shorter sentence one word makes it new
    latest: int = 50  # originals of a story that a further report is compared with


FIRST = StoryRules(1)
STORY_RULES = {FIRST.version: FIRST}
