"""The whole job without Airflow on the sample newsroom: what is written beside its articles is what
comes out, and a digest tells it."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from newsroom.world import World
from newswatch.cli.main import cli
from newswatch.stages.cycle import run_cycle


def test_every_article_is_published_once(world: World) -> None:
    urls = [url for (url,) in world.rows("select url from analyst.article")]
    assert sorted(urls) == sorted(
        world.newsroom.url(article) for article in world.newsroom.published()
    )


def test_copies_are_found_with_their_originals_and_nothing_else(world: World) -> None:
    found = {
        url: ("seed" if seed else original, kind)
        for url, kind, original, seed in world.rows(
            "select article.url, kind, original.url, seed from analyst.duplicate"
            " join analyst.article using (article_id)"
            " left join analyst.article as original"
            " on original.article_id = duplicate.duplicate_of",
        )
    }
    expected = world.newsroom.expected_copies()
    assert set(found) == set(expected)
    for url, (of, kinds) in expected.items():
        assert found[url][0] == of
        assert found[url][1] in kinds


def test_flags_are_those_written_beside_the_articles(world: World) -> None:
    found: dict[str, set[str]] = {}
    for url, topic in world.rows("select url, topic from analyst.flag"):
        found.setdefault(url, set()).add(topic)
    expected = {url: set(topics) for url, topics in world.newsroom.expected_flags().items()}
    assert found == {url: topics for url, topics in expected.items() if topics}


def test_every_mention_is_exactly_where_it_says(world: World) -> None:
    wrong = world.rows(
        """
        select mention_id from analyst.mention join analyst.article using (article_id)
        where substr(case field when 'title' then title else text end,
                     char_start + 1, char_end - char_start) <> matched
        """,
    )
    assert wrong == []
    assert world.rows("select count(*) > 20 from analyst.mention") == [(True,)]


def test_awkward_feeds_show_their_state(world: World) -> None:
    found = dict(world.rows("select outlet, state from ops.feed_health where state <> 'active'"))
    assert found == {
        "The Old Mole": "gone",
        "Breakwater Business": "throttled",
        "Isthmus Herald": "backing-off",
    }


def test_a_headline_behind_a_paywall_is_not_missed(world: World) -> None:
    found = world.rows(
        "select count(*) from analyst.flag join analyst.article using (article_id)"
        " where no_page_reason like 'paywall%'",
    )
    assert found[0][0] >= 1


def test_nothing_waits_after_a_run(world: World) -> None:
    assert world.rows("select stage from ops.backlog where waiting > 0") == []


def test_the_run_says_what_it_did(world: World) -> None:
    for cycle in world.cycles:
        summary = world.rows(f"select summary from ops.run where run_id = {cycle.run_id}")[0][0]
        assert summary["load"]["articles"] == summary["deduplicate"]["articles"] > 0


def test_a_third_cycle_with_no_news_adds_nothing(world: World) -> None:
    before = world.rows("select count(*) from news.entry")
    again = run_cycle(world.connection, world.settings, now=world.newsroom.now)
    assert again.counts["load"]["articles"] == 0
    assert world.rows("select count(*) from news.entry") == before


def test_each_edition_is_sent_once_and_together_they_tell_every_flagged_story(
    world: World,
) -> None:
    assert len(world.mails) == 2
    assert world.rows("select state, attempts from ops.delivery") == [("sent", 1), ("sent", 1)]
    assert (
        world.rows(
            "select topic, story_id from analyst.flag"
            " except select topic, story_id from news.edition_story"
        )
        == []
    )


def command(world: World, *arguments: str) -> Result:
    url = world.connection.info.dsn
    return CliRunner().invoke(cli, arguments, env={"NEWSWATCH_DATABASE_URL": url})


def test_why_tells_a_copys_whole_life(world: World) -> None:
    url, (original, _) = next(
        (url, copy) for url, copy in world.newsroom.expected_copies().items() if copy[0] != "seed"
    )
    told = command(world, "why", url)
    assert told.exit_code == 0
    for part in ("ANNOUNCED", "PAGE", "COPY OF", original, "STORY", "TOPICS", "EDITIONS"):
        assert part in told.stdout
    life = json.loads(command(world, "why", url, "--json").stdout)
    assert life["decision"]["original_url"] == original
    assert life["decision"]["passages"]
    assert life["entries"][0]["status"] == "extracted"


def test_why_tells_evidence_and_editions(world: World) -> None:
    ((article_id,),) = world.rows("select article_id from analyst.flag order by score desc limit 1")
    life = json.loads(command(world, "why", str(article_id), "--json").stdout)
    assert life["flags"][0]["mentions"][0]["sentence"]
    assert [edition["state"] for edition in life["editions"]] == ["sent"]


def test_why_of_an_unknown_article_is_an_input_error(world: World) -> None:
    result = command(world, "why", "https://nowhere.example/x")
    assert result.exit_code == 2
    assert "no article 'https://nowhere.example/x'" in result.stderr
