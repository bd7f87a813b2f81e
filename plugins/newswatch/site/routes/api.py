"""The read-only JSON API; `/api/openapi.json` describes it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request

from newswatch.models import ArticleId, StoryId
from newswatch.site.routes.articles import found_article
from newswatch.site.routes.asked import After, Id, TopicName, databases_of
from newswatch.site.routes.today import MOST_OF_ONE, end_of, topics_shown
from newswatch.site.searching import asked_of, find
from newswatch.store.site import articles, judgements, stories

router = APIRouter(prefix="/api", tags=["read"])
Answer = dict[str, Any]


@router.get("/topics", summary="Topics, with the flagged originals of the last fifteen days")
def list_topics(request: Request, day: date | None = None) -> Answer:
    with databases_of(request).reading() as connection:
        until = end_of(connection, day)
        found = topics_shown(connection, until, 0)
    return {
        "until": until,
        "topics": [
            {
                "topic": topic.topic,
                "name": topic.name,
                "days": topic.attention.days,
                "usual": topic.attention.usual,
                "z": topic.attention.z,
                "is_surge": topic.attention.is_surge,
                "outlets": topic.outlets,
                "words": topic.words,
            }
            for topic in found
        ],
    }


@router.get("/topics/{topic}/stories", summary="The stories of a topic on a day, ranked")
def list_stories(request: Request, topic: TopicName, day: date | None = None) -> Answer:
    with databases_of(request).reading() as connection:
        until = end_of(connection, day)
        found = topics_shown(connection, until, MOST_OF_ONE, topic)
    if not found:
        raise HTTPException(404, f"No topic {topic} has flagged anything.")
    return {
        "until": until,
        "topic": topic,
        "stories": [
            {**card.story.row, **card.story.carried, **card.face} for card in found[0].stories
        ],
        "more": found[0].more,
    }


@router.get("/stories/{story_id}", summary="A story with its articles, a hundred at a time")
def read_story(request: Request, story_id: Id, after: After = 0) -> Answer:
    with databases_of(request).reading() as connection:
        head = stories.head(connection, StoryId(story_id))
        members = stories.members(connection, StoryId(story_id), after, 100)
        topics = stories.topics_of(connection, StoryId(story_id))
    if head is None:
        raise HTTPException(404, f"There is no story {story_id}.")
    return {**head, "topics": topics, "members": members}


@router.get("/articles/{article_id}", summary="An article with its flags, mentions and copies")
def read_article(request: Request, article_id: Id) -> Answer:
    with databases_of(request).reading() as connection:
        known = ArticleId(article_id)
        return {
            **found_article(connection, known),
            "flags": articles.flags(connection, known),
            "duplicate": articles.duplicate(connection, known),
            "copies": articles.copies(connection, known),
            "judgements": judgements.of_article(connection, known),
        }


@router.get("/search", summary="Full text in any script, the newest first, a thousand at a time")
def search_articles(
    request: Request,
    q: Annotated[str, Query(description='words, "phrases", OR, -not, begin*')] = "",
    outlet: str = "",
    country: str = "",
    language: str = "",
    topic: str = "",
    since: Annotated[str, Query(description="first day, as in 2026-01-14")] = "",
    until: Annotated[str, Query(description="last day")] = "",
    kind: Annotated[str, Query(description="original or copy")] = "",
    before: Annotated[str, Query(description="`before` of the page before")] = "",
) -> Answer:
    found = find(databases_of(request), asked_of(request.query_params), 1_000, before)
    return {"articles": found.rows, "before": found.more}


@router.get("/judgements", summary="What people said of decisions, and the precision of each rule")
def list_judgements(request: Request) -> Answer:
    with databases_of(request).reading() as connection:
        return {
            "precision": judgements.precision(connection),
            "newest": judgements.newest(connection),
        }
