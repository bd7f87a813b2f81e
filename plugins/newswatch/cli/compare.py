"""`newswatch compare`: two texts at a time."""

from __future__ import annotations

import click

from newswatch.cli.output import print_json_line, read_json_lines
from newswatch.copies.compare import compare as compare_texts
from newswatch.copies.compare import sentence
from newswatch.copies.fingerprint import fingerprint


@click.command()
@click.option("--jsonl", is_flag=True, required=True, help="Lines of JSON in and out.")
def compare(jsonl: bool) -> None:
    """Compare pairs of texts: the verification of `dedupe` on its own.

    Lines in: id, a, b (two texts, a the older). Lines out: id, duplicate, kind, coverage_a,
    coverage_b, jaccard, reason. `duplicate` is true if either text is, or holds, a copy of the
    other: kind `contains` is the longer, newer text, which `dedupe` keeps as an original.

    \b
    Example: newswatch compare --jsonl < pairs.jsonl
    """
    for line in read_json_lines(("id", "a", "b")):
        found = compare_texts(fingerprint(line["a"]), fingerprint(line["b"]))
        print_json_line(
            {
                "id": line["id"],
                "duplicate": found.shares_text,
                "kind": found.relation if found.shares_text else None,
                "coverage_a": round(found.coverage_a, 4),
                "coverage_b": round(found.coverage_b, 4),
                "jaccard": round(found.jaccard, 4),
                "reason": sentence(found),
            }
        )
