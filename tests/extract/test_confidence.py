"""How sure a body is, by what else the page says of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.extract.confidence import Expectation, confidence_of

LONG = " ".join(f"word{n}" for n in range(150))


@pytest.mark.parametrize(
    ("text", "evidence", "confidence"),
    [
        ("", Expectation(), 0.0),
        (LONG, Expectation(), 1.0),
        ("word0 " * 75, Expectation(), 0.5),
        (LONG, Expectation(claimed=LONG), 1.0),
        (LONG, Expectation(claimed=LONG[:200]), 1.0),
        (LONG, Expectation(claimed="something else"), 0.5),
        (LONG, Expectation(summaries=("word1 word2",)), 1.0),
        (LONG, Expectation(summaries=("word1 nothing",)), 0.75),
        (LONG, Expectation(claimed="other", summaries=("other",)), 0.33),
        (LONG, Expectation(summaries=("?!",)), 0.5),
        (LONG, Expectation(summaries=("word1", "")), 1.0),
        (LONG, Expectation(summaries=("word1 word2", "of another page")), 0.67),
    ],
)
def test_confidence(text: str, evidence: Expectation, confidence: float) -> None:
    assert confidence_of(text, evidence) == pytest.approx(confidence, abs=0.01)


@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=60))
def test_it_is_a_share(text: str, claimed: str, summary: str) -> None:
    assert 0.0 <= confidence_of(text, Expectation(claimed, (summary, text[:40]))) <= 1.0
