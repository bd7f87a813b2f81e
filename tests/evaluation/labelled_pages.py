"""Pages with the text that their article has, of several public collections."""

from __future__ import annotations

import gzip
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_WORD = re.compile(r"\w+")
COLLECTIONS = ("fundus-extra", "mixed", "wcxb-dev")  # beside `pages`, which is named "fundus"


@dataclass(frozen=True, slots=True)
class LabelledPage:
    collection: str
    url: str
    html: bytes
    text: str

    @property
    def site(self) -> str:
        """The host without `www`, at most its last three labels: what folds are drawn by."""
        host = urlsplit(self.url).hostname or self.url
        return ".".join(host.split(".")[-3:]).removeprefix("www.")


def labelled_pages(data: Path) -> Iterator[LabelledPage]:
    """Those in `data/pages` and `data/pages-more`; a collection that is not there is left out."""
    gold = data / "pages" / "gold.jsonl"
    if gold.exists():
        for row in map(json.loads, gold.read_text().splitlines()):
            html = gzip.decompress((gold.parent / row["file"]).read_bytes())
            text = "\n".join([*(row["summary"] or []), *row["headlines"], *row["paragraphs"]])
            yield LabelledPage("fundus", row["url"], html, text)
    for name in COLLECTIONS:
        path = data / "pages-more" / f"{name}.jsonl.xz"
        if path.exists():
            with lzma.open(path, "rt") as rows:
                for row in map(json.loads, rows):
                    yield LabelledPage(name, row["url"], row["html"].encode(), row["text"])


def word_f1(found: str, wanted: str) -> float:
    """F1 of the two bags of words, each as often as it stands."""
    a, b = (Counter(_WORD.findall(text.lower())) for text in (found, wanted))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else 0.0
