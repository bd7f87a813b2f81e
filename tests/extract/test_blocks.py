"""A page's markup beside the blocks that a reader sees in it."""

from __future__ import annotations

import pytest

from newswatch.extract.blocks import PageBlocks
from newswatch.extract.tree import parse
from newswatch.extract.walk import blocks_of

LONG = "The harbour board voted to widen the eastern quay by twelve metres."


def cut(body: str) -> PageBlocks:
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    return blocks_of(tree)


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<div>Bare <b>bold</b> text<p>A paragraph</p>tail</div>", None),
        ("One line<br>and the next", ["One line\nand the next"]),
        ("One paragraph<br><br>and the next", ["One paragraph", "and the next"]),
        ("One paragraph<br> \n <br/>and the next", ["One paragraph", "and the next"]),
        ("<p>The <button>mission</button> would grow</p>", ["The mission would grow"]),
        ("<div>Text<button>Subscribe</button>more</div>", ["Text", "Subscribe", "more"]),
        ("<p>A <button>long<b>er</b></button> word</p><p>B</p>", ["A longer word", "B"]),
        ("<p>漢<ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby></p>", ["漢字"]),
        ('<p>In most cases<sup><a href="#n1">1</a></sup> it holds</p>', ["In most cases it holds"]),
        ('<p>In most cases<a href="#n1"><sup>1</sup></a> so</p>', ["In most cases so"]),
        ("<p>He left office.<sup>12</sup> She stayed</p>", ["He left office. She stayed"]),
        ("<p>An area of 40 m<sup>2</sup> burnt</p>", ["An area of 40 m2 burnt"]),
        ("<p>The 18<sup>th</sup> century</p>", ["The 18th century"]),
        (f"<p>{LONG}</p><p hidden>Not shown</p>", [LONG]),
        (f"<p>{LONG}</p><div style='display: none'><p>Not shown</p></div>", [LONG]),
        (f"<p>A label</p><div aria-hidden=true><p>{LONG}</p></div>", ["A label", LONG]),
        (f"<x-a><template shadowrootmode=open><p>{LONG}</p></template></x-a>", [LONG]),
        ("<template><p>Never shown</p></template><p>Shown</p>", ["Shown"]),
        ("<script>var a</script><style>b{}</style><p>C</p>", ["C"]),
        ("", []),
    ],
)
def test_blocks(body: str, texts: list[str] | None) -> None:
    if texts is None:
        texts = ["Bare bold text", "A paragraph", "tail"]
    assert [block.text for block in cut(body).blocks] == texts


def test_a_block_knows_where_it_stands() -> None:
    page = cut(
        '<main><article class="story-body"><p>See <a href="/x">this</a></p></article></main>'
    )
    (block,) = page.blocks
    container = page.containers[block.container]
    assert (container.tag, block.anchors, block.linked) == ("p", 1, len("this"))
    assert page.containers[container.article].names == "story-body"


def test_parents_come_before_their_children() -> None:
    page = cut("<div><ul><li>a<ul><li>b</li></ul></li></ul></div><p>c</p>")
    assert all(container.parent < place for place, container in enumerate(page.containers))


@pytest.mark.parametrize(
    "unseen",
    [
        "<p>{}</p>",
        '<p class="note sr-only">{}</p>',
        '<div style="DISPLAY: none"><p>{}</p></div>',
        "<dialog><p>{}</p></dialog>",
        "<p>The vote was close.<span hidden> {}</span></p>",
        '<p>The vote was close.<b class="visually-hidden"> {}</b></p>',
    ],
)
def test_what_no_browser_shows_is_in_no_block(unseen: str) -> None:
    words, shown = "Only for members", "<p>The board voted to widen the quay on Monday.</p>" * 3
    tree = parse(shown + unseen.format(words))
    assert tree is not None
    found = [block.text for block in blocks_of(tree).blocks]
    assert any(words in text for text in found) == (unseen == "<p>{}</p>")
