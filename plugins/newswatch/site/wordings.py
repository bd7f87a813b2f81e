"""What a newer wording says otherwise than the one before it, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from newswatch.text.sentences import sentences_of

MOST = 2_000  # sentences of a wording that are compared


@dataclass(frozen=True, slots=True)
class Change:
    """Sentences that both wordings have, or one of them."""

    kind: Literal["kept", "gone", "new"]
    sentences: tuple[str, ...]


def changes(before: str, after: str) -> list[Change]:
    """In the order of reading: what is gone before what took its place."""
    old, new = tuple(sentences_of(before))[:MOST], tuple(sentences_of(after))[:MOST]
    found: list[Change] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            found.append(Change("kept", new[new_from:new_to]))
            continue
        if old_from < old_to:
            found.append(Change("gone", old[old_from:old_to]))
        if new_from < new_to:
            found.append(Change("new", new[new_from:new_to]))
    return found
