"""python -m breaks [PART OF A NAME ...]: the table of breaks, on standard output."""

from __future__ import annotations

import sys
import time

from breaks.breaks import NotHealed, all_breaks
from breaks.standing import Standing, begin, standing
from newswatch.errors import NewswatchError


def main() -> int:
    asked_for = sys.argv[1:] or [""]
    failed = 0
    with standing() as here:
        row("first start", f"{begin(here.service):.0f} s", "", [])
        for chosen in all_breaks():
            if any(words in chosen.name for words in asked_for):
                try:
                    healed = f"{chosen.harm(here):.0f} s"
                except (NotHealed, NewswatchError, AssertionError) as error:
                    failed += 1
                    healed = f"not healed {error}"
                row(chosen.name, healed, chosen.by, told(here))
    return 1 if failed else 0


def told(here: Standing) -> list[str]:
    """With what is sent in the next moments."""
    time.sleep(3)
    return here.told()


def row(what: str, healed: str, by: str, mails: list[str]) -> None:
    print(f"| {what} | {healed} | {by} | {'; '.join(mails) or 'nobody'} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
