"""`python -m benchmarks.extraction [FOLDER]`: F1 and speed beside other extractors, in one run;
then the memory of the extracting processes over 5,000 pages.

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
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path

import psutil
from lxml.html import fromstring
from newspaper import Article
from readability import Document
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import bare_extraction

from evaluation.extraction import GoldPage, gold_pages, mean_f1, timed
from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle
from newswatch.settings import Settings
from newswatch.stages.children import AT_ONCE
from newswatch.stages.extract.extraction import extracted

FIXTURES = Path(__file__).parent.parent / "extract" / "pages"
SOAK = 5_000  # pages
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


async def in_processes(pages: Sequence[GoldPage]) -> tuple[float, dict[int, int]]:
    """Pages a second by the clock, through the processes that the stage extracts in; and the bytes
    of memory that these have together after so many pages."""
    now = datetime.now(UTC)
    memory: dict[int, int] = {}
    deadline = Settings().page_deadline

    async def extract(some: Iterable[GoldPage]) -> None:
        calls = (extracted(page.html, url=page.url, now=now, seconds=deadline) for page in some)
        await asyncio.gather(*calls)

    await extract(pages[:1] * AT_ONCE)  # they have started by then
    began = time.perf_counter()
    await extract(pages)
    speed = len(pages) / (time.perf_counter() - began)
    endless = cycle(pages)
    for done in range(SOAK // 5, SOAK + 1, SOAK // 5):
        await extract(islice(endless, SOAK // 5))
        running = psutil.Process().children()
        memory[done] = sum(child.memory_info().rss for child in running)
    return speed, memory


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
    speed, memory = asyncio.run(in_processes(pages))
    print(f"\nthe stage's own {AT_ONCE} processes: {speed:.0f} pages/s")
    print(", ".join(f"{at:,} pages {size / 1e6:.0f} MB" for at, size in memory.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
