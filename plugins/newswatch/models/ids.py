"""The typed ids of stored rows."""

from __future__ import annotations

from typing import NewType

FeedId = NewType("FeedId", int)
EntryId = NewType("EntryId", int)
EntryNumber = NewType("EntryNumber", int)  # of an entry of the brief, from edition to edition
ArticleId = NewType("ArticleId", int)
DocumentId = NewType("DocumentId", int)  # a wording of an article, or a seed, as it is compared
SeedId = NewType("SeedId", int)
StoryId = NewType("StoryId", int)
FlagId = NewType("FlagId", int)
EditionId = NewType("EditionId", int)
ReaderId = NewType("ReaderId", int)
RunId = NewType("RunId", int)
