"""Periods: where they begin and end, what they are called, and which one a moment falls in.

Periods lie end to end, each from its first moment to just before the next one's first.  With an
exchange's calendar a session runs from the close before it to just before its own close, so that
an article of exactly 16:00 in New York, which nobody could trade on any more, counts to the next.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from rotascope.errors import UsageError
from rotascope.store.schema import to_micros
from rotascope.timeseries.params import Params
from rotascope.timeseries.sessions import closes

Micros = npt.NDArray[np.int64]

_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_WEEK = re.compile(r"\d{4}-?W\d{2}")
_LONGER = {"year": (_YEAR, ""), "month": (_MONTH, "M"), "week": (_WEEK, "MW")}
"""What names more than a day: how it is written, and the frequencies whose period it names."""
_DAY = pd.Timedelta(days=1)
MAX_PERIODS = 1_000_000
"""More than a hundred years of hours."""


@dataclass(frozen=True, slots=True)
class Periods:
    """`labels`: naive dates, or for hours times in the zone.  `bounds`: microseconds, one more.

    `by_sessions`: cut at closes, so a date is where its first moment falls: a closed day's is in
    the next session, to which its news counts.
    """

    freq: str
    timezone: str
    labels: pd.DatetimeIndex
    bounds: Micros
    by_sessions: bool = False

    def __len__(self) -> int:
        return len(self.labels)

    def head(self, count: int) -> Periods:
        """The first `count` of them."""
        return replace(self, labels=self.labels[:count], bounds=self.bounds[: count + 1])

    def locate(self, moments: Micros) -> npt.NDArray[np.int64]:
        """The period of each moment (microseconds); -1 for a moment outside."""
        found = np.searchsorted(self.bounds, moments, side="right") - 1
        return np.where(found >= len(self), -1, found)

    def find(self, text: str) -> int:
        """The period named by a label, or by any date or time in it; raises UsageError."""
        for kind, (written, freqs) in _LONGER.items():
            if written.fullmatch(text) and self.freq not in freqs:
                mend = f"add --freq {freqs[0]}, or name a day" if freqs else "name a day"
                raise UsageError(f"{text!r} names a {kind}, which has several periods; {mend}")
        moment = parse_moment(text, self.timezone)
        if self.freq == "H" and not isinstance(moment, datetime):
            raise UsageError(f"{text!r} names no hour; write {text}T13:00")
        if self._by_label(moment) and not self.by_sessions:
            place = int(self.labels.searchsorted(pd.Timestamp(moment), side="right")) - 1
            inside = place >= 0 and pd.Timestamp(moment) < self._after_last()
        else:
            place = int(self.locate(np.array([to_micros(_start_of(moment, self.timezone))]))[0])
            inside = place >= 0
        if not inside:
            raise UsageError(
                f"no news in the period of {text}; the data runs from {self.labels[0]:%Y-%m-%d}"
                f" to {self.labels[-1]:%Y-%m-%d}"
            )
        return place

    def window(self, start: str | None, end: str | None) -> slice:
        """The periods from the one with `start` to the one with `end`, both included.

        A date without a session stands, as a start, for the session after it, to which its news
        counts; as an end for the session before, or for the week or month in which it lies.
        """
        low, high = 0, len(self)
        if start is not None:
            low = self._first_from(parse_moment(start, self.timezone))
        if end is not None:
            high = self._count_to(parse_moment(end, self.timezone, end=True))
        return slice(low, max(low, high))

    def _first_from(self, moment: date) -> int:
        if self._by_label(moment) and not self.by_sessions:
            starts = self.labels.append(pd.DatetimeIndex([self._after_last()]))
            return int(starts[1:].searchsorted(pd.Timestamp(moment), side="right"))
        micros = to_micros(_start_of(moment, self.timezone))
        return int(np.searchsorted(self.bounds[1:], micros, side="right"))

    def _count_to(self, moment: date) -> int:
        if self._by_label(moment):
            return int(self.labels.searchsorted(pd.Timestamp(moment), side="right"))
        micros = to_micros(_end_of(moment, self.timezone))
        return int(np.searchsorted(self.bounds[:-1], micros, side="right"))

    def _by_label(self, moment: date) -> bool:
        """A plain date is compared with dates: a session's date is not its first moment's."""
        return self.freq != "H" and not isinstance(moment, datetime)

    def _after_last(self) -> pd.Timestamp:
        last = self.labels[-1]
        if self.freq == "M":
            return last + pd.offsets.MonthBegin(1)
        return last + (7 * _DAY if self.freq == "W" else _DAY)


def make_periods(params: Params, first: int, last: int) -> Periods:
    """The periods that hold every moment from `first` to `last` (microseconds UTC)."""
    begin, end = (pd.Timestamp(micros, unit="us", tz="UTC") for micros in (first, last))
    if params.freq == "H":
        start, stop = begin.floor("h"), end.floor("h") + pd.Timedelta(hours=1)
        _check_count(int((stop - start) / pd.Timedelta(hours=1)))
        hours = pd.date_range(start, stop, freq="h", unit="us")
        labels = hours[:-1].tz_convert(params.timezone)
        return Periods("H", params.timezone, labels, hours.asi8)
    _check_count(int((end - begin) / _DAY) + 2)
    if params.calendar is None:
        days, bounds = _plain_days(params.timezone, begin, end)
    else:
        days, bounds = _session_days(params.calendar, begin, end)
    if params.freq in ("W", "M"):
        days, bounds = _gather(days, bounds, params.freq)
    by_sessions = params.calendar is not None
    return _trim(Periods(params.freq, params.timezone, days, bounds, by_sessions), first, last)


def _plain_days(
    timezone: str, begin: pd.Timestamp, end: pd.Timestamp
) -> tuple[pd.DatetimeIndex, Micros]:
    # Whole months around, so that the first week and month are whole.
    low = begin.tz_convert(timezone).tz_localize(None).normalize() - 31 * _DAY
    high = end.tz_convert(timezone).tz_localize(None).normalize() + 32 * _DAY
    days = pd.date_range(low, high, freq="D", unit="us")
    # Where a clock change skips or repeats midnight, the day begins at its first moment.
    local = days.tz_localize(
        timezone, nonexistent="shift_forward", ambiguous=np.ones(len(days), bool)
    )
    return days[:-1], np.asarray(local.tz_convert("UTC").as_unit("us").asi8, np.int64)


def _session_days(
    code: str, begin: pd.Timestamp, end: pd.Timestamp
) -> tuple[pd.DatetimeIndex, Micros]:
    sessions, ends = closes(code, begin - 31 * _DAY, end + 31 * _DAY)
    return sessions[1:], ends


def _gather(days: pd.DatetimeIndex, bounds: Micros, freq: str) -> tuple[pd.DatetimeIndex, Micros]:
    """Days or sessions put together to ISO weeks (from Monday) or months."""
    if freq == "W":
        labels = days - pd.to_timedelta(days.day_of_week, unit="D")
    else:
        labels = days - pd.to_timedelta(days.day - 1, unit="D")
    values = labels.to_numpy()
    firsts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    return pd.DatetimeIndex(values[firsts]).as_unit("us"), bounds[np.r_[firsts, len(days)]]


def _trim(periods: Periods, first: int, last: int) -> Periods:
    """Only the periods that `first` to `last` touch."""
    low, high = (int(place) for place in periods.locate(np.array([first, last])))
    return replace(
        periods, labels=periods.labels[low : high + 1], bounds=periods.bounds[low : high + 2]
    )


def _check_count(count: int) -> None:
    if count > MAX_PERIODS:
        raise UsageError(f"{count:,} periods are too many; narrow --from and --to, or the --freq")


def parse_moment(text: str, timezone: str, *, end: bool = False) -> date:
    """A date, or a timezone-aware time; a time without an offset is in the series' time zone.

    A year (2024), a month (2024-03) or a week (2024-W10) is its first day, with `end` its last.
    """
    try:
        if _YEAR.fullmatch(text):
            return date(int(text), 12, 31) if end else date(int(text), 1, 1)
        if _MONTH.fullmatch(text):
            first = date.fromisoformat(f"{text}-01")
            return first.replace(day=monthrange(first.year, first.month)[1]) if end else first
        if _WEEK.fullmatch(text):
            return date.fromisoformat(text) + timedelta(days=6 if end else 0)
        if len(text) <= 10:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError as exc:
        raise UsageError(
            f"{text!r} is no date or time; write 2024-03-01 or 2024-03-01T16:00-05:00"
        ) from exc
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))


def moment_micros(text: str, timezone: str, *, end: bool = False) -> int:
    """`text` as microseconds: a date counts from its first moment, with `end` to its last."""
    moment = parse_moment(text, timezone, end=end)
    return to_micros(_end_of(moment, timezone) if end else _start_of(moment, timezone))


def _start_of(moment: date, timezone: str) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), ZoneInfo(timezone))


def _end_of(moment: date, timezone: str) -> datetime:
    if isinstance(moment, datetime):
        return moment
    # Of an hour that clocks repeat the later; of one that they skip the moment before it.
    return datetime.combine(moment, time.max.replace(fold=1), ZoneInfo(timezone))
