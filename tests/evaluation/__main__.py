"""`python -m evaluation DATA [NAME ...]`: every report, or those named."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from evaluation import (
    entries,
    extraction,
    feeds,
    page_dates,
    page_texts,
    pairs,
    passing,
    ranking,
    stories,
    topics,
)

REPORTS: dict[str, Callable[[Path], str]] = {
    "topics": topics.report,
    "pairs": pairs.report,
    "stories": stories.report,
    "entries": entries.report,
    "ranking": ranking.report,
    "passing": passing.report,
    "extraction": extraction.report,
    "page-texts": page_texts.report,
    "page-dates": page_dates.report,
    "feeds": feeds.report,
}


def main(arguments: list[str]) -> int:
    if not arguments or any(name not in REPORTS for name in arguments[1:]):
        print(f"usage: python -m evaluation DATA [{' | '.join(REPORTS)} ...]", file=sys.stderr)
        return 2
    data = Path(arguments[0])
    if not data.is_dir():
        print(
            f"{data}: no such folder; give the one that holds flagging/, dedup/ ...",
            file=sys.stderr,
        )
        return 2
    for name in arguments[1:] or REPORTS:
        print(f"\n## {name}\n\n{REPORTS[name](data)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
