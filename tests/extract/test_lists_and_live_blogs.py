"""Pages of many articles, and articles that grow: by how they are built, whatever they claim."""

from __future__ import annotations

import pytest

from extract.herald import PARAGRAPHS, article, cards, kind_of_page, page, paragraphs, read
from newswatch.models import NoArticle


def times(form: str, count: int = 10) -> str:
    return "".join(
        form.format(n=number, text=PARAGRAPHS[number % len(PARAGRAPHS)]) for number in range(count)
    )


LISTS = (
    ("Ferries", "/tag/ferries", cards(9)),
    ("Mia Dahl", "/author/mia-dahl", f"<p>{PARAGRAPHS[1]}</p>{cards(9)}"),
    ("Search results for “ferry”", "/search?q=ferry", f"<p>112 results</p>{cards(10)}"),
    ("Business", "/business", cards(12)),
    ("News - page 2", "/news?page=2", f'{cards(9)}<a href="?page=3">Next</a>'),
    (
        "World",
        "/world/",
        times("<a href=/a{n}><article><h2>Headline {n} of town</h2><p>{text}</p></article></a>"),
    ),
    (
        "Latest news",
        "/latest",
        times(
            "<article><time datetime=2025-12-01>1 Dec</time><h3><a href=/a{n}>Headline {n} of town"
            "</a></h3><p>{text}</p></article>"
        ),
    ),
    (
        "Archive of December 2025",
        "/2025/12/",
        "<ul>"
        + times("<li><a href=/a{n}>Headline {n} on what happened in the town today</a></li>", 40)
        + "</ul>",
    ),
    (
        "Topics: harbour",
        "/themes/harbour",
        times(
            "<div class=item><a class=title href=/a{n}>Headline {n} on what happened in town</a>"
            "<div class=sum>{text}</div></div>"
        ),
    ),
)


@pytest.mark.parametrize(("title", "path", "body"), LISTS, ids=[row[0] for row in LISTS])
def test_a_list_of_articles_is_an_index(title: str, path: str, body: str) -> None:
    markup = page(f"<main><h1>{title}</h1>{body}</main>", title=title, head="")
    assert kind_of_page(markup, path) == "index"


@pytest.mark.parametrize(
    "document",
    [
        '<?xml version="1.0"?><rss version="2.0"><channel><item/></channel></rss>',
        '<?xml version="1.0"?>\n<!-- x -->\n<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        '{"version": "https://jsonfeed.org/version/1", "items": []}',
        '<?xml version="1.0"?><urlset><url><loc>https://a.example</loc></url></urlset>',
    ],
)
def test_a_feed_or_a_map_of_a_site_is_no_page(document: str) -> None:
    found = read(document)
    assert isinstance(found, NoArticle)
    assert found.kind == "not-html"


STORIES = (
    ("Six things to know", times("<h2>{n}. The ruling</h2><p>{text}</p>", 7)),
    ("Our best stories", times("<h2><a href=/b{n}>The ruling</a></h2><p>{text}</p><p>{text}</p>")),
    ("With links below", paragraphs(*PARAGRAPHS) + f"<section>{cards(8)}</section>"),
    ("Short, with links below", paragraphs(PARAGRAPHS[0]) + f"<section>{cards(8)}</section>"),
)


@pytest.mark.parametrize(("title", "body"), STORIES, ids=[row[0] for row in STORIES])
def test_an_article_with_many_headings_or_links_is_one(title: str, body: str) -> None:
    assert kind_of_page(page(article(body, title), title=title)) == "article"


HEADLINES = times("<div><h3><a href=/h{n}>Headline {n} of town</a></h3><span>2 h</span></div>", 6)


@pytest.mark.parametrize(
    "inner",
    [
        paragraphs("The bridge to the island is closed to all traffic, the police say."),
        "".join(
            f"<figure><img src=a><figcaption>{text}</figcaption></figure>" for text in PARAGRAPHS
        ),
        "<pre>" + "\n\n".join(PARAGRAPHS) + "</pre>",
    ],
    ids=["flash", "photo essay", "preformatted"],
)
def test_few_words_or_captions_above_headlines_are_an_article(inner: str) -> None:
    markup = page(article(inner, "Bridge closed") + HEADLINES, title="Bridge closed")
    assert kind_of_page(markup) == "article"


LINKS = times("<div class=link><a href=/l{n}>What else has happened in town {n}</a></div>")
TEASERS = times(
    "<div class=c><h3><a href=/t{n}>Headline {n} of town</a></h3><p>{text}</p></div>", 6
)


@pytest.mark.parametrize(
    "body",
    [
        f"<div class=t>{'<br><br>'.join(PARAGRAPHS)}</div>{LINKS}",
        "".join(f"<div>{text}</div>" for text in PARAGRAPHS) + TEASERS,
        f"<div>{paragraphs(*PARAGRAPHS)}<div class=tag><a href=/t>All on the ferry</a></div>"
        f"</div>{LINKS}",
        f"<div><h2><a href=/a>The court in its own words</a></h2>{paragraphs(*PARAGRAPHS)}</div>"
        + TEASERS,
    ],
)
def test_an_undated_article_beside_links_is_one(body: str) -> None:
    markup = page(f"<main><h1>Court orders owners to pay</h1>{body}</main>", head="", claims=False)
    assert kind_of_page(markup) == "article"


LIVE = (
    ("Ferry ruling: owners must pay – as it happened", "/news/live/2025/dec/17/ferry-ruling"),
    ("Liveticker: Gericht verurteilt Reederei", "/panorama/liveticker-faehre-100.html"),
    ("EN DIRECT - Naufrage: le jugement est tombé", "/faits-divers/en-direct-naufrage"),
    ("Procès du ferry, en direct : le jugement", "/live/2025/proces"),
    ("Juicio del ferry, en vivo: última hora", "/internacional/en-vivo/juicio"),
    ("Ferry ruling live updates: owners must pay", "/live-updates/ferry"),
    ("Naufragio, la sentenza in diretta", "/diretta/naufragio"),
    ("Приговор по делу парома: онлайн-трансляция", "/online/parom"),
    ("Newsblog zum Fährurteil", "/newsblog/faehre"),
    ("مباشر: الحكم في قضية العبارة", "/live/ferry"),
)
NOT_LIVE = (
    ("Live music returns to Brevik harbour", "/culture/live-music-returns"),
    ("How to live longer, by those who did", "/health/how-to-live-longer"),
    ("Court orders ferry company to pay families", "/live/court-orders"),
    ("Direct flights to Oslo start in May", "/travel/direct-flights-oslo"),
)


@pytest.mark.parametrize(("title", "path"), LIVE)
def test_a_live_blog_without_its_type_is_one(title: str, path: str) -> None:
    posts = times("<div class=post><time>1{n}:00</time><p>{text}</p></div>", 8)
    markup = page(f"<main><h1>{title}</h1>{posts}</main>", title=title)
    assert kind_of_page(markup, path) == "live-blog"


@pytest.mark.parametrize(("title", "path"), NOT_LIVE)
def test_the_word_live_makes_no_live_blog(title: str, path: str) -> None:
    markup = page(article(paragraphs(*PARAGRAPHS), title), title=title)
    assert kind_of_page(markup, path) == "article"
