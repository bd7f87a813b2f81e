"""What one look at a feed says of its row in the watchlist, and what mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from newswatch.feeds.decide import lasting_target
from newswatch.models import FeedSpec, FetchResult, ParsedFeed, ParseFailure
from newswatch.text.language import language_of, primary_of, related_to

Standing = Literal["alive", "moved", "dead", "no-feed", "failing", "empty", "undated", "language"]
# What a host says of an address that nobody need ask again.
_GONE = frozenset({404, 410})
SAMPLED = 30  # entries, of which most must be in another language
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class FeedVerdict:
    """How a feed stands, why in a sentence, and the command or address that mends it."""

    url: str
    outlet: str
    standing: Standing
    says: str
    target: str | None = None  # where it moved to, or a feed that its page announces
    language: str | None = None  # that it is in


def judge(
    spec: FeedSpec,
    result: FetchResult,
    parsed: ParsedFeed | ParseFailure | None,
    announced: Collection[str] = (),
) -> FeedVerdict:
    """`announced` are the feeds that a page which came instead of one points to."""

    def verdict(
        standing: Standing, says: str, target: str | None = None, language: str | None = None
    ) -> FeedVerdict:
        return FeedVerdict(spec.url, spec.outlet, standing, says, target, language)

    if not isinstance(parsed, ParsedFeed):
        says = result.detail or str(result.outcome)
        if isinstance(parsed, ParseFailure):
            instead = next(iter(announced), None)
            return verdict("no-feed", f"{parsed.reason}: {parsed.detail}", instead)
        if result.status in _GONE or says.startswith("there is no address"):
            return verdict("dead", says)
        return verdict("failing", says)
    if not parsed.entries:
        return verdict("empty", "it lists nothing")
    target = lasting_target(result)
    if target is not None and target != spec.url:
        return verdict("moved", f"{len(parsed.entries)} entries, at {target}", target)
    if not any(entry.published_at for entry in parsed.entries):
        return verdict("undated", f"none of its {len(parsed.entries)} entries has a date")
    spoken = _language_of(parsed)
    if spec.language and spoken and primary_of(spec.language) not in related_to(spoken):
        says = f"it is listed as {spec.language}, and is in {spoken}"
        return verdict("language", says, None, spoken)
    dates = [entry.published_at for entry in parsed.entries if entry.published_at]
    return verdict("alive", f"{len(parsed.entries)} entries, the newest of {max(dates):%Y-%m-%d}")


def _language_of(parsed: ParsedFeed) -> str | None:
    """The language of most of its entries; None if they do not agree or are few."""
    texts = [f"{entry.title}. {entry.summary}" for entry in parsed.entries[:SAMPLED]]
    found = Counter(language_of(text) for text in texts if len(text) >= 40)
    if found.total() < ENOUGH:
        return None
    language, count = found.most_common(1)[0]
    return language if count > found.total() * 0.7 else None


def mend_of(verdict: FeedVerdict) -> str:
    """What to type; empty where nothing is to be done."""
    match verdict.standing:
        case "moved":
            return "newswatch feeds accept-moves"
        case "no-feed" if verdict.target:
            return f"newswatch feeds set {verdict.url} --url {verdict.target}"
        case "dead":
            return "newswatch feeds prune"
        case "failing" | "empty" | "no-feed":
            return f"newswatch feeds check {verdict.url}"
        case "language":
            return f"newswatch feeds set {verdict.url} --language {verdict.language}"
        case _:
            return ""
