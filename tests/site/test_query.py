"""What is written into the box of search, and what is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.settings import HOME
from newswatch.site.query import LONGEST, MOST_CLAUSES, clauses_of, variants_of
from newswatch.store.site.search_words import Clause

FORMS = ("Ann Berg", "Berg", "Берг")
NAMES = {"ann berg": FORMS, "berg": FORMS, "берг": FORMS}
NAME = Clause(FORMS, is_open=True)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", ()),
        ("peace talks", (Clause(("peace",)), Clause(("talks",)))),
        ('"peace talks"', (Clause(("peace talks",)),)),
        ('"peace talks', (Clause(("peace talks",)),)),
        ("peace OR talks", (Clause(("peace", "talks")),)),
        ("peace | talks now", (Clause(("peace", "talks")), Clause(("now",)))),
        ("OR peace", (Clause(("peace",)),)),
        ("peace OR", (Clause(("peace",)),)),
        ("peace or talks", (Clause(("peace",)), Clause(("or",)), Clause(("talks",)))),
        ("-peace", (Clause(("peace",), negated=True),)),
        ('-"peace talks"', (Clause(("peace talks",), negated=True),)),
        ("peace OR -talks", (Clause(("peace",)), Clause(("talks",), negated=True))),
        ("negotiat*", (Clause(("negotiat",), is_open=True),)),
        ("cease-fire", (Clause(("cease-fire",)),)),
        ('- * -- "" \'', ()),
        ("Berg", (NAME,)),
        ("BERG", (NAME,)),
        ("Берг", (NAME,)),
        ("Ann Berg landed", (NAME, Clause(("landed",)))),
        ('"Ann Berg"', (NAME,)),
        ("Ann -Berg", (Clause(("Ann",)), Clause(FORMS, negated=True, is_open=True))),
        ("Bob OR Berg", (Clause(("Bob", *FORMS), is_open=True),)),
    ],
)
def test_what_is_understood(text: str, clauses: tuple[Clause, ...]) -> None:
    assert clauses_of(text, NAMES) == clauses


@given(st.text(max_size=LONGEST * 2))
def test_anything_may_be_written(text: str) -> None:
    clauses = clauses_of(text, NAMES)
    assert len(clauses) <= MOST_CLAUSES
    assert all(clause.phrases and all(clause.phrases) for clause in clauses)
    assert "\x00" not in "".join(phrase for clause in clauses for phrase in clause.phrases)


def test_people_of_the_library_are_known_and_places_are_not() -> None:
    variants = variants_of(HOME / "dags" / "watchlist")
    assert "Уиткофф" in variants["witkoff"]
    assert "kyiv" not in variants
