"""Which blocks are the article: laws of the choice, and of the text that it gives."""

from __future__ import annotations

import itertools
import json
from statistics import mean

import lightgbm
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.labelled_pages import LabelledPage, word_f1
from evaluation.train_extraction import PARAMETERS, Example, example_of, flattened, train
from extract.test_pages import PAGES, extract
from newswatch.extract.body import load_blocks_model
from newswatch.extract.choice import choose, choose_with_vote
from newswatch.extract.features import About, Features, features_of
from newswatch.extract.forest import Forest, forest_of
from newswatch.extract.page_text import article_texts, ask_engine, text_by_blocks
from newswatch.extract.paragraphs import tidy
from newswatch.extract.tree import parse
from newswatch.extract.walk import blocks_of
from newswatch.text.charset import decode
from newswatch.text.furniture import corrects

LABELLED = {
    path: text
    for path in PAGES
    if (text := json.loads(path.with_suffix(".json").read_text()).get("text"))
}
COLUMN = st.floats(0.01, 0.99)


def test_the_body_does_not_lose_to_the_engine() -> None:
    ours = [word_f1(extract(path.read_bytes())["text"], text) for path, text in LABELLED.items()]
    engine = []
    for path, text in LABELLED.items():
        tree = parse(decode(path.read_bytes()).text)
        assert tree is not None
        engine.append(word_f1(ask_engine(tree, fast=False), text))
    assert len(LABELLED) > 20
    assert mean(ours) >= mean(engine) - 0.02


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    pages = [
        LabelledPage("stored", f"https://{path.stem}.example/", path.read_bytes(), text)
        for path, text in LABELLED.items()
    ]
    return [example for example in map(example_of, pages) if example is not None]


def test_training_gives_the_same_forest(examples: list[Example]) -> None:
    once, again = train(examples), train(examples)
    assert {name: array.tobytes() for name, array in once.items()} == {
        name: array.tobytes() for name, array in again.items()
    }


def test_the_flat_forest_says_what_the_library_says() -> None:
    random = np.random.RandomState(3)
    rows = random.rand(2_000, 6).astype(np.float32)
    labels = (rows[:, 0] + rows[:, 1] * rows[:, 2] > 0.8).astype(float)
    booster = lightgbm.train(PARAMETERS, lightgbm.Dataset(rows, labels), 12)
    forest = forest_of(flattened(booster.dump_model()["tree_info"]))
    assert forest.chances(rows) == pytest.approx(booster.predict(rows), abs=0.01)


def stump(chances: list[float]) -> Forest:
    """A forest that gives row i the i-th chance; rows are their own number."""
    count = len(chances)
    nodes = np.arange(2 * count - 1)
    inner = nodes < count - 1
    odds = [np.log(chance / (1 - chance)) for chance in chances]
    return forest_of(
        {
            "feature": np.zeros(len(nodes), np.uint8),
            "threshold": np.where(inner, nodes + 0.5, np.inf),
            "left": np.where(inner, nodes + count - 1, nodes),
            "right": np.where(nodes < count - 2, nodes + 1, np.where(inner, 2 * count - 2, nodes)),
            "value": np.array([0.0] * (count - 1) + odds),
            "root": np.zeros(1, np.int16),
            "depth": np.array(count),
        }
    )


def numbered(words: list[int], keys: list[str]) -> Features:
    rows = np.zeros((len(words), 3), np.float32)
    rows[:, 0] = np.arange(len(words))
    counts = np.array(words, np.float64)
    none = np.zeros(len(words), np.bool_)
    return Features(rows, keys, counts, 0 * counts, none, none)


@given(st.lists(st.tuples(COLUMN, st.integers(1, 60)), min_size=1, max_size=8))
def test_no_other_set_of_blocks_has_a_higher_expected_f1(blocks: list[tuple[float, int]]) -> None:
    chances = np.array([chance for chance, _ in blocks])
    words = np.array([count for _, count in blocks])
    features = numbered(words.tolist(), [str(place) for place in range(len(blocks))])
    chosen = choose(stump(chances.tolist()), features)
    best = max(
        2 * (chances * words)[list(some)].sum() / (words[list(some)].sum() + chances @ words)
        for size in range(1, len(blocks) + 1)
        for some in itertools.combinations(range(len(blocks)), size)
    )
    assert chosen.expected_f1 == pytest.approx(best, rel=1e-3)


@given(
    st.lists(st.tuples(COLUMN, st.sampled_from("abc")), min_size=1, max_size=12),
    st.sampled_from(["", "a", "abc"]),
)
def test_nothing_is_in_the_text_twice(blocks: list[tuple[float, str]], vote: str) -> None:
    keys = [key for _, key in blocks]
    forest = stump([chance for chance, _ in blocks])
    features = numbered([10] * len(blocks), keys)
    for choice in (choose(forest, features), choose_with_vote(forest, features, vote)):
        kept = [key for key, is_kept in zip(keys, choice.kept, strict=True) if is_kept]
        assert len(kept) == len(set(kept))


