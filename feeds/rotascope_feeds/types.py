"""What passes between the stages of collecting: each type is named for its stage and frozen.

FeedSource -> Retrieved -> FeedEntry -> Article.  Times are timezone-aware UTC.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

TextSource = Literal["page", "content", "summary", "title", "archive"]
FeedStatus = Literal["ok", "not_modified", "error", "retired", "skipped"]


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed as it is configured or named on the command line."""

    url: str
    name: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the last rounds left behind for one feed; the store keeps it between rounds."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    retired: bool = False
    last_success_at: datetime | None = None
    last_error_at: datetime | None = None
    last_error: str | None = None
    error_count: int = 0
    next_try_at: datetime | None = None
    body_hash: str | None = None
    entry_count: int = 0


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """What is remembered of an entry; `tries` counts page fetches that failed for now.

    `entry_hash` is empty while its page is still to be fetched.
    """

    entry_id: str
    entry_hash: str
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Retrieved:
    """One HTTP answer, decompressed and within the size cap."""

    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    body: bytes
    permanent_url: str | None = None


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed, as the feed tells it."""

    feed_url: str
    entry_id: str
    link: str | None
    title: str
    summary: str
    content: str
    published_at: datetime | None
    flags: tuple[str, ...] = ()
    language: str | None = None


DATE_DAY = "date_day"
"""The flag of a date without a time: published at some time in the day that begins there."""

SHORT_DAY, LONG_DAY = "short_day", "long_day"
"""Flags beside it, of the days of 23 and of 25 hours on which clocks change."""

HOURS_OF_DAY = {SHORT_DAY: 23, LONG_DAY: 25, DATE_DAY: 24}
"""The hours of such a day: the first of its flags that stands here tells."""


def rest_of_day(flags: Collection[str]) -> timedelta:
    """From a date to the moment by when its article is out for certain: none but for days."""
    hours = next((hours for flag, hours in HOURS_OF_DAY.items() if flag in flags), None)
    return timedelta() if hours is None else timedelta(hours=hours, microseconds=-1)


@dataclass(frozen=True, slots=True)
class Article:
    """One text version of an article, ready to be stored.

    `flags` say what was mended: `date_missing`, `date_naive`, `date_future`, `date_absurd`, ...
    A missing `published_at` is replaced by `first_seen_at` when the article is stored, and flagged.
    `arrived`: `seen_at` is when others received it, as its archive tells, and not our own clock.
    """

    feed_url: str | None
    entry_id: str
    url: str | None
    canonical_url: str | None
    title: str
    text: str
    text_source: TextSource
    published_at: datetime | None
    seen_at: datetime
    language: str | None = None
    publisher: str = ""
    flags: tuple[str, ...] = ()
    arrived: bool = False


@dataclass(frozen=True, slots=True)
class FeedResult:
    """What one round made of one feed.

    `entries` counts before any filter.  `seen` are the entries to remember, `gone` the ids of those
    that need not be remembered any more.
    """

    source: FeedSource
    status: FeedStatus
    state: FeedState
    articles: tuple[Article, ...] = ()
    entries: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    error: str | None = None
    seen: tuple[SeenEntry, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row of an archive that could not be read, and why."""

    line: int
    reason: str
