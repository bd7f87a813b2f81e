"""Article pages in the templates of four kinds of site, each with clutter of its own."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml

from newsroom.articles import Article, Paragraph
from newsroom.scene import Scene


@cache
def furniture(language: str) -> dict[str, Any]:
    """The words around an article in `language`."""
    text = (Path(__file__).parent / "furniture.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.safe_load(text)[language]
    return words


def article_page(scene: Scene, article: Article) -> str:
    """The page of an article as its outlet lays it out; a live blog and a paywall stub likewise."""
    match scene.outlet.template:
        case "article":
            body = _article_layout(scene, article)
        case "divs":
            body = _divs_layout(scene, article)
        case "table":
            body = _table_layout(scene, article)
        case "json-ld":
            body = _json_ld_layout(scene, article)
    return _document(scene, article.title_at(scene.minutes), _head(scene, article), body)


def amp_page(scene: Scene, article: Article) -> str:
    """The same words for small screens, at an address of its own, with the way back."""
    title = escape(article.title_at(scene.minutes))
    body = (
        f'<header><a href="/">{escape(scene.outlet.name)}</a></header><main><article>'
        f"<h1>{title}</h1>{_byline(scene, article)}{_paragraphs(scene, article)}</article></main>"
    )
    return _document(scene, article.title_at(scene.minutes), _head(scene, article), body)


def consent_page(scene: Scene) -> str:
    words = furniture(scene.outlet.language)
    body = (
        f'<div id="consent" role="dialog"><h1>{escape(scene.outlet.name)}</h1>'
        f"<p>{escape(words['consent'])}</p><button>OK</button></div>"
    )
    return _document(scene, scene.outlet.name, "", body)


def missing_page(scene: Scene) -> str:
    words = furniture(scene.outlet.language)
    heading, _, rest = words["missing"].partition(". ")
    body = f"{_nav(scene)}<main><h1>{escape(heading)}</h1><p>{escape(rest)}</p></main>"
    return _document(scene, heading, "", body)


def front_page(scene: Scene) -> str:
    links = "".join(
        f'<li><a href="{a.path}">{escape(a.title_at(scene.minutes))}</a></li>'
        for a in scene.published
    )
    return _document(scene, scene.outlet.name, "", f"{_nav(scene)}<ul>{links}</ul>")


def _document(scene: Scene, title: str, head: str, body: str) -> str:
    outlet = scene.outlet
    direction = "rtl" if outlet.language in ("ar", "he") else "ltr"
    return (
        f'<!DOCTYPE html>\n<html lang="{outlet.language}" dir="{direction}"><head>'
        f'<meta charset="{outlet.charset}"><title>{escape(title)} | {escape(outlet.name)}</title>\n'
        f"{head}\n</head>\n<body>{body}\n</body></html>\n"
    )


def _head(scene: Scene, article: Article) -> str:
    url, title = scene.url(article), escape(article.title_at(scene.minutes))
    published = scene.time(article.minutes).isoformat()
    return "\n".join(
        (
            f'<link rel="canonical" href="{url}">',
            f'<link rel="amphtml" href="{scene.base}/amp{article.path}">',
            f'<meta property="og:type" content="article"><meta property="og:url" content="{url}">',
            f'<meta property="og:title" content="{title} | {escape(scene.outlet.name)}">',
            f'<meta property="og:site_name" content="{escape(scene.outlet.name)}">',
            f'<meta property="og:description" content="{escape(article.summary)}">',
            f'<meta name="description" content="{escape(article.summary)}">',
            f'<meta property="article:published_time" content="{published}">',
            *(f'<meta name="author" content="{escape(author)}">' for author in article.authors),
        )
    )


def _nav(scene: Scene) -> str:
    words = furniture(scene.outlet.language)
    links = "".join(f'<li><a href="/#{n}">{escape(w)}</a></li>' for n, w in enumerate(words["nav"]))
    return (
        f'<nav><a href="/" class="logo">{escape(scene.outlet.name)}</a><ul>{links}</ul></nav>'
        f'<div class="cookie-banner" role="dialog"><p>{escape(words["cookies"])}</p>'
        f"<button>OK</button></div>"
    )


def _byline(scene: Scene, article: Article) -> str:
    words, moment = furniture(scene.outlet.language), scene.time(article.minutes)
    names = ", ".join(
        f'<a rel="author" href="/by/{n}">{escape(author)}</a>'
        for n, author in enumerate(article.authors)
    )
    by = f'<span class="byline">{words["by"]} {names}</span>' if names else ""
    return (
        f'<div class="meta">{by} <time datetime="{moment.isoformat()}">{moment:%H:%M}</time></div>'
    )


def _paragraphs(scene: Scene, article: Article, middle: str = "") -> str:
    """The text as `<p>`; `middle` is put in after the second paragraph, as sites like to."""
    shown = article.paragraphs_at(scene.minutes)
    if article.page == "live":
        return "\n".join(_post(scene, article, paragraph) for paragraph in shown)
    if article.page == "paywall":
        prompt = escape(furniture(scene.outlet.language)["subscribe"])
        return f'<p>{escape(shown[0].text)}</p><div class="paywall"><p>{prompt}</p></div>'
    parts = [f"<p>{escape(paragraph.text)}</p>" for paragraph in shown]
    return "\n".join([*parts[:2], middle, *parts[2:]])


def _post(scene: Scene, article: Article, paragraph: Paragraph) -> str:
    heading, text = live_post(paragraph)
    minutes = article.minutes if paragraph.minutes is None else paragraph.minutes
    moment = scene.time(minutes)
    return (
        f'<section class="post"><time datetime="{moment.isoformat()}">{moment:%H:%M}</time>'
        f"<h3>{escape(heading)}</h3><p>{escape(text)}</p></section>"
    )


def live_post(paragraph: Paragraph) -> tuple[str, str]:
    """Heading and text of one post of a live blog: `**Heading.** Text.`"""
    heading, _, text = paragraph.text.removeprefix("**").partition("** ")
    return heading, text


def _figure(article: Article) -> str:
    if not article.caption:
        return ""
    caption = escape(article.caption)
    return f'<figure><img src="/lead.jpg" alt=""><figcaption>{caption}</figcaption></figure>'


def _related(scene: Scene, article: Article) -> str:
    """Links to other stories, some of which name people that this one does not."""
    links = [f'<a href="{a.path}">{escape(a.title)}</a>' for a in scene.related(article)]
    links = [
        f'<a href="/more/{n}">{escape(t)}</a>' for n, t in enumerate(article.read_more)
    ] + links
    items = "".join(f"<li>{link}</li>" for link in links)
    heading = escape(furniture(scene.outlet.language)["related"])
    return f'<aside class="related"><h2>{heading}</h2><ul>{items}</ul></aside>' if links else ""


def _share(scene: Scene) -> str:
    links = (f'<a href="/share">{escape(w)}</a>' for w in furniture(scene.outlet.language)["share"])
    return f'<div class="share-bar">{" ".join(links)}</div>'


def _newsletter(scene: Scene) -> str:
    text = escape(furniture(scene.outlet.language)["newsletter"])
    return (
        f'<div class="newsletter-signup"><p>{text}</p>'
        '<form action="/letter"><input name="mail"></form></div>'
    )


def _footer(scene: Scene) -> str:
    words = furniture(scene.outlet.language)
    return f"<footer><p>© {escape(scene.outlet.name)}. {escape(words['copyright'])}</p></footer>"


def _bio(scene: Scene, article: Article) -> str:
    if not article.authors:
        return ""
    text = furniture(scene.outlet.language)["bio"].format(author=article.authors[0])
    return f'<div class="author-bio"><p>{escape(text)}</p></div>'


def _article_layout(scene: Scene, article: Article) -> str:
    title = escape(article.title_at(scene.minutes))
    return (
        f"{_nav(scene)}<main><article><h1>{title}</h1>{_byline(scene, article)}{_figure(article)}"
        f"{_share(scene)}{_paragraphs(scene, article)}</article>{_bio(scene, article)}"
        f"{_related(scene, article)}</main>{_footer(scene)}"
    )


def _divs_layout(scene: Scene, article: Article) -> str:
    """No semantics at all, and a letter and a share bar in the middle of the text."""
    middle = _newsletter(scene) + _share(scene)
    return (
        f'{_nav(scene)}<div class="wrap"><div class="hd">'
        f'<h1 class="headline">{escape(article.title_at(scene.minutes))}</h1></div>'
        f'{_byline(scene, article)}{_figure(article)}<div class="story-body">'
        f"{_paragraphs(scene, article, middle)}</div>{_related(scene, article)}"
        f"{_bio(scene, article)}</div>{_footer(scene)}"
    )


def _table_layout(scene: Scene, article: Article) -> str:
    """As sites were made in 1999: columns by a table, paragraphs by line breaks."""
    text = "<br><br>\n".join(escape(p.text) for p in article.paragraphs_at(scene.minutes))
    title = escape(article.title_at(scene.minutes))
    return (
        f'<table width="100%"><tr><td colspan="2">{_nav(scene)}</td></tr><tr>'
        f'<td width="70%"><h1><font size="5">{title}</font></h1>{_byline(scene, article)}'
        f'<div class="text"><font face="Times">{text}</font></div></td>'
        f'<td width="30%" bgcolor="#eee">{_related(scene, article)}{_newsletter(scene)}</td></tr>'
        f'<tr><td colspan="2">{_footer(scene)}</td></tr></table>'
    )


def _json_ld_layout(scene: Scene, article: Article) -> str:
    shown = article.paragraphs_at(scene.minutes)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if article.page == "live" else "NewsArticle",
        "headline": article.title_at(scene.minutes),
        "datePublished": scene.time(article.minutes).isoformat(),
        "dateModified": scene.time(article.changed_at(scene.minutes)).isoformat(),
        "author": [{"@type": "Person", "name": author} for author in article.authors],
        "publisher": {"@type": "Organization", "name": scene.outlet.name},
        "mainEntityOfPage": scene.url(article),
        "isAccessibleForFree": article.page != "paywall",
    }
    if article.page == "ok":
        data["articleBody"] = "\n".join(p.text for p in shown)
    script = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return (
        f'<script type="application/ld+json">{script}</script>{_article_layout(scene, article)}'
        f"{_newsletter(scene)}"
    )
