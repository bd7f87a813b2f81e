"""Run in a process of its own: prints as JSON what Airflow makes of a folder of DAGs.

python describe_dags.py FOLDER [FOLDER_CHECKED_FOR_STABILITY_ONLY]
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from airflow.dag_processing.dagbag import DagBag
from airflow.utils.dag_version_inflation_checker import check_dag_file_stability

importlib.import_module("airflow.sdk")
airflows_own = set(sys.modules)
bag = DagBag(sys.argv[1])
parsed = set(sys.modules) - airflows_own


def _multiple_outputs(task: Any) -> bool:
    """Of a mapped task, too, whose operator is not made yet."""
    given = getattr(task, "partial_kwargs", {}).get("multiple_outputs")
    return bool(getattr(task, "multiple_outputs", given))


described = {
    dag.dag_id: {
        "doc": dag.doc_md,
        "tags": sorted(dag.tags),
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "schedule": str(getattr(dag.timetable, "summary", "")),
        "params": sorted(dag.params),
        "name": dag.dag_display_name,
        "description": dag.description,
        "run_timeout": dag.dagrun_timeout is not None,
        "latest_version": dag.rerun_with_latest_version,
        "tells_failure": dag.has_on_failure_callback,
        "tells_success": dag.has_on_success_callback,
        "deadlines": [alert.callback.path for alert in dag.deadline or []],
        "pools": sorted({task.pool for task in dag.tasks}),
        "owner_links": dag.owner_links,
        "tasks": {
            task.task_id: {
                "owner": task.owner,
                "retries": task.retries,
                "backoff": bool(task.retry_exponential_backoff),
                "timeout": task.execution_timeout is not None,
                "on_failure": bool(task.on_failure_callback),
                "upstream": sorted(task.upstream_task_ids),
                "mapped": bool(getattr(task, "is_mapped", False)),
                "multiple_outputs": _multiple_outputs(task),
                "outlets": [outlet.name for outlet in getattr(task, "outlets", []) or []],
                "addresses": [outlet.uri for outlet in getattr(task, "outlets", []) or []],
            }
            for task in dag.tasks
        },
    }
    for dag in bag.dags.values()
}
os.environ |= {"NEWSWATCH_EDITOR": "ed@paper.example", "NEWSWATCH_EXPORT_DIR": "/lake"}
with_all = DagBag(sys.argv[1])
approve, export = with_all.dags["approve_digest"], with_all.dags["export_views"]
unstable = {
    path.name: check_dag_file_stability(path).format_warnings()
    for folder in sys.argv[1:]
    for path in sorted(Path(folder).glob("*.py"))
}
places = {
    url: importlib.import_module("assets").place(url)
    for url in (
        "",
        "postgresql://newswatch_writer:a%40b@db.example:5433/news",
        "postgresql://writer@[::1]/news",
        "postgresql:///newswatch?host=/run/postgresql",
        "postgresql://first:1,second:2/news",
        "host=db.example port=5433 dbname=news password=secret",
        "host=/run/postgresql dbname=news",
    )
}
for stage in ("poll.poll", "extract.extract", "deduplicate.deduplicate", "flag.flag", "digest"):
    importlib.import_module(f"newswatch.stages.{stage}")
importlib.import_module("newswatch.extract.page")  # in the stage's own processes
print(
    json.dumps(
        {
            "dags": described,
            "errors": bag.import_errors,
            "unstable": unstable,
            "places": places,
            "with_all": {
                "errors": with_all.import_errors,
                "send_digest": sorted(with_all.dags["send_digest"].task_dict),
                "held": [asset.uri for asset in approve.timetable.asset_condition.objects],
                "exported": [asset.uri for asset in export.timetable.asset_condition.objects],
                "export_views": sorted(export.task_dict),
                "approve_digest": {
                    name: sorted(task.upstream_task_ids) for name, task in approve.task_dict.items()
                },
                "paused": [dag.is_paused_upon_creation for dag in (approve, export)],
            },
            "parsing_imports": sorted(parsed),
            "stages_import": sorted(set(sys.modules) - airflows_own - parsed),
        }
    )
)
