"""Records of feeds: what is polled, what came back, what was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from newswatch.models.ids import FeedId

FeedIdentity = Literal["guid", "link", "title"]  # by what a feed's items are told apart
FeedKind = Literal[
    "news",
    "wire",
    "newspaper",
    "broadcaster",
    "magazine",
    "government",
    "think-tank",
    "aggregator",
    "blog",
]
FeedOrigin = Literal["watchlist", "import"]
FeedDisabledBy = Literal["hand", "watchlist"]


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """One feed as `feeds.yaml` or an OPML file lists it. Country is ISO 3166-1, language BCP 47."""

    url: str
    outlet: str
    country: str | None = None
    language: str | None = None
    kind: str = "news"
    urgent: bool = False
    ports: tuple[int, ...] = ()  # that it and its pages may use beside 80 and 443
    identity: FeedIdentity | None = None
    login: str | None = None  # the name of its user and password among the settings
    cookies: str | None = None  # "name=value; name=value", for its host
    user_agent: str | None = None
    pages: bool = True  # False: its own texts are enough


FetchOutcome = Literal[
    "ok",  # 2xx with a body
    "not-modified",  # 304
    "http-error",  # any other status; `status` says which
    "refused",  # we do not connect: a special-purpose address, a forbidden scheme or port
    "robots",  # the host's robots.txt forbids it
    "timeout",
    "unreachable",  # DNS, connection or TLS failed
    "too-large",  # the decompressed body passed the cap
    "bad-redirect",  # too many, a loop, or to a place we do not go
    "protocol",  # what came back is not HTTP
]
PollOutcome = Literal[FetchOutcome, "unchanged", "parse-failure"]  # unchanged: the same body


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One conditional GET. The validators are opaque: sent back as the server gave them."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    ports: tuple[int, ...] = ()  # allowed beside 80 and 443
    login: str | None = None  # see FeedSpec; sent to the address's own origin only
    cookies: str | None = None
    user_agent: str | None = None


@dataclass(frozen=True, slots=True)
class FetchResult:
    """The answer to a `FetchRequest`, or why there is none; a failed fetch is a value."""

    request_url: str
    final_url: str
    outcome: FetchOutcome
    status: int | None = None
    detail: str = ""  # one sentence for people, empty when ok
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""  # decompressed
    redirects: tuple[tuple[int, str], ...] = ()  # (status, target), in order
    elapsed_ms: int = 0
    retry_after: str | None = None  # the header, as sent

    @property
    def ok(self) -> bool:
        return self.outcome == "ok"


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A site's robots.txt as last read; `rules` is empty where there is none."""

    site: str  # scheme://host, with the port if it is not the usual one
    rules: str
    checked_at: datetime
    etag: str | None = None
    last_modified: str | None = None


ZoneKnown = Literal[
    "given",  # the date says its zone
    "none",  # it names no zone: UTC was taken
    "unknown",  # it names one that nobody knows: UTC was taken
]


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One item as its feed published it. Texts are plain (no markup) but for `content_html`."""

    key: str  # the identity within the feed; see feeds.identity
    url: str | None  # canonical link; None where the item has none
    link: str | None  # the link as published
    guid: str | None
    title: str
    summary: str
    content_html: str | None = None  # the body, if the feed carries more than a summary
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None  # clamped to not later than now
    published_raw: str | None = None
    published_zone: ZoneKnown | None = None
    language: str | None = None
    host: str | None = None  # of the page that the link leads to


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document. `problem` tells what was wrong with it where it could still be read.

    `entries` are those of the items that were not known already; `items` counts all.
    """

    format: str  # rss20, rss10, atom10, json1 ...
    title: str
    entries: tuple[ParsedEntry, ...]
    problem: str | None = None
    items: int = 0
    sitemaps: tuple[str, ...] = ()  # of an index: those that are to be read for its entries
    item_hashes: bytes = b""  # of all items: see feeds.unread
    ttl_seconds: int | None = None  # what the feed asks for between two polls
    skip_hours: frozenset[int] = frozenset()  # UTC hours without news
    skip_days: frozenset[int] = frozenset()  # Monday is 0


@dataclass(frozen=True, slots=True)
class ParseFailure:
    """The document is no feed: `reason` is a short code, `detail` a sentence."""

    reason: str
    detail: str


FeedCondition = Literal["active", "backing-off", "throttled", "gone", "moved", "broken"]


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the next poll of a feed must know: a row of `news.feed`, which explains the columns."""

    feed_id: FeedId
    url: str
    urgent: bool
    state: FeedCondition
    state_since: datetime
    fetch_url: str
    next_poll_at: datetime
    next_poll_reason: str = "new feed"
    ports: tuple[int, ...] = ()
    identity: FeedIdentity | None = None
    login: str | None = None
    cookies: str | None = None
    user_agent: str | None = None
    state_reason: str | None = None
    problem: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: bytes | None = None
    item_hashes: bytes = b""
    failures: int = 0
    redirect_hops: int = 0
    redirect_target: str | None = None
    redirect_since: datetime | None = None
    last_polled_at: datetime | None = None
    last_outcome: str | None = None
    last_status: int | None = None
    last_body_at: datetime | None = None
    last_success_at: datetime | None = None
    first_entry_at: datetime | None = None  # date of the oldest entry of its first document
    last_entry_at: datetime | None = None
    entries_per_day: float | None = None
    ttl_seconds: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FeedFetch:
    """The log of one poll: a row of `news.feed_fetch`."""

    outcome: str  # a FetchOutcome, "unchanged" (same body) or "parse-failure"
    status: int | None
    detail: str
    final_url: str
    bytes: int
    elapsed_ms: int
    entries_seen: int = 0
    entries_new: int = 0


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What is stored of an entry, as far as comparing with a newer document needs it."""

    key: str
    url: str | None
    title: str
    content_hash: bytes
