"""A headline whose text comes later from the same outlet: one article, in whichever order."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from copies.texts import HARBOUR, TUNNEL, every_nth_word_changed, keep
from newswatch.cli.main import cli
from newswatch.stages.deduplicate.deduplicate import deduplicate
from newswatch.stages.deduplicate.story_changes import rebuild
from newswatch.stages.flag.flag import flag
from newswatch.store import stories
from newswatch.store.server.database import Connection, scalar
from newswatch.stories.rules import FIRST
from stages.invented import Item, Newsroom, decided, job_on, store, story_groups

TITLE = "Eastern ferry terminal to close for eleven weeks"
BARE = Item("bare", "", TITLE, "Courier")
FULL = Item("full", HARBOUR, TITLE, "Courier")


def flagged(newsroom: Newsroom) -> list[tuple[str, str]]:
    rows = newsroom.rows(
        "select split_part(canonical_url, '/', 4) as name, sentence from news.flag"
        " join news.article using (article_id) join news.mention using (flag_id)"
        " where superseded_at is null order by mention_id"
    )
    return [(row["name"], row["sentence"]) for row in rows]


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ([BARE, FULL], {"bare": (None, None), "full": ("revision", "bare")}),
        ([FULL, BARE], {"full": (None, None), "bare": ("contained", "full")}),
    ],
    ids=["headline first", "text first"],
)
@pytest.mark.parametrize("apart", [False, True], ids=["one batch", "two batches"])
def test_both_are_one_article(
    newsroom: Newsroom,
    items: list[Item],
    found: dict[str, tuple[str | None, str | None]],
    apart: bool,
) -> None:
    """Whichever came first has the flags, with evidence from the text."""
    if apart:
        newsroom.publish(items[0])
        newsroom.publish(items[1], hours=1)
    else:
        newsroom.publish(*items)
    assert newsroom.copies() == found
    assert len(story_groups(newsroom.connection)) == 1
    assert {name for name, _ in flagged(newsroom)} == {items[0].name}
    assert any(sentence in HARBOUR for _, sentence in flagged(newsroom))
    (row,) = newsroom.rows(
        "select text from news.article where article_id in (select article_id"
        " from news.decision where kind is null)"
    )
    assert row["text"] == HARBOUR


def test_the_headline_is_kept_as_an_earlier_wording(newsroom: Newsroom) -> None:
    newsroom.publish(BARE)
    newsroom.publish(FULL, hours=1)
    (version,) = newsroom.versions("bare")
    assert (version["title"], version["text"]) == (TITLE, "")
    assert version["reason"].startswith("The next wording brings the text")


def test_its_text_publishes_it_again_if_that_raises_a_topic(newsroom: Newsroom) -> None:
    newsroom.publish(BARE)
    newsroom.connection.execute("update news.article set loaded_at = now()")
    newsroom.publish(FULL, hours=1)
    assert [
        row["name"]
        for row in newsroom.rows(
            "select split_part(canonical_url, '/', 4) as name from news.article"
            " where loaded_at is null order by 1"
        )
    ] == ["bare", "full"]


def test_who_reprints_the_text_copies_the_article(newsroom: Newsroom) -> None:
    newsroom.publish(BARE, FULL)
    newsroom.publish(Item("cut", keep(HARBOUR, 0.6), "Pier to go", "Gazette"), hours=2)
    newsroom.publish(Item("all", HARBOUR, "No ferries", "Herald"), hours=3)
    assert newsroom.copies()["cut"] == ("contained", "bare")
    assert newsroom.copies()["all"] == ("exact", "bare")
    assert {name for name, _ in flagged(newsroom)} == {"bare"}


def test_what_comes_next_under_the_headline_is_another_article(newsroom: Newsroom) -> None:
    newsroom.publish(BARE, FULL)
    newsroom.publish(Item("next", TUNNEL, TITLE, "Courier"), hours=4)
    assert newsroom.copies()["next"] == (None, None)
    assert newsroom.rows(
        "select text from news.article where article_id = %s", newsroom.id_of("bare")
    ) == [{"text": HARBOUR}]


def test_further_reports_find_the_story_by_the_text(connection: Connection) -> None:
    other = " ".join(
        [
            "Ferries from Port Ellery will leave from the fish dock while divers replace timber",
            "piles of the eastern terminal, hollowed out by shipworm, said engineer Ines Vardalou.",
            "Kiosks on Quay Street pay no rent, and the harbour authority runs a shuttle.",
        ]
    )
    bare = Item("bare", "", "Old wood must go after ninety years", "Courier")
    full = Item("full", HARBOUR, bare.title, "Courier", hours=1)
    store(connection, [bare, full, Item("other", other, "Divers mend terminal", hours=2)])
    deduplicate(job_on(connection))
    assert story_groups(connection) == {frozenset({"bare", "full", "other"})}
    before = _found_by(connection)
    story_id = int(scalar(connection, "select story_id from news.story"))
    rebuild(connection, [story_id], FIRST)
    assert _found_by(connection) == before
    told = stories.members(connection, [story_id], 9)
    assert [member.text for member in told] == ["", HARBOUR, other]


def _found_by(connection: Connection) -> list[str]:
    rows = connection.execute("select term from news.story_term order by 1")
    return [term for (term,) in rows]


def test_a_batch_that_died_proposed_nothing(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(newsroom.connection, [BARE, FULL])

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("newswatch.store.revisions.propose_texts", dies)
        with pytest.raises(KeyboardInterrupt):
            deduplicate(newsroom.job)
    assert decided(newsroom.connection) == {}
    deduplicate(newsroom.job)
    flag(newsroom.job)
    assert {name for name, _ in flagged(newsroom)} == {"bare"}


@pytest.mark.usefixtures("strict")
def test_a_version_by_which_it_is_the_text_of_a_headline_gives_it_that(newsroom: Newsroom) -> None:
    edited = every_nth_word_changed(HARBOUR, 12)
    full = Item("full", edited, TITLE, "Courier", hours=1)
    newsroom.publish(Item("first", HARBOUR, "Pier to go"), BARE, full)
    assert newsroom.copies()["full"] == ("near", "first")
    deduplicate(newsroom.under(2))
    flag(newsroom.under(2))
    assert newsroom.copies()["full"] == ("revision", "bare")
    assert [row["text"] for row in newsroom.versions("bare")] == [""]
    assert {name for name, _ in flagged(newsroom)} == {"first", "bare"}


def test_why_says_so(newsroom: Newsroom, database: str) -> None:
    newsroom.publish(BARE, FULL)
    told = CliRunner().invoke(
        cli, ["why", "https://Courier.example/full"], env={"NEWSWATCH_DATABASE_URL": database}
    )
    assert "revision: https://Courier.example/bare" in told.stdout
    assert "The text of what Courier announced by this headline." in told.stdout
