"""What came near a flag is kept, and a sample drawn once a night; what is said of it adds up."""

from __future__ import annotations

import math
import random
from datetime import timedelta
from pathlib import Path

import pytest

import rows
from newswatch.models import ArticleId
from newswatch.settings import Settings
from newswatch.stages.job import Job
from newswatch.stages.recall import draw_sample
from newswatch.store import recall
from newswatch.store.recall import RecallDraw, RuleFlags, Sampled
from newswatch.store.server.database import Connection, scalar
from rows import NOON

DAY = timedelta(days=1)
TOPIC = """\
id: {name}
name: {name}
groups:
  envoy: [Witkoff]
  talks: [talks]
rules:
  - {{id: talks, when: envoy SENT talks}}
"""
TEXTS = {
    "flagged": "Witkoff held talks.",
    "near": "Witkoff landed. The talks are over.",
    "words": "The talks are over.",
    "nothing": "It rained.",
    "copy": "Witkoff landed. The talks are over. Again.",
    "waits": "Witkoff resumed talks.",  # by the definition as it is now
    "earlier": "Witkoff landed. The talks are over, said others.",
}


@pytest.fixture
def job(connection: Connection, tmp_path: Path) -> Job:
    """The night after a day of articles, one for each text."""
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "t.yaml").write_text(TOPIC.format(name="t"))
    for number, (name, text) in enumerate(TEXTS.items()):
        at = NOON - (DAY if name == "earlier" else timedelta(hours=number))
        article = rows.article(
            connection, at=at, title=name, text=text, language="en", flagged_at=at, loaded_at=at
        )
        copied = {"kind": "near", "duplicate_of_article": 2} if name == "copy" else {}
        rows.decision(connection, article, role="copy" if copied else "first", **copied)
        if name == "flagged":
            rows.flag(connection, article, topic="t", rule="talks")
    settings = Settings(embedder="none", watchlist_dir=tmp_path, recall_sample=2)
    return rows.job(connection, settings, NOON + DAY)


def near(connection: Connection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select title, topic, rule, missed, sentence from analyst.near_miss order by article_id"
    ).fetchall()


def sampled(connection: Connection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select day::text, place, title, rule, missed from analyst.recall_sample"
        " order by day, place"
    ).fetchall()


def test_what_came_near_is_kept_and_a_sample_drawn(job: Job) -> None:
    assert draw_sample(job) == {"near_misses": 1, "sampled": 2}
    assert near(job.connection) == [("near", "t", "talks", "SENT talks", "Witkoff landed.")]
    assert sampled(job.connection) == [
        ("2026-01-14", 0, "near", "talks", "SENT talks"),
        ("2026-01-14", 1, "words", None, None),
    ]
    counted = "select near, others, rule, language, flagged from news.recall_draw"
    found = job.connection.execute(f"{counted} join news.recall_flagged using (draw_id)".encode())
    assert found.fetchall() == [(1, 1, "talks", "en", 1)]


def test_run_again_it_does_nothing_but_for_a_new_topic(job: Job) -> None:
    draw_sample(job)
    before = sampled(job.connection)
    assert draw_sample(job) == {}
    assert sampled(job.connection) == before
    (job.settings.watchlist / "topics" / "u.yaml").write_text(TOPIC.format(name="u"))
    assert draw_sample(job)["sampled"] == 2
    assert len(sampled(job.connection)) == 4


