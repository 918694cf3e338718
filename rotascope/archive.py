"""Articles of the past from an archive file, into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rotascope.ingest import count_foreign, link_stories, sign
from rotascope.zones import zone_named
from rotascope_feeds.archive import read_archive
from rotascope_feeds.archive_dates import AMBIGUOUS, DAY_FIRST
from rotascope_feeds.archive_order import DateOrder
from rotascope_feeds.dates import NAIVE
from rotascope_feeds.language import is_wanted
from rotascope_feeds.types import DATE_DAY, Article, BadRow

if TYPE_CHECKING:
    from rotascope.store import Store


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

    `first_seen`: what told when they count as seen.  `left_out`: language -> rows in a language
    that was not wanted; `foreign`: articles taken that are in another language than ours.
    """

    rows: int
    new: int
    updated: int
    bad: tuple[BadRow, ...]
    dates: ArchiveDates = ArchiveDates()
    first_seen: Literal["column", "now", "published"] = "published"
    left_out: Mapping[str, int] = field(default_factory=dict)
    foreign: int = 0


_ARCHIVE_BATCH = 500
"""Articles written in one transaction."""


def ingest_archive(
    store: Store,
    path: Path,
    *,
    now: datetime,
    columns: Mapping[str, str] | None = None,
    first_seen: Literal["now", "published"] | None = None,
    timezone: str = "UTC",
    day_first: bool | None = None,
    languages: Collection[str] = (),
    on_batch: Callable[[int], None] | None = None,
) -> ArchiveReport:
    """Store the articles of an archive file; bad rows are listed and the rest go in.

    Articles count as seen when they were published, or `now`; None: when the file's column
    `first_seen` says, and when they were published where it has none.  `timezone` is that of dates
    without one; `day_first` says how to read 03/04/2020, None: as the file's other dates tell.
    `languages` (ISO 639-1): articles in others are left out, as those of feeds are; none: all are
    taken.

    Raises ArchiveError, LanguageError, StoreError, UsageError.
    """
    rows = new = updated = foreign = 0
    bad: list[BadRow] = []
    flags: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
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
        articles = []
        for row in batch:
            if isinstance(row, BadRow):
                bad.append(row)
            elif is_wanted(row.language, languages):
                articles.append(row)
            else:
                left_out[row.language or ""] += 1
        foreign += count_foreign(articles)
        arrived = arrived or any(article.arrived for article in articles)
        flags.update(flag for article in articles for flag in article.flags)
        added = store.add_articles(articles, first_seen=first_seen or "published", signature=sign)
        rows, new, updated = rows + len(batch), new + added.new, updated + added.updated
        if on_batch:
            on_batch(len(batch))
    if new or updated:
        link_stories(store)
    dates = ArchiveDates(
        timezone,
        naive=flags[NAIVE],
        day_only=flags[DATE_DAY],
        ambiguous=flags[AMBIGUOUS],
        day_first=flags[DAY_FIRST],
        decided_by=tuple(sorted(order.reasons)),
    )
    told_by = "column" if arrived else first_seen or "published"
    return ArchiveReport(
        rows, new, updated, tuple(bad), dates, told_by, dict(left_out.most_common()), foreign
    )


def _batches(rows: Iterable[Article | BadRow], size: int) -> Iterator[list[Article | BadRow]]:
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch
