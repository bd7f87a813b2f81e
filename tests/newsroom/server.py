"""The servers: an address an outlet on 127.2.0.0/24, one port for all, control on 127.0.0.1.

Control answers `/clock` (with `at=ISO-TIME` or `minutes=N` it is set), `/feeds.opml`,
`/feeds.yaml`, `/expected.json` and `/log`, one JSON object a line.
"""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

import yaml
from aiohttp import web

from newsroom.articles import Article, load_articles
from newsroom.listening import Listening
from newsroom.outlets import BY_SLUG, OUTLETS, Outlet
from newsroom.scene import Scene
from newsroom.site import reply

EPOCH = datetime(2026, 1, 14, 17, 0, tzinfo=UTC)
CONTROL = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the log; `minutes` is the newsroom's time, `path` has the query in it."""

    minutes: int
    outlet: str
    method: str
    path: str
    status: int
    conditional: bool
    user_agent: str


class Newsroom:
    """All outlets, serving from construction to `close`, with a clock that only you move.

    It begins at the epoch. Port 0 takes any that is free on all addresses; OSError if there is
    none, or if the one asked for is taken. `more` are articles beside those on file.
    """

    def __init__(
        self, port: int = 0, epoch: datetime = EPOCH, *, more: Iterable[Article] = ()
    ) -> None:
        if epoch.tzinfo is None:
            raise ValueError("the epoch needs a time zone, as in 2026-01-14T17:00:00+00:00")
        self.epoch = epoch.astimezone(UTC)
        self.minutes = 0
        self.articles = (*load_articles(), *more)
        self._requests: deque[Request] = deque(maxlen=50_000)
        self._counts: Counter[tuple[str, str]] = Counter()
        addresses = (CONTROL, *(outlet.address for outlet in OUTLETS))
        self._listening = Listening(self._answer, addresses, port)
        self.port = self._listening.port

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stops serving; a second call does nothing."""
        self._listening.close()

    # --- the clock --------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return self.epoch + timedelta(minutes=self.minutes)

    def set_clock(self, minutes: int) -> None:
        """Moves the clock to so many minutes after the epoch; backwards is allowed."""
        self.minutes = minutes

    def set_time(self, at: datetime) -> None:
        """Moves the clock to the whole minute at or before `at`."""
        self.minutes = (at - self.epoch) // timedelta(minutes=1)

    # --- addresses --------------------------------------------------------------------------------

    @property
    def control_url(self) -> str:
        return f"http://{CONTROL}:{self.port}"

    def base(self, outlet: Outlet) -> str:
        return f"http://{outlet.address}:{self.port}"

    def url(self, article: Article) -> str:
        """The article's canonical address."""
        return self.base(BY_SLUG[article.outlet]) + article.path

    def feed_urls(self) -> list[str]:
        """As the watch list has them."""
        return [self.base(outlet) + f.listed_path for outlet in OUTLETS for f in outlet.feeds]

    def feeds_yaml(self) -> str:
        """All feeds in the form of the watch list."""
        return yaml.safe_dump({"feeds": self._feeds()}, allow_unicode=True, sort_keys=False)

    def feeds_opml(self) -> str:
        outlines = "\n".join(
            f'<outline type="rss" text="{feed["outlet"]}" xmlUrl="{feed["url"]}"'
            f' language="{feed["language"]}"/>'
            for feed in self._feeds()
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">'
            f"<head><title>Sample newsroom</title></head>\n<body>\n{outlines}\n</body></opml>\n"
        )

    def _feeds(self) -> list[dict[str, Any]]:
        return [
            {
                "url": self.base(outlet) + feed.listed_path,
                "outlet": outlet.name,
                "country": outlet.country,
                "language": outlet.language,
                "kind": outlet.kind,
                "ports": [self.port],
            }
            for outlet in OUTLETS
            for feed in outlet.feeds
        ]

    # --- what is true -----------------------------------------------------------------------------

    def published(self) -> list[Article]:
        """What is out at the clock's time, oldest first."""
        return [article for article in self.articles if article.minutes <= self.minutes]

    def expected_flags(self) -> dict[str, frozenset[str]]:
        """Topics by URL of what is out; of a copy those of what it adds to its original."""
        return {
            self.url(article): article.flags if article.copy is None else article.copy.flags
            for article in self.published()
        }

    def expected_copies(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """By URL of a copy: the original's URL, or `seed`, and the kinds that are right."""
        urls = {article.key: self.url(article) for article in self.articles} | {"seed": "seed"}
        return {
            self.url(article): (urls[article.copy.of], article.copy.kinds)
            for article in self.published()
            if article.copy
        }

    def expected(self) -> list[dict[str, object]]:
        """Everything known of every article that is out, ready for JSON."""
        copies = self.expected_copies()
        return [
            {
                "url": self.url(article),
                "key": article.key,
                "title": article.title_at(self.minutes),
                "language": BY_SLUG[article.outlet].language,
                "minutes": article.minutes,
                "page": article.page,
                "mentions": sorted(article.flags),
                "flags": sorted(self.expected_flags()[self.url(article)]),
                "copy_of": copies.get(self.url(article), (None, ()))[0],
                "kinds": list(copies.get(self.url(article), (None, ()))[1]),
                "story": article.story,
            }
            for article in self.published()
        ]

    def requests(self) -> list[Request]:
        """What the outlets were asked for so far, the newest 50,000; not what control was."""
        return list(self._requests)

    # --- serving ----------------------------------------------------------------------------------

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        transport = request.transport
        address = transport.get_extra_info("sockname")[0] if transport else ""
        if address == CONTROL:
            return self._control(request)
        outlet = next(outlet for outlet in OUTLETS if outlet.address == address)
        if request.method not in ("GET", "HEAD"):
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        mine = tuple(article for article in self.articles if article.outlet == outlet.slug)
        scene = Scene(outlet, mine, self.base(outlet), self.epoch, self.minutes)
        earlier = self._counts[outlet.slug, request.path]
        self._counts[outlet.slug, request.path] += 1
        answer = reply(scene, request.path, request.headers, earlier)
        self._requests.append(_logged(request, outlet, self.minutes, answer.status))
        return web.Response(status=answer.status, body=answer.body, headers=answer.headers)

    def _control(self, request: web.BaseRequest) -> web.Response:
        match request.path:
            case "/clock":
                return self._clock(request)
            case "/feeds.yaml":
                return web.Response(text=self.feeds_yaml(), content_type="application/yaml")
            case "/feeds.opml":
                return web.Response(text=self.feeds_opml(), content_type="text/x-opml")
            case "/expected.json":
                return web.json_response(self.expected())
            case "/log":
                lines = (json.dumps(asdict(line)) + "\n" for line in self.requests())
                return web.Response(text="".join(lines), content_type="application/jsonl")
        return web.Response(status=404, text="see newsroom/server.py for what there is\n")

    def _clock(self, request: web.BaseRequest) -> web.Response:
        try:
            if "minutes" in request.query:
                self.set_clock(int(request.query["minutes"]))
            elif "at" in request.query:
                self.set_time(parse_time(request.query["at"]))
        except ValueError as error:
            return web.Response(status=400, text=f"{error}\n")
        return web.json_response({"now": self.now.isoformat(), "minutes": self.minutes})


def parse_time(text: str) -> datetime:
    """An ISO 8601 time with its zone. Raises ValueError."""
    # A plus sign in a query that nobody escaped arrives as a blank.
    moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone: add Z or +00:00")
    return moment.astimezone(UTC)


def _logged(request: web.BaseRequest, outlet: Outlet, minutes: int, status: int) -> Request:
    return Request(
        minutes=minutes,
        outlet=outlet.slug,
        method=request.method,
        path=request.path_qs,
        status=status,
        conditional=bool({"If-None-Match", "If-Modified-Since"} & set(request.headers)),
        user_agent=request.headers.get("User-Agent", ""),
    )
