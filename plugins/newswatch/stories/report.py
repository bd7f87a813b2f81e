"""What stories are told by: an article's headline and text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """An article as stories see it. Language is a BCP 47 tag, or None if nobody knows."""

    title: str
    text: str
    language: str | None = None
