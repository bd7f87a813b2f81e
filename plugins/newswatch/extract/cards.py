"""Cards: a headline that is a link, with a few words below it, as lists of articles have them.

The headline is a heading, or a link that is alone in its box: the second is also what menus and
tags are made of, so it counts on pages only that do not say when they were published.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from lxml.html import HtmlElement

from newswatch.text.scripts import words_in

Cards = Literal["few", "some", "only"]

_HEADINGS = ("h2", "h3", "h4")
_MOST_CARDS_OF_AN_ARTICLE = 4  # that may stand beside its own text
_HEADLINE_WORDS = (4, 25)
_TEASER = 80  # words of a card with its headline
_PROSE = 10  # words of a paragraph
_LARGEST = 150  # words of a card; what holds more is an article
_BOXES = ("div", "td", "section", "article", "span", "font", "h2", "main", "dd", "pre")
_OWN = 25  # words outside of cards, from which on a page says something itself


def cards_of_page(tree: HtmlElement, *, is_dated: bool) -> Cards:
    """Whether the page has several cards, and no prose outside of them: a section's, a tag's, an
    author's page, whatever it calls itself."""
    headings = [heading for heading in tree.iter(*_HEADINGS) if _is_link(heading)]
    cards = _cards_of(headings)
    if len(headings) <= _MOST_CARDS_OF_AN_ARTICLE and not is_dated:
        headings = [link for link in tree.iter("a") if _is_headline(link)]
        cards = frozenset(card for card in _cards_of(headings) if _says_something(card))
    cards = frozenset(card for card in cards if words_in(card.text_content()) <= _LARGEST)
    if len(cards) <= _MOST_CARDS_OF_AN_ARTICLE:
        return "few"
    outside = within = 0
    for element, words in _prose_of(tree):
        if cards.isdisjoint((element, *element.iterancestors())):
            outside += words
        else:
            within += words
        if outside >= _OWN:
            return "some"
    is_flash = is_dated and outside > within  # a sentence or two above headlines without a teaser
    return "some" if is_flash else "only"


def _prose_of(tree: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    """Paragraphs, and text that stands in no paragraph, each with its words and where it is."""
    for paragraph in tree.iter("p", "blockquote", "li", "figcaption"):
        words = words_in(paragraph.text_content())
        if words >= _PROSE and not _all_linked(paragraph):
            yield paragraph, words
    for element in tree.iter(*_BOXES):
        for text in (element.text, *(child.tail for child in element)):
            if text and (words := words_in(text)) >= _PROSE:
                yield element, words


def _is_link(heading: HtmlElement) -> bool:
    links = [*heading.iter("a")]
    in_link = next(heading.iterancestors("a"), None) is not None
    return in_link or (len(links) == 1 and _all_linked(heading))


def _is_headline(link: HtmlElement) -> bool:
    """A link of some words that no other words stand beside in its parent's own text."""
    around = link.getparent()
    if around is None or not _HEADLINE_WORDS[0] <= len(link.text_content().split()):
        return False
    beside = [around.text or "", *((child.tail or "") for child in around)]
    text = link.text_content()
    return not "".join(beside).strip() and len(text.split()) <= _HEADLINE_WORDS[1]


def _says_something(card: HtmlElement) -> bool:
    """Prose beside the headline, but no more of it than a teaser has."""
    return _PROSE <= words_in(card.text_content()) <= _TEASER


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
