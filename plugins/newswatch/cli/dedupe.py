"""`newswatch dedupe` and `newswatch compare`: the stage's own decisions on lines of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import click

from newswatch.addresses.urls import canonical_url, host_of
from newswatch.cli.database import opened, opened_work, scratch
from newswatch.cli.line_entries import with_entries
from newswatch.cli.output import (
    Commands,
    json_option,
    print_json_line,
    print_rows,
    read_json_lines,
)
from newswatch.cli.seeds import read_seeds
from newswatch.copies.compare import compare as compare_texts
from newswatch.copies.compare import sentence
from newswatch.copies.fingerprint import fingerprint
from newswatch.errors import InputError, NewswatchError
from newswatch.models import ArticleId
from newswatch.settings import Settings, read_settings
from newswatch.stages.deduplicate.deduplicate import add_seed, deduplicate
from newswatch.stages.deduplicate.versions import backfill, rules_of
from newswatch.stages.job import Work
from newswatch.store import bare_articles, versions
from newswatch.store.bare_articles import BareArticle, Verdict
from newswatch.store.server.database import Connection
from newswatch.text.language import language_of

LINES = 500  # decided together; the split changes no decision
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@click.group(cls=Commands, invoke_without_command=True)
@click.option(
    "--seeds",
    "seed_paths",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="Texts, fingerprints or folders of them that count as known.",
)
@click.option(
    "--edition", is_flag=True, help="Tell also the entry that an edition would show each line in."
)
@click.pass_context
def dedupe(context: click.Context, seed_paths: tuple[Path, ...], edition: bool) -> None:
    """Decide of each line, in order, whether it copies an earlier one or a seed.

    Lines in: id, title, text; url, published, outlet, language where known. Lines out: id,
    duplicate_of, kind (exact, near, contained, revision or null), coverage, story, reason; relation
    (update, template, contains, part, related) and compared_with of an original; what it added and
    changed, the passages that it shares, and which earlier lines stand in it. With --edition also
    entry: the first line of what an edition of the lines would show as one event, in any language.

    \b
    Example: newswatch dedupe --seeds dags/watchlist/seeds < articles.jsonl
    """
    if context.invoked_subcommand is not None:
        return
    settings = read_settings()
    seeds = read_seeds(seed_paths)
    with scratch(settings) as connection:
        for seed in seeds:
            add_seed(Work(connection, settings, EPOCH), seed)
        told: list[BareArticle] = []
        rows = _decided(connection, settings, told)
        for row in with_entries(list(rows), told, settings) if edition else rows:
            print_json_line(row)


@dedupe.command("backfill")
@click.option("--version", type=int, required=True, help="Of the algorithm.")
def backfill_version(version: int) -> None:
    """Decide by another version on all that is stored, beside the decisions in force.

    Nobody sees them until the version is set. Stopped at any moment it goes on where it was.

    \b
    Example: newswatch dedupe backfill --version 2
    """
    rules = rules_of(version)
    with opened_work() as work:
        count = backfill(work, rules)
        in_force = versions.version_in_force(work.connection)
    note = " (in force already)" if in_force == version else ""
    click.echo(f"version {version}{note}: {count} articles decided")


@dedupe.command("compare-versions")
@click.argument("old", type=int)
@click.argument("new", type=int)
@click.option("--examples", type=int, default=20, show_default=True, help="Articles to show.")
@json_option
def compare_versions(old: int, new: int, examples: int, as_json: bool) -> None:
    """Show what version NEW decides otherwise than OLD, on all that is stored.

    \b
    Example: newswatch dedupe compare-versions 1 2
    """
    with opened(read_settings()) as connection:
        for version in (old, new):
            _refuse_unfinished(connection, version)
        kinds = versions.kinds_of_both(connection, old, new)
        changes = versions.changes(connection, old, new, examples)
    if as_json:
        print_json_line({"counts": list(map(asdict, kinds)), "changes": list(map(asdict, changes))})
        return
    named = [
        (
            row.old_kind or "original",
            row.new_kind or "original",
            "the same" if row.same_original else "another",
            row.articles,
        )
        for row in kinds
    ]
    print_rows((f"version {old}", f"version {new}", "copies", "articles"), named, as_json=False)
    print_rows(
        ("article", "headline", f"version {old}", f"version {new}"),
        [
            (
                change.article_id,
                change.title,
                _decision_text(change.old_kind, change.old_coverage, change.old_original),
                _decision_text(change.new_kind, change.new_coverage, change.new_original),
            )
            for change in changes
        ],
        as_json=False,
    )


def _decision_text(kind: str | None, coverage: float, original: str | None) -> str:
    return f"{kind}, {100 * coverage:.0f} % in {original}" if kind else "original"


def _refuse_unfinished(connection: Connection, version: int) -> None:
    rules_of(version)
    in_force = versions.version_in_force(connection)
    wanted, done = (versions.decided_by(connection, number) for number in (in_force, version))
    if done < wanted:
        raise NewswatchError(
            f"version {version} has decided on {done} of {wanted} articles;"
            f" newswatch dedupe backfill --version {version}"
        )


def _decided(
    connection: Connection, settings: Settings, told: list[BareArticle]
) -> Iterator[dict[str, Any]]:
    """A row for each line of standard input; `told` gets what the lines say."""
    lines = enumerate(
        read_json_lines(("id", "title", "text"), ("url", "published", "outlet", "language")),
        start=1,
    )
    line_ids: dict[ArticleId, Any] = {}
    seen_at = EPOCH
    while batch := list(islice(lines, LINES)):
        articles = []
        for number, line in batch:
            published = _moment(line.get("published"), number)
            seen_at = max(seen_at + timedelta(microseconds=1), published or seen_at)
            articles.append(_article(line, number, published, seen_at))
        told += articles
        ids = bare_articles.insert(connection, articles)
        deduplicate(Work(connection, settings, seen_at))
        found = bare_articles.verdicts(connection, ids)
        for (_, line), article_id in zip(batch, ids, strict=True):
            first = line_ids.setdefault(article_id, line["id"])
            verdict = found[article_id]
            story = line_ids[verdict.first_of_story]
            if first is not line["id"]:
                yield _of_same_address(connection, article_id, line, first, story)
            else:
                yield _row(line["id"], verdict, line_ids, story)


def _of_same_address(
    connection: Connection, article_id: ArticleId, line: dict[str, Any], first: Any, story: Any
) -> dict[str, Any]:
    """A line at an address that came before: the same text, or a newer wording of it."""
    before = fingerprint(bare_articles.text_of(connection, article_id))
    again = compare_texts(before, fingerprint(_storable(line["text"])))
    return {
        "id": line["id"],
        "duplicate_of": first,
        "kind": "exact" if again.relation == "exact" else "revision",
        "coverage": round(again.coverage_b, 4),
        "story": story,
        "reason": "The same address came before.",
    }


def _row(
    line_id: Any, verdict: Verdict, line_ids: dict[ArticleId, Any], story: Any
) -> dict[str, Any]:
    """The decision on a line, other lines named by their ids and seeds by their names."""

    def named(article_id: ArticleId | None, seed: str | None) -> Any:
        return seed if article_id is None else line_ids[article_id]

    return {
        "id": line_id,
        "duplicate_of": named(verdict.duplicate_of_article, verdict.duplicate_of_seed),
        "kind": verdict.kind,
        "coverage": round(verdict.coverage, 4),
        "story": story,
        "relation": verdict.relation,
        "compared_with": named(verdict.compared_with_article, verdict.compared_with_seed),
        "coverage_of_original": round(verdict.coverage_of_original, 4),
        "reason": verdict.reason,
        "added": verdict.added,
        "changes": verdict.changes,
        "passages": verdict.passages,
        "contains": [
            {"id": named(held["article_id"], held["seed"]), "coverage": held["coverage"]}
            for held in verdict.contains
        ],
    }


def _article(
    line: dict[str, Any], number: int, published: datetime | None, seen_at: datetime
) -> BareArticle:
    url = canonical_url(line["url"]) if line.get("url") else None
    return BareArticle(
        canonical_url=url or f"newswatch:line/{number}",
        host=host_of(url) if url else "",
        outlet=line.get("outlet") or (host_of(url) if url else ""),
        title=_storable(line["title"]),
        text=_storable(line["text"]),
        language=language_of(line["text"] or line["title"], line.get("language")),
        published_at=published,
        first_seen_at=seen_at,
        extracted_at=seen_at,
    )


def _storable(text: str) -> str:
    """Postgres stores no NUL, and UTF-8 no lone surrogate."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()


def _moment(text: str | None, number: int) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            f"published {text!r} is not an ISO time",
            file="<stdin>",
            line=number,
            mend="write 2025-12-18T06:00:00Z, or leave it out",
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


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
