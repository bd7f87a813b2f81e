"""An editor looks at editions before they are sent, where one is set.

An edition that is made waits until its editor has answered, and at most until their time is up: it
is sent then, whatever became of the question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newswatch.delivery.channel import Message, Sent
from newswatch.models import EditionId
from newswatch.settings import Settings
from newswatch.stages.deliver import deliver, mail_of
from newswatch.store import outbox
from newswatch.store.server.database import Connection

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ADDRESS = re.compile(r"https?://[^\s<>]+")


@dataclass(frozen=True, slots=True)
class Question:
    """What the editor is shown of an edition, as it will be sent."""

    subject: str
    terms: str  # when it is sent, unless it is held back
    edition: str

    @property
    def text(self) -> str:
        return f"{self.terms}\n\n{self.edition}\n"

    @property
    def markdown(self) -> str:
        """Line by line as `text` has it: whatever an outlet wrote is no Markdown of ours. A line
        that is an address is a link. (CommonMark 2.4, 6.5, 6.7)"""
        paragraphs = re.split(r"\n\s*\n", self.text.strip())
        return "\n\n".join(
            "\\\n".join(_as_markdown(line.strip()) for line in paragraph.splitlines())
            for paragraph in paragraphs
        )


def _as_markdown(line: str) -> str:
    return f"<{line}>" if _ADDRESS.fullmatch(line) else _PUNCTUATION.sub(r"\\\g<0>", line)


def send_at_the_latest(settings: Settings, now: datetime) -> datetime | None:
    """Until when a new edition waits for the editor; None: nobody is asked."""
    return now + timedelta(seconds=settings.approval) if settings.editor else None


def take_questions(connection: Connection, run: str, now: datetime) -> list[EditionId]:
    """The editions that wait for the editor, and that no other run asks about."""
    return outbox.take_questions(connection, run, now)


def question(connection: Connection, edition_id: EditionId, now: datetime) -> Question | None:
    """None once it does not wait any more."""
    edition = outbox.held_edition(connection, edition_id, now)
    if edition is None:
        return None
    whose = f"Edition of {edition.local_date} for {edition.subscriber}"
    return Question(
        f"{whose}: {edition.subject}",
        f"Sent at {edition.next_try_at:%H:%M} UTC unless it is held back; then the next edition of"
        " this reader tells what it would have told.",
        edition.body_text,
    )


def ask(settings: Settings, asked: Question, address: str) -> bool:
    """Mail the editor where to answer; whether the mail server took it. Nothing hangs on it."""
    now = datetime.now(UTC)
    text = f"Answer at {address}\n\n{asked.text}" if address else asked.text
    message = Message(to=settings.editor, subject=asked.subject, text=text, sent_at=now)
    return isinstance(deliver(mail_of(settings), message), Sent)


def settle(connection: Connection, edition_id: EditionId, now: datetime, *, is_sent: bool) -> bool:
    """What the editor said. False if it came too late: the edition is on its way."""
    if is_sent:
        return outbox.release(connection, edition_id, now)
    return outbox.hold_back(connection, edition_id, now)
