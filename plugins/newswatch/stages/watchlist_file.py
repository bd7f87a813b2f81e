"""Files of the watchlist: written whole or not at all, and known by their state."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

FolderState = frozenset[tuple[str, int, int]]


def state_of(*folders: Path) -> FolderState:
    """Another whenever a file of them came, went, or was written."""
    return frozenset(
        (str(path), known.st_mtime_ns, known.st_size)
        for folder in folders
        for path in folder.glob("*")
        if (known := path.stat())
    )


def write_file(path: Path, text: str) -> None:
    """The whole file or nothing of it; with the rights that it had."""
    path = path.resolve()
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