def test_killed_it_begins_anew(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(recall, "save_draw", killed)
        with pytest.raises(KeyboardInterrupt):
            draw_sample(job)
    assert near(job.connection) == sampled(job.connection) == []
    assert draw_sample(job) == {"near_misses": 1, "sampled": 2}


def test_what_is_flagged_by_now_is_no_near_miss(job: Job) -> None:
    draw_sample(job)
    rows.flag(job.connection, ArticleId(2), topic="t")
    assert near(job.connection) == []
    flagged = "select is_flagged from analyst.recall_sample order by place"
    assert job.connection.execute(flagged.encode()).fetchall() == [(True,), (False,)]


# --- what it adds up to ---------------------------------------------------------------------------


def drawn(
    connection: Connection,
    near: int,
    others: int,
    flagged: int,
    sizes: tuple[int, int],
    day_after: int = 0,
) -> list[ArticleId]:
    """A draw of a night with so many articles of either half in the sample."""
    day = (NOON + day_after * DAY).date()
    connection.execute(
        "insert into news.topic_version values ('witkoff', 'v1', 'W', '', now())"
        " on conflict do nothing"
    )
    articles = [
        rows.article(connection, at=NOON, loaded_at=NOON, language="en", publication=1)
        for _ in range(sum(sizes))
    ]
    sample = [
        Sampled(article, place, "named" if place < sizes[0] else None)
        for place, article in enumerate(articles)
    ]
    recall.save_draw(
        connection,
        RecallDraw(day, "witkoff", "v1", near, others),
        sample,
        [RuleFlags("named", "en", flagged)],
        NOON,
    )
    return articles


def judged(connection: Connection, article: ArticleId, verdict: str) -> None:
    connection.execute(
        "insert into news.judgement (subject, verdict, article_id, topic, rule, topic_version, why,"
        " judged_by, judged_at) values ('flag', %(verdict)s::text, %(article)s, 'witkoff',"
        " case when %(verdict)s::text in ('right', 'wrong') then 'named' end, 'v1', '', 'Ann',"
        " now())",
        {"verdict": verdict, "article": article},
    )


def quality(connection: Connection, split_by: str = "topic") -> list[dict[str, object]]:
    cursor = connection.execute(
        "select * from analyst.topic_quality where split_by = %s order by part nulls last",
        [split_by],
    )
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def test_each_judged_article_stands_for_those_that_it_was_drawn_from(
    connection: Connection,
) -> None:
    """Of 40 near ones 4 are judged, 1 missed: 10. Of 600 others 2 of 3, none missed: the third is
    unsure."""
    articles = drawn(connection, 40, 600, 90, (4, 3))
    verdicts = ("missed", "absent", "absent", "absent", "absent", "absent", "unsure")
    for article, verdict in zip(articles, verdicts, strict=True):
        judged(connection, article, verdict)
    (whole,) = quality(connection)
    assert (whole["judged"], whole["missed"], whole["flagged"]) == (6, 1, 90)
    assert whole["missed_estimate"] == 10
    assert whole["recall"] == pytest.approx(0.9)
    # Kish: weights of 10 four times and 300 twice count as 2.27 cases.
    cases, share = 640**2 / (4 * 100 + 2 * 90_000), 10 / 640
    low, high = (bound(share, cases, side) for side in (-1, 1))
    assert whole["recall_low"] == pytest.approx(90 / (90 + 640 * high))
    assert whole["recall_high"] == pytest.approx(90 / (90 + 640 * low))
    by_rule = {row["part"]: row for row in quality(connection, "rule")}
    assert (by_rule["named"]["missed_estimate"], by_rule[None]["missed_estimate"]) == (10, 0)
    assert by_rule[None]["recall"] is None
    assert [row["part"] for row in quality(connection, "week")] == ["2026-01-12"]


def bound(share: float, cases: float, side: int) -> float:
    """Wilson, as in the textbook."""
    z = 1.959964
    middle = share + z * z / (2 * cases)
    spread = z * math.sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases))
    return max(0.0, min(1.0, (middle + side * spread) / (1 + z * z / cases)))


def test_what_is_found_by_hand_is_found_right(connection: Connection) -> None:
    """Precision lowers what counts as found, and has its own interval."""
    articles = drawn(connection, 10, 0, 100, (2, 0))
    for article in articles:
        judged(connection, article, "absent")
    for verdict in ("right", "right", "right", "wrong"):
        judged(connection, rows.article(connection, loaded_at=NOON, publication=1), verdict)
    (whole,) = quality(connection)
    assert (whole["precision"], whole["recall"]) == (0.75, 1.0)
    assert whole["precision_low"] == pytest.approx(bound(0.75, 4, -1))
    assert whole["recall_low"] == pytest.approx(75 / (75 + 10 * bound(0, 2, 1)))


def test_a_week_with_a_half_that_nobody_judged_says_nothing(connection: Connection) -> None:
    articles = drawn(connection, 10, 10, 5, (1, 1))
    judged(connection, articles[0], "missed")
    assert quality(connection) == []
    judged(connection, articles[1], "absent")
    (whole,) = quality(connection)
    assert whole["missed_estimate"] == 10
    drawn(connection, 10, 10, 500, (1, 1), day_after=7)  # of another week, not judged
    assert quality(connection) == [whole]


def test_what_is_flagged_since_was_missed_all_the_same(connection: Connection) -> None:
    (article,) = drawn(connection, 3, 0, 6, (1, 0))
    judged(connection, article, "right")
    (whole,) = quality(connection)
    assert (whole["missed"], whole["missed_estimate"], whole["recall"]) == (1, 3, 6 / 9)


def test_the_interval_holds_the_truth_as_often_as_it_says(connection: Connection) -> None:
    """300 made-up newsrooms of 400 unflagged articles: missed are 12 in a hundred near ones and 1
    in a hundred others; 40 of either half are judged."""
    chance = random.Random(1)
    held = 0
    for _ in range(300):
        missed, weights = 0.0, []
        truth = 0
        for articles, rate in ((120, 0.12), (280, 0.01)):
            telling = [chance.random() < rate for _ in range(articles)]
            truth += sum(telling)
            found = sum(chance.sample(telling, 40))
            missed += found * articles / 40
            weights += [articles / 40] * 40
        cases = sum(weights) ** 2 / sum(weight * weight for weight in weights)
        low, high = (
            float(
                scalar(  # type: ignore[arg-type]
                    connection,
                    f"select analyst.wilson({missed / 400}, {cases}, {side})".encode(),
                )
            )
            for side in (-1, 1)
        )
        held += low <= truth / 400 <= high
    assert held / 300 >= 0.95
