"""Who may come in: the door of the application, and the password that opens it where it runs alone.

Everything is behind the door but what it names, and the signed links of readers. What changes
anything is taken from pages of this site only: browsers say where a request comes from, and no page
can forge that.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qs, quote, urlsplit

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from newswatch.site.answers import problem
from newswatch.site.rendering import Pages
from newswatch.text.invisible import without_unseen

COOKIE = "newswatch_session"
LASTS = 14 * 86_400  # seconds
LONGEST_NAME, LONGEST_FORM = 80, 100_000  # characters, bytes
READING = ("GET", "HEAD")
# What a reader was given a signed address of: the signature is looked at by the route.
READER_LINK = re.compile(r"/(unsubscribe|preferences|edition|archive|judge)/[A-Za-z0-9_-]+")
_FOR_PROGRAMS = re.compile(r"^/api/|\.(atom|json|csv)$")  # they are asked for the password itself


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at a page; the name is kept beside what they judge. Who may write operates."""

    name: str
    may_write: bool = True


class Access(Protocol):
    """How visitors are known."""

    public: frozenset[str]  # paths that need no visitor
    can_log_out: bool

    async def visitor(self, request: Request) -> Visitor | None: ...

    def refusal(self, request: Request) -> Response:
        """The answer to nobody, with status 401."""


class Door:
    """Middleware: lets visitors in, and nobody else."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        path = path_of(scope)
        if path not in self._access.public and not READER_LINK.fullmatch(path):
            visitor = await self._access.visitor(request)
            if visitor is None:
                await self._access.refusal(request)(scope, receive, send)
                return
            if request.method not in READING and (refused := _refused(request, visitor)):
                await refused(scope, receive, send)
                return
            request.state.visitor = visitor
        await self._app(scope, receive, send)


def path_of(scope: Scope) -> str:
    """The path within the application, wherever it is mounted."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root) or "/"


def _refused(request: Request, visitor: Visitor) -> Response | None:
    if not visitor.may_write:
        return Response("You may look, and change nothing.", 403)
    if not is_from_this_site(request.headers):
        return Response("This form was sent by a page of another site.", 403)
    return None


def is_from_this_site(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that one of our own pages sent the request."""
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin"
    return urlsplit(headers.get("origin", "")).netloc == headers.get("host", "-")


class PasswordAccess:
    """One password, and a signed cookie; feed readers and scripts send the password each time
    (HTTP Basic). With the password all sessions end."""

    public = frozenset(("/login", "/static/site.css", "/static/icon.svg"))
    can_log_out = True

    def __init__(self, password: str, pages: Pages) -> None:
        self._password, self._pages = password.encode(), pages
        # A stolen cookie must not be a way to guess the password at leisure.
        key = hashlib.scrypt(self._password, salt=b"newswatch session", n=2**14, r=8, p=1)
        self._signer = URLSafeTimedSerializer(key, salt="session")
        self._guesses = asyncio.Lock()

    async def visitor(self, request: Request) -> Visitor | None:
        if cookie := request.cookies.get(COOKIE):
            try:
                return Visitor(str(self._signer.loads(cookie, max_age=LASTS)))
            except BadData:
                pass
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            name, password = _basic(credentials)
            if await self._is_right(password):
                return Visitor(_name(name))
        return None

    def refusal(self, request: Request) -> Response:
        if _FOR_PROGRAMS.search(path_of(request.scope)):
            asked = {"WWW-Authenticate": 'Basic realm="newswatch"'}
            return problem(401, "The password is asked for.", asked)
        target = path_of(request.scope)
        if request.method in READING and request.url.query:
            target += f"?{request.url.query}"
        return self._asked(request, target if request.method in READING else "/", wrong=False)

    async def log_in(self, request: Request) -> Response:
        """The answer to the form."""
        if not is_from_this_site(request.headers):
            return Response("This form was sent by a page of another site.", 403)
        form = await form_of(request)
        if not await self._is_right(form.get("password", "")):
            return self._asked(request, form.get("next", "/"), wrong=True)
        target = form.get("next", "/")
        here = target if target.startswith("/") and not target.startswith(("//", "/\\")) else "/"
        root = str(request.scope.get("root_path", ""))
        answer = RedirectResponse(root + quote(here, safe="/?&=%+:.,-_~"), 303)
        answer.set_cookie(
            COOKIE,
            self._signer.dumps(_name(form.get("name", ""))),
            max_age=LASTS,
            path=root or "/",
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return answer

    def log_out(self, request: Request) -> Response:
        root = str(request.scope.get("root_path", ""))
        answer = RedirectResponse(f"{root}/", 303)
        answer.delete_cookie(COOKIE, path=root or "/", httponly=True, samesite="lax")
        return answer

    async def _is_right(self, password: str) -> bool:
        """One guess a second, whoever guesses, once one was wrong."""
        if hmac.compare_digest(password.encode(), self._password):
            return True
        async with self._guesses:
            await asyncio.sleep(1)
        return False

    def _asked(self, request: Request, target: str, *, wrong: bool) -> Response:
        page = self._pages.render("login.html.j2", request, target=target, is_wrong=wrong)
        return HTMLResponse(page, 401)


async def form_of(request: Request, longest: int = LONGEST_FORM) -> dict[str, str]:
    """The fields of a form, of each the last value; of too large a form none."""
    return {name: found[-1] for name, found in (await fields_of(request, longest)).items()}


async def fields_of(request: Request, longest: int = LONGEST_FORM) -> dict[str, list[str]]:
    """The fields of a form with all their values; of too large a form none."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > longest:
            return {}
    return parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)


def _basic(credentials: str) -> tuple[str, str]:
    try:
        name, _, password = base64.b64decode(credentials, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password


def _name(text: str) -> str:
    return " ".join(without_unseen(text).split())[:LONGEST_NAME] or "somebody"
