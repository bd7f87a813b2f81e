"""What every route is given: the request's databases and pages, and parameters that make sense."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request

from newswatch.site.access import Visitor
from newswatch.site.databases import Databases
from newswatch.site.rendering import Pages

MOST_ID = 2**63 - 1  # of a bigint
Id = Annotated[int, Path(ge=1, le=MOST_ID)]
After = Annotated[int, Query(ge=-MOST_ID, le=MOST_ID)]
TopicName = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,99}$")]


def databases_of(request: Request) -> Databases:
    found: Databases = request.app.state.databases
    return found


def pages_of(request: Request) -> Pages:
    found: Pages = request.app.state.pages
    return found


def visitor_of(request: Request) -> Visitor:
    found: Visitor = request.state.visitor
    return found


def root_of(request: Request) -> str:
    """Where the application is mounted: what local links begin with."""
    return str(request.scope.get("root_path", ""))
