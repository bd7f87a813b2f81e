"""An edition as a reader sees it: a subject, a text and a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from newswatch.addresses.urls import fetch_url
from newswatch.digest.edition import Edition, ShownStory
from newswatch.digest.room import MOST_OUTLETS
from newswatch.digest.wording import many, unnamed_of
from newswatch.models import ArticleId
from newswatch.text.invisible import without_unseen
from newswatch.text.language import is_right_to_left, tag_of
from newswatch.text.scripts import words_in

WORDS_A_MINUTE = 238  # silent reading of English by adults: Brysbaert 2019
_ADDRESS = re.compile(r"\b(?:https?://|mailto:)\S+")


@dataclass(frozen=True, slots=True)
class ReaderLinks:
    """Addresses of the reader's own; empty where there is none. `unsubscribe` may be a mailto
    address (RFC 2369). `judge` tells where the flag of a topic on an article is judged."""

    unsubscribe: str
    edition: str = ""  # this edition, on a page
    preferences: str = ""
    judge: Callable[[str, ArticleId], str] = lambda topic, article_id: ""


@dataclass(frozen=True, slots=True)
class RenderedEdition:
    subject: str
    text: str
    html: str
    words: int  # that a reader reads: of the text, without addresses


def render(edition: Edition, links: ReaderLinks) -> RenderedEdition:
    """Both parts from one edition. The HTML carries its styles in its elements."""
    template = _environment(escape=False).get_template("edition.txt.j2")
    bare = template.render(_context(edition, links, 0))
    words = words_in(_ADDRESS.sub("", bare))
    text = template.render(_context(edition, links, words))
    text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)
    html = inliner.inline(markup(edition, links, words))
    return RenderedEdition(one_line(edition.subject).strip(), text, html, words)


def markup(edition: Edition, links: ReaderLinks, words: int) -> str:
    """The page before its elements carry their styles."""
    template = _environment(escape=True).get_template("edition.html.j2")
    return template.render(_context(edition, links, words))


def _context(edition: Edition, links: ReaderLinks, words: int) -> dict[str, Any]:
    return {
        "edition": edition,
        "links": links,
        "outlets": MOST_OUTLETS,
        "words": words,
        "minutes": max(1, round(words / WORDS_A_MINUTE)),
    }


def one_line(value: Any) -> Any:
    """A text from outside as it may stand in a mail: no line ends, nothing that no reader sees, as
    marks that turn the direction of writing. All that a template prints passes here."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return re.sub(r"\s+", " ", without_unseen(value))


def safe_url(url: str) -> str:
    """A link that a mail may carry: http and https, its host as the network names it, without a
    login before it, which could pass for another host. Anything else is no link: empty."""
    return fetch_url(url) or ""


@cache
def _environment(escape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=escape,  # noqa: S701 - by name it would be off: the templates end in .j2
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=one_line,
    )
    environment.filters |= {
        "local": pass_context(lambda context, moment: _local(moment, _zone(context))),
        "when": pass_context(lambda context, story: _when(story, _zone(context))),
        "topic_name": _topic_name,
        "many": many,
        "unnamed": unnamed_of,
        "lang": _lang,
        "is_rtl": lambda language: language is not None and is_right_to_left(language),
        "safe_url": safe_url,
    }
    return environment


def _zone(context: Context) -> ZoneInfo:
    return ZoneInfo(context["edition"].timezone)


@pass_context
def _topic_name(context: Context, topic: str) -> str:
    return str(context["edition"].topic_names.get(topic, topic))


def _when(story: ShownStory, zone: ZoneInfo) -> str:
    """When its headline was published, and when we saw it; a day is named once."""
    published = story.published_at
    if published is None:
        return f"seen {_local(story.seen_at, zone)}"
    told, seen = _local(published, zone), _local(story.seen_at, zone)
    if told == seen:
        return f"published {told}"
    return f"published {told}, seen {_local(story.seen_at, zone, after=published)}"


def _local(moment: datetime, zone: ZoneInfo, after: datetime | None = None) -> str:
    local = moment.astimezone(zone)
    if after is not None and after.astimezone(zone).date() == local.date():
        return f"{local:%H:%M}"
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def _lang(language: str | None) -> Markup:
    """The attributes of an element whose text is in a language."""
    tag = tag_of(language)
    if tag is None:
        return Markup(' dir="auto"')
    direction = "rtl" if is_right_to_left(tag) else "ltr"
    return Markup(' lang="{}" dir="{}"').format(tag, direction)
