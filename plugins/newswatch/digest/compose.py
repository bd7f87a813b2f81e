"""An edition that fits: into the reader's words, and into the bytes that no mail program clips."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from newswatch.digest.build import build_edition, stories_for
from newswatch.digest.edition import Edition, Material
from newswatch.digest.render import ReaderLinks, RenderedEdition, render
from newswatch.digest.room import parts_of
from newswatch.digest.subscribers import Subscriber

MOST_BYTES = 95_000  # of the HTML: Gmail hides what is behind the first 102 kB


@dataclass(frozen=True, slots=True)
class Composed:
    edition: Edition
    rendered: RenderedEdition
    page: str | None  # HTML of all there is to tell; None where the mail has that


def compose(
    reader: Subscriber, local_date: date, material: Material, links: ReaderLinks
) -> Composed:
    """The edition of a reader and date, as it is sent: with one part more it would not fit."""
    stories = stories_for(reader, material)
    parts = parts_of(stories, reader.topics)

    def with_parts(count: int) -> tuple[Edition, RenderedEdition]:
        edition = build_edition(reader, local_date, material, stories, parts[:count])
        return edition, render(edition, links)

    def is_too_much(count: int) -> bool:
        rendered = with_parts(count)[1]
        return rendered.words > reader.words or len(rendered.html.encode()) > MOST_BYTES

    count = len(parts)
    if is_too_much(count):
        least = sum(part.rank == 0 for part in parts)
        count = least + bisect_right(range(least + 1, count), False, key=is_too_much)
    edition, rendered = with_parts(count)
    whole = build_edition(reader, local_date, material, stories)
    leads_to_more = bool(links.edition) and edition != whole
    return Composed(edition, rendered, render(whole, links).html if leads_to_more else None)
