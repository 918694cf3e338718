"""The list of feeds: those of the configuration and those added to the store, with their state."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rotascope.ingest import FeedList, fetch_options
from rotascope_feeds.health import Health, check, discover
from rotascope_feeds.retrieve import Retriever
from rotascope_feeds.types import FeedSource, FeedState

if TYPE_CHECKING:
    from rotascope.config import Settings

Origin = Literal["configuration", "added", "named"]


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """One feed of the list; `state` is None before its first round."""

    source: FeedSource
    origin: Origin
    enabled: bool
    state: FeedState | None


def listed_feeds(settings: Settings, store: FeedList, *, named: bool = False) -> list[ListedFeed]:
    """All feeds, also those switched off; with `named` also those that were only ever named to
    `ingest`, and are collected only when they are named again.
    """
    stored = {feed.source.url: feed for feed in store.list_feeds()}
    configured = {
        feed.url: FeedSource(feed.url, feed.name, feed.publisher) for feed in settings.feeds
    }
    rows = [
        ListedFeed(
            source,
            "configuration",
            stored[url].enabled if url in stored else True,
            stored[url].state if url in stored else None,
        )
        for url, source in configured.items()
    ]
    others = [feed for url, feed in stored.items() if url not in configured]
    rows += [ListedFeed(f.source, "added", f.enabled, f.state) for f in others if f.listed]
    if named:
        rows += [ListedFeed(f.source, "named", f.enabled, f.state) for f in others if not f.listed]
    return rows


def check_feeds(
    sources: Sequence[FeedSource], settings: Settings, *, allow_private: bool = False
) -> list[Health]:
    """Look at each feed once; nothing is stored."""

    async def run() -> list[Health]:
        options = fetch_options(settings, allow_private=allow_private)
        async with Retriever.open(options) as retriever:
            return [health async for health in check(sources, retriever=retriever)]

    return asyncio.run(run())


def discover_feeds(url: str, settings: Settings, *, allow_private: bool = False) -> list[Health]:
    """The feeds that a page offers; raises RetrieveError if it cannot be fetched."""

    async def run() -> list[Health]:
        options = fetch_options(settings, allow_private=allow_private)
        async with Retriever.open(options) as retriever:
            return await discover(url, retriever=retriever)

    return asyncio.run(run())
