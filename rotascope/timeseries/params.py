"""What a series is made with: frequency, time zone and the numbers of its formulas.

The defaults stand in `config.yaml` (section `series`) alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np

from rotascope.errors import UsageError
from rotascope.zones import zone_named

if TYPE_CHECKING:
    from rotascope.config_model import SeriesSettings

FREQUENCIES: dict[str, tuple[str, ...]] = {
    "H": ("h", "hour", "hours", "hourly"),
    "S": ("s", "session", "sessions"),
    "D": ("d", "day", "days", "daily"),
    "W": ("w", "week", "weeks", "weekly"),
    "M": ("m", "month", "months", "monthly"),
}
"""Frequency -> its other names, in lower case."""

SESSION_CALENDAR = "XNYS"
"""The calendar of `session` where none is named."""

CONFIDENCE_LEVEL = 0.90
"""How much of the time the interval should hold the truth."""


@dataclass(frozen=True, slots=True)
class Params:
    """See docs/series.md for the formula that each number stands in.

    `confidence`: how strongly the uncertainty of the probabilities counts, 0 (not) to 1.
    `shrinkage`, `level_prior`: stories' worth of neutral news, for the score and for the level.
    `window`, `min_periods`, `momentum`: periods.
    """

    freq: str
    timezone: str
    calendar: str | None
    confidence: float
    half_life_days: float
    shrinkage: float
    level_prior: float
    min_count: int
    window: int
    min_periods: int
    momentum: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the metadata of a file."""
        return asdict(self)


def frequency(text: str) -> str:
    """H, S, D, W or M for any of their names; raises UsageError."""
    for freq, names in FREQUENCIES.items():
        if text.strip().lower() in names:
            return freq
    known = ", ".join(f"{freq} ({names[1]})" for freq, names in FREQUENCIES.items())
    raise UsageError(f"unknown frequency {text!r}; choose one of {known}")


def make_params(settings: SeriesSettings, overrides: Mapping[str, Any]) -> Params:
    """The configuration's numbers, overlaid with those that are given (None means not given).

    A calendar brings its exchange's time zone.  Raises UsageError where they contradict.
    """
    known = [field.name for field in fields(Params)]
    for key in overrides:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"choose of {', '.join(known)}"
            raise UsageError(f"unknown option {key!r} of a series; {hint}")
    given = {key: _plain(value) for key, value in overrides.items() if value is not None}
    for name in ("freq", "timezone", "calendar"):
        if not isinstance(given.get(name, ""), str):
            raise UsageError(f"{name} is text, not {given[name]!r}")
    values = {name: getattr(settings, name) for name in known}
    if "timezone" in given and "calendar" not in given:
        values["calendar"] = None
    params = Params(**{**values, **given})
    params = replace(params, freq=frequency(params.freq))
    if params.freq == "S" and params.calendar is None:
        params = replace(params, calendar=SESSION_CALENDAR)
    if params.freq == "H":
        if given.get("calendar"):
            raise UsageError("hours know no calendar; leave --calendar out, or choose S, D, W or M")
        params = replace(params, calendar=None)
    if params.calendar is not None:
        params = _in_calendar_zone(params, asked="timezone" in given)
    else:
        zone_named(params.timezone)
    return _checked(params, window_given="window" in given)


def _plain(value: Any) -> Any:
    """A number of numpy as Python's, which JSON can write."""
    return value.item() if isinstance(value, np.generic) else value


def _in_calendar_zone(params: Params, *, asked: bool) -> Params:
    from rotascope.timeseries.sessions import calendar_zone

    assert params.calendar is not None
    zone = calendar_zone(params.calendar)
    if asked and params.timezone != zone:
        raise UsageError(
            f"calendar {params.calendar} keeps {zone}, not {params.timezone};"
            " leave --timezone or --calendar out"
        )
    return replace(params, timezone=zone)


def _checked(params: Params, *, window_given: bool) -> Params:
    bounds: dict[str, tuple[float, float]] = {
        "confidence": (0.0, 1.0),
        "half_life_days": (1e-6, 1e6),
        "shrinkage": (0.0, 1e6),
        "level_prior": (0.0, 1e6),
        "min_count": (1, 10**6),
        "window": (2, 10**6),
        "min_periods": (2, 10**6),
        "momentum": (1, 10**6),
    }
    for name, (low, high) in bounds.items():
        value = getattr(params, name)
        whole = isinstance(low, int)
        if not isinstance(value, int if whole else int | float):
            kind = "whole number" if whole else "number"
            raise UsageError(f"{name} is a {kind}, not {value!r}")
        if not low <= value <= high:
            raise UsageError(f"{name} must lie between {low:g} and {high:g}, not {value!r}")
    if params.min_periods > params.window:
        if window_given:
            return replace(params, min_periods=params.window)
        raise UsageError(
            f"min_periods ({params.min_periods}) is more than window ({params.window})"
        )
    return params
