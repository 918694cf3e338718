"""Parsing and extracting off the event loop, one document at a time.

One thread is as fast as many under the interpreter's lock, keeps the loop free to time requests
out, and bounds the memory to one document's tree.  Documents themselves are read in a process.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import TracebackType
from typing import ParamSpec, TypeVar

from rotascope_feeds.child import Child
from rotascope_feeds.errors import ParseError

Result = TypeVar("Result")
Params = ParamSpec("Params")

FEED_SECONDS = 60.0
"""Processor time that one feed may take; 10,000 entries take 2 s."""

PAGE_SECONDS = 20.0
"""The same for one page; the largest that is extracted takes 6 s."""


class Worker:
    """A context manager around one thread, and a process where one is needed."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rotascope-parse")
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._busy = self._closed = False

    async def run(self, job: Callable[[], Result]) -> Result:
        """The job's result; its exceptions come through."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, job)

    async def read(
        self,
        seconds: float,
        job: Callable[Params, Result],
        *args: Params.args,
        **more: Params.kwargs,
    ) -> Result:
        """What a public function gives, called in the process; raises FeedsError.

        After `seconds` of processor time it is given up, with the process, as a ParseError.
        """
        return await self.run(partial(self._read, seconds, partial(job, *args, **more)))

    def _read(self, seconds: float, job: Callable[[], Result]) -> Result:
        with self._lock:
            if self._closed:
                raise ParseError("the round is over")
            if self._child is None or self._child.ended:
                self._child = Child.take()
            self._busy = True
        try:
            result: Result = self._child.run(seconds, job)
            return result
        finally:
            with self._lock:
                self._busy = False

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._closed = True
            if self._child is None:
                return
            if self._busy:
                self._child.kill()
            else:
                self._child.give_back()
