"""What readers reach by the signed links of their brief, without a login: the brief, what they want
of it, its end, and what they say of its stories. A GET changes nothing, since mail programs follow
links; a POST is meant (RFC 8058)."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from newswatch.digest import links
from newswatch.digest.links import Link, Purpose
from newswatch.digest.quoting import repeats
from newswatch.errors import InputError
from newswatch.models import ArticleId
from newswatch.site.access import fields_of, form_of
from newswatch.site.routes.asked import databases_of, pages_of, root_of
from newswatch.site.routes.judging import judgement_of
from newswatch.stages import judge as stage
from newswatch.stages import reader_choices
from newswatch.stages.judge import name_of_reader
from newswatch.stages.readers import reader_of
from newswatch.store import digests, readers
from newswatch.store import reader_choices as store
from newswatch.store.readers import KnownReader
from newswatch.store.server.database import Connection
from newswatch.store.site import judgements

router = APIRouter()
# A brief carries its styles in itself.
OF_EDITION = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex",
}


@router.get("/unsubscribe/{token}")
def ask_to_unsubscribe(request: Request, token: str) -> Response:
    link = _link(request, token, "unsubscribe")
    return _shown(request, "unsubscribe.html.j2", link, is_done=False)


@router.post("/unsubscribe/{token}")
def unsubscribe(request: Request, token: str) -> Response:
    link = _link(request, token, "unsubscribe")
    with databases_of(request).writing() as work:
        reader_choices.unsubscribe(work, _known(work.connection, link).reader_id)
    return _shown(request, "unsubscribe.html.j2", link, is_done=True)


@router.get("/preferences/{token}")
def preferences(request: Request, token: str) -> Response:
    return _preferences(request, _link(request, token, "preferences"), is_done=False)


@router.post("/preferences/{token}")
async def choose(request: Request, token: str) -> Response:
    link = _link(request, token, "preferences")
    form = await fields_of(request)
    wanted = form.get("topic", [])

    def work() -> Response:
        offered = _topics(request, link)
        kept = [topic for topic in offered if topic in wanted]
        with databases_of(request).writing() as job:
            reader_choices.choose(
                job,
                _known(job.connection, link).reader_id,
                receives=form.get("receives") == ["yes"] and bool(kept),
                topics=kept if 0 < len(kept) < len(offered) else None,
            )
        return _preferences(request, link, is_done=True)

    return await run_in_threadpool(work)


@router.get("/edition/{token}")
def edition(request: Request, token: str) -> Response:
    link = _link(request, token, "edition")
    with databases_of(request).writing() as work:
        reader_id = _known(work.connection, link).reader_id
        found = digests.edition_of(work.connection, reader_id, link.rhythm, link.edition)
    if found is None:
        raise HTTPException(404, "This brief is not kept any more.")
    return HTMLResponse(found.page_html, headers=OF_EDITION)


@router.get("/archive/{token}")
def archive(request: Request, token: str) -> Response:
    link = _link(request, token, "archive")
    with databases_of(request).writing() as work:
        found = digests.titles(work.connection, _known(work.connection, link).reader_id)
    editions = [
        (each, _local(request, Link(link.reader, "edition", each.local_date, each.rhythm)))
        for each in found
    ]
    return _shown(request, "archive.html.j2", link, editions=editions)


@router.get("/judge/{token}")
def ask_to_judge(request: Request, token: str) -> Response:
    return _judging(request, _link(request, token, "judge"))


@router.post("/judge/{token}")
async def judge(request: Request, token: str) -> Response:
    """A form with a verdict (empty: taken back) and why. What somebody else has said
    stands."""
    link = _link(request, token, "judge")
    form = await form_of(request)

    def work() -> Response:
        topic, article_id = _flag(link)
        with databases_of(request).writing() as job:
            name = name_of_reader(_known(job.connection, link))
            wanted = judgement_of({**form, "subject": "flag", "topic": topic}, article_id, name)
            stage.leave_to_others(job, wanted)
            (stage.judge if form.get("verdict") else stage.take_back)(job, wanted)
        return _judging(request, link)

    return await run_in_threadpool(work)


def _flag(link: Link) -> tuple[str, ArticleId]:
    if link.flag is None:
        raise HTTPException(404, "This link is not valid, or not any more.")
    return link.flag


def _judging(request: Request, link: Link) -> Response:
    topic, article_id = _flag(link)
    with databases_of(request).writing() as work:
        own = name_of_reader(_known(work.connection, link))
    with databases_of(request).reading() as connection:
        flag = judgements.flag(connection, article_id, topic)
    said = flag["evidence"] if flag else None
    evidence = said if flag and said and not repeats(said, flag["title"]) else None
    return _shown(
        request, "judge.html.j2", link, flag=flag, evidence=evidence, topic=topic, own=own
    )


def _link(request: Request, token: str, purpose: Purpose) -> Link:
    """Raises `HTTPException` (404) for what is no link of ours for this."""
    link = links.read(token, databases_of(request).settings.link_secret)
    if link is None or link.purpose != purpose:
        raise HTTPException(404, "This link is not valid, or not any more.")
    return link


def _known(connection: Connection, link: Link) -> KnownReader:
    """Raises `HTTPException` (404) for one who is no reader any more."""
    known = readers.find(connection, link.reader)
    if known is None:
        raise HTTPException(404, "This link is not valid, or not any more.")
    return known


def _local(request: Request, link: Link) -> str:
    secret = databases_of(request).settings.link_secret
    return f"{root_of(request)}/{link.purpose}/{links.make(link, secret)}"


def _reader(request: Request, link: Link) -> KnownReader:
    with databases_of(request).writing() as work:
        return _known(work.connection, link)


def _shown(request: Request, template: str, link: Link, **context: object) -> Response:
    answer = pages_of(request).answer(
        template,
        request,
        reader=_reader(request, link).name,
        preferences=_local(request, Link(link.reader, "preferences", link.edition)),
        archive=_local(request, Link(link.reader, "archive", link.edition)),
        **context,
    )
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _preferences(request: Request, link: Link, *, is_done: bool) -> Response:
    with databases_of(request).writing() as work:
        choice = store.of_reader(work.connection, _known(work.connection, link).reader_id)
    wanted = choice.topics
    return _shown(
        request,
        "preferences.html.j2",
        link,
        is_done=is_done,
        receives=choice.unsubscribed_at is None,
        topics=[(topic, wanted is None or topic in wanted) for topic in _topics(request, link)],
    )


def _topics(request: Request, link: Link) -> tuple[str, ...]:
    """Those that subscribers.yaml gives the reader; none, if they are out of it."""
    try:
        return reader_of(databases_of(request).settings, _reader(request, link).name).topics
    except InputError:
        return ()
