"""One outlet at one moment: what feeds and pages are rendered from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from newsroom.articles import Article
from newsroom.outlets import Outlet


@dataclass(frozen=True, slots=True)
class Scene:
    """An outlet at `minutes` after the epoch."""

    outlet: Outlet
    everything: tuple[Article, ...]  # of this outlet, what is still to come included
    base: str  # http://address:port
    epoch: datetime
    minutes: int

    @property
    def published(self) -> list[Article]:
        """What is out, newest first."""
        out = [article for article in self.everything if article.minutes <= self.minutes]
        return sorted(out, key=lambda article: (-article.minutes, article.slug))

    @property
    def now(self) -> datetime:
        return self.time(self.minutes)

    def time(self, minutes: int) -> datetime:
        return self.epoch + timedelta(minutes=minutes)

    def url(self, article: Article) -> str:
        return self.base + article.path

    def related(self, article: Article) -> list[Article]:
        """Three others that were out when it appeared, the same ones at any later time."""
        before = [
            other
            for other in self.everything
            if other.minutes < article.minutes and other.page in ("ok", "live", "paywall")
        ]
        return sorted(before, key=lambda other: -other.minutes)[:3]
