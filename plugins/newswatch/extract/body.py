"""The article's own text: the page's blocks, or what its JSON-LD or scripts carry beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

from lxml.html import HtmlElement

from newswatch.extract.confidence import Expectation, confidence_of
from newswatch.extract.features import About
from newswatch.extract.forest import Forest, load_forest
from newswatch.extract.metadata import Claims
from newswatch.extract.page_text import text_of_page
from newswatch.extract.paragraphs import plain, tidy
from newswatch.extract.state import state_text
from newswatch.models import BodySource, ExtractionMethod
from newswatch.text.scripts import words_in

ENOUGH_WORDS = 60  # of a body in JSON-LD or in the scripts
FAR_MORE = 1.6  # times the text of the page
MOST_POSTS = 50


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article, where it comes from, how sure that is (0..1), and the share of its
    words that stand in links."""

    text: str
    source: BodySource
    method: ExtractionMethod
    confidence: float
    linked: float = 0.0


@cache
def load_blocks_model() -> Forest:
    """The forest of `forest.npz`, read once."""
    return load_forest(Path(__file__).with_name("forest.npz"))


def about_page(claims: Claims, title: str) -> About:
    """What the page says of its article, for the model of its blocks."""
    claimed = claims.article.get("articleBody")
    return About(
        title=title,
        description=claims.first("og:description") or claims.first("description") or "",
        body=tidy(plain(claimed)) if _is_text(claimed) else "",
    )


def body_of(tree: HtmlElement, claims: Claims, title: str, summaries: Sequence[str]) -> Body:
    """Paragraphs joined by newlines; the tree is used up.

    JSON-LD's articleBody is right on most pages that have one, but cut or flattened on a fifth of
    them: it is taken, as is what the scripts carry, only where it holds far more than the page
    shows. `summaries` are what the page and the feed say that the article is about; they tell how
    sure such a text is, while a text of the page is as sure as the model says.
    """
    about = about_page(claims, title)
    carried = state_text(tree, plain)
    page = text_of_page(load_blocks_model(), tree, about)
    shown = tidy(page.text)
    found: tuple[BodySource, ExtractionMethod, str]
    found = ("page", page.method, shown)
    others: tuple[tuple[BodySource, ExtractionMethod, str], ...] = (
        ("json-ld", "json-ld", about.body),
        ("page", "page-state", carried),
        ("json-ld", "live-posts", newest_posts(claims.article)),
    )
    for other in others:
        if words_in(other[2]) > ENOUGH_WORDS and len(other[2]) > FAR_MORE * len(found[2]):
            found = other
    source, method, text = found
    if method == page.method:
        sure = round(page.expected_f1, 2) if text else 0.0
        return Body(text, source, method, sure, page.linked)
    evidence = Expectation(claimed=about.body, summaries=tuple(summaries))
    return Body(text, source, method, confidence_of(text, evidence))


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str)


def newest_posts(article: Mapping[str, Any]) -> str:
    """The posts that a live blog carries in its JSON-LD, the newest first."""
    posts = article.get("liveBlogUpdate")
    found = [
        post for post in (posts if isinstance(posts, list) else [posts]) if isinstance(post, dict)
    ]
    found.sort(key=lambda post: str(post.get("datePublished", "")), reverse=True)
    texts = [
        tidy(plain(post[name]))
        for post in found[:MOST_POSTS]
        for name in ("headline", "articleBody")
        if _is_text(post.get(name))
    ]
    return "\n".join(filter(None, texts))
