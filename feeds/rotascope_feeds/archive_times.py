"""When a row of an archive was published and when it arrived, and what cannot be of that."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from rotascope_feeds.archive_dates import AMBIGUOUS, archive_date
from rotascope_feeds.archive_order import BadDate, DateOrder
from rotascope_feeds.types import DATE_DAY

_SLACK = timedelta(days=1)
"""Clocks and zones explain that much; what is further ahead is a typing error."""


def published_time(
    value: object, *, now: datetime, zone: tzinfo, order: DateOrder
) -> tuple[datetime, tuple[str, ...]]:
    """The date of publication in UTC and its flags; raises BadDate, also for one to come."""
    moment, flags = archive_date(value, zone=zone, order=order)
    if moment > now + _SLACK:
        raise BadDate(f"date {value!s:.60} is in the future")
    return moment, flags


def arrival_time(
    value: object, *, published: datetime | None, now: datetime, zone: tzinfo
) -> tuple[datetime, tuple[str, ...]]:
    """When the row was received, and the flags of that time; raises BadDate.

    A time shortly before publication stays, as that of an article of a feed does: the store then
    takes it for both.  One shortly after `now` is `now`.
    """
    if value is None:
        raise BadDate("no first_seen")
    try:
        moment, flags = archive_date(value, zone=zone)
    except BadDate as exc:
        raise BadDate(f"first_seen: {exc}") from exc
    if DATE_DAY in flags or AMBIGUOUS in flags:
        raise BadDate(f"first_seen {value!s:.60}: write it with its time, as 2024-07-05T16:30Z")
    if moment > now + _SLACK:
        raise BadDate(f"first_seen {value!s:.60} is in the future")
    if published is not None and published > moment + _SLACK:
        raise BadDate(f"first_seen {value!s:.60} is more than a day before its publication")
    return min(moment, now), flags
