"""A process of its own in which documents are read, so that one of them can be given up.

A thread cannot be ended, and one that is lost in an expression keeps all others waiting.  The
kernel ends the process when a document has taken too much time, also where its parent is gone.
"""

from __future__ import annotations

import atexit
import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from rotascope_feeds.errors import FeedsError, ParseError, TooLong

_LARGEST = 300 * 1024 * 1024  # bytes of memory after which a process ends, as it gives none back
_START = (
    "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "signal.signal(signal.SIGINT, signal.SIG_IGN); sys.path[:] = {path!r};"
    "from rotascope_feeds.child import serve; serve()"
)

_idle: list[Child] = []
"""Processes that wait for the next round: starting one takes half a second."""


class Child:
    """The parent's end of a process; to be used from one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.ended = False

    @classmethod
    def take(cls) -> Child:
        """One that waits, else a new one."""
        while _idle:
            child = _idle.pop()
            if child._process.poll() is None:
                return child
            child.end()
        return cls()

    def give_back(self) -> None:
        """Keep it for the next round, if there is none yet."""
        if self.ended or _idle:
            self.end()
        else:
            _idle.append(self)

    def run(self, seconds: float, job: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """What `job` gives within `seconds` of processor time; what it raises, as a FeedsError.

        `job` and what it takes and gives must be picklable.
        """
        task = pickle.dumps((seconds, job, args, more))
        try:
            done, value, last = self._ask(task)
        except (OSError, EOFError, pickle.UnpicklingError) as exc:
            self.end()
            raise TooLong(self._why(seconds)) from exc
        if last:
            self.end()
        if done:
            return value
        raise value

    def _ask(self, task: bytes) -> tuple[bool, Any, bool]:
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answered is not None
        asked.write(task)
        asked.flush()
        answer: tuple[bool, Any, bool] = pickle.load(answered)
        return answer

    def _why(self, seconds: float) -> str:
        if self._process.returncode == -getattr(signal, "SIGPROF", 0):
            return f"reading it took more than {seconds:g} s of processor time; it was given up"
        return f"reading it ended the process that did (code {self._process.returncode})"

    def kill(self) -> None:
        """End it in the midst of its work; the thread that waits for it gets a ParseError."""
        self._process.kill()

    def end(self) -> None:
        """End it, and take note of its end."""
        self.ended = True
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was not sent yet
                    stream.close()
        self._process.wait()


@atexit.register
def _end_idle() -> None:
    while _idle:
        _idle.pop().end()


def serve() -> None:
    """The child's end: one task after the other from standard input, until it closes."""
    logging.disable()  # what counts is in the answers
    with os.fdopen(os.dup(1), "wb") as answers, suppress(EOFError, BrokenPipeError):
        os.dup2(2, 1)  # nothing that is printed may get among them
        while _answer(sys.stdin.buffer, answers):
            pass


def _answer(tasks: BinaryIO, answers: BinaryIO) -> bool:
    seconds, job, args, more = pickle.load(tasks)
    _limit(seconds)
    try:
        done, value = True, job(*args, **more)
    except FeedsError as exc:
        done, value = False, exc
    except Exception as exc:
        done, value = False, ParseError(f"it cannot be read: {type(exc).__name__}: {exc}")
    last = _memory() > _LARGEST
    answers.write(pickle.dumps((done, value, last)))
    answers.flush()
    _limit(0)
    return not last


def _limit(seconds: float) -> None:
    """Let the kernel end this process after so much processor time; not on Windows."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _memory() -> int:
    """The bytes that this process holds; 0 where there is no /proc.

    Not the most it has held: Linux counts that from the parent's, which may hold a model.
    """
    try:
        pages = Path("/proc/self/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
