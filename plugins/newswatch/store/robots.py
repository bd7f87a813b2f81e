"""`news.robots`: each site's robots.txt, as it was last read."""

from __future__ import annotations

import dataclasses

from psycopg.rows import class_row

from newswatch.models import RobotsFile
from newswatch.store.server.database import Connection


class StoredRobots:
    """The memory of `web.robots`, in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, site: str) -> RobotsFile | None:
        with self._connection.cursor(row_factory=class_row(RobotsFile)) as cursor:
            return cursor.execute(
                "select site, rules, checked_at, etag, last_modified from news.robots"
                " where site = %s",
                [site],
            ).fetchone()

    def save(self, file: RobotsFile) -> None:
        self._connection.execute(
            """
            insert into news.robots (site, rules, checked_at, etag, last_modified)
            values (%(site)s, %(rules)s, %(checked_at)s, %(etag)s, %(last_modified)s)
            on conflict (site) do update set
                rules = excluded.rules, checked_at = excluded.checked_at, etag = excluded.etag,
                last_modified = excluded.last_modified
            """,
            dataclasses.asdict(file),
        )
