"""Rounds of collecting: feeds of the configuration and of the store, into the store.

The clock is passed in, so that a round can be replayed at any moment.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from rotascope.errors import StoreError
from rotascope.zones import zone_named
from rotascope_feeds.archive import read_archive
from rotascope_feeds.archive_dates import AMBIGUOUS, DAY_FIRST
from rotascope_feeds.archive_order import DateOrder
from rotascope_feeds.collect import collect
from rotascope_feeds.dates import NAIVE
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.retrieve import Retriever
from rotascope_feeds.types import (
    DATE_DAY,
    Article,
    BadRow,
    FeedResult,
    FeedSource,
    FeedStatus,
)

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
    and text versions that the store gained; `skipped` says how many were left out, by reason.
    """

    url: str
    status: FeedStatus
    entries: int
    new: int
    updated: int
    error: str | None
    skipped: dict[str, int]


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What one round did, in the order of the sources."""

    started_at: datetime
    ended_at: datetime
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
    def read(self) -> int:
        """Feeds that were read, also those in which nothing had changed."""
        return sum(feed.status in ("ok", "not_modified") for feed in self.feeds)

    @property
    def failed(self) -> int:
        """Feeds that could not be read."""
        return sum(feed.status in ("error", "retired") for feed in self.feeds)


@dataclass(frozen=True, slots=True)
class ArchiveDates:
    """What had to be decided about the dates of an archive's good rows.

    `naive` of them name no zone and were read in `timezone`; `day_only` of those have no time.
    `ambiguous` could be read day or month first (03/04/2020), and `day_first` of these were read
    day first; `decided_by` says why: an `option`, other dates of the `file`, the `convention`.
    """

    timezone: str = "UTC"
    naive: int = 0
    day_only: int = 0
    ambiguous: int = 0
    day_first: int = 0
    decided_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What an archive gave: `rows` read, of them `new` articles, `updated` ones, and bad rows.

    `first_seen`: what told when they count as seen.
    """

    rows: int
    new: int
    updated: int
    bad: tuple[BadRow, ...]
    dates: ArchiveDates = ArchiveDates()
    first_seen: Literal["column", "now", "published"] = "published"


_ARCHIVE_BATCH = 500
"""Articles written in one transaction."""


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
    started = now()
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
        _link_stories(store)
    return RoundReport(started, now(), ordered)


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


def ingest_archive(
    store: Store,
    path: Path,
    *,
    now: datetime,
    columns: Mapping[str, str] | None = None,
    first_seen: Literal["now", "published"] | None = None,
    timezone: str = "UTC",
    day_first: bool | None = None,
    on_batch: Callable[[int], None] | None = None,
) -> ArchiveReport:
    """Store the articles of an archive file; bad rows are listed and the rest go in.

    Articles count as seen when they were published, or `now`; None: when the file's column
    `first_seen` says, and when they were published where it has none.  `timezone` is that of dates
    without one; `day_first` says how to read 03/04/2020, None: as the file's other dates tell.

    Raises ArchiveError, StoreError, UsageError.
    """
    rows = new = updated = 0
    bad: list[BadRow] = []
    flags: Counter[str] = Counter()
    order = DateOrder(day_first)
    archive = read_archive(
        path,
        columns=columns,
        now=now,
        zone=zone_named(timezone),
        order=order,
        arrivals=first_seen is None,
    )
    arrived = False
    for batch in _batches(archive, _ARCHIVE_BATCH):
        articles = [row for row in batch if isinstance(row, Article)]
        bad += [row for row in batch if isinstance(row, BadRow)]
        arrived = arrived or any(article.arrived for article in articles)
        flags.update(flag for article in articles for flag in article.flags)
        added = store.add_articles(
            articles, first_seen=first_seen or "published", signature=_signature
        )
        rows, new, updated = rows + len(batch), new + added.new, updated + added.updated
        if on_batch:
            on_batch(len(batch))
    if new or updated:
        _link_stories(store)
    dates = ArchiveDates(
        timezone,
        naive=flags[NAIVE],
        day_only=flags[DATE_DAY],
        ambiguous=flags[AMBIGUOUS],
        day_first=flags[DAY_FIRST],
        decided_by=tuple(sorted(order.reasons)),
    )
    told_by = "column" if arrived else first_seen or "published"
    return ArchiveReport(rows, new, updated, tuple(bad), dates, told_by)


def _batches(rows: Iterable[Article | BadRow], size: int) -> Iterator[list[Article | BadRow]]:
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch


def _store_result(store: Store, result: FeedResult, now: datetime) -> FeedReport:
    from rotascope.store import Added

    status, error, added = result.status, result.error, Added()
    try:
        added = store.save_result(result, now=now, signature=_signature)
    except StoreError as exc:
        status, error = "error", str(exc)
    return FeedReport(
        url=result.source.url,
        status=status,
        entries=result.entries,
        new=added.new,
        updated=added.updated,
        error=error,
        skipped=dict(result.skipped),
    )


def _link_stories(store: Store) -> None:
    """Look up copies now, so that the next export need not; what fails is done by it."""
    from rotascope.linking import assign_stories

    with suppress(StoreError):
        assign_stories(store)


def _signature(text: str) -> bytes:
    from rotascope.stories import signature

    return signature(None, text)
