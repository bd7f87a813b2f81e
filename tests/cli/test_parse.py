"""`newswatch parse`: a document in, what it says out."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newswatch.cli.main import cli

CASES = Path(__file__).parent.parent / "feeds" / "cases"
NOW = ["--now", "2026-11-25T12:00:00Z"]


def run(arguments: list[str], document: bytes | str) -> Result:
    return CliRunner().invoke(cli, ["parse", *arguments], input=document)


def test_one_document() -> None:
    document = (CASES / "date-rfc822-colon.xml").read_bytes()
    result = run(["--url", "https://www.site.test/feed.xml", *NOW], document)
    assert result.exit_code == 0, result.output
    feed = json.loads(result.stdout)
    assert (feed["format"], feed["title"], feed["problem"]) == ("rss20", "Feed", None)
    assert feed["entries"] == [
        {
            "key": "guid:g1",
            "url": "https://www.site.test/a",
            "link": "https://www.site.test/a",
            "guid": "g1",
            "title": "Ceasefire talks resume",
            "summary": "",
            "text": "",
            "published_at": "2026-10-01T04:30:00+00:00",
            "published_zone": "given",
            "authors": [],
            "language": None,
        }
    ]


def test_why_it_is_none() -> None:
    result = run([], "<html><body>Please accept cookies</body></html>")
    assert json.loads(result.stdout)["reason"].startswith("html: ")


def test_lines() -> None:
    def encoded(name: str) -> str:
        return base64.b64encode((CASES / name).read_bytes()).decode()

    rows = [
        {"id": 1, "body_b64": encoded("content-triple.xml"), "now": "2026-09-01T00:00:00Z"},
        {"id": "two", "url": "https://a.test/", "body_b64": base64.b64encode(b"nothing").decode()},
    ]
    result = run(["--jsonl", *NOW], "".join(json.dumps(row) + "\n" for row in rows))
    first, second = map(json.loads, result.stdout.splitlines())
    (entry,) = first["feed"]["entries"]
    assert (first["id"], first["reason"]) == (1, None)
    assert entry["published_at"] == "2026-09-01T00:00:00+00:00"
    assert entry["text"].startswith("Long paragraph")
    assert second == {
        "id": "two",
        "feed": None,
        "reason": "not-a-feed: there is no XML element in it",
    }


@pytest.mark.parametrize(
    ("line", "line_id", "reason"),
    [
        ('{"id": 1, "body_b64": "&"}', 1, "body_b64 is not base64"),
        ('{"id": 2, "body_b64": "", "now": "noon"}', 2, "'noon' is no time with a zone"),
        ('{"id": 3, "body_b64": "", "now": "2026-11-25T12:00:00"}', 3, "is no time with a zone"),
        ('{"id": {"a": 4}}', {"a": 4}, "'body_b64' is missing"),
        ('{"id": 5, "body_b64": 7}', 5, "'body_b64' is not a string"),
        ('{"id": 6, "body_b64": "YQ==", "url": []}', 6, "'url' is not a string"),
        ('{"id": 7, "body_b64": ""}', 7, "empty: "),
        ('{"body_b64": "YQ=="}', None, "not-a-feed: "),
        ('{"id": 8, "body_b64": "YQ==", "url": "http://[::1"}', 8, "not-a-feed: "),
        ('{"id": 9, "body_b64": "\\ud800"}', 9, "body_b64 is not base64"),
        ("[1]", None, "not an object"),
        ("{", None, "not JSON"),
        ("[" * 100_000, None, "not JSON"),
    ],
)
def test_a_wrong_line_costs_itself(line: str, line_id: object, reason: str) -> None:
    good = json.dumps({"id": "good", "body_b64": base64.b64encode(b"<rss></rss>").decode()})
    result = run(["--jsonl", *NOW], f"{line}\n\n{good}\n")
    assert result.exit_code == 0, result.output
    wrong, right = map(json.loads, result.stdout.splitlines())
    assert (wrong["id"], wrong["feed"]) == (line_id, None)
    assert reason in wrong["reason"]
    assert right["id"] == "good"


def test_bytes_that_are_no_text_are_a_wrong_line() -> None:
    (said,) = map(json.loads, run(["--jsonl"], b"\xff\n").stdout.splitlines())
    assert said["reason"].startswith("bad-line: not JSON")
