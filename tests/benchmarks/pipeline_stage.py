"""One task of `benchmarks.pipeline`, as the DAG has it: it imports what its stage needs.

`python -m benchmarks.pipeline_stage STAGE SHARD`, -1 for a stage that runs as one.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime

from newswatch.models import STAGES
from newswatch.settings import read_settings
from newswatch.stages.cycle import run_stage
from newswatch.store.server.database import connect


def main(name: str, shard: int) -> None:
    settings = read_settings()
    stage = next(stage for stage in STAGES if stage == name)
    now = datetime.fromisoformat(os.environ["BENCH_NOW"])
    with connect(settings.database_url) as connection:
        run_stage(
            connection,
            settings,
            f"bench {now.isoformat()}",
            stage,
            shard=shard if shard >= 0 else None,
            now=now,
        )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
