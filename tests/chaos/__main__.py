"""`python -m chaos`: try every fault, print the table, and exit with 1 if one was not survived."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from chaos.fault import Fault
from chaos.faults import all_faults
from chaos.world import World, opened
from newswatch.settings import HOME

PAGE = HOME / "docs" / "chaos.md"
ARTICLES = 600


def main() -> int:
    options = _options()
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="nw-chaos-", ignore_cleanup_errors=True) as folder,
        opened(Path(folder), options.articles) as world,
    ):
        faults = [fault for fault in all_faults(world.rows) if options.only in _named(fault)]
        faults = faults[options.first :: options.every]
        print(f"{time.monotonic() - began:5.0f} s  {options.articles} articles stand", flush=True)
        if options.list:
            print("\n".join(map(_named, faults)))
            return 0
        lost = {}
        for number, fault in enumerate(faults, 1):
            lost[number] = tried(world, fault)
            sign = "LOST " + lost[number] if lost[number] else "survived"
            print(f"{time.monotonic() - began:5.0f} s  {_named(fault)}: {sign}", flush=True)
    table = _table(faults, [bool(lost[number]) for number in lost])
    print(table)
    if options.write:
        head = PAGE.read_text(encoding="utf-8").split("| fault |")[0]
        PAGE.write_text(head + table, encoding="utf-8")
    return 1 if any(lost.values()) else 0


def tried(world: World, fault: Fault) -> str:
    """Empty if the fault was survived, else what was lost; nothing raises."""
    try:
        return world.attempt(fault)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _named(fault: Fault) -> str:
    return f"{fault.kind}, {fault.before}: {fault.name}"


def _table(faults: Sequence[Fault], lost: Sequence[bool]) -> str:
    kinds = Counter(fault.kind for fault in faults)
    survived = Counter(fault.kind for fault, failed in zip(faults, lost, strict=True) if not failed)
    lines = [f"| {kind} | {count} | {survived[kind]} |" for kind, count in kinds.items()]
    total = f"| all | {kinds.total()} | {survived.total()} |"
    return "\n".join(["| fault | tried | survived |", "|---|---:|---:|", *lines, total]) + "\n"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="chaos", description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES, help="at least 100")
    parser.add_argument("--only", default="", help="faults that have these words in their names")
    parser.add_argument("--every", type=int, default=1, help="each so manieth of them")
    parser.add_argument("--first", type=int, default=0, help="how many to leave out first")
    parser.add_argument("--list", action="store_true", help="name the faults, try none")
    parser.add_argument("--write", action="store_true", help=f"keep the table in {PAGE.name}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
