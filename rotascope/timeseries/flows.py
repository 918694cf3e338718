"""Directed flows per period: counts by status, strength, the matrix, and rotation intensity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from rotascope.timeseries.columns import names
from rotascope.timeseries.corpus import STATUSES, Corpus
from rotascope.timeseries.grid import Layout, lay_out, story_flows, sum_of_best
from rotascope.timeseries.periods import Periods
from rotascope.timeseries.points import period_columns, revisions_by_period

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def flow_table(
    corpus: Corpus,
    periods: Periods,
    shown: slice,
    groups: Sequence[str] | None = None,
    layout: Layout | None = None,
) -> pd.DataFrame:
    """One row for each period and pair of ends that a story speaks of.

    With `groups`, only flows with one of them at an end.  A story counts once a status, and with
    its strongest claim; copies weigh nothing.  `layout`: where it is known already.
    """
    layout = layout or lay_out(corpus, periods)
    claims = corpus.claims
    rows, strength = story_flows(corpus, layout)
    width = len(corpus.groups) + 1  # -1, the unnamed end, takes the last place
    ends = (claims.source % width) * width + claims.target % width
    period_of = layout.period[claims.article]
    cell_of = period_of * width**2 + ends
    cells, place = np.unique(cell_of[rows], return_inverse=True)
    article, status = claims.article[rows], claims.status[rows]
    size = len(cells)
    once = np.unique(np.stack([place, status, article]), axis=1)
    counts = np.bincount(once[0] * len(STATUSES) + once[1], minlength=size * len(STATUSES))
    stories = np.unique(np.stack([place, article]), axis=1)[0]
    every = _articles_by_cell(cells, cell_of, claims.article, period_of)
    period, source, target = cells // width**2, cells // width % width, cells % width
    data: dict[str, object] = {
        "place": period,
        "from": _named(corpus, source),
        "to": _named(corpus, target),
        **{
            status: counts.reshape(size, len(STATUSES))[:, code]
            for code, status in enumerate(STATUSES)
        },
        "strength": sum_of_best((place, article), strength, place, size),
        "n_stories": np.bincount(stories, minlength=size),
        "n_articles": every,
        "intensity": intensity(corpus, layout, len(periods))[period],
        "revision": revisions_by_period(corpus, layout, len(periods))[period],
    }
    frame = pd.DataFrame(data)
    return _finished(frame, periods, shown, groups)


def _articles_by_cell(cells: Ints, cell_of: Ints, article: Ints, period: Ints) -> Ints:
    """How many articles, copies included, speak of each cell."""
    inside = period >= 0
    pairs = np.unique(np.stack([cell_of[inside], article[inside]]), axis=1)[0]
    found, count = np.unique(pairs, return_counts=True)
    return np.asarray(count[np.isin(found, cells)], np.int64)


def _named(corpus: Corpus, codes: Ints) -> npt.NDArray[np.object_]:
    return np.array([*corpus.groups, None], object)[codes]


def _finished(
    frame: pd.DataFrame, periods: Periods, shown: slice, groups: Sequence[str] | None
) -> pd.DataFrame:
    place = frame["place"]
    keep = (place >= shown.start) & (place < shown.stop)
    if groups is not None:
        keep &= frame["from"].isin(groups) | frame["to"].isin(groups)
    frame = frame[keep]
    order = np.lexsort((frame["to"].fillna(""), frame["from"].fillna(""), frame["place"]))
    frame = frame.iloc[order].reset_index(drop=True)
    place = frame["place"].to_numpy()
    frame["period"] = periods.labels[place]
    whole = period_columns(periods, slice(0, len(periods)), 1)
    for name, values in whole.items():
        frame[name] = values[place]  # type: ignore[index]
    return frame[names("flows")]


def intensity(corpus: Corpus, layout: Layout, n_periods: int) -> Floats:
    """Mean rotation intensity of the stories of each period; NaN without stories."""
    rows = np.flatnonzero(layout.counts)
    period = layout.period[rows]
    total = np.bincount(period, corpus.articles.intensity[rows], n_periods)
    count = np.bincount(period, minlength=n_periods)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(count > 0, total / count, np.nan), np.float64)


def flow_matrix(flows: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """Strength from each group (rows) to each (columns), summed over the periods of `flows`."""
    table = flows.pivot_table(
        index="from", columns="to", values="strength", aggfunc="sum", fill_value=0.0
    )
    return table.reindex(index=list(groups), columns=list(groups), fill_value=0.0)
