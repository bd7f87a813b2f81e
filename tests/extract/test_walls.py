"""What stands between a reader and a text, and reports of such things, which are articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.herald import DATED, PARAGRAPHS, article, kind_of_page, page, paragraphs
from newswatch.models import PageKind

ARTICLES: frozenset[PageKind] = frozenset(("article", "live-blog"))
# The kind, "no article" where several would be right; the title; the markup below it.
ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("walls.tsv").read_text().splitlines()[1:]
]
WALLS = [(title, body, kind) for kind, title, body in ROWS if kind != "offer"]
OFFERS = [body for kind, _, body in ROWS if kind == "offer"]
LOG_INS = (
    ("Sign in", "<p>New here? Create an account. Forgot password?</p>", "en"),
    ("Anmelden", "<p>Noch kein Konto? Jetzt registrieren. Passwort vergessen?</p>", "de"),
    ("Connexion", "<p>Mot de passe oublié ? Pas encore de compte ? Inscrivez-vous.</p>", "fr"),
    ("Вход в личный кабинет", "<p>Забыли пароль? Регистрация занимает минуту.</p>", "ru"),
    (
        "Welcome back",
        "<p>Enter your e-mail and password to log in to your account. If you have no account you"
        " can register for free in a minute.</p>",
        "en",
    ),
)
# A headline and what stands below it; all are news.
REPORTS = (
    ("Bus line 404 gets a new route", "Bus line 404 will not stop at the station from Monday.", ""),
    ("Court bans cookie walls", "Sites may not force visitors to accept all cookies, it said.", ""),
    (
        "Bank customers could not log in",
        "Customers could not log in to their accounts for six hours on Monday. “Please try again"
        " later,” the site told them. The bank blamed maintenance by a supplier.",
        "",
    ),
    (
        "Site blocks readers over law",
        "The site said it was unavailable due to legal reasons for readers in the county, after a"
        " court order on Friday. Its lawyers call the order a danger to a free press.",
        "",
    ),
    (
        "Paper drops its paywall",
        "The paper, where only subscribers could read most articles, will be free from January.",
        "",
    ),
    (
        "Polizei warnt vor falschen Captchas",
        "Unbekannte fordern auf gefälschten Seiten dazu auf, ein Captcha zu lösen.",
        "de",
    ),
    (
        "Bahn kündigt Wartungsarbeiten an",
        "Wegen Wartungsarbeiten fahren am Wochenende keine Züge, teilte die Bahn mit.",
        "de",
    ),
    (
        "Le journal perd des abonnés",
        "Les articles réservés aux abonnés seront ouverts à tous, a dit sa directrice.",
        "fr",
    ),
)
CHROME = (
    '<div class="top"><a href=/login>Already a subscriber? Sign in</a></div>',
    '<div class="banner"><p>We use cookies to make this site better. Accept all cookies or manage'
    " cookies.</p><button>Accept all</button></div>",
    "<noscript>Please enable JavaScript to use this site.</noscript>",
    '<div class="nojs">Some features may not work without JavaScript.</div>',
)


def bare(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(("title", "body", "kind"), WALLS)
def test_a_wall_is_no_article(title: str, body: str, kind: str) -> None:
    in_chrome = page(f"<main><h1>{title}</h1>{body}</main>", title=title, head="", claims=False)
    for markup in (bare(title, body), in_chrome):
        found = kind_of_page(markup)
        assert found not in ARTICLES
        assert kind in ("no article", found)


@pytest.mark.parametrize(
    ("title", "body"), [(title, body) for title, body, _ in WALLS if len(title.split()) <= 2]
)
def test_a_wall_without_a_headline_is_none_whatever_its_head_claims(title: str, body: str) -> None:
    assert kind_of_page(page(article(body, title), title=title)) not in ARTICLES


@pytest.mark.parametrize(("title", "body", "lang"), LOG_INS)
def test_a_log_in_is_no_article(title: str, body: str, lang: str) -> None:
    form = "<form><input type=email><input type=password><button>→</button></form>"
    markup = page(f"<main><h1>{title}</h1>{form}{body}</main>", title=title, head="", lang=lang)
    assert kind_of_page(markup) not in ARTICLES


@pytest.mark.parametrize("offer", OFFERS)
def test_an_offer_below_a_beginning_makes_a_paywall(offer: str) -> None:
    beginning = f"<p>{PARAGRAPHS[0]} Judge Helene Moe wrote that the owners had known of…</p>"
    box = f'<div class="offer"><h3>{offer}</h3><ul><li>All articles</li></ul></div>'
    assert kind_of_page(page(article(f"{beginning}<div><p>{offer}</p></div>"))) == "paywall"
    assert kind_of_page(page(article(beginning + box))) == "paywall"


@pytest.mark.parametrize(("title", "text", "lang"), REPORTS)
def test_a_short_report_of_a_wall_is_an_article(title: str, text: str, lang: str) -> None:
    markup = page(article(f"<p>{text}</p>", title), title=title, lang=lang or "en")
    assert kind_of_page(markup) == "article"


@pytest.mark.parametrize("chrome", CHROME)
def test_what_stands_around_a_short_article_makes_no_wall(chrome: str) -> None:
    flash = paragraphs(
        "The bridge to the island is closed until Friday, the county said on Monday.",
        "Travellers are asked to use line 12, which leaves from the quay every ten minutes.",
    )
    assert kind_of_page(page(chrome + article(flash, "Bridge closed"), title="Bridge closed")) == (
        "article"
    )


def test_a_notice_to_the_reader_is_no_article_whatever_its_head_claims() -> None:
    notice = (
        "<p>Thank you for your patience while we move your favourite pages. Please come back.</p>"
    )
    markup = page(article(notice, "Moving"), title="Moving", head=DATED)
    assert kind_of_page(markup) == "empty"
