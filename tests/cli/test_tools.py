"""The stage tools on standard input: JSON lines in, JSON lines out, errors that name the line."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newswatch.cli.main import cli
from newswatch.copies.seeds import seed_of, to_json
from scratch import scratch

WORDS = (
    "The harbour board of Norrvik voted on Tuesday to widen the eastern quay by twelve "
    "metres, ending a dispute that has lasted since the old crane fell into the water. Work "
    "will begin in March and take two summers. Fishing boats will use the western basin in "
    "the meantime and pay no fee for it. The town will borrow forty million crowns, and the "
    "ferry company will repay it over twenty years, because its new ship was ordered before "
    "anybody asked whether she would fit beside the old quay."
)


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str | None]]:
    """An embedded server of this module's own."""
    with scratch() as state:
        made: dict[str, str | None] = {"NEWSWATCH_STATE_DIR": str(state)}
        assert CliRunner().invoke(cli, ["db", "start"], env=made).exit_code == 0
        yield made
        assert CliRunner().invoke(cli, ["db", "stop"], env=made).exit_code == 0


def lines(*rows: Any) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def run(
    arguments: list[str], text: str, environment: dict[str, str | None] | None = None
) -> Result:
    return CliRunner().invoke(cli, arguments, input=text, env=environment)


def answers(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestMatch:
    def test_flags_come_in_order_with_exact_spans(self) -> None:
        rows = [
            {"id": "a", "title": "Quay widened", "text": WORDS},
            {
                "id": 2,
                "title": "Envoy lands",
                "text": "Ĳs. On Monday Steve Witkoff’s plane landed.",
            },
        ]
        first, second = answers(run(["match"], lines(*rows)))
        assert first == {"id": "a", "language": "en", "flags": []}
        assert second["id"] == 2
        (flag,) = second["flags"]
        assert flag["topic"] == "witkoff"
        assert 0 < flag["score"] <= 1
        assert flag["reason"]
        source = {"title": "Envoy lands", "text": str(rows[1]["text"])}
        assert flag["mentions"]
        for mention in flag["mentions"]:
            field = source[mention["field"]]
            assert field[mention["start"] : mention["end"]] == mention["text"]
            assert mention["sentence"] == "On Monday Steve Witkoff’s plane landed."

    def test_a_broken_topic_is_named_with_its_line(self, tmp_path: Path) -> None:
        (tmp_path / "x.yaml").write_text(
            "id: x\nname: X\ngroups:\n  a: [b]\nrules:\n  - id: r\n    whn: a\n"
        )
        result = run(
            ["match", "--topics", str(tmp_path)], lines({"id": 1, "title": "", "text": ""})
        )
        assert result.exit_code == 2
        assert "x.yaml:7:5: unknown key 'whn'; did you mean 'when'?" in result.stderr


class TestCompare:
    @pytest.mark.parametrize(
        ("b", "duplicate", "kind"),
        [
            (WORDS, True, "exact"),
            (WORDS.upper(), True, "exact"),
            (WORDS[: len(WORDS) // 2], True, "contained"),
            (
                "Nothing of that is in this text about the weather in the mountains. " * 6,
                False,
                None,
            ),
        ],
        ids=["same", "capitals", "half", "other"],
    )
    def test_pairs(self, b: str, duplicate: bool, kind: str | None) -> None:
        (found,) = answers(run(["compare", "--jsonl"], lines({"id": 1, "a": WORDS, "b": b})))
        assert (found["duplicate"], found["kind"]) == (duplicate, kind)
        assert found["reason"]
        assert 0 <= found["coverage_a"] <= 1
        assert 0 <= found["coverage_b"] <= 1


class TestDedupe:
    def test_copies_are_named_by_the_ids_of_the_lines(
        self, environment: dict[str, str | None], tmp_path: Path
    ) -> None:
        seed = "A seed of the corpus speaks of the lighthouse and its keeper, who left. " * 12
        (tmp_path / "lighthouse.json").write_text(to_json(seed_of("lighthouse", seed)))
        rows = [
            {"id": "one", "title": "Quay", "text": WORDS, "url": "https://a.example/quay"},
            {
                "id": "two",
                "title": "Pier",
                "text": "Unlike words. " * 3 + WORDS[::-1],
                "outlet": "B",
            },
            {"id": "three", "title": "Quay again", "text": WORDS, "outlet": "C"},
            {
                "id": "four",
                "title": "Quay",
                "text": "x",
                "url": "https://a.example/quay?utm_source=z",
            },
            {"id": "five", "title": "Light", "text": seed, "published": "2026-01-14T10:00:00Z"},
        ]
        result = run(["dedupe", "--seeds", str(tmp_path)], lines(*rows), environment)
        found = {row["id"]: (row["duplicate_of"], row["kind"]) for row in answers(result)}
        assert found == {
            "one": (None, None),
            "two": (None, None),
            "three": ("one", "exact"),
            "four": ("one", "revision"),
            "five": ("lighthouse", "exact"),
        }
        stories = {row["id"]: row["story"] for row in answers(result)}
        assert stories["three"] == stories["one"] == "one"

    def test_a_wrong_time_is_named_with_its_line(self, environment: dict[str, str | None]) -> None:
        row = {"id": 1, "title": "a", "text": "b", "published": "yesterday"}
        result = run(["dedupe"], lines(row), environment)
        assert result.exit_code == 2
        assert "<stdin>:1: published 'yesterday' is not an ISO time" in result.stderr

    def test_the_scratch_database_is_dropped(self, environment: dict[str, str | None]) -> None:
        answers(run(["dedupe"], lines({"id": 1, "title": "a", "text": WORDS}), environment))
        from newswatch.store.server import embedded
        from newswatch.store.server.database import connect

        with connect(
            embedded.start(Path(str(environment["NEWSWATCH_STATE_DIR"])) / "postgres")
        ) as opened:
            left = opened.execute(
                "select datname from pg_database where datname ~ 'scratch'"
            ).fetchall()
        assert left == []


class TestExtract:
    page = f"<html><head><title>Quay</title></head><article><h1>Quay</h1><p>{WORDS}</p></article>"

    def test_lines_come_back_in_order(self) -> None:
        packed = base64.b64encode(self.page.encode()).decode()
        rows = [
            {"id": 1, "url": "https://a.example/1", "html": self.page},
            {"id": 2, "url": "https://a.example/2", "html": ""},
            {"id": 3, "url": "https://a.example/3", "html_b64": packed},
        ]
        found = answers(run(["extract", "--jsonl"], lines(*rows)))
        assert [row["id"] for row in found] == [1, 2, 3]
        assert [row["article"] is None for row in found] == [False, True, False]
        assert found[1]["reason"].startswith("empty: ")
        assert found[0]["article"]["text"] == found[2]["article"]["text"] == WORDS

    def test_one_page(self) -> None:
        (found,) = answers(run(["extract", "--url", "https://a.example/1"], self.page))
        assert (found["article"]["title"], found["reason"]) == ("Quay", None)

    def test_all_who_sign_are_authors_and_told_apart(self) -> None:
        meta = '<meta name="author" content="Ann Ro, Reuters Staff">'
        page = self.page.replace("<head>", f"<head>{meta}")
        (found,) = answers(run(["extract", "--url", "https://a.example/1"], page))
        names = [found["article"][key] for key in ("authors", "people", "organisations")]
        assert names == [["Ann Ro", "Reuters Staff"], ["Ann Ro"], ["Reuters Staff"]]


@pytest.mark.parametrize(
    ("arguments", "text", "message"),
    [
        (["match"], "{]\n", "<stdin>:1: not JSON"),
        (["match"], '{"id": 1, "title": "a", "text": "b"}\n[]\n', "<stdin>:2: not an object"),
        (["match"], '\n{"id": 1, "title": "a"}\n', "<stdin>:2: 'text' is missing or not a string"),
        (["compare", "--jsonl"], '{"id": 1, "a": 5, "b": ""}\n', "<stdin>:1: 'a' is missing"),
        (["extract", "--jsonl"], '{"id": 1, "url": "u", "html_b64": "?"}\n', "<stdin>:1: html_b64"),
        (["extract"], "", "give either --url or --jsonl"),
    ],
)
def test_wrong_input_is_exit_code_2_and_names_the_line(
    arguments: list[str], text: str, message: str
) -> None:
    result = run(arguments, text)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_wrong_setting_is_exit_code_2() -> None:
    result = run(["subscribers", "list"], "", {"NEWSWATCH_WATCHLIST": "/tmp"})
    assert result.exit_code == 2
    assert (
        "NEWSWATCH_WATCHLIST is not a setting; did you mean 'NEWSWATCH_WATCHLIST_DIR'?"
        in result.stderr
    )


class TestSeeds:
    def test_a_fingerprint_holds_no_word_of_the_text(self, tmp_path: Path) -> None:
        (tmp_path / "quay.txt").write_text(WORDS)
        result = run(
            ["seeds", "fingerprint", str(tmp_path / "quay.txt"), "--outlet", "The Post"], ""
        )
        assert result.exit_code == 0
        content = json.loads(result.stdout)
        assert (content["name"], content["outlet"], content["words"]) == ("quay", "The Post", 89)
        for word in ("harbour", "norrvik", "crowns", "ferry"):
            assert word not in result.stdout.lower()

    def test_loading_twice_changes_nothing(
        self, environment: dict[str, str | None], tmp_path: Path
    ) -> None:
        (tmp_path / "quay.txt").write_text(WORDS)
        (tmp_path / "lines.jsonl").write_text(lines({"name": "second", "text": WORDS + " More."}))
        first = run(["seeds", "load", str(tmp_path)], "", environment)
        assert first.output.splitlines() == ["loaded: second", "loaded: quay"]
        again = run(["seeds", "load", str(tmp_path)], "", environment)
        assert again.output.splitlines() == ["known already: second", "known already: quay"]

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("a.json", "{}", "not a seed's fingerprint"),
            ("a.jsonl", '{"name": 1}', "a.jsonl:1: not a seed"),
            ("a.txt", "", "the file is empty"),
            ("a.doc", "x", "a .doc file; known: .txt"),
        ],
    )
    def test_wrong_files(self, tmp_path: Path, name: str, content: str, message: str) -> None:
        (tmp_path / name).write_text(content)
        result = run(["seeds", "fingerprint", str(tmp_path / name)], "")
        assert result.exit_code == 2
        assert message in result.stderr
