"""Which flagged articles are about their topic, and which name it in passing: what a brief tells in
full, and what it leaves to its last line, beside plain rules and thresholds of the score.

Each flag of an article that annotators labelled. A threshold (`min_score`) is chosen without the
week that it is counted in: the highest that loses at most `MOST_LOST` of what is about any topic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.labelled import Labelled, labelled
from evaluation.measures import Quality, Verdict, interval, more_by_week
from newswatch.digest.ranking import salience_in_brief
from newswatch.models import Flag
from newswatch.settings import HOME
from newswatch.topics.load import load_topics
from newswatch.topics.match import Matcher

MOST_LOST = 0.02
EVERY = "all topics"


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag, and whether annotators say that its article is about the topic."""

    flag: Flag
    is_about: bool
    has_text: bool  # more than a headline and a summary
    week: str


Kept = Callable[[Flagged], bool]  # is it told in full?


def report(data: Path) -> str:
    """A table a topic, then what each threshold would leave out."""
    topics = load_topics(HOME / "dags" / "watchlist" / "topics").topics
    names = tuple(topic.topic_id for topic in topics)
    flags = list(flagged(labelled(data, names), Matcher(topics)))
    chosen = by_week(flags)
    ways: Mapping[str, Kept] = {
        "as shipped": lambda each: (
            salience_in_brief(each.flag.salience, has_text=each.has_text) != "passing"
        ),
        "salience is not passing": lambda each: each.flag.salience != "passing",
        "headline or lead": lambda each: each.flag.salience in ("headline", "lead"),
        "min_score, by week": lambda each: each.flag.score >= chosen[each.week],
        "everything": lambda each: True,
    }
    lines = []
    for topic in (EVERY, *names):
        own = [each for each in flags if topic in (EVERY, each.flag.topic)]
        lines += [*table(topic, own, ways), ""]
    return "\n".join([*lines, *thresholds(flags)])


def flagged(articles: Sequence[Labelled], matcher: Matcher) -> Iterator[Flagged]:
    """Those on which annotators said what they are, wrong ones among them."""
    for article in articles:
        for flag in matcher.match(article.title, article.text, article.language):
            is_decided = flag.topic in article.topics
            mentions = is_decided and article.topics[flag.topic]
            if is_decided and (not mentions or flag.topic in article.passing):
                is_about = mentions and not article.passing[flag.topic]
                yield Flagged(flag, is_about, article.has_text, article.week)


def table(topic: str, flags: Sequence[Flagged], ways: Mapping[str, Kept]) -> Iterator[str]:
    about = sum(each.is_about for each in flags)
    yield (
        f"{topic + f': {about} of {len(flags)} are about it':46} {'P':>6} {'R':>6} {'F1':>6}"
        f" {'95 %':>13} {'lost':>6}   F1 more than of everything"
    )
    every = _verdicts(flags, lambda each: True)
    for way, kept in ways.items():
        verdicts = _verdicts(flags, kept)
        quality = Quality.of(verdicts)
        low, high = interval(verdicts)
        less, more = more_by_week(verdicts, every)
        yield (
            f"  {way:44} {quality.precision:6.3f} {quality.recall:6.3f} {quality.f1:6.3f}"
            f" [{low:.3f} {high:.3f}] {1 - quality.recall:6.1%}   [{less:+.3f} {more:+.3f}]"
        )


def _verdicts(flags: Sequence[Flagged], kept: Kept) -> list[Verdict]:
    return [Verdict(each.is_about, kept(each), each.week) for each in flags]


def by_week(flags: Sequence[Flagged]) -> dict[str, float]:
    """For each week the threshold that the others choose."""
    return {
        week: highest([each for each in flags if each.week != week])
        for week in {each.week for each in flags}
    }


def highest(flags: Sequence[Flagged]) -> float:
    """The highest score that can be asked for without losing too much of any topic."""
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for each in flags:
        if each.is_about:
            scores[each.flag.topic].append(each.flag.score)
    return min((sorted(own)[int(MOST_LOST * len(own))] for own in scores.values()), default=0.0)


def thresholds(flags: Sequence[Flagged]) -> Iterator[str]:
    """What is left out at each of some thresholds, by topic: of what is about it, of the others."""
    topics = sorted({each.flag.topic for each in flags})
    yield "left out below" + "".join(f"{topic + ': about, not':>30}" for topic in topics)
    for tenth in range(1, 10):
        cells = []
        for topic in topics:
            counts = []
            for is_about in (True, False):
                own = [o for o in flags if o.flag.topic == topic and o.is_about == is_about]
                out = sum(each.flag.score < tenth / 10 for each in own)
                counts.append(f"{out / max(1, len(own)):.1%}")
            cells.append(f"{', '.join(counts):>30}")
        yield f"{tenth / 10:14}" + "".join(cells)
    yield f"the highest that loses at most {MOST_LOST:.0%} of any topic: {highest(flags)}"
