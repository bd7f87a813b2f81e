"""Extracting pages in processes that can be killed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from newswatch.models import Announced, ExtractedArticle, NoArticle
from newswatch.stages.child import ChildLost
from newswatch.stages.children import AT_ONCE, pool

EXTRACTOR = "newswatch.extract.page:extract_page"


async def extracted(
    page: bytes,
    *,
    url: str,
    now: datetime,
    seconds: float,
    content_type: str | None = None,
    announced: Announced | None = None,
    begins: Callable[[], None] | None = None,
    at_once: int = AT_ONCE,
) -> ExtractedArticle | NoArticle:
    """`extract.page.extract_page`, elsewhere, in so much CPU time.

    Too slow and too greedy is a page of the kind "not-extracted"; a bug is raised with the address,
    and `MachineFault` where there can be no process. `begins` is called once there is one.
    At most `at_once` processes are kept for it.
    """
    try:
        found: ExtractedArticle | NoArticle = await pool(EXTRACTOR, at_once).call(
            seconds,
            page,
            url=url,
            content_type=content_type,
            now=now,
            announced=announced or Announced(),
            begins=begins,
        )
    except ChildLost as lost:
        return NoArticle("not-extracted", f"it could not be extracted: {lost}")
    except Exception as error:
        error.add_note(f"while extracting {url}")
        raise
    return found
