"""`newswatch extract`: the stage's own extraction, on standard input."""

from __future__ import annotations

import asyncio
import base64
import binascii
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import click

from newswatch.cli.output import print_json_line, read_json_lines
from newswatch.errors import InputError
from newswatch.models import ExtractedArticle, NoArticle
from newswatch.settings import read_settings
from newswatch.stages.extract.extraction import extracted

PAGES = 64  # in memory at once


@click.command()
@click.option("--url", help="The address of the page on standard input.")
@click.option("--jsonl", is_flag=True, help="Lines of JSON: id, url, html (or html_b64) in.")
def extract(url: str | None, jsonl: bool) -> None:
    """Extract the article of a page, or tell why there is none.

    `authors` are all who sign it; `people` and `organisations` (agencies, desks) tell them apart.

    \b
    Example: newswatch extract --url https://news.example/a < page.html
    Example: newswatch extract --jsonl < pages.jsonl
    """
    if jsonl == bool(url):
        raise InputError(
            "give either --url or --jsonl", mend="newswatch extract --url ADDRESS < page.html"
        )
    asyncio.run(_extract_lines() if url is None else _extract_one(url, sys.stdin.buffer.read()))


async def _extract_one(url: str, page: bytes) -> None:
    article, reason = await _call(page, url)
    print_json_line({"article": article, "reason": reason})


async def _extract_lines() -> None:
    """In the order of the lines, whichever is extracted first."""
    lines = _lines()
    while batch := list(islice(lines, PAGES)):
        tasks = [asyncio.create_task(_call(page, url)) for _, url, page in batch]
        for (line_id, _, _), task in zip(batch, tasks, strict=True):
            article, reason = await task
            print_json_line({"id": line_id, "article": article, "reason": reason})


def _lines() -> Iterator[tuple[Any, str, bytes]]:
    for number, line in enumerate(read_json_lines(("id", "url"), ("html", "html_b64")), start=1):
        if line.get("html_b64"):
            try:
                page = base64.b64decode(line["html_b64"], validate=True)
            except binascii.Error as error:
                raise InputError(
                    f"html_b64 is not base64: {error}", file="<stdin>", line=number
                ) from None
        else:
            page = (line.get("html") or "").encode("utf-8", "surrogatepass")
        yield line["id"], line["url"], page


async def _call(page: bytes, url: str) -> tuple[dict[str, Any] | None, str | None]:
    deadline = read_settings().page_deadline
    found = await extracted(page, url=url, now=datetime.now(UTC), seconds=deadline)
    if isinstance(found, NoArticle):
        return None, f"{found.kind}: {found.detail}"
    return _as_object(found), None


def _as_object(article: ExtractedArticle) -> dict[str, Any]:
    """The record; `authors` are all who sign, the people among them stand in `people`."""
    found = asdict(article)
    for not_of_a_page in ("no_page_reason", "boilerplate"):
        del found[not_of_a_page]
    for name in ("published_at", "modified_at"):
        found[name] = found[name].isoformat() if found[name] else None
    people, organisations = article.authors, article.organisations
    return found | {"authors": [*people, *organisations], "people": list(people)}
