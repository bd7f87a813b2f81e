"""`python -m demo`, with `tests/` on the path: see the package."""

from __future__ import annotations

import signal
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from types import FrameType

from rich.console import Console

from demo.airflow import run_dag
from demo.findings import show
from demo.mailbox import Mailbox
from demo.stage import STATE, alone, newsroom_process, prepare, stop_everything
from launcher import api, service
from newswatch.errors import NewswatchError

console = Console(width=None if sys.stdout.isatty() else 150)


def main() -> int:
    """Exit code 0 when everything ran, 1 if not, 130 after Ctrl-C; nothing is left running."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with alone(), ExitStack() as stack, console.status("the demo runs") as status:
            stack.callback(stop_everything)
            stack.callback(status.update, "stopping what the demo started")
            _run(stack, _Teller(time.monotonic()))
        return 0
    except KeyboardInterrupt:
        console.print("stopped: everything that the demo started has ended")
        return 130
    except NewswatchError as error:
        console.print(f"[red]{error}[/]")
        return 1


class _Teller:
    """Says what happens, and how many seconds into the demo."""

    def __init__(self, began: float) -> None:
        self._began = began

    def __call__(self, text: str) -> None:
        console.print(f"[dim]{time.monotonic() - self._began:5.0f} s[/]  {text}")


def _run(stack: ExitStack, tell: _Teller) -> None:
    tell("clearing what an earlier demo left")
    stop_everything()
    epoch = datetime.now(UTC).replace(microsecond=0)
    mailbox = stack.enter_context(Mailbox(STATE / "mail"))
    newsroom = newsroom_process(epoch)
    tell(f"the sample newsroom is open at {newsroom}")
    airflow = prepare(newsroom, mailbox.port)
    tell("PostgreSQL and Airflow start (half a minute)")
    service.start(airflow)
    service.wait_until_well(airflow, api.well)
    api.prepare_dags(airflow)
    tell(f"Airflow is healthy at {airflow.address}")
    for number, minutes in enumerate((0, 60), start=1):
        api.request(f"{newsroom}/clock?minutes={minutes}")
        now = epoch + timedelta(minutes=minutes)
        tell(f"watch_news, run {number} of 2: the newsroom's clock stands at {now:%H:%M}")
        run_dag(airflow, "watch_news", {"now": now.isoformat()}, tell)
    now = epoch + timedelta(minutes=61)
    tell("send_digest")
    run_dag(airflow, "send_digest", {"now": now.isoformat(), "day": f"{now.date()}"}, tell)
    show(console, airflow, mailbox.folder)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
