"""Which item is which, from one poll to the next, whatever a feed does with its guids."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from newswatch.addresses.urls import canonical_url, without_session
from newswatch.models import FeedIdentity, KnownEntry, ParsedEntry
from newswatch.text.scripts import words_in

MAX_KEY = 400  # characters; longer ones are hashed
# A longer line with a number in it is a sentence.
COUNTER_LENGTH = 40  # characters
COUNTER_WORDS = 4

_TAGS = re.compile(r"<[^<>]*>")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a document brings: entries never seen (the oldest first), and seen ones whose words are
    others now."""

    new: tuple[ParsedEntry, ...] = ()
    corrected: tuple[ParsedEntry, ...] = ()


NO_CHANGES = Changes()


def content_hash(entry: ParsedEntry) -> bytes:
    """Of the words of title, summary and content.

    Equal for an item whose date alone was stamped anew, whose links carry another token, or whose
    counters ("12 comments") moved on: a short line with a number says how much, not what.
    """
    body = _TAGS.sub("\n", entry.content_html or "")
    lines = (line.strip() for line in f"{entry.summary}\n\0\n{body}".split("\n"))
    kept = [line for line in lines if line and not _is_counter(line)]
    text = "\0".join((entry.title, *kept))
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _is_counter(line: str) -> bool:
    return (
        len(line) <= COUNTER_LENGTH
        and _DIGIT.search(line) is not None
        and words_in(line) <= COUNTER_WORDS
    )


def with_keys(
    entries: Sequence[ParsedEntry], identity: FeedIdentity | None = None
) -> tuple[ParsedEntry, ...]:
    """The entries with their keys, each item once, in order.

    The key is the guid; a guid that other items of the document bear too, with another link or
    other words, does not identify and gives way to the link, and that to the words. No key tells
    http from https. Where a person says by what items are told apart (`identity`), those that have
    that are.
    """
    guids = _bearers(entries, _guid_key, lambda entry: f"{_link_key(entry)} {_words_key(entry)}")
    links = _bearers(entries, _link_key, _words_key)
    found: dict[str, ParsedEntry] = {}
    for entry in entries:
        guid, link = _guid_key(entry), _link_key(entry)
        if identity and (said := _key_of(entry, identity)):
            key = said
        elif guid and guids[guid] == 1:
            key = guid
        elif link and links[link] == 1:
            key = link
        else:
            key = _words_key(entry)
        found.setdefault(key, replace(entry, key=key))
    return tuple(found.values())


def _key_of(entry: ParsedEntry, identity: FeedIdentity) -> str | None:
    match identity:
        case "guid":
            return _guid_key(entry)
        case "link":
            return _link_key(entry)
        case "title":
            return _bounded(f"title:{entry.title}") if entry.title else None
        case _:
            assert_never(identity)


def needs_words(entry: ParsedEntry) -> bool:
    """Whether an entry may be known by its words only: see `compare`."""
    return entry.url is None or not entry.key.startswith("guid:")


def compare(
    entries: Sequence[ParsedEntry],
    known: Mapping[str, KnownEntry],
    identity: FeedIdentity | None = None,
) -> Changes:
    """What of a document is new, and what was corrected; `known` is the feed's stored entries.

    A known guid with another link and another title is another story. An item under a new key is
    still the known one if link and title are, and no other item here has that link (some feeds give
    every item a new guid at each poll); or if the words are, and the link but for parameters of a
    session. None of this holds where a person says by what items are told apart (`identity`).
    """
    links = Counter(entry.url for entry in entries)
    by_page = {(stored.url, stored.title): stored for stored in known.values()}
    by_words = {(_bare(stored.url), stored.content_hash): stored for stored in known.values()}
    new, corrected = [], []
    for entry in entries:
        stored = known.get(entry.key)
        if stored is not None and identity is None and _is_another_story(entry, stored):
            entry = replace(entry, key=_bounded(f"{entry.key} {_link_key(entry)}"))
            stored = known.get(entry.key)
        if stored is None and not identity and entry.url and links[entry.url] == 1:
            stored = by_page.get((entry.url, entry.title))
        if stored is None and not identity and needs_words(entry):
            same = by_words.get((_bare(entry.url), content_hash(entry)))
            # What stands here under its own address is another item.
            if same is not None and (same.url == entry.url or same.url not in links):
                stored = same
        if stored is None:
            new.append(entry)
        elif stored.content_hash != content_hash(entry):
            corrected.append(replace(entry, key=stored.key))
    new.reverse()  # where dates do not tell: feeds list their newest first
    return Changes(tuple(sorted(new, key=_published)), tuple(corrected))


def _is_another_story(entry: ParsedEntry, stored: KnownEntry) -> bool:
    return (
        entry.key.startswith("guid:")
        and entry.url is not None
        and stored.url is not None
        and entry.url != stored.url
        and entry.title != stored.title
    )


def _bare(url: str | None) -> str | None:
    return without_session(url) if url else None


def _published(entry: ParsedEntry) -> float:
    return entry.published_at.timestamp() if entry.published_at else math.inf


def _bearers(
    entries: Sequence[ParsedEntry],
    key: Callable[[ParsedEntry], str | None],
    rest: Callable[[ParsedEntry], str],
) -> Counter[str | None]:
    """Per key how many items bear it, by what else identifies them: asked of those only that bear
    one key."""
    keys = [key(entry) for entry in entries]
    shared = {found for found, count in Counter(keys).items() if count > 1}
    told_apart = {
        (found, rest(entry) if found in shared else "")
        for found, entry in zip(keys, entries, strict=True)
    }
    return Counter(found for found, _ in told_apart)


def _guid_key(entry: ParsedEntry) -> str | None:
    guid = " ".join((entry.guid or "").split())
    if not guid:
        return None
    if re.match(r"https?://", guid, re.IGNORECASE):
        address, _, fragment = guid.partition("#")
        guid = _without_scheme(canonical_url(address) or address)
        # Some count an item's revisions there: #0, #1 ...
        guid += f"#{fragment}" if fragment and not re.fullmatch(r"\d{1,3}", fragment) else ""
    return _bounded("guid:" + guid)


def _link_key(entry: ParsedEntry) -> str | None:
    return _bounded("link:" + _without_scheme(entry.url)) if entry.url else None


def _words_key(entry: ParsedEntry) -> str:
    return "text:" + content_hash(entry).hex()


def _without_scheme(url: str) -> str:
    return re.sub(r"^https?://", "", url, flags=re.IGNORECASE)


def _bounded(key: str) -> str:
    if len(key) <= MAX_KEY:
        return key
    return key[:5] + hashlib.blake2b(key.encode(), digest_size=20).hexdigest()
