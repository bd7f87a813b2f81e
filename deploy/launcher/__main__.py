"""`python -m launcher up | down | status`, and what those start."""

from __future__ import annotations

import sys

from launcher.commands import main
from newswatch.errors import NewswatchError

try:
    sys.exit(main(sys.argv[1:]))
except NewswatchError as error:
    print(f"newswatch: {error}", file=sys.stderr)
    sys.exit(1)
except KeyboardInterrupt:
    print("newswatch: stopped", file=sys.stderr)
    sys.exit(130)
