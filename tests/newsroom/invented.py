"""Articles by the hundred, each drawn by its number alone: for runs that need many.

Their words are drawn from lists, so they read like nothing; every tenth is a copy of an earlier
one, every twentieth has half of one, every sixth names a watched topic.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from newsroom.articles import Article, Paragraph

_OUTLETS = ("harbour-wire", "lagoon-times", "capital-ledger", "saltmarsh-echo", "faro-levante")
_WHO = (
    *("the harbour board", "a ferry captain", "the council", "two engineers", "the museum"),
    *("a court clerk", "the orchard union", "a survey team", "the school trust", "four divers"),
    *("the lighthouse keeper", "a rail inspector", "the water office", "a beekeeper", "the choir"),
)
_DID = (
    *("repaired", "inspected", "sold", "mapped", "closed", "painted", "counted", "moved"),
    *("photographed", "measured", "rented out", "described", "guarded", "opened", "weighed"),
)
_WHAT = (
    *("the northern sluice", "an iron bridge", "nine wagons", "the old cannery", "a chapel roof"),
    *("the tide gauge", "sixty barrels", "the cattle market", "a signal box", "the salt store"),
    *("the west pier", "a glass house", "the customs shed", "three kilns", "the rope walk"),
)
_HOW = (
    *("before the storm", "at its own expense", "without a permit", "for the third time"),
    *("in under a week", "after a long dispute", "with borrowed tools", "by lamplight"),
    *("as the charter demands", "to the surprise of many", "behind a fence", "in good order"),
)
_ENVOY = "Steve Witkoff, the American envoy, was told of it by telephone on {day}."


def invented(count: int, *, from_minutes: int = -1200, to_minutes: int = -1) -> Iterator[Article]:
    """So many articles, evenly spread over the minutes; the same ones at each call."""
    made: list[Article] = []
    for number in range(count):
        minutes = from_minutes + (to_minutes - from_minutes) * number // max(1, count - 1)
        article = _article(number, minutes, made)
        made.append(article)
        yield article


def _article(number: int, minutes: int, earlier: list[Article]) -> Article:
    draw = random.Random(f"article {number}")
    outlet = _OUTLETS[number % len(_OUTLETS)]
    name = "".join(draw.choice("bcdfglmnprstv") + draw.choice("aeiou") for _ in range(4)).title()
    paragraphs = tuple(_paragraph(draw, name, number) for _ in range(6))
    if number % 6 == 3:
        paragraphs = (Paragraph(_ENVOY.format(day=f"day {number}")), *paragraphs)
    if earlier and number % 10 == 9:
        paragraphs = draw.choice(earlier).paragraphs
    elif earlier and number % 20 == 14:
        paragraphs = (*draw.choice(earlier).paragraphs[:3], *paragraphs[:4])
    return Article(
        outlet=outlet,
        slug=f"{name.lower()}-and-the-sea-{number}",
        title=f"{name} {draw.choice(_DID)} {draw.choice(_WHAT)} {draw.choice(_HOW)}",
        minutes=minutes,
        authors=("Staff Writer",),
        section="coast",
        summary=paragraphs[0].text[:120],
        story=name,
        paragraphs=paragraphs,
    )


def _paragraph(draw: random.Random, name: str, number: int) -> Paragraph:
    sentences = [
        f"{draw.choice(_WHO)} {draw.choice(_DID)} {draw.choice(_WHAT)} {draw.choice(_HOW)},"
        f" said {name} in note {draw.randrange(9999)} of {number}.".capitalize()
        for _ in range(4)
    ]
    return Paragraph(" ".join(sentences))
