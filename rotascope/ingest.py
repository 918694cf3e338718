"""Rounds of collecting: feeds of the configuration and of the store, into the store.

The clock is passed in, so that a round can be replayed at any moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from rotascope.errors import StoreError
from rotascope_feeds.collect import collect
from rotascope_feeds.feedround import after_error
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.retrieve import Retriever
from rotascope_feeds.types import Article, FeedResult, FeedSource, FeedState, FeedStatus

if TYPE_CHECKING:
    import httpx

    from rotascope.config import Settings
    from rotascope.store import Store, StoredFeed


class FeedList(Protocol):
    """The part of a store that knows feeds."""

    def list_feeds(self) -> list[StoredFeed]:
        """Every feed that was added or ever collected."""


@dataclass(frozen=True, slots=True)
class FeedReport:
    """One feed's line of a round.

    `entries` counts what the feed holds, before any filter; `new` and `updated` count articles
    and text versions that the store gained; `skipped` says how many were left out, by reason, and
    `foreign` how many were taken that are in another language than ours.
    """

    url: str
    status: FeedStatus
    entries: int
    new: int
    updated: int
    error: str | None
    skipped: dict[str, int]
    foreign: int = 0


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What one round did, in the order of the sources."""

    feeds: tuple[FeedReport, ...]

    @property
    def new(self) -> int:
        """Articles that the store gained."""
        return sum(feed.new for feed in self.feeds)

    @property
    def updated(self) -> int:
        """Text versions that known articles gained."""
        return sum(feed.updated for feed in self.feeds)

    @property
    def foreign(self) -> int:
        """Articles in another language than ours."""
        return sum(feed.foreign for feed in self.feeds)

    @property
    def read(self) -> int:
        """Feeds that were read, also those in which nothing had changed."""
        return sum(feed.status in ("ok", "not_modified") for feed in self.feeds)

    @property
    def failed(self) -> int:
        """Feeds that could not be read."""
        return sum(feed.status in ("error", "retired") for feed in self.feeds)


OURS = "en"
"""The language that rules and gazetteer know, and the bundled model."""


def count_foreign(batch: Iterable[Article]) -> int:
    """Articles that are in another language, as far as anybody can tell."""
    return sum(article.language not in (None, OURS) for article in batch)


def ingest_round(
    store: Store,
    sources: Sequence[FeedSource],
    *,
    settings: Settings,
    now: Callable[[], datetime],
    client: httpx.AsyncBaseTransport | None = None,
    pages: bool | None = None,
    allow_private: bool = False,
    force: bool = False,
    stop: Callable[[], bool] = lambda: False,
    on_result: Callable[[FeedReport], None] | None = None,
) -> RoundReport:
    """Collect `sources` once and store what is new; each feed is one transaction.

    `client` replaces the network (an httpx transport); `pages` overrides `fetch.pages`; `force`
    also tries feeds whose next try is not due.  A feed that fails is a line of the report, never an
    exception, also if the store cannot take what it gave.
    """
    options = fetch_options(settings, pages=pages, allow_private=allow_private)
    unique = list({source.url: source for source in reversed(sources)}.values())[::-1]
    reports: dict[str, FeedReport] = {}

    async def run() -> None:
        async with Retriever.open(options, transport=client) as retriever:
            results = collect(
                unique,
                retriever=retriever,
                options=options,
                memory=store,
                now=now,
                force=force,
                stop=stop,
            )
            async for result in results:
                report = _store_result(store, result, now())
                reports[report.url] = report
                if on_result:
                    on_result(report)

    asyncio.run(run())
    ordered = tuple(reports[source.url] for source in unique)
    if any(report.new or report.updated for report in ordered):
        link_stories(store)
    return RoundReport(ordered)


def fetch_options(
    settings: Settings, *, pages: bool | None = None, allow_private: bool = False
) -> FetchOptions:
    """The configuration's section `fetch`, as the collectors take it."""
    options = FetchOptions(**settings.fetch.model_dump(), allow_private=allow_private)
    return options if pages is None else replace(options, pages=pages)


def configured_sources(settings: Settings, store: FeedList) -> list[FeedSource]:
    """Feeds of the configuration and those added to the store, without those switched off."""
    stored = {feed.source.url: feed for feed in store.list_feeds()}
    off = {url for url, feed in stored.items() if not feed.enabled}
    found = {feed.url: FeedSource(feed.url, feed.name, feed.publisher) for feed in settings.feeds}
    found |= {url: feed.source for url, feed in stored.items() if feed.listed and url not in found}
    return [source for url, source in found.items() if url not in off]


def named_sources(urls: Sequence[str], settings: Settings, store: FeedList) -> list[FeedSource]:
    """The feeds behind `urls`, with the names that configuration and store know for them."""
    known = {feed.source.url: feed.source for feed in store.list_feeds()}
    known |= {feed.url: FeedSource(feed.url, feed.name, feed.publisher) for feed in settings.feeds}
    return [known.get(url, FeedSource(url)) for url in urls]


def _store_result(store: Store, result: FeedResult, now: datetime) -> FeedReport:
    from rotascope.store import Added

    status, error, added = result.status, result.error, Added()
    try:
        added = store.save_result(result, now=now, signature=sign)
    except StoreError as exc:
        status, error = "error", str(exc)
        _remember_error(store, result.source.url, error, now)
    return FeedReport(
        url=result.source.url,
        status=status,
        entries=result.entries,
        new=added.new,
        updated=added.updated,
        error=error,
        skipped=dict(result.skipped),
        foreign=count_foreign(result.articles),
    )


def _remember_error(store: Store, url: str, error: str, now: datetime) -> None:
    """Save the state alone, so that the feed waits and its error is shown, if it can be."""
    with suppress(StoreError):
        before = store.get_feed(url) or FeedState(url)
        store.save_feed_state(after_error(before, error, now), now=now)


def link_stories(store: Store) -> None:
    """Look up copies now, so that the next export need not; what fails is done by it."""
    from rotascope.linking import assign_stories

    with suppress(StoreError):
        assign_stories(store)


def sign(text: str) -> bytes:
    """What stories are clustered by."""
    from rotascope.stories import signature

    return signature(None, text)
