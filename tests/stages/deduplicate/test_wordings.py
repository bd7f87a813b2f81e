"""Later wordings of articles: kept with their measures, and found by those who copy them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from copies.texts import HARBOUR, TUNNEL, every_nth_word_changed, joined, keep, prose
from newswatch.cli.main import cli
from newswatch.copies.rules import RULES
from newswatch.stages.deduplicate import wordings
from newswatch.stages.deduplicate.deduplicate import deduplicate
from newswatch.stages.deduplicate.versions import backfill
from newswatch.stages.deduplicate.wordings import KEPT
from newswatch.stages.flag import revise
from newswatch.stages.flag.flag import flag
from newswatch.store import fingerprints, revisions
from newswatch.store.server.database import Connection, connect, scalar
from stages.invented import NOON, POSTED, STRICT, Item, Newsroom, store, story_groups
from stages.meeting import ITEMS


def toll(number: str, *, more: str = "") -> str:
    """A report on a fire, of so many dead."""
    return joined(
        [
            f"A fire in the old rope works of Karsberg has killed {number} people.",
            prose(40, 150),
            more,
        ]
    )


def fire(number: str) -> str:
    return f"Fire in rope works kills {number}"


def rope_works(newsroom: Newsroom) -> None:
    """Three dead at noon, five at one, twelve at two, at one URL."""
    newsroom.publish(Item("fire", toll("three"), fire("3"), "Courier"))
    newsroom.revise("fire", toll("five"), fire("5"), hours=1)
    newsroom.revise("fire", toll("twelve"), fire("12"), hours=2)


# --- versions and their measures ------------------------------------------------------------------


def test_a_rising_toll_at_one_url_is_revisions(newsroom: Newsroom) -> None:
    rope_works(newsroom)
    first, second = newsroom.versions("fire")
    assert (first["title"], second["title"]) == (fire("3"), fire("5"))
    assert (first["text"], second["text"]) == (toll("three"), toll("five"))
    for version in (first, second):
        assert version["reason"] == (
            "98 % of the next wording stands in this one, and 98 % of this one in the next;"
            " the headline changed."
        )
        assert (
            version["coverage"] == version["coverage_of_earlier"] == pytest.approx(0.974, abs=0.01)
        )
        assert 0.9 < version["jaccard"] < version["coverage"]
        assert version["algorithm_version"] == 1
    start, end, start_next, end_next = first["passages"][0]
    assert first["text"][start:end] == second["text"][start_next:end_next]
    assert len(first["text"][start:end].split()) > 145
    assert scalar(newsroom.connection, "select count(*) from news.decision") == 1


@pytest.mark.parametrize(
    ("text", "title", "told"),
    [
        (HARBOUR, "Pier to be mended", "The same text under another headline."),
        (TUNNEL, "", "Nothing of this wording is left in the next."),
        (
            joined(["Update at noon: the shuttle is late.", HARBOUR]),
            "",
            "All of this wording stands in the next, which adds 7 words.",
        ),
        (
            HARBOUR.replace("“", '"').replace("”", '"'),
            "",
            "The same words; only capitals, marks or paragraphs changed.",
        ),
    ],
)
def test_the_reason_is_a_sentence(newsroom: Newsroom, text: str, title: str, told: str) -> None:
    newsroom.publish(Item("a", HARBOUR))
    newsroom.revise("a", text, title, hours=1)
    assert [version["reason"] for version in newsroom.versions("a")] == [told]


def test_wordings_that_come_at_one_moment_are_all_kept(newsroom: Newsroom) -> None:
    newsroom.publish(Item("fire", toll("three")))
    for number in ("five", "eight", "twelve"):
        newsroom.revise("fire", toll(number), hours=1)
    versions = newsroom.versions("fire")
    assert [version["text"] for version in versions] == [
        toll(n) for n in ("three", "five", "eight")
    ]
    assert versions[0]["replaced_at"] == NOON + timedelta(hours=1)


def test_the_analyst_and_why_tell_what_was_kept(newsroom: Newsroom) -> None:
    rope_works(newsroom)
    newsroom.connection.execute("update news.article set loaded_at = first_seen_at")
    told = newsroom.rows(
        "select title, reason, coverage, coverage_of_earlier, jaccard, passages, algorithm_version"
        " from analyst.article_version order by replaced_at"
    )
    assert [row["title"] for row in told] == [fire("3"), fire("5")]
    assert all(None not in row.values() for row in told)
    environment = {"NEWSWATCH_DATABASE_URL": newsroom.connection.info.dsn}
    result = CliRunner().invoke(cli, ["why", str(newsroom.id_of("fire"))], env=environment)
    assert f"  until 2026-03-02 13:00Z it said “{fire('3')}”" in result.stdout
    assert f"    {told[0]['reason']}\n" in result.stdout


# --- who copies which wording ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "title", "kind"),
    [
        ("first", toll("three"), fire("3"), "exact"),
        ("second", toll("five"), fire("5"), "exact"),
        ("second-edited", toll("five", more="The mayor came."), fire("5") + ", mayor says", "near"),
        ("third", toll("twelve"), fire("12"), "exact"),
        ("cut", keep(toll("twelve"), 0.5), fire("12"), "contained"),
        ("fourth", toll("thirty"), fire("30"), None),
    ],
)
def test_a_copy_of_any_wording_is_a_copy_of_the_article(
    newsroom: Newsroom, name: str, text: str, title: str, kind: str | None
) -> None:
    rope_works(newsroom)
    newsroom.publish(Item(name, text, title, "Herald"), hours=3)
    assert newsroom.copies()[name] == (kind, "fire" if kind else None)
    assert newsroom.copies()["fire"] == (None, None)


def test_without_the_revision_it_would_be_news(newsroom: Newsroom) -> None:
    newsroom.publish(Item("fire", toll("three"), fire("3"), "Courier"))
    newsroom.publish(Item("second", toll("five"), fire("5"), "Herald"), hours=3)
    assert newsroom.copies()["second"] == (None, None)


def test_the_decision_tells_which_wording_it_was_compared_with(newsroom: Newsroom) -> None:
    rope_works(newsroom)
    newsroom.publish(Item("copy", "Karsberg. " + toll("five"), fire("5"), "Herald"), hours=3)
    (row,) = newsroom.rows(
        "select reason, passages, text from news.decision join news.article using (article_id)"
        " where duplicate_of_article is not null"
    )
    assert row["reason"].endswith(
        "of this text stands in a later wording of Courier, and 100 % of that in this."
        " Seen 2 hours later."
    )
    start, end, start_copy, end_copy = row["passages"][0]
    assert toll("five")[start:end] == row["text"][start_copy:end_copy]
    assert "killed five people" in toll("five")[start:end]


def test_a_replaced_text_is_found_and_so_is_what_it_replaced(newsroom: Newsroom) -> None:
    newsroom.publish(Item("a", HARBOUR))
    newsroom.revise("a", TUNNEL, hours=1)
    newsroom.publish(
        Item("harbour", HARBOUR),
        Item("tunnel", every_nth_word_changed(TUNNEL, 15)),
        Item("both", joined([HARBOUR, TUNNEL])),
        hours=2,
    )
    assert newsroom.copies() == {
        "a": (None, None),
        "harbour": ("exact", "a"),
        "tunnel": ("near", "a"),
        "both": (None, None),
    }
    groups = story_groups(newsroom.connection)
    assert frozenset({"a", "harbour", "tunnel"}) in {group - {"both"} for group in groups}


def test_a_headline_only_revision_is_found_by_its_headline(newsroom: Newsroom) -> None:
    title = "Divers find shipworm in every pile of the eastern pier"
    newsroom.publish(Item("a", HARBOUR))
    newsroom.revise("a", HARBOUR, title, hours=1)
    newsroom.publish(Item("bare", "", title), Item("text", HARBOUR, title), hours=2)
    assert newsroom.copies()["bare"] == ("contained", "a")
    assert newsroom.copies()["text"] == ("exact", "a")


def test_a_headline_with_other_figures_is_found_with_an_edited_text(newsroom: Newsroom) -> None:
    """The document of such a wording is posted with nothing of its own."""
    newsroom.publish(Item("fire", toll("many"), fire("3"), "Courier"))
    newsroom.revise("fire", toll("many"), fire("5"), hours=1)
    edited = every_nth_word_changed(toll("many"), 30)
    newsroom.publish(Item("copy", edited, fire("5"), "Herald"), hours=2)
    assert newsroom.copies()["copy"] == ("near", "fire")


def test_a_digest_holds_the_article_whichever_wording_stands_in_it(newsroom: Newsroom) -> None:
    newsroom.publish(Item("a", HARBOUR))
    newsroom.revise("a", TUNNEL, hours=1)
    newsroom.publish(Item("digest", joined([prose(3, 300), TUNNEL, prose(4, 300)])), hours=2)
    (edge,) = newsroom.rows("select article_id, document_id, coverage from news.containment")
    assert edge["article_id"] == newsroom.id_of("digest")
    assert edge["document_id"] == newsroom.documents("a")[0]["document_id"]
    assert edge["coverage"] == 1
    for hours in range(3, 3 + KEPT):  # its document goes, the edge stays
        newsroom.revise("a", prose(hours), hours=hours)
    assert newsroom.rows("select article_id, document_id, coverage from news.containment") == [edge]


def test_what_copies_the_newest_wording_of_a_copy_names_the_original(newsroom: Newsroom) -> None:
    newsroom.publish(Item("original", HARBOUR), Item("copy", keep(HARBOUR, 0.7), hours=1))
    wording = keep(HARBOUR, 0.7) + " " + prose(5, 40)
    newsroom.revise("copy", wording, hours=2)
    newsroom.publish(Item("third", wording), hours=3)
    assert newsroom.copies()["third"] == ("exact", "original")


def test_a_copy_that_became_a_report_of_its_own_hides_no_copies(newsroom: Newsroom) -> None:
    """Nobody looked for topics in its newer wording, so whoever prints that too is heard."""
    newsroom.publish(Item("original", TUNNEL), Item("copy", keep(TUNNEL, 0.4), hours=1))
    newsroom.revise("copy", joined([keep(TUNNEL, 0.4), HARBOUR]), hours=2)
    newsroom.publish(Item("third", joined([keep(TUNNEL, 0.4), HARBOUR])), hours=3)
    assert newsroom.copies()["third"] == (None, None)
    assert newsroom.rows("select distinct article_id from news.flag") == [
        {"article_id": newsroom.id_of("third")}
    ]


def test_a_revision_changes_no_decision_story_or_count(newsroom: Newsroom) -> None:
    newsroom.publish(
        Item("a", HARBOUR), Item("b", HARBOUR, hours=1), Item("c", TUNNEL), Item("d", prose(1))
    )
    tables = ("decision", "containment", "story", "story_term", "term")
    before = [newsroom.rows(f"select * from news.{table}") for table in tables]
    newsroom.revise("a", TUNNEL, hours=2)
    newsroom.revise("c", HARBOUR, hours=3)
    newsroom.revise("b", prose(1), hours=4)
    assert [newsroom.rows(f"select * from news.{table}") for table in tables] == before
    newsroom.publish(Item("e", TUNNEL), hours=5)
    assert newsroom.copies()["e"] == ("exact", "c")  # the earliest who had these words


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_revised_decisions_stay_and_copies_are_found(
    newsroom: Newsroom, seed: int
) -> None:
    """The law: a copy of the first or of the newest wording is a copy, and nothing else moves."""
    chance = random.Random(seed)
    texts = [prose(1_000 * seed + n, 120) for n in range(12)]
    said = {f"n{n}": [texts[n]] for n in range(3)}
    newsroom.publish(*(Item(name, text) for name, (text,) in said.items()))
    for hours in range(1, 25):
        before = newsroom.rows("select * from news.decision order by article_id")
        name = chance.choice(list(said))
        own = texts[int(name[1:]) :: 3]  # no other article ever says this
        said[name].append(joined(chance.sample(own, chance.randint(1, 3))))
        newsroom.revise(name, said[name][-1], hours=hours)
        assert newsroom.rows("select * from news.decision order by article_id") == before
        assert len(newsroom.documents(name)) <= 1 + KEPT
    items = {
        f"{name}-{which}": Item(f"{name}-{which}", own[place], hours=30)
        for name, own in said.items()
        for which, place in (("first", 0), ("newest", -1))
    }
    newsroom.publish(*items.values(), hours=30)
    copies = newsroom.copies()
    assert {name: copies[name] for name in items} == {
        name: ("exact", name.partition("-")[0]) for name in items
    }


def test_an_outlets_standing_text_is_counted_an_article_once(newsroom: Newsroom) -> None:
    foot = prose(99, 160)
    for n in range(4):
        newsroom.publish(Item(f"note{n}", joined([prose(n, 260), foot]), f"Note {n}", "Courier"))
        newsroom.revise(f"note{n}", joined([prose(10 + n, 260), foot]), f"More {n}", hours=1)
    newsroom.publish(Item("brief", joined([prose(20, 60), foot]), "Brief", "Courier"), hours=9)
    (reason,) = newsroom.rows(
        "select reason from news.decision join news.article using (article_id)"
        " where title = 'Brief'"
    )
    assert not reason["reason"].startswith("Shares only what Courier puts")


# --- documents ------------------------------------------------------------------------------------


def test_a_live_blog_has_its_first_wording_and_the_latest(newsroom: Newsroom) -> None:
    newsroom.publish(Item("blog", toll("no"), "Live: fire in rope works", "Courier"))
    for n in range(1, 51):
        newsroom.revise(
            "blog", joined([*(prose(k, 30) for k in range(n, 0, -1)), toll("no")]), hours=n
        )
    documents = newsroom.documents("blog")
    since = [document["revised_at"] for document in documents]
    assert since == [None, *(NOON + timedelta(hours=n) for n in range(51 - KEPT, 51))]
    assert len(newsroom.versions("blog")) == 50
    ids = {document["document_id"] for document in documents}
    assert {
        row["document_id"] for row in newsroom.rows("select document_id from news.posting")
    } <= ids
    most = f"select max(holders) from (select count(*) as holders from {POSTED} group by hash) x"
    assert scalar(newsroom.connection, most) <= 1 + KEPT


@pytest.mark.parametrize("texts", [[HARBOUR, HARBOUR.upper()], [HARBOUR, TUNNEL, HARBOUR]])
def test_words_that_the_article_had_before_make_no_document(
    newsroom: Newsroom, texts: Sequence[str]
) -> None:
    first, *later = texts
    newsroom.publish(Item("a", first))
    for hours, text in enumerate(later, start=1):
        newsroom.revise("a", text, hours=hours)
    assert len(newsroom.documents("a")) == len({text.lower() for text in texts})
    assert len(newsroom.versions("a")) == len(later)


def test_one_text_in_place_of_many_is_posted_once(newsroom: Newsroom) -> None:
    """An agency's report takes the place of what 120 outlets had made of its first line."""
    stubs = [Item(f"n{n}", prose(n, 50), f"Stub {n}") for n in range(120)]
    newsroom.publish(*stubs)
    for stub in stubs:
        newsroom.propose(stub.name, HARBOUR, "Eastern terminal to close", hours=1)
    flag(newsroom.at(1))
    newsroom.publish(Item("late", every_nth_word_changed(HARBOUR, 20)), hours=2)
    assert newsroom.copies()["late"] == ("near", "n0")


