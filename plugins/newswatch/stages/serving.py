"""The other end of a child process: it answers calls on its standard input, a socket, until that
closes; so it ends with its parent, however that ends. A module's `prepare` is called before the
first call, so that what it loads costs no call its time."""

from __future__ import annotations

import importlib
import os
import pickle
import resource
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

MEMORY = 3 * 1024**3  # bytes of address space
READY = b"\x06"
CALL = struct.Struct(">Id")  # length of the pickled call, seconds of CPU time
ANSWER = struct.Struct(">I")
TOO_GREEDY = 77  # the exit status without memory


def serve(function: Callable[..., Any], parent: socket.socket) -> None:
    """Answer until the parent hangs up, or is gone. A bug goes back as the exception it is."""
    with suppress(OSError), parent.makefile("rb") as calls, parent.makefile("wb") as answers:
        answers.write(READY)
        answers.flush()
        while header := calls.read(CALL.size):
            length, seconds = CALL.unpack(header)
            call = calls.read(length)
            # The signal's default is to end the process, whatever it is at, C code too.
            signal.setitimer(signal.ITIMER_PROF, seconds)
            answer = _packed_answer(function, call)
            signal.setitimer(signal.ITIMER_PROF, 0)
            answers.write(ANSWER.pack(len(answer)) + answer)
            answers.flush()


def _packed_answer(function: Callable[..., Any], call: bytes) -> bytes:
    try:
        arguments, named = pickle.loads(call)  # noqa: S301 - from our own parent
        return pickle.dumps((function(*arguments, **named), None))
    except MemoryError:
        os._exit(TOO_GREEDY)
    except Exception as error:
        return _packed_error(error, traceback.format_exc())


def _packed_error(error: Exception, where: str) -> bytes:
    """The exception with its traceback; one that does not survive pickling by its name."""
    try:
        packed = pickle.dumps((error, where))
        pickle.loads(packed)  # noqa: S301 - our own
    except Exception:
        packed = pickle.dumps((RuntimeError(f"{type(error).__name__}: {error}"), where))
    return packed


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides, and hangs up
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # whatever the parent inherited
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    name_of_module, name = sys.argv[1].split(":")
    module = importlib.import_module(name_of_module)
    if prepare := getattr(module, "prepare", None):
        prepare()
    serve(getattr(module, name), socket.socket(fileno=0))


if __name__ == "__main__":
    main()
