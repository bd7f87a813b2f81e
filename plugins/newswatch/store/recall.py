"""`news.near_miss`, and the nightly sample: `recall_draw`, `recall_sample`, `recall_flagged`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from newswatch.models import ArticleId
from newswatch.store import rows
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An article that a topic does not flag, and the rule that came nearest."""

    article_id: ArticleId
    topic: str
    topic_version: str
    rule: str
    missed: str
    words: Sequence[str]
    sentence: str
    nearness: float


@dataclass(frozen=True, slots=True)
class RecallDraw:
    """How many articles without its flag a topic's rules came near on a day, and how many others
    hold its words."""

    day: date
    topic: str
    topic_version: str
    near: int
    others: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """An article that was drawn; `rule` came nearest, if any did."""

    article_id: ArticleId
    place: int
    rule: str | None


@dataclass(frozen=True, slots=True)
class RuleFlags:
    """How many originals of a day a topic flags by a rule, in a language."""

    rule: str
    language: str | None
    flagged: int


_MISS, _DRAW = rows.columns(NearMiss), rows.columns(RecallDraw)


def topics_drawn(connection: Connection, day: date) -> list[str]:
    """The topics whose sample of that day's news is drawn."""
    return rows.values(connection, "select topic from news.recall_draw where day = %s", [day])


def flagged_of_day(
    connection: Connection, topic: str, since: datetime, until: datetime
) -> list[RuleFlags]:
    """Of the originals first seen in that time; flags in force."""
    return rows.read(
        connection,
        RuleFlags,
        """
        select flag.rule, article.language, count(*)::int as flagged
        from news.flag join news.article using (article_id) join news.decision using (article_id)
        where flag.topic = %s and flag.superseded_at is null and decision.kind is null
          and article.first_seen_at >= %s and article.first_seen_at < %s
        group by flag.rule, article.language
        """,
        [topic, since, until],
    )


def save_near_misses(connection: Connection, missed: Sequence[NearMiss], now: datetime) -> None:
    rows.write(
        connection,
        rows.insert("news.near_miss", (*_MISS, "looked_at")),
        [rows.parameters(each, looked_at=now) for each in missed],
    )


def save_draw(
    connection: Connection,
    draw: RecallDraw,
    sampled: Sequence[Sampled],
    flagged: Sequence[RuleFlags],
    now: datetime,
) -> None:
    """Keep a draw with what was drawn, and what the topic flagged; in the caller's transaction."""
    draw_id = rows.first_value(
        connection,
        rows.insert("news.recall_draw", (*_DRAW, "drawn_at")) + "returning draw_id",
        rows.parameters(draw, drawn_at=now),
    )
    for table, drawn in (("recall_sample", sampled), ("recall_flagged", flagged)):
        for each in drawn:
            row = rows.parameters(each, draw_id=draw_id)
            connection.execute(rows.query(rows.insert(f"news.{table}", tuple(row))), row)
