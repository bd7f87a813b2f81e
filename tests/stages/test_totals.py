"""What is counted as it is published is what the articles say, whatever happened to them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from copies.texts import every_nth_word_changed, prose
from newswatch.stages.deduplicate.deduplicate import deduplicate
from newswatch.stages.deduplicate.story_changes import merge, split
from newswatch.stages.flag.flag import flag, reflag
from newswatch.stages.load import load
from newswatch.stages.maintain import maintain
from newswatch.store.server.database import Connection, scalar
from stages.invented import NOON, Item, Newsroom

ACTS = 40
COUNTED = {
    "outlet_day": """
        select (first_seen_at at time zone 'UTC')::date, outlet, country, language, count(*),
               count(*) filter (where kind is null)
        from news.article join news.decision using (article_id) where loaded_at is not null
        group by 1, 2, 3, 4 order by 1, 2, 3, 4
    """,
    "story_total": """
        select story_id, min(first_seen_at), max(first_seen_at), count(*),
               count(*) filter (where kind is null), count(distinct outlet)
        from news.article join news.decision using (article_id)
        where loaded_at is not null and story_id is not null group by 1 order by 1
    """,
    "flag": """
        select flag_id, first_seen_at from news.flag join news.article using (article_id) order by 1
    """,
}
KEPT = {
    "outlet_day": "select * from news.outlet_day where articles > 0 order by 1, 2, 3, 4",
    "story_total": "select * from news.story_total order by 1",
    "flag": "select flag_id, seen_at from news.flag order by 1",
}


def told(connection: Connection, statements: dict[str, str]) -> dict[str, list[Any]]:
    return {
        name: connection.execute(statement.encode()).fetchall()
        for name, statement in statements.items()
    }


@dataclass
class Days:
    """Days of an invented newsroom, in which anything happens that changes what is published."""

    newsroom: Newsroom
    dice: random.Random
    hours: float = 0
    texts: dict[str, str] = field(default_factory=dict)

    def act(self) -> None:
        acts = (self.write, self.write, self.copy, self.load, self.revise, self.merge, self.split)
        self.hours += 5
        self.dice.choice((*acts, self.reflag, self.maintain))()

    def write(self) -> None:
        self._publish(prose(len(self.texts), 60))

    def copy(self) -> None:
        if self.texts:
            text = self.dice.choice(list(self.texts.values()))
            self._publish(self.dice.choice((text, every_nth_word_changed(text, 12))))

    def _publish(self, text: str) -> None:
        name = f"n{len(self.texts)}"
        self.texts[name] = text
        outlet, language = self.dice.choice("abc"), self.dice.choice(("en", "fr", None))
        self.newsroom.publish(Item(name, text, outlet=outlet, language=language), hours=self.hours)

    def load(self) -> None:
        load(self.newsroom.at(self.hours))

    def revise(self) -> None:
        """Another wording, in English; some name the topic, and are published again."""
        if self.texts:
            name = self.dice.choice(list(self.texts))
            text = f"{self.texts[name]} {self.dice.choice(('The pier closed.', 'It ended.'))}"
            self.newsroom.revise(name, text, hours=self.hours)

    def merge(self) -> None:
        stories = self._stories("count(*) > 0")
        if len(stories) > 1:
            merge(self.newsroom.at(self.hours), *self.dice.sample(stories, 2))

    def split(self) -> None:
        if stories := self._stories("count(*) filter (where kind is null) > 1"):
            story_id = self.dice.choice(stories)
            (last,) = self.newsroom.rows(
                "select max(article_id) as id from news.decision"
                " where story_id = %s and kind is null",
                story_id,
            )
            split(self.newsroom.at(self.hours), story_id, [last["id"]])

    def _stories(self, having: str) -> list[Any]:
        found = self.newsroom.rows(
            f"select story_id from news.decision group by 1 having {having} order by 1"
        )
        return [row["story_id"] for row in found]

    def reflag(self) -> None:
        reflag(self.newsroom.at(self.hours), "pier", NOON, NOON + timedelta(days=40))

    def maintain(self) -> None:
        """Half a year later: what was kept for its time is forgotten."""
        maintain(self.newsroom.at(self.hours + 24 * 180))


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_counted_is_what_the_articles_say(newsroom: Newsroom, seed: int) -> None:
    days = Days(newsroom, random.Random(seed))
    for _ in range(ACTS):
        days.act()
        assert told(newsroom.connection, KEPT) == told(newsroom.connection, COUNTED)
    days.load()
    days.newsroom.job = replace(newsroom.under(2), now=newsroom.job.now)
    deduplicate(days.newsroom.at(days.hours))  # another version of the decisions
    assert told(newsroom.connection, KEPT) == told(newsroom.connection, COUNTED)
    assert scalar(newsroom.connection, "select sum(articles) from news.outlet_day") == len(
        days.texts
    )
    flag(days.newsroom.at(days.hours))
    load(days.newsroom.at(days.hours))
    load(days.newsroom.at(days.hours))
    assert told(newsroom.connection, KEPT) == told(newsroom.connection, COUNTED)
    assert scalar(newsroom.connection, "select count(*) from news.article_version") > 0
    assert scalar(newsroom.connection, "select count(*) from news.story_change") > 0
