"""What a mail program is given: nothing that an outlet could inject, and what helps to read it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from lxml.html import HtmlElement

from digest.editions import DAY, FULL, ITEM, LINKS, QUIET, READER, STORY, build, mention, rendered
from digest.invented import DAYS, day
from newswatch.digest.compose import compose
from newswatch.digest.edition import Edition
from newswatch.digest.render import RenderedEdition, one_line, render, safe_url
from newswatch.models import FlaggedArticle, StoryId, TopicStory

EVIL = "evil\r\n\r\nUNSUBSCRIBE NOW: x\u2028\u202e\u2067\x00\x1b[2J"
MARKUP = "\"><b onclick=x>'</td>&amp;<!--"
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def hostile(text: str) -> tuple[RenderedEdition, Edition]:
    """An edition that has the text wherever one from outside may stand."""
    article = replace(
        ITEM,
        title=text,
        outlet=text,
        language="en",
        summary=text,
        mentions=(mention(f"{text} Witkoff {text}"),),
        new_sentence=f"{text} and what else there was to say",
    )
    other = replace(article, article_id=2, url="https://b.example/", score=0.1, language="x-y")
    material = replace(
        FULL,
        articles=[article, other],
        stories=[replace(STORY, outlets=(text, f"{text}2"))],
        known=frozenset({TopicStory("witkoff", StoryId(1))}),
        called={StoryId(1): f"{text} as it was"},
        topic_names={"witkoff": text, "gaza-mediators": text, "ukraine-talks": text},
    )
    edition = build(material, replace(READER, name=text))
    return render(edition, LINKS), edition


class TestHostileText:
    plain, edition = hostile(EVIL)
    markup, _ = hostile(MARKUP)

    def test_no_line_is_an_outlet_s_own(self) -> None:
        assert not re.search(r"^\s*UNSUBSCRIBE", self.plain.text, re.MULTILINE)
        assert "UNSUBSCRIBE NOW" in self.plain.text

    @pytest.mark.parametrize("part", ["text", "html", "subject"])
    def test_what_no_reader_sees_is_gone(self, part: str) -> None:
        assert not UNSEEN.search(getattr(self.plain, part))

    def test_the_subject_is_one_line(self) -> None:
        assert "\n" not in self.plain.subject

    def test_markup_is_text(self) -> None:
        page = parsed(self.markup.html)
        assert not page.xpath("//*[@onclick]")
        assert "<b onclick=x>" in page.xpath("string(//h3)")
        assert "<b onclick=x>" in self.markup.text

    @settings(max_examples=25)  # an edition each
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
    def test_the_lines_of_the_text_are_ours_whatever_stands_in_them(self, text: str) -> None:
        usual, _ = hostile("x")
        found, edition = hostile(text)
        assert len(found.text.splitlines()) <= len(usual.text.splitlines()) + 1
        assert not UNSEEN.search(found.text + found.html)
        assert len(parsed(found.html).xpath("//h3")) == len(edition.shown)


@given(st.text())
def test_one_line_is_one_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?y=1&z=2", "https://a.example/x?y=1&z=2"),
        (
            "https://a.example/новости",
            "https://a.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
        ),
        ('https://a.example/"onclick=', "https://a.example/%22onclick="),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://www.apple.com@evil.example/", "https://evil.example/"),
        ("https://evil.example\\@a.example/", ""),
        ("http://[::1/x", ""),
        ("https://a.example:x/", ""),
        ("data:text/html,x", ""),
        ("javascript:alert(1)", ""),
        ("newswatch:entry/1", ""),
        ("", ""),
    ],
)
def test_safe_urls(url: str, safe: str) -> None:
    assert safe_url(url) == safe


@given(st.text() | st.from_regex(r"https?://[\S]{0,30}", fullmatch=True))
def test_a_link_is_safe_or_none_whatever_it_was(url: str) -> None:
    safe = safe_url(url)
    assert safe == "" or re.fullmatch(r"https?://[!-~]+", safe)
    assert not set(safe) & set('"<> \\')


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[::1/x"])
def test_a_headline_without_a_link_is_none(url: str) -> None:
    found = rendered(replace(FULL, articles=[replace(ITEM, url=url)]))
    assert ITEM.title in found.text
    assert [a.get("href") for a in parsed(found.html).iter("a")] == [LINKS.unsubscribe]


@pytest.fixture(params=DAYS)
def page(request: pytest.FixtureRequest) -> HtmlElement:
    reader, material = day(request.param)
    return parsed(compose(reader, DAY, material, LINKS).rendered.html)


def parsed(page: str) -> HtmlElement:
    return lxml_html.document_fromstring(page)


class TestPage:
    """The rules of the Email Markup Consortium that a page without pictures can break."""

    def test_it_says_its_language_direction_and_title(self, page: HtmlElement) -> None:
        assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
        assert page.findtext("head/title")

    def test_tables_are_for_layout_and_say_so(self, page: HtmlElement) -> None:
        assert {table.get("role") for table in page.iter("table")} == {"presentation"}

    def test_headings_go_down_by_one(self, page: HtmlElement) -> None:
        levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))

    def test_links_have_words_and_are_underlined(self, page: HtmlElement) -> None:
        for link in page.iter("a"):
            assert link.text_content().strip()
            assert "text-decoration: none" not in link.get("style", "")

    def test_other_scripts_say_their_language(self, page: HtmlElement) -> None:
        for element in page.iter("a", "blockquote", "span"):
            own = element.text_content()
            if re.match("[\u0590-\u06ff\u4e00-\u9fff]", own) and not element.xpath("ancestor::bdi"):
                assert element.get("lang") not in (None, "en")
                assert element.get("dir") in ("rtl", "ltr")

    def test_no_style_is_only_in_the_head(self, page: HtmlElement) -> None:
        """Some mail programs take the head away."""
        for element in page.xpath("//*[@class]"):
            assert element.get("style"), element.get("class")


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("mode", "sheet"), [("light", "#ffffff"), ("dark", "#20201d")])
def test_every_colour_of_words_can_be_read_in_both_modes(mode: str, sheet: str) -> None:
    style = rendered(QUIET).html.partition("<style>")[2].partition("</style>")[0]
    light, _, dark = style.partition("@media (prefers-color-scheme: dark)")
    colours = set(re.findall(r"[ {]color: (#\w{6})", light if mode == "light" else dark))
    assert len(colours) >= 3
    for colour in colours:
        assert contrast(colour, sheet) >= 4.5, colour


def test_the_mark_can_be_read() -> None:
    assert contrast("#1d1d1b", "#fbeeb8") >= 4.5


def test_the_list_of_mails_shows_the_next_stories_beside_the_subject() -> None:
    found = rendered(DAYS["busy"])
    first = parsed(found.html).find("body")[0]
    assert first.get("class") == "pre"
    assert first.text_content().startswith("First day of talks in Lucerne")


def test_an_article_of_an_unknown_language_is_left_to_the_program() -> None:
    unknown: FlaggedArticle = replace(ITEM, language=None)
    (link,) = parsed(rendered(replace(FULL, articles=[unknown])).html).xpath("//h3/a")
    assert (link.get("lang"), link.get("dir")) == (None, "auto")
