"""An editor may hold an edition back; nothing is lost by that, nor by who does not answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from newswatch.models import EditionId
from newswatch.stages import approval
from newswatch.stages.approval import Question
from newswatch.stages.deliveries import send_again
from newswatch.store.health import measure
from stages.brief import DAY, HOUR, NOW, Brief, title_of

QUARTER = timedelta(minutes=15)


@pytest.fixture
def asked(brief: Brief) -> Brief:
    """An edition has been made, and waits for the editor."""
    brief.settings = replace(brief.settings, editor="ed@paper.example", approval=1_800.0)
    brief.publish(1, NOW - HOUR)
    counts = brief.send()
    assert (counts["editions"], counts["held"], counts["sent"]) == (1, 1, 0)
    return brief


def question(brief: Brief, run: str = "today") -> EditionId:
    (edition_id,) = approval.take_questions(brief.connection, run, brief.now)
    return edition_id


def answer(brief: Brief, edition_id: EditionId, *, is_sent: bool) -> bool:
    return approval.settle(brief.connection, edition_id, brief.now, is_sent=is_sent)


def test_without_an_editor_nothing_waits(brief: Brief) -> None:
    brief.publish(1, NOW - HOUR)
    brief.send()
    assert brief.told() == [[1]]
    assert approval.take_questions(brief.connection, "today", brief.now) == []


def test_who_says_send_has_it_sent_by_the_next_run(asked: Brief) -> None:
    edition_id = question(asked)
    assert answer(asked, edition_id, is_sent=True)
    asked.later(QUARTER)
    assert asked.told() == [[1]]


def test_who_does_not_answer_has_said_send(asked: Brief) -> None:
    asked.later(QUARTER)
    assert asked.told() == []
    asked.later(QUARTER)
    assert asked.told() == [[1]]


def test_what_is_held_back_is_told_the_next_day(asked: Brief) -> None:
    edition_id = question(asked)
    assert answer(asked, edition_id, is_sent=False)
    asked.later(HOUR)
    assert asked.told() == []
    assert asked.deliveries("state, last_error, is_settled") == [
        ("skipped", "the editor held it back", True)
    ]
    asked.publish(2)
    asked.now += DAY
    asked.send()
    asked.later(HOUR)
    assert asked.told() == [[1, 2]]


def test_what_is_held_back_can_be_sent_after_all(asked: Brief) -> None:
    answer(asked, question(asked), is_sent=False)
    send_again(asked.job, "desk", "daily", None)
    asked.later(QUARTER)
    assert asked.told() == [[1]]


def test_an_answer_after_the_time_changes_nothing(asked: Brief) -> None:
    edition_id = question(asked)
    asked.later(HOUR)
    assert not answer(asked, edition_id, is_sent=False)
    assert asked.states() == ["sent"]
    assert approval.question(asked.connection, edition_id, asked.now) is None


def test_each_edition_is_asked_about_by_one_run(asked: Brief) -> None:
    assert question(asked, "first") == question(asked, "first")  # a retry
    assert approval.take_questions(asked.connection, "second", asked.now) == []


def test_the_editor_sees_what_will_be_sent(asked: Brief) -> None:
    shown = approval.question(asked.connection, question(asked), asked.now)
    assert shown is not None
    assert shown.subject == f"Edition of 2026-01-14 for desk: {title_of(1)}"
    assert shown.terms.startswith("Sent at 09:30 UTC unless it is held back")
    assert title_of(1) in shown.edition
    assert shown.text.startswith(f"{shown.terms}\n\n")


def lines_of(markdown: str) -> list[str]:
    """What a browser shows of it, and the addresses of its links."""
    body = html.fragment_fromstring(MarkdownIt("gfm-like").render(markdown), create_parent="main")
    assert {element.tag for element in body.iter()} <= {"main", "p", "br", "a"}
    links = body.xpath("//a")
    assert [link.get("href") for link in links] == [link.text for link in links]
    for line_break in body.iter("br"):
        line_break.tail = f"\n{line_break.tail.lstrip()}"
    return [line for p in body.iter("p") for line in p.text_content().split("\n")]


TEXT = st.text(
    st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" #*_`<>[]()!&|~+-=1.:\\")
)


@given(st.lists(TEXT, max_size=6))
@example(["# no heading", "- no list", "1. none", "<b>no mark-up</b>", "    no code", "&amp; &lt;"])
@example(
    ["GAZA MEDIATORS", "===", "", "![x](https://outlet.example/x.png)", "| a |", "| - |", "~~a~~"]
)
@example(["www.outlet.example and https://outlet.example/ (as they say)", "a@outlet.example"])
@example(["https://outlet.example/a_b_c?d=*e*&copy=1", "https://outlet.example/<b>"])
def test_airflow_shows_the_editor_the_text_line_by_line(lines: list[str]) -> None:
    shown = Question("Edition", "Sent at 09:30 UTC.", "\n".join(lines))
    expected = [line.strip() for line in shown.text.splitlines() if line.strip()]
    assert lines_of(shown.markdown) == expected


def test_the_editor_gets_a_mail(asked: Brief) -> None:
    shown = approval.question(asked.connection, question(asked), asked.now)
    assert shown is not None
    assert approval.ask(asked.settings, shown, "https://airflow.example/dags/approve_digest")
    (mail,) = asked.post_office.to("ed@paper.example")
    assert "Answer at https://airflow.example/dags/approve_digest" in mail.text


def test_its_time_does_not_count_as_waiting_for_the_mail_server(asked: Brief) -> None:
    (edition,) = measure(asked.connection, asked.now, 4).editions
    assert edition.built_at == NOW + timedelta(minutes=30)
