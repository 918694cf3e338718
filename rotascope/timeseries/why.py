"""What made a point: every sentence behind it, with a weight, adding up to the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from rotascope.errors import UsageError
from rotascope.store.dialect import chunks
from rotascope.store.schema import analyses, articles, evidence, text_versions
from rotascope.timeseries.grid import Layout, lay_out, make_grid
from rotascope.timeseries.groups import split_pair
from rotascope.timeseries.loading import Loaded
from rotascope.timeseries.points import points, shrinkage_factor

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence.  `contribution` = `weight` * `score`; all of them sum to the point.

    `weight`: story's share of the period * the evidence's share of its article; below zero for the
    second end of a pair.  `source`: mention, flow, or shrinkage (of no article).
    `sentence` is None where texts are not kept.
    """

    group: str
    contribution: float
    weight: float
    score: float
    source: str
    sentence: str | None = None
    title: str | None = None
    publisher: str = ""
    url: str | None = None
    published_at: datetime | None = None
    article: str | None = None
    field: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the series (its columns as `row`) and the reasons for its score."""

    group: str
    row: dict[str, Any]
    reasons: tuple[Reason, ...]


def why(connection: sa.Connection, loaded: Loaded, period: str) -> Point:
    """The reasons for the one group that `loaded` was made for, in the period named.

    Largest contributions first; the shrinkage, where there is any, last.
    Raises UsageError for a period without data.
    """
    (group,) = loaded.selection.groups
    place = loaded.periods.find(period)
    shown = slice(place, place + 1)
    table = points(loaded.corpus, loaded.periods, loaded.selection, loaded.params, shown)
    row: dict[str, Any] = table.iloc[0].to_dict()
    layout = lay_out(loaded.corpus, loaded.periods)
    pair = loaded.selection.kinds[group] == "pair"
    ends = ((split_pair(group)[0], 1.0), (split_pair(group)[1], -1.0)) if pair else ((group, 1.0),)
    reasons: list[Reason] = []
    for end, sign in ends:
        reasons.extend(_of_group(connection, loaded, layout, (end, place, sign)))
    reasons.sort(key=lambda item: (item.source == "shrinkage", -abs(item.contribution)))
    return Point(group, row, tuple(reasons))


def _of_group(
    connection: sa.Connection, loaded: Loaded, layout: Layout, cell: tuple[str, int, float]
) -> list[Reason]:
    group, place, sign = cell
    corpus, params = loaded.corpus, loaded.params
    grid = make_grid(corpus, layout, [group], len(loaded.periods), params)
    inside = np.flatnonzero(grid.row_cells == place)
    if not len(inside):
        return []
    shares = sign * grid.means.share[inside]
    ids = corpus.articles.analysis[corpus.scores.article[grid.rows[inside]]]
    weights = dict(zip(ids.tolist(), shares.tolist(), strict=True))
    reasons = [
        _reason(row, group, weights[row.analysis_id]) for row in _rows(connection, group, ids)
    ]
    drawn = float(shrinkage_factor(grid.means, params)[place])
    if drawn < 1.0:
        total = sign * float(grid.means.mean[place])
        reasons.append(Reason(group, (drawn - 1.0) * total, drawn - 1.0, total, "shrinkage"))
    return reasons


def _rows(connection: sa.Connection, group: str, ids: Ints) -> list[Any]:
    query = (
        sa.select(
            evidence,
            text_versions.c.title,
            text_versions.c.text,
            articles.c.publisher,
            articles.c.url,
            articles.c.published_at,
            articles.c.key,
        )
        .join(analyses, analyses.c.id == evidence.c.analysis_id)
        .join(text_versions, text_versions.c.id == analyses.c.version_id)
        .join(articles, articles.c.id == text_versions.c.article_id)
        .where(evidence.c.group_id == group)
        .order_by(articles.c.published_at, articles.c.key, evidence.c.ordinal)
    )
    rows: list[Any] = []
    for part in chunks(ids.tolist()):
        rows.extend(connection.execute(query.where(evidence.c.analysis_id.in_(part))))
    return rows


def _reason(row: Any, group: str, share: float) -> Reason:
    score = row.positive - row.negative
    weight = share * row.weight
    whole = row.title if row.field == "title" else row.text
    return Reason(
        group=group,
        contribution=weight * score,
        weight=weight,
        score=score,
        source=row.source,
        sentence=None if whole is None else whole[row.sentence_start : row.sentence_end],
        title=row.title,
        publisher=row.publisher,
        url=row.url,
        published_at=row.published_at,
        article=row.key,
        field=row.field,
        start=row.start,
        end=row.end,
    )


def one_group(groups: Sequence[str]) -> str:
    """The one group that is asked for; raises UsageError for a family or several."""
    if len(groups) != 1:
        raise UsageError(f"name one group, not {', '.join(groups)}")
    return groups[0]
