"""Seeds as texts and as fingerprints: their reprints are copies, what is only like them is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from copies.texts import HARBOUR, TUNNEL, keep, prose
from newswatch.copies.seeds import from_json, seed_of, to_json
from newswatch.settings import HOME, Settings
from newswatch.stages.deduplicate.deduplicate import add_seed, deduplicate, sync_seeds
from newswatch.store.server.database import Connection, scalar
from stages.invented import Item, decided, job_on, store, story_groups


@pytest.mark.parametrize("form", ["text", "fingerprint"])
def test_reprints_of_a_seed_are_copies_of_it(connection: Connection, form: str) -> None:
    seed = seed_of("harbour-2026", HARBOUR, outlet="Ellery Courier")
    if form == "fingerprint":
        seed = from_json(to_json(seed), "harbour-2026.json")
    job = job_on(connection)
    assert add_seed(job, seed)
    assert not add_seed(job, seed)
    store(
        connection,
        [
            Item("headline", HARBOUR, title="Piles go after 92 years"),
            Item("trimmed", keep(HARBOUR, 0.8)),
            Item("half", " ".join(HARBOUR.split()[-115:])),
            Item("other", TUNNEL),
            Item(
                "own",
                "Port Ellery — Ferries move to the fish dock in spring because shipworm has eaten"
                " the piles of the main pier, the harbour authority told the council. Ines"
                " Vardalou, its chief engineer, put the price at 14 million crowns. "
                + prose(4, 120),
            ),
        ],
    )
    counts = deduplicate(job)
    assert counts["seed_copies"] == 3
    assert decided(connection) == {
        "headline": ("exact", "harbour-2026"),
        "trimmed": ("near", "harbour-2026"),
        "half": ("contained", "harbour-2026"),
        "other": (None, None),
        "own": (None, None),
    }
    stories = story_groups(connection)
    assert any(group >= {"headline", "trimmed", "half"} for group in stories)


def test_passages_are_known_where_the_text_of_a_seed_is(connection: Connection) -> None:
    seed = seed_of("harbour-2026", HARBOUR)
    add_seed(job_on(connection), from_json(to_json(seed), "x.json"))
    assert add_seed(job_on(connection), seed)  # its text is new
    assert not add_seed(job_on(connection), from_json(to_json(seed), "x.json"))
    store(connection, [Item("half", keep(HARBOUR, 0.5))])
    deduplicate(job_on(connection))
    assert scalar(connection, "select jsonb_array_length(passages) from news.decision") > 0


def test_a_seed_file_holds_no_word_of_the_text() -> None:
    written = to_json(seed_of("one", HARBOUR, subject="a pier"))
    told = written.split('"grams"')[0].casefold()
    assert not [word for word in HARBOUR.casefold().split() if len(word) > 4 and word in told]


def test_a_seed_with_another_text_replaces_the_one_of_its_name(connection: Connection) -> None:
    job = job_on(connection)
    add_seed(job, seed_of("s", HARBOUR))
    assert add_seed(job, seed_of("s", TUNNEL))
    store(connection, [Item("pier", HARBOUR), Item("tube", TUNNEL)])
    deduplicate(job)
    assert decided(connection) == {"pier": (None, None), "tube": ("exact", "s")}


def seeds_of(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute("select name from news.seed order by 1")]


def test_the_folder_of_seeds_is_loaded(connection: Connection, tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "tube.txt").write_text(TUNNEL)
    (folder / "pier.json").write_text(to_json(seed_of("pier", HARBOUR)))
    job = replace(job_on(connection), settings=Settings(watchlist_dir=tmp_path))
    for _ in range(2):
        assert sync_seeds(job) == 0
        assert seeds_of(connection) == ["pier", "tube"]


WRONG = {
    "none.json": ("{}", "not a seed's fingerprint; make one: newswatch seeds fingerprint TEXT"),
    "bomb.json": ("[" * 100_000, "RecursionError: maximum recursion depth exceeded"),
    "cut.json": (
        to_json(seed_of("a", "Five words of a text.")).replace('"words": 5', '"words": 9'),
        "damaged: ValueError('2 hashes of a text of 9 words'); make it anew",
    ),
    "nul.json": (
        to_json(seed_of("a", HARBOUR)).replace('"a"', r'"a\u0000b"'),
        "DataError: PostgreSQL text fields cannot contain NUL (0x00) bytes",
    ),
    "nul.txt": (
        f"{HARBOUR}\0",
        "DataError: PostgreSQL text fields cannot contain NUL (0x00) bytes",
    ),
    "empty.txt": (" \n", "the file is empty"),
    "latin.txt": (b"Bon app\xe9tit", "not UTF-8: invalid continuation byte; save it as UTF-8"),
    "folder.txt": (None, "it cannot be read: Is a directory"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_seed_costs_itself_and_is_told_of(
    connection: Connection, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    content, told = WRONG[name]
    match content:
        case None:
            (folder / name).mkdir()
        case bytes():
            (folder / name).write_bytes(content)
        case _:
            (folder / name).write_text(content)
    (folder / "tube.txt").write_text(TUNNEL)
    job = replace(job_on(connection), settings=Settings(watchlist_dir=tmp_path))
    assert sync_seeds(job) == 1
    assert seeds_of(connection) == ["tube"]
    ((stage, place, kind, error),) = connection.execute(
        "select stage, what, kind, error from ops.parked"
    ).fetchall()
    assert (stage, place, kind) == ("deduplicate", f"seeds/{name}", "wrong")
    assert error.startswith(told)
    (folder / name).rename(tmp_path / name)
    assert sync_seeds(job) == 0
    assert scalar(connection, "select count(*) from ops.parked") == 0


def test_the_shipped_seeds_load(connection: Connection) -> None:
    job = replace(job_on(connection), settings=Settings(watchlist_dir=HOME / "dags" / "watchlist"))
    assert sync_seeds(job) == 0
    assert seeds_of(connection)
    assert scalar(connection, "select count(*) from news.seed where text is not null") == 0
