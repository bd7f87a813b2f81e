"""The headline, out of what a page gives as one."""

from __future__ import annotations

import re

from newswatch.extract.facts import Fact
from newswatch.extract.metadata import Claims
from newswatch.extract.outlet import outlet_names
from newswatch.extract.wording import clean, squeezed
from newswatch.text.scripts import words_in

_SEPARATOR = re.compile(r"\s+[-–—·»:•]+\s+|\s*\|\s*")
_CUT = ("...", "…")


def title_of(claims: Claims, expected: str = "", host: str = "") -> Fact[str]:
    """The headline without the site's name.

    The one that the feed announced wins if the page has it too. Else JSON-LD's, then og:title, then
    h1; but JSON-LD's yields where it repeats the title element, which is written for search
    engines, and og:title and h1 agree on another.
    """
    outlet = outlet_names(claims, host)
    candidates = _candidates(claims, outlet)
    wanted = squeezed(expected)
    for found in candidates:
        if squeezed(found.value) == wanted:
            return found
    whole = [found for found in candidates if not found.value.endswith(_CUT)] or candidates
    by_source = {found.source: squeezed(found.value) for found in reversed(whole)}
    shown, machine = by_source.get("opengraph"), by_source.get("json-ld")
    tag = squeezed(clean(claims.title_tag))
    for_engines = machine and tag in {machine, *(machine + name for name in outlet)}
    if shown and for_engines and shown == by_source.get("h1") != machine:
        return next(found for found in whole if found.source == "opengraph")
    return whole[0] if whole else Fact("", "")


def _candidates(claims: Claims, outlet: frozenset[str]) -> list[Fact[str]]:
    """What may be the headline; the best source first, the empty left out."""
    headings = [text for text in map(clean, claims.headings) if squeezed(text) not in outlet]
    shown = frozenset(map(squeezed, headings))

    def headline(value: object) -> str:
        return without_site(clean(value), outlet, shown)

    found = [
        (headline(claims.article.get("headline")), "json-ld"),
        (headline(claims.first("og:title")), "opengraph"),
        (headline(claims.first("twitter:title")), "opengraph"),
        (headline(claims.title_tag), "title"),
    ]
    elsewhere = {squeezed(title) for title, _ in found}
    heading = next((text for text in headings if squeezed(text) in elsewhere), "")
    found.insert(3, (heading or next(iter(headings), ""), "h1"))
    return [Fact(title, source) for title, source in found if squeezed(title) not in outlet | {""}]


def without_site(title: str, outlet: frozenset[str], shown: frozenset[str] = frozenset()) -> str:
    """`Headline | Section | Site` without the last parts.

    A part goes if it is a name of the outlet, if what stands before it is a heading on the page, or
    if it is a few words behind a bar. `outlet` and `shown` are squeezed.
    """
    for separator in _SEPARATOR.finditer(title):
        if squeezed(title[: separator.start()]) in shown:
            return title[: separator.start()]
    while separators := list(_SEPARATOR.finditer(title)):
        last = separators[-1]
        head, part = title[: last.start()], title[last.end() :]
        bar = "|" in last.group() and words_in(part) <= 4 <= words_in(head)
        if not (bar or squeezed(part) in outlet):
            break
        title = head
    return title
