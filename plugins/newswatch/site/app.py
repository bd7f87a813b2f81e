"""The application: its door, its headers, its routes, and what it answers when something fails."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newswatch.errors import DatabaseUnreachable, InputError
from newswatch.site.access import Access, Door, PasswordAccess, path_of
from newswatch.site.answers import problem
from newswatch.site.databases import Databases
from newswatch.site.rendering import Pages
from newswatch.site.routes import (
    api,
    articles,
    feeds_out,
    judging,
    operations,
    readers,
    search,
    static,
    stories,
    today,
    topics,
)

log = logging.getLogger(__name__)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_app(databases: Databases, access: Access, pages: Pages) -> FastAPI:
    """The application; it may be mounted anywhere, and knows where by the request."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        databases.close()

    app = FastAPI(
        title="newswatch",
        description="Flagged news, read-only: topics, stories, articles, search.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.databases, app.state.pages = databases, pages
    app.state.access, app.state.can_log_out = access, access.can_log_out
    for module in (today, stories, articles, search, judging, topics, operations, feeds_out):
        app.include_router(module.router, include_in_schema=False)
    for module in (static, readers):
        app.include_router(module.router, include_in_schema=False)
    app.include_router(api.router)
    if isinstance(access, PasswordAccess):
        _add_login(app, access)
    _add_failures(app)
    app.add_middleware(Door, access=access)
    app.add_middleware(_Headers)
    return app


def _add_login(app: FastAPI, access: PasswordAccess) -> None:
    async def log_in(request: Request) -> Response:
        return await access.log_in(request)

    async def log_out(request: Request) -> Response:
        return access.log_out(request)

    app.add_api_route("/login", log_in, methods=["POST"], include_in_schema=False)
    app.add_api_route("/logout", log_out, methods=["POST"], include_in_schema=False)


class _Headers:
    """Middleware: what every answer says to the browser."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                usual = {**HEADERS, "Cache-Control": "private, no-store"}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.lower().encode(), value.encode())
                        for name, value in usual.items()
                        if name.lower().encode() not in known
                    ),
                ]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def _add_failures(app: FastAPI) -> None:
    answers: dict[type[Exception], Callable[[Exception], tuple[int, str]]] = {
        HTTPException: lambda error: (error.status_code, str(error.detail)),  # type: ignore[attr-defined]
        RequestValidationError: lambda _: (400, "An address or a field has a value of no use."),
        InputError: lambda error: (400, str(error)),
        psycopg.errors.QueryCanceled: lambda _: (503, "That took too long; ask for less."),
        psycopg.errors.InsufficientPrivilege: lambda _: (403, "The database does not allow that."),
        DatabaseUnreachable: lambda _: (503, "The database does not answer."),
        psycopg.OperationalError: lambda _: (503, "The database does not answer."),
        TimeoutError: lambda _: (503, "Too many people ask at once; try again."),
    }
    for kind, told in answers.items():
        app.add_exception_handler(kind, _handler(told))


def _handler(
    told: Callable[[Exception], tuple[int, str]],
) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        status, sentence = told(error)
        if status >= 500:
            log.error("newswatch: %s: %s", path_of(request.scope), type(error).__name__)
        if path_of(request.scope).startswith("/api/"):
            return problem(status, sentence)
        pages: Pages = request.app.state.pages
        phrase = HTTPStatus(status).phrase
        told_of = "" if sentence == phrase else sentence
        page = pages.render("failure.html.j2", request, phrase=phrase, sentence=told_of)
        return HTMLResponse(page, status)

    return answer
