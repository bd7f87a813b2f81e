"""What every route is given: the request's databases and pages, and parameters that make sense."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import Path, Query, Request

from newswatch.errors import InputError
from newswatch.site.access import Visitor
from newswatch.site.databases import Databases
from newswatch.site.rendering import Pages
from newswatch.stages.watchlist_file import FolderState, state_of
from newswatch.topics.load import Topic, load_topics
from newswatch.topics.names import FOLDER

MOST_ID = 2**63 - 1  # of a bigint
Id = Annotated[int, Path(ge=1, le=MOST_ID)]
After = Annotated[int, Query(ge=-MOST_ID, le=MOST_ID)]
TOPIC_NAME = r"^[a-z0-9][a-z0-9-]{0,99}$"
TopicName = Annotated[str, Path(pattern=TOPIC_NAME)]


def id_of(text: str) -> int:
    """Raises `InputError` if the text is no id."""
    if not (text.isascii() and text.isdigit() and len(text) < 20 and 1 <= int(text) <= MOST_ID):
        raise InputError(f"{text[:40]!r} is no id", mend="write the number in its address")
    return int(text)


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


def topics_of(request: Request) -> Sequence[Topic]:
    """The topics of the watchlist in force, read again when a file of it has changed."""
    folder = databases_of(request).settings.watchlist / "topics"
    return _topics(folder, state_of(folder, folder.parent / FOLDER))


@lru_cache(maxsize=1)
def _topics(folder: FilePath, _: FolderState) -> Sequence[Topic]:
    return load_topics(folder).topics
