"""The glossary has every word that a class of the library's middle or a table is made of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
LIBRARY = HOME / "plugins" / "newswatch"
ROOMS = ("models", "copies", "stories", "stages", "store")
_NEW_RELATION = re.compile(r"create (?:or replace )?(?:table|view) (\w+)\.(\w+)")
_WORD_OF_CLASS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def sources(room: str) -> list[Path]:
    path = LIBRARY / room
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def class_names(source: str) -> list[str]:
    return [node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]


def relations() -> Iterator[tuple[str, str]]:
    for path in sorted((HOME / "sql").rglob("*.sql")):
        for schema, name in _NEW_RELATION.findall(path.read_text(encoding="utf-8")):
            yield f"{schema}.{name}", name


def singular(word: str) -> str:
    return re.sub(r"ie$", "y", word[:-1]) if word.endswith("s") and len(word) > 3 else word


def entries() -> set[str]:
    """Every word of the first column of the glossary's tables."""
    text = (HOME / "docs" / "glossary.md").read_text(encoding="utf-8")
    columns = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    return {singular(word.lower()) for column in columns for word in re.findall(r"\w+", column)}


@pytest.mark.parametrize("room", ROOMS)
def test_every_word_of_a_class_is_in_the_glossary(room: str) -> None:
    missing = {
        f"{word} ({name})"
        for path in sources(room)
        for name in class_names(path.read_text(encoding="utf-8"))
        for word in map(str.lower, _WORD_OF_CLASS.findall(name))
        if singular(word) not in entries()
    }
    assert not missing, "docs/glossary.md: add the word, or name the class by one that is there"


def test_every_word_of_a_table_or_view_is_in_the_glossary() -> None:
    found = dict(relations())
    assert "news.article" in found
    missing = {
        f"{word} ({full})"
        for full, name in found.items()
        for word in name.split("_")
        if singular(word) not in entries()
    }
    assert not missing, "docs/glossary.md: add the word, or name the table by one that is there"


def test_a_word_has_one_entry() -> None:
    text = (HOME / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    terms = [term.strip() for column in words for term in column.split(",") if term != "word"]
    assert len(terms) == len(set(terms))


def test_no_two_classes_share_a_name() -> None:
    """Of those that other modules see, within the rooms that meet in a decision."""
    places: dict[str, list[str]] = {}
    for room in ("models", "copies", "stories", "store", "stages", "topics", "digest", "feeds"):
        for path in sources(room):
            for name in class_names(path.read_text(encoding="utf-8")):
                if not name.startswith("_"):
                    places.setdefault(name, []).append(str(path.relative_to(LIBRARY)))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_no_loop_calls_what_it_goes_through_one() -> None:
    """Nor by another word that says nothing."""
    found = [
        f"{path.relative_to(HOME)}:{node.lineno}"
        for folder in ("plugins", "dags", "deploy", "tests")
        for path in sorted((HOME / folder).rglob("*.py"))
        for loop in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(loop, ast.For | ast.AsyncFor | ast.comprehension)
        for node in [loop.target]
        if isinstance(node, ast.Name) and node.id in ("one", "thing", "it", "x", "elem", "obj")
    ]
    assert found == []
