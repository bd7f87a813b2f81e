"""The outlets: invented papers, each with the feed and the page template that it is known for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal["rss20", "rss10", "atom10", "json11"]
Answer = Literal["ok", "moved", "gone", "throttled", "flaky", "consent-page"]
Template = Literal["article", "divs", "table", "json-ld"]


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed and how it misbehaves, if it does."""

    path: str
    shape: Shape = "rss20"
    content: Literal["headline", "summary", "full"] = "summary"
    answer: Answer = "ok"  # flaky: 500 at the first request and at every other after it
    old_path: str = ""  # answers 301, and is what the watch list knows
    validators: frozenset[Literal["etag", "last-modified"]] = frozenset()
    guids: Literal["own", "none", "same"] = "own"
    dates: Literal["usual", "french", "restamped"] = "usual"
    links: Literal["plain", "tracked", "amp"] = "plain"
    written: str = "utf-8"  # the bytes
    declared: str = "utf-8"  # what the document says of them
    malformed: bool = False  # bare ampersands, a control character, the tail cut off
    gzipped: bool = False
    sections: frozenset[str] = frozenset()  # empty: all

    @property
    def listed_path(self) -> str:
        """The path that the watch list gives."""
        return self.old_path or self.path


@dataclass(frozen=True, slots=True)
class Outlet:
    """One paper. `host` is the name it goes by in guids and addresses; it has no DNS entry."""

    slug: str
    number: int  # of its address
    name: str
    host: str
    country: str
    language: str
    feeds: tuple[Feed, ...]
    template: Template = "article"
    charset: str = "utf-8"
    kind: str = "newspaper"

    @property
    def address(self) -> str:
        return f"127.2.0.{self.number}"


_BOTH: frozenset[Literal["etag", "last-modified"]] = frozenset({"etag", "last-modified"})
_ETAG: frozenset[Literal["etag", "last-modified"]] = frozenset({"etag"})
_DATE: frozenset[Literal["etag", "last-modified"]] = frozenset({"last-modified"})

OUTLETS: tuple[Outlet, ...] = (
    Outlet(
        "harbour-wire", 1, "Harbour Wire", "harbourwire.example", "GB", "en",
        (Feed("/rss.xml", content="full", validators=_BOTH, gzipped=True),),
        kind="wire",
    ),
    Outlet(
        "meridian-post", 2, "The Meridian Post", "meridianpost.example", "US", "en",
        (
            Feed("/feed/all", content="headline", links="tracked", validators=_ETAG),
            Feed("/feed/world", content="headline", links="amp", sections=frozenset({"world"})),
        ),
        template="divs",
    ),
    Outlet(
        "lagoon-times", 3, "Lagoon Times", "lagoontimes.example", "NG", "en",
        (Feed("/index.rdf", "rss10", validators=_DATE),),
        template="table",
    ),
    Outlet(
        "capital-ledger", 4, "The Capital Ledger", "capitalledger.example", "US", "en",
        (Feed("/rss", validators=_ETAG),),
        template="json-ld",
    ),
    Outlet(
        "tremor-desk", 5, "Tremor Desk", "tremordesk.example", "NZ", "en",
        (Feed("/feed.xml", guids="same"),),
        kind="aggregator",
    ),
    Outlet(
        "starboard-science", 6, "Starboard Science", "starboardscience.example", "IE", "en",
        (Feed("/atom.xml", "atom10", answer="flaky"),),
        template="json-ld", kind="magazine",
    ),
    Outlet(
        "saltmarsh-echo", 7, "Saltmarsh Echo", "saltmarshecho.example", "GB", "en",
        (Feed("/news/rss"),),
        template="divs", kind="newspaper",
    ),
    Outlet(
        "marfa-today", 8, "المرفأ اليوم", "almarfa.example", "JO", "ar",
        (Feed("/atom", "atom10", validators=_ETAG),),
        template="json-ld",
    ),
    Outlet(
        "hamigdalor", 9, "המגדלור", "hamigdalor.example", "IL", "he",
        (Feed("/rss/all.xml", guids="none"),),
    ),
    Outlet(
        "mayachny-listok", 10, "Маячный листок", "mayachny.example", "KZ", "ru",
        (Feed("/rss.xml", written="windows-1251"),),
        template="table", charset="windows-1251",
    ),
    Outlet(
        "portova-khvylia", 11, "Портова хвиля", "portova.example", "UA", "uk",
        (Feed("/feed", "atom10", declared="windows-1251", validators=_DATE),),
    ),
    Outlet(
        "kiyi-postasi", 12, "Kıyı Postası", "kiyipostasi.example", "TR", "tr",
        (Feed("/rss", malformed=True),),
        template="divs",
    ),
    Outlet(
        "faro-levante", 13, "El Faro de Levante", "farolevante.example", "ES", "es",
        (Feed("/feed.json", "json11", content="full", validators=_ETAG),),
    ),
    Outlet(
        "courrier-quais", 14, "Le Courrier des Quais", "courrierquais.example", "FR", "fr",
        (Feed("/flux/actualites.xml", old_path="/rss", answer="moved", dates="french"),),
        template="divs",
    ),
    Outlet(
        "deichbote", 15, "Der Deichbote", "deichbote.example", "DE", "de",
        (Feed("/nachrichten.xml", dates="restamped"),),
        template="json-ld",
    ),
    Outlet(
        "old-mole", 16, "The Old Mole", "oldmole.example", "GB", "en",
        (Feed("/feed", answer="gone"),),
        kind="newspaper",
    ),
    Outlet(
        "breakwater", 17, "Breakwater Business", "breakwater.example", "SG", "en",
        (Feed("/feed", answer="throttled"),),
        kind="magazine",
    ),
    Outlet(
        "isthmus-herald", 18, "Isthmus Herald", "isthmusherald.example", "PA", "en",
        (Feed("/feed", answer="consent-page"),),
    ),
)  # fmt: skip
BY_SLUG = {outlet.slug: outlet for outlet in OUTLETS}
