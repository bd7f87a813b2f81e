"""What outlets make of one report in eight languages, with a feed's dates and outlets."""

from __future__ import annotations

import pytest

from copies.bridge import BRIDGES, Bridge
from copies.said import Said, decisions

BY_LANGUAGE = pytest.mark.parametrize(
    "bridge", BRIDGES, ids=[bridge.language for bridge in BRIDGES]
)
CHANGES = [(bridge, change) for bridge in BRIDGES for change in bridge.changes]


def said(bridge: Bridge, title: str, *parts: str, outlet: str = "Eins", hours: float = 0) -> Said:
    return Said(title, "\n".join(parts), outlet, hours, bridge.language)


def first(bridge: Bridge) -> Said:
    return said(bridge, bridge.title, bridge.text)


def originals(*stream: Said) -> list[int | None]:
    return [decision.original_id for decision in decisions(*stream)]


@BY_LANGUAGE
def test_copies(bridge: Bridge) -> None:
    top, second, third, last = bridge.paragraphs
    for title, *parts in (
        (bridge.reworded, bridge.text),
        (bridge.reworded, top, second, third),
        (bridge.title, top, last, third, second),
        (bridge.title, top),
        (bridge.title, bridge.text, bridge.footer),
    ):
        copy = said(bridge, title, *parts, outlet="Zwei", hours=2)
        assert originals(first(bridge), copy) == [None, 1], parts


@BY_LANGUAGE
def test_news_wherever_it_stands(bridge: Bridge) -> None:
    top, *rest = bridge.paragraphs
    for parts in (
        (bridge.news, bridge.text),
        (bridge.news, *rest),
        (top, rest[0], bridge.news, *rest[1:]),
        (bridge.text, bridge.news),
    ):
        newer = said(bridge, bridge.news_title, *parts, outlet="Zwei", hours=12)
        found = decisions(first(bridge), newer)[1]
        assert (found.kind, found.compared_id) == (None, 1), parts


@pytest.mark.parametrize(
    ("bridge", "change"), CHANGES, ids=[f"{b.language} {was}" for b, (was, _) in CHANGES]
)
def test_a_changed_fact(bridge: Bridge, change: tuple[str, str]) -> None:
    newer = said(bridge, bridge.reworded, bridge.text.replace(*change), outlet="Zwei", hours=3)
    assert originals(first(bridge), newer) == [None, None]


@BY_LANGUAGE
def test_a_footer_that_comes_first(bridge: Bridge) -> None:
    whole = said(bridge, bridge.title, bridge.text, bridge.footer)
    plain = said(bridge, bridge.title, bridge.text, outlet="Zwei", hours=2)
    assert originals(whole, plain) == [None, 1]
    short = said(bridge, bridge.title, bridge.paragraphs[-1], bridge.footer)
    other = said(bridge, bridge.talks_title, bridge.talks[:90], bridge.footer, hours=5)
    assert originals(short, other) == [None, None]


@BY_LANGUAGE
def test_a_digest_of_two_that_comes_first(bridge: Bridge) -> None:
    digest = said(bridge, "12.3.", bridge.talks, bridge.text)
    talks = said(bridge, bridge.talks_title, bridge.talks, outlet="Zwei", hours=1)
    one = said(bridge, bridge.title, bridge.text, outlet="Drei", hours=2)
    assert originals(digest, talks, one) == [None, None, None]


@BY_LANGUAGE
def test_a_teaser_and_its_text(bridge: Bridge) -> None:
    teaser = said(bridge, bridge.title, bridge.paragraphs[0])
    assert originals(teaser, said(bridge, bridge.title, bridge.text, hours=1)) == [None, 1]


def test_translations_are_originals() -> None:
    assert originals(*map(first, BRIDGES)) == [None] * len(BRIDGES)
