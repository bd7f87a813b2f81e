"""A worker that is killed takes nobody's entries with it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from loopback import Reply, serving
from newswatch.errors import MachineFault
from newswatch.stages.extract import extraction
from newswatch.store.server.database import Connection, scalar
from stages.extract.test_revisit import PARAGRAPHS, Desk, page

ENTRIES = 24
WORKER = """
import ipaddress, sys
from datetime import datetime
from pathlib import Path
from newswatch.settings import read_settings
from newswatch.stages.cycle import run_cycle
from newswatch.store.server.database import connect

settings = read_settings(
    {},
    watchlist_dir=Path(sys.argv[2]),
    allow_networks=(ipaddress.ip_network("127.0.0.0/8"),),
    shards=1,
    host_delay=0.0,
)
with connect(sys.argv[1]) as connection:
    run_cycle(connection, settings, now=datetime.fromisoformat(sys.argv[3]), stages=["extract"])
"""
BEGUN = "select coalesce(sum(attempts), 0) from news.entry"


def test_where_no_child_can_be_started_the_stage_ends_and_no_attempt_was_made(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving("127.4.0.9") as site:
        desk = Desk(connection, tmp_path, site)
        desk.show(page(*PARAGRAPHS))
        with monkeypatch.context() as broken:
            broken.setattr(extraction, "EXTRACTOR", "no_such_module:function")
            for _ in range(4):
                with pytest.raises(MachineFault, match="no child process could be started"):
                    desk.cycle()
        (entry,) = desk.rows("select status, attempts from news.entry")
        assert entry == {"status": "pending", "attempts": 0}
        assert desk.rows("select * from news.parked") == []
        desk.cycle()
        (article,) = desk.rows("select no_page_reason from analyst.article")
        assert article == {"no_page_reason": None}


def test_three_kills_of_a_batch_park_nothing(
    connection: Connection, database: str, tmp_path: Path
) -> None:
    with serving("127.4.0.9") as site:
        desk = Desk(connection, tmp_path, site)
        items = "".join(
            f"<item><title>Story {number}</title><link>{site.base}/story/{number}</link></item>"
            for number in range(ENTRIES)
        )
        site.pages["/feed"] = Reply(
            200, f"<rss version='2.0'><channel><title>C</title>{items}</channel></rss>".encode()
        )
        desk.cycle()  # the entries wait: their pages are not there yet ...
        connection.execute("delete from news.page")
        now = scalar(connection, "select max(first_seen_at) from news.entry")
        connection.execute(
            "update news.entry set status = 'pending', attempts = 0, article_id = null,"
            " next_attempt_at = first_seen_at"
        )
        connection.execute("delete from news.decision")
        connection.execute("delete from news.article")
        for number in range(ENTRIES):  # ... and now they are, and take their time
            own = [f"Story {number}: {paragraph}" for paragraph in PARAGRAPHS]
            site.pages[f"/story/{number}"] = Reply(
                200, page(*own, title=f"Story {number}"), {"Content-Type": "text/html"}
            )
        for _ in range(3):
            before = scalar(connection, BEGUN)
            worker = subprocess.Popen(
                [sys.executable, "-c", WORKER, database, str(tmp_path), now.isoformat()]
            )
            while scalar(connection, BEGUN) == before and worker.poll() is None:
                time.sleep(0.005)
            worker.kill()
            worker.wait()
        assert scalar(connection, BEGUN) >= 3
        assert scalar(connection, "select max(attempts) from news.entry") < 3
        desk.cycle()
    parked = "select count(*) from news.entry where status <> 'extracted'"
    assert scalar(connection, parked) == 0
    assert scalar(connection, "select count(*) from analyst.article") == ENTRIES
