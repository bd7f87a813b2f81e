"""The export that runs by itself: all views, in the folder that the settings name."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from newswatch.errors import SettingError
from newswatch.stages.export import folder
from newswatch.stages.job import Job
from newswatch.store import exports
from newswatch.store.exports import Selection


def export_views(job: Job, since: date) -> dict[str, int]:
    """Bring the files of that day and all later ones up to date, and those of no day; how many of
    them were written, left alone and removed."""
    settings = job.settings
    if not settings.export_dir:
        raise SettingError("there is no folder to export to", mend="set NEWSWATCH_EXPORT_DIR")
    views = exports.exported_views(job.connection).values()
    selections = [Selection(view, since=since) for view in views]
    counts = Counter(written=0, unchanged=0, removed=0)
    to = Path(settings.export_dir)
    for done in folder.export(job.connection, selections, settings.export_format, to):
        counts.update(written=done.written, unchanged=done.unchanged, removed=done.removed)
    return dict(counts)
