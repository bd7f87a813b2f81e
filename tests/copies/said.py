"""Streams of articles in a table, and what is decided of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newswatch.copies.decide import decide
from newswatch.copies.decision import Decision
from newswatch.copies.document import Document
from newswatch.copies.fingerprint import fingerprint
from newswatch.copies.wording import Wording

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """An article of a stream."""

    title: str
    text: str
    outlet: str = "Courier"
    hours: float = 0.0
    language: str = "en"


def decisions(*stream: Said) -> list[Decision]:
    known: list[Document] = []
    found: list[Decision] = []
    for number, said in enumerate(stream, start=1):
        new = Document(
            number,
            fingerprint(said.text, said.title),
            said.outlet,
            said.title,
            NOON + timedelta(hours=said.hours),
            wording=Wording(said.title, said.text, said.language, said.outlet),
        )
        found.append(decide(new, known))
        original = found[-1].original_id
        known.append(
            Document(
                number,
                new.fingerprint,
                new.outlet,
                new.title,
                new.seen_at,
                original_id=original,
                wording=new.wording,
            )
        )
    return found
