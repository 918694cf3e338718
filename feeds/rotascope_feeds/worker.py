"""Parsing and extracting off the event loop, one document at a time.

One thread is as fast as many under the interpreter's lock, keeps the loop free to time requests
out, and bounds the memory to one document's tree.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

Result = TypeVar("Result")


class Worker:
    """A context manager around one thread."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rotascope-parse")

    async def run(self, job: Callable[[], Result]) -> Result:
        """The job's result; its exceptions come through."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, job)

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