# --- crashes, replays, workers --------------------------------------------------------------------

STATE = {
    "article": "select article_id, title, text, revised_at, loaded_at from news.article order by 1",
    "version": "select * from news.article_version order by article_id, replaced_at",
    "flag": "select article_id, topic, flagged_at, superseded_at from news.flag order by flag_id",
    "fingerprint": "select article_id, algorithm, revised_at, grams, text_hash, title_hash"
    " from news.fingerprint order by document_id",
    "posting": "select hash, article_id, revised_at"
    f" from {POSTED} join news.fingerprint using (document_id) order by hash, document_id",
}


def state(newsroom: Newsroom) -> dict[str, list[dict[str, Any]]]:
    return {name: newsroom.rows(query) for name, query in STATE.items()}


@pytest.mark.parametrize(
    "step",
    [
        "put_in_force",
        "insert_fingerprints",
        "insert_postings",
        "remove",
        "insert_flag",
        "lock_decisions",
    ],
)
def test_killed_at_any_step_it_is_done_again_alike(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    newsroom.publish(Item("a", TUNNEL))
    for n in range(KEPT):
        newsroom.revise("a", prose(n), hours=1)
    newsroom.propose("a", HARBOUR, hours=2)
    before = state(newsroom)
    module = next(m for m in (revisions, fingerprints, revise.flags) if hasattr(m, step))
    function = getattr(module, step)

    def dies(*arguments: Any, **named: Any) -> None:
        function(*arguments, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(module, step, dies)
        with pytest.raises(KeyboardInterrupt):
            flag(newsroom.at(2))
    assert state(newsroom) == before
    flag(newsroom.at(2))
    after = state(newsroom)
    assert len(after["version"]) == len(before["version"]) + 1
    assert len(after["flag"]) == len(before["flag"]) + 1
    flag(newsroom.at(2))
    deduplicate(newsroom.at(2))
    assert state(newsroom) == after


def test_a_newer_wording_proposed_meanwhile_waits(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.publish(Item("a", TUNNEL))
    newsroom.propose("a", prose(1), hours=1)
    lock, seen = fingerprints.lock_decisions, []

    def overtaken(connection: Connection) -> None:
        lock(connection)
        if not seen:
            seen.append(1)
            newsroom.propose("a", HARBOUR, hours=1)

    monkeypatch.setattr(fingerprints, "lock_decisions", overtaken)
    counts = flag(newsroom.at(1))
    assert counts["revised"] == 1
    assert [version["text"] for version in newsroom.versions("a")] == [TUNNEL]
    (flagged,) = newsroom.rows("select topic, superseded_at from news.flag")
    assert flagged == {"topic": "pier", "superseded_at": None}


def test_revising_and_deciding_at_once_block_nobody(
    newsroom: Newsroom, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [Item(f"n{n}", prose(n, 80)) for n in range(60)]
    newsroom.publish(*items)
    for item in items:
        newsroom.propose(item.name, item.text + " " + prose(500, 30), hours=1)
    monkeypatch.setattr(revise, "BATCH", 5)
    monkeypatch.setattr("newswatch.stages.deduplicate.deduplicate.BATCH", 5)
    copies = [Item(f"c{n}", item.text, hours=2) for n, item in enumerate(items)]
    store(newsroom.connection, copies)

    def work(stage: Any) -> None:
        with connect(database) as own:
            stage(replace(newsroom.at(2), connection=own))

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, (flag, deduplicate)))
    assert {newsroom.copies()[f"c{n}"][1] for n in range(60)} == {f"n{n}" for n in range(60)}
    assert all(len(newsroom.documents(item.name)) == 2 for item in items)


# --- versions of the algorithm --------------------------------------------------------------------


def everything(newsroom: Newsroom) -> list[Any]:
    """All that is decided, by whichever version is in force."""
    return [
        newsroom.rows(
            """
            select decision.article_id, kind, duplicate_of_article, coverage, passages, reason,
                   algorithm_version, role, new_sentences, story_id, held.edges
            from news.decision left join lateral (
                select array_agg(
                    (fingerprint.article_id, to_jsonb(containment) - 'document_id') order by 1
                ) as edges
                from news.containment join news.fingerprint using (document_id)
                where containment.article_id = decision.article_id
                  and fingerprint.algorithm = decision.algorithm_version
            ) as held on true
            order by 1
            """
        ),
        [row for row in state(newsroom)["fingerprint"] if row["algorithm"] == 1],
        newsroom.rows("select * from news.article_version order by article_id, replaced_at"),
    ]


def revised_newsroom(newsroom: Newsroom) -> None:
    rope_works(newsroom)
    newsroom.publish(
        Item("second", toll("five"), fire("5"), "Herald"),
        Item("edited", every_nth_word_changed(toll("twelve"), 12), fire("12"), "Post"),
        Item("digest", joined([prose(3, 300), toll("twelve"), prose(4, 300)])),
        hours=3,
    )
    newsroom.publish(Item("near", "Karsberg. " + toll("three"), fire("3"), "Echo"), hours=3)
    newsroom.revise("near", toll("seventy"), fire("70"), hours=4)
    newsroom.revise("edited", toll("twelve", more=prose(6, 30)), fire("12"), hours=4)
    newsroom.publish(Item("of-edited", toll("twelve", more=prose(6, 30)), fire("12")), hours=5)


@pytest.mark.usefixtures("strict")
def test_there_and_back_everything_is_as_it_was(newsroom: Newsroom) -> None:
    revised_newsroom(newsroom)
    before, groups = everything(newsroom), story_groups(newsroom.connection)
    deduplicate(newsroom.under(2))
    assert everything(newsroom)[0] != before[0]
    assert newsroom.copies()["second"] == ("exact", "fire")
    assert newsroom.copies()["edited"] == (None, None)
    deduplicate(newsroom.under(1))
    assert everything(newsroom) == before
    assert story_groups(newsroom.connection) == groups


@pytest.mark.usefixtures("strict")
def test_roles_are_told_again_by_the_wording_that_was_decided_on(newsroom: Newsroom) -> None:
    _, _, preview, statement, _ = ITEMS
    edited = Item("edited", every_nth_word_changed(preview.text, 12), hours=41)
    newsroom.publish(preview, statement, edited)
    before = everything(newsroom)[0]
    assert [row["role"] for row in before] == ["first", "development", "copy"]
    newsroom.revise("statement", TUNNEL, hours=42)
    deduplicate(newsroom.under(2))
    assert {row["role"] for row in everything(newsroom)[0]} == {
        "first",
        "development",
        "independent",
    }
    deduplicate(newsroom.under(1))
    assert everything(newsroom)[0] == before


@pytest.mark.usefixtures("strict")
def test_a_backfill_decides_on_first_wordings_in_their_own_words(newsroom: Newsroom) -> None:
    revised_newsroom(newsroom)
    same_rules = RULES[2] = replace(RULES[1], version=2)
    assert backfill(newsroom.job, same_rules) == 6
    columns = "article_id, kind, duplicate_of_article, coverage, jaccard, passages, reason"
    of_version = f"select {columns} from news.version_decision where algorithm_version = "
    assert newsroom.rows(f"{of_version} 2 order by 1") == newsroom.rows(
        f"{of_version} 1 order by 1"
    )


@pytest.mark.usefixtures("strict")
def test_wordings_that_come_under_another_version_are_found_under_both(newsroom: Newsroom) -> None:
    rope_works(newsroom)
    backfill(newsroom.job, STRICT)
    newsroom.revise("fire", toll("twenty"), fire("20"), hours=3)  # after the backfill
    deduplicate(newsroom.under(2))
    for n in range(KEPT):
        newsroom.revise("fire", toll(f"thirty-{n}"), fire(f"3{n}"), hours=4 + n)
    since = [document["revised_at"] for document in newsroom.documents("fire", 2)]
    assert since == [None, *(NOON + timedelta(hours=4 + n) for n in range(KEPT))]
    deduplicate(newsroom.under(1))
    assert [document["revised_at"] for document in newsroom.documents("fire", 1)] == since
    newsroom.publish(Item("copy", toll("thirty-1"), fire("31"), "Herald"), hours=9)
    assert newsroom.copies()["copy"] == ("exact", "fire")


@pytest.mark.usefixtures("strict")
def test_a_stopped_backfill_of_wordings_goes_on(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    revised_newsroom(newsroom)
    monkeypatch.setattr("newswatch.stages.deduplicate.versions.BATCH", 1)
    insert, calls = wordings.insert_wordings, []

    def dies(*arguments: Any) -> None:
        insert(*arguments)
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("newswatch.stages.deduplicate.versions.insert_wordings", dies)
        with pytest.raises(KeyboardInterrupt):
            backfill(newsroom.job, STRICT)
    backfill(newsroom.job, STRICT)
    for name in ("fire", "edited"):
        assert [row["revised_at"] for row in newsroom.documents(name, 2)] == [
            row["revised_at"] for row in newsroom.documents(name, 1)
        ]
    assert backfill(newsroom.job, STRICT) == 0
