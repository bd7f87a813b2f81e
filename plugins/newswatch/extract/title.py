"""The headline, out of what a page gives as one."""

from __future__ import annotations

import re

from newswatch.extract.facts import Fact
from newswatch.extract.metadata import Claims
from newswatch.extract.outlet import outlet_names
from newswatch.extract.wording import clean, squeezed
from newswatch.text.dates import read_date
from newswatch.text.scripts import words_in

_SPACED = r"\s+[-–—―·∙⋅•»«›‹<>/~@:]+\s+|\s*[|｜]\s*"
_SEPARATOR = re.compile(_SPACED)
_LEADING = re.compile(rf"{_SPACED}|[:：]\s*(?=\S)")
_BAR = re.compile(r"[|｜]|::|//")  # what stands beside these is a label
_TIGHT = re.compile(r"[-–—_/:：]")  # as scripts without blanks have it: only before a known name
_TRAIL = re.compile(r"\s+[»›>«‹<]\s+")
_LAST_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]$")
# What a headline in front of the page is called; the page itself says so beside it.
_GENRE = re.compile(
    r"opinion|analysis|comment(?:ary)?|editorial|column|explainer|interview|review|kommentar|"
    r"meinung|analyse|kolumne|glosse|leitartikel|tribune|éditorial|chronique|opinión|análisis|"
    r"columna|opinião|análise|opinione|commento|analisi|editoriale|opinia|komentarz|felieton|"
    r"opinie|commentaar|мнение|колонка|анализ|комментарий|думка|yorum|analiz|رأي|تحليل|דעה|"
    r"פרשנות|评论|社説|사설",
    re.IGNORECASE,
)
_CUT = ("...", "…")
_LABEL_WORDS = 4  # of a section or a site beside a bar, at most; of a headline, at least
_DATE_WORDS = 5


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
    """`Site: Section | Headline | Site - 18 December 2025` to the headline.

    A part goes if it is a name of the outlet, a date, if what is left is a heading on the page, or
    if it is a few words beside a bar. Of a trail (`Home » World » Headline`) the longest part is
    the headline. `outlet` and `shown` are squeezed.
    """
    for separator in _SEPARATOR.finditer(title):
        for part in (title[: separator.start()], title[separator.end() :]):
            if squeezed(part) in shown:
                return part
    for separator in _LEADING.finditer(title):
        rest = title[separator.end() :]
        if _GENRE.fullmatch(title[: separator.start()]) and squeezed(rest) in shown:
            return rest
    title = _without_first_part(_without_last_parts(title, outlet), outlet)
    trail = _TRAIL.split(title)
    return max(trail, key=words_in) if len(trail) > 2 else title


def _without_last_parts(title: str, outlet: frozenset[str]) -> str:
    while separators := list(_SEPARATOR.finditer(title)):
        last = separators[-1]
        head, part = title[: last.start()], title[last.end() :]
        bar = bool(_BAR.search(last.group())) and words_in(part) <= _LABEL_WORDS <= words_in(head)
        if not (bar or squeezed(part) in outlet or _is_date(part)):
            break
        title = head
    for tight in _TIGHT.finditer(title):
        if squeezed(title[tight.end() :]) in outlet:
            title = title[: tight.start()]
            break
    dated = _LAST_IN_BRACKETS.search(title)
    return title[: dated.start()] if dated and _is_date(dated[1]) else title


def _without_first_part(title: str, outlet: frozenset[str]) -> str:
    """Without the outlet in front, or a label before a bar: "Opinion | ..."."""
    if separator := _LEADING.search(title):
        part, rest = title[: separator.start()], title[separator.end() :]
        bar = bool(_BAR.search(separator.group())) and (
            words_in(part) < _LABEL_WORDS <= words_in(rest)
        )
        if squeezed(part) in outlet or bar or _is_date(part):
            return rest
    return title


def _is_date(part: str) -> bool:
    """A day and nothing beside it; a headline may end in "- 2025"."""
    numbers = re.findall(r"\d+", part)
    return len(numbers) >= 2 and words_in(part) <= _DATE_WORDS and read_date(part) is not None
