"""The topics that come with the project, read once a process."""

from __future__ import annotations

from functools import cache

from newswatch.settings import HOME
from newswatch.topics.load import LoadedTopics, load_topics
from newswatch.topics.match import Matcher

TOPICS = HOME / "dags" / "watchlist" / "topics"


@cache
def shipped() -> LoadedTopics:
    """What `load_topics` makes of the shipped folder."""
    return load_topics(TOPICS)


@cache
def shipped_matcher() -> Matcher:
    """Matches all shipped topics."""
    return Matcher(shipped().topics)
