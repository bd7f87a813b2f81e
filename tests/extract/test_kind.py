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
        "an article with a video in it",
        replace(
            ARTICLE,
            text="The board voted to widen the quay. " * 6,
            og_type="article",
            types=frozenset({"NewsArticle", "VideoObject"}),
        ),
        "article",
    ),
    (
        "a video that calls itself an article",
        replace(
            ARTICLE,
            text="Watch the quay being widened on video.",
            og_type="article",
            types=frozenset({"NewsArticle", "VideoObject"}),
        ),
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
    (
        "a menu and a headline",
        replace(
            ARTICLE,
            headline="Board votes to widen the eastern quay",
            text="News\nCulture\nSport\nBoard votes to widen the eastern quay",
            linked_words=3,
        ),
        "empty",
    ),
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


REPORTS = [
    ("Board warns of false captchas", "Eleven people were told to enter the captcha, police said."),
    (
        "Quay bridge shut",
        "The bridge is closed for scheduled maintenance from Friday, the board said.",
    ),
    ("Banners must offer a refusal", "Visitors must be able to reject all cookies, a court ruled."),
    (
        "The pass costs more",
        "The board will ask every existing subscriber of the ferry to pay more in May, it said.",
    ),
    (
        "Ministry is under attack",
        "Its website was down for maintenance, the ministry said on Monday.",
    ),
    (
        "Сайт порта закрыт",
        "Сайт порта закрыт на технические работы до понедельника, сообщили в порту.",
    ),
]


@pytest.mark.parametrize(("headline", "text"), REPORTS)
def test_a_report_of_a_wall_is_an_article(headline: str, text: str) -> None:
    look = Look(headline, text, text, around=text, headline=headline, path="/a", is_dated=True)
    assert kind_of(look)[0] == "article"


@pytest.mark.parametrize(
    ("headline", "text", "kind"),
    [
        (
            "Quay widened",
            "Please enable JavaScript to read what the board said of it.",
            "challenge",
        ),
        (
            "We are under maintenance",
            "Thank you for the patience of all of the readers.",
            "soft-404",
        ),
        ("Quay widened", "This is not available in your country, we are sorry to say.", "soft-404"),
        ("Log in", "Enter the address that was given when the account was made first.", "paywall"),
    ],
)
def test_what_is_said_to_the_reader_is_a_wall(headline: str, text: str, kind: PageKind) -> None:
    look = Look(headline, text, text, around=text, headline=headline, path="/a", is_dated=True)
    assert kind_of(look)[0] == kind


def test_an_offer_beside_the_text_is_a_wall_and_one_in_a_menu_is_none() -> None:
    text = "The board voted on Tuesday to widen the quay, its chair said."
    offer = "Already a subscriber? Sign in"
    look = Look(
        "Quay", text, f"{offer} {text}", around=text, headline="Quay", path="/a", is_dated=True
    )
    assert kind_of(look)[0] == "article"
    assert kind_of(replace(look, around=f"{text}\n{offer}"))[0] == "paywall"


@pytest.mark.parametrize("path", ["/author/mia-dahl", "/tag/quay", "/staff/jo", "/search/quay"])
def test_lists_with_cards(path: str) -> None:
    look = replace(ARTICLE, text=BODY * 2, path=path, has_cards=True)
    assert kind_of(look)[0] == "index"
    assert kind_of(replace(look, is_dated=True))[0] == "article"


@pytest.mark.parametrize("path", ["/index.html", "/default.aspx", "/home/"])
def test_front_pages(path: str) -> None:
    assert kind_of(replace(ARTICLE, path=path))[0] == "index"


@pytest.mark.parametrize(
    "headline",
    ["LIVE: the vote on the quay", "The quay vote, as it happened", "Quay vote: live updates"],
)
def test_live_by_the_headline_alone(headline: str) -> None:
    assert kind_of(replace(ARTICLE, headline=headline))[0] == "live-blog"
