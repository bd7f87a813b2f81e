"""One request to a translator: a command that is started, or an address that takes a POST.

Either gets `{"from": "ar", "to": "en", "texts": [...]}` and answers `{"texts": [...]}`, as many and
in the same order, as JSON in UTF-8. A text that it cannot translate is answered by an empty one.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import urllib.request
from collections.abc import Sequence

TIMEOUT = 30.0  # of the whole request
MOST_BYTES = 1_000_000


class NoTranslation(Exception):
    """The translator did not answer, or not as agreed."""


def translate(translator: str, texts: Sequence[str], source: str, target: str) -> list[str]:
    """The texts in the language `target`, an empty one where there is no translation.

    `translator` is an address (http, https) or a command line. Raises `NoTranslation`.
    """
    asked = json.dumps({"from": source, "to": target, "texts": list(texts)}).encode()
    is_address = translator.startswith(("http://", "https://"))
    try:
        answer = _posted(translator, asked) if is_address else _started(translator, asked)
        found = json.loads(answer)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise NoTranslation(f"{type(error).__name__}: {error}") from None
    told = found.get("texts") if isinstance(found, dict) else None
    if not isinstance(told, list) or len(told) != len(texts):
        raise NoTranslation(f"it answered no list of {len(texts)} texts")
    return [text.strip() if isinstance(text, str) else "" for text in told]


def _posted(address: str, asked: bytes) -> bytes:
    headers = {"User-Agent": "newswatch", "Content-Type": "application/json"}
    request = urllib.request.Request(address, data=asked, headers=headers)  # noqa: S310 - http(s)
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        return bytes(answer.read(MOST_BYTES))


def _started(command: str, asked: bytes) -> bytes:
    words = shlex.split(command)
    if not words:
        raise ValueError("no command")
    done = subprocess.run(  # noqa: S603 - the operator's own
        words, input=asked, capture_output=True, timeout=TIMEOUT, check=True
    )
    return done.stdout[:MOST_BYTES]
