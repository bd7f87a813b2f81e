"""`news.host_line`: what stands at the edges of a host's articles, and how often."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from newswatch.store import rows
from newswatch.store.server.database import Connection


def known_lines(connection: Connection, host: str, hashes: Collection[int], least: int) -> set[int]:
    """The lines that stood at the edges of at least so many of the host's articles."""
    return set(
        rows.values(
            connection,
            "select hash from news.host_line where host = %s and hash = any(%s) and articles >= %s",
            [host, list(hashes), least],
        )
    )


def count_lines(
    connection: Connection, host: str, lines: Mapping[int, str], least: int, now: datetime
) -> None:
    """Count one more article of the host with these lines; one that is met the `least`th time is
    boilerplate from `now` on."""
    rows.write(
        connection,
        """
        insert into news.host_line (host, hash, line, articles, met_on)
        values (%(host)s, %(hash)s, %(line)s, 1, %(today)s)
        on conflict (host, hash) do update set
            articles = host_line.articles + 1,
            met_on = greatest(host_line.met_on, excluded.met_on),
            learnt_at = case when host_line.articles + 1 = %(least)s
                             then %(now)s else host_line.learnt_at end
        """,
        [
            {
                "host": host,
                "hash": hash_,
                "line": line[:500],
                "least": least,
                "now": now,
                "today": now.date(),
            }
            for hash_, line in sorted(lines.items())
        ],
    )
