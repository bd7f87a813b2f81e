"""Train the model that tells which blocks of a page are its article.

    make train-extraction DATA=folder        cross-validated figures, then the model
    make train-extraction DATA=folder CHECK=1    the same, compared with the stored model

A fold holds whole sites, so no page is scored by a model that has seen its outlet. Each page is
learnt once more with its text in other boxes (`rebuilt_pages`). The model is the same to the byte
for the same pages: LightGBM runs deterministically, and what it learnt is stored as flat arrays.
LightGBM is needed here only.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from evaluation.labelled_pages import LabelledPage, labelled_pages, word_f1
from evaluation.rebuilt_pages import rebuild
from newswatch.extract.body import about_page
from newswatch.extract.features import Features, features_of, squeezed, with_vote
from newswatch.extract.forest import Forest, forest_of
from newswatch.extract.metadata import read_claims
from newswatch.extract.page_text import SURE, article_texts, ask_engine, text_by_blocks
from newswatch.extract.title import title_of
from newswatch.extract.tree import parse
from newswatch.extract.walk import blocks_of
from newswatch.text.charset import decode

MODEL = Path("plugins/newswatch/extract/forest.npz")
FOLDS = 5
OTHER_SHARE = 0.35  # of the blocks that are no article: there are ten times as many
GENERAL = frozenset(("wcxb-dev",))  # guides, reviews, blogs
NEWS_WEIGHT = 3.0  # of a news page beside one of those
REBUILT = "rebuilt"  # pages whose text is put into other boxes
TRUSTED = 0.6  # F1 of the engine's text with the label; below it the label is of another page
ASKED_BELOW = tuple(sorted({0.0, 0.85, 0.9, 0.92, SURE, 0.95, 1.0}))
TREES = 80
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.12,
    "num_leaves": 15,
    "max_depth": 7,
    "min_data_in_leaf": 60,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "feature_fraction": 0.5,
    "seed": 0,
    "num_threads": 1,
    "verbose": -1,
    "deterministic": True,
    "force_row_wise": True,
}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A page ready to learn from; `wanted` is the share of each block that its label has."""

    collection: str
    site: str
    label: str
    texts: list[str]
    features: Features
    wanted: NDArray[np.float64]
    fast: str
    default: str
    is_news: bool
    trusted: bool


def examples_of(page: LabelledPage) -> list[Example]:
    """The page as it is and rebuilt; none for a page without any text."""
    found = [example_of(page), example_of(page, rebuilt=True)]
    return [example for example in found if example is not None]


def example_of(page: LabelledPage, *, rebuilt: bool = False) -> Example | None:
    """None for a page without any text, or that cannot be rebuilt."""
    markup = decode(page.html).text
    tree = parse(markup)
    if tree is None or (rebuilt and not rebuild(tree, page.text, page.url)):
        return None
    claims = read_claims(tree, page.url)
    about = about_page(claims, title_of(claims).value)
    cut = blocks_of(tree)
    fast, default = (ask_engine(tree, fast=fast) for fast in (True, False))
    if not cut.blocks:
        return None
    features = features_of(cut, about)
    texts = article_texts(cut)
    return Example(
        REBUILT if rebuilt else page.collection,
        page.site,
        page.text,
        texts,
        features,
        np.array(list(_wanted([block.text for block in cut.blocks], features.squeezed, page.text))),
        fast,
        default,
        is_news=page.collection not in GENERAL,
        trusted=page.collection != "mixed" or word_f1(fast, page.text) >= TRUSTED,
    )


def _wanted(texts: Sequence[str], keys: Sequence[str], label: str) -> Iterator[float]:
    """The share of each block's word trigrams that stands in the label."""
    words = _WORD.findall(label.lower())
    trigrams = set(zip(words, words[1:], words[2:], strict=False))
    lines, whole = set(map(squeezed, label.splitlines())), squeezed(label)
    for text, key in zip(texts, keys, strict=True):
        own = _WORD.findall(text.lower())
        if key in lines:
            yield 1.0
        elif len(own) >= 3:
            pairs = list(zip(own, own[1:], own[2:], strict=False))
            yield sum(pair in trigrams for pair in pairs) / len(pairs)
        else:  # a line of a script without spaces is one or two "words"
            yield float(not text.isascii() and len(key) >= 12 and key in whole)


