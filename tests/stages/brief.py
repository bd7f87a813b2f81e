"""A brief for a few readers: stories are published, editions are sent, mails come."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import rows
from newswatch.models import ArticleId, StoryId
from newswatch.settings import Settings
from newswatch.stages.alerts import send_alerts
from newswatch.stages.digest import send_digests
from newswatch.stages.job import Job
from newswatch.store.server.database import Connection
from stages.post_office import Conduct, PostOffice, Received

NOW = datetime(2026, 1, 14, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DESK: dict[str, Any] = {
    "name": "desk",
    "email": "desk@paper.example",
    "timezone": "Europe/Berlin",
    "send_at": "07:30",
    "topics": ["witkoff"],
}
COAST = DESK | {"name": "coast", "email": "coast@paper.example"}


def title_of(number: int) -> str:
    """A headline of words that no other number's has."""
    ending = f"{chr(97 + number // 26)}{chr(97 + number % 26)}"
    return " ".join(f"{stem}{ending}" for stem in ("Quay", "regatta", "lantern", "harvest"))


@dataclass
class Brief:
    """All of it in one place; `now` is the time by which everything is decided."""

    connection: Connection
    settings: Settings
    post_office: PostOffice
    now: datetime = NOW

    @property
    def job(self) -> Job:
        return rows.job(self.connection, self.settings, self.now)

    def has_readers(self, *readers: dict[str, Any] | str) -> None:
        """What subscribers.yaml says from now on."""
        text = json.dumps({"subscribers": readers}, ensure_ascii=False)
        (self.settings.watchlist_dir / "subscribers.yaml").write_text(text)

    def server(self, conduct: Conduct, only_for: str = "") -> None:
        """What the mail server does from now on, to all or to one address."""
        self.post_office.conduct = lambda to: conduct if only_for in ("", to) else "takes"

    def publish(
        self, number: int, at: datetime | None = None, story: StoryId | None = None, **columns: Any
    ) -> ArticleId:
        """An original of a story of its own, or of one that is there, that names the topic."""
        at = at or self.now
        with self.connection.transaction():
            article_id = rows.article(
                self.connection,
                at=at,
                canonical_url=f"https://paper.example/{number}",
                outlet=f"Paper {number}",
                flagged_at=at,
                **{"title": title_of(number), "text": "", "loaded_at": at} | columns,
            )
            story_id = story or rows.story(self.connection, at=at)
            rows.decision(self.connection, article_id, at=at, story_id=story_id)
            rows.flag(self.connection, article_id)
        return article_id

    def send(self, **asked: Any) -> dict[str, int]:
        return send_digests(self.job, **asked)

    def alert(self) -> dict[str, int]:
        return send_alerts(self.job)

    def later(self, pause: timedelta, step: timedelta = timedelta(minutes=15)) -> None:
        """Let time pass; send_digest runs every quarter of an hour."""
        until = self.now + pause
        while self.now < until:
            self.now += step
            self.send()

    def told(self, address: str = "desk@paper.example", *, alerts: bool = False) -> list[list[int]]:
        """Of each brief, or alert, to the address the numbers of the stories in it."""
        return [
            _numbers(received)
            for received in self.post_office.to(address)
            if received.mail["Subject"].startswith("Alert") is alerts
        ]

    def deliveries(self, columns: str = "subscriber, state") -> list[tuple[Any, ...]]:
        query = f"select {columns} from ops.delivery order by edition_id"
        return self.connection.execute(query.encode()).fetchall()

    def states(self) -> Sequence[str]:
        return [state for (state,) in self.deliveries("state")]


def _numbers(received: Received) -> list[int]:
    found = re.findall(r"\bQuay([a-z])([a-z])\b", received.text)
    return sorted({(ord(first) - 97) * 26 + ord(second) - 97 for first, second in found})
