"""Articles and their scores laid into periods and groups: the sums that points are made of.

Grids have the shape (periods, groups); sums run over the articles in their canonical order, so the
same stored analyses give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rotascope.stance import STATUS_STRENGTH
from rotascope.timeseries.corpus import STATUSES, Corpus, Scores
from rotascope.timeseries.intervals import Means, cell_means
from rotascope.timeseries.novelty import counted
from rotascope.timeseries.params import Params
from rotascope.timeseries.periods import Periods

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

RELEVANCE_FLOOR = 0.05
"""A group that is only the end of a flow has relevance 0 and yet is spoken of."""

STRENGTH = np.array([STATUS_STRENGTH.get(status, 0.0) for status in STATUSES])
_MAX_ENTROPY = float(np.log(3.0))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each article belongs: its period (-1: none) and whether it stands for its story."""

    period: Ints
    counts: Bools


@dataclass(frozen=True, slots=True)
class Grid:
    """Sums over stories; shape (periods, groups) each, `means` flat.  `rows`: what they are over.

    `rows` index `Corpus.scores`; `row_cells` are their cells, period * groups + group.
    """

    means: Means
    n_articles: Ints
    n_mentions: Ints
    positive: Floats
    neutral: Floats
    negative: Floats
    rows: Ints
    row_cells: Ints


def lay_out(corpus: Corpus, periods: Periods) -> Layout:
    """Put every article into its period, and find those that count."""
    period = periods.locate(corpus.articles.published)
    return Layout(period, counted(corpus.articles, corpus.links, period) & (period >= 0))


def story_weights(scores: Scores, confidence: float) -> Floats:
    """relevance * certainty; certainty = 1 - confidence * entropy / log 3 of the probabilities."""
    relevance = np.maximum(scores.relevance, RELEVANCE_FLOOR)
    if confidence == 0.0:
        return relevance
    entropy = np.zeros(len(relevance))
    for column in (scores.negative, scores.neutral, scores.positive):
        entropy -= column * np.log(np.maximum(column, 1e-12))
    return relevance * (1.0 - confidence * np.clip(entropy / _MAX_ENTROPY, 0.0, 1.0))


def make_grid(
    corpus: Corpus, layout: Layout, groups: Sequence[str], n_periods: int, params: Params
) -> Grid:
    """The sums for `groups`, in their order."""
    scores = corpus.scores
    shape = (n_periods, len(groups))
    width, size = len(groups), n_periods * len(groups)
    place = {group: column for column, group in enumerate(groups)}
    columns = np.array([place.get(group, -1) for group in corpus.groups] or [-1], np.int64)
    column = columns[scores.group]
    period = layout.period[scores.article]
    shown = np.flatnonzero((column >= 0) & (period >= 0))
    rows = shown[layout.counts[scores.article[shown]]]
    cells = period[rows] * width + column[rows]

    picked = Scores(*(getattr(scores, name)[rows] for name in Scores.__slots__))
    means = cell_means(
        picked.positive - picked.negative, story_weights(picked, params.confidence), cells, size
    )
    empty = means.count == 0

    def mean(values: Floats) -> Floats:
        sums = np.bincount(cells, means.share * values, size)
        return np.where(empty, np.nan, sums).reshape(shape)

    mentions = np.bincount(cells, picked.mentions, size).astype(np.int64).reshape(shape)
    articles = np.bincount(period[shown] * width + column[shown], minlength=size)
    return Grid(
        means=means,
        n_articles=articles.reshape(shape),
        n_mentions=mentions,
        positive=mean(picked.positive),
        neutral=mean(picked.neutral),
        negative=mean(picked.negative),
        rows=rows,
        row_cells=cells,
    )


def attention(corpus: Corpus, layout: Layout, kinds: Sequence[str], mentions: Ints) -> Floats:
    """Share of the mentions of all groups of the same kind, shown or not.

    `kinds`: of the columns of `mentions`, whose shape is (periods, groups).
    """
    scores = corpus.scores
    every = sorted({*corpus.kinds, *kinds})
    kind_of = np.array([every.index(kind) for kind in corpus.kinds] or [0], np.int64)
    rows = np.flatnonzero(layout.counts[scores.article])
    cells = layout.period[scores.article[rows]] * len(every) + kind_of[scores.group[rows]]
    size = len(mentions) * len(every)
    totals = np.bincount(cells, scores.mentions[rows], size).reshape(len(mentions), len(every))
    own = totals[:, [every.index(kind) for kind in kinds]]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(own > 0, mentions / own, np.nan), np.float64)


def story_flows(corpus: Corpus, layout: Layout) -> tuple[Ints, Floats]:
    """The claims of the articles that count, and how strong each is: confidence * its status."""
    rows = np.flatnonzero(layout.counts[corpus.claims.article])
    return rows, corpus.claims.confidence[rows] * STRENGTH[corpus.claims.status[rows]]


def sum_of_best(keys: Sequence[Ints], values: Floats, cells: Ints, size: int) -> Floats:
    """Sum over cells of the largest value for each combination of `keys` (such as the story)."""
    if not len(values):
        return np.zeros(size)
    order = np.lexsort((-values, *reversed(keys)))
    stacked = np.stack([key[order] for key in keys])
    new = np.r_[True, np.any(stacked[:, 1:] != stacked[:, :-1], axis=0)]
    best = order[new]
    return np.asarray(np.bincount(cells[best], values[best], size), np.float64)
