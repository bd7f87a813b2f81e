"""What came from outside is shown on a terminal, and does not steer it."""

from __future__ import annotations

import json
import unicodedata

import click
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from newswatch.cli.output import Commands, print_json_line, print_lines, print_rows
from newswatch.errors import InputError
from newswatch.text.invisible import shown

STEERING = st.sampled_from("\x00\x07\x08\x1b\r\n\t\x7f\x85\x9b\u061c\u200e\u202e\u2066\u2028\ud800")
HOSTILE = st.text(st.one_of(STEERING, st.characters()), max_size=20)


@click.group(cls=Commands)
def commands() -> None: ...


@commands.command()
@click.argument("text")
def tell(text: str) -> None:
    value = json.loads(text)
    print_lines([value])
    print_rows(("title",), [(value,)], as_json=False, title="rows")
    print_rows(("title",), [(value,)], as_json=True)
    print_json_line({"title": value})
    raise InputError(value, mend="look")


def steers(character: str) -> bool:
    return character != "\n" and (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(character) in BIDI
        or character in "\u061c\u200e\u200f"
    )


BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(HOSTILE)
def test_no_control_reaches_the_terminal(text: str) -> None:
    result = CliRunner().invoke(commands, ["tell", json.dumps(text)], catch_exceptions=True)
    assert result.exit_code == 2
    assert not [character for character in result.output if steers(character)]
    assert json.loads(result.stdout.splitlines()[-1]) == {"title": text}


@given(HOSTILE)
def test_a_text_stays_one_line(text: str) -> None:
    assert len(shown(text).splitlines()) <= 1
    assert shown("plain “text” · naïve") == "plain “text” · naïve"


def test_it_is_shown_as_its_escape() -> None:
    assert shown("a\x1b[31mb\u202ec\nd") == r"a\x1b[31mb\u202ec\nd"
