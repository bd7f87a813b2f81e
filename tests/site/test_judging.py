"""What people say of decisions: kept, superseded, added up, and run as tests of the topics."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import httpx
import pytest
from click.testing import CliRunner, Result

import rows
from newswatch.cli.main import cli
from newswatch.store import recall
from newswatch.store.server.database import Connection
from rows import NOON
from served import get

Said = list[tuple[object, ...]]


@pytest.fixture
def newsroom(connection: Connection) -> Connection:
    """Article 1 is flagged, 2 is a copy of it, 3 has nothing; all three are in story 1."""
    story = rows.story(connection)
    for number in (1, 2, 3):
        article = rows.article(connection, loaded_at=NOON, title=f"Envoy lands {number}")
        copied = {"kind": "exact", "duplicate_of_article": 1, "role": "copy"}
        kind = copied if number == 2 else {"role": "first" if number == 1 else "independent"}
        rows.decision(connection, article, story_id=story, **kind)
    rows.flag(connection, rows.ArticleId(1))
    return connection


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("NEWSWATCH_DATABASE_URL", database)
    return lambda *arguments: CliRunner().invoke(cli, [str(argument) for argument in arguments])


def said(connection: Connection) -> Said:
    return connection.execute(
        "select subject::text, verdict::text, article_id, topic, rule, story_id, original_id, why,"
        " judged_by from analyst.judgement order by judgement_id"
    ).fetchall()


def test_a_flag_is_judged_from_its_page(newsroom: Connection, page: httpx.Client) -> None:
    form = {"subject": "flag", "topic": "witkoff", "verdict": "wrong", "why": "his\nson <b>"}
    answer = page.post("/article/1/judge", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/article/1#judged")
    wrong = ("flag", "wrong", 1, "witkoff", "named", None, None, "his son <b>", "Ann")
    assert said(newsroom) == [wrong]
    shown = page.get("/article/1").text
    assert "his son &lt;b&gt;" in shown
    assert "Take back" in shown
    page.post("/article/1/judge", data={"subject": "flag", "topic": "witkoff", "verdict": ""})
    assert said(newsroom) == []
    assert newsroom.execute("select count(*) from news.judgement").fetchall() == [(1,)]


def test_a_newer_judgement_supersedes(newsroom: Connection, page: httpx.Client) -> None:
    for verdict in ("wrong", "right", "right"):
        page.post(
            "/article/1/judge", data={"subject": "flag", "topic": "witkoff", "verdict": verdict}
        )
    assert [row[1] for row in said(newsroom)] == ["right"]
    assert newsroom.execute("select count(*) from news.judgement").fetchall() == [(3,)]


def test_copies_and_stories_are_judged(newsroom: Connection, page: httpx.Client) -> None:
    page.post("/article/2/judge", data={"subject": "copy", "verdict": "wrong", "original": "3"})
    page.post(
        "/article/3/judge",
        data={"subject": "story", "story": "1", "verdict": "wrong", "back": "story"},
    )
    assert said(newsroom) == [
        ("copy", "wrong", 2, None, None, None, 1, "", "Ann"),  # of what it was said to copy
        ("story", "wrong", 3, None, None, 1, None, "", "Ann"),
    ]


@pytest.mark.parametrize(
    ("article", "form", "message"),
    [
        (1, {"subject": "flag", "topic": "witkoff", "verdict": "missed"}, "is flagged for witkoff"),
        (3, {"subject": "flag", "topic": "witkoff", "verdict": "right"}, "it is not so that"),
        (3, {"subject": "flag", "topic": "unknown", "verdict": "missed"}, "no topic &#39;unknown"),
        (3, {"subject": "copy", "verdict": "wrong"}, "is a copy"),
        (1, {"subject": "story", "story": "9", "verdict": "wrong"}, "there is no story 9"),
        (9, {"subject": "copy", "verdict": "wrong"}, "there is no article 9"),
        (1, {"subject": "weather", "verdict": "wrong"}, "nothing can be judged so"),
        (1, {"subject": "flag", "verdict": "perhaps", "topic": "witkoff"}, "nothing can be judged"),
        (1, {"subject": "flag", "verdict": "wrong"}, "of which topic"),
        (3, {"subject": "copy", "verdict": "missed"}, "name its original"),
        (1, {"subject": "story", "story": "x", "verdict": "wrong"}, "is no id"),
        (1, {"subject": "flag", "topic": "witkoff", "verdict": ""}, "nobody has judged"),
        (1, {}, "nothing can be judged"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    newsroom: Connection, page: httpx.Client, article: int, form: dict[str, str], message: str
) -> None:
    answer = page.post(f"/article/{article}/judge", data=form)
    assert answer.status_code == 400
    assert message in answer.text
    assert said(newsroom) == []


def test_precision_is_told_by_topic_and_rule(newsroom: Connection, page: httpx.Client) -> None:
    page.post("/article/1/judge", data={"subject": "flag", "topic": "witkoff", "verdict": "right"})
    page.post("/article/3/judge", data={"subject": "flag", "topic": "witkoff", "verdict": "missed"})
    told = [" ".join(cell.split()) for cell in get(page, "/judgements").texts["td"]]
    assert told[:6] == ["1", "0", "100 % 21 %–100 %", "", "", ""]
    (rule, missed) = page.get("/api/judgements").json()["precision"]
    assert (rule["rule"], rule["right"], rule["precision"]) == ("named", 1, 1.0)
    assert (missed["rule"], missed["missed"], missed["precision"]) == (None, 1, None)


@pytest.fixture
def sampled(newsroom: Connection) -> Connection:
    """Article 3 was drawn first, article 4 after it."""
    rows.decision(newsroom, rows.article(newsroom, loaded_at=NOON, title="Fog <4>"), role="first")
    drawn = [recall.Sampled(rows.ArticleId(number), number, None) for number in (3, 4)]
    draw = recall.RecallDraw(NOON.date(), "witkoff", "v1", 0, 20)
    recall.save_draw(newsroom, draw, drawn, [recall.RuleFlags("named", "en", 8)], NOON)
    return newsroom


def test_the_sample_is_judged_one_by_one(sampled: Connection, page: httpx.Client) -> None:
    asked = page.get("/to-judge?topic=witkoff").text
    assert "</mark> lands 3" in asked
    assert '<mark class="topic-0 subject" title="name">Witkoff</mark>' in asked
    form = {"subject": "flag", "topic": "witkoff", "back": "to-judge", "only": "witkoff"}
    answer = page.post("/article/3/judge", data={**form, "verdict": "absent"})
    assert answer.headers["location"] == "/to-judge?topic=witkoff&said=3&of=witkoff#case"
    after = page.get(answer.headers["location"]).text
    assert "You said" in after
    assert "Fog &lt;4&gt;" in after
    rows.flag(sampled, rows.ArticleId(4))  # flagged anew since: what was missed is right by now
    assert 'value="right">Yes, it was missed' in page.get("/to-judge").text
    page.post("/article/4/judge", data={**form, "verdict": "right"})
    assert "Nothing waits to be judged" in page.get("/to-judge").text
    told = [" ".join(cell.split()) for cell in get(page, "/judgements").texts["td"]]
    assert told[:6] == ["1", "0", "100 % 21 %–100 %", "2", "1", "44 % 31 %–81 %"]


def test_what_is_not_flagged_is_no_flag_to_judge(newsroom: Connection, page: httpx.Client) -> None:
    """Of a flag it is right or wrong; of none missed, absent or unsure; nothing else is absent."""
    for article, verdict in ((1, "absent"), (1, "unsure"), (3, "right"), (3, "wrong")):
        form = {"subject": "flag", "topic": "witkoff", "verdict": verdict}
        assert page.post(f"/article/{article}/judge", data=form).status_code == 400
    form = {"subject": "copy", "verdict": "absent"}
    assert "is said of flags only" in page.post("/article/3/judge", data=form).text
    assert said(newsroom) == []


def test_the_command_line_asks_as_well(sampled: Connection, run: Callable[..., Result]) -> None:
    asked = json.loads(run("to-judge", "--json").stdout)
    assert [(case["article_id"], case["topic"]) for case in asked] == [
        (3, "witkoff"),
        (4, "witkoff"),
    ]
    assert run("judge", 3, "unsure", "--topic", "witkoff").stdout == "kept: unsure\n"
    assert run("judge", 4, "absent", "--topic", "witkoff").stdout == "kept: absent\n"
    assert json.loads(run("to-judge", "--json").stdout) == []
    assert run("to-judge", "--topic", "other").exit_code == 0


def test_the_command_line_judges_as_well(newsroom: Connection, run: Callable[..., Result]) -> None:
    assert run("judge", 1, "wrong", "--topic", "witkoff", "--by", "Bo").stdout == "kept: wrong\n"
    assert run("judge", 3, "missed", "--copy", "--of", 1, "--by", "Bo").exit_code == 0
    assert [row[:3] for row in said(newsroom)] == [("flag", "wrong", 1), ("copy", "missed", 3)]
    assert run("judge", 1, "back", "--topic", "witkoff").stdout == "taken back\n"
    refused = run("judge", 1, "wrong")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "newswatch: it is not said what is judged; give --topic NAME, --story ID or --copy\n",
    )
    assert "name its original" in run("judge", 3, "missed", "--copy").stderr


def test_judged_articles_are_tests_of_the_topics(
    newsroom: Connection, run: Callable[..., Result]
) -> None:
    assert run("topics", "check", "--judged").exit_code == 0
    run("judge", 1, "right", "--topic", "witkoff")
    assert run("topics", "check", "--judged").exit_code == 0
    run("judge", 1, "wrong", "--topic", "witkoff", "--why", "his son")
    checked = run("topics", "check", "--judged")
    assert checked.exit_code == 1
    assert re.search(
        r"witkoff: article 1 must not be flagged by \S+ \(his son\): Envoy lands 1", checked.stderr
    )
    assert run("topics", "check").exit_code == 0


def test_a_miss_fails_until_it_is_mended(newsroom: Connection, run: Callable[..., Result]) -> None:
    newsroom.execute("update news.article set text = 'The envoy landed.' where article_id = 3")
    run("judge", 3, "missed", "--topic", "witkoff")
    checked = run("topics", "check", "--judged")
    assert checked.exit_code == 1
    assert "witkoff: article 3 must be flagged: Envoy lands 3" in checked.stderr
    newsroom.execute("update news.article set text = 'Mr Witkoff landed.' where article_id = 3")
    assert run("topics", "check", "--judged").exit_code == 0
