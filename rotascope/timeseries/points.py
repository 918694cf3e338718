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
from rotascope.timeseries.groups import Selection, split_pair
from rotascope.timeseries.intervals import RESOLUTION, half_width, steadied
from rotascope.timeseries.levels import Faded, level_z, levels, momentum
from rotascope.timeseries.pairs import pair_columns, pair_sums
from rotascope.timeseries.params import CONFIDENCE_LEVEL, Params
from rotascope.timeseries.periods import Periods

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Columns = dict[str, npt.NDArray[Any]]

MAX_ROWS = 5_000_000
"""More rows than a spreadsheet holds and about 1 GB of memory."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What stories make of each period, by itself: all that points are computed from.

    `single`: columns of shape (periods, groups) for `groups`; `pairs`: for each pair its columns of
    shape (periods,); `revision`: of each period.
    """

    groups: tuple[str, ...]
    single: Columns
    pairs: dict[str, Columns]
    revision: npt.NDArray[np.object_]

    def head(self, count: int) -> Sums:
        """The first `count` periods, as views."""
        return Sums(
            self.groups,
            {name: values[:count] for name, values in self.single.items()},
            {
                pair: {name: values[:count] for name, values in columns.items()}
                for pair, columns in self.pairs.items()
            },
            self.revision[:count],
        )

    def put(self, place: int, one: Sums) -> None:
        """Let the period at `place` be the only one of `one`."""
        for name, values in one.single.items():
            self.single[name][place] = values[0]
        for pair, columns in one.pairs.items():
            for name, values in columns.items():
                self.pairs[pair][name][place] = values[0]
        self.revision[place] = one.revision[0]


def points(
    corpus: Corpus, periods: Periods, selection: Selection, params: Params, shown: slice
) -> pd.DataFrame:
    """The points of `selection` in the periods of `shown`.

    Everything before `shown` still counts for level, level_z and momentum, so a point does not
    depend on where the window begins; nothing after a period counts for it.
    Raises UsageError where that would be too many rows.
    """
    _check_size(len(periods), len(selection.groups))
    sums = period_sums(corpus, lay_out(corpus, periods), selection, len(periods), params)
    return points_of(sums, periods, selection, params, shown)


def period_sums(
    corpus: Corpus, layout: Layout, selection: Selection, n_periods: int, params: Params
) -> Sums:
    """The sums of every group and pair that `selection` needs, over all periods."""
    groups = selection.singles
    shape = (n_periods, len(groups))
    kinds = [selection.kinds[group] for group in groups]
    grid = make_grid(corpus, layout, groups, n_periods, params)
    means = grid.means
    inflow, outflow = _group_flows(corpus, layout, groups, n_periods)
    single: Columns = {
        **{
            name: getattr(means, name).reshape(shape)
            for name in ("count", "weight", "mean", "noise", "df", "concentration")
        },
        **{
            name: getattr(grid, name)
            for name in ("n_articles", "n_mentions", "positive", "neutral", "negative")
        },
        "inflow": inflow,
        "outflow": outflow,
        "attention": attention(corpus, layout, kinds, grid.n_mentions),
    }
    pairs = {
        group: pair_sums(corpus, layout, split_pair(group), n_periods, params)
        for group in selection.groups
        if selection.kinds[group] == "pair"
    }
    return Sums(groups, single, pairs, revisions_by_period(corpus, layout, n_periods))


def points_of(
    sums: Sums,
    periods: Periods,
    selection: Selection,
    params: Params,
    shown: slice,
    faded: Faded | None = None,
) -> pd.DataFrame:
    """The points that these sums make; `faded`: what levels come to, where it is known already."""
    single = _single_columns(sums, periods, params, shown, faded)
    place = {group: column for column, group in enumerate(sums.groups)}

    def of(group: str) -> Columns:
        return {name: values[:, place[group]] for name, values in single.items()}

    every = [
        pair_columns(group, sums.pairs[group], of, params, shown)
        if selection.kinds[group] == "pair"
        else of(group)
        for group in selection.groups
    ]
    stacked = {
        name: np.stack([columns[name] for columns in every], axis=1).ravel()
        for name in single
        if not name.startswith("_")
    }
    frame = _frame(stacked, periods, selection, sums.revision, shown)
    if not selection.sparse:
        return frame
    # Groups that nobody named are shown from their first news on, wherever the window begins.
    started = [
        np.ones(len(periods.labels[shown]), bool)
        if group not in selection.sparse
        else np.maximum.accumulate(sums.single["n_articles"][:, place[group]] > 0)[shown]
        for group in selection.groups
    ]
    return frame[np.stack(started, axis=1).ravel()].reset_index(drop=True)


def _single_columns(
    sums: Sums, periods: Periods, params: Params, shown: slice, faded: Faded | None
) -> Columns:
    """The columns of the single groups for `shown`; `_level` is over all periods, for pairs."""
    noise, df = (values[shown] for values in steadied(sums.single["noise"], sums.single["df"]))
    level = levels(sums.single["mean"], sums.single["weight"], periods, params, faded)
    now = {name: values[shown] for name, values in sums.single.items()}
    count, mean = now["count"], now["mean"]
    drawn = shrinkage_factor(now["concentration"], params)
    variance = now["concentration"] * np.maximum(noise, RESOLUTION**2)
    half = half_width(variance, df, CONFIDENCE_LEVEL)
    missing = count < params.min_count
    # A first lone story says nothing of how stories differ: it could be any score.
    unsure = np.isnan(half)
    lo = np.where(unsure, -1.0, np.maximum(drawn * (mean - half), -1.0))
    hi = np.where(unsure, 1.0, np.minimum(drawn * (mean + half), 1.0))
    inflow, outflow = now["inflow"], now["outflow"]
    quiet = (count == 0) & (inflow == 0) & (outflow == 0)
    return {
        "score": np.where(missing, np.nan, drawn * mean),
        "lo": np.where(missing, np.nan, lo),
        "hi": np.where(missing, np.nan, hi),
        "n_articles": now["n_articles"],
        "n_stories": count,
        "n_mentions": now["n_mentions"],
        "positive": np.where(missing, np.nan, now["positive"]),
        "neutral": np.where(missing, np.nan, now["neutral"]),
        "negative": np.where(missing, np.nan, now["negative"]),
        "dispersion": np.where(missing | (count < 2), np.nan, np.sqrt(now["noise"])),
        "inflow": np.where(quiet, np.nan, inflow),
        "outflow": np.where(quiet, np.nan, outflow),
        "net_flow": np.where(quiet, np.nan, inflow - outflow),
        "attention": now["attention"],
        "level": level[shown],
        "level_z": level_z(level, params, shown),
        "momentum": momentum(level, params)[shown],
        # What pairs need besides; dropped at the end.
        "_drawn": drawn,
        "_variance": variance,
        "_df": df,
        "_level": level,
    }


def shrinkage_factor(concentration: Floats, params: Params) -> Floats:
    """n / (n + shrinkage), n = the effective number of stories, 1 / sum of squared shares."""
    return 1.0 / (1.0 + params.shrinkage * concentration)


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
    revision: npt.NDArray[np.object_],
    shown: slice,
) -> pd.DataFrame:
    groups = np.array(selection.groups, object)
    kinds = np.array([selection.kinds[group] for group in selection.groups], object)
    labels = periods.labels[shown]
    count, width = len(labels), len(groups)
    data: dict[str, object] = {
        "period": labels.repeat(width),
        "group": np.tile(groups, count),
        "kind": np.tile(kinds, count),
        **columns,
        "revision": revision[shown].repeat(width),
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
