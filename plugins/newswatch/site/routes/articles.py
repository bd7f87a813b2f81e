"""An article: its text with its mentions, why it is flagged and why not, copies, wordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from newswatch.models import ArticleId
from newswatch.site.marks import Mark, paragraphs, segments
from newswatch.site.routes.asked import Id, databases_of, pages_of, topics_of
from newswatch.site.wordings import changes
from newswatch.stages.flag.trial import stopped
from newswatch.store import trials
from newswatch.store.server.database import Connection
from newswatch.store.site import articles as store
from newswatch.store.site import judgements

router = APIRouter()
FIELDS = ("title", "subtitle", "text")


@router.get("/article/{article_id}")
def article(request: Request, article_id: Id) -> Response:
    with databases_of(request).reading() as connection:
        shown = found_article(connection, ArticleId(article_id))
        flags = store.flags(connection, ArticleId(article_id))
        duplicate = store.duplicate(connection, ArticleId(article_id))
        context = {
            "article": shown,
            "flags": flags,
            "duplicate": duplicate,
            "related": None if duplicate else store.related(connection, ArticleId(article_id)),
            "copies": store.copies(connection, ArticleId(article_id)),
            "contained": store.contained(connection, ArticleId(article_id)),
            "wordings": store.wordings(connection, ArticleId(article_id)),
            "judged": judgements.of_article(connection, ArticleId(article_id)),
        }
    return pages_of(request).answer("article.html.j2", request, **context, **_marked(shown, flags))


@router.get("/article/{article_id}/why-not")
def why_not(request: Request, article_id: Id) -> Response:
    """Which rules of the other topics came near, and what stopped them."""
    with databases_of(request).reading() as connection:
        shown = found_article(connection, ArticleId(article_id))
        text = trials.published(connection, ArticleId(article_id))
        judged = judgements.of_article(connection, ArticleId(article_id))
    topics = topics_of(request)
    names = {topic.topic_id: topic.name for topic in topics}
    return pages_of(request).answer(
        "why_not.html.j2",
        request,
        article=shown,
        names=names,
        stopped=stopped(topics, text) if text else {},
        judged=judged,
    )


@router.get("/article/{article_id}/beside/{other_id}")
def beside(request: Request, article_id: Id, other_id: Id) -> Response:
    """The article and an earlier one that it was compared with, with what they share."""
    with databases_of(request).reading() as connection:
        later = found_article(connection, ArticleId(article_id))
        earlier = found_article(connection, ArticleId(other_id))
        shared = store.passages(connection, ArticleId(article_id), ArticleId(other_id))
    if shared is None:
        raise HTTPException(404, "These two were not compared with each other.")
    return pages_of(request).answer(
        "beside.html.j2",
        request,
        later=later,
        earlier=earlier,
        shared=shared,
        later_text=paragraphs(later["text"], _passages(shared["passages"], 2)),
        earlier_text=paragraphs(earlier["text"], _passages(shared["passages"], 0)),
    )


@router.get("/article/{article_id}/wordings")
def wordings(request: Request, article_id: Id) -> Response:
    """Each wording against the one before it."""
    with databases_of(request).reading() as connection:
        shown = found_article(connection, ArticleId(article_id))
        earlier = store.wordings(connection, ArticleId(article_id))
    newer = [{"title": shown["title"], "text": shown["text"]}, *earlier]
    steps = [
        {
            "row": old,
            "title": (old["title"], new["title"]) if old["title"] != new["title"] else None,
            "changes": changes(old["text"], new["text"]),
        }
        for new, old in zip(newer, earlier, strict=False)
    ]
    return pages_of(request).answer("wordings.html.j2", request, article=shown, steps=steps)


def found_article(connection: Connection, article_id: ArticleId) -> dict[str, Any]:
    """Raises `HTTPException` (404) if there is none."""
    shown = store.article(connection, article_id)
    if shown is None:
        raise HTTPException(404, f"There is no article {article_id}, or it is not published yet.")
    return shown


def _marked(article: Mapping[str, Any], flags: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Title, subtitle and text in pieces, with the mentions of all flags."""
    marks: dict[str, list[Mark]] = {field: [] for field in FIELDS}
    for place, flag in enumerate(flags):
        for mention in flag["mentions"]:
            kind = f"topic-{place % 6} {mention['part']}"
            note = f"{flag['name'] or flag['topic']}: {mention['alias']}"
            marks[mention["field"]].append(Mark(mention["start"], mention["end"], kind, note))
    return {
        "title": segments(article["title"], marks["title"]),
        "subtitle": segments(article["subtitle"] or "", marks["subtitle"]),
        "paragraphs": paragraphs(article["text"], marks["text"]),
    }


def _passages(rows: Sequence[Sequence[int]], first: int) -> list[Mark]:
    return [
        Mark(row[first], row[first + 1], "shared", f"passage {number}")
        for number, row in enumerate(rows, start=1)
    ]
