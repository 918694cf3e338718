"""Dates of entries: what the feed says, in UTC, with a flag for everything that had to be mended.

    date_missing      the feed gives none
    date_unreadable   it gives one that no parser reads
    date_naive        without a zone: taken as UTC
    date_day          without a time: midnight of that day
    date_absurd       before 1990 or beyond the year 9998: treated as missing
    date_future       after it was first seen: capped to that moment

A missing date stays None; the store puts `first_seen_at` in its place.
"""

from __future__ import annotations

import calendar
import email.utils
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from rotascope_feeds.types import DATE_DAY

MISSING, UNREADABLE, NAIVE = "date_missing", "date_unreadable", "date_naive"
ABSURD, FUTURE = "date_absurd", "date_future"

# The web is older than no article on it; zero dates (1900, 1970, 1980) come from broken clocks.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK = re.compile(r"\d\s*[:T]\s*\d|\d{1,2}\s*[ap]\.?m\b", re.IGNORECASE)
_ZONE = re.compile(
    r"(?:[+-]\d{2}:?\d{2}|[+-]\d{2}|\bUTC|\bGMT|\bUT|\d\s*Z|\b[A-Z]{1,2}[SD]T|\b[A-Z]{3,4}|"
    r"\b[A-Z]\b|\([A-Za-z ]+\))\s*$"
)


def entry_date(
    raw: str | None, parsed: Sequence[int] | None
) -> tuple[datetime | None, tuple[str, ...]]:
    """The date of an entry from the feed's words and a parser's reading of them in UTC.

    `parsed` is (year, month, day, hour, minute, second, ...), as `time.struct_time` has it.
    """
    if not parsed or not raw:
        return iso_date(raw)  # feedparser gives up on RFC 5322 dates without a zone
    return _checked(_from_fields(parsed), () if has_zone(raw) else (NAIVE, *_day(raw)))


def iso_date(raw: str | None) -> tuple[datetime | None, tuple[str, ...]]:
    """The same for RFC 3339, as JSON Feed prescribes, or RFC 5322, as some write all the same."""
    text = (raw or "").strip()
    if not text:
        return None, (MISSING,)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = email.utils.parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None, (UNREADABLE,)
    if moment.tzinfo is None:
        return _checked(moment.replace(tzinfo=UTC), (NAIVE, *_day(text)))
    try:
        return _checked(moment.astimezone(UTC), ())
    except OverflowError:
        return None, (ABSURD,)


def _checked(
    moment: datetime | None, flags: tuple[str, ...]
) -> tuple[datetime | None, tuple[str, ...]]:
    if moment is None:
        return None, (UNREADABLE,)
    if moment < _EARLIEST or moment.year >= 9999:
        return None, (*flags, ABSURD)
    return moment, flags


def cap(moment: datetime | None, seen_at: datetime) -> tuple[datetime | None, tuple[str, ...]]:
    """`moment`, but never after it was first seen."""
    if moment is None or moment <= seen_at:
        return moment, ()
    return seen_at, (FUTURE,)


def has_zone(raw: str) -> bool:
    """Whether a date as written names its zone.  A date without a clock time has none to name."""
    return bool(_CLOCK.search(raw)) and bool(_ZONE.search(raw.strip()))


def _day(raw: str) -> tuple[str, ...]:
    return () if _CLOCK.search(raw) else (DATE_DAY,)


def _from_fields(fields: Sequence[int]) -> datetime | None:
    """Seconds of 60 and more, or a day 31 of a short month, carry over as they do in C."""
    try:
        return _EPOCH + timedelta(seconds=calendar.timegm(tuple(fields[:6])))
    except (ValueError, OverflowError, TypeError):
        return None
