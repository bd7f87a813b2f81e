"""Run in a process of its own: prints as JSON what Airflow makes of `dags/`."""

from __future__ import annotations

import json
import sys

from airflow.dag_processing.dagbag import DagBag

bag = DagBag(sys.argv[1])
described = {
    dag.dag_id: {
        "doc": dag.doc_md,
        "tags": sorted(dag.tags),
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "schedule": str(getattr(dag.timetable, "summary", "")),
        "params": sorted(dag.params),
        "tasks": {
            task.task_id: {
                "owner": task.owner,
                "retries": task.retries,
                "backoff": bool(task.retry_exponential_backoff),
                "timeout": task.execution_timeout is not None,
                "on_failure": bool(task.on_failure_callback),
                "upstream": sorted(task.upstream_task_ids),
                "mapped": bool(getattr(task, "is_mapped", False)),
                "outlets": [outlet.name for outlet in getattr(task, "outlets", []) or []],
            }
            for task in dag.tasks
        },
    }
    for dag in bag.dags.values()
}
print(json.dumps({"dags": described, "errors": bag.import_errors}))
