"""The library of names: what topics include, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from newswatch.errors import InputError
from newswatch.topics.load import load_topics
from newswatch.topics.match import Matcher
from newswatch.topics.names import Office, load_names

PEOPLE = """\
pilot:
  name: Jo Pilot
  offices: [{office: pilot of the ferry, from: "2025-02", to: "2026-01-16"}]
  tags: [crew]
  forms: {any: [Pilot], ru: [Пилот]}
cook:
  name: Al Cook
  tags: [crew]
  forms: [Cook]
"""
TOPIC = """\
id: crew
name: The crew
groups:
  crew: {include: [%s], en: [skipper]}
rules:
  - {id: named, when: crew}
"""


def folder(path: Path, include: str, people: str = PEOPLE) -> Path:
    (path / "topics").mkdir()
    (path / "names").mkdir()
    (path / "topics" / "crew.yaml").write_text(TOPIC % include)
    (path / "names" / "people.yaml").write_text(people)
    return path / "topics"


@pytest.mark.parametrize(
    ("include", "flagged"), [("pilot", ["Pilot"]), ("crew", ["Pilot", "Cook"]), ("cook", ["Cook"])]
)
def test_names_are_included_by_id_and_by_tag(
    tmp_path: Path, include: str, flagged: list[str]
) -> None:
    (topic,) = load_topics(folder(tmp_path, include)).topics
    matcher = Matcher([topic])
    assert [
        name for name in ("Pilot", "Cook") if matcher.match("", f"Then {name} came.")
    ] == flagged
    assert matcher.match("", "The skipper came.")


def test_a_new_form_is_a_new_version_of_the_topics_that_include_it(tmp_path: Path) -> None:
    topics = folder(tmp_path, "pilot")
    (before,) = load_topics(topics).topics
    people = topics.parent / "names" / "people.yaml"
    people.write_text(PEOPLE.replace("[Cook]", "[Cook, Kok]"))
    assert load_topics(topics).topics[0].version == before.version
    people.write_text(PEOPLE.replace("[Pilot]", "[Pilot, Lotse]"))
    assert load_topics(topics).topics[0].version != before.version


def test_an_unknown_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    (error,) = load_topics(folder(tmp_path, "pilto")).errors
    assert "'pilto' is no id and no tag" in str(error)
    assert "did you mean 'pilot'?" in str(error)


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("2025-02", "February", "'February' is no date"),
        ("2026-01-16", "2024", "it ends before it begins"),
        ("tags: [crew]", "tags: [cook]", "'cook' is a tag, and the id of 'Al Cook'"),
    ],
)
def test_what_is_refused(tmp_path: Path, before: str, after: str, problem: str) -> None:
    topics = folder(tmp_path, "pilot", PEOPLE.replace(before, after, 1))
    with pytest.raises(InputError, match=problem):
        load_names(topics)


@pytest.mark.parametrize(
    ("until", "day", "ended"),
    [
        (None, "2026-05-01", False),
        ("2026-01-16", "2026-01-16", False),
        ("2026-01-16", "2026-01-17", True),
        ("2026-01", "2026-01-31", False),
        ("2026-01", "2026-02-01", True),
        ("2026", "2026-12-31", False),
    ],
)
def test_when_an_office_has_ended(until: str | None, day: str, ended: bool) -> None:
    assert Office("pilot", "2025", until).has_ended(day) is ended
