"""A seed or an article as decisions on copies see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newswatch.copies.fingerprint import Fingerprint
from newswatch.copies.wording import Wording
from newswatch.models import DocumentId


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """What is compared. The lower `document_id` is the earlier.

    A later wording of an article is a document of its own. `wording` is None of a seed that is
    known by its fingerprint only, and where nobody needs the text.
    """

    document_id: DocumentId
    fingerprint: Fingerprint
    outlet: str
    title: str
    seen_at: datetime | None
    is_seed: bool = False
    original_id: DocumentId | None = None  # the document that it is itself a copy of
    first_id: DocumentId | None = None  # of a later wording: its article's first document
    wording: Wording | None = None

    @property
    def name(self) -> str:
        """As sentences call it."""
        if self.is_seed:
            return f"the seed {self.title}"
        return self.outlet if self.first_id is None else f"a later wording of {self.outlet}"

    @property
    def lacks_text(self) -> bool:
        """It is a headline, or one with a summary, as a feed announces what it does not give."""
        return not self.is_seed and len(self.fingerprint.grams) < self.fingerprint.rules.short

    def shares_outlet(self, other: Document) -> bool:
        return self.outlet == other.outlet != ""
