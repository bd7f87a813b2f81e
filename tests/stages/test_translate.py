"""Foreign headlines of an edition go to the translator that is set; what fails costs a language."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from digest.editions import READER, build
from digest.invented import DAYS
from newswatch.settings import Settings, read_settings
from newswatch.stages.translate import translations

ARABIC = "الوسطاء يغادرون لارنكا بجدول زمني"
PERSIAN = "مذاکرات در لوسرن ادامه دارد"
NO_HEBREW = """
import json, sys
asked = json.load(sys.stdin)
if asked["from"] == "he":
    sys.exit("no Hebrew")
json.dump({"texts": [f"{asked['from']} in {asked['to']}" for _ in asked["texts"]]}, sys.stdout)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "translate.py").write_text(NO_HEBREW)
    return read_settings({}, translator=shlex.join([sys.executable, f"{tmp_path}/translate.py"]))


def test_one_language_that_fails_costs_itself_only(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    edition = build(DAYS["right-to-left"])
    assert translations(settings, READER, edition) == {ARABIC: "ar in en", PERSIAN: "fa in en"}
    assert "no translation from he" in caplog.text


def test_what_the_reader_reads_is_not_translated(settings: Settings) -> None:
    reader = replace(READER, languages=("fr", "ar", "he"))
    found = translations(settings, reader, build(DAYS["right-to-left"], reader))
    assert set(found.values()) == {"en in fr", "fa in fr"}
    assert ARABIC not in found


def test_without_a_translator_nothing_is_invented() -> None:
    assert translations(read_settings({}), READER, build(DAYS["right-to-left"])) == {}
