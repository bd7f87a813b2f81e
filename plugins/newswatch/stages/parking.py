"""One item never ends a stage: what fails is parked with its reason, and the stage goes on."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

import psycopg

import newswatch
from newswatch.errors import InputError, NewswatchError
from newswatch.masking import masked
from newswatch.models import ArticleId, JobName, StageName
from newswatch.settings import Settings
from newswatch.stages.deadline import Overdue, cpu_deadline
from newswatch.stages.job import Work
from newswatch.store import parked
from newswatch.store.parked import Fault, Subject, Tries
from newswatch.text.excerpt import beginning
from newswatch.text.invisible import without_unseen

LONGEST = 500  # characters of an error that are kept, and of a subject's name
# Classes of SQLSTATE that are of the values which a statement was given: cardinality, data,
# integrity, an exception of a trigger, a limit of the program (a key that is too long).
_OF_THE_VALUES = frozenset({"21", "22", "23", "P0", "54"})
log = logging.getLogger(__name__)
S = TypeVar("S")
R = TypeVar("R")


def fault_of(error: Exception) -> Fault | None:
    """What an item failed of; None if the error is not the item's but the database's, the
    machine's, or a person's: such an error ends the stage."""
    match error:
        case Overdue():
            return Fault("time", _sentence(error))
        case MemoryError():
            return Fault("memory", _sentence(error))
        case psycopg.Error():
            state = error.sqlstate or ("22000" if isinstance(error, psycopg.DataError) else "")
            return Fault("refused", _sentence(error)) if state[:2] in _OF_THE_VALUES else None
        case OSError() | ImportError() | NewswatchError():
            return None
        case _:
            return Fault("raised", _sentence(error))


class Parking:
    """The parked items of one stage in one run of it.

    `rules` are versions of what the stage decides by beside its code: parked items are tried again
    at once when one of them changes.
    """

    def __init__(self, work: Work, stage: StageName | JobName, *rules: str) -> None:
        self._connection, self._stage = work.connection, stage
        self.tries = Tries(work.now, _version(*rules))
        self._parked = parked.subjects(work.connection, stage, self.tries)
        self._failed: set[Subject] = set()  # in this run

    @property
    def due(self) -> list[Subject]:
        """The parked ones that are to be tried again."""
        return [subject for subject, is_due in self._parked.items() if is_due]

    def is_held(self, subject: Subject) -> bool:
        """Whether it is parked and not to be tried yet."""
        return not self._parked.get(subject, True)

    def decide(
        self,
        items: Sequence[S],
        function: Callable[[S], R],
        subject_of: Callable[[S], Subject],
        seconds: float,
    ) -> list[R]:
        """What a pure function makes of each item within so much CPU time; those that it fails at
        are parked."""
        made = []
        for item in items:
            try:
                with cpu_deadline(seconds):
                    result = function(item)
            except Exception as error:
                self.park_for(subject_of(item), error)
            else:
                made.append(result)
        return made

    def apply(
        self,
        items: Sequence[S],
        function: Callable[[Sequence[S]], R],
        subject_of: Callable[[S], Subject],
    ) -> Iterator[R]:
        """What the function gives for the items in one transaction (within another, a savepoint).

        Where it fails it is as if it had not been called, and is called with either half, in their
        order; an item that it fails at alone is parked. Raises what is no item's fault.
        """
        if not items:
            return
        try:
            with self._connection.transaction():
                result = function(items)
                self._clear([subject_of(item) for item in items])
        except Exception as error:
            if len(items) == 1:
                self.park_for(subject_of(items[0]), error)
                return
            if fault_of(error) is None:
                raise
        else:
            yield result
            return
        middle = len(items) // 2
        yield from self.apply(items[:middle], function, subject_of)
        yield from self.apply(items[middle:], function, subject_of)

    def apply_to(self, subject: Subject, function: Callable[[], R]) -> R | None:
        """The same for one item; None if it was parked."""
        return next(self.apply([subject], lambda _: function(), lambda item: item), None)

    def park_for(self, subject: Subject, error: Exception) -> None:
        """Park it for what it failed of. Raises the error again if that is no item's fault."""
        fault = fault_of(error)
        if fault is None:
            raise error
        self.park(subject, fault)

    def park(self, subject: Subject, fault: Fault) -> None:
        what = _plain(subject.what) or "without a name"
        log.error("newswatch: %s is parked at %s: %s", what, self._stage, fault.error)
        known = Subject(what, subject.feed_id, subject.entry_id, subject.article_id, subject.name)
        parked.park(self._connection, self._stage, known, fault, self.tries)
        self._parked[known] = False
        self._failed.add(known)

    def postpone(self, subject: Subject) -> None:
        """It was due, and could not be tried."""
        if self._parked.get(subject):
            parked.postpone(self._connection, self._stage, subject, self.tries)
            self._parked[subject] = False

    def counted(self, counts: Mapping[str, int]) -> dict[str, int]:
        """The counts of the stage, with how many it parked if it did."""
        return dict(counts) | ({"parked": len(self._failed)} if self._failed else {})

    def _clear(self, done: Sequence[Subject]) -> None:
        cleared = [subject for subject in done if subject in self._parked]
        if cleared:
            parked.clear(self._connection, self._stage, cleared)


class _Article(Protocol):
    @property
    def article_id(self) -> ArticleId: ...
    @property
    def title(self) -> str: ...


def subject_of_article(article: _Article) -> Subject:
    return Subject(article.title, article_id=article.article_id)


def park_wrong(
    work: Work, stage: StageName | JobName, file: str, errors: Sequence[InputError]
) -> None:
    """Keep which rows of a file of the watchlist (or of the files of a folder, `topics/`) are
    wrong, for a person to see; rows that are right by now are forgotten."""
    tries = Tries(work.now, "")
    wrong = {place_in_watchlist(work.settings, error): error for error in errors}
    with work.connection.transaction():
        parked.keep_only(work.connection, stage, file, list(wrong))
        for place, error in wrong.items():
            subject, fault = Subject(place, name=place), Fault("wrong", sentence_of(error))
            parked.park(work.connection, stage, subject, fault, tries)


def sentence_of(error: InputError) -> str:
    """What is wrong, and its mend."""
    return _plain(f"{error.problem}; {error.mend}" if error.mend else error.problem)


def place_in_watchlist(settings: Settings, error: InputError) -> str:
    """The file within the watchlist, line and column."""
    file = os.path.relpath(error.file or "", settings.watchlist_dir)
    return ":".join(str(part) for part in (file, error.line, error.column) if part is not None)


def _sentence(error: Exception) -> str:
    message = str(error)
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        parts = (error.diag.message_primary, error.diag.message_detail)
        message = "; ".join(part for part in parts if part)
    return _plain(f"{type(error).__name__}: {message}")


def _plain(text: str) -> str:
    """As a table, a log and a terminal can take it: what failed may be just these characters."""
    return beginning(masked(" ".join(without_unseen(text[: 4 * LONGEST]).split())), LONGEST)


def _version(*rules: str) -> str:
    return hashlib.sha256(" ".join((_code(), *rules)).encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """A hash of the library's source."""
    folder = Path(newswatch.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
