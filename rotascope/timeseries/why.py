"""What made a point: every sentence behind it, with a weight, adding up to score and flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from rotascope.errors import UsageError
from rotascope.stance import STATUS_STRENGTH
from rotascope.store.dialect import chunks
from rotascope.store.schema import (
    analyses,
    articles,
    evidence,
    flows,
    from_micros,
    text_versions,
)
from rotascope.timeseries.grid import Layout, lay_out, make_grid
from rotascope.timeseries.groups import split_pair
from rotascope.timeseries.loading import Loaded
from rotascope.timeseries.periods import Periods
from rotascope.timeseries.points import points, shrinkage_factor

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence.  `contribution` = `weight` * `score`; all of them sum to the point.

    `weight`: story's share of the period * the evidence's share of its article; below zero for the
    second end of a pair.  `source`: mention, flow, or shrinkage (of no article).  `words`: what in
    the sentence the score is towards; `symbol`: the company's, where it speaks for its sector.
    `sentence` and `words` are None where texts are not kept.
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
    words: str | None = None
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a flow.  `direction`: in or out; the contributions of each sum to the column.

    `contribution`: confidence times the strength of its status; 0 where another claim of the same
    story is stronger.
    """

    direction: str
    contribution: float
    source: str | None
    target: str | None
    status: str
    confidence: float
    sentence: str | None
    title: str | None
    publisher: str
    url: str | None
    published_at: datetime
    article: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the series (its columns as `row`), and the reasons for its score and flows."""

    group: str
    row: dict[str, Any]
    reasons: tuple[Reason, ...]
    claims: tuple[Claim, ...]


def why(connection: sa.Connection, loaded: Loaded, period: str) -> Point:
    """The reasons for the one group that `loaded` was made for, in the period named.

    Largest contributions first; the shrinkage, where there is any, last.  Claims into the group go
    before claims out of it.
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
    claims = _claims(connection, loaded, layout, (group, place))
    claims.sort(key=lambda item: (item.direction, -item.contribution))
    return Point(group, row, tuple(reasons), tuple(claims))


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
        _reason(row, group, weights[row.analysis_id])
        for row in _rows(connection, evidence, evidence.c.group_id == group, ids)
    ]
    drawn = float(shrinkage_factor(grid.means.concentration, params)[place])
    if drawn < 1.0:
        total = sign * float(grid.means.mean[place])
        reasons.append(Reason(group, (drawn - 1.0) * total, drawn - 1.0, total, "shrinkage"))
    return reasons


def _claims(
    connection: sa.Connection, loaded: Loaded, layout: Layout, cell: tuple[str, int]
) -> list[Claim]:
    """Claims into and out of a group; for a pair `a-b`, from b to a and from a to b."""
    group, place = cell
    counted = layout.counts & (layout.period == place)
    ids = loaded.corpus.articles.analysis[counted]
    into, out = flows.c.to_group, flows.c.from_group
    ways: dict[str, sa.ColumnElement[bool]]
    if loaded.selection.kinds[group] == "pair":
        first, second = split_pair(group)
        ways = {
            "in": (into == first) & (out == second),
            "out": (out == first) & (into == second),
        }
    else:
        ways = {"in": into == group, "out": out == group}
    found: list[Claim] = []
    for direction, wanted in ways.items():
        rows = _rows(connection, flows, wanted, ids)
        rows.sort(key=lambda row: -_strength(row))  # stable: equals stay in their order
        told: set[int] = set()
        for row in rows:
            found.append(_claim(row, direction, 0.0 if row.analysis_id in told else _strength(row)))
            told.add(row.analysis_id)
    return found


def _strength(row: Any) -> float:
    return float(row.confidence * STATUS_STRENGTH.get(row.status, 0.0))


def _rows(connection: sa.Connection, table: sa.Table, wanted: Any, ids: Ints) -> list[Any]:
    """Rows of `table` for these analyses, with the text and the source that they are of."""
    query = (
        sa.select(
            table,
            text_versions.c.title,
            text_versions.c.text,
            articles.c.publisher,
            articles.c.url,
            articles.c.published_at,
            articles.c.key,
        )
        .join(analyses, analyses.c.id == table.c.analysis_id)
        .join(text_versions, text_versions.c.id == analyses.c.version_id)
        .join(articles, articles.c.id == text_versions.c.article_id)
        .where(wanted)
        .order_by(articles.c.published_at, articles.c.key, table.c.ordinal)
    )
    rows: list[Any] = []
    for part in chunks(ids.tolist()):
        rows.extend(connection.execute(query.where(table.c.analysis_id.in_(part))))
    return rows


def _reason(row: Any, group: str, share: float) -> Reason:
    score = row.positive - row.negative
    weight = share * row.weight
    return Reason(
        group=group,
        contribution=weight * score,
        weight=weight,
        score=score,
        source=row.source,
        sentence=_cut(row, row.sentence_start, row.sentence_end),
        words=_cut(row, row.start, row.end),
        symbol=row.symbol,
        **_told_by(row),
    )


def _claim(row: Any, direction: str, contribution: float) -> Claim:
    return Claim(
        direction=direction,
        contribution=contribution,
        source=row.from_group,
        target=row.to_group,
        status=row.status,
        confidence=row.confidence,
        sentence=_cut(row, row.start, row.end),
        **_told_by(row),
    )


def _told_by(row: Any) -> dict[str, Any]:
    return {
        "title": row.title,
        "publisher": row.publisher,
        "url": row.url,
        "published_at": row.published_at,
        "article": row.key,
        "field": row.field,
        "start": row.start,
        "end": row.end,
    }


def _cut(row: Any, start: int, end: int) -> str | None:
    whole = row.title if row.field == "title" else row.text
    return None if whole is None else whole[start:end]


def one_group(groups: Sequence[str]) -> str:
    """The one group that is asked for; raises UsageError for a family or several."""
    if len(groups) != 1:
        raise UsageError(f"name one group, not {', '.join(groups)}")
    return groups[0]


def last_moment(periods: Periods, period: str) -> str:
    """The last moment of the period named, as ISO text; raises UsageError for one without data."""
    return from_micros(int(periods.bounds[periods.find(period) + 1]) - 1).isoformat()
