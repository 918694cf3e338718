"""Pairs: the difference of two groups' scores, and the flows between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from rotascope.timeseries.corpus import Corpus
from rotascope.timeseries.grid import Layout, make_grid, story_flows, sum_of_best
from rotascope.timeseries.groups import split_pair
from rotascope.timeseries.intervals import half_width
from rotascope.timeseries.levels import level_z, momentum
from rotascope.timeseries.params import CONFIDENCE_LEVEL, Params

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Columns = dict[str, npt.NDArray[Any]]


def pair_columns(
    group: str,
    both: Columns,
    single: Callable[[str], Columns],
    params: Params,
    shown: slice,
) -> Columns:
    """`a-b`: the difference of the scores, with the interval of a difference of means.

    `both`: what `pair_sums` gives; `single`: a group's columns, of the periods `shown` all but its
    `_level`.  Each end's variance is shrunk as its score is.  Stories that speak of both ends tie
    the two means together, so their covariance is taken off; degrees of freedom by Welch and
    Satterthwaite.
    """
    first, second = split_pair(group)
    a, b = single(first), single(second)
    now = {name: values[shown] for name, values in both.items()}
    va, vb = (end["_drawn"] ** 2 * end["_variance"] for end in (a, b))
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.maximum(va + vb - 2.0 * now["correlation"] * np.sqrt(va * vb), 0.0)
        df = np.nan_to_num((va + vb) ** 2 / (va**2 / a["_df"] + vb**2 / b["_df"]))
    half = half_width(variance, df, CONFIDENCE_LEVEL)
    score = a["score"] - b["score"]
    known = ~np.isnan(score)
    alone = known & np.isnan(half)
    level = a["_level"] - b["_level"]
    nothing = np.full(len(score), np.nan)
    return {
        "score": score,
        "lo": np.where(alone, -2.0, np.where(known, np.maximum(score - half, -2.0), np.nan)),
        "hi": np.where(alone, 2.0, np.where(known, np.minimum(score + half, 2.0), np.nan)),
        "n_articles": now["n_articles"],
        "n_stories": now["n_stories"],
        "n_mentions": a["n_mentions"] + b["n_mentions"],
        "positive": nothing,
        "neutral": nothing,
        "negative": nothing,
        "dispersion": nothing,
        "inflow": now["inflow"],
        "outflow": now["outflow"],
        "net_flow": now["inflow"] - now["outflow"],
        "attention": nothing,
        "level": level[shown],
        "level_z": level_z(level[:, None], params, shown)[:, 0],
        "momentum": momentum(level[:, None], params)[shown, 0],
    }


def pair_sums(
    corpus: Corpus, layout: Layout, ends: tuple[str, str], n_periods: int, params: Params
) -> Columns:
    """What two groups share, per period: correlation of the two means, articles and stories that
    speak of either, flows between (`inflow`: from the second to the first)."""
    grid = make_grid(corpus, layout, ends, n_periods, params)
    article = corpus.scores.article[grid.rows]
    side, period = grid.row_cells % 2, grid.row_cells // 2
    influence = grid.means.share * grid.means.residual
    correlation = _correlation(article, side, period, influence, n_periods)
    scores = corpus.scores
    codes = [corpus.groups.index(end) for end in ends if end in corpus.groups]
    either = np.unique(scores.article[np.isin(scores.group, codes)])
    either = either[layout.period[either] >= 0]
    inflow, outflow = _between(corpus, layout, ends, n_periods)
    quiet = np.bincount(layout.period[either[layout.counts[either]]], minlength=n_periods) == 0
    return {
        "correlation": correlation,
        "n_articles": np.bincount(layout.period[either], minlength=n_periods),
        "n_stories": np.bincount(layout.period[either[layout.counts[either]]], minlength=n_periods),
        "inflow": np.where(quiet, np.nan, inflow),
        "outflow": np.where(quiet, np.nan, outflow),
    }


def _correlation(
    article: Ints, side: Ints, period: Ints, influence: Floats, n_periods: int
) -> Floats:
    """Of the errors of two means, from the stories that are in both; 0 where none is."""
    first, second = np.flatnonzero(side == 0), np.flatnonzero(side == 1)
    _, i, j = np.intersect1d(article[first], article[second], True, True)
    products = influence[first[i]] * influence[second[j]]
    together = np.bincount(period[first[i]], products, n_periods)
    of_first, of_second = (
        np.bincount(period[own], influence[own] ** 2, n_periods) for own in (first, second)
    )
    scale = np.sqrt(of_first * of_second)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(scale > 0, together / scale, 0.0), np.float64)


def _between(
    corpus: Corpus, layout: Layout, ends: tuple[str, str], n_periods: int
) -> tuple[Floats, Floats]:
    """Strength of flows from the second end to the first, and the other way round."""
    rows, strength = story_flows(corpus, layout)
    code = {group: number for number, group in enumerate(corpus.groups)}
    first, second = (code.get(end, -2) for end in ends)
    source, target = corpus.claims.source[rows], corpus.claims.target[rows]
    article = corpus.claims.article[rows]
    result = []
    for here, there in ((second, first), (first, second)):
        keep = np.flatnonzero((source == here) & (target == there))
        cells = layout.period[article[keep]]
        result.append(sum_of_best((article[keep],), strength[keep], cells, n_periods))
    return result[0], result[1]
