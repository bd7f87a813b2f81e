"""A database that refuses certain rows, as it refuses what nobody foresaw in outside texts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from newswatch.store.server.database import Connection

BAD_VALUE, DISK_FULL = "22001", "53100"  # SQLSTATE


@contextmanager
def refusing(
    admin: Connection, table: str, condition: str, *, event: str = "insert", state: str = BAD_VALUE
) -> Iterator[None]:
    """Until the block ends a row, `new`, that meets the condition is an error of that SQLSTATE."""
    admin.execute(
        f"""
        create function public.refuse() returns trigger language plpgsql security definer as $$
        begin
            if {condition} then raise exception 'refused' using errcode = '{state}'; end if;
            return new;
        end $$;
        create trigger refuse before {event} on {table}
            for each row execute function public.refuse();
        """.encode()
    )
    try:
        yield
    finally:
        admin.execute(b"drop function public.refuse cascade")
