"""`newswatch seeds`: the documents that count as already known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from newswatch.cli.database import opened, opened_work
from newswatch.cli.output import (
    Commands,
    json_option,
    print_lines,
    print_records,
    refuse,
)
from newswatch.copies.seeds import Seed, from_json, seed_of, to_json
from newswatch.errors import InputError
from newswatch.extract.page import extract_page
from newswatch.models import NoArticle
from newswatch.settings import read_settings
from newswatch.stages.deduplicate.seeds import add_seed, read_text, seed_of_text
from newswatch.stages.parking import fault_of
from newswatch.store.seeds import SeedRecord, list_seeds

READABLE = (".txt", ".html", ".htm", ".jsonl", ".json")
paths_argument = click.argument(
    "paths", type=click.Path(exists=True, path_type=Path), nargs=-1, required=True
)


@click.group(cls=Commands)
def seeds() -> None:
    """The seed corpus.

    \b
    Example: newswatch seeds list
    """


@seeds.command()
@paths_argument
def load(paths: tuple[Path, ...]) -> None:
    """Load texts (.txt), pages (.html), lines (.jsonl: name, text) or fingerprints (.json).

    What is wrong is named, with exit code 2, and the rest is loaded.

    \b
    Example: newswatch seeds load dags/watchlist/seeds
    """
    wrong: list[InputError] = []
    with opened_work() as work:
        for seed in _seeds_of(paths, wrong):
            try:
                is_new = add_seed(work, seed)
            except Exception as error:
                if (fault := fault_of(error)) is None:
                    raise
                wrong.append(InputError(f"{seed.name}: {fault.error}"))
            else:
                print_lines([f"{'loaded' if is_new else 'known already'}: {seed.name}"])
    refuse(wrong)


@seeds.command("fingerprint")
@paths_argument
@click.option("--outlet", help="Who published it.")
@click.option("--language", help="BCP 47 tag.")
@click.option("--subject", help="What it is about, in your own words.")
@click.option("--url", help="Where it was published.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder; else to the screen."
)
def write_fingerprints(
    paths: tuple[Path, ...],
    outlet: str | None,
    language: str | None,
    subject: str | None,
    url: str | None,
    out: Path | None,
) -> None:
    """Write what may be shipped of a document: metadata, hashes, counts, and no word of it.

    \b
    Example: newswatch seeds fingerprint report.txt --outlet "The Ledger" --out dags/watchlist/seeds
    """
    for seed in read_seeds(paths):
        named = Seed(
            seed.name,
            seed.fingerprint,
            outlet=outlet or seed.outlet,
            language=language or seed.language,
            subject=subject or seed.subject,
            url=url or seed.url,
        )
        if out is None:
            click.echo(to_json(named), nl=False)
            continue
        out.mkdir(parents=True, exist_ok=True)
        target = out / f"{seed.name}.json"
        target.write_text(to_json(named), encoding="utf-8")
        click.echo(target)


@seeds.command("list")
@json_option
def list_all(as_json: bool) -> None:
    """What is loaded.

    \b
    Example: newswatch seeds list --json
    """
    with opened(read_settings()) as connection:
        known = list_seeds(connection)
    print_records(SeedRecord, known, as_json=as_json)


def read_seeds(paths: Iterable[Path]) -> list[Seed]:
    """All seeds of files and folders. Raises `InputError` naming the file and line."""
    wrong: list[InputError] = []
    found = list(_seeds_of(paths, wrong))
    if wrong:
        raise wrong[0]
    return found


def _seeds_of(paths: Iterable[Path], wrong: list[InputError]) -> Iterator[Seed]:
    """The seeds of files and folders; what is wrong with a file or a line of it is put into
    `wrong`, and the others follow."""
    for path in paths:
        try:
            files = _files(path)
        except InputError as error:
            wrong.append(error)
            continue
        for file in files:
            try:
                for found in _read(file):
                    if isinstance(found, InputError):
                        wrong.append(found)
                    else:
                        yield found
            except InputError as error:
                wrong.append(error)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix in READABLE)
    if path.suffix not in READABLE:
        raise InputError(
            f"a {path.suffix or 'nameless'} file", file=path, mend=f"known: {', '.join(READABLE)}"
        )
    return [path]


def _read(path: Path) -> Iterator[Seed | InputError]:
    if path.suffix in (".html", ".htm"):
        article = extract_page(path.read_bytes(), url=path.name, now=datetime.now(UTC))
        if isinstance(article, NoArticle):
            raise InputError(f"no article: {article.detail}", file=path)
        yield seed_of(path.stem, article.text, language=article.language)
        return
    text = read_text(path)
    if path.suffix == ".json":
        yield from_json(text, path)
    elif path.suffix == ".jsonl":
        yield from _read_lines(path, text)
    else:
        yield seed_of_text(path, text)


def _read_lines(path: Path, text: str) -> Iterator[Seed | InputError]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield seed_of(str(row.get("name") or row["id"]), str(row["text"]))
        except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
            yield InputError(
                f"not a seed: {error!r}",
                file=path,
                line=number,
                mend='write {"name": ..., "text": ...} on the line',
            )
