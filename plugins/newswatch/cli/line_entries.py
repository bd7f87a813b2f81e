"""The entry of each line of `newswatch dedupe --edition`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from newswatch.settings import Settings
from newswatch.stages.line_entries import LineReport, entries_of_lines
from newswatch.store.decisions import Waiting
from newswatch.stories.report import Report


def with_entries(
    rows: Sequence[dict[str, Any]], told: Sequence[Waiting], settings: Settings
) -> Iterator[dict[str, Any]]:
    """Each row with the id of the first line of its entry."""
    place_of: dict[Any, int] = {}
    lines = []
    for place, (row, article) in enumerate(zip(rows, told, strict=True)):
        report = Report(article.title, article.text, article.language)
        copy_of = place_of.get(row["duplicate_of"])
        lines.append(LineReport(report, article.first_seen_at, copy_of))
        place_of.setdefault(row["id"], place)
    for row, first in zip(rows, entries_of_lines(lines, settings), strict=True):
        yield {**row, "entry": rows[first]["id"]}
