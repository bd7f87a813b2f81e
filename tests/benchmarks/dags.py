"""`make bench-dags`: the CPU seconds that reading a DAG file adds to Airflow's own.

Each file is read by Airflow in a process of its own, as a task process reads it, after a file that
holds the smallest DAG with one task: that one has brought in all that Airflow itself needs. What is
told is user and system time, the least of `ROUNDS`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from newswatch.settings import HOME, PREFIX
from scratch import scratch

ROUNDS = 3
ALLOWED = 0.3  # seconds that a file may add
READ = """
import sys, time
from airflow.dag_processing.dagbag import DagBag
for path in sys.argv[1:]:
    began = time.process_time()
    bag = DagBag(path)
    assert bag.dags and not bag.import_errors, bag.import_errors
print(time.process_time() - began)
"""
SMALLEST = """
from airflow.sdk import dag, task

@dag
def smallest():
    @task
    def nothing():
        pass
    nothing()

smallest()
"""


def main() -> None:
    with scratch() as home:
        smallest = home / "smallest.py"
        smallest.write_text(SMALLEST)
        files = [
            path for path in sorted((HOME / "dags").glob("*.py")) if "@dag" in path.read_text()
        ]
        table = Table(title=f"CPU seconds, least of {ROUNDS}; a file may add {ALLOWED}")
        table.add_column("file")
        table.add_column("adds", justify="right")
        for path in (smallest, *files):
            added = min(cpu_seconds(smallest, path, home=home) for _ in range(ROUNDS))
            table.add_row(path.name, f"{added:.2f}")
        Console(width=100).print(table)


def cpu_seconds(*paths: Path, home: Path) -> float:
    """User and system time that Airflow takes to read the last of the files."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW_", PREFIX))
    } | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "PYTHONPATH": f"{HOME / 'dags'}{os.pathsep}{HOME / 'plugins'}",
    }
    done = subprocess.run(
        [sys.executable, "-c", READ, *map(str, paths)],
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{paths[-1]}: {done.stderr}")
    return float(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
