"""`python -m newsroom --port 8905 [--epoch TIME]`: serves until it is told to stop."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from datetime import UTC, datetime

from newsroom.outlets import OUTLETS
from newsroom.server import EPOCH, Newsroom, parse_time


def main() -> int:
    options = _options()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        newsroom = Newsroom(options.port, options.epoch)
    except OSError as error:
        print(f"port {options.port}: {error.strerror}; choose another", file=sys.stderr)
        return 1
    with newsroom:
        print(f"{len(OUTLETS)} outlets on port {newsroom.port}, control {newsroom.control_url}/")
        print(f"clock {newsroom.now:%Y-%m-%dT%H:%M:%SZ}", flush=True)
        stop.wait()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="newsroom", description=__doc__)
    parser.add_argument("--port", type=int, default=8905, help="0: any free one")
    parser.add_argument("--epoch", type=_moment, default=EPOCH, help="ISO 8601, or 'now'")
    return parser.parse_args()


def _moment(text: str) -> datetime:
    try:
        return (
            datetime.now(UTC).replace(second=0, microsecond=0)
            if text == "now"
            else parse_time(text)
        )
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


if __name__ == "__main__":
    sys.exit(main())
