"""Feed documents: five formats, and what goes wrong with them outside of textbooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from newsroom.articles import Article
from newsroom.outlets import Feed
from newsroom.scene import Scene

TYPES = {
    "rss20": "application/rss+xml",
    "rss10": "application/rdf+xml",
    "atom10": "application/atom+xml",
    "json11": "application/feed+json",
}
_MONTHS = (
    *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
    *("juil.", "août", "sept.", "oct.", "nov.", "déc."),
)
_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")


def entries_of(scene: Scene, feed: Feed) -> list[Article]:
    """What the feed shows, newest first."""
    return [a for a in scene.published if not feed.sections or a.section in feed.sections]


def feed_document(scene: Scene, feed: Feed, polls: int) -> bytes:
    """The document as sent, before compression; `polls` is how often it was asked for before."""
    render = {"rss20": _rss20, "rss10": _rss10, "atom10": _atom10, "json11": _json11}[feed.shape]
    text = render(scene, feed, polls)
    if feed.shape != "json11":
        text = f'<?xml version="1.0" encoding="{feed.declared}"?>\n{text}'
    if feed.malformed:
        text = text[: text.rindex("</channel>")] + "</chan"
    return text.encode(feed.written, "xmlcharrefreplace")


def last_modified(scene: Scene, feed: Feed) -> datetime:
    changes = [article.changed_at(scene.minutes) for article in entries_of(scene, feed)]
    return scene.time(max(changes, default=-1440))


def link_of(scene: Scene, feed: Feed, article: Article) -> str:
    """The address that the feed gives, which need not be the article's own."""
    match feed.links:
        case "plain":
            return scene.url(article)
        case "tracked":
            return f"{scene.url(article)}?utm_source=rss&utm_medium=feed"
        case "amp":
            return f"{scene.base}/amp{article.path}?utm_source=rss"


def body_html(article: Article, minutes: int) -> str:
    return "\n".join(f"<p>{escape(p.text)}</p>" for p in article.paragraphs_at(minutes))


def _date(scene: Scene, feed: Feed, article: Article, polls: int) -> str:
    moment = scene.time(article.changed_at(scene.minutes))
    match feed.dates:
        case "usual":
            return format_datetime(moment)
        case "restamped":
            return format_datetime(scene.now - timedelta(seconds=polls % 60))
        case "french":
            day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
            return f"{day} {moment.day} {month} {moment:%Y %H:%M:%S %z}"


def _guid(scene: Scene, feed: Feed, article: Article) -> str:
    match feed.guids:
        case "none":
            return ""
        case "same":
            value = f"{scene.outlet.host}/latest"
        case "own":
            value = f"{scene.outlet.host}/{article.slug}"
    return f'<guid isPermaLink="false">{value}</guid>'


def _rss20(scene: Scene, feed: Feed, polls: int) -> str:
    outlet = scene.outlet
    description = "A & B\x0b" if feed.malformed else escape(outlet.name)
    head = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'
        f"<title>{escape(outlet.name)}</title><link>{scene.base}/</link>\n"
        f"<description>{description}</description>\n"
        f"<language>{outlet.language}</language>\n"
    )
    items = "\n".join(_rss20_item(scene, feed, a, polls) for a in entries_of(scene, feed))
    return f"{head}{items}\n</channel></rss>\n"


def _rss20_item(scene: Scene, feed: Feed, article: Article, polls: int) -> str:
    link = link_of(scene, feed, article)
    if feed.malformed:
        link += "?utm_source=rss&utm_medium=feed"
    parts = [
        f"<title>{escape(article.title_at(scene.minutes))}</title>",
        f"<link>{link if feed.malformed else escape(link)}</link>",
        _guid(scene, feed, article),
        f"<pubDate>{_date(scene, feed, article, polls)}</pubDate>",
        *(f"<dc:creator>{escape(author)}</dc:creator>" for author in article.authors),
    ]
    if feed.content != "headline":
        parts.append(f"<description>{escape(article.summary)}</description>")
    if feed.content == "full":
        body = body_html(article, scene.minutes)
        parts.append(f"<content:encoded><![CDATA[{body}]]></content:encoded>")
    return "<item>" + "\n".join(part for part in parts if part) + "</item>"


def _rss10(scene: Scene, feed: Feed, polls: int) -> str:
    shown = entries_of(scene, feed)
    order = "".join(f'<rdf:li rdf:resource="{escape(scene.url(a))}"/>' for a in shown)
    items = "\n".join(
        f'<item rdf:about="{escape(scene.url(a))}"><title>{escape(a.title)}</title>'
        f"<link>{escape(link_of(scene, feed, a))}</link>"
        f"<description>{escape(a.summary)}</description>"
        f"<dc:creator>{escape(', '.join(a.authors))}</dc:creator>"
        f"<dc:date>{scene.time(a.minutes).isoformat()}</dc:date></item>"
        for a in shown
    )
    return (
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{scene.base}{feed.path}"><title>{escape(scene.outlet.name)}</title>'
        f"<link>{scene.base}/</link><description>{escape(scene.outlet.name)}</description>"
        f"<items><rdf:Seq>{order}</rdf:Seq></items></channel>\n{items}\n</rdf:RDF>\n"
    )


def _atom10(scene: Scene, feed: Feed, polls: int) -> str:
    outlet = scene.outlet
    entries = "\n".join(_atom_entry(scene, feed, a) for a in entries_of(scene, feed))
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">\n'
        f"<id>tag:{outlet.host},2025:feed</id><title>{escape(outlet.name)}</title>"
        f'<link rel="self" href="{scene.base}{feed.path}"/>'
        f"<updated>{last_modified(scene, feed).isoformat()}</updated>\n{entries}\n</feed>\n"
    )


def _atom_entry(scene: Scene, feed: Feed, article: Article) -> str:
    authors = "".join(f"<author><name>{escape(a)}</name></author>" for a in article.authors)
    return (
        f"<entry><id>tag:{scene.outlet.host},2025:{article.slug}</id>"
        f"<title>{escape(article.title_at(scene.minutes))}</title>"
        f'<link rel="alternate" href="{escape(link_of(scene, feed, article))}"/>'
        f"<published>{scene.time(article.minutes).isoformat()}</published>"
        f"<updated>{scene.time(article.changed_at(scene.minutes)).isoformat()}</updated>"
        f"{authors}<summary>{escape(article.summary)}</summary></entry>"
    )


def _json11(scene: Scene, feed: Feed, polls: int) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": scene.outlet.name,
            "home_page_url": f"{scene.base}/",
            "feed_url": f"{scene.base}{feed.path}",
            "language": scene.outlet.language,
            "items": list(_json_items(scene, feed)),
        },
        ensure_ascii=False,
        indent=1,
    )


def _json_items(scene: Scene, feed: Feed) -> Iterator[dict[str, object]]:
    for article in entries_of(scene, feed):
        item: dict[str, object] = {
            "id": f"{scene.outlet.host}/{article.slug}",
            "url": link_of(scene, feed, article),
            "title": article.title_at(scene.minutes),
            "summary": article.summary,
            "date_published": scene.time(article.minutes).isoformat(),
            "authors": [{"name": author} for author in article.authors],
        }
        # What a full feed cannot print is left to the page.
        if feed.content == "full" and article.page == "ok":
            item["content_html"] = body_html(article, scene.minutes)
        else:
            item["content_text"] = article.summary
        yield item
