"""A scorer: made from labels reproducibly, read back, and what its flags say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newswatch.errors import InputError
from newswatch.topics.fit import Example, as_data, cross_fitted, fit, folds_of
from newswatch.topics.labels import Label, examples
from newswatch.topics.load import Topic, load_topic
from newswatch.topics.match import Matcher
from newswatch.topics.scorer import read_scorer

TOPIC = """\
id: ferry-talks
name: Ferry talks
groups:
  ferry: [ferry]
  bridge: [bridge]
  talks: [talks, talk]
  price: [price]
decides: scorer
lexicon:
  place: [ferry]
  process: [talks]
  elsewhere: [bridge]
  business: [price]
rules:
  - {id: talks, when: talks SENT ferry WITHOUT bridge NEARER ferry, because: Tells of talks}
"""
TELLING = ["Talks on the ferry began.", "The ferry talks go on, the bridge is shut."]
OTHER = [
    "The ferry has a new price after talks.",
    "Talks on the bridge, far from the ferry, began.",
]


def labels() -> list[Label]:
    return [
        Label("", text, "en", f"2026-W{week:02}", {"ferry-talks": text in TELLING}, {})
        for week in range(1, 11)
        for text in TELLING + OTHER
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ferry-talks.yaml"
    path.write_text(TOPIC)
    return path


@pytest.fixture
def found(file: Path) -> list[Example]:
    return examples(load_topic(file, by_rules=True), labels())


@pytest.fixture
def topic(file: Path, found: list[Example]) -> Topic:
    weights = file.with_suffix(".weights.json")
    weights.write_text(json.dumps(as_data(fit(found, 1.0), {})))
    return load_topic(file)


def test_the_same_labels_make_the_same_weights(found: list[Example]) -> None:
    assert as_data(fit(found, 1.0), {}) == as_data(fit(list(found), 1.0), {})


def test_weeks_stay_whole(found: list[Example]) -> None:
    folds: dict[str, set[int]] = {}
    for example, fold in zip(found, folds_of(found), strict=True):
        folds.setdefault(example.week, set()).add(fold)
    assert all(len(of_week) == 1 for of_week in folds.values())
    assert len(set().union(*folds.values())) == 5


def test_what_it_learns_holds_in_weeks_that_it_has_not_seen(found: list[Example]) -> None:
    said = cross_fitted(found, 1.0)
    telling = [logit for (logit, _), example in zip(said, found, strict=True) if example.label]
    other = [logit for (logit, _), example in zip(said, found, strict=True) if not example.label]
    assert min(telling) > max(other)


def test_the_score_is_its_probability_and_the_reason_tells_the_signs(topic: Topic) -> None:
    (flag,) = Matcher([topic]).match("", TELLING[0])
    assert topic.scorer is not None
    assert topic.scorer.threshold <= flag.score < 1
    assert flag.reason.startswith("Tells of talks: “Talks”, “ferry”")
    assert "Signs: " in flag.reason


def test_a_word_that_speaks_against_is_no_mention(topic: Topic) -> None:
    (flag,) = Matcher([topic]).match("", TELLING[1])
    assert {mention.alias for mention in flag.mentions} == {"ferry", "talks"}


@pytest.mark.parametrize("text", OTHER)
def test_look_alikes_are_not_flagged(topic: Topic, text: str) -> None:
    assert Matcher([topic]).match("", text) == []


def test_other_weights_are_another_version(topic: Topic, file: Path) -> None:
    weights = file.with_suffix(".weights.json")
    weights.write_text(json.dumps({**json.loads(weights.read_text()), "bias": 1.0}))
    assert load_topic(file).version != topic.version


@pytest.mark.parametrize("content", [None, "", "[]", '{"form": 2}', '{"form": 1, "bias": "x"}'])
def test_weights_that_cannot_be_read(file: Path, content: str | None) -> None:
    weights = file.with_suffix(".weights.json")
    if content is not None:
        weights.write_text(content)
    with pytest.raises(InputError, match="newswatch topics fit"):
        read_scorer(weights)
