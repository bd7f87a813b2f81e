"""What the page reads as the analyst, and writes as the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from newswatch.settings import Settings
from newswatch.stages.job import Work
from newswatch.store.server.database import Connection, with_role
from newswatch.store.server.sessions import Sessions

READERS = 8  # of the twenty sessions that analysts may have
WRITERS = 2
# One page shows one state; what takes longer than this is not waited for.
_READING = """
    set transaction isolation level repeatable read, read only;
    set local statement_timeout = '10s'; set local jit = off
"""


class Databases:
    """The sessions of one application."""

    def __init__(self, settings: Settings, writer_url: str) -> None:
        self.settings = settings
        analyst = settings.analyst_database_url or with_role(writer_url, "newswatch_analyst")
        self._readers = Sessions(analyst, READERS)
        self._writers = Sessions(writer_url, WRITERS)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The views, as the analyst sees them at one moment."""
        with self._readers.lent() as connection, connection.transaction():
            connection.execute(_READING)
            yield connection

    @contextmanager
    def operating(self) -> Iterator[Connection]:
        """The same with what operators alone may see; read as the program, and only read."""
        with self._writers.lent() as connection, connection.transaction():
            connection.execute(_READING)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """As the program, at the present time."""
        with self._writers.lent() as connection:
            yield Work(connection, self.settings, datetime.now(UTC))

    def close(self) -> None:
        self._readers.close()
        self._writers.close()
