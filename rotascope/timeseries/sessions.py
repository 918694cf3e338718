"""Exchange sessions, from the library exchange_calendars."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rotascope.errors import UsageError

Micros = npt.NDArray[np.int64]

_MARGIN = pd.Timedelta(days=14)  # longer than any run of closed days since 1914


def calendar_zone(code: str) -> str:
    """The time zone of an exchange's calendar; raises UsageError for an unknown code."""
    import exchange_calendars

    names = exchange_calendars.get_calendar_names()
    if code not in names:
        near = get_close_matches(code.upper(), names, n=3, cutoff=0.4)
        hint = f"; near it: {', '.join(near)}" if near else "; XNYS is New York's"
        raise UsageError(f"unknown calendar {code!r}{hint}")
    return _zone(code)


@lru_cache(maxsize=16)
def _zone(code: str) -> str:

    # A month is enough to ask for the zone, and spares laying out twenty years of sessions.
    calendar = _calendar(code, "2024-01-01", "2024-01-31")
    return str(calendar.tz.key)


def _calendar(code: str, start: str, end: str) -> Any:
    import exchange_calendars

    try:
        return exchange_calendars.get_calendar(code, start=start, end=end)
    # The last is what the library raises for some calendars that it lists.
    except (ValueError, OverflowError, NotImplementedError) as exc:
        raise UsageError(f"calendar {code} has no sessions for {start} to {end}: {exc}") from exc


def closes(code: str, first: pd.Timestamp, last: pd.Timestamp) -> tuple[pd.DatetimeIndex, Micros]:
    """Sessions (naive dates) and their closes (microseconds UTC) that cover `first` to `last`.

    One session before `first` is included, since a period begins at the close before it.
    Raises UsageError where the library knows no sessions of that time.
    """
    start, end = (moment.tz_convert("UTC").date() for moment in (first - _MARGIN, last + _MARGIN))
    calendar = _calendar(code, start.isoformat(), end.isoformat())
    found = pd.DatetimeIndex(calendar.closes)
    micros = found.tz_convert("UTC").as_unit("us").asi8
    return pd.DatetimeIndex(calendar.sessions).as_unit("us"), np.asarray(micros, np.int64)
