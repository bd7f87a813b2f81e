"""Sentences written for the project, each with what is right of it: look-alikes and short news in
many languages. The scorer has learnt from them; on the rules they are a check."""

from __future__ import annotations

from pathlib import Path

import pytest

from newswatch.settings import HOME
from newswatch.topics.labels import Label, read_labels
from newswatch.topics.load import Topic, load_topics
from newswatch.topics.match import Matcher

TOPICS = load_topics(HOME / "dags" / "watchlist" / "topics").topics
LABELS = list(read_labels(Path(__file__).parent / "sentences.jsonl"))
ALLOWED = 0.08  # wrong ones, of a topic's


def is_right(matcher: Matcher, label: Label) -> bool:
    (topic,) = matcher.topics
    said = bool(matcher.match(label.title, label.text, label.language))
    return said == label.topics[topic.topic_id]


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.topic_id)
def test_nearly_all_are_right(topic: Topic) -> None:
    matcher = Matcher([topic])
    labels = [label for label in LABELS if topic.topic_id in label.topics]
    wrong = [label.text for label in labels if not is_right(matcher, label)]
    assert len(wrong) <= ALLOWED * len(labels), wrong
