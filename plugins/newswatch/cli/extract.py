"""`newswatch extract`: the stage's own extraction, on standard input."""

from __future__ import annotations

import base64
import binascii
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from typing import Any

import click

from newswatch.cli.output import print_json_line, read_json_lines
from newswatch.errors import InputError
from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle
from newswatch.stages.extract import believed_url

WORKERS = 2


@click.command()
@click.option("--url", help="The address of the page on standard input.")
@click.option(
    "--jsonl", is_flag=True, help="Lines of JSON in and out: id, url, html (or html_b64)."
)
def extract(url: str | None, jsonl: bool) -> None:
    """Extract the article of a page, or tell why there is none.

    \b
    Example: newswatch extract --url https://news.example/a < page.html
    Example: newswatch extract --jsonl < pages.jsonl
    """
    if jsonl == bool(url):
        raise InputError(
            "give --url or --jsonl", mend="newswatch extract --url ADDRESS < page.html"
        )
    if url:
        article, reason = _extract((sys.stdin.buffer.read(), url))
        print_json_line({"article": article, "reason": reason})
        return
    with ProcessPoolExecutor(WORKERS) as pool:
        ids: list[Any] = []
        for line_id, (article, reason) in zip(ids, pool.map(_extract, _pages(ids)), strict=False):
            print_json_line({"id": line_id, "article": article, "reason": reason})


def _pages(ids: list[Any]) -> Iterator[tuple[bytes, str]]:
    for number, line in enumerate(read_json_lines(("id", "url"), ("html", "html_b64")), start=1):
        ids.append(line["id"])
        if line.get("html_b64"):
            try:
                page = base64.b64decode(line["html_b64"], validate=True)
            except binascii.Error as error:
                raise InputError(
                    f"html_b64 is not base64: {error}", file="<stdin>", line=number
                ) from None
        else:
            page = (line.get("html") or "").encode("utf-8", "surrogatepass")
        yield page, line["url"]


def _extract(page: tuple[bytes, str]) -> tuple[dict[str, Any] | None, str | None]:
    html, url = page
    found = extract_page(html, url=url, now=datetime.now(UTC), canonical=believed_url)
    if not isinstance(found, ExtractedArticle):
        return None, f"{found.kind}: {found.detail}"
    return (
        {
            "url": found.url,
            "title": found.title,
            "text": found.text,
            "authors": list(found.authors),
            "published_at": found.published_at.isoformat() if found.published_at else None,
            "language": found.language,
            "site_name": found.site_name,
            "summary": found.summary,
            "body_source": found.body_source,
            "page_kind": found.page_kind,
        },
        None,
    )
