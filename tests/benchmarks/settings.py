"""Settings of a service that a benchmark polls outlets on loopback with."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from newswatch.settings import HOME

SHARDS = 2


def settings_in(folder: Path) -> dict[str, str]:
    """For a watchlist, made anew in that folder, of the shipped topics, no feeds and no readers."""
    watchlist = folder / "watchlist"
    shutil.rmtree(watchlist, ignore_errors=True)
    watchlist.mkdir(parents=True)
    for part in ("topics", "names"):
        (watchlist / part).symlink_to(HOME / "dags" / "watchlist" / part)
    for name in ("feeds", "subscribers"):
        (watchlist / f"{name}.yaml").write_text(yaml.safe_dump({name: []}))
    return {
        "NEWSWATCH_STATE_DIR": str(folder),
        "NEWSWATCH_WATCHLIST_DIR": str(watchlist),
        "NEWSWATCH_ALLOW_NETWORKS": "127.0.0.0/8",
        "NEWSWATCH_HOST_DELAY": "0",
        "NEWSWATCH_SHARDS": str(SHARDS),
    }
