"""Rounds again and again: the interval, the word to stop, the lock against overlapping, and the
watchdog over a step that never ends.
"""

from __future__ import annotations

import faulthandler
import hashlib
import os
import queue
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import platformdirs
from filelock import FileLock, Timeout

from rotascope.errors import StoreError, UsageError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SHORTEST = timedelta(seconds=1)


class Busy(StoreError):
    """Another process is collecting into the same store."""


def parse_interval(text: str) -> timedelta:
    """`90s`, `15m`, `1h30m`, `2d` as a duration; raises UsageError."""
    parts = re.findall(r"(\d+)([smhd])", text.strip().lower())
    if not parts or "".join(number + unit for number, unit in parts) != text.strip().lower():
        raise UsageError(f"{text!r} is no interval: write 90s, 15m, 1h30m or 2d")
    try:
        total = sum((timedelta(**{_UNITS[unit]: int(n)}) for n, unit in parts), timedelta())
    except OverflowError as exc:
        raise UsageError(f"{text!r} is too long an interval") from exc
    if total < _SHORTEST:
        raise UsageError(f"{text!r} is too short an interval: a second at least")
    return total


@contextmanager
def ingest_lock(location: str, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the right to collect into the store at `location`; raises Busy.

    The operating system lets go of the lock when its holder dies, so a crash leaves nothing behind
    but an empty file.  It works between processes of one machine.
    """
    path = lock_path(location)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=wait_seconds)
        lock.acquire()
    except Timeout as exc:
        raise Busy(
            "another `rotascope ingest` is collecting into this store; try again later"
        ) from exc
    except OSError as exc:
        raise StoreError(f"{path}: the lock cannot be taken: {exc.strerror or exc}") from exc
    try:
        yield
    finally:
        lock.release()


def lock_path(location: str) -> Path:
    """Beside an SQLite file; in the user's cache folder for a database behind a URL."""
    from rotascope.store.engine import location_url

    url = location_url(location)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "").resolve()  # of a link: what it names
        return file.with_name(file.name + ".ingest.lock")
    name = hashlib.sha256(repr(_server_of(url)).encode()).hexdigest()[:16]
    return platformdirs.user_cache_path("rotascope", appauthor=False) / f"ingest-{name}.lock"


def _server_of(url: URL) -> tuple[str, ...]:
    """Host, port and database, which one store has however its URL is spelt."""
    host = url.host or url.query.get("host", "")
    port = url.port or url.query.get("port", "5432")
    return str(host).lower(), str(port), url.database or url.username or ""


HANG_SECONDS = 3600.0
"""Without a sign of life for so long, a process hangs: collecting gives one several times a second,
analysing one for each 64 texts at most, which take minutes also on a slow machine."""


class Watchdog:
    """Ends the process where nobody calls it for `seconds`, and tells where every thread stands.

    A thread of the interpreter's own watches, so that neither native code nor a held lock can keep
    it from that (https://docs.python.org/3/library/faulthandler.html).  What was stored is whole,
    the operating system frees the lock, and a supervisor may start the process anew.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._armed: float | None = None
        self._file = 2 if sys.__stderr__ else os.open(os.devnull, os.O_WRONLY)

    def __call__(self) -> None:
        """A sign of life; at most one in a while is passed on, since each makes a thread."""
        now = time.monotonic()
        if self._armed is None or now - self._armed >= self._seconds / 60:
            self._armed = now
            faulthandler.dump_traceback_later(self._seconds, exit=True, file=self._file)

    def end(self) -> None:
        """Watch no longer."""
        faulthandler.cancel_dump_traceback_later()


_WAIT_SECONDS = 10.0
"""How long a wait goes on between two signs of life."""


class Stop:
    """SIGTERM and SIGINT as a flag; a second one of them interrupts at once.

    Whoever works asks for it again and again, which is a sign of life: `alive` hears of each.
    """

    def __init__(self, *, alive: Callable[[], None] = lambda: None) -> None:
        self._told = False
        # Not an Event: its lock, held by the waiting thread as a signal comes, would never be free.
        self._word: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._alive = alive

    def __call__(self) -> bool:
        self._alive()
        return self._told

    def wait(self, seconds: float) -> bool:
        """Sleep unless stopped; whether it was."""
        end = time.monotonic() + seconds
        while not self() and (left := end - time.monotonic()) > 0:
            with suppress(queue.Empty):
                self._word.get(timeout=min(left, _WAIT_SECONDS))
        return self._told

    @contextmanager
    def on_signals(self) -> Iterator[Stop]:
        """Listen to the signals within the block, in the main thread."""
        old = {kind: signal.signal(kind, self._handle) for kind in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield self
        finally:
            for kind, handler in old.items():
                signal.signal(kind, handler)

    def _handle(self, _signal: int, _frame: FrameType | None) -> None:
        if self._told:
            raise KeyboardInterrupt
        self._told = True
        self._word.put(None)


def every(
    interval: timedelta,
    work: Callable[[int], None],
    *,
    stop: Stop,
    clock: Callable[[], float],
) -> int:
    """Call `work(1)`, `work(2)`, ... with `interval` between their starts until stopped.

    A round that takes longer than the interval is followed by the next a second later.  Returns
    the number of rounds.
    """
    number = 0
    while not stop():
        number += 1
        began = clock()
        work(number)
        left = interval.total_seconds() - (clock() - began)
        stop.wait(max(_SHORTEST.total_seconds(), left))
    return number
