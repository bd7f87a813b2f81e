"""Every file, function, class and table that docs/tour.md and docs/how-to.md name is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from newswatch.settings import HOME

PAGES = ("tour.md", "how-to.md")
LIBRARY = HOME / "plugins" / "newswatch"
_FOLDERS = ("plugins/", "dags/", "sql/", "tests/", "docs/", "deploy/", ".")


def named(page: str, pattern: str) -> list[str]:
    text = (HOME / "docs" / page).read_text(encoding="utf-8")
    return [name for name in re.findall(r"`([^`\n]+)`", text) if re.fullmatch(pattern, name)]


def paths(page: str) -> list[str]:
    """What is named as a file or folder; NAME stands for what a reader chooses."""
    found = named(page, r"\.?[\w*-]+(/[\w*.-]*)+|[\w-]+\.py|\.\w+")
    return [path for path in found if "NAME" not in path]


@cache
def definitions() -> dict[str, set[Path]]:
    """Functions and classes of the library, by the files that define them."""
    found: dict[str, set[Path]] = {}
    for path in LIBRARY.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    found.setdefault(name, set()).add(path)
                case ast.ClassDef(name=name):
                    found.setdefault(name, set()).add(path)
                case ast.Assign(targets=[ast.Name(id=name)]):
                    found.setdefault(name, set()).add(path)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_each_path_is_there(page: str) -> None:
    for path in paths(page):
        folder = HOME if path.startswith(_FOLDERS) else LIBRARY
        assert list(folder.glob(path)), f"{page}: {path}"
    assert len(paths(page)) > 20


@pytest.mark.parametrize("page", PAGES)
def test_each_function_and_class_is_defined_in_a_file_that_its_paragraph_names(page: str) -> None:
    text = (HOME / "docs" / page).read_text(encoding="utf-8")
    names = 0
    for paragraph in re.split(r"\n\n|\n(?=\d\. )", text):
        files = {LIBRARY / path for path in re.findall(r"`([\w/]+\.py)`", paragraph)}
        for function, kind in re.findall(r"`(?:([a-z_]\w*)\(\)|([A-Z]\w*[a-z]\w*))`", paragraph):
            name = function or kind
            where = definitions().get(name, set())
            assert where & files, f"{page}: {name} is in {sorted(map(str, where))}: {paragraph}"
            names += 1
    assert names > 5


@pytest.mark.parametrize("page", PAGES)
def test_each_table_and_view_is_in_the_sql(page: str) -> None:
    sql = "\n".join(path.read_text() for path in sorted((HOME / "sql").rglob("*.sql")))
    for name in named(page, r"(news|analyst|ops)\.\w+"):
        assert re.search(rf"create (table|view|domain) {re.escape(name)}\b", sql), f"{page}: {name}"


@pytest.mark.parametrize("page", PAGES)
def test_each_link_leads_somewhere(page: str) -> None:
    text = (HOME / "docs" / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (HOME / "docs" / target).exists(), target
