"""`newswatch feeds`: list, import, export, check, disable, enable, retry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from loopback import Reply, Site, serving
from newswatch.cli.main import cli
from newswatch.settings import HOME

RSS = b"""<rss version="2.0"><channel><title>Example</title><item><title>Harbour reopens</title>
<link>/harbour</link><pubDate>Thu, 18 Dec 2025 10:00:00 GMT</pubDate></item></channel></rss>"""
PAGE = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head>
<body>Welcome</body></html>"""

Run = Callable[..., Result]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving("127.0.0.2") as opened:
        opened.pages["/rss"] = Reply(200, RSS)
        yield opened


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("NEWSWATCH_DATABASE_URL", database)
    monkeypatch.setenv("NEWSWATCH_ALLOW_NETWORKS", "127.0.0.0/8")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["feeds", *arguments], catch_exceptions=False)

    return invoke


@pytest.fixture
def opml(tmp_path: Path, site: Site) -> str:
    path = tmp_path / "feeds.opml"
    path.write_text(
        f'<opml version="2.0"><body><outline text="A" xmlUrl="{site.base}/rss"/>'
        '<outline text="B" xmlUrl="https://b.example/rss"/></body></opml>'
    )
    return str(path)


def test_import_from_a_file_says_what_is_new(run: Run, opml: str) -> None:
    assert run("import", opml).stdout == "2 feeds added, 0 known before\n"
    assert json.loads(run("import", opml, "--json").stdout) == {
        "added": 0,
        "known": 2,
        "left_out": [],
    }


def test_import_from_the_web(run: Run, site: Site, opml: str) -> None:
    site.pages["/mine.opml"] = Reply(200, Path(opml).read_bytes())
    assert run("import", f"{site.base}/mine.opml").stdout == "2 feeds added, 0 known before\n"


def test_list_tells_state_and_next_poll(run: Run, opml: str) -> None:
    run("import", opml)
    a, b = json.loads(run("list", "--json").stdout)
    assert (a["outlet"], a["state"], a["next_poll_reason"]) == ("A", "active", "new feed")
    assert b["url"] == "https://b.example/rss"
    assert "2 feeds" in run("list").stdout


def test_list_tells_of_each_wrong_row(
    run: Run, opml: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSWATCH_WATCHLIST_DIR", str(tmp_path))
    (tmp_path / "feeds.yaml").write_text(
        "feeds:\n- {url: 'https://a.example/', outlet: A}\n- {url: x, outlet: B}\n- {url: y}\n"
    )
    run("import", opml)
    listed = run("list", "--json")
    assert listed.exit_code == 2
    assert len(json.loads(listed.stdout)) == 2
    assert "feeds.yaml:3:9: 'x' is no web address; write it in full" in listed.stderr
    assert "feeds.yaml:4:3: 'outlet' is missing; add a line" in listed.stderr


def test_export_can_be_imported(run: Run, opml: str, tmp_path: Path) -> None:
    run("import", opml)
    run("disable", "https://b.example/rss")
    exported = tmp_path / "exported.opml"
    exported.write_text(run("export").stdout)
    assert run("import", str(exported)).stdout == "0 feeds added, 1 known before\n"


def test_disable_enable_retry(run: Run, opml: str) -> None:
    run("import", opml)
    url = "https://b.example/rss"

    def listed() -> dict[str, object]:
        found: dict[str, object] = json.loads(run("list", "--json").stdout)[1]
        return found

    told = run("disable", url, "--by", "Bo", "--why", "twice").stdout
    assert told == f"disabled {url}\n"
    assert (listed()["enabled"], listed()["next_poll_reason"]) == (False, "disabled by Bo: twice")
    assert run("enable", url, "--by", "Bo").exit_code == 0
    assert (listed()["enabled"], listed()["next_poll_reason"]) == (True, "enabled by Bo")
    assert run("retry", url, "--by", "Bo").exit_code == 0
    assert listed()["next_poll_reason"] == "asked for by Bo"


def test_check_explains_a_feed(run: Run, site: Site) -> None:
    told = run("check", f"{site.base}/rss").stdout
    for words in ("HTTP 200", "rss20", "“Example”", "Harbour reopens", "active", "next poll"):
        assert words in told
    found = json.loads(run("check", f"{site.base}/rss", "--json").stdout)
    assert (found["outcome"], found["entries"], found["state"]) == ("ok", 1, "active")


def test_check_finds_the_feed_that_a_page_announces(run: Run, site: Site) -> None:
    site.pages["/"] = Reply(200, PAGE)
    told = run("check", f"{site.base}/").stdout
    assert "a web page came instead of a feed" in told
    assert f"announces  {site.base}/rss" in told


def test_check_stores_nothing(run: Run, site: Site, opml: str) -> None:
    run("import", opml)
    before = run("list", "--json").stdout
    site.pages["/rss"] = Reply(500)
    assert "HTTP 500" in run("check", f"{site.base}/rss").stdout
    assert run("list", "--json").stdout == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("import", "/nowhere/feeds.opml"), "/nowhere/feeds.opml: no such file"),
        (("import", str(HOME / "pyproject.toml")), "this is no OPML document"),
        (("check", "b.example/rss"), "is no web address"),
        (("disable", "https://unknown.example/"), "no feed 'https://unknown.example/'"),
        (("retry", "https://unknown.example/"), "newswatch feeds list"),
        (("list", "--jsn"), "--json"),
    ],
)
def test_what_a_person_can_mend(run: Run, arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_import_from_a_place_that_fails(run: Run, site: Site) -> None:
    result = run("import", f"{site.base}/nowhere.opml")
    assert result.exit_code == 2
    assert "HTTP 404" in result.stderr
