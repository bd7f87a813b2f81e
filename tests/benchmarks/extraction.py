"""`python -m benchmarks.extraction [FOLDER]`: F1 and speed beside other extractors, in one run.

FOLDER holds pages with gold.jsonl; without one, our own fixtures and the texts expected of them.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from lxml.html import fromstring
from newspaper import Article
from readability import Document
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import bare_extraction

from evaluation.extraction import GoldPage, gold_pages, mean_f1, timed
from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle
from newswatch.settings import Settings
from newswatch.stages.child import AT_ONCE
from newswatch.stages.pages import extractors

FIXTURES = Path(__file__).parent.parent / "extract" / "pages"
REPEATS = 10  # of our own fixtures, which are few and short


def newswatch(page: GoldPage) -> str:
    found = extract_page(page.html, url=page.url, now=datetime.now(UTC))
    return found.text if isinstance(found, ExtractedArticle) else ""


def trafilatura(page: GoldPage, *, with_metadata: bool = False) -> str:
    found = bare_extraction(
        page.html, url=page.url, include_comments=False, with_metadata=with_metadata
    )
    return getattr(found, "text", None) or ""


def trafilatura_with_metadata(page: GoldPage) -> str:
    return trafilatura(page, with_metadata=True)


def readability(page: GoldPage) -> str:
    return str(fromstring(Document(_text(page)).summary()).text_content())


def newspaper(page: GoldPage) -> str:
    article = Article(page.url, fetch_images=False)
    article.download(input_html=_text(page))
    article.parse()
    return str(article.text)


def resiliparse(page: GoldPage) -> str:
    return str(extract_plain_text(_text(page), main_content=True))


def _text(page: GoldPage) -> str:
    """For those that take text: no page of ours needs another encoding to be read."""
    text = page.html.decode("utf-8", "replace")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


EXTRACTORS: dict[str, Callable[[GoldPage], str]] = {
    "newswatch (with facts)": newswatch,
    "trafilatura": trafilatura,
    "trafilatura, with metadata": trafilatura_with_metadata,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "resiliparse": resiliparse,
}
YARDSTICK = "trafilatura, with metadata"


def fixtures() -> list[GoldPage]:
    """Those of our own pages that an article is expected of."""
    pages = []
    for path in sorted(FIXTURES.glob("*.html")):
        expected = json.loads(path.with_suffix(".json").read_text())
        if "text" in expected:
            pages.append(
                GoldPage(
                    file=path.name,
                    url="https://paper.example/news/quay",
                    html=path.read_bytes(),
                    title=expected["title"],
                    authors=frozenset(),
                    published=date.min,
                    standfirst="",
                    body=expected["text"],
                )
            )
    return pages * REPEATS


def survives(extract: Callable[[GoldPage], str]) -> Callable[[GoldPage], str]:
    """A peer that raises on a page has found nothing there."""

    def extracted(page: GoldPage) -> str:
        try:
            return extract(page)
        except Exception:
            return ""

    return extracted


async def by_the_clock(pages: Sequence[GoldPage]) -> float:
    """Pages a second of real time, through the processes that the stage extracts in."""
    now = datetime.now(UTC)
    async with extractors(Settings()) as children:
        first = [children.call(pages[0].html, url=pages[0].url, now=now) for _ in range(AT_ONCE)]
        await asyncio.gather(*first)  # they have started by then
        began = time.perf_counter()
        await asyncio.gather(*(children.call(page.html, url=page.url, now=now) for page in pages))
        return len(pages) / (time.perf_counter() - began)


def main(arguments: list[str]) -> int:
    logging.disable(logging.ERROR)
    warnings.simplefilter("ignore")
    pages = list(gold_pages(Path(arguments[0]))) if arguments else fixtures()
    ran = timed({name: survives(extract) for name, extract in EXTRACTORS.items()}, pages)
    yardstick = ran[YARDSTICK][1]
    print(f"{len(pages)} pages, one core\n")
    print(f"| extractor | body F1 | pages/s | times {YARDSTICK} |")
    print("|---|---|---|---|")
    for name, (texts, speed) in ran.items():
        f1 = mean_f1(pages, texts)
        print(f"| {name} | {f1:.3f} | {speed:.0f} | {speed / yardstick:.2f} |")
    print(f"\nthe stage's own {AT_ONCE} processes: {asyncio.run(by_the_clock(pages)):.0f} pages/s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
