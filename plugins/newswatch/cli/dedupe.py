"""`newswatch dedupe`: the stage's own decisions on lines of JSON, and versions of the algorithm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import click

from newswatch.addresses.urls import canonical_url, host_of
from newswatch.cli.database import opened, opened_work
from newswatch.cli.line_entries import with_entries
from newswatch.cli.output import (
    Commands,
    json_option,
    print_json_line,
    print_rows,
    read_json_lines,
)
from newswatch.cli.seeds import read_seeds
from newswatch.copies.compare import compare
from newswatch.copies.fingerprint import fingerprint
from newswatch.copies.seeds import Seed
from newswatch.errors import InputError, NewswatchError
from newswatch.models import ArticleId, SeedId, StoryId
from newswatch.settings import Settings, read_settings
from newswatch.stages.deduplicate.batch import decide_batch
from newswatch.stages.deduplicate.deduplicate import prepare
from newswatch.stages.deduplicate.memory_archive import MemoryArchive
from newswatch.stages.deduplicate.story_rules import story_rules_set
from newswatch.stages.deduplicate.versions import backfill, rules_of
from newswatch.store import versions
from newswatch.store.decisions import DecisionRow, Waiting
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
    articles: list[Waiting] = []
    rows = _decided(settings, read_seeds(seed_paths), articles)
    for row in with_entries(list(rows), articles, settings) if edition else rows:
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
    settings: Settings, seeds: Iterable[Seed], every: list[Waiting]
) -> Iterator[dict[str, Any]]:
    """A row for each line of standard input; `every` gets what the lines say."""
    rules = rules_of(settings.dedupe_version)
    story_rules = story_rules_set(settings)
    window = timedelta(days=settings.dedupe_window_days)
    lines = enumerate(
        read_json_lines(("id", "title", "text"), ("url", "published", "outlet", "language")),
        start=1,
    )
    told = _Told({})
    for seed in seeds:
        told.names[told.archive.add_seed(seed, rules)] = seed.name
    seen_at = EPOCH
    while batch := list(islice(lines, LINES)):
        articles: list[Waiting] = []
        for number, line in batch:
            published = _moment(line.get("published"), number)
            seen_at = max(seen_at + timedelta(microseconds=1), published or seen_at)
            articles.append(_article(line, number, seen_at))
        every += articles
        new = [
            article
            for article, (_, line) in zip(articles, batch, strict=True)
            if told.is_first(article, line["id"])
        ]
        documents = told.archive.add_articles(
            prepare(article, rules, story_rules) for article in new
        )
        result = decide_batch(documents, told.archive, window)
        told.archive.save(result)
        rows = {row.article_id: row for row in result.decisions}
        told.remember(result.decisions)
        for article, (_, line) in zip(articles, batch, strict=True):
            row = rows.get(article.article_id)
            yield told.again(article, line["id"]) if row is None else told.row(row)


@dataclass(slots=True)
class _Told:
    """What was said of the lines so far."""

    names: dict[SeedId, str]
    archive: MemoryArchive = field(default_factory=MemoryArchive)
    line_ids: dict[ArticleId, Any] = field(default_factory=dict)
    first_of_url: dict[str, Waiting] = field(default_factory=dict)
    story_of: dict[ArticleId, StoryId | None] = field(default_factory=dict)
    first_of_story: dict[StoryId | None, Any] = field(default_factory=dict)

    def is_first(self, article: Waiting, line_id: Any) -> bool:
        """Whether no line before was at this address."""
        self.line_ids[article.article_id] = line_id
        return self.first_of_url.setdefault(article.canonical_url, article) is article

    def remember(self, decisions: Sequence[DecisionRow]) -> None:
        for row in decisions:
            self.story_of[row.article_id] = row.story_id
            self.first_of_story.setdefault(row.story_id, self.line_ids[row.article_id])

    def again(self, article: Waiting, line_id: Any) -> dict[str, Any]:
        """A line at an address that came before: the same text, or a newer wording of it."""
        first = self.first_of_url[article.canonical_url]
        comparison = compare(fingerprint(first.text), fingerprint(article.text))
        return {
            "id": line_id,
            "duplicate_of": self.line_ids[first.article_id],
            "kind": "exact" if comparison.relation == "exact" else "revision",
            "coverage": round(comparison.coverage_b, 4),
            "story": self.first_of_story[self.story_of[first.article_id]],
            "reason": "The same address came before.",
        }

    def row(self, row: DecisionRow) -> dict[str, Any]:
        """The decision on a line, other lines named by their ids and seeds by their names."""
        held = self.archive.documents([contained.document_id for contained in row.contains])
        return {
            "id": self.line_ids[row.article_id],
            "duplicate_of": self._named(row.duplicate_of_article, row.duplicate_of_seed),
            "kind": row.kind,
            "coverage": round(row.coverage, 4),
            "story": self.first_of_story[row.story_id],
            "relation": row.relation,
            "compared_with": self._named(row.compared_with_article, row.compared_with_seed),
            "coverage_of_original": round(row.coverage_of_original, 4),
            "reason": row.reason,
            "added": list(row.added),
            "changes": list(row.changes),
            "passages": list(row.passages),
            "contains": [
                {
                    "id": self._named(document.article_id, document.seed_id),
                    "coverage": round(contained.coverage, 4),
                }
                for document, contained in zip(held, row.contains, strict=True)
            ],
        }

    def _named(self, article_id: ArticleId | None, seed_id: SeedId | None) -> Any:
        if article_id is not None:
            return self.line_ids[article_id]
        return None if seed_id is None else self.names[seed_id]


def _article(line: dict[str, Any], number: int, seen_at: datetime) -> Waiting:
    url = canonical_url(line["url"]) if line.get("url") else None
    return Waiting(
        article_id=ArticleId(number),
        canonical_url=url or f"newswatch:line/{number}",
        outlet=line.get("outlet") or (host_of(url) if url else ""),
        title=_storable(line["title"]),
        text=_storable(line["text"]),
        language=language_of(line["text"] or line["title"], line.get("language")),
        first_seen_at=seen_at,
    )


def _storable(text: str) -> str:
    """As the database would hold it: Postgres stores no NUL, and UTF-8 no lone surrogate."""
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
