"""Dates as archives write them: any words a person can read, never a guess.

A date without a time is midnight (flag `date_day`), one without a zone is in the archive's (flag
`date_naive`); one that leaves out its day, month or year is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from dateutil import parser

from rotascope_feeds.archive_order import BadDate, DateOrder, Order
from rotascope_feeds.dates import NAIVE, entry_date
from rotascope_feeds.types import DATE_DAY, HOURS_OF_DAY, LONG_DAY, SHORT_DAY

AMBIGUOUS = "date_ambiguous"
"""The date itself does not tell whether its day or its month comes first (03/04/2020)."""

DAY_FIRST = "day_first"
"""Such a date was read day first.  No name may hold another's: `date_day` is looked for in text."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What newsrooms write. A name with S or D is an offset of its own, one without follows the season.
_REGIONS = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "CET": "Europe/Paris",
    "CEST": "Europe/Paris",
    "BST": "Europe/London",
    "JST": "Asia/Tokyo",
    "HKT": "Asia/Hong_Kong",
    "SGT": "Asia/Singapore",
    "IST": "Asia/Kolkata",
    "AEST": "Australia/Brisbane",
}
_OFFSETS = {
    "UTC": 0,
    "GMT": 0,
    "UT": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_STAMP = re.compile(r"\d{9,19}(?:\.\d+)?")
_DIGITS_OF_SECONDS = 11  # until the year 5138; longer stamps count milli-, micro- or nanoseconds


def archive_date(
    value: object, *, zone: tzinfo = UTC, order: DateOrder | None = None
) -> tuple[datetime, tuple[str, ...]]:
    """The moment in UTC, and flags for what had to be mended; raises BadDate.

    `zone` is that of dates which name none, `order` decides whether day or month comes first.
    """
    if isinstance(value, datetime):
        return _checked(value, value, zone)
    if isinstance(value, date):
        moment, flags = _checked(datetime.combine(value, time()), value, zone)
        return moment, (*flags, *_day_flags(moment, value, zone))
    text = str(value).strip()
    if _STAMP.fullmatch(text):
        return _checked(_from_stamp(text), value, zone)
    try:
        chosen = (order or DateOrder()).of(text)
        told, day_only = _parse(text, chosen)
    except BadDate:
        raise
    except (ValueError, OverflowError, TypeError) as exc:
        raise BadDate(f"date {text[:60]!r} cannot be read") from exc
    moment, flags = _checked(told, value, zone)
    if day_only:
        flags = (*flags, *_day_flags(moment, told.date(), told.tzinfo or zone))
    if chosen is not None and chosen.ambiguous:
        flags = (*flags, AMBIGUOUS, DAY_FIRST) if chosen.day_first else (*flags, AMBIGUOUS)
    return moment, flags


def _parse(text: str, order: Order | None) -> tuple[datetime, bool]:
    """The moment, and whether it is a day without a time.

    Parsed upon two different days and hours: what the text leaves out shows as a difference.
    """
    if re.match(r"\d{4}-\d\d-\d\d", text):
        try:
            return datetime.fromisoformat(text), len(text) == len("2020-07-17")
        except ValueError:
            pass
    read: Callable[[datetime], datetime] = lambda default: parser.parse(  # noqa: E731
        text, default=default, tzinfos=_zone, dayfirst=order is not None and order.day_first
    )
    first, second = read(datetime(2000, 1, 1)), read(datetime(2004, 2, 2, 1))  # noqa: DTZ001
    if first.date() != second.date():
        raise BadDate(f"date {text[:60]!r} leaves out its day, month or year")
    return first, first.hour != second.hour


def _day_flags(moment: datetime, day: date, zone: tzinfo) -> tuple[str, ...]:
    """The flags of a day that begins at `moment`: where clocks change it has an hour less or more.

    `zone` is the one that it was read in.
    """
    following = datetime.combine(day + timedelta(days=1), time(), zone)
    hours = (following.astimezone(UTC) - moment) / timedelta(hours=1)
    return (DATE_DAY, *(flag for flag in (SHORT_DAY, LONG_DAY) if hours == HOURS_OF_DAY[flag]))


def _zone(name: str | None, offset: int | None) -> tzinfo | timedelta | int | None:
    if offset is not None:
        return offset
    if name is None:
        return None
    if name in _OFFSETS:
        return _OFFSETS[name] * 3600
    if name in _REGIONS:
        return ZoneInfo(_REGIONS[name])
    raise BadDate(f"unknown time zone {name!r}")


def _from_stamp(text: str) -> datetime:
    whole, _, fraction = text.partition(".")
    scale = max(0, (len(whole) - _DIGITS_OF_SECONDS + 2) // 3) * 3
    micros = int(whole) * 10**6 // 10**scale + int(f"{fraction:0<6}"[:6])
    return _EPOCH + timedelta(microseconds=micros)


def _checked(moment: datetime, value: object, zone: tzinfo) -> tuple[datetime, tuple[str, ...]]:
    naive = moment.tzinfo is None
    try:
        utc = (moment.replace(tzinfo=zone) if naive else moment).astimezone(UTC)
    except OverflowError as exc:
        raise BadDate(f"date {value!s:.60} cannot be right") from exc
    known, _ = entry_date("Z", utc.timetuple())
    if known is None:
        raise BadDate(f"date {value!s:.60} cannot be right")
    return utc, (NAIVE,) if naive else ()
