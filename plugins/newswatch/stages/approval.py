"""An editor looks at editions before they are sent, where one is set.

An edition that is made waits until its editor has answered, and at most until their time is up: it
is sent then, whatever became of the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newswatch.delivery.channel import Message, Sent
from newswatch.models import EditionId
from newswatch.settings import Settings
from newswatch.stages.deliver import deliver, mail_of
from newswatch.store import outbox
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class Question:
    """What the editor is shown of an edition; `text` is Markdown."""

    subject: str
    text: str


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
    # Indented by four it is shown as it stands: whatever an outlet wrote is no Markdown of ours.
    text = "\n".join(f"    {line}" for line in edition.body_text.splitlines())
    whose = f"Edition of {edition.local_date} for {edition.subscriber}"
    return Question(
        f"{whose}: {edition.subject}",
        f"Sent at {edition.next_try_at:%H:%M} UTC unless it is held back; then the next edition of"
        f" this reader tells what it would have told.\n\n{text}",
    )


def ask(settings: Settings, asked: Question, address: str) -> bool:
    """Mail the editor where to answer; whether the mail server took it. Nothing hangs on it."""
    now = datetime.now(UTC)
    text = f"Answer at {address}\n\n{asked.text}\n" if address else f"{asked.text}\n"
    message = Message(to=settings.editor, subject=asked.subject, text=text, sent_at=now)
    return isinstance(deliver(mail_of(settings), message), Sent)


def settle(connection: Connection, edition_id: EditionId, now: datetime, *, is_sent: bool) -> bool:
    """What the editor said. False if it came too late: the edition is on its way."""
    if is_sent:
        return outbox.release(connection, edition_id, now)
    return outbox.hold_back(connection, edition_id, now)
