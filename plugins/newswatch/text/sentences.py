"""Where sentences begin, in any script, without a model."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(
    r"(?<![.!?…])(?P<stop>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?P<gap>[^\S\n]+)"
    r"|[。！？]+[」』”）]*|[؟۔।॥។៕။]+[^\S\n]*|\n+"
)
# What ends in a full stop and mostly ends no sentence: titles, months, "U.S.", initials, ordinals.
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:mr|mrs|ms|dr|prof|sen|rep|gen|lt|col|gov|st|jr|sr|inc|ltd|co|corp|vs|no|nos|hon|rev|"
    r"maj|sgt|capt|adm|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|approx|est|fig|art|nr|bzw|ca|"
    r"etc|usw|inkl|mme|mm|sr|sra|av|dra|г|гг|им|ул|т\.е|т\.д|тыс|млн|[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_]|\d{1,2})$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 12


def sentences_of(text: str) -> list[str]:
    """The sentences, stripped, without empty ones."""
    starts = sentence_starts(text)
    parts = (
        text[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)
    )
    return [part for part in parts if part]


def sentence_starts(text: str) -> list[int]:
    """The offset of each sentence's first character; the first is 0. A line's end ends one."""
    starts = [0]
    starts += (end for end in _ends(text) if end > 0)
    return starts


def _ends(text: str) -> Iterator[int]:
    for found in _END.finditer(text):
        if found["stop"] is None or not _goes_on(text, found):
            yield found.end()


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """Is this stop inside a sentence? A small letter follows, or an abbreviation precedes."""
    following = text[found.end() : found.end() + 1]
    if following.islower():
        return True
    if found["stop"] != "." or found["close"]:
        return False
    before = text[max(0, found.start() - _LONGEST_ABBREVIATION) : found.start()]
    return _ABBREVIATION.search(before) is not None
