"""Every exception that newswatch raises on purpose.

    NewswatchError
    ├── InputError             a file, option or line that a person can mend (exit code 2)
    │   └── SettingError       an environment variable that is missing or malformed
    ├── MachineFault           this machine lacks what the work needs: files, memory, processes
    └── DatabaseError
        ├── DatabaseUnreachable    no server answers at the address
        ├── MigrationError         the database and sql/migrations/ disagree
        └── ShardBusy              another process works on the same shard of the same stage

A failure that is to be expected of the outside world (a dead feed, a page that is no article, a
mail server that refuses) is not an exception but a value: see `models.FetchResult`,
`models.NoArticle` and `delivery.channel.Outcome`.
"""

from __future__ import annotations

from pathlib import Path


class NewswatchError(Exception):
    """Base of all of them."""


class InputError(NewswatchError):
    """Input that a person wrote and can mend.

    The message reads `where: problem; mend`, where `where` is `file:line:column` as far as known.
    """

    def __init__(
        self,
        problem: str,
        *,
        mend: str = "",
        file: str | Path | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        self.problem, self.mend = problem, mend
        self.file, self.line, self.column = file, line, column
        where = ":".join(str(part) for part in (file, line, column) if part is not None)
        text = f"{where}: {problem}" if where else problem
        super().__init__(f"{text}; {mend}" if mend else text)


class SettingError(InputError):
    """A setting in the environment is missing or malformed."""


class MachineFault(NewswatchError):
    """This machine lacks what the work needs. No item is at fault: the stage ends, and the same
    work is done when it is run again."""


class DatabaseError(NewswatchError):
    """The database cannot do what was asked."""


class DatabaseUnreachable(DatabaseError):
    """No server answers at the address."""


class MigrationError(DatabaseError):
    """The database's history and `sql/migrations/` disagree."""


class ShardBusy(DatabaseError):
    """Another process holds the claim on this shard of this stage."""
