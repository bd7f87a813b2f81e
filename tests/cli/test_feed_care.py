"""The watchlist held against the world: what stands how, and the commands that mend it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from loopback import Reply, Site, serving
from newswatch.cli.main import cli
from newswatch.store.server.database import Connection
from stages.extract.test_revisit import TOPIC

ENGLISH = "The council voted on the harbour plan late on Tuesday and will meet again"
UKRAINIAN = "Рада ухвалила новий закон про морський порт і збереться знову у вівторок"
PAGE = b"<html><head><link rel=alternate type=application/rss+xml href=/all.xml></head></html>"
NAMES = ("alive", "moved", "dead", "page", "empty", "undated", "language", "failing")

Run = Callable[..., Result]


def rss(count: int, words: str = ENGLISH, date: str = "Thu, 18 Dec 2025 10:00:00 GMT") -> bytes:
    items = "".join(
        f"<item><title>{words} {number}</title><link>/{number}</link>"
        f"<pubDate>{date}</pubDate></item>"
        for number in range(count)
    )
    return f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[dict[str, Site]]:
    with ExitStack() as opened:
        sites = {
            name: opened.enter_context(serving(f"127.7.0.{number}"))
            for number, name in enumerate(NAMES, start=1)
        }
        sites["alive"].pages["/rss"] = Reply(200, rss(6))
        sites["moved"].pages["/rss"] = Reply(301, headers={"Location": "/new"})
        sites["moved"].pages["/new"] = Reply(200, rss(6))
        sites["page"].pages["/rss"] = Reply(200, PAGE)
        sites["empty"].pages["/rss"] = Reply(200, rss(0))
        sites["undated"].pages["/rss"] = Reply(200, rss(6, date="soon"))
        sites["language"].pages["/rss"] = Reply(200, rss(6, UKRAINIAN))
        sites["failing"].pages["/rss"] = Reply(503)
        rows = (
            f"  - url: {site.base}/rss\n    outlet: {name}\n    language: en  # as they say\n"
            f"    ports: [{site.base.rpartition(':')[2]}]\n"
            for name, site in sites.items()
        )
        (tmp_path / "feeds.yaml").write_text("# Ours.\nfeeds:\n" + "".join(rows))
        (tmp_path / "topics").mkdir()
        yield sites


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("NEWSWATCH_DATABASE_URL", database)
    monkeypatch.setenv("NEWSWATCH_ALLOW_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("NEWSWATCH_WATCHLIST_DIR", str(tmp_path))
    monkeypatch.setenv("NEWSWATCH_STATE_DIR", str(tmp_path / "state"))

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["feeds", *arguments], catch_exceptions=False)

    return invoke


def test_how_each_stands_and_what_mends_it(run: Run, world: dict[str, Site]) -> None:
    result = run("check", "--all", "--json")
    assert result.exit_code == 0, result.output
    found = {row["outlet"]: row for row in json.loads(result.stdout)}
    urls = {name: f"{site.base}/rss" for name, site in world.items()}
    assert {name: row["standing"] for name, row in found.items()} == {
        name: "no-feed" if name == "page" else name for name in NAMES
    }
    assert {name: row["mend"] for name, row in found.items()} == {
        "alive": "",
        "moved": "newswatch feeds accept-moves",
        "dead": "newswatch feeds prune",
        "page": f"newswatch feeds set {urls['page']} --url {world['page'].base}/all.xml",
        "empty": f"newswatch feeds check {urls['empty']}",
        "undated": "",
        "language": f"newswatch feeds set {urls['language']} --language uk",
        "failing": f"newswatch feeds check {urls['failing']}",
    }
    table = run("check", "--all").stdout
    assert "HTTP 404 Not Found" in table
    *_, patience, summary = table.splitlines()
    assert patience.startswith("a feed that fails once may answer tomorrow")
    assert summary.startswith("8 feeds: 1 alive, ")


def test_the_list_is_mended_in_place(run: Run, world: dict[str, Site], tmp_path: Path) -> None:
    listed = tmp_path / "feeds.yaml"
    before = listed.read_text()
    assert "run `newswatch feeds check --all` first" in run("prune").output
    run("check", "--all")
    assert run("prune", "--dry-run").exit_code == 0
    assert listed.read_text() == before
    run("prune")
    run("accept-moves")
    run("set", f"{world['language'].base}/rss", "--language", "uk", "--outlet", "Рада: №1")
    dead = f"  - url: {world['dead'].base}/rss\n    outlet: dead\n"
    head, _, rest = before.partition(dead)
    after = head + rest.partition("\n")[2].partition("\n")[2]
    moved, ours = world["moved"].base, world["language"].base
    assert listed.read_text() == after.replace(f"{moved}/rss", f"{moved}/new").replace(
        f"{ours}/rss\n    outlet: language\n    language: en",
        f'{ours}/rss\n    outlet: "Рада: №1"\n    language: uk',
    )


def test_what_a_moved_feed_brought_stays_its_own(
    run: Run, world: dict[str, Site], tmp_path: Path, connection: Connection
) -> None:
    url, target = f"{world['moved'].base}/rss", f"{world['moved'].base}/new"
    (tmp_path / "own.opml").write_text(
        f'<opml><body><outline text="x" xmlUrl="{url}"/>'
        f'<outline text="y" xmlUrl="{world["dead"].base}/rss"/></body></opml>'
    )
    run("import", str(tmp_path / "own.opml"))
    query = "select feed_id, url, enabled from news.feed order by feed_id"
    ((moved_id, _, _), (dead_id, dead, _)) = connection.execute(query).fetchall()
    (tmp_path / "feeds.yaml").write_text("feeds: []\n")
    run("check", "--all")
    run("accept-moves")
    run("prune")
    assert connection.execute(query).fetchall() == [
        (moved_id, target, True),
        (dead_id, dead, False),
    ]
    run("set", target, "--country", "UA", "--language", "uk", "--outlet", "Port")
    row = connection.execute(
        "select country, language, outlet from news.feed where feed_id = %s", [moved_id]
    ).fetchone()
    assert row == ("UA", "uk", "Port")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("set", "https://a.example/", "--country", "GB"), "no feed 'https://a.example/'"),
        (("set", "https://a.example/"), "nothing is given to set"),
        (("check",), "give the address of one feed, or --all"),
        (("accept-moves",), "the feeds were not checked"),
    ],
)
def test_what_cannot_be_done_is_told_of(
    run: Run, world: dict[str, Site], arguments: tuple[str, ...], problem: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert problem in result.output


def test_a_wrong_value_is_refused_and_the_file_stays(
    run: Run, world: dict[str, Site], tmp_path: Path
) -> None:
    before = (tmp_path / "feeds.yaml").read_text()
    result = run("set", f"{world['alive'].base}/rss", "--country", "uk")
    assert (result.exit_code, "'uk' is no code" in result.output) == (2, True)
    assert (tmp_path / "feeds.yaml").read_text() == before
    assert not list(tmp_path.glob(".feeds.yaml-*"))


DEAD = {
    "gone": (Reply(410), "dead", "HTTP 410 Gone"),
    "missing": (Reply(404), "dead", "HTTP 404 Not Found"),
    "down": (Reply(503), "failing", "HTTP 503 Service Unavailable"),
    "sold": (Reply(200, b"<html><body>Buy this name</body></html>"), "no-feed", "html: "),
    "silent": (None, "failing", "Connect call failed"),
}


@pytest.mark.parametrize("kind", DEAD)
def test_a_dead_feed_of_three_is_a_row_and_no_failure(
    run: Run, world: dict[str, Site], tmp_path: Path, connection: Connection, kind: str
) -> None:
    reply, standing, says = DEAD[kind]
    sites = [world["alive"], world["moved"], world["dead"]]
    url = f"{world['dead'].base}/rss" if reply else "http://127.7.0.99:9/rss"
    if reply:
        world["dead"].pages["/rss"] = reply
    for site in sites[:2]:
        site.pages["/rss"] = Reply(200, rss(2))
    ports = sorted({int(site.base.rpartition(":")[2]) for site in sites} | {9})
    rows = "".join(
        f"- {{url: '{address}', outlet: '{address}', pages: false, ports: {ports}}}\n"
        for address in (*(f"{site.base}/rss" for site in sites[:2]), url)
    )
    (tmp_path / "feeds.yaml").write_text(f"feeds:\n{rows}")
    (tmp_path / "topics" / "ferry.yaml").write_text(TOPIC)
    cycle = CliRunner().invoke(cli, ["run", "--json"], catch_exceptions=False)
    assert cycle.exit_code == 0, cycle.output
    stages = json.loads(cycle.stdout)["stages"]
    assert (stages["poll"]["feeds_polled"], stages["poll"]["failed"]) == (3, 1)
    assert stages["extract"]["articles"] == 4
    ended = "select bool_and(ended_at is not null), (select count(*) from ops.parked)"
    assert connection.execute(ended + " from ops.stage_run").fetchone() == (True, 0)
    states = {row["url"]: row for row in json.loads(run("list", "--json").stdout)}
    assert [row["state"] for row in states.values()].count("active") == 2
    assert states[url]["state"] == "backing-off"
    assert states[url]["state_reason"]
    checked = run("check", "--all")
    assert (checked.exit_code, checked.stdout.splitlines()[-1]) == (
        0,
        f"3 feeds: 2 alive, 1 {standing}",
    )
    (found,) = (
        row for row in json.loads(run("check", "--all", "--json").stdout) if row["url"] == url
    )
    assert says in found["says"]
