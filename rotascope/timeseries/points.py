"""Points: one row for each period and group, from the sums of the grid (docs/series.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rotascope.errors import UsageError
from rotascope.timeseries.columns import names
from rotascope.timeseries.corpus import Corpus
from rotascope.timeseries.grid import (
    Layout,
    attention,
    lay_out,
    make_grid,
    story_flows,
    sum_of_best,
)
from rotascope.timeseries.groups import Selection
from rotascope.timeseries.intervals import RESOLUTION, Means, half_width, steadied
from rotascope.timeseries.levels import level_z, levels, momentum
from rotascope.timeseries.pairs import pair_columns
from rotascope.timeseries.params import CONFIDENCE_LEVEL, Params
from rotascope.timeseries.periods import Periods

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Columns = dict[str, npt.NDArray[Any]]

MAX_ROWS = 5_000_000
"""More rows than a spreadsheet holds and about 1 GB of memory."""


@dataclass(frozen=True, slots=True)
class Points:
    """The columns of the single groups, each of shape (periods, groups)."""

    groups: tuple[str, ...]
    columns: Columns

    def of(self, group: str) -> Columns:
        """One group's columns."""
        place = self.groups.index(group)
        return {name: values[:, place] for name, values in self.columns.items()}


def points(
    corpus: Corpus, periods: Periods, selection: Selection, params: Params, shown: slice
) -> pd.DataFrame:
    """The points of `selection` in the periods of `shown`.

    Everything before `shown` still counts for level, level_z and momentum, so a point does not
    depend on where the window begins; nothing after a period counts for it.
    Raises UsageError where that would be too many rows.
    """
    _check_size(len(periods), len(selection.groups))
    layout = lay_out(corpus, periods)
    single = single_points(corpus, periods, layout, selection, params)
    every = [
        pair_columns(corpus, layout, group, single.of, params)
        if selection.kinds[group] == "pair"
        else single.of(group)
        for group in selection.groups
    ]
    stacked = {
        name: np.stack([columns[name][shown] for columns in every], axis=1).ravel()
        for name in single.columns
        if not name.startswith("_")
    }
    frame = _frame(stacked, periods, selection, corpus, layout, shown)
    if not selection.sparse:
        return frame
    # Groups that nobody named are shown from their first news on, wherever the window begins.
    started = [
        np.maximum.accumulate(columns["n_articles"] > 0)[shown] | (group not in selection.sparse)
        for group, columns in zip(selection.groups, every, strict=True)
    ]
    return frame[np.stack(started, axis=1).ravel()].reset_index(drop=True)


def single_points(
    corpus: Corpus, periods: Periods, layout: Layout, selection: Selection, params: Params
) -> Points:
    """The columns of every single group that `selection` needs, over all periods."""
    groups = selection.singles
    shape = (len(periods), len(groups))
    kinds = [selection.kinds[group] for group in groups]
    grid = make_grid(corpus, layout, groups, len(periods), params)
    means = grid.means
    mean, weight = means.mean.reshape(shape), means.weight.reshape(shape)
    count = means.count.reshape(shape)
    drawn = shrinkage_factor(means, params).reshape(shape)
    noise, df = steadied(means.noise.reshape(shape), means.df.reshape(shape))
    variance = means.concentration.reshape(shape) * np.maximum(noise, RESOLUTION**2)
    half = half_width(variance, df, CONFIDENCE_LEVEL)
    missing = count < params.min_count
    score = np.where(missing, np.nan, drawn * mean)
    # A first lone story says nothing of how stories differ: it could be any score.
    unsure = np.isnan(half)
    lo = np.where(unsure, -1.0, np.maximum(drawn * (mean - half), -1.0))
    hi = np.where(unsure, 1.0, np.minimum(drawn * (mean + half), 1.0))
    spread = np.sqrt(means.noise).reshape(shape)
    level = levels(mean, weight, periods, params)
    inflow, outflow = _group_flows(corpus, layout, groups, len(periods))
    quiet = (count == 0) & (inflow == 0) & (outflow == 0)
    return Points(
        groups,
        {
            "score": score,
            "lo": np.where(missing, np.nan, lo),
            "hi": np.where(missing, np.nan, hi),
            "n_articles": grid.n_articles,
            "n_stories": count,
            "n_mentions": grid.n_mentions,
            "positive": np.where(missing, np.nan, grid.positive),
            "neutral": np.where(missing, np.nan, grid.neutral),
            "negative": np.where(missing, np.nan, grid.negative),
            "dispersion": np.where(missing | (count < 2), np.nan, spread),
            "inflow": np.where(quiet, np.nan, inflow),
            "outflow": np.where(quiet, np.nan, outflow),
            "net_flow": np.where(quiet, np.nan, inflow - outflow),
            "attention": attention(corpus, layout, kinds, grid.n_mentions),
            "level": level,
            "level_z": level_z(level, params),
            "momentum": momentum(level, params),
            # What pairs need besides; dropped at the end.
            "_drawn": drawn,
            "_variance": variance,
            "_df": df,
        },
    )


