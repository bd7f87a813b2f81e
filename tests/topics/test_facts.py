"""What is known of an article beside its text: its subtitle, its outlet, its length."""

from __future__ import annotations

import pytest

from newswatch.errors import InputError
from newswatch.topics.facts import Facts
from newswatch.topics.load import Topic, read_topic
from newswatch.topics.match import Matcher

TEMPLATE = """\
id: t
name: T
{where}
groups:
  a: [alpha]
  b: [beta]
rules:
  - {{id: r, when: {when}{rule}}}
"""
KNOWN = Facts(
    outlet="Harbour.example",
    country="QA",
    language="ar-EG",
    kind="live-blog",
    section="World",
    agency="Reuters",
    words=120,
    is_original=False,
)


def made(where: str = "", rule: str = "", when: str = "a") -> Topic:
    text = TEMPLATE.format(
        where=f"where: {where}" if where else "", rule=f", {rule}" if rule else "", when=when
    )
    return read_topic(text, "t.yaml")


@pytest.mark.parametrize(
    ("where", "met"),
    [
        ("{outlet: [harbour.example, quay.example]}", True),
        ("{outlet: [quay.example]}", False),
        ("{country: [qa]}", True),
        ("{language: [ar]}", True),
        ("{language: [en]}", False),
        ("{kind: [article]}", False),
        ("{section: [world], agency: [reuters]}", True),
        ("{section: [world], agency: [afp]}", False),
        ("{words: 120}", True),
        ("{words: 121}", False),
        ("{original: false}", True),
        ("{original: true}", False),
    ],
)
def test_conditions(where: str, met: bool) -> None:
    for topic in (made(where), made(rule=f"where: {where}")):
        assert bool(Matcher([topic]).match("", "Alpha.", facts=KNOWN)) is met
        assert Matcher([topic]).match("", "Alpha.") == []  # nothing is known


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("{lang: [ar]}", "unknown key 'lang'; did you mean 'language'?"),
        ("{outlet: []}", "nothing is one of nothing"),
        ("{words: many}", "'many' is not a number"),
        ("{original: maybe}", "'maybe' is not one of true, false"),
    ],
)
def test_what_is_refused(where: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem.replace("?", "\\?")):
        made(where)


@pytest.mark.parametrize(
    ("when", "title", "subtitle", "text", "fields"),
    [
        ("a", "", "Then alpha came", "Nothing.", ["subtitle"]),
        ("subtitle:a", "Alpha", "Then alpha came", "Alpha.", ["subtitle"]),
        ("title:a", "Nothing", "Then alpha came", "Alpha.", []),
        ("lead:a", "Nothing", "Then alpha came", "Nothing.", ["subtitle"]),
        ("a SENT b", "Alpha", "Beta", "Nothing.", []),
        ("a", "", "Alpha came.", "Alpha came. It left.", ["text"]),  # it is the text's beginning
    ],
)
def test_the_subtitle_is_a_field(
    when: str, title: str, subtitle: str, text: str, fields: list[str]
) -> None:
    found = Matcher([made(when=when)]).match(title, text, subtitle=subtitle)
    mentions = [mention for flag in found for mention in flag.mentions]
    assert [mention.field for mention in mentions] == fields
    for mention in mentions:
        field = {"title": title, "subtitle": subtitle, "text": text}[mention.field]
        assert field[mention.start : mention.end] == mention.text


def test_a_subtitle_is_as_good_as_a_lead() -> None:
    (flag,) = Matcher([made()]).match("", "Nothing.", subtitle="Then alpha came")
    assert flag.salience == "lead"


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("when: a SENT b", {"Alpha": "subject", "beta": "support"}),
        ("when: b SENT a", {"Alpha": "support", "beta": "subject"}),
        ("when: (a OR b) SENT b", {"Alpha": "subject", "beta": "subject"}),
    ],
)
def test_a_mention_names_the_subject_or_supports_the_rule(rule: str, parts: dict[str, str]) -> None:
    topic = made(when=rule.removeprefix("when: "))
    (flag,) = Matcher([topic]).match("", "Alpha met beta.")
    assert {mention.text: mention.part for mention in flag.mentions} == parts


def test_a_topic_may_say_which_groups_name_its_subject() -> None:
    text = TEMPLATE.format(where="subject: [b]", rule="", when="a SENT b")
    (flag,) = Matcher([read_topic(text, "t.yaml")]).match("", "Alpha met beta.")
    assert [mention.part for mention in flag.mentions] == ["support", "subject"]
    assert "“beta”, “Alpha”" in flag.reason


@pytest.mark.parametrize(("threshold", "found"), [("0.1", True), ("0.5", False)])
def test_a_rule_has_a_threshold_of_its_own(threshold: str, found: bool) -> None:
    text = "Nothing. " * 30 + "Alpha."
    topic = made(rule=f"threshold: {threshold}")
    assert bool(Matcher([topic]).match("", text)) is found


def test_a_draft_is_not_in_force() -> None:
    assert not read_topic(
        TEMPLATE.format(where="active: false", rule="", when="a"), "t.yaml"
    ).is_active
