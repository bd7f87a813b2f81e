"""The feeds that a web page announces in its head."""

from __future__ import annotations

from html.parser import HTMLParser

from newswatch.feeds.formats import ANNOUNCED_TYPES

LOOKED_AT = 500_000  # characters


def announced_feeds(html: str) -> tuple[str, ...]:
    """The links as they stand there, in order, each once."""
    parser = _Links()
    parser.feed(html[:LOOKED_AT])
    return tuple(dict.fromkeys(parser.found))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if (
            tag == "link"
            and "alternate" in values.get("rel", "").lower().split()
            and values.get("type", "").split(";")[0].strip().lower() in ANNOUNCED_TYPES
            and values.get("href", "").strip()
        ):
            self.found.append(values["href"].strip())
