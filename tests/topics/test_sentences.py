"""Sentences written for the project, each with what is right of it: look-alikes and short news in
many languages. The scorer has learnt from them; on the rules they are a check."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from newswatch.topics.labels import read_labels
from shipped import shipped, shipped_matcher

LABELS = list(read_labels(Path(__file__).parent / "sentences.jsonl"))
ALLOWED = 0.08  # wrong ones, of a topic's


@cache
def topics_of(label_number: int) -> frozenset[str]:
    label = LABELS[label_number]
    flags = shipped_matcher().match(label.title, label.text, label.language)
    return frozenset(flag.topic for flag in flags)


@pytest.mark.parametrize("topic", [topic.topic_id for topic in shipped().topics])
def test_nearly_all_are_right(topic: str) -> None:
    labels = [(n, label) for n, label in enumerate(LABELS) if topic in label.topics]
    wrong = [label.text for n, label in labels if (topic in topics_of(n)) != label.topics[topic]]
    assert len(wrong) <= ALLOWED * len(labels), wrong
