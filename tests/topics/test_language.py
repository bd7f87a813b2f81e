"""The language of topics: what each operator finds, which spans come out, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.errors import InputError
from newswatch.topics.fold import fold
from newswatch.topics.load import read_topic
from newswatch.topics.match import Matcher

TEMPLATE = """\
id: t
name: T
groups:
  a: [alpha]
  b: [beta]
  c: [gamma]
rules:
  - id: r
    when: {rule}
"""
SAME = "Alpha met beta. Nothing else happened here on that day."
NEXT = "Alpha spoke. Then beta answered at length."
FAR = "Alpha spoke. " + "Words follow one another. " * 12 + "Beta came."
APART = "Alpha spoke.\nBeta answered."
WITH_C = "Alpha met beta and gamma."


def flagged(rule: str, text: str, title: str = "") -> bool:
    topic = read_topic(TEMPLATE.format(rule=rule), "t.yaml")
    return bool(Matcher([topic]).match(title, text))


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("a", SAME, True),
        ("c", SAME, False),
        ("a OR c", SAME, True),
        ("a AND b", FAR, True),
        ("a AND c", FAR, False),
        ("a AND NOT c", SAME, True),
        ("a AND NOT c", WITH_C, False),
        ("a IF b", FAR, True),
        ("a IF c", FAR, False),
        ("a SENT b", SAME, True),
        ("a SENT b", NEXT, False),
        ("a PARA b", NEXT, True),
        ("a PARA b", APART, False),
        ("a NEAR/1 b", SAME, True),
        ("a NEAR/2 b", NEXT, True),
        ("a NEAR/1 b", NEXT, False),
        ("a NEAR/20 b", FAR, False),
        ("a ONEAR/1 b", SAME, True),
        ("b ONEAR/1 a", SAME, False),
        ("a WITHOUT b", SAME, False),
        ("a WITHOUT b", NEXT, True),
        ("a SENT b WITHOUT c", SAME, True),
        ("a SENT b WITHOUT c", WITH_C, False),
        ("count(a) >= 2", SAME, False),
        ("count(a) >= 2", SAME + " " + SAME, True),
        ("(a OR c) SENT b", SAME, True),
        ("a OR b AND c", SAME, True),
        ("(a OR b) AND c", SAME, False),
        ("title:a", SAME, False),
        ("lead:a", SAME, True),
        ("lead:b", FAR, False),
    ],
)
def test_operators(rule: str, text: str, found: bool) -> None:
    assert flagged(rule, text) == found


def test_title_is_the_headline_only() -> None:
    assert flagged("title:a", "Nothing.", title="Alpha again")


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Alpha met Mr. Beta.", True),
        ("Alpha of the U.S. met beta.", True),
        ("Alpha met J. P. Beta on Jan. 5.", True),
        ("“Alpha left.” Then beta came.", False),
        ("Alpha left! Beta came.", False),
        ("Alpha? Beta.", False),
        ("Alpha、Beta。", True),
        ("Alpha。Beta。", False),
        ("Alpha។ Beta។", False),
        ("Alpha။ Beta။", False),
    ],
)
def test_sentences(text: str, together: bool) -> None:
    assert flagged("a SENT b", text) == together


def test_a_mask_covers_its_own_words_only() -> None:
    text = TEMPLATE.format(rule="a") + "masks: [alpha male]\n"
    matcher = Matcher([read_topic(text, "t.yaml")])
    assert matcher.match("", "An alpha male.") == []
    (flag,) = matcher.match("", "An alpha male met alpha.")
    assert [mention.start for mention in flag.mentions] == [18]


@pytest.mark.parametrize(
    ("language", "found"),
    [
        (None, True),  # not known: any list may be the right one
        ("cs", True),
        ("cs-CZ", True),
        ("es", False),  # "primer" is "first" there
        ("es-419", False),
        ("not a tag", True),
    ],
)
def test_an_alias_of_a_language_is_looked_for_in_that_language(
    language: str | None, found: bool
) -> None:
    text = TEMPLATE.format(rule="a").replace("a: [alpha]", "a: {cs: [příměř*], any: [alpha]}")
    matcher = Matcher([read_topic(text, "t.yaml")])
    assert bool(matcher.match("El primer ministro habla", "", language)) == found
    assert matcher.match("Alpha", "", language)


@pytest.mark.parametrize(("section", "language"), [("nb", "no"), ("hr", "bs"), ("id", "ms")])
def test_languages_that_are_taken_for_one_another_share_their_aliases(
    section: str, language: str
) -> None:
    text = TEMPLATE.format(rule="a").replace("a: [alpha]", f"a: {{{section}: [alpha]}}")
    assert Matcher([read_topic(text, "t.yaml")]).match("Alpha", "", language)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("when: a", "when: a AND", "t.yaml:9:11: the rule ends where"),
        ("when: a", "when: alfa", "t.yaml:9:11: no group is called 'alfa'"),
        (
            "when: a",
            "when: a b",
            "t.yaml:9:11: 'b' does not continue the rule: expected an operator",
        ),
        ("when: a", "when: a NAER/4 b", "t.yaml:9:11: 'NAER' does not continue the rule: expected"),
        ("when: a", "when: (a", "t.yaml:9:11:"),
        ("when: a", "whn: a", "t.yaml:9:5: unknown key 'whn'; did you mean 'when'?"),
        ("id: t", "id: u", "t.yaml:1:5: id 'u' is not the file's name; write id: t"),
        ("[gamma]", "[]", "t.yaml:6:6: an empty group matches nothing"),
        ("[gamma]", "['*']", "t.yaml:6:7:"),
        ("[gamma]", "{xx: [gamma]}", "t.yaml:6:7: 'xx' is no language that we know"),
        ("name: T\n", "", "t.yaml:1:1: 'name' is missing"),
    ],
)
def test_errors_name_the_place(before: str, after: str, message: str) -> None:
    text = TEMPLATE.format(rule="a")
    assert before in text
    with pytest.raises(InputError) as caught:
        read_topic(text.replace(before, after), "t.yaml")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("rule", "mend"),
    [
        ("a NAER/4 b", "did you mean 'NEAR'?"),
        ("a wihtout b", "did you mean 'WITHOUT'?"),
        ("a NEAR b", "see docs/topics.md"),
        ("a SENT alfa", "see docs/topics.md"),
        ("a SENT aa", "did you mean 'a'?"),
    ],
)
def test_the_nearest_right_spelling_is_told(rule: str, mend: str) -> None:
    with pytest.raises(InputError) as caught:
        read_topic(TEMPLATE.format(rule=rule), "t.yaml")
    assert str(caught.value).endswith(f"; {mend}")


def test_the_version_follows_the_definition() -> None:
    one, same, other = (
        read_topic(TEMPLATE.format(rule=rule), "t.yaml").version for rule in ("a", "a", "b")
    )
    assert one == same != other


TEXTS = st.text(
    alphabet=st.sampled_from("aAß İıéñЁйü\u00ad\u0640\u0301ﬁ１ﷺא\u05b8ب\u064e漢 .\n’—"), max_size=40
)


class TestFolding:
    @given(TEXTS, TEXTS)
    def test_what_matched_is_what_stands_there(self, before: str, after: str) -> None:
        """original[start:end] folds back to the alias, whatever stands around it."""
        topic = read_topic(TEMPLATE.format(rule="a"), "t.yaml")
        text = f"{before} ALPHA {after}"
        for flag in Matcher([topic]).match("", text):
            for mention in flag.mentions:
                assert text[mention.start : mention.end] == mention.text
                assert fold(mention.text).text == "alpha"

    @given(TEXTS)
    def test_spans_lie_in_the_original(self, text: str) -> None:
        folded = fold(text)
        spans = [(start, start + 1) for start in range(len(folded.text))]
        for first, last in folded.locate(spans):
            assert 0 <= first < last <= len(text)

    @given(TEXTS)
    def test_folding_twice_is_folding_once(self, text: str) -> None:
        """But for blanks: a dash becomes one, beside others."""
        once = fold(text).text
        assert fold(once).text.split() == once.split()

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("İstanbul", "istanbul"),
            ("Zelenský", "zelensky"),
            ("Witkoﬀ", "witkoff"),
            ("Ｗｉｔｋｏｆｆ", "witkoff"),
            ("Wit\u00adkoff", "witkoff"),
            ("مُحَمَّد", "محمد"),
            ("محـــمد", "محمد"),
            ("עַזָּה", "עזה"),
            ("cease‑fire", "cease fire"),
            ("Witkoff’s", "witkoff's"),
        ],
    )
    def test_spellings_that_are_one(self, a: str, b: str) -> None:
        assert fold(a).text == b
