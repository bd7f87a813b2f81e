"""What the pipeline is compared with: feeds to flagged, deduplicated articles in eighty lines.

`python -m benchmarks.plain_script FEED...` reads feed addresses from standard input, a line each,
and prints what it did as JSON: feedparser, trafilatura with metadata, datasketch's MinHashLSH in
memory, `re` for the names, SQLite. One thing after the other, nothing tried again, no history.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import time
import urllib.request

import feedparser
from datasketch import MinHash, MinHashLSH
from trafilatura import bare_extraction

PERMUTATIONS = 128
GRAM = 4
NAMES = re.compile(r"\b(?:Witkoff|Hamas|Kyiv|Doha|Ankara|Geneva|Cairo)\b", re.IGNORECASE)


def signed(text: str) -> MinHash:
    words = text.lower().split()
    made = MinHash(num_perm=PERMUTATIONS)
    made.update_batch([" ".join(words[at : at + GRAM]).encode() for at in range(len(words) - 3)])
    return made


def main() -> None:
    """Reads, then prints articles, copies, flagged, CPU seconds, and those of the extraction."""
    known = MinHashLSH(threshold=0.5, num_perm=PERMUTATIONS)
    store = sqlite3.connect(":memory:")
    store.execute("create table article (url text primary key, title text, text text, copy text)")
    counts = {"articles": 0, "copies": 0, "flagged": 0}
    began, extraction = time.process_time(), 0.0
    for feed in sys.stdin.read().split():
        for entry in feedparser.parse(feed)["entries"]:
            with urllib.request.urlopen(entry["link"], timeout=30) as answer:
                page = answer.read()
            before = time.process_time()
            found = bare_extraction(page, url=entry["link"], with_metadata=True)
            extraction += time.process_time() - before
            text = getattr(found, "text", None) or ""
            mark = signed(text)
            same = known.query(mark)
            known.insert(entry["link"], mark)
            row = (entry["link"], entry["title"], text, same[0] if same else None)
            store.execute("insert into article values (?, ?, ?, ?)", row)
            store.commit()
            counts["articles"] += 1
            counts["copies"] += bool(same)
            counts["flagged"] += NAMES.search(text) is not None
    cpu = time.process_time() - began
    print(json.dumps(counts | {"cpu": cpu, "extraction": extraction}))


if __name__ == "__main__":
    main()
