"""A topic is edited: its draft is kept, checked, and written into the watchlist."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from newswatch.errors import InputError
from newswatch.stages.job import Work
from newswatch.stages.watchlist_file import FolderState, state_of, write_file
from newswatch.store import topic_drafts
from newswatch.store.topic_drafts import TopicDraft
from newswatch.topics.check import FailedTest, Remark, failed_tests, remarks
from newswatch.topics.load import ID_FORM, Topic, is_topic_id, read_topic
from newswatch.topics.names import FOLDER, load_names
from newswatch.topics.skeleton import SKELETON


@dataclass(frozen=True, slots=True)
class TopicCheck:
    """What `topics check` says of a definition: `error` if it cannot be read."""

    topic: Topic | None
    error: InputError | None
    failed: list[FailedTest]
    remarks: list[Remark]

    @property
    def may_be_published(self) -> bool:
        return self.topic is not None and not self.failed


def path_of(watchlist: Path, topic: str) -> Path:
    """The file of a topic. Raises `InputError` if that is no name of one."""
    if not is_topic_id(topic):
        raise InputError(f"{topic!r} is no topic's id", mend=ID_FORM)
    return watchlist / "topics" / f"{topic}.yaml"


def text_of(path: Path) -> str:
    """What stands in the file; a skeleton where there is none."""
    if path.exists():
        return path.read_text(encoding="utf-8")
    return SKELETON.format(name=path.stem)


def mark_of(path: Path) -> str:
    """By what it is told that the file has changed since."""
    return hashlib.sha256(path.read_bytes() if path.exists() else b"").hexdigest()[:16]


def may_be_written(path: Path) -> bool:
    return os.access(path.parent, os.W_OK)


def checked(path: Path, definition: str) -> TopicCheck:
    """The definition as it would stand in the file."""
    return _checked(path, definition, state_of(path.parent.parent / FOLDER))


@lru_cache(maxsize=8)  # a check takes seconds of CPU, and a page is looked at again
def _checked(path: Path, definition: str, _: FolderState) -> TopicCheck:
    try:
        topic = read_topic(definition, str(path), load_names(path.parent))
    except InputError as error:
        return TopicCheck(None, error, [], [])
    return TopicCheck(topic, None, failed_tests(topic), remarks(topic))


def save_draft(work: Work, topic: str, definition: str, by: str) -> None:
    """Keep it as the draft in progress, whether it can be read or not."""
    path = path_of(work.settings.watchlist, topic)
    known = topic_drafts.in_progress(work.connection, topic)
    if definition not in (known.definition if known else None, text_of(path)):
        draft = TopicDraft(topic, definition, by, work.now)
        topic_drafts.save(work.connection, draft)


def publish(work: Work, topic: str, mark: str, by: str) -> None:
    """Write the draft in progress into the watchlist; it is in force at the next run of `flag`.

    Raises `InputError` if there is no draft, if `topics check` would fail, if the file has changed
    since (`mark`), or if the folder is read-only.
    """
    path = path_of(work.settings.watchlist, topic)
    draft = topic_drafts.in_progress(work.connection, topic)
    if draft is None:
        raise InputError("there is no draft of it", mend="save one first")
    found = checked(path, draft.definition)
    if found.error is not None:
        raise found.error
    if found.failed:
        test = found.failed[0].test
        mend = "mend the rules, or the test"
        raise InputError("a test of the topic fails", file=path.name, line=test.line, mend=mend)
    if mark != mark_of(path):
        mend = "look at the file and put its changes into the draft"
        raise InputError("the file has changed since the draft was shown", file=path, mend=mend)
    try:
        write_file(path, draft.definition)
    except OSError as error:
        mend = "commit the YAML where the watchlist is kept"
        raise InputError(f"cannot be written: {error.strerror}", file=path, mend=mend) from None
    topic_drafts.end(work.connection, topic, work.now, published_by=by)


def discard(work: Work, topic: str) -> None:
    topic_drafts.end(work.connection, topic, work.now)
