"""The page on a real server and a real database, and a client that is logged in."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx
import uvicorn
from fastapi import FastAPI

from newswatch.settings import Settings
from newswatch.site.alone import app_alone

PASSWORD = "correct horse battery"
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """The application on a port of its own; its address."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def served(database: str, settings: Settings | None = None) -> Iterator[httpx.Client]:
    """The page by itself on a database (URL of the writer); a client that is Ann."""
    app = app_alone(settings or Settings(), database, PASSWORD)
    with (
        listening(app) as address,
        httpx.Client(
            base_url=address, auth=("Ann", PASSWORD), headers=FROM_HERE, timeout=60
        ) as client,
    ):
        yield client


@dataclass(frozen=True, slots=True)
class Element:
    name: str
    attributes: dict[str, str]
    classes: frozenset[str]


@dataclass
class Seen(HTMLParser):
    """A page as a browser's tokenizer sees it: its elements, and the text of each kind of them."""

    elements: list[Element] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        classes = frozenset(attributes.get("class", "").split())
        self.elements.append(Element(tag, attributes, classes))
        self._open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def links(self) -> list[str]:
        return [e.attributes["href"] for e in self.elements if e.name == "a"]


def seen(page: str) -> Seen:
    parser = Seen()
    parser.feed(page)
    return parser


def get(client: httpx.Client, path: str) -> Seen:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
    return seen(answer.text)
