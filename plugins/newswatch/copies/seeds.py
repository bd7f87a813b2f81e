"""Seed documents: texts, and the fingerprint files that may be shipped in their place.

A fingerprint file is JSON: metadata, counts, and hashes in base64. It holds no word of the text.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from newswatch.copies.fingerprint import GRAM, Fingerprint, Hashes, distinct, fingerprint
from newswatch.copies.rules import RULES
from newswatch.errors import InputError

FORM = "newswatch-seed-fingerprint"
_TEXTS = ("outlet", "language", "subject", "url")


@dataclass(frozen=True, slots=True, eq=False)
class Seed:
    """One document that counts as known; `text` is None where only the fingerprint is."""

    name: str
    fingerprint: Fingerprint
    outlet: str | None = None
    language: str | None = None
    subject: str | None = None
    url: str | None = None
    text: str | None = None


def seed_of(name: str, text: str, **facts: str | None) -> Seed:
    """A seed from its text."""
    return Seed(name, fingerprint(text), text=text, **facts)


def to_json(seed: Seed) -> str:
    """The fingerprint file of a seed."""
    print_ = seed.fingerprint
    content: dict[str, Any] = {
        "form": FORM,
        "algorithm": print_.rules.version,
        "name": seed.name,
        **{key: getattr(seed, key) for key in _TEXTS if getattr(seed, key)},
        "words": print_.words,
        "text_hash": f"{print_.text_hash:016x}",
        "grams": pack_text(print_.grams),
        "numbers": pack_text(print_.numbers),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def from_json(text: str, file: str | Path) -> Seed:
    """The seed of a fingerprint file. Raises `InputError` naming the file and the key."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise InputError(f"not JSON: {error}", file=file) from None
    if not isinstance(content, dict) or content.get("form") != FORM:
        raise InputError(
            "not a seed's fingerprint", file=file, mend="make one: newswatch seeds fingerprint TEXT"
        )
    version = content.get("algorithm")
    rules = RULES.get(version) if isinstance(version, int) else None
    if rules is None:
        known = ", ".join(map(str, sorted(RULES)))
        raise InputError(
            f"made by algorithm {version}; known: {known}",
            file=file,
            mend="make it anew from the text",
        )
    try:
        grams, numbers = unpack_text(content["grams"]), unpack_text(content["numbers"])
        words = int(content["words"])
        if len(grams) != max(min(words, 1), words - GRAM + 1):
            raise ValueError(f"{len(grams)} hashes of a text of {words} words")
        print_ = Fingerprint(
            grams=grams,
            shingles=distinct(grams),
            numbers=numbers,
            words=words,
            text_hash=int(content["text_hash"], 16),
            title_hash=0,
            rules=rules,
        )
        return Seed(str(content["name"]), print_, **{key: content.get(key) for key in _TEXTS})
    except (KeyError, ValueError, TypeError) as error:
        raise InputError(f"damaged: {error!r}", file=file, mend="make it anew") from None


def pack(hashes: Hashes) -> bytes:
    """Little-endian, 4 bytes each."""
    return hashes.astype("<u4").tobytes()


def unpack(packed: bytes) -> Hashes:
    return np.frombuffer(packed, dtype="<u4").astype(np.uint32)


def pack_text(hashes: Hashes) -> str:
    return base64.b64encode(pack(hashes)).decode()


def unpack_text(packed: str) -> Hashes:
    return unpack(base64.b64decode(packed, validate=True))
