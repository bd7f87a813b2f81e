"""Stories that are merged and split, on a real Postgres."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

import rows
from copies.texts import HARBOUR, TUNNEL, keep
from newswatch.copies.seeds import seed_of
from newswatch.errors import InputError
from newswatch.models import ArticleId
from newswatch.stages.deduplicate import story_changes
from newswatch.stages.deduplicate.deduplicate import add_seed, deduplicate
from newswatch.stages.deduplicate.story_changes import merge, split
from newswatch.store.server.database import Connection, scalar
from stages.invented import NOON, Item, job_on, store, story_groups
from stages.meeting import ITEMS as MEETING
from stages.meeting import PREVIEW
from stories.abroad import TALKS

LATER = NOON + timedelta(hours=50)
PIER = (
    "Port Ellery's main pier loses its timber piles. Divers begin on Monday; ferries leave from the"
    " fish dock, said Ines Vardalou of the harbour authority. Shipworm had hollowed the supports."
)
ITEMS = [
    Item("harbour", HARBOUR, "Pier to close", outlet="Courier"),
    Item("tunnel", TUNNEL, "Second tunnel rejected", hours=1),
    Item("pier", PIER, "Piles under the pier are lost", hours=2),
    Item("harbour-again", HARBOUR, hours=3),
    Item("tunnel-cut", keep(TUNNEL, 0.6), hours=4),
]
HARBOUR_STORY = frozenset({"harbour", "pier", "harbour-again"})
TUNNEL_STORY = frozenset({"tunnel", "tunnel-cut"})


@pytest.fixture
def decided(connection: Connection) -> Connection:
    store(connection, ITEMS)
    deduplicate(job_on(connection))
    assert story_groups(connection) == {HARBOUR_STORY, TUNNEL_STORY}
    return connection


def article(connection: Connection, name: str) -> ArticleId:
    where = "select article_id from news.article where split_part(canonical_url, '/', 4) = %s"
    return ArticleId(int(scalar(connection, where, [name])))


def story(connection: Connection, name: str) -> int:
    where = "select story_id from news.decision where article_id = %s"
    return int(scalar(connection, where, [article(connection, name)]))


def told(connection: Connection) -> list[Any]:
    """Everything that is kept of the stories that live."""
    return connection.execute(
        """
        select headline, first_seen_at, last_seen_at, article_count,
               array(select (split_part(canonical_url, '/', 4), role)::text
                     from news.decision join news.article using (article_id)
                     where decision.story_id = story.story_id order by 1),
               array(select jsonb_object_keys(strands) order by 1),
               (select count(*) from news.story_term where story_term.story_id = story.story_id)
        from news.story where merged_into is null order by story_id
        """
    ).fetchall()


def history(connection: Connection) -> list[Any]:
    return connection.execute(
        "select kind, story_id, from_story_id, article_ids, why"
        " from analyst.story_change order by changed_at, story_id"
    ).fetchall()


# --- merge ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [("harbour", "tunnel"), ("tunnel", "harbour")])
def test_the_older_story_takes_all(decided: Connection, order: tuple[str, str]) -> None:
    older, younger = story(decided, "harbour"), story(decided, "tunnel")
    one, other = (story(decided, name) for name in order)
    assert merge(job_on(decided, LATER), one, other, "one event") == older
    assert story_groups(decided) == {HARBOUR_STORY | TUNNEL_STORY}
    (kept,) = told(decided)
    assert kept[0] == "Pier to close"
    assert (kept[2] - kept[1], kept[3]) == (timedelta(hours=4, microseconds=4), 5)
    moved = sorted(article(decided, name) for name in TUNNEL_STORY)
    assert history(decided) == [("merge", older, younger, moved, "one event")]
    gone = "select merged_into, article_count, strands from news.story where story_id = %s"
    assert decided.execute(gone, [younger]).fetchone() == (older, 0, {})


def test_the_roles_are_those_of_one_story(decided: Connection) -> None:
    merge(job_on(decided), story(decided, "harbour"), story(decided, "tunnel"))
    roles = "select role from news.decision where article_id = %s"
    assert scalar(decided, roles, [article(decided, "tunnel")]) == "development"
    assert scalar(decided, roles, [article(decided, "tunnel-cut")]) == "copy"


def test_what_comes_later_joins_the_story_that_is_left(decided: Connection) -> None:
    merge(job_on(decided), story(decided, "harbour"), story(decided, "tunnel"))
    store(
        decided, [Item("valley", keep(TUNNEL, 0.5) + PIER, hours=6), Item("copy", TUNNEL, hours=7)]
    )
    deduplicate(job_on(decided))
    assert story_groups(decided) == {HARBOUR_STORY | TUNNEL_STORY | {"valley", "copy"}}


def test_stories_in_two_languages(connection: Connection) -> None:
    texts = {"en": HARBOUR, "ru": TALKS["ru"][1]}
    store(connection, [Item(name, text, language=name) for name, text in texts.items()])
    deduplicate(job_on(connection))
    merge(job_on(connection), story(connection, "en"), story(connection, "ru"))
    assert [row[5] for row in told(connection)] == [["en", "ru"]]


def test_an_id_that_was_merged_twice_leads_to_the_living_story(decided: Connection) -> None:
    store(decided, [Item("talks", TALKS["en"][1], hours=8)])
    deduplicate(job_on(decided))
    first, second, third = (story(decided, name) for name in ("harbour", "tunnel", "talks"))
    merge(job_on(decided), second, third)
    merge(job_on(decided), first, second)
    rows = decided.execute("select story_id, merged_into from news.story order by 1").fetchall()
    assert rows == [(first, None), (second, first), (third, first)]
    with pytest.raises(InputError, match=f"story {third} was merged away; it is story {first} now"):
        merge(job_on(decided), first, third)


# --- split ----------------------------------------------------------------------------------------


def test_copies_go_with_their_original(decided: Connection) -> None:
    before = told(decided)
    kept, gone = story(decided, "harbour"), story(decided, "tunnel")
    merge(job_on(decided), kept, gone)
    new = split(job_on(decided, LATER), kept, [article(decided, "tunnel")], "two events")
    assert story_groups(decided) == {HARBOUR_STORY, TUNNEL_STORY}
    assert new > gone
    assert told(decided) == before
    moved = sorted(article(decided, name) for name in TUNNEL_STORY)
    assert history(decided)[1] == ("split", new, kept, moved, "two events")


def test_the_headline_is_that_of_the_first_article_left(decided: Connection) -> None:
    split(job_on(decided), story(decided, "harbour"), [article(decided, "harbour")])
    assert [(row[0], row[3]) for row in told(decided)] == [
        ("Piles under the pier are lost", 1),
        ("Second tunnel rejected", 2),
        ("Pier to close", 2),
    ]


def test_reprints_of_a_seed_stay_together(connection: Connection) -> None:
    add_seed(job_on(connection), seed_of("preview", PREVIEW))
    store(connection, MEETING)
    deduplicate(job_on(connection))
    split(job_on(connection), story(connection, "reprint"), [article(connection, "cut")])
    assert story_groups(connection) == {
        frozenset({"reprint", "cut"}),
        frozenset({"preview", "statement", "wired"}),
    }
    store(connection, [Item("reprint-again", PREVIEW, hours=45)])
    deduplicate(job_on(connection, LATER))
    assert story(connection, "reprint-again") == story(connection, "reprint")


REFUSED: list[tuple[Callable[[Connection], object], str]] = [
    (lambda c: merge(job_on(c), 1, 99), "there is no story 99; give a story_id of analyst.story"),
    (lambda c: merge(job_on(c), 1, 1), "story 1 cannot be merged with itself; name two stories"),
    (lambda c: split(job_on(c), 99, [ArticleId(1)]), "there is no story 99"),
    (lambda c: split(job_on(c), 1, []), "no article to split off; name one or more"),
    (
        lambda c: split(job_on(c), story(c, "harbour"), [article(c, "tunnel")]),
        "article 2 is not in story 1; `newswatch story show 1` lists those that are",
    ),
    (
        lambda c: split(job_on(c), story(c, "harbour"), [article(c, "harbour-again")]),
        "article 4 copies article 1; name 1: its copies go with it",
    ),
    (
        lambda c: split(
            job_on(c), story(c, "harbour"), [article(c, "harbour"), article(c, "pier")]
        ),
        "nothing would be left of story 1; name some of its articles, not all",
    ),
]


@pytest.mark.parametrize(("change", "message"), REFUSED)
def test_what_is_refused_changes_nothing(
    decided: Connection, change: Callable[[Connection], object], message: str
) -> None:
    before = told(decided)
    with pytest.raises(InputError) as refused:
        change(decided)
    assert message in str(refused.value)
    assert told(decided) == before
    assert history(decided) == []


def test_what_was_cut_off_left_nothing(
    decided: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(decided)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(story_changes, "recompute_roles", dies)
        with pytest.raises(KeyboardInterrupt):
            merge(job_on(decided), story(decided, "harbour"), story(decided, "tunnel"))
    assert (told(decided), history(decided)) == (before, [])


# --- editions -------------------------------------------------------------------------------------


def test_an_edition_carried_what_its_articles_are_part_of_now(decided: Connection) -> None:
    kept, gone = story(decided, "harbour"), story(decided, "tunnel")
    edition_id = rows.edition(decided)
    for name in ("harbour", "tunnel"):
        rows.edition_story(
            decided, edition_id, "quay", story(decided, name), article(decided, name)
        )
    carried = "select story_id, article_id from news.edition_story order by article_id"
    both = [article(decided, name) for name in ("harbour", "tunnel")]
    merge(job_on(decided), kept, gone)
    assert decided.execute(carried).fetchall() == [(kept, both[0]), (kept, both[1])]
    new = split(job_on(decided), kept, [article(decided, "tunnel")])
    assert decided.execute(carried).fetchall() == [(kept, both[0]), (new, both[1])]
