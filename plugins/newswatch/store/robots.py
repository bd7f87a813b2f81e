"""`news.robots`: each site's robots.txt, as it was last read."""

from __future__ import annotations

from newswatch.models import RobotsFile
from newswatch.store import rows
from newswatch.store.server.database import Connection

_COLUMNS = rows.columns(RobotsFile)


class StoredRobots:
    """The memory of `web.robots`, in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, site: str) -> RobotsFile | None:
        return rows.first(
            self._connection,
            RobotsFile,
            f"select {rows.listed(_COLUMNS)} from news.robots where site = %s",
            [site],
        )

    def save(self, file: RobotsFile) -> None:
        self._connection.execute(
            rows.query(
                rows.insert("news.robots", _COLUMNS)
                + f"on conflict (site) do update set {rows.taken_from('excluded', _COLUMNS)}"
            ),
            rows.parameters(file),
        )
