"""`newswatch dedupe`, `compare` and `seeds`: lines in, lines out, and what a person can mend."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from copies.texts import HARBOUR, TUNNEL, joined, keep, prose
from newswatch.cli.main import cli
from newswatch.settings import HOME
from stories.abroad import TALKS

Run = Callable[..., Result]


@pytest.fixture
def run(database: str, postgres: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("NEWSWATCH_DATABASE_URL", database)
    monkeypatch.setenv("NEWSWATCH_ADMIN_DATABASE_URL", postgres)

    def invoke(*arguments: str, lines: list[dict[str, Any]] | None = None) -> Result:
        text = "\n".join(json.dumps(line) for line in lines or [])
        return CliRunner().invoke(cli, arguments, input=text, catch_exceptions=False)

    return invoke


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def line(name: str, text: str, **more: str) -> dict[str, Any]:
    return {"id": name, "title": f"Report {name}", "text": text, **more}


def test_dedupe_decides_in_order(run: Run) -> None:
    found = rows(
        run(
            "dedupe",
            lines=[
                line("a", HARBOUR, url="https://courier.example/pier?utm_source=feed"),
                line("b", HARBOUR, outlet="Gazette"),
                line("c", keep(HARBOUR, 0.5), published="2026-03-02T12:00:00Z"),
                line("d", joined([TUNNEL, HARBOUR, prose(1, 200)])),
                line("e", TUNNEL),
                line("f", "Other words.", url="https://courier.example/pier"),
                line("g", HARBOUR.upper(), url="https://courier.example/pier"),
            ],
        )
    )
    assert [(row["id"], row["duplicate_of"], row["kind"]) for row in found] == [
        ("a", None, None),
        ("b", "a", "exact"),
        ("c", "a", "contained"),
        ("d", None, None),
        ("e", "d", "contained"),
        ("f", "a", "revision"),
        ("g", "a", "exact"),
    ]
    assert [row["coverage"] for row in found[5:]] == [0.0, 1.0]
    assert [row["story"] for row in found[:3]] == ["a", "a", "a"]
    assert found[2]["coverage"] == 1.0
    assert found[2]["reason"].startswith("100 % of this text stands in")
    assert found[3]["contains"] == [{"id": "a", "coverage": 1.0}]
    assert found[4]["passages"]


def test_dedupe_makes_one_article_of_a_headline_and_its_text(run: Run) -> None:
    title = {"title": "Eastern ferry terminal to close for eleven weeks", "outlet": "Courier"}
    bare, full = line("bare", "") | title, line("full", HARBOUR) | title
    for lines, kind in (([bare, full], "revision"), ([full, bare], "contained")):
        first, second = rows(run("dedupe", lines=lines))
        assert (first["kind"], second["kind"]) == (None, kind)
        assert second["duplicate_of"] == second["story"] == first["id"]


def test_dedupe_of_nothing_is_nothing(run: Run) -> None:
    assert rows(run("dedupe")) == []


def test_dedupe_knows_seeds_by_their_fingerprint(run: Run, tmp_path: Path) -> None:
    (tmp_path / "harbour-2026.txt").write_text(HARBOUR)
    out = tmp_path / "shipped"
    made = run("seeds", "fingerprint", str(tmp_path / "harbour-2026.txt"), "--out", str(out))
    assert made.exit_code == 0
    found = rows(
        run("dedupe", "--seeds", str(out), lines=[line("x", TUNNEL), line("y", keep(HARBOUR, 0.5))])
    )
    assert [(row["duplicate_of"], row["kind"]) for row in found] == [
        (None, None),
        ("harbour-2026", "contained"),
    ]


def test_dedupe_knows_the_shipped_seed(run: Run) -> None:
    seeds = str(HOME / "dags" / "watchlist" / "seeds")
    assert rows(run("dedupe", "--seeds", seeds, lines=[line("x", TUNNEL)]))[0]["kind"] is None


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([{"id": "a", "title": "x"}], "<stdin>:1: 'text' is missing or not a string"),
        ([line("a", HARBOUR, published="soon")], "<stdin>:1: published 'soon' is not an ISO time"),
    ],
)
def test_dedupe_names_the_broken_line(run: Run, lines: list[dict[str, Any]], message: str) -> None:
    result = run("dedupe", lines=lines)
    assert result.exit_code == 2
    assert message in result.stderr


def test_compare_judges_pairs(run: Run) -> None:
    pairs = [
        {"id": 1, "a": HARBOUR, "b": HARBOUR.upper()},
        {"id": 2, "a": HARBOUR, "b": keep(HARBOUR, 0.5)},
        {"id": 3, "a": HARBOUR, "b": joined([TUNNEL, prose(1, 90), HARBOUR])},
        {"id": 4, "a": HARBOUR, "b": TUNNEL},
    ]
    found = rows(run("compare", "--jsonl", lines=pairs))
    assert [(row["id"], row["duplicate"], row["kind"]) for row in found] == [
        (1, True, "exact"),
        (2, True, "contained"),
        (3, True, "contains"),
        (4, False, None),
    ]
    assert found[1]["coverage_b"] == 1.0
    assert found[1]["coverage_a"] == found[1]["jaccard"] < 0.6
    assert found[3]["reason"].endswith("not a copy.")


def test_seeds_are_loaded_once_and_listed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tube.txt").write_text(TUNNEL)
    paragraphs = "".join(f"<p>{part}</p>" for part in HARBOUR.split("\n“"))
    (tmp_path / "pier.html").write_text(
        f"<html><head><title>Pier</title></head><body><article><h1>Pier</h1>{paragraphs}"
        "</article></body></html>"
    )
    (tmp_path / "more.jsonl").write_text(json.dumps({"name": "prose", "text": prose(1)}) + "\n")
    assert run("seeds", "load", str(tmp_path)).stdout.splitlines() == [
        "loaded: prose",
        "loaded: pier",
        "loaded: tube",
    ]
    assert run("seeds", "load", str(tmp_path)).stdout.count("known already") == 3
    listed = json.loads(run("seeds", "list", "--json").stdout)
    assert [row["name"] for row in listed] == ["pier", "prose", "tube"]
    assert all(row["has_text"] and row["words"] > 100 for row in listed)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.json", "{}", "not a seed's fingerprint"),
        ("x.json", "{", "not JSON"),
        ("x.txt", "", "the file is empty"),
        ("x.pdf", "%PDF", "a .pdf file"),
        ("x.jsonl", '{"name": "n"}\n', "x.jsonl:1: not a seed"),
    ],
)
def test_seeds_name_the_broken_file(
    run: Run, tmp_path: Path, name: str, content: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    result = run("seeds", "load", str(path))
    assert result.exit_code == 2
    assert message in result.stderr


def test_edition_tells_the_entry_of_each_line(run: Run) -> None:
    """Reports of one event in two languages are one entry, a copy is where its original is."""
    told = [
        {"id": name, "title": TALKS[language][0], "text": TALKS[language][1], "language": language}
        for name, language in (("a", "en"), ("b", "es"), ("c", "en"))
    ]
    lines = [told[0], line("x", HARBOUR), *told[1:]]
    found = rows(run("dedupe", "--edition", lines=lines))
    assert [(row["id"], row["entry"]) for row in found] == [
        ("a", "a"),
        ("x", "x"),
        ("b", "a"),
        ("c", "a"),
    ]
    without = rows(run("dedupe", lines=lines))
    assert without == [{name: row[name] for name in row if name != "entry"} for row in found]
