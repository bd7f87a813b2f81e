"""What becomes of a report, in twenty languages: a copy, or something that tells more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copies.bus import BUSES
from copies.ferry import FERRIES, Ferry, Report
from newswatch.copies.decide import decide
from newswatch.copies.decision import Decision
from newswatch.copies.document import Document
from newswatch.copies.fingerprint import fingerprint
from newswatch.copies.wording import Wording


def document(number: int, report: Report, outlet: str) -> Document:
    return Document(
        number,
        fingerprint(report.text, report.headline),
        outlet,
        report.headline,
        datetime(2026, 3, 2, 6 + number, tzinfo=UTC),
        wording=Wording(report.headline, report.text, report.language, outlet),
    )


def decided(first: Report, second: Report, outlet: str = "Gazette") -> Decision:
    return decide(document(2, second, outlet), [document(1, first, "Courier")])


def copies_of(ferry: Ferry) -> dict[str, Report]:
    first = ferry.told()
    lead, *rest = first.sentences
    return {
        "word for word": first,
        "another headline": ferry.told(ferry.reworded),
        "the toll in words": ferry.told(n=ferry.in_words[0]),
        "cut": first.saying(*first.sentences[:4]),
        "reordered": first.saying(lead, *reversed(rest)),
        "without its lead": first.saying(*rest),
        "with a footer": first.saying(*first.sentences, ferry.footer),
        "with a dateline": first.saying(f"{ferry.place[0].upper()} (AP) — {lead}", *rest),
        "a sentence left out": first.saying(lead, *rest[1:]),
        "in lines": first.saying("\n\n".join(first.sentences)),
        "in capitals": first.saying(*map(str.upper, first.sentences)),
    }


def news_of(ferry: Ferry) -> dict[str, Report]:
    first = ferry.told()
    lead, *rest = first.sentences
    headline = ferry.new_headline
    return {
        "another toll": ferry.told(n=ferry.toll[1]),
        "another toll in words": ferry.told(n=ferry.in_words[1]),
        "another toll in its headline": ferry.told(n=ferry.toll[1]).saying(*first.sentences),
        "another toll in its text": ferry.told(n=ferry.toll[1], headline=first.headline),
        "another place": ferry.told(place=ferry.place[1]),
        "another person": ferry.told(person=ferry.person[1]),
        "another day": ferry.told(day=ferry.day[1]),
        "the opposite": ferry.told(did=ferry.did[1]),
        "news on top": first.saying(ferry.lead, *first.sentences, headline=headline),
        "news on top, the old headline": first.saying(ferry.lead, *first.sentences),
        "another lead": first.saying(ferry.lead, *rest, headline=headline),
        "news below the lead": first.saying(lead, ferry.lead, *rest, headline=headline),
    }


TOLD = (*FERRIES, *BUSES)
COPIES = [(ferry, kind) for ferry in TOLD for kind in copies_of(ferry)]
NEWS = [(ferry, kind) for ferry in TOLD for kind in news_of(ferry)]


@pytest.mark.parametrize(("ferry", "kind"), COPIES, ids=[f"{f.language} {k}" for f, k in COPIES])
def test_a_copy_tells_nothing_new(ferry: Ferry, kind: str) -> None:
    decision = decided(ferry.told(), copies_of(ferry)[kind])
    assert decision.original_id == 1, decision.reason


@pytest.mark.parametrize(("ferry", "kind"), NEWS, ids=[f"{f.language} {k}" for f, k in NEWS])
def test_what_tells_news_is_no_copy(ferry: Ferry, kind: str) -> None:
    decision = decided(ferry.told(), news_of(ferry)[kind])
    assert decision.kind is None, decision.reason
    assert decision.relation in ("update", "template")
    assert decision.compared_id == 1