def shrinkage_factor(means: Means, params: Params) -> Floats:
    """n / (n + shrinkage), n = the effective number of stories, 1 / sum of squared shares."""
    return 1.0 / (1.0 + params.shrinkage * means.concentration)


def _group_flows(
    corpus: Corpus, layout: Layout, groups: tuple[str, ...], n_periods: int
) -> tuple[Floats, Floats]:
    """Per period and group, the sum over stories of the strongest claim into it, and out of it."""
    rows, strength = story_flows(corpus, layout)
    article = corpus.claims.article[rows]
    place = {group: column for column, group in enumerate(groups)}
    columns = np.array([*(place.get(group, -1) for group in corpus.groups), -1], np.int64)
    result = []
    for ends in (corpus.claims.target[rows], corpus.claims.source[rows]):
        column = columns[ends]
        keep = np.flatnonzero(column >= 0)
        cells = layout.period[article[keep]] * len(groups) + column[keep]
        sums = sum_of_best(
            (article[keep], column[keep]), strength[keep], cells, n_periods * len(groups)
        )
        result.append(sums.reshape(n_periods, len(groups)))
    return result[0], result[1]


def revisions_by_period(corpus: Corpus, layout: Layout, n_periods: int) -> npt.NDArray[np.object_]:
    """The revision of each period; several, where they are mixed, joined by `+`."""
    if len(corpus.revisions) == 1:
        return np.full(n_periods, corpus.revisions[0], object)
    used = np.zeros((n_periods, len(corpus.revisions)), bool)
    inside = layout.period >= 0
    used[layout.period[inside], corpus.articles.revision[inside]] = True
    rows = [[name for name, yes in zip(corpus.revisions, row, strict=True) if yes] for row in used]
    return np.array(["+".join(sorted(row)) for row in rows], object)


def _frame(
    columns: Columns,
    periods: Periods,
    selection: Selection,
    corpus: Corpus,
    layout: Layout,
    shown: slice,
) -> pd.DataFrame:
    groups = np.array(selection.groups, object)
    kinds = np.array([selection.kinds[group] for group in selection.groups], object)
    labels = periods.labels[shown]
    count, width = len(labels), len(groups)
    revision = revisions_by_period(corpus, layout, len(periods))[shown]
    data: dict[str, object] = {
        "period": labels.repeat(width),
        "group": np.tile(groups, count),
        "kind": np.tile(kinds, count),
        **columns,
        "revision": revision.repeat(width),
        **period_columns(periods, shown, width),
    }
    return pd.DataFrame({name: data[name] for name in names("points")})


def period_columns(periods: Periods, shown: slice, width: int) -> dict[str, object]:
    """The columns that every table of periods ends with, each period `width` times."""
    starts, ends = periods.bounds[:-1][shown], periods.bounds[1:][shown]
    return {
        "period_start": _utc(starts).repeat(width),
        "period_end": _utc(ends).repeat(width),
        "timezone": np.full(len(starts) * width, periods.timezone, object),
    }


def _utc(micros: Ints) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(micros.astype("datetime64[us]")).tz_localize("UTC")


def _check_size(n_periods: int, n_groups: int) -> None:
    if n_periods * n_groups > MAX_ROWS:
        raise UsageError(
            f"{n_periods:,} periods of {n_groups:,} groups are more than {MAX_ROWS:,} rows;"
            " name fewer --groups, or a longer --freq"
        )
