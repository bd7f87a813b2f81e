"""`newswatch parse`: a document in, what it says out."""

from __future__ import annotations

import base64
import json
from pathlib import Path

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


def test_errors_name_the_line() -> None:
    result = run(["--jsonl"], '{"id": 1, "body_b64": "&"}\n')
    assert result.exit_code == 2
    assert "<stdin>:1" in result.output
    result = run(["--jsonl"], '{"id": 1, "body_b64": "", "now": "noon"}\n')
    assert "'noon' is no time with a zone" in result.output
