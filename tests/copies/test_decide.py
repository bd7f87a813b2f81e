"""Which document an article copies: order, chains, digests, short items, standing text, updates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copies.texts import HARBOUR, STANDING, TUNNEL, joined, keep, prose
from newswatch.copies.decide import decide
from newswatch.copies.decision import Decision
from newswatch.copies.document import Document
from newswatch.copies.fingerprint import fingerprint
from newswatch.copies.wording import Wording
from newswatch.models import DuplicateKind

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TITLE = "Eastern ferry terminal to close for eleven weeks"
STUB = "Sign up for the evening letter of the Courier."
BRIEF = "The harbour authority replaces the timber piles of the main pier, which date from 1934."


def document(
    number: int,
    text: str,
    *,
    title: str = "",
    outlet: str = "",
    hours: float = 0,
    original: int | None = None,
    seed: bool = False,
) -> Document:
    return Document(
        number,
        fingerprint(text, "" if seed else title),
        outlet or f"outlet {number}",
        title,
        NOON + timedelta(hours=hours),
        is_seed=seed,
        original_id=original,
        wording=Wording("" if seed else title, text, "en", outlet),
    )


def test_nothing_known_is_an_original() -> None:
    assert decide(document(1, HARBOUR), []) == Decision(
        None, None, None, 0.0, 0.0, 0.0, "Shares no passage with earlier text."
    )


def test_of_equal_copies_the_earliest_is_the_original() -> None:
    known = [document(number, HARBOUR) for number in (5, 3, 9)]
    decision = decide(document(10, HARBOUR), known)
    assert (decision.kind, decision.original_id) == ("exact", 3)


def test_what_comes_later_is_no_candidate() -> None:
    assert decide(document(4, HARBOUR), [document(7, HARBOUR)]).kind is None


def test_a_copy_of_a_copy_names_the_original_and_what_it_was_found_by() -> None:
    first = document(1, HARBOUR)
    second = document(2, HARBOUR + prose(3, 40), original=1)
    decision = decide(document(3, HARBOUR + prose(3, 40)), [first, second])
    assert (decision.kind, decision.original_id, decision.compared_id) == ("exact", 1, 2)


def test_a_headline_without_text_copies_the_article_not_its_other_copies() -> None:
    article = document(1, HARBOUR, title=TITLE)
    headline = document(2, "", title=TITLE, original=1)
    decision = decide(document(3, "", title=TITLE), [article, headline])
    assert (decision.kind, decision.original_id, decision.compared_id) == ("exact", 1, 2)


def test_a_digest_does_not_bridge_two_stories() -> None:
    first, second = prose(1, 300), prose(2, 120)
    digest = document(2, joined([first, keep(second, 0.8)]), original=1)
    decision = decide(document(3, keep(second, 0.7)), [document(1, first), digest])
    assert (decision.kind, decision.original_id) == ("contained", 2)


def test_copies_of_two_parts_of_a_digest_are_not_compared_through_it() -> None:
    first, second = document(1, prose(1, 200)), document(2, prose(2, 200))
    digest = document(3, joined([prose(1, 200), prose(2, 200)]))
    known = [first, second, digest]
    for number, of in ((1, first), (2, second)):
        decision = decide(document(9, keep(prose(number, 200), 0.9)), known)
        assert (decision.kind, decision.original_id) == ("near", of.document_id)


def test_a_digest_is_an_original_that_contains_earlier_ones() -> None:
    known = [document(1, HARBOUR), document(2, TUNNEL)]
    decision = decide(document(3, joined([prose(1, 200), HARBOUR, TUNNEL])), known)
    assert decision.kind is None
    assert [held.document_id for held in decision.contains] == [1, 2]
    assert all(held.coverage > 0.95 for held in decision.contains)
    assert all(0.2 < held.coverage_of_longer < 0.5 for held in decision.contains)
    assert decision.contains[1].reason == "100 % of outlet 2 stands in this text, which is longer."


def test_an_expanded_report_reaches_the_reader() -> None:
    decision = decide(document(2, HARBOUR + prose(1, 160)), [document(1, HARBOUR)])
    assert decision.kind is None
    assert decision.contains[0].document_id == 1


def test_the_reason_reads_as_a_sentence() -> None:
    first = document(1, HARBOUR, outlet="Ellery Courier")
    decision = decide(document(2, keep(HARBOUR, 0.5), hours=0.2), [first])
    assert decision.reason == (
        "100 % of this text stands in Ellery Courier, which is longer. Seen 12 minutes later."
    )


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0.5, "30 minutes later."), (1 / 60, "1 minute later."), (-5, "5 hours earlier.")],
)
def test_an_original_may_be_seen_after_its_copy(hours: float, said: str) -> None:
    decision = decide(document(2, HARBOUR, hours=hours), [document(1, HARBOUR)])
    assert decision.original_id == 1
    assert decision.reason.endswith(f" Seen {said}")


def test_an_original_tells_what_it_shares_most_with() -> None:
    known = [document(1, TUNNEL), document(2, HARBOUR)]
    decision = decide(document(3, joined([keep(HARBOUR, 0.5), prose(3, 150)])), known)
    assert (decision.kind, decision.original_id, decision.compared_id, decision.contains) == (
        None,
        None,
        2,
        (),
    )
    assert 0.25 < decision.jaccard < decision.coverage < decision.coverage_of_original < 0.56
    assert decision.reason == "Shares passages with outlet 2 (43 % of this text), but is no copy."


def test_a_digest_is_told_by_what_stands_in_it() -> None:
    decision = decide(document(2, joined([TUNNEL, HARBOUR, prose(1, 200)])), [document(1, HARBOUR)])
    assert (decision.kind, decision.compared_id) == (None, 1)
    assert decision.coverage_of_original == 1.0 > decision.coverage > 0.2


# --- seeds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("outlet", ["Courier", "Gazette"])
@pytest.mark.parametrize(
    "title", ["Harbour pier closes for 11 weeks", "Pier goes after 92 years", "Harbour closes"]
)
def test_a_number_in_the_name_of_a_seed_is_no_figure(title: str, outlet: str) -> None:
    seed = document(1, HARBOUR, title="harbour-2026", outlet="Courier", seed=True)
    decision = decide(document(2, HARBOUR + "It was updated.", title=title, outlet=outlet), [seed])
    assert (decision.kind, decision.original_id) == ("near", 1)


def test_of_two_seeds_that_overlap_the_closer_one_is_named() -> None:
    short = document(1, keep(HARBOUR, 0.8), title="morning", seed=True)
    long = document(2, HARBOUR, title="evening", seed=True)
    for text, of in ((HARBOUR, 2), (keep(HARBOUR, 0.8), 1), (keep(HARBOUR, 0.4), 1)):
        assert decide(document(9, text), [short, long]).original_id == of


def test_a_seed_may_be_a_digest() -> None:
    seed = document(1, joined([TUNNEL, HARBOUR, prose(1, 200)]), title="week", seed=True)
    decision = decide(document(2, HARBOUR), [seed])
    assert (decision.kind, decision.original_id) == ("contained", 1)
    assert decide(document(3, joined([TUNNEL, prose(2, 300)])), [seed]).kind is None


def test_a_seed_is_named_without_a_time() -> None:
    seed = document(1, HARBOUR, title="harbour-2026", seed=True)
    decision = decide(document(2, keep(HARBOUR, 0.5), hours=99), [seed])
    assert (decision.kind, decision.original_id) == ("contained", 1)
    assert decision.reason.startswith("100 % of this text stands in the seed harbour-2026")


# --- items with few words or none -----------------------------------------------------------------

SHORT_ITEMS: list[tuple[str, Document, Document, DuplicateKind | None]] = [
    (
        "headline of the full article, same outlet",
        document(1, HARBOUR, title=TITLE, outlet="Courier"),
        document(2, "", title=TITLE, outlet="Courier", hours=3),
        "contained",
    ),
    (
        "headline and summary of the full article, same outlet",
        document(1, HARBOUR, title=TITLE, outlet="Courier"),
        document(2, BRIEF, title=TITLE, outlet="Courier", hours=3),
        "contained",
    ),
    (
        "the full article of a headline, same outlet",
        document(1, "", title=TITLE, outlet="Courier"),
        document(2, HARBOUR, title=TITLE, outlet="Courier", hours=3),
        "revision",
    ),
    (
        "the full article of a headline with a summary, same outlet",
        document(1, BRIEF, title=TITLE, outlet="Courier"),
        document(2, HARBOUR, title=TITLE.upper(), outlet="Courier", hours=3),
        "revision",
    ),
    (
        "the summary of a headline, same outlet",
        document(1, "", title=TITLE, outlet="Courier"),
        document(2, BRIEF, title=TITLE, outlet="Courier", hours=3),
        "revision",
    ),
    (
        "the full article of a headline, another outlet",
        document(1, "", title=TITLE, outlet="Courier"),
        document(2, HARBOUR, title=TITLE, outlet="Gazette", hours=3),
        None,
    ),
    (
        "the full article of a headline, nobody knows whose",
        replace(document(1, "", title=TITLE), outlet=""),
        replace(document(2, HARBOUR, title=TITLE, hours=3), outlet=""),
        None,
    ),
    (
        "the full article of a headline, a week later",
        document(1, "", title=TITLE, outlet="Courier"),
        document(2, HARBOUR, title=TITLE, outlet="Courier", hours=168),
        None,
    ),
    (
        "a full article under a column's standing headline",
        document(1, "", title="Morning briefing", outlet="Courier"),
        document(2, HARBOUR, title="Morning briefing", outlet="Courier", hours=24),
        None,
    ),
    (
        "the full article of a headline that copies another outlet's",
        document(2, "", title=TITLE, outlet="Courier", original=1),
        document(3, HARBOUR, title=TITLE, outlet="Courier", hours=3),
        None,
    ),
    (
        "another full article under the headline of one",
        document(1, HARBOUR, title=TITLE, outlet="Courier"),
        document(2, TUNNEL, title=TITLE, outlet="Courier", hours=3),
        None,
    ),
    (
        "equal headlines of two outlets on one day",
        document(1, "", title=TITLE),
        document(2, "", title=TITLE.upper(), hours=5),
        "exact",
    ),
    (
        "equal headlines, a month apart",
        document(1, "", title=TITLE),
        document(2, "", title=TITLE, hours=720),
        None,
    ),
    (
        "a column's standing headline",
        document(1, "", title="Morning briefing", outlet="Courier"),
        document(2, "", title="Morning briefing", outlet="Courier", hours=24),
        None,
    ),
    (
        "equal Japanese headlines",
        document(1, "", title="青浜町が灯台を観光施設に再生へ"),
        document(2, "", title="青浜町が灯台を観光施設に再生へ", hours=1),
        "exact",
    ),
    (
        "an agency's summary at two outlets",
        document(1, BRIEF, title="Piles go"),
        document(2, BRIEF, title="Pier to be mended"),
        "exact",
    ),
    (
        "an outlet's standing summary",
        document(1, BRIEF, title="Monday's programme of the radio", outlet="Courier"),
        document(2, BRIEF, title="Tuesday's programme of the radio", outlet="Courier"),
        None,
    ),
    (
        "two words",
        document(1, "Read more", title="Piles go"),
        document(2, "Read more", title="Tunnel stays"),
        None,
    ),
    (
        "equal short texts without a headline",
        document(1, "The pier is closed."),
        document(2, "The pier is closed!"),
        "exact",
    ),
    (
        "a summary that stands in another outlet's report",
        document(1, HARBOUR + BRIEF, title="Piles go"),
        document(2, BRIEF, title="Pier to be mended"),
        "contained",
    ),
    (
        "an outlet's standing summary that stands in its report",
        document(1, HARBOUR + BRIEF, title="Piles go", outlet="Courier"),
        document(2, BRIEF, title="Minister resigns", outlet="Courier"),
        None,
    ),
    (
        "a few words that stand in every report",
        document(1, HARBOUR + STUB, title="Piles go"),
        document(2, STUB, title="Minister resigns"),
        None,
    ),
    (
        "an agency's summary under a headline with another toll",
        document(1, BRIEF, title="Ferry sinks off Ellery, 3 dead"),
        document(2, BRIEF, title="Ferry sinks off Ellery, 5 dead"),
        None,
    ),
    (
        "no text and no headline",
        document(1, ""),
        document(2, ""),
        None,
    ),
    (
        "one word",
        document(1, "", title="Live"),
        document(2, "", title="Live"),
        None,
    ),
    (
        "a number",
        document(1, "", title="2026"),
        document(2, "", title="2026"),
        None,
    ),
    (
        "nothing but invisible characters",
        document(1, "\u200b \u00ad", title="\u200b"),
        document(2, "\u200b", title="\u200b"),
        None,
    ),
    (
        "equal Thai headlines",
        document(1, "", title="น้ำท่วมเมืองท่าเรือ"),
        document(2, "", title="น้ำท่วม\u200bเมืองท่าเรือ", hours=1),
        "exact",
    ),
    (
        "a summary that has no word of the other, under one long headline",
        document(1, BRIEF, title=TITLE),
        document(2, "Divers are to work until the autumn.", title=TITLE, hours=2),
        None,
    ),
    (
        "other summary under one short headline",
        document(1, BRIEF, title="Ferry terminal closed from Monday"),
        document(2, "Divers work on.", title="Ferry terminal closed from Monday", hours=2),
        None,
    ),
]


@pytest.mark.parametrize(
    ("older", "newer", "kind"),
    [row[1:] for row in SHORT_ITEMS],
    ids=[row[0] for row in SHORT_ITEMS],
)
def test_short_items(older: Document, newer: Document, kind: DuplicateKind | None) -> None:
    assert decide(newer, [older]).kind == kind


def headline(number: int) -> Document:
    return document(number, "", title=TITLE, outlet="Courier")


def text_of_headline(number: int, text: str, of: int | None = None) -> Document:
    return document(number, text, title=TITLE, outlet="Courier", hours=3, original=of)


def test_a_headline_gets_its_text_once() -> None:
    known = [headline(1), text_of_headline(2, BRIEF, of=1)]
    full = decide(text_of_headline(3, HARBOUR), known)
    assert (full.kind, full.original_id) == ("revision", 1)
    known.append(text_of_headline(3, HARBOUR, of=1))
    assert decide(text_of_headline(4, TUNNEL), known).kind is None


def test_who_copies_the_text_of_a_headline_copies_the_article() -> None:
    known = [headline(1), text_of_headline(2, HARBOUR, of=1)]
    decision = decide(document(3, keep(HARBOUR, 0.5), title="Pier goes"), known)
    assert (decision.kind, decision.original_id, decision.compared_id) == ("contained", 1, 2)


def test_the_text_of_a_headline_that_stands_elsewhere_is_a_copy_of_that() -> None:
    known = [headline(1), document(2, HARBOUR, outlet="Gazette")]
    decision = decide(text_of_headline(3, HARBOUR), known)
    assert (decision.kind, decision.original_id) == ("exact", 2)


def test_the_text_of_a_headline_is_told_as_that() -> None:
    decision = decide(text_of_headline(2, HARBOUR), [headline(1)])
    assert decision.reason == (
        "The text of what Courier announced by this headline. Seen 3 hours later."
    )


# --- texts that only look alike -------------------------------------------------------------------


def test_standing_text_of_an_outlet_does_not_count_once_it_is_known() -> None:
    foot = STANDING + prose(9, 120)
    standing = fingerprint(foot).shingles
    first = document(1, joined([prose(4, 60), foot]), outlet="Courier")
    second = document(2, joined([prose(5, 60), foot]), outlet="Courier")
    assert decide(second, [first]).relation == "update"
    assert decide(second, [first], standing).compared_id is None


def test_what_was_left_out_is_said() -> None:
    standing = fingerprint(STANDING).shingles
    first = document(1, joined([HARBOUR, STANDING]), outlet="Courier")
    copy = document(2, joined(["Updated.", HARBOUR, STANDING]), outlet="Courier")
    other = document(3, joined([prose(4, 30), STANDING]), outlet="Courier")
    left_out = "What Courier puts under its articles does not count."
    assert decide(copy, [first], standing).reason.endswith(left_out)
    assert decide(other, [first], standing).reason == (
        "Shares only what Courier puts under its articles."
    )
    assert "Courier puts" not in decide(copy, [first]).reason


def test_a_copy_remains_one_without_the_standing_text() -> None:
    standing = fingerprint(STANDING).shingles
    first = document(1, HARBOUR + STANDING, outlet="Courier")
    second = document(2, "Updated. " + HARBOUR + STANDING, outlet="Courier")
    assert decide(second, [first], standing).kind == "near"
    assert decide(document(3, HARBOUR + STANDING, outlet="Courier"), [first], standing).kind == (
        "exact"
    )


def test_standing_text_counts_between_outlets() -> None:
    standing = fingerprint(HARBOUR).shingles
    assert decide(document(2, HARBOUR + "End."), [document(1, HARBOUR)], standing).kind == "near"


@pytest.mark.parametrize(
    ("older", "newer", "kind"),
    [
        ("Ferry sinks off Ellery, 3 dead", "Ferry sinks off Ellery, 5 dead", None),
        ("Ferry sinks, three dead", "Ferry sinks, at least five dead", None),
        ("Ferry sinks off Ellery, 3 dead", "3 dead as ferry sinks", "near"),
        ("Ferry sinks off Ellery, 3 dead", "Three dead as ferry sinks", "near"),
        ("Council lends 90 million crowns", "Council lends 90m crowns", "near"),
        ("Ferry sinks off Ellery", "Ferry sinks off Ellery, 5 dead", None),
        ("Ferry sinks off Ellery, 3 dead", "What we know of the 1934 pier", "near"),
    ],
)
def test_other_figures_in_the_headline_make_an_update(
    older: str, newer: str, kind: DuplicateKind | None
) -> None:
    first = document(1, HARBOUR, title=older)
    second = document(2, HARBOUR + "It was updated.", title=newer)
    assert decide(second, [first]).kind == kind


def test_a_shorter_report_with_another_toll_is_an_update() -> None:
    first = document(1, HARBOUR, title="Ferry sinks off Ellery, 3 dead")
    for outlet in ("outlet 1", "outlet 2"):
        newer = document(2, keep(HARBOUR, 0.5), title="Ferry sinks, 5 dead", outlet=outlet)
        decision = decide(newer, [first])
        assert decision.kind is None
        assert "but its headline tells of “5”" in decision.reason
    renamed = document(2, keep(HARBOUR, 0.5), title="3 dead as ferry sinks")
    assert decide(renamed, [first]).kind == "contained"


TEXTS = [
    HARBOUR,
    HARBOUR + "End.",
    keep(HARBOUR, 0.6),
    TUNNEL,
    joined([HARBOUR, TUNNEL, prose(1, 200)]),
    joined([keep(HARBOUR, 0.5), prose(2, 150)]),
    BRIEF,
    "",
]


@given(st.permutations(range(1, len(TEXTS) + 1)), st.sampled_from(TEXTS))
def test_the_order_of_candidates_does_not_matter(order: list[int], text: str) -> None:
    known = [document(number, TEXTS[number - 1]) for number in order]
    new = document(99, text)
    assert decide(new, known) == decide(
        new, sorted(known, key=lambda document: document.document_id)
    )


@given(st.lists(st.sampled_from(TEXTS), max_size=8), st.booleans())
def test_deciding_twice_changes_nothing(texts: list[str], titled: bool) -> None:
    decisions: list[Decision] = []
    known: list[Document] = []
    for number, text in enumerate(texts):
        new = document(number, text, title=TITLE if titled else "")
        decisions.append(decide(new, known))
        known.append(replace(new, original_id=decisions[-1].original_id))
    assert [decide(document, known) for document in known] == decisions


def test_without_leaves_a_smaller_fingerprint() -> None:
    whole = fingerprint(HARBOUR + STANDING)
    rest = whole.without(fingerprint(STANDING).shingles)
    assert rest.words == len(rest.grams) + 3 < whole.words
    assert not np.intersect1d(rest.shingles, fingerprint(STANDING).shingles).size
    assert whole.without(whole.shingles).words == 0


# --- later wordings -------------------------------------------------------------------------------


def later(number: int, text: str, first: int, original: int | None = None) -> Document:
    return replace(
        document(number, text, outlet="Courier", original=original or first), first_id=first
    )


@pytest.mark.parametrize(
    ("first", "newest", "text", "of", "via"),
    [
        (HARBOUR, TUNNEL, TUNNEL, 2, 2),
        (HARBOUR, TUNNEL, HARBOUR, 1, 1),
        (HARBOUR, HARBOUR + prose(3, 60), HARBOUR + prose(3, 60), 1, 2),
        (HARBOUR, TUNNEL, prose(4), None, None),
    ],
)
def test_a_copy_of_a_later_wording(
    first: str, newest: str, text: str, of: int | None, via: int | None
) -> None:
    decision = decide(document(3, text), [document(1, first), later(2, newest, 1)])
    assert (decision.original_id, decision.compared_id) == (of, via)


def test_the_reason_says_that_it_was_a_later_wording() -> None:
    decision = decide(document(3, TUNNEL), [document(1, HARBOUR), later(2, TUNNEL, 1)])
    assert decision.reason.startswith("Word for word the text of a later wording of Courier.")


@pytest.mark.parametrize(
    ("newest", "copied"),
    [
        (keep(HARBOUR, 0.8), True),
        (HARBOUR + prose(3, 60), True),
        (keep(HARBOUR, 0.3) + prose(3, 300), False),
        (TUNNEL, False),
    ],
)
def test_a_later_wording_of_a_copy_counts_while_it_is_one(newest: str, copied: bool) -> None:
    known = [
        document(1, HARBOUR),
        document(2, keep(HARBOUR, 0.6), original=1),
        later(3, newest, first=2, original=1),
    ]
    assert decide(document(4, newest), known).original_id == (1 if copied else None)
