"""Sentences written for the project, each with what is right of it: look-alikes and short news in
many languages. The scorer has learnt from `sentences.jsonl`, where the rules are checked; not from
`unlearnt.jsonl`, whose sentences were written before anybody looked at what is said of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from newswatch.topics.labels import Label, read_labels
from shipped import shipped, shipped_matcher

FOLDER = Path(__file__).parent
ALLOWED = {"sentences": 0.08, "unlearnt": 0.08}  # wrong ones, of a topic's


@cache
def labels_of(name: str) -> list[tuple[Label, frozenset[str]]]:
    """With the topics that are flagged."""
    labels = list(read_labels(FOLDER / f"{name}.jsonl"))
    matcher = shipped_matcher()
    return [
        (label, frozenset(f.topic for f in matcher.match(label.title, label.text, label.language)))
        for label in labels
    ]


@pytest.mark.parametrize("name", ALLOWED)
@pytest.mark.parametrize("topic", [topic.topic_id for topic in shipped().topics])
def test_nearly_all_are_right(topic: str, name: str) -> None:
    labels = [(label, said) for label, said in labels_of(name) if topic in label.topics]
    wrong = [label.text for label, said in labels if (topic in said) != label.topics[topic]]
    assert len(wrong) <= ALLOWED[name] * len(labels), wrong
