"""The seed corpus, brought into the database."""

from __future__ import annotations

import logging
from pathlib import Path

from newswatch.copies.candidates import posted
from newswatch.copies.rules import RULES
from newswatch.copies.seeds import Seed, from_json, seed_of
from newswatch.errors import InputError
from newswatch.stages.deadline import cpu_deadline
from newswatch.stages.deduplicate.documents import hashes_of, to_store
from newswatch.stages.job import Work
from newswatch.stages.parking import fault_of, park_wrong
from newswatch.store import fingerprints, seeds
from newswatch.store.seeds import SeedRow
from newswatch.store.versions import version_in_force
from newswatch.text.invisible import shown

log = logging.getLogger(__name__)


def sync_seeds(work: Work) -> int:
    """Load the fingerprints and texts of the watchlist's `seeds/`. How many files are wrong: each
    is told of in the log and parked, and the others are loaded."""
    folder = work.settings.watchlist / "seeds"
    wrong: list[InputError] = []
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.suffix not in (".json", ".txt"):
            continue
        try:
            with cpu_deadline(work.settings.article_deadline):
                seed = _read(path)
            add_seed(work, seed)
        except InputError as error:
            wrong.append(error)
        except Exception as error:
            fault = fault_of(error)
            if fault is None:
                raise
            wrong.append(InputError(fault.error, file=path, mend="leave it out, or mend it"))
    for said in wrong:
        log.error("newswatch: a seed is left out: %s", shown(str(said)))
    park_wrong(work, "deduplicate", "seeds/", wrong)
    return len(wrong)


def read_text(path: Path) -> str:
    """The text of a file. Raises `InputError` if it cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8: {error.reason}", file=path, mend="save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}", file=path) from None


def _read(path: Path) -> Seed:
    text = read_text(path)
    return from_json(text, path) if path.suffix == ".json" else seed_of_text(path, text)


def seed_of_text(path: Path, text: str) -> Seed:
    """Raises `InputError` if it says nothing."""
    if not text.strip():
        raise InputError("the file is empty", file=path)
    return seed_of(path.stem, text)


def add_seed(work: Work, seed: Seed) -> bool:
    """Store a seed with its fingerprint; False if it is there as it is.

    One of that name with another text is replaced. A text is added to a seed that was known by its
    fingerprint only; a fingerprint takes no text away.
    """
    row = SeedRow(seed.name, seed.outlet, seed.language, seed.subject, seed.url, seed.text)
    with work.connection.transaction():
        fingerprints.lock_decisions(work.connection)
        rules = RULES[version_in_force(work.connection)]
        fingerprint = seed.fingerprint.under(rules)
        text_hash, _ = hashes_of(fingerprint)
        known = seeds.find_seed(work.connection, seed.name)
        if known is not None and known.text_hash == text_hash:
            if known.has_text or seed.text is None:
                return False
            seeds.add_text(work.connection, known.seed_id, seed.text)
            return True
        if known is not None:
            seeds.forget_fingerprint(work.connection, known.seed_id)
        seed_id = seeds.save_seed(work.connection, row, work.now)
        (document_id,) = fingerprints.insert_fingerprints(
            work.connection, [to_store(fingerprint, seed.outlet or "", seed_id=seed_id)]
        )
        postings = [(hash_, document_id) for hash_ in posted(fingerprint)]
        fingerprints.insert_postings(work.connection, postings)
    return True
