"""What `topics check` remarks of a topic that can be read."""

from __future__ import annotations

import pytest

from newswatch.topics.check import failed_tests, remarks
from newswatch.topics.load import Topic, read_topic
from shipped import shipped


def topic(
    *, groups: str = "", rules: str = "ferry SENT harbour", masks: str = "", rest: str = ""
) -> Topic:
    text = "id: t\nname: T\ngroups:\n  harbour: [harbour, quay]\n  ferry: [ferry]\n"
    text += f"  {groups}\n" if groups else ""
    text += f"masks: {masks}\n" if masks else ""
    text += "rules:\n  - {id: first, when: ferry}\n"
    text += "".join(
        f"  - {{id: r{n}, when: {rule}}}\n" for n, rule in enumerate(rules.split(" ; "))
    )
    return read_topic(text + rest, "t.yaml")


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (topic(groups="tide: [ebb]"), "neither a rule nor the lexicon uses the group 'tide'"),
        (
            topic(rules="harbour AND NOT harbour"),
            "rule 'r0' can never match: it forbids what it needs",
        ),
        (topic(rules="harbour ; harbour"), "rule 'r1' says the same as rule 'r0'"),
        (
            topic(rest="  - {id: weak, when: harbour OR ferry, weight: 0}\nthreshold: 0.9\n"),
            "rule 'weak' alone never flags: its weight keeps it below the threshold",
        ),
        (
            topic(groups="tide: [high*, higher]", rules="tide OR harbour"),
            "'higher' is idle: 'high*' finds all of it",
        ),
        (
            topic(groups="tide: [tide, spring tide]", rules="tide OR harbour"),
            "'spring tide' is idle: 'tide' finds all of it",
        ),
        (
            topic(groups="tide: [Tide, tide]", rules="tide OR harbour"),
            "'tide' is idle: 'Tide' finds all of it",
        ),
        (
            topic(groups="tide: [ebb]", rules="tide OR harbour"),
            "'ebb' is so short that it will match by chance",
        ),
        (
            topic(groups="tide: [e]", rules="harbour SENT tide"),
            "'e' is so short that it will match by chance",
        ),
        (
            topic(masks="[Harbour, Harbour Street]"),
            "the mask 'Harbour' hides nothing: it holds no alias",
        ),
        (
            topic(masks="[Bridge Street]"),
            "the mask 'Bridge Street' hides nothing: it holds no alias",
        ),
    ],
)
def test_remarks(made: Topic, text: str) -> None:
    assert text in [remark.text for remark in remarks(made)]


@pytest.mark.parametrize(
    "made",
    [
        topic(),
        topic(groups="tide: [ebb]", rules="harbour SENT tide"),
        topic(groups="tide: ['=EBB', {alias: ebb, needs: harbour}]", rules="tide OR harbour"),
        topic(groups="tide: [중재*, 潮水]", rules="tide OR harbour"),
        topic(groups="tide: {en: [tide], de: [tide]}", rules="tide OR harbour"),
        topic(masks="[Harbour Street, Old Harbour Street]"),
        topic(rules="harbour AND NOT ferry"),
    ],
)
def test_nothing_to_remark(made: Topic) -> None:
    assert remarks(made) == []


def test_remarks_name_their_lines() -> None:
    found = remarks(topic(groups="tide: [ebb]", masks="[Bridge Street]"))
    assert [remark.line for remark in found] == [6, 7]


def test_failed_tests() -> None:
    tests = "tests:\n  - {text: The quay., flag: true}\n  - {text: The quay., flag: false}\n"
    assert [failed.test.flag for failed in failed_tests(topic(rules="harbour", rest=tests))] == [
        False
    ]


@pytest.mark.parametrize("shipped", shipped().topics, ids=lambda shipped: shipped.topic_id)
def test_the_shipped_topics_give_no_cause(shipped: Topic) -> None:
    assert remarks(shipped) == []
