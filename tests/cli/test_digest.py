"""`newswatch digest` and `newswatch subscribers`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newswatch.cli.main import cli
from newswatch.settings import read_settings
from newswatch.store.server.database import Connection
from stages.brief import DAY, DESK, HOUR, NOW, Brief, title_of
from stages.post_office import PostOffice


@pytest.fixture
def brief(
    connection: Connection, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Brief]:
    """A brief for the desk in Berlin, with one story; and the environment of commands."""
    with PostOffice() as post_office:
        smtp_url = f"smtp://127.0.0.1:{post_office.port}"
        monkeypatch.setenv("NEWSWATCH_DATABASE_URL", database)
        monkeypatch.setenv("NEWSWATCH_WATCHLIST_DIR", str(tmp_path))
        monkeypatch.setenv("NEWSWATCH_SMTP_URL", smtp_url)
        made = Brief(connection, read_settings(), post_office)
        made.has_readers(DESK)
        made.publish(1, NOW - HOUR)
        yield made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def digest(command: str, *arguments: str) -> Result:
    return run("digest", command, *arguments)


AT = ("--now", NOW.isoformat())
LATER = ("--now", (NOW + HOUR).isoformat())
OF_DESK = ("--subscriber", "desk")


def test_send_at_a_given_time_sends_what_was_due_then(brief: Brief) -> None:
    early = digest("send", "--now", "2026-01-14T06:29:00Z", "--json")
    assert json.loads(early.stdout)[0]["editions"] == 0
    sent = digest("send", *AT, "--json")
    assert (sent.exit_code, json.loads(sent.stdout)[0]["sent"]) == (0, 1)
    assert brief.told() == [[1]]


def test_send_of_a_day_that_has_not_begun_is_refused(brief: Brief) -> None:
    refused = digest("send", *AT, "--date", "2026-01-15")
    assert refused.exit_code == 2
    assert "2026-01-15 has not begun; an edition tells what there is" in refused.stderr


def test_send_ends_with_one_if_a_delivery_was_given_up(brief: Brief) -> None:
    brief.server("is busy")
    assert digest("send", *AT).exit_code == 0  # it is tried again
    brief.server("knows nobody")
    given_up = digest("send", *LATER, "--json")
    assert given_up.exit_code == 1
    assert json.loads(given_up.stdout)[0]["given_up"] == 1


def test_show_tells_the_stored_edition_and_what_became_of_it(brief: Brief, tmp_path: Path) -> None:
    assert digest("show", *OF_DESK).exit_code == 2
    digest("send", *AT)
    shown = digest("show", *OF_DESK, "--date", "2026-01-14")
    assert shown.exit_code == 0
    head, _, *text = shown.stdout.splitlines()
    assert head == "edition 1 of 2026-01-14: sent, told 2026-01-14T09:00:00+00:00"
    assert "\n".join(text) == brief.post_office.received[0].text.replace("\r\n", "\n").strip()
    digest("show", *OF_DESK, "--out", str(tmp_path / "stored"))
    mail = (tmp_path / "stored" / "edition.eml").read_bytes()
    assert brief.post_office.received[0].mail["Message-ID"].encode() in mail
    assert title_of(1) in (tmp_path / "stored" / "edition.html").read_text()


def test_show_of_a_day_without_an_edition(brief: Brief) -> None:
    digest("send", *AT)
    missing = digest("show", *OF_DESK, "--date", "2026-01-13")
    assert missing.exit_code == 2
    assert "no daily edition of 2026-01-13 was made for 'desk'; `select" in missing.stderr


def test_preview_writes_what_would_be_sent_and_sends_nothing(brief: Brief, tmp_path: Path) -> None:
    digest("send", *AT)
    brief.publish(2)
    made = digest("preview", *OF_DESK, "--out", str(tmp_path / "edition"))
    assert made.exit_code == 0
    text = (tmp_path / "edition" / "edition.txt").read_text()
    assert (title_of(1) in text, title_of(2) in text) == (False, True)
    assert (brief.told(), len(brief.deliveries())) == ([[1]], 1)


def test_resend_sends_what_may_not_have_arrived_as_it_was(brief: Brief) -> None:
    brief.server("drops the text")
    digest("send", *AT)
    brief.server("takes")
    again = digest("resend", *OF_DESK, *LATER, "--json")
    assert (again.exit_code, json.loads(again.stdout)[0]["sent"]) == (0, 1)
    assert (brief.told(), brief.states()) == ([[1]], ["sent"])


def test_resend_of_what_a_later_edition_tells_is_refused(brief: Brief) -> None:
    brief.server("is busy")
    digest("send", *AT)
    digest("send", "--now", (NOW + DAY).isoformat())
    refused = digest("resend", *OF_DESK, "--date", "2026-01-14", *LATER)
    assert refused.exit_code == 2
    assert "never reached 'desk', and later ones tell what it would" in refused.stderr


def test_list_shows_days_of_the_week(brief: Brief) -> None:
    brief.has_readers(DESK | {"weekdays": ["fri", "mon"]})
    (row,) = json.loads(run("subscribers", "list", "--json").stdout)
    assert (row["name"], row["weekdays"]) == ("desk", "mon fri")
