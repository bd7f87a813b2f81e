"""Documents as feeds really publish them, each with what is right of its first entry."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evaluation.feed_cases import wrong_claims

CASES = Path(__file__).parent / "cases"
TABLE = (CASES / "VALUES.tsv").read_text().splitlines()
ROWS = list(csv.DictReader(TABLE, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_what_is_right(row: dict[str, str]) -> None:
    assert wrong_claims((CASES / row["file"]).read_bytes(), row["url"], row["right"]) == []


def test_a_wrong_claim_is_told_of() -> None:
    body = (CASES / "link-na.xml").read_bytes()
    (told,) = wrong_claims(body, "https://feed.test/", "link = 'https://feed.test/'; n = 1")
    assert told == "link = 'https://feed.test/', but None"
