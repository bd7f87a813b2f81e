"""The nearest partners, found by binary search, are those that looking at all of them finds."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from newswatch.topics.document import Article
from newswatch.topics.partners import Finding, Hit, partners_in
from newswatch.topics.rules import Group, Pair

WORDS = st.sampled_from(["aa", "b", "cc", "d.", "e.\n", "f\n", "g", "漢字", "ก"])
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)
RULES = st.builds(
    lambda operator, words: Pair(operator, words, Group("l"), Group("r")),
    st.sampled_from(["NEAR", "ONEAR", "WITHOUT"]),
    st.integers(0, 8),
) | st.builds(
    lambda operator: Pair(operator, None, Group("l"), Group("r")),
    st.sampled_from(["SENT", "PARA", "WITHOUT"]),
)


@st.composite
def findings(draw: st.DrawFn, article: Article) -> list[Finding]:
    found: set[Finding] = set()
    for _ in range(draw(st.integers(0, 12))):
        number = draw(st.integers(0, 1))
        size = len(article.parts[number].text)
        if size:
            hits = set()
            for _ in range(draw(st.integers(1, 3))):
                start = draw(st.integers(0, size - 1))
                end = draw(st.integers(start + 1, min(size, start + 6)))
                hits.add(Hit(number, start, end, draw(st.sampled_from("lr"))))
            found.add(tuple(sorted(hits)))
    return sorted(found)


@given(st.data(), TEXTS, TEXTS, RULES)
def test_partners_are_those_of_a_search_through_all(
    data: st.DataObject, title: str, text: str, rule: Pair
) -> None:
    article = Article(title, text)
    left, right = data.draw(findings(article)), data.draw(findings(article))
    partners = partners_in(article, rule, right)
    for finding in left:
        assert partners.of(finding) == _nearest(finding, _close(article, rule, finding, right))


def _close(
    article: Article, rule: Pair, finding: Finding, others: Sequence[Finding]
) -> list[Finding]:
    """The definition: `docs/topics.md`, word by word."""
    others = [other for other in others if other[0].part == finding[0].part]
    part = article.parts[finding[0].part]
    if rule.words is None:
        at = part.paragraph_at if rule.operator == "PARA" else part.sentence_at
        places = {at(hit.start) for hit in finding}
        return [
            other
            for other in others
            if len(places) == 1 and {at(hit.start) for hit in other} == places
        ]
    close = []
    for other in others:
        between = _first(article, other) - _last(article, finding)
        behind = _first(article, finding) - _last(article, other)
        if max(between, behind) <= rule.words + 1 and (
            rule.operator != "ONEAR" or other[0].start >= max(hit.end for hit in finding)
        ):
            close.append(other)
    return close


def _nearest(finding: Finding, close: Sequence[Finding]) -> list[Finding]:
    span = finding[0].start, finding[-1].end
    apart = [other for other in close if (other[0].start, other[-1].end) != span]
    before = [other for other in apart if other[0].start < span[0]]
    after = [other for other in apart if other[0].start >= span[0]]
    return [*before[-1:], *after[:1]]


def _first(article: Article, finding: Finding) -> int:
    return article.parts[finding[0].part].word_at(finding[0].start)


def _last(article: Article, finding: Finding) -> int:
    return article.parts[finding[0].part].word_at(max(hit.end for hit in finding) - 1)
