"""Rounds again and again: the interval, the word to stop, and the lock against overlapping."""

from __future__ import annotations

import hashlib
import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType

import platformdirs
from filelock import FileLock, Timeout

from rotascope.errors import StoreError, UsageError

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
    if "://" not in location or location.startswith("sqlite"):
        file = Path(location.partition(":///")[2] if "://" in location else location).expanduser()
        return file.resolve().with_name(file.name + ".ingest.lock")
    name = hashlib.sha256(location.encode()).hexdigest()[:16]
    return platformdirs.user_cache_path("rotascope", appauthor=False) / f"ingest-{name}.lock"


class Stop:
    """SIGTERM and SIGINT as a flag; a second one of them interrupts at once."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep unless stopped; whether it was."""
        return self._event.wait(max(0.0, seconds))

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
        if self._event.is_set():
            raise KeyboardInterrupt
        self._event.set()


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
