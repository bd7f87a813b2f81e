"""Cards: a headline that is a link, with a few words below it, as lists of articles have them."""

from __future__ import annotations

from typing import Literal

from lxml.html import HtmlElement

from newswatch.text.scripts import words_in

Cards = Literal["few", "some", "only"]

_HEADINGS = ("h2", "h3", "h4")
_MOST_CARDS_OF_AN_ARTICLE = 4  # that may stand beside its own text
_PROSE = 10  # words of a paragraph
_OWN = 25  # words outside of cards, from which on a page says something itself


def cards_of_page(tree: HtmlElement) -> Cards:
    """Whether the page has several cards, and no prose outside of them: a section's, a tag's, an
    author's page, whatever it calls itself."""
    headings = [heading for heading in tree.iter(*_HEADINGS) if _is_link(heading)]
    if len(headings) <= _MOST_CARDS_OF_AN_ARTICLE:
        return "few"
    cards = _cards_of(headings)
    outside = 0
    for paragraph in tree.iter("p", "blockquote", "li"):
        words = words_in(paragraph.text_content())
        if words < _PROSE or _all_linked(paragraph):
            continue
        if cards.isdisjoint(paragraph.iterancestors()):
            outside += words
        if outside >= _OWN:
            return "some"
    return "only"


def _is_link(heading: HtmlElement) -> bool:
    links = [*heading.iter("a")]
    around = heading.getparent()
    in_link = around is not None and around.tag == "a"
    return in_link or (len(links) == 1 and _all_linked(heading))


def _all_linked(element: HtmlElement) -> bool:
    text = element.text_content().strip()
    return bool(text) and "".join(link.text_content() for link in element.iter("a")).strip() == text


def _cards_of(headings: list[HtmlElement]) -> frozenset[HtmlElement]:
    """Around each of several headings the largest element that holds no other of them."""
    holders: dict[HtmlElement, int] = {}
    for heading in headings:
        for around in heading.iterancestors():
            holders[around] = holders.get(around, 0) + 1
    found = set()
    for heading in headings:
        card = heading
        for around in heading.iterancestors():
            if holders[around] > 1:
                break
            card = around
        found.add(card)
    return frozenset(found)
