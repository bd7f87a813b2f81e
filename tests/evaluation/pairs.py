"""Labelled pairs, copies and look-alikes, through the comparison of `newswatch compare` and through
the decision of the stage, which reads the texts as well."""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from newswatch.copies.compare import compare
from newswatch.copies.decide import decide
from newswatch.copies.document import Document
from newswatch.copies.fingerprint import Fingerprint, fingerprint
from newswatch.copies.wording import Wording
from newswatch.models import DocumentId

SHARED_HASHES = 2  # what makes a candidate: see store.fingerprints


@dataclass(frozen=True, slots=True)
class Pair:
    """One labelled pair and what we say of it."""

    kind: str
    is_copy: bool
    said_copy: bool
    relation: str
    is_candidate: bool
    decided: str  # the kind of copy, or what an original is to the other

    @property
    def decided_copy(self) -> bool:
        """One of the two is, or holds, a copy of the other and tells nothing otherwise."""
        return self.decided in ("exact", "near", "contained", "contains")


def report(data: Path) -> str:
    """Precision, recall and F1 over all pairs, then how many of each kind are right."""
    with lzma.open(data / "dedup" / "pairs-dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    began = perf_counter()
    pairs = [judged(row["kind"], bool(row["label"]), row["a"], row["b"]) for row in rows]
    seconds = perf_counter() - began
    return "\n".join([*_summary(pairs), f"{len(pairs) / seconds:.0f} pairs/s", "", *_table(pairs)])


def judged(kind: str, is_copy: bool, a: str, b: str) -> Pair:
    """Compare one pair, `a` the older."""
    older, newer = fingerprint(a), fingerprint(b)
    comparison = compare(older, newer)
    return Pair(
        kind,
        is_copy,
        comparison.shares_text,
        comparison.relation,
        share_sketch(older, newer),
        _decided(a, b),
    )


def _decided(a: str, b: str) -> str:
    documents = [
        Document(
            DocumentId(number),
            fingerprint(text),
            f"outlet {number}",
            "",
            None,
            wording=Wording("", text, None, f"outlet {number}"),
        )
        for number, text in enumerate((a, b), start=1)
    ]
    decision = decide(documents[1], documents[:1])
    return decision.kind or decision.relation or "none"


def share_sketch(a: Fingerprint, b: Fingerprint) -> bool:
    """Would the posting list have found the one by the other?"""
    return len(np.intersect1d(a.sketch, b.sketch, assume_unique=True)) >= SHARED_HASHES


def _summary(pairs: Sequence[Pair]) -> list[str]:
    hits = sum(pair.is_copy and pair.said_copy for pair in pairs)
    said = sum(pair.said_copy for pair in pairs)
    copies = [pair for pair in pairs if pair.is_copy]
    precision, recall = hits / max(1, said), hits / max(1, len(copies))
    f1 = 2 * hits / max(1, said + len(copies))
    found = sum(pair.is_candidate for pair in copies) / max(1, len(copies))
    both = sum(pair.is_copy and pair.decided_copy for pair in pairs)
    decided = sum(pair.decided_copy for pair in pairs)
    return [
        f"{len(pairs)} pairs: P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}",
        f"decided: P {both / max(1, decided):.4f}  R {both / max(1, len(copies)):.4f}"
        f"  F1 {2 * both / max(1, decided + len(copies)):.4f}",
        f"candidate recall {found:.4f}",
    ]


def _table(pairs: Sequence[Pair]) -> list[str]:
    kinds: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        kinds[pair.kind].append(pair)
    lines = [f"{'kind':26} {'pairs':>6} {'right':>6}  {'share':>6} {'decided':>7}  relations"]
    for kind, members in sorted(kinds.items()):
        right = sum(pair.is_copy == pair.said_copy for pair in members)
        counts: defaultdict[str, int] = defaultdict(int)
        for pair in members:
            counts[pair.relation] += 1
        relations = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
        share = right / len(members)
        decided = sum(pair.is_copy == pair.decided_copy for pair in members) / len(members)
        lines.append(
            f"{kind:26} {len(members):6} {right:6}  {share:6.3f} {decided:7.3f}  {relations}"
        )
    return lines
