"""Copies are matched as well: what only the copy says is flagged as its own."""

from __future__ import annotations

from newswatch.models import ArticleId
from newswatch.stages.flag.own import beyond_original, flags_of
from newswatch.store.flags import FlaggableArticle
from shipped import shipped_matcher

REPORT = (
    "Negotiators met for six hours in the port city of Halden on Thursday and agreed to keep a"
    " technical team in place. A spokeswoman described the discussion as frank and useful."
)
LOCAL = "Steve Witkoff, the American envoy, flew on to Osterby in the evening."
ORIGINAL = ArticleId(1)


def copy(title: str, text: str, *added: str) -> FlaggableArticle:
    return FlaggableArticle(ArticleId(2), title, text, "en", False, ORIGINAL, added)


def topics_of(article: FlaggableArticle, *of_original: str) -> list[str]:
    return [
        flag.topic
        for flag in beyond_original(
            article, flags_of(shipped_matcher(), article), {ORIGINAL: set(of_original)}
        )
    ]


def test_a_copy_that_says_no_more_has_no_flag_of_its_own() -> None:
    assert topics_of(copy("Talks end in Halden", REPORT)) == []
    assert topics_of(copy("Talks end in Halden", f"{REPORT} {LOCAL}")) == []


def test_what_its_outlet_put_in_is_flagged() -> None:
    assert topics_of(copy("Talks end in Halden", f"{REPORT} {LOCAL}", LOCAL)) == ["witkoff"]


def test_what_its_headline_names_is_flagged() -> None:
    assert topics_of(copy("Witkoff leaves Halden without a date", REPORT)) == ["witkoff"]


def test_a_topic_of_its_original_is_not_raised_again() -> None:
    assert topics_of(copy("Witkoff leaves Halden without a date", REPORT), "witkoff") == []
