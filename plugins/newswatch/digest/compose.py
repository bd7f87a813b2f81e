"""An edition that fits: into the reader's words, and into the bytes that no mail program clips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from newswatch.digest.build import build_edition
from newswatch.digest.edition import Edition, Material
from newswatch.digest.render import ReaderLinks, RenderedEdition, render
from newswatch.digest.subscribers import Subscriber

MOST_BYTES = 95_000  # of the HTML: Gmail hides what is behind the first 102 kB
EVERYTHING = 1_000_000  # words
_LESS = 0.75  # of the words, when the page was too long
_FEWEST = 20


@dataclass(frozen=True, slots=True)
class Composed:
    edition: Edition
    rendered: RenderedEdition
    page: str | None  # HTML of all there is to tell; None where the mail has that


def compose(
    reader: Subscriber, local_date: date, material: Material, links: ReaderLinks
) -> Composed:
    """The edition of a reader and date, as it is sent."""
    words = reader.words
    while True:
        edition = build_edition(reader, local_date, material, words)
        rendered = render(edition, links)
        too_many = rendered.words - reader.words
        too_long = len(rendered.html.encode()) > MOST_BYTES
        if words <= _FEWEST or not (too_many > 0 or too_long):
            return Composed(edition, rendered, _page(reader, local_date, material, links, edition))
        words = min(words - max(1, too_many), int(words * _LESS) if too_long else words)


def _page(
    reader: Subscriber, local_date: date, material: Material, links: ReaderLinks, mail: Edition
) -> str | None:
    """What "and 12 more" leads to, where it is a link."""
    if not links.edition or not any(section.more for section in mail.sections):
        return None
    return render(build_edition(reader, local_date, material, EVERYTHING), links).html
