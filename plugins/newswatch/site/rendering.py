"""Templates to pages: everything is escaped, and what came from outside keeps to its own direction
of writing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from newswatch.digest.render import one_line, safe_url
from newswatch.text.excerpt import beginning
from newswatch.text.invisible import without_unseen
from newswatch.text.language import name_of

HERE = Path(__file__).parent
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COUNTRY = re.compile(r"[A-Z]{2}")


class Pages:
    """The templates, with what all of them may use."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            finalize=_seen,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "clean": clean,
            "safe_url": safe_url,
            "short": beginning,
            "language": language_name,
            "percent": percent,
            "number": lambda number: f"{number:,}",
            "moment": moment,
            "isolated": isolated,
            "iso": lambda known: known.isoformat(),
            "query": query,
        }
        self._environment.globals |= {"written": written, "style": style_version()}

    def render(self, name: str, request: Request, /, **context: Any) -> str:
        """The page of a template. It knows where the application is mounted, and who looks."""
        known = {
            "root": request.scope.get("root_path", ""),
            "path": request.scope["path"].removeprefix(request.scope.get("root_path", "")) or "/",
            "visitor": getattr(request.state, "visitor", None),
            "can_log_out": getattr(request.app.state, "can_log_out", False),
            "asked": request.query_params.get("q", ""),
        }
        return self._environment.get_template(name).render(known | context)

    def answer(self, name: str, request: Request, /, **context: Any) -> HTMLResponse:
        return HTMLResponse(self.render(name, request, **context))


def _seen(value: Any) -> Any:
    """All that a template prints passes here: nothing in it that no reader sees, as marks that turn
    the direction of writing."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return without_unseen(value)
    return value


def clean(text: str) -> str:
    """One line without what no reader sees, as marks that turn the direction of writing."""
    return str(one_line(text)).strip()


def written(language: str | None) -> Markup:
    """The attributes of an element whose words came from outside: its language, and a direction of
    its own."""
    if language and _TAG.fullmatch(language):
        return Markup(f'lang="{language}" dir="auto"')  # noqa: S704 - letters and digits only
    return Markup('lang="" dir="auto"')


def isolated(sentence: str) -> Markup:
    """A sentence of ours whose quoted words keep to their own direction of writing."""
    parts = re.split("(“[^”]*”)", clean(sentence))
    return Markup().join(
        Markup('“<bdi dir="auto">{}</bdi>”').format(part[1:-1]) if place % 2 else part
        for place, part in enumerate(parts)
    )


def language_name(tag: str | None) -> str:
    return name_of(tag) if tag and _TAG.fullmatch(tag) else "unknown"


def percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def moment(known: datetime) -> str:
    """As people write it, in UTC; the year where it is another."""
    return f"{known.day} {known:%b %H:%M}"


def query(known: Mapping[str, object], **changed: object) -> str:
    """A query string: what is known with what is changed, without what is empty."""
    return urlencode({name: text for name, text in {**known, **changed}.items() if text})


@cache
def style_version() -> str:
    """Of the style sheet, for its address: it may be kept for ever."""
    return hashlib.sha256((HERE / "static" / "site.css").read_bytes()).hexdigest()[:12]
