"""The read-only JSON API; `/api/openapi.json` describes it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request

from newswatch.models import ArticleId, StoryId
from newswatch.site import answers
from newswatch.site.routes.articles import found_article
from newswatch.site.routes.asked import After, Id, TopicName, databases_of
from newswatch.site.routes.today import MOST_OF_ONE, end_of, topics_shown
from newswatch.site.searching import asked_of, find
from newswatch.store.site import articles, judgements, stories

router = APIRouter(
    prefix="/api",
    tags=["read"],
    responses={
        "default": {
            "description": "What went wrong (RFC 9457)",
            "content": {answers.PROBLEM: {"schema": answers.Problem.model_json_schema()}},
        }
    },
)
Answer = dict[str, Any]  # held to the model that its route names
MOST_MEMBERS, MOST_FOUND = 100, 1_000  # of a page


@router.get(
    "/topics",
    response_model=answers.Topics,
    summary="Topics, with the flagged originals of the last fifteen days",
)
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


@router.get(
    "/topics/{topic}/stories",
    response_model=answers.TopicStories,
    summary="The stories of a topic on a day, ranked",
)
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


@router.get(
    "/stories/{story_id}",
    response_model=answers.Story,
    summary="A story with its articles, a hundred at a time",
)
def read_story(request: Request, story_id: Id, after: After = 0) -> Answer:
    with databases_of(request).reading() as connection:
        head = stories.head(connection, StoryId(story_id))
        found = stories.members(connection, StoryId(story_id), after, MOST_MEMBERS + 1)
        topics = stories.topics_of(connection, StoryId(story_id))
    if head is None:
        raise HTTPException(404, f"There is no story {story_id}.")
    members = found[:MOST_MEMBERS]
    further = members[-1]["decision_order"] if len(found) > MOST_MEMBERS else None
    return {**head, "topics": topics, "members": members, "after": further}


@router.get(
    "/articles/{article_id}",
    response_model=answers.Article,
    summary="An article with its flags, mentions and copies",
)
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


@router.get(
    "/search",
    response_model=answers.FoundArticles,
    summary="Full text in any script, the newest first, a thousand at a time",
)
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
    within: Annotated[str, Query(alias="in", description="headline: words of those only")] = "",
    before: Annotated[str, Query(description="`before` of the page before")] = "",
) -> Answer:
    asked = asked_of(request.query_params)
    found = find(databases_of(request), asked, MOST_FOUND, before, patiently=True)
    return {"articles": found.rows, "before": found.more, "searched_to": found.searched_to}


@router.get(
    "/judgements",
    response_model=answers.Judgements,
    summary="What people said of decisions, and the precision of each rule",
)
def list_judgements(request: Request) -> Answer:
    with databases_of(request).reading() as connection:
        return {
            "precision": judgements.precision(connection),
            "newest": judgements.newest(connection),
        }
