"""The seed corpus, brought into the database."""

from __future__ import annotations

from newswatch.copies.candidates import posted
from newswatch.copies.rules import RULES
from newswatch.copies.seeds import Seed, from_json, seed_of
from newswatch.stages.deduplicate.documents import hashes_of, to_store
from newswatch.stages.job import Work
from newswatch.store import fingerprints, seeds
from newswatch.store.seeds import SeedRow
from newswatch.store.versions import version_in_force


def sync_seeds(work: Work) -> int:
    """Load the fingerprints and texts of the watchlist's `seeds/`; how many were new or changed.

    Raises `InputError` naming a file that is no seed.
    """
    folder = work.settings.watchlist / "seeds"
    changed = 0
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.suffix == ".json":
            changed += add_seed(work, from_json(path.read_text(encoding="utf-8"), path))
        elif path.suffix == ".txt":
            changed += add_seed(work, seed_of(path.stem, path.read_text(encoding="utf-8")))
    return changed


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
