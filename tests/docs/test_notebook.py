"""The notebook draws the sample newsroom as its database counts it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from newsroom.world import World
from newswatch.settings import HOME
from newswatch.stages.export import folder
from newswatch.store import exports
from newswatch.store.exports import Selection

COUNTED = {
    "attention": "select count(*) from analyst.coverage",
    "outlets": "select count(*) from analyst.coverage",
    "languages": "select count(*) from analyst.coverage",
    "copies": "select count(*) from analyst.duplicate where original_outlet is not null",
    "stories": "select sum(articles) from (select articles from analyst.story"
    " order by articles desc limit 12) as biggest",
}


def test_its_pictures_hold_what_the_database_counts(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = exports.exported_views(world.connection)
    list(folder.export(world.connection, list(map(Selection, views.values())), "parquet", tmp_path))
    monkeypatch.setenv("NEWSWATCH_LAKE", str(tmp_path))
    _, drawn = notebook().run()
    for name, query in COUNTED.items():
        described = drawn[name].to_dict()  # held against the schema of Vega-Lite
        (data,) = described["datasets"].values()
        assert sum(row["count"] for row in data) == world.rows(query)[0][0], name


def notebook() -> Any:
    spec = importlib.util.spec_from_file_location("notebook", HOME / "docs" / "notebook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.app
