"""The dates that a page shows by its headline, those of publication before those of changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, islice
from typing import Literal

from lxml.html import HtmlElement

from newswatch.extract.tree import short_text
from newswatch.text.dates import MAX_LENGTH, read_date
from newswatch.text.scripts import words_in

_Says = Literal["published", "nothing", "modified"]
_ORDER: tuple[_Says, ...] = ("published", "nothing", "modified")

# Beginnings of the words for each, in the languages that news is written in.
_MODIFIED = re.compile(
    "modif updat edited revis aktualis aktualiz geändert actualiz actualitz aggiorna atualiza"
    " bijgewerkt zaktualiz oppdater opdater uppdater päivitetty frissít обновл измен оновл змінен"
    " güncel ενημ تحديث تعديل עודכן עדכון 更新 修改 수정 diperbarui".replace(" ", "|")
    + r"|\bstand\b|mise? à jour|\bmaj\b|cập nhật|به‌روز",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    "publi pubdate posted issued created erstellt veröffentlicht erschienen inserito pubblic"
    " gepubliceerd geplaatst opublikow dodano julkaistu zveřejněn megjelen objavljen опублик"
    " опублік yayın δημοσ نشر منتشر פורסם 発行 公開 配信 掲載 发布 發布 发表 입력 게시 đăng"
    " diterbitkan".replace(" ", "|"),
    re.IGNORECASE,
)
_NAMED_DATE = re.compile(
    r"date|time|publish|posted|stamp|byline|meta|info|datum|fecha|data\b|tarih|дата|when",
    re.IGNORECASE,
)
# Between two dates of one line, as well between those of two calendars.
_BETWEEN = re.compile(r"\s[-–—|·•/]\s|\bالموافق\b|[،;]\s")
_NUMBERS = re.compile(r"\d+|[〇零○一二三四五六七八九十]+(?=[年月日])")
_DATA = ("data-timestamp", "data-datetime", "data-published", "data-date", "data-time", "data-utc")
_COUNTED = re.compile(r"\d+[年月日号號時时点點分秒]")  # parts of a date whose signs would be words
_DAY_AND_YEAR = 2  # numbers; a line with fewer names no day
_LONGEST_LABEL = 60  # characters before a date that may say what it is the date of
_LONGEST_MARKUP = 4_000  # characters of a line before its white space is collapsed
_MOST_ELEMENTS = 400  # behind the headline; a date further down is of something else
_FEW_WORDS = 8
_SMALL = frozenset(
    (
        *("p", "span", "div", "li", "td", "small", "b", "i", "em", "strong", "dd", "font", "h5"),
        *("h6", "a", "ul", "label"),
    )
)


@dataclass(frozen=True, slots=True)
class _Shown:
    text: str
    says: _Says
    source: str


def dates_shown(tree: HtmlElement, language: str = "") -> Iterator[tuple[str, str]]:
    """Texts that name a day, each with its source: `time` (the element) or `byline`.

    Elements of HTML's `time` stand before plain lines, and what is called the date of publication
    before what is called nothing, and that before the date of a change.
    """
    shown = [*_in_time_elements(tree), *_in_lines(tree, language), *_in_data(tree)]
    for says in _ORDER:
        yield from ((date.text, date.source) for date in shown if date.says == says)


def _in_time_elements(tree: HtmlElement) -> Iterator[_Shown]:
    behind: list[_Shown] = []
    before: list[_Shown] = []
    headed = False
    for element in tree.iter("h1", "time"):
        if element.tag == "h1":
            headed = True
            continue
        text = element.get("datetime") or element.text_content()
        own = element.text_content()[:_LONGEST_LABEL]
        shown = _Shown(text, _said(f"{_names(element)} {_label(element)} {own}"), "time")
        (behind if headed else before).append(shown)
    yield from (*behind, *before)


def _in_lines(tree: HtmlElement, language: str) -> Iterator[_Shown]:
    for element in _behind_headline(tree):
        if element.tag not in _SMALL:
            continue
        line = " ".join((short_text(element, _LONGEST_MARKUP) or "").split())
        if not 6 <= len(line) <= MAX_LENGTH:
            continue
        names = _names(element)
        yield from _in_line(line, names, language)


def _in_data(tree: HtmlElement) -> Iterator[_Shown]:
    """What scripts make "an hour ago" of: `data-timestamp` and its like, on a line of few words."""
    for element in _behind_headline(tree):
        value = next(filter(None, map(element.get, _DATA)), "")
        if value and words_in(short_text(element, _LONGEST_MARKUP) or "") <= _FEW_WORDS:
            yield _Shown(value, _said(f"{_names(element)} {_label(element)}"), "byline")


def _in_line(line: str, names: str, language: str) -> Iterator[_Shown]:
    """The one date of a line, or each of those that it calls by different words: "Updated on 20
    May, published on 18 May"."""
    if len(_NUMBERS.findall(line)) < _DAY_AND_YEAR:
        return
    called = _called(line)
    for part in called or (line, *_BETWEEN.split(line)):
        if len(_NUMBERS.findall(part)) < _DAY_AND_YEAR:
            continue
        said = _said(part if called else f"{names} {part}")
        dated = said != "nothing" or bool(_NAMED_DATE.search(names))
        if (dated or words_in(_COUNTED.sub(" ", part)) <= _FEW_WORDS) and read_date(
            part, language=language
        ):
            yield _Shown(part, said, "byline")
            if not called:
                return


def _called(line: str) -> list[str]:
    """The parts of a line that speaks of publication and of changes, each from its word on."""
    published = [found.start() for found in _PUBLISHED.finditer(line)]
    modified = [found.start() for found in _MODIFIED.finditer(line)]
    if not published or not modified:
        return []
    starts = sorted({0, *published, *modified})
    ends = [*starts[1:], len(line)]
    return [line[start:end].strip(" ,;|·•-–—(/") for start, end in zip(starts, ends, strict=True)]


def _behind_headline(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The first elements behind the headline; of the page where it has none."""
    heading = next(tree.iter("h1"), None)
    elements: Iterator[HtmlElement]
    elements = (element for element in tree.iter() if isinstance(element.tag, str))
    if heading is not None:
        elements = dropwhile(lambda element: element is not heading, elements)
        next(elements)
    return islice(elements, _MOST_ELEMENTS)


def _said(text: str) -> _Says:
    """What the words nearest to a date call it: the last of them decide."""
    published = max((found.start() for found in _PUBLISHED.finditer(text)), default=-1)
    modified = max((found.start() for found in _MODIFIED.finditer(text)), default=-1)
    if published == modified:
        return "nothing"
    return "published" if published > modified else "modified"


def _names(element: HtmlElement) -> str:
    attributes = ("class", "id", "itemprop", "property", "data-testid")
    return " ".join(filter(None, map(element.get, attributes)))


def _label(element: HtmlElement) -> str:
    """The words that stand before an element in its line."""
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        text = parent.text if parent is not None else ""
    else:
        text = before.tail if (before.tail or "").strip() else before.text_content()
    return " ".join((text or "").split())[-_LONGEST_LABEL:]
