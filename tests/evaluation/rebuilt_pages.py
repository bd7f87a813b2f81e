"""Labelled pages as another site would have built them: the same words in other boxes.

A sample of a thousand sites has few pages whose first paragraph, standfirst or second column stands
in a box of its own, or whose points are a list; the model would learn that a box beside the text is
never of it. So each page is learnt once more, rebuilt by one of these forms, drawn by its address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from lxml.etree import SubElement
from lxml.html import HtmlElement

from newswatch.extract.features import squeezed

LEAST_PARAGRAPHS = 4
_LEAST = 30  # letters of a paragraph that is looked for in the label
_NAMES = ("", "", "", "text", "part", "intro", "col", "section", "x7f3a", "wrapper mt-4")
_MOST_LISTED = 5

Random = np.random.RandomState
Form = Callable[[Sequence[HtmlElement], Random], None]


def rebuild(tree: HtmlElement, label: str, address: str) -> bool:
    """Rebuild a page in place; False where too few of its paragraphs stand under one parent."""
    random = Random(int(hashlib.sha256(address.encode()).hexdigest()[:8], 16))
    paragraphs = _paragraphs(tree, squeezed(label))
    if len(paragraphs) < LEAST_PARAGRAPHS:
        return False
    FORMS[random.randint(len(FORMS))](paragraphs, random)
    return True


def _paragraphs(tree: HtmlElement, label: str) -> list[HtmlElement]:
    """The paragraphs of the label under the parent that has most of them."""
    under: dict[HtmlElement, list[HtmlElement]] = {}
    for paragraph in tree.iter("p"):
        key = squeezed(paragraph.text_content())
        if len(key) >= _LEAST and key in label:
            under.setdefault(paragraph.getparent(), []).append(paragraph)
    return max(under.values(), key=len, default=[])


def _box(random: Random, tag: str = "div") -> HtmlElement:
    box = HtmlElement()
    box.tag = tag
    if name := _NAMES[random.randint(len(_NAMES))]:
        box.set("class", name)
    return box


def _last_ones_behind(paragraphs: Sequence[HtmlElement], random: Random) -> None:
    """The last paragraphs, one to half of them, in a box behind the others'."""
    first = paragraphs[-random.randint(1, len(paragraphs) // 2 + 1)]
    parent = first.getparent()
    box = _box(random)
    box.extend([first, *first.itersiblings()])
    parent.addnext(box)


def _first_ones_before(paragraphs: Sequence[HtmlElement], random: Random) -> None:
    """The first paragraph or two in a box before the others'."""
    last = paragraphs[random.randint(2)]
    parent = last.getparent()
    box = _box(random)
    box.extend([*reversed([*last.itersiblings(preceding=True)]), last])
    parent.addprevious(box)


def _in_columns(paragraphs: Sequence[HtmlElement], random: Random) -> None:
    """All in two or three boxes under their parent."""
    parent = paragraphs[0].getparent()
    cuts = sorted(random.choice(range(1, len(paragraphs)), random.randint(1, 3), replace=False))
    starts = [paragraphs[cut] for cut in cuts]
    box = None
    for child in [paragraphs[0], *paragraphs[0].itersiblings()]:
        if box is None or child in starts:
            box = _box(random)
            parent.append(box)
        box.append(child)


def _lead_under_headline(paragraphs: Sequence[HtmlElement], random: Random) -> None:
    """The first paragraph as a standfirst next to the headline, in one element or another."""
    lead = paragraphs[0]
    heading = next(lead.getroottree().iter("h1"), None)
    lead.tag = ("p", "div", "h2", "span", "strong")[random.randint(5)]
    _lose_names(lead)
    if heading is None or heading is lead.getparent():
        lead.getparent().addprevious(lead)
    elif random.rand() < 0.5:
        heading.addnext(lead)
    else:
        box = _box(random)
        heading.addnext(box)
        box.append(lead)


def _points(paragraphs: Sequence[HtmlElement], random: Random) -> None:
    """Some short paragraphs as a list: where they stood, before all, or behind all; in place, or in
    a box with a heading."""
    short = sorted(paragraphs, key=lambda paragraph: len(paragraph.text_content()))
    chosen = [item for item in paragraphs if item in short[: random.randint(2, _MOST_LISTED + 1)]]
    parent = paragraphs[0].getparent()
    place = random.randint(3)
    points = _box(random, "ul" if random.rand() < 0.8 else "ol")
    holder = points
    if random.rand() < 0.5:
        holder = _box(random, ("div", "section", "aside")[random.randint(3)])
        heading = SubElement(holder, ("h2", "h3", "p", "strong")[random.randint(4)])
        heading.text = ("Key points", "Das Wichtigste", "En bref", "Главное")[random.randint(4)]
        holder.append(points)
    if place == 0:
        chosen[0].addprevious(holder)
    elif place == 1:
        (parent.addprevious if random.rand() < 0.5 else paragraphs[0].addprevious)(holder)
    else:
        (parent.addnext if random.rand() < 0.5 else parent.append)(holder)
    for paragraph in chosen:
        paragraph.tag = "li"
        _lose_names(paragraph)
        points.append(paragraph)


def _lose_names(element: HtmlElement) -> None:
    for name in ("class", "id", "itemprop"):
        element.attrib.pop(name, None)


FORMS: tuple[Form, ...] = (
    _last_ones_behind,
    _first_ones_before,
    _in_columns,
    _lead_under_headline,
    _points,
)
