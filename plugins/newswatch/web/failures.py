"""What went wrong with a fetch: an outcome, and a sentence that says what happened."""

from __future__ import annotations

import errno
import ssl
from collections.abc import Iterator

import aiohttp

from newswatch.errors import MachineFault
from newswatch.models import FetchOutcome
from newswatch.web.answer import sentence
from newswatch.web.body import TooLarge
from newswatch.web.guard import AddressRefused
from newswatch.web.lenient import NotHttp

CONNECT_SECONDS = 10.0  # for DNS, the connection and TLS
SILENCE_SECONDS = 15.0  # in which nothing comes: no header, no next piece of the body


class Failed(Exception):
    """Ends one fetch with an outcome."""

    def __init__(self, outcome: FetchOutcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome: FetchOutcome = outcome


# What may be raised between the first look-up and the last byte.
FAILURES = (Failed, TooLarge, NotHttp, aiohttp.ClientError, OSError, ValueError)


# What no server can bring about: files and memory that this machine has not.
_OURS = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


def explained(error: Exception, limit: int) -> tuple[FetchOutcome, str]:
    """The outcome that one of `FAILURES` means. `limit` is what a body may have of bytes.

    Raises `MachineFault` where the fault is this machine's.
    """
    for found in _chain(error):
        if isinstance(found, OSError) and found.errno in _OURS:
            raise MachineFault(
                f"no connection can be opened here: {found.strerror};"
                " allow more open files (ulimit -n), or lower NEWSWATCH_CONCURRENCY"
            ) from None
    outcome, detail = _explained(error, limit)
    return outcome, sentence(detail)


def _explained(error: Exception, limit: int) -> tuple[FetchOutcome, str]:
    if (refused := _refused(error)) is not None:
        return "refused", str(refused)
    match error:
        case Failed():
            return error.outcome, str(error)
        case TooLarge():
            return "too-large", f"more than {limit:,} bytes, decompressed"
        case aiohttp.ConnectionTimeoutError():
            return "timeout", f"no connection within {CONNECT_SECONDS:g} s"
        case TimeoutError():
            return "timeout", f"the server said nothing for {SILENCE_SECONDS:g} s"
        case NotHttp():
            return "protocol", f"the answer breaks the rules of HTTP: {error}"
        case aiohttp.ClientResponseError():
            return "protocol", f"the answer breaks the rules of HTTP: {error.message}"
        case aiohttp.ClientPayloadError():
            return "protocol", "the connection ended before the body did"
        case aiohttp.ServerDisconnectedError():
            return "unreachable", "the server hung up without an answer"
        case aiohttp.ClientConnectorDNSError():
            return "unreachable", f"there is no address for {error.host}: {_inner(error)}"
        case aiohttp.ClientConnectorError():
            return "unreachable", f"no connection to {error.host}: {_inner(error)}"
        case aiohttp.InvalidURL():
            return "refused", f"not an address: {error}"
        case aiohttp.ClientError() | OSError() | ssl.SSLError():
            return "unreachable", str(error) or type(error).__name__
        case _:
            return "refused", f"not an address: {error}"


def _inner(error: aiohttp.ClientConnectorError) -> str:
    return error.os_error.strerror or str(error.os_error) or type(error.os_error).__name__


def _refused(error: Exception) -> AddressRefused | None:
    """The refusal that an exception stands for or was raised because of."""
    return next((found for found in _chain(error) if isinstance(found, AddressRefused)), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and all that it stands for or was raised because of."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        found = waiting.pop()
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        if isinstance(found, BaseExceptionGroup):
            waiting += found.exceptions
        linked = (getattr(found, "os_error", None), found.__cause__, found.__context__)
        waiting += [other for other in linked if isinstance(other, BaseException)]
