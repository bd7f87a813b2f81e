"""What a page is: only articles and live blogs become articles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newswatch.extract.kind import Look, kind_of
from newswatch.models import PageKind

BODY = "The harbour board voted on Tuesday to widen the eastern quay. " * 20
ARTICLE = Look(title="Board widens quay", text=BODY, visible=BODY, path="/news/quay")


def wall(words: str, title: str = "The Paper") -> Look:
    return Look(title=title, text=words, visible=words, path="/news/quay")


CASES: list[tuple[str, Look, PageKind]] = [
    ("an article", ARTICLE, "article"),
    ("a PDF", replace(ARTICLE, content_type="application/pdf"), "not-html"),
    ("nothing", Look("", "", "", path="/a"), "empty"),
    ("a word", Look("", "hi", "hi", path="/a"), "empty"),
    ("consent", wall("Before you continue. We use cookies. Accept all Reject all"), "consent-wall"),
    ("consent, German", wall("Mit Werbung weiterlesen. Cookies akzeptieren"), "consent-wall"),
    (
        "a challenge",
        wall("Checking your browser before accessing", "Just a moment..."),
        "challenge",
    ),
    ("no script", wall("Please enable JavaScript to view this page"), "challenge"),
    ("not found", wall("Sorry, the page was not found."), "soft-404"),
    ("not found, by title", replace(ARTICLE, title="404", visible="x", text="x"), "soft-404"),
    ("subscribe", wall("Subscribe to continue reading. Already a subscriber?"), "paywall"),
    ("subscribe, French", wall("Cet article est réservé aux abonnés."), "paywall"),
    (
        "teaser",
        Look("Quay", "The board voted.", "The board voted.", paywalled=True, path="/q"),
        "paywall",
    ),
    ("live blog", replace(ARTICLE, types=frozenset({"LiveBlogPosting"})), "live-blog"),
    (
        "video",
        replace(ARTICLE, text="Watch the quay being widened on video.", og_type="video.other"),
        "video",
    ),
    (
        "gallery",
        replace(
            ARTICLE,
            text="Pictures of the new quay at dawn today.",
            types=frozenset({"ImageGallery"}),
        ),
        "gallery",
    ),
    ("front page", replace(ARTICLE, path="/"), "index"),
]


@pytest.mark.parametrize(
    ("look", "kind"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_kinds(look: Look, kind: PageKind) -> None:
    found, detail = kind_of(look)
    assert found == kind
    assert bool(detail) == (kind != "article")


@pytest.mark.parametrize(
    "sentence",
    [
        "We use cookies. Accept all cookies.",
        "Subscribe to continue reading our newsletter.",
        "Page not found errors rose.",
        "Please enable JavaScript.",
    ],
)
def test_a_long_article_that_says_so_in_passing_is_an_article(sentence: str) -> None:
    look = replace(ARTICLE, text=BODY + sentence, visible=BODY + sentence)
    assert kind_of(look)[0] == "article"
