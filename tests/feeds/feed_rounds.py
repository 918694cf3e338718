"""Rounds of collecting against a real server, with a memory that lasts from one to the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feed_samples import NOW

from rotascope_feeds.collect import collect
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.retrieve import Retriever
from rotascope_feeds.types import FeedResult, FeedSource, FeedState, Retrieved, SeenEntry


@dataclass
class Memory:
    """The store's part in a round, in memory; results are kept as the store would."""

    states: dict[str, FeedState] = field(default_factory=dict)
    seen: dict[str, dict[str, SeenEntry]] = field(default_factory=dict)

    def get_feed(self, url: str) -> FeedState | None:
        return self.states.get(url)

    def seen_entries(self, feed_url: str) -> Mapping[str, SeenEntry]:
        return self.seen.get(feed_url, {})

    def keep(self, result: FeedResult) -> FeedResult:
        self.states[result.state.url] = result.state
        self.seen.setdefault(result.state.url, {}).update(
            {one.entry_id: one for one in result.seen}
        )
        return result


def collect_all(
    urls: Sequence[str],
    options: FetchOptions,
    memory: Memory | None = None,
    *,
    now: datetime = NOW,
    stop: Callable[[], bool] = lambda: False,
    sleeps: list[float] | None = None,
) -> dict[str, FeedResult]:
    """One round; the results by URL."""
    kept = memory or Memory()

    async def sleep(seconds: float) -> None:
        if sleeps is not None:
            sleeps.append(seconds)
        await asyncio.sleep(0)

    async def run() -> dict[str, FeedResult]:
        async with Retriever.open(options, sleep=sleep) as retriever:
            return {
                result.source.url: kept.keep(result)
                async for result in collect(
                    [FeedSource(url) for url in urls],
                    retriever=retriever,
                    options=options,
                    memory=kept,
                    now=lambda: now,
                    stop=stop,
                )
            }

    return asyncio.run(run())


def get(url: str, options: FetchOptions) -> Retrieved:
    async def run() -> Retrieved:
        async with Retriever.open(options) as retriever:
            return await retriever.get(url)

    return asyncio.run(run())
