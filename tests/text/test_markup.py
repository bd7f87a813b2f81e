"""Markup to plain text and to safe HTML."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.text.invisible import without_unseen
from newswatch.text.markup import plain_text, safe_html

WORDS = st.text(alphabet="abcXYZ äñжы中ع0123.,;&", max_size=30)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Q&A: arts&region &notes", "Q&A: arts&region &notes"),
        ("?a=1&copy=2&amp;lang=uk", "?a=1&copy=2&lang=uk"),
        ("AT&T, S&P 500 and R&D; more", "AT&T, S&P 500 and R&D; more"),
        ("Q&amp;amp;amp;A", "Q&A"),
        ("5 &lt; 6", "5 < 6"),
        ("the &lt;word&gt; of the year", "the <word> of the year"),
        ("I &lt;3 news", "I <3 news"),
        ("see &lt;https://a.example/b&gt;", "see <https://a.example/b>"),
        ("a<amp-img src='x'></amp-img>b<o:p></o:p>c", "abc"),
        ("&amp;lt;p&amp;gt;one&amp;lt;/p&amp;gt;", "one"),
        ("&lt;![CDATA[Bold &lt;b&gt;claim&lt;/b&gt;]]&gt;", "Bold claim"),
        ("grin &#55357;&#56832; and &#xD83D;&#xDE00;", "grin 😀 and 😀"),
        ("lone &#55357; one", "lone one"),
        ("it&#8217s said&nbsp and done", "it’s said and done"),
        ("<p>one</p><p>two<br>three</p>", "one\ntwo\nthree"),
        ("cut off <a href='https://a.exam", "cut off"),
    ],
)
def test_plain_text(written: str, read: str) -> None:
    assert plain_text(written) == read


@given(WORDS, st.sampled_from(("p", "b", "a href='https://a.example/?x=1&y=2'", "br/", "div")))
def test_no_text_holds_tags_however_often_they_are_escaped(words: str, tag: str) -> None:
    name = tag.split()[0].rstrip("/")
    markup = f"<p>before</p><{tag}>{html.escape(words)}</{name}>"
    said = plain_text(markup)
    for _ in range(6):
        assert re.search(r"</?(?:p|b|a|br|div)[\s/>]|lt;|gt;", said) is None
        markup = html.escape(markup)
        said = plain_text(markup)


@given(st.text(alphabet="abc <>5=", max_size=40).filter(lambda text: "<" not in text))
def test_plain_words_stay(text: str) -> None:
    assert plain_text(html.escape(text)) == " ".join(text.split())


@given(st.text())
def test_what_is_plain_stays_plain(text: str) -> None:
    said = plain_text(text)
    assert without_unseen(said) == said
    assert said.encode().decode() == said


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("&lt;p&gt;A &lt;i&gt;body&lt;/i&gt;&lt;/p&gt;", "<p>A <i>body</i></p>"),
        ("&amp;lt;p&amp;gt;A body&amp;lt;/p&amp;gt;", "<p>A body</p>"),
        ("<p>&lt;p&gt;twice&lt;/p&gt;</p>", "<p></p><p>twice</p><p></p>"),
        (
            "&lt;a href=&quot;https://a.example/?x=1&amp;y=2&quot; id=&quot;z&quot;&gt;a&lt;/a&gt;",
            '<a href="https://a.example/?x=1&amp;y=2">a</a>',
        ),
        ("&lt;script&gt;x()&lt;/script&gt;said", "said"),
        ("5 &lt; 6 and a <word>", "5 &lt; 6 and a &lt;word&gt;"),
    ],
)
def test_safe_html(written: str, safe: str) -> None:
    assert safe_html(written) == safe
