"""`make bench-dags`: the CPU seconds that reading a DAG file adds to Airflow's own.

Each file is read by Airflow in a process of its own, as a task process reads it, beside a file that
holds the smallest DAG with one task. What is told is user and system time, the least of `ROUNDS`:
what other work on the machine adds is none of the file's.
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

ROUNDS = 5
ALLOWED = 0.3  # seconds that a file may add
READ = """
import os, sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(sys.argv[1])
assert bag.dags and not bag.import_errors, bag.import_errors
print(sum(os.times()[:2]))
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
        taken = {path: float("inf") for path in (smallest, *files)}
        for _ in range(ROUNDS):
            taken = {path: min(best, cpu_seconds(path, home)) for path, best in taken.items()}
        table = Table(title=f"CPU seconds, least of {ROUNDS}; a file may add {ALLOWED}")
        for column in ("file", "read in", "adds"):
            table.add_column(column, justify="left" if column == "file" else "right")
        table.add_row("the smallest DAG", f"{taken[smallest]:.2f}", "")
        for path in files:
            more = taken[path] - taken[smallest]
            table.add_row(path.name, f"{taken[path]:.2f}", f"{more:+.2f}")
        Console(width=100).print(table)


def cpu_seconds(path: Path, home: Path) -> float:
    """User and system time of a process in which Airflow reads the file."""
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
        [sys.executable, "-c", READ, str(path)], env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{path}: {done.stderr}")
    return float(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
