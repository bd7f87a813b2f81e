"""Each item once, whatever a feed does with guids, links, dates and schemes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.addresses.urls import canonical_url
from newswatch.feeds.identity import Changes, compare, content_hash, with_keys
from newswatch.models import KnownEntry, ParsedEntry


def entry(
    title: str = "T", *, guid: str | None = None, link: str | None = None, summary: str = ""
) -> ParsedEntry:
    url = canonical_url(link) if link else None
    return ParsedEntry(key="", url=url, link=link, guid=guid, title=title, summary=summary)


def keys(*entries: ParsedEntry) -> list[str]:
    return [found.key for found in with_keys(entries)]


A, B = "https://news.example.com/a", "https://news.example.com/b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entry(guid="g", link=A), entry("Corrected", guid="g", link=A, summary="More")),
        (entry(guid="g", link=A), entry(guid="g", link=B)),  # the page was renamed
        (entry(guid="http://e.example/1"), entry(guid="https://e.example/1")),
        (entry(guid="http://e.example/1#0"), entry(guid="http://e.example/1#3")),
        (entry(guid=" g "), entry(guid="g")),
        (entry(link="http://news.example.com/a/"), entry("Corrected", link=f"{A}?utm_source=rss")),
        (entry("Only words"), entry("Only words")),
    ],
)
def test_one_item(one: ParsedEntry, other: ParsedEntry) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entry(guid="g", link=A), entry(guid="h", link=A)),
        (entry(link=A), entry(link=B)),
        (entry("Only words"), entry("Only other words")),
        (entry(guid="http://e.example/live#post-a"), entry(guid="http://e.example/live#post-b")),
        (entry(guid="12345"), entry(guid="123456")),
    ],
)
def test_two_items(one: ParsedEntry, other: ParsedEntry) -> None:
    assert keys(one) != keys(other)


def test_a_guid_that_all_bear_gives_way_to_the_link() -> None:
    found = keys(*(entry(f"T{n}", guid="same", link=f"{A}/{n}") for n in range(5)))
    assert len(set(found)) == 5
    assert all(key.startswith("link:") for key in found)


def test_a_guid_and_link_that_all_bear_give_way_to_the_words() -> None:
    items = [entry(f"T{n}", guid="same") for n in range(5)]
    assert len(set(keys(*items))) == 5
    items = [entry(f"T{n}", link="https://news.example.com/") for n in range(5)]
    assert len(set(keys(*items))) == 5


def test_an_item_that_stands_twice_counts_once() -> None:
    assert len(keys(entry(guid="g", link=A), entry(guid="g", link=A))) == 1
    assert len(keys(entry(link=A), entry(link=A))) == 1
    assert len(keys(entry("Words"), entry("Words"))) == 1


def test_long_guids_fit_an_index() -> None:
    one, other = keys(entry(guid="x" * 5_000 + "1"), entry(guid="x" * 5_000 + "2"))
    assert one != other
    assert len(one) < 100


_ITEMS = st.lists(
    st.builds(
        entry,
        st.sampled_from(["T", "U", "V"]),
        guid=st.sampled_from([None, "", "g", "h", "http://e.example/1", "https://e.example/1"]),
        link=st.sampled_from([None, A, B, "http://news.example.com/a"]),
    )
)


@given(_ITEMS)
def test_keys_are_unique_and_do_not_depend_on_the_order(items: list[ParsedEntry]) -> None:
    found = keys(*items)
    assert len(found) == len(set(found))
    assert set(found) == set(keys(*reversed(items)))
    assert set(found) == set(keys(*items, *items))


# --- what is stored already -----------------------------------------------------------------------


def known(*entries: ParsedEntry) -> dict[str, KnownEntry]:
    return {
        found.key: KnownEntry(found.key, found.url, found.title, content_hash(found))
        for found in with_keys(entries)
    }


def changes(stored: list[ParsedEntry], document: list[ParsedEntry]) -> Changes:
    return compare(with_keys(document), known(*stored))


def test_what_is_stored_is_not_new() -> None:
    stored = [entry("T", guid="g", link=A)]
    document = [*stored, entry("U", guid="h", link=B)]
    found = changes(stored, document)
    assert [new.title for new in found.new] == ["U"]
    assert found.corrected == ()


def test_new_entries_come_oldest_first() -> None:
    def at(hour: int | None, title: str) -> ParsedEntry:
        moment = None if hour is None else datetime(2025, 12, 18, hour, tzinfo=UTC)
        return replace(entry(title), published_at=moment)

    document = [at(3, "C"), at(2, "B"), at(None, "?"), at(2, "Before B"), at(1, "A")]
    found = [new.title for new in changes([], document).new]
    assert found == ["A", "Before B", "B", "C", "?"]


def test_a_new_date_alone_is_no_correction() -> None:
    item = entry("T", guid="g", link=A)
    stamped = replace(item, published_at=datetime(2025, 12, 18, tzinfo=UTC), published_raw="now")
    assert changes([item], [stamped]) == Changes()


@pytest.mark.parametrize(
    "later",
    [
        entry("Other headline", guid="g", link=A),
        entry("T", guid="g", link=A, summary="Other summary"),
    ],
)
def test_other_words_are_a_correction(later: ParsedEntry) -> None:
    found = changes([entry("T", guid="g", link=A)], [later])
    assert (found.new, [corrected.key for corrected in found.corrected]) == ((), ["guid:g"])


@pytest.mark.parametrize(
    ("earlier", "later", "corrections"),
    [
        ("12 comments", "13 comments", 0),
        ("3小时前更新", "4小时前更新", 0),
        ("Twelve boats sank near Norrvik in 1992.", "Twelve boats sank in 1992.", 1),
        ("首相は18日、新しい法案を国会に提出した。", "首相は18日、法案を国会から取り下げた。", 1),
    ],
)
def test_a_counter_that_moves_on_is_no_correction(
    earlier: str, later: str, corrections: int
) -> None:
    """In no script: a short line with a number says how much, a sentence says what."""
    stored, document = (entry("T", guid="g", summary=said) for said in (earlier, later))
    assert len(changes([stored], [document]).corrected) == corrections


def test_a_new_guid_at_each_poll_brings_nothing_new() -> None:
    stored = [entry("T", guid="g1", link=A), entry("U", guid="h1", link=B)]
    document = [entry("T", guid="g2", link=A), entry("U", guid="h2", link=B)]
    assert changes(stored, document) == Changes()


def test_a_new_item_at_an_old_address_is_new() -> None:
    found = changes(
        [entry("Monday's brief", guid="g1", link=A)], [entry("Tuesday's", guid="g2", link=A)]
    )
    assert [new.title for new in found.new] == ["Tuesday's"]


@given(_ITEMS)
def test_a_document_brings_nothing_the_second_time(items: list[ParsedEntry]) -> None:
    assert changes(items, items) == Changes()


def test_a_person_may_say_by_what_items_are_told_apart() -> None:
    """Where guids change at each poll, links are renamed, or one page has a story a day."""
    by_guid = with_keys([entry("A", guid="g", link=A), entry("B", guid="g", link=B)], "guid")
    assert [found.title for found in by_guid] == ["A"]
    by_link = with_keys([entry("A", guid="1", link=A), entry("B", guid="2", link=A)], "link")
    assert [found.title for found in by_link] == ["A"]
    by_title = with_keys([entry("A", guid="1", link=A), entry("A", guid="2", link=B)], "title")
    assert [(found.title, found.key) for found in by_title] == [("A", "title:A")]
    assert with_keys([entry("A", link=A)], "guid")[0].key.startswith("link:")


def test_what_a_person_says_holds_from_poll_to_poll() -> None:
    known = {"guid:g": KnownEntry("guid:g", A, "Storm", content_hash(entry("Storm")))}
    (again,) = with_keys([entry("Calm", guid="g", link=B)], "guid")
    assert compare([again], known).new  # without a word from a person: another story
    found = compare([again], known, "guid")
    assert (found.new, [changed.key for changed in found.corrected]) == ((), ["guid:g"])
    known = {"title:A": KnownEntry("title:A", A, "A", content_hash(entry("A")))}
    (renamed,) = with_keys([entry("B", guid="1", link=A)], "title")
    assert compare([renamed], known, "title").new == (renamed,)
