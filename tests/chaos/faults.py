"""All faults that are tried here."""

from __future__ import annotations

import sys

from chaos.fault import Fault
from chaos.postgres_faults import can_mount, postgres_faults
from chaos.process_faults import Rows, process_faults


def all_faults(rows: Rows) -> list[Fault]:
    """Without those of the disk where this user may not mount a small one."""
    faults = [*process_faults(rows), *postgres_faults(rows)]
    if can_mount():
        return faults
    print("disk full is not tried: this user may not mount a tmpfs", file=sys.stderr)
    return [fault for fault in faults if fault.kind != "disk full"]
