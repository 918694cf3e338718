"""One round over many feeds: each is a result of its own as soon as it is complete.

Deciding is here and in `feedround`; the network stands behind `Retriever`, the memory of earlier
rounds behind `Memory`, and the clock is passed in.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from rotascope_feeds.errors import FeedsError, LanguageError, RetrieveError
from rotascope_feeds.feedround import (
    Fetched,
    after_error,
    after_gone,
    after_success,
    body_hash,
    too_early,
)
from rotascope_feeds.gate import HostGate, RoundOver
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.pages import PageReader
from rotascope_feeds.parse import ParsedFeed, parse_feed
from rotascope_feeds.retrieve import Retriever
from rotascope_feeds.robots import Robots
from rotascope_feeds.secrets import mask_url
from rotascope_feeds.types import FeedResult, FeedSource, FeedState, SeenEntry
from rotascope_feeds.worker import FEED_SECONDS, Worker

_log = logging.getLogger(__name__)

GRACE_SECONDS = 5.0
"""What is being fetched may finish for so long after the word to stop."""

_POLL_SECONDS = 0.1


class Memory(Protocol):
    """What earlier rounds left behind."""

    def get_feed(self, url: str) -> FeedState | None:
        """The state of a feed."""

    def seen_entries(self, feed_url: str) -> Mapping[str, SeenEntry]:
        """The entries it has shown, by their id."""


async def collect(
    sources: Sequence[FeedSource],
    *,
    retriever: Retriever,
    options: FetchOptions,
    memory: Memory,
    now: Callable[[], datetime],
    force: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> AsyncIterator[FeedResult]:
    """Yield one result per source, in order of completion, within `options.round_seconds`.

    `force` also tries feeds that are retired or whose next try is not due.  After `stop` no new
    request is begun, pages in flight may finish, and what was not reached waits for another round.
    """
    robots = Robots(retriever, user_agent=options.user_agent, heed=options.robots)
    with Worker() as worker:
        round_ = _Round(retriever, options, memory, now, force, robots, worker)
        tasks = {asyncio.create_task(round_.feed(source)): source for source in sources}
        watch = asyncio.create_task(
            _watch(retriever.gate, stop, options.round_seconds, list(tasks))
        )
        try:
            for done in asyncio.as_completed(list(tasks)):
                try:
                    yield await done
                except asyncio.CancelledError:
                    if not retriever.gate.closed:
                        raise
            for task, source in tasks.items():
                if task.cancelled():
                    yield round_.unreached(source)
        finally:
            watch.cancel()
            for task in tasks:
                task.cancel()
            await asyncio.gather(watch, *tasks, return_exceptions=True)
            await robots.close()


async def _watch(
    gate: HostGate,
    stop: Callable[[], bool],
    seconds: float,
    tasks: Sequence[asyncio.Task[FeedResult]],
) -> None:
    """End the round on `stop` or when its time is over: first gently, then by cancelling."""
    clock = asyncio.get_running_loop().time
    end = clock() + seconds
    while clock() < end and not stop():
        await asyncio.sleep(min(_POLL_SECONDS, max(0.0, end - clock())))
    gate.closed = True
    await asyncio.sleep(GRACE_SECONDS)
    for task in tasks:
        task.cancel()


class _Round:
    """What the feeds of one round share."""

    def __init__(
        self,
        retriever: Retriever,
        options: FetchOptions,
        memory: Memory,
        now: Callable[[], datetime],
        force: bool,
        robots: Robots,
        worker: Worker,
    ) -> None:
        self._retriever = retriever
        self._options = options
        self._memory = memory
        self._now = now
        self._force = force
        self._worker = worker
        # Bodies wait here to be parsed one by one, so their number bounds the memory.
        self._reading = asyncio.Semaphore(options.connections)
        self._pages = PageReader(retriever, options, robots, worker, now)

    async def feed(self, source: FeedSource) -> FeedResult:
        """Everything about one feed; whatever it does becomes a result."""
        state = self._memory.get_feed(source.url) or FeedState(source.url)
        if not self._force:
            if state.retired:
                error = state.last_error or "retired"
                return FeedResult(source, "retired", state, error=error)
            if too_early(state, self._now()):
                error = f"not tried before {state.next_try_at:%Y-%m-%d %H:%M} UTC: "
                return FeedResult(source, "skipped", state, error=error + (state.last_error or ""))
        try:
            fetched = await self._read(source, state)
            if isinstance(fetched, FeedResult):
                return fetched
            return await self._finish(source, fetched)
        except RoundOver:
            return self.unreached(source)
        except RetrieveError as exc:
            return self._failed(source, state, exc)
        except LanguageError as exc:  # the machine's fault: the next round tries again
            return FeedResult(source, "error", state, error=str(exc))
        except FeedsError as exc:
            failed = after_error(state, str(exc), self._now())
        except Exception as exc:  # one feed's surprise must not end the round
            _log.warning("%s: %r", mask_url(source.url), exc, exc_info=exc)
            failed = after_error(state, f"unexpected {type(exc).__name__}: {exc}", self._now())
        return FeedResult(source, "error", failed, error=failed.last_error)

    def unreached(self, source: FeedSource) -> FeedResult:
        """The result of a feed that the round had no time for; its state stays as it was."""
        state = self._memory.get_feed(source.url) or FeedState(source.url)
        return FeedResult(
            source, "error", state, error="the round ended before this feed was complete"
        )

    async def _read(self, source: FeedSource, state: FeedState) -> Fetched | FeedResult:
        """Fetch and parse; a FeedResult where nothing has changed."""
        async with self._reading:
            answer = await self._retriever.get(
                state.moved_to or state.url, etag=state.etag, last_modified=state.last_modified
            )
            digest = body_hash(answer.body)
            good = after_success(state, answer, self._now(), digest)
            if answer.status == 304 or digest == state.body_hash:
                return FeedResult(source, "not_modified", good, entries=state.entry_count)
            parsed = await self._parse(answer.body, answer.final_url, answer.headers)
            return Fetched(parsed, replace(good, entry_count=len(parsed.entries)))

    async def _parse(self, body: bytes, url: str, headers: Mapping[str, str]) -> ParsedFeed:
        content_type = headers.get("content-type", "")
        return await self._worker.read(
            FEED_SECONDS, parse_feed, body, url=url, content_type=content_type
        )

    async def _finish(self, source: FeedSource, fetched: Fetched) -> FeedResult:
        seen = self._memory.seen_entries(source.url)
        return await self._pages.complete(source, fetched, seen)

    def _failed(self, source: FeedSource, state: FeedState, error: RetrieveError) -> FeedResult:
        if error.status == 410 and state.moved_to is None:
            gone = after_gone(state, self._now())
            return FeedResult(source, "retired", gone, error=gone.last_error)
        failed = after_error(
            state,
            str(error),
            self._now(),
            retry_after=error.retry_after,
            answered=error.status is not None,
        )
        return FeedResult(source, "error", failed, error=failed.last_error)
