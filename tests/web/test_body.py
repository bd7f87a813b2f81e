"""What the bytes of a body say wins over what its headers say of them."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from newswatch.web.body import GZIP, LAYERS, Decoded, TooLarge, decoded, is_whole

FEED = b"<rss version='2.0'><channel><title>Harbour</title></channel></rss>"
LIMIT = 1_000_000


def without_header(body: bytes) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return stream.compress(body) + stream.flush()


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "x-deflate": without_header,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "identity": bytes,
    "utf-8": bytes,
}
codings = st.lists(st.sampled_from(sorted(ENCODERS)), max_size=LAYERS)
bodies = st.binary().filter(lambda body: not body.startswith(GZIP))


@given(bodies, codings)
def test_what_was_encoded_in_any_order_is_decoded(body: bytes, order: list[str]) -> None:
    sent = body
    for coding in order:
        sent = ENCODERS[coding](sent)
    assert decoded(sent, ", ".join(order), LIMIT) == Decoded(body)


@given(st.binary(), codings)
def test_any_bytes_are_survived(body: bytes, order: list[str]) -> None:
    assert len(decoded(body, ",".join(order), LIMIT).body) <= LIMIT


@pytest.mark.parametrize("coding", sorted(ENCODERS))
class TestEachCoding:
    def test_said_of_a_plain_body_it_is_not_believed(self, coding: str) -> None:
        assert decoded(FEED, coding, LIMIT) == Decoded(FEED)
        assert decoded(b"Not found.", coding, LIMIT) == Decoded(b"Not found.")

    def test_case_and_blanks_do_not_matter(self, coding: str) -> None:
        assert decoded(ENCODERS[coding](FEED), f" {coding.upper()} ", LIMIT) == Decoded(FEED)

    def test_no_more_is_made_than_may_be(self, coding: str) -> None:
        with pytest.raises(TooLarge):
            decoded(ENCODERS[coding](bytes(LIMIT + 1)), coding, LIMIT)

    def test_one_that_breaks_off_gives_what_came_before(self, coding: str) -> None:
        noise = random.Random(1).randbytes(300_000)
        whole = ENCODERS[coding](noise)
        found = decoded(whole[: len(whole) // 2], coding, LIMIT)
        assert noise.startswith(found.body)
        assert found.body
        assert bool(found.problem) == (ENCODERS[coding] is not bytes)


@pytest.mark.parametrize("coding", ["gzip", ""])
@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(FEED),
        gzip.compress(gzip.compress(FEED)),
        gzip.compress(FEED) + b"<!-- served in 0.1 s -->",
        gzip.compress(FEED) + bytes(512),
        gzip.compress(FEED[:20]) + gzip.compress(FEED[20:]),
    ],
    ids=["gzip", "twice", "followed", "padded", "in members"],
)
def test_gzip_is_known_by_how_it_begins(coding: str, body: bytes) -> None:
    assert decoded(body, coding, LIMIT) == Decoded(FEED)


CODINGS = sorted(coding for coding, encode in ENCODERS.items() if encode is not bytes)


@pytest.mark.parametrize("real", CODINGS)
@pytest.mark.parametrize("coding", CODINGS)
def test_one_coding_under_another_s_name_is_undone(coding: str, real: str) -> None:
    assert decoded(ENCODERS[real](FEED), coding, LIMIT) == Decoded(FEED)


def test_zstd_is_known_by_how_it_begins() -> None:
    assert decoded(ENCODERS["zstd"](FEED), "", LIMIT) == Decoded(FEED)


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (FEED, True),
        (FEED + b"\n<!-- cached -->\n", True),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!DOCTYPE rss>" + FEED, True),
        (b"<rdf:RDF xmlns='x'><item/></rdf:RDF >", True),
        (b"<!doctype html><HTML><body>a</body></html>", True),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}\n', True),
        (b"[1, 2]", True),
        (FEED[:-1], False),
        (FEED[:40], False),
        (b"<html><body><p>a</p>", False),
        (b'{"items": [{"id": "1"}', False),
        (b"plain", False),
        (b"", False),
    ],
)
def test_a_document_is_whole_if_it_ends_as_it_began(body: bytes, whole: bool) -> None:
    assert is_whole(body) == whole
