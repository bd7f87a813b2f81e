"""Right, wrong, missed: what people say of decisions, and what it adds up to."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from newswatch.errors import InputError
from newswatch.models import ArticleId, Judgement, StoryId
from newswatch.site.access import form_of
from newswatch.site.routes.asked import MOST_ID, Id, databases_of, pages_of, root_of, visitor_of
from newswatch.stages.judge import judge, take_back
from newswatch.store.site import judgements as store

router = APIRouter()
SUBJECTS, VERDICTS = ("flag", "story", "copy"), ("right", "wrong", "missed")


@router.get("/judgements")
def judgements(request: Request) -> Response:
    with databases_of(request).reading() as connection:
        precision = store.precision(connection)
        newest = store.newest(connection)
    return pages_of(request).answer(
        "judgements.html.j2", request, topics=_by_topic(precision), newest=newest
    )


@router.post("/article/{article_id}/judge")
async def judge_article(request: Request, article_id: Id) -> Response:
    """A form with subject, verdict (empty: taken back), topic, story, original, why; it leads back
    to the page `back`."""
    form = await form_of(request)
    wanted = _judgement(form, ArticleId(article_id), visitor_of(request).name)
    is_taken_back = not form.get("verdict")

    def work() -> None:
        with databases_of(request).writing() as job:
            (take_back if is_taken_back else judge)(job, wanted)

    await run_in_threadpool(work)
    back = {"why-not": f"/article/{article_id}/why-not", "story": f"/story/{wanted.story_id}"}
    target = back.get(form.get("back", ""), f"/article/{article_id}")
    return RedirectResponse(f"{root_of(request)}{target}#judged", 303)


def _judgement(form: dict[str, str], article_id: ArticleId, name: str) -> Judgement:
    """Raises `InputError` if the form is none of ours."""
    subject, verdict = form.get("subject", ""), form.get("verdict") or "right"
    if subject not in SUBJECTS or verdict not in VERDICTS:
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
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19 and int(text) <= MOST_ID):
        raise InputError(f"{text[:40]!r} is no id", mend="write the number in its address")
    return int(text)


def _by_topic(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Topics with the sums of their rules."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        topic = found.setdefault(
            row["topic"], {"topic": row["topic"], "right": 0, "wrong": 0, "missed": 0, "rules": []}
        )
        for name in VERDICTS:
            topic[name] += row[name]
        if row["rule"] is not None:
            topic["rules"].append(row)
    return list(found.values())
