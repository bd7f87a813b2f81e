"""What the supervisor does beside: logs stay short, and Airflow forgets in time."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping

from launcher import logs
from launcher.service import Service
from newswatch.settings import HOME

GROOM = HOME / "deploy" / "groom.sh"
DAY = 86_400.0


class Care:
    """Once a day for what Airflow keeps for ever, each minute for logs that grew too long."""

    def __init__(self, service: Service, environment: Mapping[str, str]) -> None:
        self._service, self._environment = service, environment
        self._stamp = service.state / "run" / "groomed"
        self._rotated = 0.0

    def look(self, now: float) -> None:
        if now - self._rotated > 60:
            self._rotated = now
            for path in (*self._service.logs.glob("*.log"), self._service.data / "log"):
                logs.rotate(path)
        if self._stamp.exists() and now - self._stamp.stat().st_mtime < DAY:
            return
        self._stamp.parent.mkdir(parents=True, exist_ok=True)
        first_time = not self._stamp.exists()
        self._stamp.touch()
        if not first_time:  # nothing is a day old yet
            with (self._service.logs / "groom.log").open("ab") as log:
                subprocess.Popen(  # noqa: S603
                    ["/bin/bash", str(GROOM), "once"],
                    env=self._environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                ).returncode = 0  # it is reaped with the others
