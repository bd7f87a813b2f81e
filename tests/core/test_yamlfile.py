"""Every error in a file that people edit names its place and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.errors import InputError
from newswatch.yamlfile import Node, parse_yaml, read_yaml


def read_feed(text: str) -> str:
    """A reader as the rooms write them."""
    root = parse_yaml(text, "feeds.yaml")
    row = root.mapping(required=("url",), optional=("kind", "urgent", "weight", "tags"))
    if "kind" in row:
        row["kind"].one_of(("wire", "newspaper"))
    if "urgent" in row:
        row["urgent"].boolean()
    if "weight" in row:
        row["weight"].number(minimum=0, maximum=1)
    if "tags" in row:
        row["tags"].texts()
    return row["url"].text()


def test_a_right_file() -> None:
    text = "url: 'https://a.example/feed'\nkind: wire\nurgent: true\nweight: 0.5\ntags: [a, b]"
    assert read_feed(text) == "https://a.example/feed"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ulr: x", "feeds.yaml:1:1: unknown key 'ulr'; did you mean 'url'?"),
        ("kind: wire", "feeds.yaml:1:1: 'url' is missing; add a line 'url: ...'"),
        (
            "url: x\nkind: newspapr",
            "feeds.yaml:2:7: 'newspapr' is not one of wire, newspaper; did you mean 'newspaper'?",
        ),
        ("url: x\nurl: y", "feeds.yaml:2:1: 'url' stands twice; keep one: the first is on line 1"),
        ("url: [x]", "feeds.yaml:1:6: expected a text here; write one value"),
        ("url: x\nurgent: yes", "feeds.yaml:2:9: 'yes' is not one of true, false"),
        ("url: x\nweight: high", "feeds.yaml:2:9: 'high' is not a number"),
        ("url: x\nweight: 2", "feeds.yaml:2:9: 2 is outside 0 to 1"),
        ("url: x\ntags: one", "feeds.yaml:2:7: expected a list here"),
        ("- url: x", "feeds.yaml:1:1: expected 'key: value' lines here"),
        ("url: 'x", "feeds.yaml:1:8: not valid YAML"),
        ("", "feeds.yaml: the file is empty"),
        ("url: x\nweight: .nan", "feeds.yaml:2:9: '.nan' is not a number; write digits"),
        ("url: x\nweight: nan", "feeds.yaml:2:9: 'nan' is not a number; write digits"),
        ("url: x\nweight: inf", "feeds.yaml:2:9: 'inf' is not a number"),
        ("url: x\nkind: a\0b", "feeds.yaml:2:8: it holds the control character '\\x00'"),
        ('url: "x\\0"', "feeds.yaml:1:6: it holds the control character '\\x00'; take it out"),
        ('url: "\\ud800"', "feeds.yaml:1:6: it holds the control character '\\ud800'"),
        ('url: "\\e[31m"', "feeds.yaml:1:6: it holds the control character '\\x1b'"),
        ("url: " + "{a: " * 5_000, "feeds.yaml:1:"),
        ("url: " + "- " * 5_000, "feeds.yaml:1:6: not valid YAML"),
    ],
)
def test_errors_name_the_place_and_the_mend(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_feed(text)
    assert str(caught.value).startswith(message)


@given(st.text(alphabet=st.sampled_from("[]{}:,-&*!|>'\"#%@ \n\tab\0\ud800"), max_size=60))
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    told = "feeds.yaml"
    try:
        read_feed(text)
    except InputError as error:
        told = str(error)
    assert told.startswith("feeds.yaml")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_yaml(tmp_path / "none.yaml")


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("url: caf\xe9".encode("latin-1"))
    with pytest.raises(InputError, match=r"not UTF-8.*save it as UTF-8"):
        read_yaml(path)


def test_text_of_a_node_is_as_written() -> None:
    root: Node = parse_yaml("day: 2025-12-17", "x.yaml")
    assert root.mapping(required=("day",))["day"].text() == "2025-12-17"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n  b: " + "[" * 5_000, "f.yaml:2:54: more than 50 lists or blocks in one another"),
        ("a: &x [1, 1]\nb: &y [*x, *x]\n", "f.yaml:1:4: &x would be the name of a place"),
        ("- tariff\n- *tariff\n", "f.yaml:2:3: *tariff would be a reference"),
    ],
)
def test_bombs_are_refused_where_they_stand(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_yaml(text, "f.yaml")
    assert str(caught.value).startswith(message)
    assert caught.value.mend
