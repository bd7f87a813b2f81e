"""Who is drawn for a person to judge: at random by the seed, and each topic has its turn."""

from __future__ import annotations

from collections import Counter

from newswatch.models import ArticleId
from newswatch.topics.almost import Almost
from newswatch.topics.sample import Unflagged, drawn

NEAR = Almost("r", "SENT b", ("alpha",), "Alpha.", 0.5)


def unflagged(topic: str, near: int, others: int) -> list[Unflagged]:
    return [
        Unflagged(ArticleId(number), topic, NEAR if number <= near else None)
        for number in range(1, near + others + 1)
    ]


ALL = [*unflagged("a", 200, 300), *unflagged("b", 3, 0), *unflagged("c", 0, 40)]


def test_topics_and_halves_have_their_turn() -> None:
    sample = drawn(ALL, "2026-01-14", 50)
    assert [(each.topic, each.is_near) for each in sample[:4]] == [
        ("a", True),
        ("a", False),
        ("b", True),
        ("c", False),
    ]
    assert Counter(each.topic for each in sample) == {"a": 32, "b": 3, "c": 15}
    assert len(set(sample)) == 50


def test_the_day_decides_and_not_the_order() -> None:
    sample = drawn(ALL, "2026-01-14", 50)
    assert drawn(ALL[::-1], "2026-01-14", 50) == sample
    assert drawn(ALL, "2026-01-15", 50) != sample
    assert drawn(ALL, "2026-01-14", 20) == sample[:20]
    assert drawn(ALL, "2026-01-14", 0) == drawn([], "2026-01-14", 50) == []


def test_each_is_drawn_as_often_as_another() -> None:
    """400 nights, 20 of 100: 80 times each, with a deviation of 8."""
    articles = unflagged("a", 0, 100)
    times = Counter(
        each.article_id for night in range(400) for each in drawn(articles, str(night), 20)
    )
    assert len(times) == 100
    assert 80 - 5 * 8 < min(times.values()) <= max(times.values()) < 80 + 5 * 8
