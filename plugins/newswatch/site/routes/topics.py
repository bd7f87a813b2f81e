"""The topics: a draft is edited, checked, tried on stored articles, and published."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from newswatch.errors import InputError
from newswatch.site.access import form_of
from newswatch.site.databases import Databases
from newswatch.site.routes.asked import (
    TOPIC_NAME,
    TopicName,
    databases_of,
    pages_of,
    root_of,
    visitor_of,
)
from newswatch.stages import edit_topic
from newswatch.stages.flag.trial import Trial, tried
from newswatch.store import topic_drafts
from newswatch.store.site.today import newest_at
from newswatch.topics.load import Topic, load_topics

router = APIRouter()
LONGEST = 2_000_000  # bytes of a form: letters beyond ASCII take up to twelve
MOST = 20  # articles of each kind that a trial shows
SECONDS = 6.0  # of CPU time that a trial takes
_trials = Lock()  # one at a time: they compute


@router.get("/topics")
def topics(
    request: Request, name: Annotated[str | None, Query(pattern=TOPIC_NAME)] = None
) -> Response:
    """All topics; `name` is of one to begin."""
    if name:
        return RedirectResponse(f"{root_of(request)}/topics/{name}", 303)
    databases = databases_of(request)
    loaded = load_topics(databases.settings.watchlist / "topics", drafts=True)
    with databases.reading() as connection:
        drafts = topic_drafts.all_in_progress(connection)
    return pages_of(request).answer(
        "topics.html.j2",
        request,
        topics=loaded.topics,
        errors=[_told(error) for error in loaded.errors],
        drafts={draft.topic: draft for draft in drafts},
    )


@router.get("/topics/{topic}")
def edit(
    request: Request,
    topic: TopicName,
    days: Annotated[int | None, Query(ge=1, le=31)] = None,
) -> Response:
    """The draft in progress, or the file; `days`: tried on the articles of so many days."""
    databases = databases_of(request)
    path = edit_topic.path_of(databases.settings.watchlist, topic)
    with databases.reading() as connection:
        draft = topic_drafts.in_progress(connection, topic)
        versions = topic_drafts.versions(connection, topic)
        published = topic_drafts.published(connection, topic)
    definition = draft.definition if draft else edit_topic.text_of(path)
    found = edit_topic.checked(path, definition)
    return pages_of(request).answer(
        "topic_editor.html.j2",
        request,
        topic=topic,
        draft=draft,
        definition=definition,
        found=found,
        error=_told(found.error) if found.error else None,
        trial=_trial(databases, found.topic, days) if found.topic and days else None,
        days=days,
        mark=edit_topic.mark_of(path),
        exists=path.exists(),
        is_writable=edit_topic.may_be_written(path),
        versions=versions,
        published=published,
    )


def _trial(databases: Databases, topic: Topic, days: int) -> dict[str, Any]:
    """What the draft would do to the newest articles."""
    with _trials, databases.reading() as connection:
        newest = newest_at(connection)
        if newest is None:
            return {"trial": Trial([], {}, [], []), "by_kind": {}}  # type: ignore[arg-type]
        trial = tried(connection, topic, newest - timedelta(days=days), MOST, SECONDS)
    kinds = ("added", "dropped", "kept")
    by_kind = {kind: [each for each in trial.changes if each.kind == kind] for kind in kinds}
    return {"trial": trial, "by_kind": by_kind}


def _told(error: InputError) -> dict[str, Any]:
    return {
        "file": Path(error.file).name if error.file else "",
        "line": error.line,
        "column": error.column,
        "problem": error.problem,
        "mend": error.mend,
    }


@router.post("/topics/{topic}")
async def change(request: Request, topic: TopicName) -> Response:
    """A form with the definition and what is to be done: save, try, publish, discard."""
    form = await form_of(request, LONGEST)
    by, wanted = visitor_of(request).name, form.get("do", "")
    definition = form.get("definition", "").replace("\r\n", "\n").replace("\x00", "")

    def work() -> None:
        with databases_of(request).writing() as job:
            if wanted == "discard":
                edit_topic.discard(job, topic)
                return
            if not definition.strip():
                raise InputError("no definition came with the form", mend="write one, a MB at most")
            edit_topic.save_draft(job, topic, definition, by)
            if wanted == "publish":
                edit_topic.publish(job, topic, form.get("mark", ""), by)

    await run_in_threadpool(work)
    days = form.get("days", "") if wanted == "try" else ""
    asked = f"?days={days}#trial" if days.isascii() and days.isdigit() else ""
    return RedirectResponse(f"{root_of(request)}/topics/{topic}{asked}", 303)
