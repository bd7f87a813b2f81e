"""What a page is. Only articles and live blogs become articles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newswatch.extract.walls import (
    CHALLENGE,
    CONSENT,
    COOKIES,
    LOG_IN,
    MAINTENANCE,
    NOT_FOUND,
    PAYWALL,
    REFUSED,
    SCRIPTS_WANTED,
    is_notice,
    offered,
    said_to_reader,
)
from newswatch.models import PageKind
from newswatch.text.scripts import words_in

_LIVE_TITLE = re.compile(
    r"^\W*(live\b|direct\b|diretta\b|relacja|速報)|"
    r"\b(en direct|en vivo|en directo|in diretta|ao vivo|na żywo|liveticker|live-ticker|newsblog|"
    r"live (updates?|blog)|liveblog|as it happened|minute by minute|onlayn|canlı)\b|"
    r"онлайн|прямой эфир|прямая трансляция|наживо|مباشر|直播|ライブ|실시간|בשידור חי|"
    r"עדכונים שוטפים|"
    r"[-–—:|] live\b|\blive: ",
    re.IGNORECASE,
)
# Said of nothing but live blogs, whatever their address.
_IS_LIVE = re.compile(
    r"^\W*(live\s?[:|•–—]|liveticker|newsblog)|\bas it happened$|minute by minute|"
    r"\blive (updates?|blog|coverage)$|\bliveblog\b",
    re.IGNORECASE,
)
# A whole part of the address, or words that say it wherever they stand: "live-music" does not.
_LIVE_PATH = re.compile(
    r"/(live|live-?news|ticker|direct|directo|diretta|vivo|online|onlayn|canli)(?=/|\.|$)|"
    r"(^|[/_-])(live-?blog|live-?ticker|live-?updates?|newsblog|en-direct|en-vivo|en-directo|"
    r"in-diretta|ao-?vivo|na-?zywo|as-it-happened|minute-by-minute)(?=[/_.-]|$)",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"^/(tags?|topics?|themen?|tema|temas|sujets?|author|authors|autor|autoren|auteur|search|suche|"
    r"category|categories|kategorie|rss|feed)(/|$)",
    re.IGNORECASE,
)
# What stands below these is never an article, if it has cards.
_LISTS_OF_CARDS = re.compile(
    r"^/(tags?|labels?|etiquetas?|authors?|autor|autoren|auteur|profiles?|staff|journalists?|"
    r"contributors?|reporters?|writers?|search|suche)/",
    re.IGNORECASE,
)
_FRONT = re.compile(r"/?|/(index|home|default)(\.\w{2,5})?/?", re.IGNORECASE)
_IS_404 = re.compile(r"(error )?404\b.{0,40}", re.IGNORECASE)
_ARTICLE_TYPES = frozenset(
    ("NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "Article")
)
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ProfilePage"))
_ENOUGH_VISIBLE = 3_000  # characters
_HTML = re.compile(r"text/html|application/xhtml", re.IGNORECASE)
WALL_WORDS = 120  # a wall, a challenge or a 404 page says little else
STUB_WORDS = 80
CAPTION_WORDS = 30  # of a text below a video; an article with a video in it has more
NOTICE_WORDS = 60
OFFER_WORDS = 160  # a text with fewer may be the beginning that all may read
_BEHIND = 6  # lines behind a text, in which the offer to read on stands
LEAST_WORDS = 8
_NO_HEADLINE = 2  # words


@dataclass(frozen=True, slots=True)
class Look:
    """What the decision goes by."""

    title: str
    text: str  # the extracted body
    visible: str  # all visible text of the page, cut off after some thousand characters
    around: str = ""  # of that what stands outside of menus, headers and footers
    types: frozenset[str] = frozenset()  # JSON-LD types
    og_type: str = ""
    content_type: str | None = None
    paywalled: bool = False  # JSON-LD says isAccessibleForFree: false
    headline: str = ""  # without the site's name
    has_cards: bool = False  # several headlines that are links
    only_cards: bool = False  # there is no prose but below those
    is_dated: bool = False  # it says when its article was published
    asks_password: bool = False
    leads_elsewhere: bool = False  # its text is made of links
    linked_words: int = 0  # of the text
    path: str = "/"


def kind_of(look: Look) -> tuple[PageKind, str]:
    """The page's kind and a sentence that says by what.

    A wall is known by what it says to its reader, in the place of a text or as it; what an article
    says of walls is news. Only an offer to subscribe may stand below a short text.
    """
    words, shown = words_in(look.text), words_in(look.visible)
    if look.content_type and not _HTML.search(look.content_type):
        return "not-html", f"it is {look.content_type.split(';')[0]}"
    if shown == 0 and words == 0:
        return "empty", "nothing on it can be read"
    hardly_a_text = words <= WALL_WORDS and (shown <= WALL_WORDS or words <= STUB_WORDS)
    if hardly_a_text and (wall := _wall(look, words, shown)):
        return wall
    if words <= OFFER_WORDS and (found := offered(look.text) or offered(_behind(look))):
        return "paywall", f"only subscribers may read on behind its beginning ({found.group(0)!r})"
    if look.paywalled and words <= OFFER_WORDS:
        return "paywall", "it calls itself not free to read, and shows the beginning only"
    if "LiveBlogPosting" in look.types:
        return "live-blog", "it calls itself a live blog"
    if _IS_LIVE.search(look.headline) or (
        _LIVE_PATH.search(look.path) and _LIVE_TITLE.search(look.title)
    ):
        return "live-blog", "its headline calls it live"
    is_video = look.og_type.startswith("video") or "VideoObject" in look.types
    if is_video and words < (CAPTION_WORDS if _calls_itself_article(look) else STUB_WORDS):
        return "video", "a video with hardly a text"
    if words < STUB_WORDS and look.types & {"ImageGallery", "MediaGallery"}:
        return "gallery", "pictures with hardly a text"
    if listing := _listing(look, words):
        return "index", listing
    if words < LEAST_WORDS or _is_menu(look, words):
        return "empty", "no body was found on it"
    return "article", ""


def _is_menu(look: Look, words: int) -> bool:
    """Whether the text is the headline and links."""
    headline = words_in(look.headline) if look.headline in look.text else 0
    return look.linked_words > 0 and words - look.linked_words - headline < _NO_HEADLINE


def _calls_itself_article(look: Look) -> bool:
    return look.og_type == "article" and not look.types.isdisjoint(_ARTICLE_TYPES)


def _wall(look: Look, words: int, shown: int) -> tuple[PageKind, str] | None:
    """What stands between the reader and a text, on a page with hardly a text.

    A page that says when its article was published is believed to have one: there such words count
    only where they are said to the reader.
    """
    # A word or two is the name of a site or of an error, not a headline.
    is_news = look.is_dated and words >= LEAST_WORDS and words_in(look.headline) > _NO_HEADLINE
    in_place_of_text = look.text if words >= LEAST_WORDS else look.visible[:_ENOUGH_VISIBLE]

    def says(wall: re.Pattern[str]) -> re.Match[str] | None:
        if is_news:
            return said_to_reader(wall, look.headline, look.text)
        return wall.search(f"{look.title}\n{in_place_of_text}")

    says_little = words <= NOTICE_WORDS and not is_news
    if found := says(SCRIPTS_WANTED if says_little else CHALLENGE):
        return "challenge", f"it asks for proof of being human ({found.group(0)!r})"
    if found := says(REFUSED):
        return "soft-404", f"it is not served here ({found.group(0)!r})"
    if found := says(NOT_FOUND) or _IS_404.fullmatch(look.title.strip()):
        return "soft-404", f"it says that there is nothing here ({found.group(0)!r})"
    if found := says(MAINTENANCE):
        return "soft-404", f"it says that it is being worked on ({found.group(0)!r})"
    if found := _offer(look):
        return "paywall", f"only subscribers may read on ({found.group(0)!r})"
    if found := LOG_IN.fullmatch(look.headline.strip(" .!")):
        return "paywall", f"it asks who its reader is ({found.group(0)!r})"
    subject = COOKIES.search(look.headline)  # then it is news of cookies
    consent = COOKIES if shown <= WALL_WORDS and not subject else CONSENT
    if shown <= 3 * WALL_WORDS and (found := says(consent)):
        return "consent-wall", f"it asks for consent first ({found.group(0)!r})"
    if words <= NOTICE_WORDS and is_notice(look.text):
        return "empty", "all that it says is a notice to its reader"
    if look.asks_password and not look.is_dated and words <= NOTICE_WORDS:
        return "paywall", "it asks who its reader is, by a password"
    return None


def _offer(look: Look) -> re.Match[str] | None:
    """An offer in the headline, in the text, or beside it; that in a menu stands on every page."""
    if not look.is_dated:
        return PAYWALL.search(f"{look.title}\n{look.visible[:_ENOUGH_VISIBLE]}")
    beside = {*look.around.splitlines()} - {*look.text.splitlines()}
    return offered("\n".join((look.headline, look.text, *beside)))


def _behind(look: Look) -> str:
    """What the page shows next to the end of its text."""
    lines = look.around.splitlines()
    of_text = [place for place, line in enumerate(lines) if line in look.text]
    start = of_text[-1] + 1 if of_text else len(lines)
    return "\n".join(lines[start : start + _BEHIND])


def _listing(look: Look, words: int) -> str | None:
    """Why the page is one of many articles, or None."""
    if _FRONT.fullmatch(look.path):
        return "it is the front page"
    if look.leads_elsewhere:
        return "all that it says leads elsewhere"
    if look.only_cards:
        return "all that it says stands below headlines that lead elsewhere"
    if words < 3 * STUB_WORDS and (look.types & _LIST_TYPES or _LISTS.search(look.path)):
        return "it lists articles"
    of_cards = look.types & _LIST_TYPES or _LISTS_OF_CARDS.search(look.path)
    if look.has_cards and of_cards and not look.is_dated:
        return "it lists articles"
    return None
