"""Answers that are sent once: who has the same already is told so (RFC 9110, ETag)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response


def answer(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    """The body with these headers, or 304 if the request says that it knows both."""
    of_headers = repr(sorted((headers or {}).items())).encode()
    etag = f'"{hashlib.sha256(body + of_headers).hexdigest()[:32]}"'
    known = request.headers.get("if-none-match", "").split(",")
    told = {"ETag": etag, "Cache-Control": "private, no-cache", **(headers or {})}
    if etag in (part.strip().removeprefix("W/") for part in known):
        return Response(status_code=304, headers=told)
    return Response(body, media_type=f"{media_type}; charset=utf-8", headers=told)