LONG = "The harbour board voted to widen the eastern quay by twelve metres."


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("<div><p>Our letter</p><form><input type=email></form></div>", False),
        ("<div class=story><p>Short news</p><div><form><input name=q></form></div></div>", True),
        ("<div><p>A word</p><input type=hidden></div>", True),
        ("<div class=author-bio><p>Mia Dahl covers the harbour.</p></div>", False),
        ("<p>Trending: <a href=/a>Storm nears the coast</a></p>", False),
        ("<p>The ruling, by a <a href=/a>tribunal in Osterby</a></p>", True),
        ("<p><a href=/a>A tribunal in Osterby rejected it.</a></p>", True),
        ("<p><a href=/a>A tribunal in Osterby: who sits on it</a></p>", False),
        ("<div><h3>Join the discussion</h3><b>sailor</b><p>I do not believe it.</p></div>", False),
        ("<div><h3>12 Comments</h3></div><p>The board sits on Monday.</p>", True),
    ],
)
def test_what_no_article_says(body: str, kept: bool) -> None:
    tree = parse(f"<html><body><div class=text><p>{LONG}</p></div>{body}</body></html>")
    assert tree is not None
    first, *_, last = article_texts(blocks_of(tree))
    assert first == LONG
    assert bool(last) is kept


@pytest.mark.parametrize(
    "line",
    [
        "(Corrects paragraph 3 to say twelve metres)",
        "CORRECTION — An earlier version gave the width in feet.",
        "This version corrects the name of the quay.",
        "Korrektur: In einer früheren Fassung stand eine falsche Zahl.",
    ],
)
@pytest.mark.parametrize("at_the_end", [False, True])
def test_a_correction_is_of_the_article(line: str, *, at_the_end: bool) -> None:
    paragraphs = [f"{LONG} It will take {number} summers, the board said." for number in range(5)]
    paragraphs.insert(len(paragraphs) if at_the_end else 0, line)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = "<html><head><title>Quay</title></head><body><nav><a href=/>Home</a></nav><article><h1>"
    page += f"Quay widened</h1>{body}</article><footer><p>All rights reserved.</p></footer></body>"
    assert line in extract(page.encode())["text"]


def test_a_noun_alone_corrects_nothing() -> None:
    assert not corrects("Correction officers walked out of the prison on Tuesday.")
    assert not corrects("The correction: a fall of four per cent.")


def test_text_outside_of_every_box_is_in_no_authors_box() -> None:
    tree = parse(f"<p>{LONG}</p><div class=author-bio>Mia Dahl covers the harbour.</div>")
    assert tree is not None
    cut = blocks_of(tree)
    cut.blocks[0] = cut.blocks[0]._replace(container=0)
    assert article_texts(cut)[0] == LONG


@pytest.mark.parametrize("text", [LONG, "東岸の埠頭を十二メートル広げることを港湾委員会が決めた。"])
@pytest.mark.parametrize(("share", "speeds"), [(1, [True]), (4, [True, False])])
def test_the_slow_engine_is_asked_where_the_fast_one_has_far_less(
    text: str, share: int, speeds: list[bool]
) -> None:
    """Counted in letters: there are scripts without spaces between words."""
    tree = parse("".join(f"<p>{text} {number}</p>" for number in range(8)))
    assert tree is not None
    cut, asked = blocks_of(tree), []

    def engine(*, fast: bool) -> str:
        asked.append(fast)
        texts = [block.text for block in cut.blocks]
        return "".join(texts[: len(texts) // share] if fast else texts)

    forest, features = load_blocks_model(), features_of(cut, About())
    text_by_blocks(forest, article_texts(cut), features, engine, sure=1.1)
    assert asked == speeds


BOXES = st.sampled_from(
    [
        *("<div>", "<section>", "<aside>", "<nav>", "<footer>", "<form>", "<header>", "<button>"),
        *("<div class=author-bio>", "<div class=comments>", "<figure>", "<td>", "<ul><li>"),
        *("<div hidden>", "<p>Comments</p>", "<h3>Comments</h3>", "<input type=email>", "</div>"),
    ]
)


@given(st.lists(st.one_of(BOXES, st.integers(0, 9)), min_size=1, max_size=24), st.integers(0, 9))
def test_stripping_leaves_half_of_the_prose(parts: list[str | int], last: int) -> None:
    """Whatever boxes it stands in, but for what readers write below a heading for it."""
    said = [f"{LONG} It will take {part} summers." for part in [*parts, last] if part in range(10)]
    markup = "".join(
        part if isinstance(part, str) else f"<p>{LONG} It will take {part} summers.</p>"
        for part in [*parts, last]
    )
    tree = parse(f"<html><body>{markup}</body></html>")
    assert tree is not None
    left = " ".join(article_texts(blocks_of(tree)))
    if "<h3>Comments</h3>" not in parts:
        assert 2 * sum(left.count(text) for text in set(said)) >= len(said)


@given(st.lists(st.sampled_from([LONG, "Refrain", "Another line of the song", LONG[::-1]])))
def test_no_paragraph_is_in_a_body_twice(lines: list[str]) -> None:
    kept = tidy("\n".join(lines)).splitlines()
    assert all(kept.count(line) <= 1 for line in (LONG, LONG[::-1]))
    assert {*kept} == {*lines}
