"""Characters that no reader sees: one table of what is taken out of every text from outside.

They forge how a text reads, part the letters of a name, or cannot be stored.
"""

from __future__ import annotations

import re
import unicodedata

from newswatch.text.marks import without_stacks

CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 but tab and line ends, DEL, C1
DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks, embeddings, overrides, isolates
# Soft hyphen, zero widths, fillers without a shape, tag characters.
FORMATTING = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0"
    "\U000e0000-\U000e007f"
)
JOINING = "\u200c\u200d"  # a reader sees their work: Persian, Indic scripts and emoji need them
UNSTORABLE = "\ufff9-\uffff\ud800-\udfff"  # annotation marks, no characters, lone surrogates

_UNSEEN = re.compile(f"[{CONTROLS}{DIRECTION}{FORMATTING}{UNSTORABLE}]")

# What steers a terminal, or turns the direction of what follows.
_STEERING = re.compile(f"[\t\n\r\u2028\u2029{CONTROLS}{DIRECTION}{UNSTORABLE}]")


def without_unseen(text: str) -> str:
    """`text` without characters that no reader sees and no table of ours takes, and without heaps
    of marks on one letter."""
    if text.isascii() and text.isprintable():
        return text
    return without_stacks(_UNSEEN.sub("", text))


_LIGATURE = re.compile("[\ufb00-\ufb06]")


def as_typed(text: str) -> str:
    """`text` without what no reader sees, its letters as they are typed: composed (NFC), and no
    ligatures of print."""
    text = without_unseen(text)
    if text.isascii():
        return text
    apart = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return unicodedata.normalize("NFC", apart)


def shown(text: str) -> str:
    """`text` on one line of a terminal or a log: what would steer it stands as \\x1b or \\u202e."""
    return _STEERING.sub(lambda found: ascii(found.group())[1:-1], text)
