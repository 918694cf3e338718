"""Points and flows arranged for drawing: complete grids, labels, and the rotation's coordinates."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from rotascope_nlp.groups import SECTORS, STYLES

_ORDER = {group: number for number, group in enumerate((*SECTORS, *STYLES))}
QUADRANTS = ("leading", "weakening", "lagging", "improving")
"""Clockwise from the upper right: the way round that a group is said to travel."""

FEWEST_TO_COMPARE = 2
"""Groups of a rotation graph: a lone one is its own mean, and never leaves the middle."""

_DAY = "%-d"  # Vega's, and of some C libraries; see `written`
_DATE_FORMATS = {"H": f"{_DAY} %b %H:%M", "M": "%b %Y"}
_LONG_FORMATS = {
    "H": f"{_DAY} %B %Y, %H:%M",
    "W": f"the week of {_DAY} %B %Y",
    "M": "%B %Y",
}


def ordered(groups: Any) -> list[str]:
    """Groups in the project's order: sectors as GICS lists them, styles, all others by name."""
    return sorted({str(group) for group in groups}, key=lambda g: (_ORDER.get(g, len(_ORDER)), g))


def period_key(period: Any) -> str:
    """What stands for a period in pictures and links: its ISO date, or date and time.

    Keys sort as their periods do; the second of two equal hours, when clocks go back, ends in `b`.
    """
    moment = pd.Timestamp(period)
    text = moment.strftime("%Y-%m-%d" if moment == moment.normalize() else "%Y-%m-%dT%H:%M")
    return f"{text}b" if moment.fold else str(text)


def period_moment(key: str) -> pd.Timestamp:
    """The local time that a key stands for."""
    return pd.Timestamp(key.removesuffix("b"))


def axis_format(freq: str) -> str:
    """How a period is written on an axis, for `written` and Vega alike: `5 Jan`, `Jan 2026`."""
    return _DATE_FORMATS.get(freq, f"{_DAY} %b")


def written(moment: date, form: str) -> str:
    """As `strftime`, with a day of one digit on every system: Windows knows no `%-d`."""
    return moment.strftime(form.replace(_DAY, str(moment.day)))


def period_label(key: str, freq: str) -> str:
    """A short name for an axis."""
    return written(period_moment(key), axis_format(freq))


def period_name(key: str, freq: str) -> str:
    """A period in a sentence: `the week of 5 January 2026`."""
    return written(period_moment(key), _LONG_FORMATS.get(freq, f"{_DAY} %B %Y"))


def complete(points: pd.DataFrame) -> pd.DataFrame:
    """A row for every period and group, with `key` for the period; without news score is NaN.

    `lo` and `hi` are NaN too where they leave nothing out, as with a group's first single story.
    """
    frame = points.assign(key=[period_key(period) for period in points["period"]])
    index = pd.MultiIndex.from_product(
        [sorted(frame["key"].unique()), ordered(frame["group"])], names=["key", "group"]
    )
    full = frame.drop_duplicates(["key", "group"]).set_index(["key", "group"]).reindex(index)
    for column in ("n_stories", "n_articles"):
        full[column] = full[column].fillna(0).astype(int)
    full = full.reset_index()
    full["kind"] = full["group"].map(dict(zip(frame["group"], frame["kind"], strict=True)))
    span = np.where(full["kind"] == "pair", 4.0, 2.0)  # of all that a score can be
    full[["lo", "hi"]] = full[["lo", "hi"]].where(full["hi"] - full["lo"] < span)
    return full


def trails(points: pd.DataFrame, *, tail: int) -> pd.DataFrame:
    """The rotation graph's coordinates: up to `tail` + 1 last periods of each group.

    `x`: the group's level less the mean level of the groups shown, in the same period.
    `y`: its momentum less the mean momentum.  `age`: 0 for the last period, then 1, 2, …
    Rows without level or momentum are left out; a group needs its last period to be shown.
    """
    grid = complete(points).dropna(subset=["level", "momentum"])
    by_period = grid.groupby("key")
    grid["x"] = grid["level"] - by_period["level"].transform("mean")
    grid["y"] = grid["momentum"] - by_period["momentum"].transform("mean")
    keys = sorted(grid["key"].unique())[-(tail + 1) :]
    age = {key: len(keys) - 1 - number for number, key in enumerate(keys)}
    grid = grid[grid["key"].isin(keys)].assign(age=lambda f: f["key"].map(age))
    current = set(grid.loc[grid["age"] == 0, "group"])
    grid = grid[grid["group"].isin(current)]
    quadrant = [quadrant_of(x, y) for x, y in zip(grid["x"], grid["y"], strict=True)]
    return grid.assign(quadrant=quadrant).reset_index(drop=True)


def quadrant_of(x: float, y: float) -> str:
    """Which quadrant a point of the rotation graph lies in."""
    if x >= 0:
        return QUADRANTS[0] if y >= 0 else QUADRANTS[1]
    return QUADRANTS[3] if y >= 0 else QUADRANTS[2]


def named_flows(flows: pd.DataFrame) -> pd.DataFrame:
    """Flows with `key`, `source` and `target` as plain text; an unnamed end is ""."""
    return flows.assign(
        key=[period_key(period) for period in flows["period"]],
        source=_texts(flows["from"]),
        target=_texts(flows["to"]),
    )


def flow_matrix(flows: pd.DataFrame) -> pd.DataFrame:
    """Flows summed over their periods: `source`, `target` ("" unnamed), `strength`, counts.

    The strongest first; ties in the order of the names.
    """
    sums = ["strength", "n_stories", "asserted", "denied", "hypothetical", "past"]
    table = named_flows(flows).groupby(["source", "target"], as_index=False)[sums].sum()
    order = ["strength", "source", "target"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)


def _texts(ends: Any) -> list[str]:
    return [end if isinstance(end, str) else "" for end in ends]


def nice_peak(value: float) -> float:
    """The largest of 1, 2, 4, 8 times a power of ten that is not above `value`; 1 for nothing."""
    if not value > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return max(step * power for step in (1, 2, 4, 8) if step * power <= value * 1.0001)


def symmetric_limit(values: Any, *, floor: float, edge: float = 0.13) -> float:
    """The bound of a scale centred on zero that holds `values`; at least `floor`.

    `edge`: the share of each half of the scale, at its end, that stays free.
    """
    known = np.abs(np.asarray(values, dtype=float))
    known = known[np.isfinite(known)]
    return max(floor, float(known.max()) / (1 - edge)) if known.size else floor
