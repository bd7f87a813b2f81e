"""A story in many languages, on a real Postgres."""

from __future__ import annotations

import pytest

from newswatch.stages.deduplicate import deduplicate as stage
from newswatch.stages.deduplicate.deduplicate import deduplicate
from newswatch.store.server.database import Connection, scalar
from stages.invented import Item, job_on, store, story_groups
from stories.abroad import LOOK_ALIKES, TALKS

REPORTS = [
    Item(language, text, title, hours=place, language=language)
    for place, (language, (title, text)) in enumerate(TALKS.items())
]
OTHERS = [
    Item(name.replace(" ", "-"), text, title, hours=place + 0.5)
    for place, (name, (title, text)) in enumerate(LOOK_ALIKES.items())
]


@pytest.mark.parametrize("batch", [500, 3, 1])
def test_reports_in_all_languages_are_one_story(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(stage, "BATCH", batch)
    store(connection, REPORTS + OTHERS)
    counts = deduplicate(job_on(connection))
    assert story_groups(connection) == {
        frozenset(TALKS),
        *(frozenset({item.name}) for item in OTHERS),
    }
    assert (counts["stories_new"], counts["stories_joined"]) == (3, len(TALKS) - 1)


def test_whichever_language_is_first(connection: Connection) -> None:
    hours = len(REPORTS)
    store(
        connection,
        [
            Item(report.name, report.text, report.title, "", hours - report.hours, report.language)
            for report in REPORTS
        ],
    )
    deduplicate(job_on(connection))
    assert story_groups(connection) == {frozenset(TALKS)}


def test_a_report_abroad_says_why_and_what_it_is(connection: Connection) -> None:
    store(connection, [REPORTS[0], REPORTS[3]])
    deduplicate(job_on(connection))
    (found,) = connection.execute(
        "select story_similarity, story_terms, role from news.decision"
        " join news.article using (article_id) where language = 'ru'"
    ).fetchall()
    assert found[0] > 0.5
    assert found[1]["Рокстад = Rokstad"] > 0
    assert found[2] == "independent"  # nobody can tell what of it is new
    assert scalar(
        connection, "select array(select jsonb_object_keys(strands)) from news.story"
    ) == [
        "en",
        "ru",
    ]


def test_a_further_report_joins_its_strand(connection: Connection) -> None:
    title, text = TALKS["ru"]
    later = Item(
        "ru-later", text.partition(". ")[2], f"{title}: что дальше", hours=20, language="ru"
    )
    store(connection, [REPORTS[0], REPORTS[3], later])
    deduplicate(job_on(connection))
    assert story_groups(connection) == {frozenset({"en", "ru", "ru-later"})}


def test_a_report_of_unknown_language_joins_by_its_words_alone(connection: Connection) -> None:
    spanish, russian = (
        Item(name, TALKS[name][1], TALKS[name][0], language=None) for name in ("es", "ru")
    )
    store(connection, [REPORTS[0], spanish, russian])
    deduplicate(job_on(connection))
    assert story_groups(connection) == {frozenset({"en", "es"}), frozenset({"ru"})}
