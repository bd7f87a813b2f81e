"""`news.action`: what operators did, and who did it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newswatch.models import FeedId
from newswatch.store import rows
from newswatch.store.server.database import Connection

ActionKind = Literal["retry", "disable", "enable", "retry-parked"]


@dataclass(frozen=True, slots=True)
class Action:
    """What a person did, and why, in their words."""

    kind: ActionKind
    acted_by: str
    why: str = ""


def record(
    connection: Connection, action: Action, feed_id: FeedId | None, what: str, now: datetime
) -> None:
    names = (*rows.columns(Action), "feed_id", "what", "acted_at")
    connection.execute(
        rows.query(rows.insert("news.action", names)),
        rows.parameters(action, feed_id=feed_id, what=what, acted_at=now),
    )
