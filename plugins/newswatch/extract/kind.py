"""What a page is. Only articles and live blogs become articles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newswatch.models import PageKind
from newswatch.text.scripts import words_in

# What a wall says to its reader. Nouns alone ("captcha", "Datenschutz") are subjects of news.
_CONSENT = re.compile(
    r"(accept|allow|manage|reject)\s+(all\s+)?cookies|we (and our .{0,30})?(use|value).{0,40}"
    r"(cookies|privacy)|your (privacy|consent)|before you continue|"
    r"cookies? (zustimmen|akzeptieren)|"
    r"mit werbung (und tracking )?weiterlesen|accepter (et|les cookies)|aceptar (las )?cookies|"
    r"accetta (e continua|tutti|i cookie)|(privacy|datenschutz)[- ]?einstellungen",
    re.IGNORECASE,
)
# Hardly anything else on the page, and in whatever language.
_COOKIES = re.compile(_CONSENT.pattern + r"|cookie|עוגיות|куки|ملفات تعريف", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"just a moment|checking your browser|(enable|activate|turn on) (javascript|js|cookies)\b|"
    r"verify(ing)? (that )?you are (a )?human|disable (any |your )?ad ?-?blocker|"
    r"are you a robot|access (to this page )?(has been |is )?denied|attention required|"
    r"ddos protection|"
    r"(complete|solve|enter|pass) (the|this|a) captcha|(unusual|suspicious) (traffic|activity)|"
    r"please turn javascript on|javascript (is )?(disabled|required|erforderlich|deaktiviert)|"
    r"press (and|&) hold|using automat(ion|ed) tools|(aktivieren|activez|activa|active|habilite) "
    r"(sie )?(das |le )?javascript|включите javascript|请(启用|开启) ?javascript",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    r"(page|article|seite|story|content) (was |could |can|is )?(not|no longer|n't) (be )?"
    r"(found|available)|\berror 404\b|\b404\b[\s:-]*(error|not found|page)|page introuvable|"
    r"página no encontrada|pagina non trovata|pagina niet gevonden|seite nicht gefunden|"
    r"nie znaleziono strony|страница не найдена|сторінку не знайдено|sayfa bulunamad|"
    r"הדף לא נמצא|الصفحة غير موجودة|找不到(该)?页面|ページが見つかりません",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"(unavailable|blocked|removed|withheld) (due to|for) legal reasons|"
    r"(not|un)available in your (country|region|location)|from a country belonging to|"
    r"451 unavailable",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    r"(down for|undergoing|under|scheduled) maintenance|(service|site|temporarily) (is )?"
    r"(temporarily )?unavailable|we('ll| will) be (right )?back (soon|shortly)|wartungsarbeiten|"
    r"en maintenance|en mantenimiento|in manutenzione|em manutenção|bakım çalışma|"
    r"технически[ея] работ|"
    r"технічн\w+ робот|אתר בתחזוקה|تحت الصيانة|维护中|メンテナンス中",
    re.IGNORECASE,
)
# The whole of a title: a page that wants to know who its reader is.
_LOG_IN = re.compile(
    r"(please )?(log|sign)[- ]?(in|on|up)( to .{1,30})?|register|anmelden|einloggen|"
    r"login|connexion|"
    r"se connecter|identifiez-vous|iniciar sesi[óo]n|inicia sesi[óo]n|accedi|entrar|inloggen|"
    r"zaloguj( się)?|logowanie|войти|вход|увійти|giriş( yap)?|logga in|logg inn|log ind|"
    r"kirjaudu|přihlášení|تسجيل الدخول|התחברות|כניסה|登录|登入|ログイン|로그인",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"subscribe (now )?to (continue|read|keep|unlock|get)|subscribers?[- ]only|"
    r"(only|exclusive(ly)?|reserved) (for|to) (our )?(subscribers|members)|"
    r"(this|the) (article|story) is for (paying )?(subscribers|members)|"
    r"(already|existing) (a )?subscriber|to (continue|keep) reading|continue reading with|"
    r"create (a|your) free account|(sign|log) in to (read|continue|view)|"
    r"become a (member|subscriber)|"
    r"cancel any ?time|start your (free )?trial|(weeks?|months?) for (only |just )?[$£€]\s?\d|"
    r"you have (read|reached).{0,40}(free|limit)|"
    r"jetzt (weiterlesen|abonnieren|testen|freischalten)|weiterlesen mit|"
    r"(jederzeit|monatlich) kündbar|"
    r"(woche|monat)\w* (lang )?(für (nur )?\d|gratis|kostenlos)|nur für abonnent|"
    r"réservé (aux|à nos) abonnés|(abonnez-vous|connectez-vous) pour|pour lire la suite|"
    r"sans engagement|il vous reste \d+ ?%|"
    r"suscr[íi]bete|(contenido )?exclusivo para (suscriptores|socios)|para seguir leyendo|"
    r"(conteúdo )?exclusivo para assinantes|assine (já|agora|para)|"
    r"(riservato|contenuto) (agli|per gli) abbonati|abbonati (per|a partire)|"
    r"(alleen )?voor abonnees|word abonnee|tylko dla (prenumeratorów|subskrybentów)|"
    r"aby czytać dalej|"
    r"pouze pro předplatitele|för prenumeranter|bli prenumerant|(kun|bare) for abonnenter|"
    r"vain tilaajille|только (по подписке|для подписчиков)|оформи(те|ть) подписку|"
    r"(тільки|лише) для передплатників|оформ(іть|ити) передплату|"
    r"(devamını okumak|okumaya devam etmek) için|"
    r"للمشتركين فقط|اشترك (الآن )?(لمتابعة|للقراءة)|למנויים בלבד|כדי להמשיך לקרוא|"
    r"(登录|订阅)后(继续|可|方可)?(阅读|查看)|"
    r"(有料)?会員(限定|登録)|続きを読むには|구독(자 전용|하고)",
    re.IGNORECASE,
)
_LIVE_TITLE = re.compile(
    r"^\W*(live\b|liveticker|newsblog|en direct|direct\b|en vivo|en directo|in diretta|"
    r"diretta\b|ao vivo|"
    r"na żywo|relacja|онлайн|прямой эфир|наживо|مباشر|canlı|直播|速報|ライブ)|"
    r"\b(live (updates?|blog)|liveblog|live-ticker|as it happened|minute by minute)\b|"
    r"[-–—:|] live\b",
    re.IGNORECASE,
)
_LIVE_PATH = re.compile(
    r"(^|[/_-])(live|live-?blog|live-?ticker|live-?news|newsblog|ticker|en-direct|en-vivo|directo|direct|diretta|"
    r"ao-?vivo|na-zywo|online|canli)([/_-]|$)",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"^/(tags?|topics?|themen?|tema|temas|sujets?|author|authors|autor|autoren|auteur|search|suche|"
    r"category|categories|kategorie|rss|feed)(/|$)",
    re.IGNORECASE,
)
_IS_404 = re.compile(r"(error )?404\b.{0,40}", re.IGNORECASE)
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ProfilePage"))
_ENOUGH_VISIBLE = 3_000  # characters
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
    headline: str = ""  # without the site's name
    only_cards: bool = False  # there is no prose but below headlines that are links
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
    if words <= 2 * STUB_WORDS and (found := _PAYWALL.search(look.text)):
        return "paywall", f"only subscribers may read on behind its beginning ({found.group(0)!r})"
    if look.paywalled and words <= 2 * STUB_WORDS:
        return "paywall", "it calls itself not free to read, and shows the beginning only"
    if "LiveBlogPosting" in look.types:
        return "live-blog", "it calls itself a live blog"
    if _LIVE_PATH.search(look.path) and _LIVE_TITLE.search(look.title):
        return "live-blog", "its address and its headline call it live"
    if words < STUB_WORDS and (look.og_type.startswith("video") or "VideoObject" in look.types):
        return "video", "a video with hardly a text"
    if words < STUB_WORDS and look.types & {"ImageGallery", "MediaGallery"}:
        return "gallery", "pictures with hardly a text"
    if listing := _listing(look, words):
        return "index", listing
    if words < LEAST_WORDS:
        return "empty", "no body was found on it"
    return "article", ""


def _wall(look: Look, words: int, shown: int) -> tuple[PageKind, str] | None:
    """What stands between the reader and a text, on a page with hardly a text."""
    in_place_of_text = look.text if words >= LEAST_WORDS else look.visible[:_ENOUGH_VISIBLE]
    says = f"{look.title}\n{in_place_of_text}"
    everywhere = f"{look.title}\n{look.visible[:_ENOUGH_VISIBLE]}"
    if found := _CHALLENGE.search(says):
        return "challenge", f"it asks for proof of being human ({found.group(0)!r})"
    if found := _REFUSED.search(says):
        return "soft-404", f"it is not served here ({found.group(0)!r})"
    if found := _NOT_FOUND.search(says) or _IS_404.fullmatch(look.title.strip()):
        return "soft-404", f"it says that there is nothing here ({found.group(0)!r})"
    if found := _MAINTENANCE.search(says):
        return "soft-404", f"it says that it is being worked on ({found.group(0)!r})"
    if found := _PAYWALL.search(everywhere):
        return "paywall", f"only subscribers may read on ({found.group(0)!r})"
    if found := _LOG_IN.fullmatch(look.headline.strip(" .!")):
        return "paywall", f"it asks who its reader is ({found.group(0)!r})"
    subject = _COOKIES.search(look.headline)  # then it is news of cookies
    consent = _COOKIES if shown <= WALL_WORDS and not subject else _CONSENT
    if shown <= 3 * WALL_WORDS and (found := consent.search(says)):
        return "consent-wall", f"it asks for consent first ({found.group(0)!r})"
    return None


def _listing(look: Look, words: int) -> str | None:
    """Why the page is one of many articles, or None."""
    if look.path in ("", "/"):
        return "it is the front page"
    if look.only_cards:
        return "all that it says stands below headlines that lead elsewhere"
    if words < 3 * STUB_WORDS and (look.types & _LIST_TYPES or _LISTS.search(look.path)):
        return "it lists articles"
    return None
