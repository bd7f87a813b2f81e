"""What the sample newsroom's articles say of themselves holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsroom import OUTLETS, SEED, Article, load_articles
from newsroom.articles import TOPICS, UNREADABLE, read_article
from newsroom.outlets import BY_SLUG
from newsroom.pages import furniture
from newswatch.errors import InputError

ARTICLES = load_articles()
BY_KEY = {article.key: article for article in ARTICLES}
READABLE = [article for article in ARTICLES if article.page not in UNREADABLE]

# The envoy's name as the papers of the newsroom write it, inflected or with a prefix.
ENVOY = re.compile(
    r"\bWitkoff(s|['’]un)?\b|\bУиткофф(а|ом)?\b|\bВіткоффа\b"
    "|\u05d5\u05d9\u05d8\u05e7\u05d5\u05e3|\u0648\u064a\u062a\u0643\u0648\u0641"
)
NAMESAKES = {
    "meridian-post/witkoff-group-tower-river-street",  # the firm, and a son
    "meridian-post/stablecoin-conference-miami",  # a son
    "courrier-quais/groupe-witkoff-hotel",  # the firm
}
# Articles that repeat a paragraph of another one and are no copies.
DIGEST = "harbour-wire/world-in-brief"


def text_of(article: Article) -> str:
    return "\n".join([article.title, article.summary, *(p.text for p in article.paragraphs)])


def test_size() -> None:
    assert len(OUTLETS) >= 8
    assert len(ARTICLES) >= 60
    languages = {"en", "fr", "de", "es", "tr", "ru", "uk", "ar", "he"}
    assert {outlet.language for outlet in OUTLETS} == languages
    assert {article.outlet for article in ARTICLES} <= set(BY_SLUG)
    assert sum(article.minutes > 0 for article in ARTICLES) >= 20
    assert all(-1440 < article.minutes <= 60 and article.minutes for article in ARTICLES)


def test_papers_publish_so_often_that_a_reader_returns_within_the_hour() -> None:
    """A polite poller comes back four times per entry that it expects."""
    for slug in BY_SLUG:
        ages = [-a.minutes / 1440 for a in ARTICLES if a.outlet == slug and a.minutes < 0]
        assert not ages or len(ages) / max(ages) / 24 * 4 >= 1, slug


def test_every_article_has_an_address_of_its_own() -> None:
    assert len({article.path for article in ARTICLES}) == len(ARTICLES)


def test_main_articles_are_long_enough_to_be_real() -> None:
    short = {a.key: len(text_of(a).split()) for a in READABLE if a.page == "ok"}
    assert {key: words for key, words in short.items() if words < 80} == {}


def test_every_topic_is_mentioned_in_many_languages() -> None:
    for topic in TOPICS:
        languages = {BY_SLUG[a.outlet].language for a in ARTICLES if topic in a.flags}
        assert len(languages) >= 7, topic
    assert sum(not article.flags for article in ARTICLES) >= 40


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.key)
def test_envoy_is_named_where_the_truth_says_so(article: Article) -> None:
    named = ENVOY.search(text_of(article)) is not None
    assert named == ("witkoff" in article.flags or article.key in NAMESAKES)


@pytest.mark.parametrize(
    "article", [a for a in ARTICLES if a.copy], ids=lambda article: article.key
)
def test_copy_repeats_an_older_original(article: Article) -> None:
    assert article.copy
    if article.copy.of == "seed":
        old = SEED.read_text(encoding="utf-8").splitlines()
    else:
        original = BY_KEY[article.copy.of]
        assert original.minutes < 0 < article.minutes
        assert original.copy is None
        assert original.story == article.story
        old = [p.text for p in original.paragraphs]
    shared = [p.text for p in article.paragraphs if p.text in old]
    assert len(shared) >= 0.8 * len(article.paragraphs)
    assert ("contained" in article.copy.kinds) == (len(shared) < 0.6 * len(old))


def test_half_of_the_seed_is_reprinted() -> None:
    reprints = [a for a in ARTICLES if a.copy and a.copy.of == "seed"]
    whole = len(SEED.read_text(encoding="utf-8").split())
    shares = sorted(sum(len(p.text.split()) for p in a.paragraphs) / whole for a in reprints)
    assert shares == [pytest.approx(0.5, abs=0.08), 1.0]


def test_nothing_else_repeats_a_paragraph() -> None:
    places: dict[str, set[str]] = {}
    for article in ARTICLES:
        for paragraph in article.paragraphs:
            places.setdefault(paragraph.text, set()).add(article.key)
    for text, keys in places.items():
        originals = {key for key in keys if BY_KEY[key].copy is None} - {DIGEST}
        assert len(originals) < 2 or "The rest of this" in text or "felt indoors" in text, originals


def test_digest_holds_another_story_whole() -> None:
    brief = {p.text for p in BY_KEY[DIGEST].paragraphs}
    whole = [a for a in ARTICLES if a.key != DIGEST and {p.text for p in a.paragraphs} <= brief]
    assert [article.story for article in whole] == ["kronos-gas"]


def test_wrong_article_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "outlet" / "slug.md"
    path.parent.mkdir()
    path.write_text("---\ntitle: A\nminuets: 3\n---\nText.\n")
    with pytest.raises(InputError, match=r"slug\.md:2:1: unknown key 'minuets'; did you mean"):
        read_article(path)


def test_furniture_is_there_in_every_language() -> None:
    keys = {outlet.language: set(furniture(outlet.language)) for outlet in OUTLETS}
    assert all(found == keys["en"] for found in keys.values())
