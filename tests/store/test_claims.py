"""A shard of a stage belongs to one session at a time, and to none once that has ended."""

from __future__ import annotations

import psycopg
import pytest

from newswatch.errors import DatabaseUnreachable, ShardBusy
from newswatch.store.server.database import Connection, claimed, connect


def test_a_second_session_is_refused(connection: Connection, database: str) -> None:
    with (
        connect(database) as other,
        claimed(connection, "extract", 1),
        pytest.raises(ShardBusy, match="extract, shard 1: another process works on it"),
        claimed(other, "extract", 1, wait=0.05),
    ):
        pytest.fail("both hold the claim")


@pytest.mark.parametrize(("stage", "shard"), [("extract", 2), ("poll", 1)])
def test_other_shards_and_stages_are_free(
    connection: Connection, database: str, stage: str, shard: int
) -> None:
    with (
        connect(database) as other,
        claimed(connection, "extract", 1),
        claimed(other, stage, shard, wait=0.05),
    ):
        pass


def test_the_claim_ends_with_its_block(connection: Connection, database: str) -> None:
    with claimed(connection, "extract", 1):
        pass
    with connect(database) as other, claimed(other, "extract", 1, wait=0.05):
        pass


def test_the_claim_ends_with_a_killed_session(
    connection: Connection, database: str, admin: Connection
) -> None:
    with connect(database) as doomed:
        pid = doomed.info.backend_pid
        with pytest.raises(psycopg.errors.AdminShutdown), claimed(doomed, "extract", 1):  # noqa: PT012
            admin.execute("select pg_terminate_backend(%s, 5000)", [pid])
            doomed.execute("select 1")
    with claimed(connection, "extract", 1, wait=1):
        pass


def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnreachable, match=r"someone@127\.0\.0\.1/news") as caught:
        connect("postgresql://someone:secret@127.0.0.1:1/news")
    assert "secret" not in str(caught.value)
