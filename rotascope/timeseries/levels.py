"""Level, its place in its own past, and momentum; each looks back only.

The level fills and smooths causally (arXiv 2603.23568 names the stages): weights fade with time,
and a prior of neutral news makes it fade towards 0 where no news comes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rotascope.timeseries.params import Params
from rotascope.timeseries.periods import Periods

Floats = npt.NDArray[np.float64]

MICROS_PER_DAY = 86_400_000_000
_WINDOW_VALUES = 1_000_000
"""Values of windows laid side by side at a time: 8 MB, whatever the window."""
_FLAT = 1e-3
"""A window that varies less has no scale to measure by: old news fading is no movement."""


@dataclass(frozen=True, slots=True)
class Faded:
    """Running sums of faded news, shape (periods, groups) each: weight * mean, and weight."""

    above: Floats
    below: Floats

    def head(self, count: int) -> Faded:
        """The first `count` periods, as views."""
        return Faded(self.above[:count], self.below[:count])


def nothing_faded(shape: tuple[int, ...]) -> Faded:
    """Sums without any news, for `fade` to fill."""
    return Faded(np.zeros(shape), np.zeros(shape))


def fade(
    into: Faded, mean: Floats, weight: Floats, periods: Periods, params: Params, *, start: int = 0
) -> Faded:
    """`into`, its rows from `start` on made anew: those before are taken as they are.

    A weight halves every `half_life_days` between the ends of periods.
    """
    days = np.diff(periods.bounds[1:], prepend=periods.bounds[0]) / MICROS_PER_DAY
    faded = 0.5 ** (days / params.half_life_days)
    products = weight[start:] * np.nan_to_num(mean[start:])
    above, below = (
        sums[start - 1] if start else np.zeros(mean.shape[1]) for sums in (into.above, into.below)
    )
    for row in range(start, len(mean)):
        above = above * faded[row] + products[row - start]
        below = below * faded[row] + weight[row]
        into.above[row], into.below[row] = above, below
    return into


def levels(
    mean: Floats, weight: Floats, periods: Periods, params: Params, faded: Faded | None = None
) -> Floats:
    """Per period and group: sum of faded weight * mean over sum of faded weight + level_prior.

    NaN before the first news.  `faded`: the sums, where they are known.
    """
    sums = faded or fade(nothing_faded(mean.shape), mean, weight, periods, params)
    result = sums.above / np.maximum(sums.below + params.level_prior, 1e-300)
    started = np.maximum.accumulate(weight > 0, axis=0)
    return np.where(started, result, np.nan)


def level_z(level: Floats, params: Params, shown: slice) -> Floats:
    """(level - mean) / standard deviation of the `window` periods before, itself left out.

    For the periods `shown`.  NaN where fewer than `min_periods` of them have a level, or where
    they do not vary.
    """
    window = params.window
    padded = np.concatenate([np.full((window, level.shape[1]), np.nan), level[:-1]])
    now = level[shown]
    result = np.empty(now.shape)
    rows = max(1, _WINDOW_VALUES // window)
    for column in range(level.shape[1]):
        windows = np.lib.stride_tricks.sliding_window_view(padded[:, column], window)[shown]
        for start in range(0, len(now), rows):
            part = slice(start, start + rows)
            result[part, column] = _z(now[part, column], windows[part], params.min_periods)
    return result


def _z(now: Floats, past: Floats, min_periods: int) -> Floats:
    """Each level against its row of `past`, shape (levels, window)."""
    known = ~np.isnan(past)
    count = known.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(known, past, 0.0).sum(axis=1) / count
        deviation = np.where(known, past - mean[:, None], 0.0)
        spread = np.sqrt((deviation**2).sum(axis=1) / (count - 1))
        z = (now - mean) / spread
    return np.asarray(np.where((count >= min_periods) & (spread > _FLAT), z, np.nan), np.float64)


def momentum(level: Floats, params: Params) -> Floats:
    """The level less the level `momentum` periods before; NaN where either is missing."""
    before = np.full(level.shape, np.nan)
    if len(level) > params.momentum:
        before[params.momentum :] = level[: -params.momentum]
    return np.asarray(level - before, np.float64)
