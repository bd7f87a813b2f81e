"""One article in the boxes of many sites: all of it is in the text, once, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.herald import PARAGRAPHS, TITLE, article, page, paragraphs, read
from newswatch.models import ExtractedArticle

LEAD = "Nine sailors drowned when the ferry went down off Jomfruland in January 2020."
POINTS = (
    "Minister Aksel Ravn will visit the families on Friday.",
    "The sum is forty million kroner.",
    "An appeal is possible until January.",
)
ALL = paragraphs(*PARAGRAPHS)
FIRST, *REST = PARAGRAPHS
ITEMS = "".join(f"<li>{point}</li>" for point in POINTS)
AD = '<div class="ad">Advertisement</div>'
LETTER = '<div class="newsletter"><form><input type=email placeholder="mail"></form></div>'


def some(start: int, end: int | None = None) -> str:
    return paragraphs(*PARAGRAPHS[start:end])


STANDFIRSTS = {
    "in the header": f"<main><header><h1>{TITLE}</h1><p class=lede>{LEAD}</p></header>"
    f"<div class=story>{ALL}</div></main>",
    "utility classes": f"<main><div class='text-4xl'><h1>{TITLE}</h1></div>"
    f"<div class='text-xl mt-4'>{LEAD}</div><div class='mt-8 prose'>{ALL}</div></main>",
    "h2 in a hero": f"<section class=hero><h1>{TITLE}</h1><h2 class=sub>{LEAD}</h2></section>"
    f"<main><div class=content>{ALL}</div></main>",
    "bold": article(f"<p><strong>{LEAD}</strong></p>{ALL}"),
    "below a picture": article(
        f"<figure><img src=/a.jpg></figure><div class=ingress>{LEAD}</div>{ALL}"
    ),
    "generated names": f"<div id=root><div class=a1><h1>{TITLE}</h1><span class=a2>{LEAD}</span>"
    f"</div><div class=a3>{ALL}</div></div>",
    "beside a date": f"<article><header><h1>{TITLE}</h1><p>{LEAD}</p><p><time"
    f" datetime=2025-12-17>17 December 2025</time></p></header><div>{ALL}</div></article>",
    "a quotation": article(f"<blockquote class=intro><p>{LEAD}</p></blockquote>{ALL}"),
}
KEY_POINTS = {
    "aside": f"<aside class=highlights><h3>At a glance</h3><ul>{ITEMS}</ul></aside>",
    "section": f"<section class=tldr><h2>In short</h2><ul>{ITEMS}</ul></section>",
    "box": f"<div class=summary-box><strong>What you need to know</strong><ul>{ITEMS}</ul></div>",
    "numbered": f"<div class=bullets><ol>{ITEMS}</ol></div>",
    "bare": f"<ul>{ITEMS}</ul>",
}
LISTS = {
    "in the middle": f"{some(0, 3)}<ul>{ITEMS}</ul>{some(3)}",
    "at the end": f"{ALL}<h3>What the court found</h3><ol>{ITEMS}</ol>",
    "of paragraphs": f"{some(0, 3)}<ul>{ITEMS.replace('<li>', '<li><p>')}</ul>{some(3)}",
    "of terms": f"{some(0, 3)}<dl>{ITEMS.replace('li>', 'dd>')}</dl>{some(3)}",
    "in a table": f"{some(0, 3)}<table>{ITEMS.replace('<li>', '<tr><td>')}</table>{some(3)}",
    "first of all": f"<ul>{ITEMS}</ul>{ALL}",
    "in a list": f"{some(0, 3)}<ul><li>On land<ul>{ITEMS}</ul></li></ul>{some(3)}",
}
SPLITS = {
    "a box for the first": f"<div>{some(0, 1)}</div><div class=ad-slot></div><div>{some(1)}</div>",
    "a section each": "".join(f"<section>{paragraphs(text)}</section>" for text in PARAGRAPHS),
    "bare text first": f"<div>{FIRST}{paragraphs(*REST)}</div>",
    "a drop cap": f"<p><span class=drop>T</span>{FIRST[1:]}</p>{paragraphs(*REST)}",
    "the first as heading": f"<h3>{FIRST}</h3><div class=body>{paragraphs(*REST)}</div>",
    "a letter between": f"<div class=c1>{some(0, 6)}</div>{LETTER}<div class=c2>{some(6)}</div>",
    "three parts": f"<div>{some(0, 3)}</div>{AD}<div>{some(3, 5)}</div>{AD}<div>{some(5)}</div>",
    "two columns": f"<div class=row><div class=col-6>{some(0, 4)}</div><div class=col-6>{some(4)}"
    "</div></div>",
    "a short column": f"<div><div class=left>{some(0, 5)}</div><div class=right>{some(5)}</div>"
    "</div>",
    "columns of a table": f"<table><tr><td>{some(0, 4)}</td><td>{some(4)}</td></tr></table>",
    "lines broken": "<br><br>".join(PARAGRAPHS),
    "lines broken, with blanks": "<br>&nbsp;<br>".join(PARAGRAPHS),
    "preformatted": "<pre>" + "\n\n".join(PARAGRAPHS) + "</pre>",
    "a picture story": "".join(
        f"<figure><img src=a.jpg><figcaption>{text}</figcaption></figure>" for text in PARAGRAPHS
    ),
}
MIS_NESTED = {
    "a button": f"<button class=menu-toggle><span>Menu</span>{article(ALL)}",
    "a menu left open": f"<nav class=mobile><ul><li><a href=/>Home</a>{article(ALL)}",
    "an aside": f"<aside id=popup><p>Get our letter</p><div><h1>{TITLE}</h1>{ALL}</div>",
    "a form": f"<form method=post><input type=hidden><h1>{TITLE}</h1><div>{ALL}</div></form>",
    "a footer": f"<footer><div class=wrap><article><h1>{TITLE}</h1>{ALL}</article></div>",
    "a figure": article(f"{some(0, 1)}<figure><img src=a><figcaption>It.</figcaption>{some(1)}"),
    "a link": article(f"<div><a href=/x>{ALL}</div>"),
    "no script": f"<main><h1>{TITLE}</h1><noscript><div>{ALL}</div></noscript></main>",
    "outside of the article": f"<main><article><h1>{TITLE}</h1>{some(0, 6)}</article>"
    f"<div class=continued>{some(6)}</div></main>",
}


def lines_of(body: str) -> list[str]:
    found = read(page(body))
    assert isinstance(found, ExtractedArticle), found
    return found.text.splitlines()


def assert_says(body: str, wanted: Sequence[str]) -> None:
    lines = lines_of(body)
    assert [text for text in wanted if lines.count(text) != 1] == []
    assert "Advertisement" not in lines


@pytest.mark.parametrize("build", STANDFIRSTS)
def test_a_standfirst_that_the_page_shows_is_in_the_text(build: str) -> None:
    assert_says(STANDFIRSTS[build], (LEAD, *PARAGRAPHS))


@pytest.mark.parametrize("build", KEY_POINTS)
def test_key_points_are_in_the_text(build: str) -> None:
    body = article(f"{KEY_POINTS[build]}<div class=article-text>{ALL}</div>")
    assert_says(body, (*POINTS, *PARAGRAPHS))


@pytest.mark.parametrize("build", LISTS)
def test_a_list_is_in_the_text(build: str) -> None:
    assert_says(article(f"<div class=body>{LISTS[build]}</div>"), (*POINTS, *PARAGRAPHS))


@pytest.mark.parametrize("build", SPLITS)
def test_the_first_and_the_last_paragraph_are_in_the_text(build: str) -> None:
    assert_says(article(SPLITS[build]), PARAGRAPHS)


@pytest.mark.parametrize("build", MIS_NESTED)
def test_what_misplaced_markup_swallows_is_in_the_text(build: str) -> None:
    assert_says(MIS_NESTED[build], PARAGRAPHS)


@pytest.mark.parametrize(
    "box",
    [
        "<p hidden>{}</p>",
        '<p style="color:red;display:none!important">{}</p>',
        '<p style="position:absolute;left:-9999px">{}</p>',
        '<p style="font-size:0">{}</p>',
        "<template><p>{}</p></template>",
        "<dialog><p>{}</p></dialog>",
        "<figure><img src=a.jpg><figcaption>{}</figcaption></figure>",
        '<div class="wp-caption"><img src=a.jpg><p class="wp-caption-text">{}</p></div>',
        "<p><a href=/x>{}</a></p>",
        "<p>→ <a href=/x>{}</a></p>",
        "<p>更多：<a href=/x>{}</a></p>",
    ],
)
def test_what_is_not_of_the_article_stays_out(box: str) -> None:
    words = "The ferry at the quay of Brevik a month before it sank"
    assert_says(article(f"{some(0, 3)}{box.format(words)}{some(3)}"), PARAGRAPHS)
    assert words not in lines_of(article(f"{some(0, 3)}{box.format(words)}{some(3)}"))


@pytest.mark.parametrize(
    "mark",
    [
        '<sup><a href="#fn1">1</a></sup>',
        '<a href="#note-2"><sup>2</sup></a>',
        '<sup><a href="/news/court-orders#fn5">5</a></sup>',
        '<a class="footnote" href="#fn6">[6]</a>',
        '<a role="doc-noteref" href="#n7">7</a>',
        "<sup>1,2</sup>",
        "<sup>*</sup>",
    ],
)
def test_a_footnote_mark_is_no_part_of_its_word(mark: str) -> None:
    said = "Most of the claims were settled in cases{} that nobody had followed, it found."
    assert_says(article(f"{ALL}<p>{said.format(mark)}</p>"), (said.format(""), *PARAGRAPHS))


@pytest.mark.parametrize(
    "line",
    [
        "<div class=meta>12 Comments</div>",
        '<div class=meta><a href="#comments">12 Comments</a></div>',
        "<p class=meta>Comments</p>",
        "<div class=entry-meta><span>Leave a comment</span></div>",
        "<ul class=tools><li>Share</li><li>Comments (3)</li></ul>",
        "<div><button>Show comments</button></div>",
    ],
)
@pytest.mark.parametrize("lead", ["", f"<p>{LEAD}</p>"])
def test_a_count_of_comments_above_the_text_does_not_end_it(line: str, lead: str) -> None:
    assert_says(article(lead + line + ALL), PARAGRAPHS)
    assert_says(article(f"{lead}{line}<div>{ALL}</div>"), PARAGRAPHS)


@pytest.mark.parametrize(
    "heading",
    ["<h3>Comments</h3>", "<h2>14 comments</h2>", "<h3>Kommentare</h3>", "<p>Comments</p>"],
)
def test_what_readers_write_is_not_in_the_text(heading: str) -> None:
    remarks = "".join(
        f"<div class=x><b>{name}</b><p>{text}</p></div>"
        for name, text in (
            ("sailor", "I do not believe a word of what the owners say, nor should the court."),
            ("quayrat", "My uncle worked on that ship for years and told us about the pumps."),
        )
    )
    lines = lines_of(article(ALL) + f"<section>{heading}{remarks}</section>")
    assert lines == list(PARAGRAPHS)


@pytest.mark.parametrize("names", ["author-bio", "bio profile", "contributor-box"])
def test_a_box_that_holds_the_article_is_not_beside_it(names: str) -> None:
    assert_says(f"<main class='{names}'><h1>{TITLE}</h1>{ALL}</main>", PARAGRAPHS)
