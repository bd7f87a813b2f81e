"""What a page is. Only articles and live blogs become articles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newswatch.models import PageKind
from newswatch.text.scripts import words_in

_CONSENT = re.compile(
    r"(accept|allow|manage|reject)\s+(all\s+)?cookies|we (use|value).{0,40}(cookies|privacy)|"
    r"your (privacy|consent)|before you continue|cookies? (zustimmen|akzeptieren)|"
    r"mit werbung (und tracking )?weiterlesen|accepter (et|les cookies)|aceptar (las )?cookies|"
    r"accetta|privacy[- ]einstellungen|datenschutz",
    re.IGNORECASE,
)
# Hardly anything else on the page, and in whatever language.
_COOKIES = re.compile(_CONSENT.pattern + r"|cookie|עוגיות|куки|ملفات تعريف", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"just a moment|checking your browser|enable javascript|"
    r"verify(ing)? (that )?you are (a )?human|"
    r"are you a robot|access denied|attention required|ddos protection|captcha|"
    r"unusual traffic|please turn javascript on|press (and|&) hold",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    r"(page|article|seite|story|content) (was |could |can|is )?(not|no longer|n't) (be )?"
    r"(found|available)|\b404\b|page introuvable|página no encontrada|"
    r"seite nicht gefunden|страница не найдена|sayfa bulunamad|error 404",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"subscribe (now )?to (continue|read|keep|unlock|get)|subscribers? only|"
    r"(already|existing) (a )?subscriber|to continue reading|continue reading with|"
    r"create (a|your) free account|sign in to (read|continue)|become a (member|subscriber)|"
    r"jetzt (weiterlesen|abonnieren|testen)|réservé (aux|à nos) abonnés|suscríbete|"
    r"exclusivo para suscriptores|doar voor abonnees|riservato agli abbonati|"
    r"только по подписке|только для подписчиков|devamını okumak için|للمشتركين فقط|למנויים בלבד",
    re.IGNORECASE,
)
_HTML = re.compile(r"text/html|application/xhtml", re.IGNORECASE)
WALL_WORDS = 120  # a wall, a challenge or a 404 page says little else
STUB_WORDS = 80
LEAST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Look:
    """What the decision goes by."""

    title: str
    text: str  # the extracted body
    visible: str  # all visible text of the page, cut off after some thousand characters
    types: frozenset[str] = frozenset()  # JSON-LD types
    og_type: str = ""
    content_type: str | None = None
    paywalled: bool = False  # JSON-LD says isAccessibleForFree: false
    links: int = 0
    path: str = "/"


def kind_of(look: Look) -> tuple[PageKind, str]:
    """The page's kind and a sentence that says by what."""
    words, shown = words_in(look.text), words_in(look.visible)
    if look.content_type and not _HTML.search(look.content_type):
        return "not-html", f"it is {look.content_type.split(';')[0]}"
    if shown == 0 and words == 0:
        return "empty", "nothing on it can be read"
    says = f"{look.title}\n{look.visible[:3000]}"
    if words <= WALL_WORDS and (shown <= WALL_WORDS or words <= STUB_WORDS):
        if found := _CHALLENGE.search(says):
            return "challenge", f"it asks for proof of being human ({found.group(0)!r})"
        if found := _NOT_FOUND.search(says if shown <= WALL_WORDS else look.title):
            return "soft-404", f"it says that there is nothing here ({found.group(0)!r})"
        if found := _PAYWALL.search(says):
            return "paywall", f"only subscribers may read on ({found.group(0)!r})"
        consent = _COOKIES if shown <= WALL_WORDS else _CONSENT
        if shown <= 3 * WALL_WORDS and (found := consent.search(says)):
            return "consent-wall", f"it asks for consent first ({found.group(0)!r})"
    if look.paywalled and words <= 2 * STUB_WORDS:
        return "paywall", "it calls itself not free to read, and shows the beginning only"
    if "LiveBlogPosting" in look.types:
        return "live-blog", "it calls itself a live blog"
    if words < STUB_WORDS and (look.og_type.startswith("video") or "VideoObject" in look.types):
        return "video", "a video with hardly a text"
    if words < STUB_WORDS and look.types & {"ImageGallery", "MediaGallery"}:
        return "gallery", "pictures with hardly a text"
    if look.path in ("", "/") or (look.types & {"CollectionPage"} and words < 3 * STUB_WORDS):
        return "index", "it lists articles"
    if words < LEAST_WORDS:
        return "empty", "no body was found on it"
    return "article", ""