def train(examples: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """The forest's arrays. Each page counts twice: with the engine's vote, and without."""
    random = np.random.RandomState(0)
    rows, labels, weights = [], [], []
    for example in examples:
        if not example.trusted:
            continue
        is_text = example.wanted >= 0.5
        kept = is_text | (random.rand(len(is_text)) < OTHER_SHARE)
        words = example.features.words
        share = (words + 1) / max(30.0, float((example.wanted * words).sum())) * 100 + 0.05
        weight = np.minimum(share, 40) * np.where(is_text, 1, 1 / OTHER_SHARE)
        weight = weight * (NEWS_WEIGHT if example.is_news else 1.0)
        alone = example.features.rows
        for matrix in (_voted(example, example.fast), alone):
            rows.append(matrix[kept])
            labels.append(is_text[kept])
            weights.append(weight[kept])
    data = lightgbm.Dataset(np.vstack(rows), np.concatenate(labels), weight=np.concatenate(weights))
    booster = lightgbm.train(PARAMETERS, data, TREES)
    return flattened(booster.dump_model()["tree_info"])


def _voted(example: Example, engine: str) -> NDArray[np.float32]:
    vote = squeezed(engine)
    said = np.array([bool(vote) and key in vote for key in example.features.squeezed])
    return with_vote(example.features.rows, said, len(vote))


def flattened(trees: Sequence[dict[str, Any]]) -> dict[str, NDArray[Any]]:
    """LightGBM's trees as arrays over all their nodes; a leaf leads to itself."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        place = len(feature)
        feature.append(node.get("split_feature", 0))
        threshold.append(node.get("threshold", np.inf))
        value.append(node.get("leaf_value", 0.0))
        left.append(place)
        right.append(place)
        if "leaf_value" not in node:
            left[place] = add(node["left_child"], depth + 1)
            right[place] = add(node["right_child"], depth + 1)
        return place

    roots = [add(tree["tree_structure"], 0) for tree in trees]
    return {
        "feature": np.array(feature, np.uint8),
        "threshold": np.array(threshold, np.float32),
        "left": np.array(left, np.int16),
        "right": np.array(right, np.int16),
        "value": np.array(value, np.float16),
        "root": np.array(roots, np.int16),
        "depth": np.array(deepest),
    }


def cross_validated(examples: Sequence[Example]) -> list[str]:
    """Two tables with a line a collection, of pages whose site was not trained on: the mean F1 with
    the engine's beside, and what asking the engine more or less often gives."""
    fold = [
        int(hashlib.sha256(example.site.encode()).hexdigest(), 16) % FOLDS for example in examples
    ]
    scores: dict[str, list[Score]] = defaultdict(list)
    for number in range(FOLDS):
        learnt = [page for page, its in zip(examples, fold, strict=True) if its != number]
        forest = forest_of(train(learnt))
        for example, its in zip(examples, fold, strict=True):
            if its == number:
                scores[example.collection].append(_score(example, forest))
    lines = ["| collection | pages | ours | below .8 | asked | engine | engine, fast |"]
    lines.append("|---|---|---|---|---|---|---|")
    for name, pages in scores.items():
        ours, asked = _at(pages, SURE)
        low = mean(page.ours[SURE] < 0.8 for page in pages)
        default, fast = mean(page.default for page in pages), mean(page.fast for page in pages)
        lines.append(
            f"| {name} | {len(pages)} | {ours:.4f} | {low:.3f} | {asked:.2f} | {default:.4f} |"
            f" {fast:.4f} |"
        )
    lines += ["", "F1 (and share of pages) where the engine is asked below an expected F1 of", ""]
    lines.append(f"| collection | {' | '.join(f'{sure:.2f}' for sure in ASKED_BELOW)} |")
    lines.append(f"|---|{'---|' * len(ASKED_BELOW)}")
    for name, pages in scores.items():
        cells = ("{:.4f} ({:.2f})".format(*_at(pages, sure)) for sure in ASKED_BELOW)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


@dataclass(frozen=True, slots=True)
class Score:
    """F1 of one page: ours and whether the engine was asked, by when it is; the engine's own."""

    ours: dict[float, float]
    asked: dict[float, bool]
    default: float
    fast: float


def _at(pages: Sequence[Score], sure: float) -> tuple[float, float]:
    """Mean F1, and the share of pages that the engine was asked on."""
    return mean(page.ours[sure] for page in pages), mean(page.asked[sure] for page in pages)


def _score(example: Example, forest: Forest) -> Score:
    def engine(*, fast: bool) -> str:
        return example.fast if fast else example.default

    found = {
        sure: text_by_blocks(forest, example.texts, example.features, engine, sure=sure)
        for sure in ASKED_BELOW
    }
    return Score(
        {sure: word_f1(page.text, example.label) for sure, page in found.items()},
        {sure: page.method != "blocks" for sure, page in found.items()},
        word_f1(example.default, example.label),
        word_f1(example.fast, example.label),
    )


def main(data: Path, *, write: bool) -> None:
    with ProcessPoolExecutor() as processes:
        found = processes.map(examples_of, labelled_pages(data), chunksize=8)
        examples = [example for examples in found for example in examples]
    print(f"{len(examples)} pages of {len({page.site for page in examples})} sites")
    print(*cross_validated(examples), sep="\n")
    trained = train(examples)
    if write:
        save = partial(np.savez_compressed, MODEL)
        save(**trained)
        print(f"{MODEL}: {MODEL.stat().st_size:,} bytes")
    else:
        print(f"{MODEL} is {'the same' if is_stored(trained) else 'another'}")


def is_stored(trained: dict[str, NDArray[Any]]) -> bool:
    """Whether the model in the repository is that one, to the byte."""
    with np.load(MODEL) as stored:
        return set(stored) == set(trained) and all(
            stored[name].tobytes() == array.tobytes() for name, array in trained.items()
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), write="--check" not in sys.argv)
