"""Connections that several threads take turns with."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from newswatch.store.server.database import Connection, connect

WAIT = 10.0  # seconds for a connection that others hold


class Sessions:
    """At most so many connections to one address, opened when they are needed and kept."""

    def __init__(self, url: str, most: int) -> None:
        self._url = url
        self._idle: queue.LifoQueue[Connection | None] = queue.LifoQueue()
        for _ in range(most):
            self._idle.put(None)

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """A connection for this block alone; one that has failed is not given to anybody else.

        Raises `TimeoutError` if all are in use, `DatabaseUnreachable` if there is no server.
        """
        try:
            kept = self._idle.get(timeout=WAIT)
        except queue.Empty:
            raise TimeoutError(f"no database session was free within {WAIT:g} s") from None
        try:
            connection = kept if kept is not None and _answers(kept) else connect(self._url)
            kept = connection
            yield connection
        except psycopg.Error:
            if kept is not None:
                kept.close()
            raise
        finally:
            self._idle.put(None if kept is None or kept.closed else kept)

    def close(self) -> None:
        """Close those that are idle."""
        while not self._idle.empty():
            kept = self._idle.get_nowait()
            if kept is not None:
                kept.close()


def _answers(connection: Connection) -> bool:
    """A server that was restarted has ended its sessions."""
    try:
        connection.execute("select 1")
    except psycopg.Error:
        connection.close()
        return False
    return True
