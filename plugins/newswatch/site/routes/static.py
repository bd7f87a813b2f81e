"""The style sheet and the icon."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import FileResponse

from newswatch.site.rendering import HERE

router = APIRouter()


KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}


@router.get("/static/site.css")
def style_sheet() -> FileResponse:
    """Its address changes with it, so that browsers may keep it for ever."""
    return FileResponse(HERE / "static" / "site.css", media_type="text/css", headers=KEPT)


@router.get("/static/icon.svg")
def icon() -> FileResponse:
    return FileResponse(HERE / "static" / "icon.svg", media_type="image/svg+xml", headers=KEPT)
