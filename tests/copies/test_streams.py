"""Short streams of invented articles: which the last one of each copies, and why it does not."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from newswatch.copies.decide import decide
from newswatch.copies.decision import Decision
from newswatch.copies.document import Document
from newswatch.copies.fingerprint import fingerprint
from newswatch.copies.wording import Wording

STREAMS = Path(__file__).parent / "streams"
LANGUAGES = {"ar-tashkil": "ar", "he-niqqud": "he", "zh-toll": "zh"}
COPIES = ("ar-tashkil", "boilerplate-other-outlet", "he-niqqud")
ORIGINALS = {  # and a word of the reason
    "boilerplate-first-articles": "headline",
    "generic-headline-only": "no passage",
    "generic-headline-short": "no passage",
    "liveblog-new-url": "ceasefire",
    "negation": "rejected",
    "numbers-tampered": "410",
    "person-template": "Olha Petrenko",
    "seed-followup-1new6old": "Witkoff",
    "seed-followup-2new4old": "joint",
    "toll-first-then-dozens": "fifty-two",
    "toll-other-outlet-new-headline": "41",
    "transcript-parts": "of it is new",
    "writethru-replaced": "Witkoff",
    "zh-toll": "三十一",
}


def document(number: int, row: dict[str, Any], language: str) -> Document:
    return Document(
        number,
        fingerprint(row["text"], row["title"]),
        row["outlet"],
        row["title"],
        datetime.fromisoformat(row["published"]),
        wording=Wording(row["title"], row["text"], language, row["outlet"]),
    )


def seed() -> Document:
    text = (STREAMS / "halden.txt").read_text(encoding="utf-8")
    return Document(
        0,
        fingerprint(text),
        "",
        "halden",
        None,
        is_seed=True,
        wording=Wording("", text, "en"),
    )


def last_of(name: str) -> Decision:
    lines = (STREAMS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    language = LANGUAGES.get(name, "en")
    documents = [
        document(number, json.loads(line), language) for number, line in enumerate(lines, start=1)
    ]
    earlier = [seed()] if name.startswith("seed-") else documents[:-1]
    return decide(documents[-1], earlier)


@pytest.mark.parametrize("name", COPIES)
def test_what_tells_nothing_new_is_a_copy(name: str) -> None:
    assert last_of(name).original_id == 1


@pytest.mark.parametrize(("name", "said"), ORIGINALS.items())
def test_what_tells_more_or_otherwise_is_an_original(name: str, said: str) -> None:
    decision = last_of(name)
    assert (decision.kind, decision.original_id) == (None, None)
    assert said in decision.reason


def test_a_shared_footer_makes_no_update() -> None:
    assert last_of("boilerplate-first-articles").relation == "related"


def test_an_update_names_what_it_adds_and_a_template_what_it_changes() -> None:
    update, template = last_of("writethru-replaced"), last_of("person-template")
    assert (update.relation, update.compared_id) == ("update", 1)
    assert update.added[0].startswith("A ceasefire between the two sides took effect")
    assert template.relation == "template"
    assert [(change.before, change.after) for change in template.changes][:2] == [
        ("Poltava", "Dnipro"),
        ("Ivan Horbenko", "Olha Petrenko"),
    ]
