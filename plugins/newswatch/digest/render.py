"""An edition as a reader sees it: a subject, a text and a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from newswatch.digest.build import Edition
from newswatch.text.invisible import without_unseen


@dataclass(frozen=True, slots=True)
class RenderedEdition:
    subject: str
    text: str
    html: str


def render(edition: Edition, unsubscribe: str) -> RenderedEdition:
    """Both parts from one edition. The HTML carries its styles in its elements.

    `unsubscribe` is a mailto address (RFC 2369).
    """
    zone = ZoneInfo(edition.timezone)

    def local(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%d %b %H:%M}"

    context = {"edition": edition, "unsubscribe": unsubscribe}
    pages, plain = _environment(escape=True), _environment(escape=False)
    for environment in (pages, plain):
        environment.filters |= {"local": local, "clean": clean, "safe_url": safe_url}
    html = pages.get_template("edition.html.j2").render(context)
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)
    text = plain.get_template("edition.txt.j2").render(context)
    return RenderedEdition(
        clean(edition.subject), re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", inliner.inline(html)
    )


def clean(text: str) -> str:
    """One line without what no reader sees, as marks that turn the direction of writing."""
    return re.sub(r"\s+", " ", without_unseen(text)).strip()


def safe_url(url: str) -> str:
    """A link that a mail may carry: http and https only, anything else leads nowhere."""
    return (
        quote(url, safe="%/:=&?~#+!$,;'@()*[]")
        if urlsplit(url).scheme in ("http", "https")
        else "#"
    )


def _environment(*, escape: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=escape,  # noqa: S701 - by name it would be off: the templates end in .j2
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
