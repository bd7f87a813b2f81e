"""Who signs an article: people, and apart from them agencies, desks and outlets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from newswatch.extract.metadata import Claims
from newswatch.extract.names import begins_as_byline, names_in
from newswatch.extract.organisations import is_organisation
from newswatch.extract.wording import clean, squeezed

_META = (
    *("author", "article:author", "og:article:author", "article:author_name", "byl", "dc.creator"),
    *("sailthru.author", "parsely-author", "cxenseparse:author", "mrf:authors", "dcsext.author"),
)
_ORGANISATION_TYPE = re.compile(r"Organi[sz]ation$|^Corporation$")
_EDITOR = re.compile(r"(?:责任?编辑?|責任編輯|记者|記者|作者)\s*[:：]\s*([^()（）\[\]]{2,30})")
_NAME_PARTS = frozenset(("name", "givenName", "familyName"))
_MOST_LINES = 60  # elements below the headline that may hold the byline
_DEEPEST = 6  # lists of authors in lists


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signs, each once and in order, and where that was read."""

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    source: str = ""


def signed_of(claims: Claims, tree: HtmlElement, outlet: frozenset[str]) -> Signed:
    """Who signs by JSON-LD, else by meta elements, else by the byline on the page.

    Many sites put their own name into the meta element of every page: then the byline is asked.
    """
    author = claims.article.get("author") or claims.article.get("creator")
    in_json_ld = _sorted_out(_in_json_ld(claims, author), outlet, "json-ld")
    if in_json_ld.people or in_json_ld.organisations:
        return in_json_ld
    in_meta = _sorted_out(_in_meta(claims), outlet, "meta")
    if in_meta.people or any(squeezed(name) not in outlet for name in in_meta.organisations):
        return in_meta
    in_byline = _sorted_out(_in_byline(tree), outlet, "byline")
    return in_byline if in_byline.people else in_meta


def _sorted_out(names: Iterable[tuple[str, bool]], outlet: frozenset[str], source: str) -> Signed:
    """People and organisations apart; beside people the outlet need not sign too."""
    people: dict[str, str] = {}
    organisations: dict[str, str] = {}
    for name, known_organisation in names:
        if known_organisation or is_organisation(name, outlet):
            organisations.setdefault(squeezed(name), name)
        else:
            people.setdefault(squeezed(name), name)
    if people:
        organisations = {key: name for key, name in organisations.items() if key not in outlet}
    return Signed(tuple(people.values()), tuple(organisations.values()), source)


def _in_json_ld(claims: Claims, value: Any, depth: int = 0) -> Iterator[tuple[str, bool]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield from ((name, False) for name in names_in(value))
    elif isinstance(value, list):
        for item in value:
            yield from _in_json_ld(claims, item, depth + 1)
    elif isinstance(value, dict):
        named = not _NAME_PARTS.isdisjoint(value)
        node = value if named else claims.nodes.get(str(value.get("@id")), {})
        kinds = node.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        of_organisation = bool(kinds) and all(
            isinstance(kind, str) and _ORGANISATION_TYPE.search(kind) for kind in kinds
        )
        yield from _in_json_ld(claims, value.get("@list"), depth + 1)
        names = node.get("name") or _in_parts(node)
        for name in map(_text_of, names if isinstance(names, list) else [names]):
            if name:
                yield from ((person, of_organisation) for person in names_in(name))


def _text_of(value: Any) -> str:
    """The text of a JSON-LD value: plain, in a list of one, or as `{"@value": text}`."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value")
    return value if isinstance(value, str) else ""


def _in_parts(node: dict[str, Any]) -> str:
    names = ("givenName", "additionalName", "familyName")
    parts = (clean(_text_of(node.get(name))) for name in names)
    return " ".join(filter(None, parts))


def _in_meta(claims: Claims) -> Iterator[tuple[str, bool]]:
    """Of the first element that names a person or an organisation; the rest repeat it."""
    for element in _META:
        names = [name for value in claims.meta.get(element, []) for name in names_in(value)]
        if names:
            yield from ((name, False) for name in names)
            return


def _in_byline(tree: HtmlElement) -> Iterator[tuple[str, bool]]:
    linked = tree.xpath("(//a[@rel='author'])[1]/../a[@rel='author']")
    printed = [link.text_content() for link in linked] or [_first_line(tree)]
    if not any(printed):
        printed = [extract_author(tree) or ""]
    if not any(printed):
        texts = tree.xpath("//body//text()[contains(., '编') or contains(., '：')]")
        printed = [found.group(1) for found in map(_EDITOR.search, texts) if found][:1]
    for name in printed:
        yield from ((person, False) for person in names_in(name))


def _first_line(tree: HtmlElement) -> str:
    """The byline that stands as a line of its own below the headline; "" for none."""
    lines = tree.xpath("(//h1)[1]/following::*[not(self::script or self::style)][not(*[2])]")
    texts = (clean(line.text_content()) for line in islice(lines, _MOST_LINES))
    return next(filter(begins_as_byline, texts), "")
