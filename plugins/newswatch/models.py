"""The records that pass between rooms. Standard library only; every datetime is aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NewType

FeedId = NewType("FeedId", int)
EntryId = NewType("EntryId", int)
EntryNumber = NewType("EntryNumber", int)  # of an entry of the brief, from edition to edition
ArticleId = NewType("ArticleId", int)
DocumentId = NewType("DocumentId", int)  # a wording of an article, or a seed, as it is compared
SeedId = NewType("SeedId", int)
StoryId = NewType("StoryId", int)
FlagId = NewType("FlagId", int)
EditionId = NewType("EditionId", int)
RunId = NewType("RunId", int)

# The Literals of this module are the codes of the database: each has its domain in `news` and its
# sentences in `analyst.code`.

# --- watchlist: what is polled --------------------------------------------------------------------

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


# --- web: what came back --------------------------------------------------------------------------

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


# --- feeds: what was published --------------------------------------------------------------------


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


# --- extract: what the article says ---------------------------------------------------------------

EntryStatus = Literal["pending", "extracted", "same-url"]
BodySource = Literal["page", "json-ld", "feed-content", "feed-summary", "headline"]
ExtractionMethod = Literal[
    "blocks",  # the blocks of the page that the model takes for its article
    "blocks-and-engine",  # the same with trafilatura's vote, where the model is unsure
    "engine",  # trafilatura's text, where the model stays unsure
    "json-ld",  # the body that the page carries for machines
    "page-state",  # prose in the page's scripts, where its HTML has none
    "live-posts",  # the newest posts of a live blog
    "feed",  # what the feed said
]
PageKind = Literal[
    "article",
    "live-blog",
    "video",
    "gallery",
    "index",
    "consent-wall",
    "paywall",
    "challenge",
    "soft-404",
    "not-html",
    "not-extracted",  # nobody knows what it is: its extraction was lost, and is tried again
    "empty",
]


@dataclass(frozen=True, slots=True)
class Announced:
    """What the feed says of an article, before its page is read."""

    title: str = ""
    summary: str = ""
    outlet_since: datetime | None = None  # nothing of the outlet is older


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """The text and the facts of one article. Paragraphs of `text` are separated by newlines.

    `fact_sources` names where each fact comes from, by its name: json-ld, opengraph, meta, h1 ...
    and of what was too long how much is kept.
    """

    url: str  # canonical
    title: str
    text: str
    body_source: BodySource
    extraction_method: ExtractionMethod = "blocks"
    extraction_confidence: float = 0.0  # 0..1: see extract.confidence
    word_count: int = 0  # of the text; two characters of a script without spaces are one word
    subtitle: str | None = None
    language: str | None = None  # by the text
    claimed_language: str | None = None  # as the page has it
    authors: tuple[str, ...] = ()  # people
    organisations: tuple[str, ...] = ()  # agencies, desks and outlets that sign
    agency: str | None = None  # the news agency whose report it is
    dateline: str | None = None  # the place that the body begins with
    published_at: datetime | None = None
    modified_at: datetime | None = None
    site_name: str | None = None
    summary: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    lead_image: str | None = None  # absolute URL
    paywalled: bool | None = None  # None: the page does not say
    page_kind: PageKind = "article"
    no_page_reason: str | None = None  # why the page was not used, if it was not
    boilerplate: tuple[str, ...] = ()  # lines taken off the text's edges
    fact_sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoArticle:
    """A page that is no article: `kind` is its page kind, `detail` a sentence for people."""

    kind: PageKind
    detail: str


# --- dedupe: is it new ----------------------------------------------------------------------------

DuplicateKind = Literal[
    "exact",  # the same text
    "near",  # most of it
    "contained",  # all of it, inside a longer text
    "revision",  # the outlet's text under a headline that it gave without: a newer wording of that
]
ChangeKind = Literal["number", "place", "name", "day", "polarity"]
OriginalRelation = Literal[
    "update",  # tells more, or otherwise, than the text that it was made from
    "template",  # the same words about something else
    "contains",  # an earlier text stands in it
    "part",  # of an earlier text that reports on several things
    "related",  # shares passages
]
ChangePlace = Literal["headline", "lead", "body"]
StoryRole = Literal[
    "first",  # no earlier article in its story
    "copy",  # a duplicate, of an article or of a seed
    "development",  # tells what the story did not have
    "independent",  # own words on what was told already
]
StoryChangeKind = Literal["merge", "split", "version"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words that stands in both texts; offsets are code points, end exclusive."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of an earlier text and what a newer one says in its place, as each writes it; `before`
    is empty of what is named for the first time."""

    kind: ChangeKind
    before: str
    after: str
    place: ChangePlace


@dataclass(frozen=True, slots=True)
class RevisionMeasures:
    """A newer wording of an article against the one before; shares are of word-4-grams, 0 to 1."""

    coverage: float  # of the newer that stands in the earlier
    coverage_of_earlier: float
    jaccard: float
    passages: tuple[Passage, ...]  # the longest; a is the earlier
    reason: str
    algorithm_version: int


# --- topics: what it mentions ---------------------------------------------------------------------

Field = Literal["title", "text"]
Salience = Literal["headline", "lead", "body", "passing"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence: `getattr(document, field)[start:end] == text`, always."""

    field: Field
    start: int
    end: int
    text: str
    sentence: str
    alias: str  # the alias or group that matched, as the topic names it


@dataclass(frozen=True, slots=True)
class Flag:
    """One article mentions one topic, and why. `score` is in 0..1."""

    topic: str
    topic_version: str  # hash of the topic's definition
    score: float
    salience: Salience
    rule: str
    reason: str  # a sentence for people
    mentions: tuple[Mention, ...]


# --- digest: what an edition is built from --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FlaggedArticle:
    """A flagged original, with the first mention of the topic."""

    topic: str
    story_id: StoryId
    article_id: ArticleId
    title: str
    url: str
    outlet: str
    language: str | None
    score: float
    salience: Salience
    reason: str
    sentence: str  # around the mention
    matched: str
    seen_at: datetime
    new_sentence: str | None = None  # the first that told what the story did not have


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """A story as a whole, copies included, whatever the topic."""

    story_id: StoryId
    headline: str
    outlets: tuple[str, ...]
    first_seen_at: datetime
    last_seen_at: datetime
    copies: int = 0


@dataclass(frozen=True, slots=True)
class TopicStory:
    """A story, as it stands under one of its topics."""

    topic: str
    story_id: StoryId


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for an edition, whether it was flagged or not."""

    articles: int
    outlets: int
    feeds_failing: int


DeliveryState = Literal["pending", "sending", "sent", "failed", "unknown", "skipped"]

# --- runs -----------------------------------------------------------------------------------------

StageName = Literal["poll", "extract", "deduplicate", "flag", "load"]
JobName = Literal["send_digest", "maintain", "reflag"]
ParkedKind = Literal[
    "raised",  # our code raised an exception
    "refused",  # the database refused it
    "time",  # its CPU time was used up
    "memory",
    "killed",  # its worker ended in the middle of it, again and again
    "wrong",  # a row of the watchlist that a person has to mend
]
STAGES: tuple[StageName, ...] = ("poll", "extract", "deduplicate", "flag", "load")


@dataclass(frozen=True, slots=True)
class StageReport:
    """What one execution of a stage did. `counts` is JSON-ready: name to number."""

    stage: str
    shard: int | None
    counts: Mapping[str, int]
    seconds: float
