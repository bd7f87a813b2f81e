"""What people say of decisions, what they are asked, and what it adds up to."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from newswatch.errors import InputError
from newswatch.models import ArticleId, Judgement, JudgementSubject, StoryId, Verdict
from newswatch.site.access import form_of
from newswatch.site.marks import Mark, paragraphs, segments
from newswatch.site.routes.asked import (
    MOST_ID,
    TOPIC_NAME,
    Id,
    databases_of,
    id_of,
    pages_of,
    root_of,
    topics_of,
    visitor_of,
)
from newswatch.stages.flag.trial import held
from newswatch.stages.judge import judge, take_back
from newswatch.store import trials
from newswatch.store.flags import FlaggableArticle
from newswatch.store.site import judgements as store

router = APIRouter()
SHOWN = 14  # paragraphs of an article that is to be judged
Topic = Annotated[str | None, Query(pattern=TOPIC_NAME)]


@router.get("/judgements")
def judgements(request: Request) -> Response:
    with databases_of(request).reading() as connection:
        quality = store.quality(connection)
        context = {"newest": store.newest(connection), "waiting": store.waiting(connection)}
    parts = groupby(quality, key=lambda row: row["topic"])
    topics = [list(rows) for _, rows in parts]
    return pages_of(request).answer("judgements.html.j2", request, topics=topics, **context)


@router.get("/to-judge")
def to_judge(
    request: Request,
    topic: Topic = None,
    said: Annotated[int | None, Query(ge=1, le=MOST_ID)] = None,
    of: Topic = None,
) -> Response:
    """The next article of the nightly sample; `said` and `of` name what was judged just now."""
    with databases_of(request).reading() as connection:
        found = store.to_judge(connection, topic, 1)
        text = trials.published(connection, found[0]["article_id"]) if found else None
        context = {
            "waiting": store.waiting(connection),
            "said": store.said(connection, ArticleId(said), of) if said and of else None,
        }
    marked = _marked(request, text, found[0]["topic"]) if text else {}
    case = found[0] | marked if found else None
    return pages_of(request).answer("to_judge.html.j2", request, topic=topic, case=case, **context)


def _marked(request: Request, article: FlaggableArticle, topic: str) -> dict[str, Any]:
    """Headline, subtitle and text in pieces, with the topic's words."""
    marks: dict[str, list[Mark]] = {"title": [], "subtitle": [], "text": []}
    for known in topics_of(request):
        if known.topic_id == topic:
            for word in held(known, article):
                kind = "topic-0 subject" if word.group in known.subject else "topic-0 support"
                marks[word.field].append(Mark(word.start, word.end, kind, word.group))
    text = paragraphs(article.text, marks["text"])
    return {
        "marked_title": segments(article.title, marks["title"]),
        "marked_subtitle": segments(article.subtitle or "", marks["subtitle"]),
        "paragraphs": text[:SHOWN],
        "more": max(0, len(text) - SHOWN),
    }


@router.post("/article/{article_id}/judge")
async def judge_article(request: Request, article_id: Id) -> Response:
    """A form with subject, verdict (empty: taken back), topic, story, original, why; it leads back
    to the page `back`."""
    form = await form_of(request)
    wanted = judgement_of(form, ArticleId(article_id), visitor_of(request).name)
    is_taken_back = not form.get("verdict")

    def work() -> None:
        with databases_of(request).writing() as job:
            (take_back if is_taken_back else judge)(job, wanted)

    await run_in_threadpool(work)
    return RedirectResponse(f"{root_of(request)}{_back(form, wanted)}", 303)


def _back(form: dict[str, str], judgement: Judgement) -> str:
    article = f"/article/{judgement.article_id}"
    match form.get("back"):
        case "why-not":
            return f"{article}/why-not#judged"
        case "story":
            return f"/story/{judgement.story_id}#judged"
        case "to-judge":
            just_now = {"said": judgement.article_id, "of": judgement.topic or ""}
            only = {"topic": form["only"]} if form.get("only") else {}
            return f"/to-judge?{urlencode(only | just_now)}#case"
        case _:
            return f"{article}#judged"


def judgement_of(form: dict[str, str], article_id: ArticleId, name: str) -> Judgement:
    """Raises `InputError` if the form is none of ours."""
    subject, verdict = form.get("subject", ""), form.get("verdict") or "right"
    if subject not in get_args(JudgementSubject) or verdict not in get_args(Verdict):
        raise InputError("nothing can be judged so", mend="use the buttons of the page")
    story_id, original_id = _id(form.get("story")), _id(form.get("original"))
    return Judgement(
        subject=subject,  # type: ignore[arg-type]
        verdict=verdict,  # type: ignore[arg-type]
        article_id=article_id,
        why=" ".join(form.get("why", "").replace("\x00", " ").split())[:500],
        judged_by=name,
        topic=form.get("topic") or None if subject == "flag" else None,
        story_id=StoryId(story_id) if subject == "story" and story_id else None,
        original_id=ArticleId(original_id) if subject == "copy" and original_id else None,
    )


def _id(text: str | None) -> int | None:
    return id_of(text) if text else None
