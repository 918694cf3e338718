"""One row per period instead of one per period and group."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import pandas as pd

from rotascope.errors import UsageError
from rotascope.timeseries.periods import Periods
from rotascope.timeseries.points import period_columns

POINT_VALUES = (
    "score",
    "lo",
    "hi",
    "n_articles",
    "n_stories",
    "n_mentions",
    "positive",
    "neutral",
    "negative",
    "dispersion",
    "inflow",
    "outflow",
    "net_flow",
    "attention",
    "level",
    "level_z",
    "momentum",
)
"""What a group can have a column of, named `group.value`; `group` alone is the score."""

_COUNTS = ("n_articles", "n_stories", "n_mentions")
"""The values that are whole numbers, 0 in a period without news."""

_OF_PERIOD = ("revision", "period_start", "period_end", "timezone")
"""The columns that tell of the period, as a long table has them."""

ALL_VALUES = "all"
"""The name that asks for every one of them."""


def choose_values(asked: str | Sequence[str] | None, *, what: str, wide: bool) -> list[str]:
    """The values that a wide table of points has columns of: those asked for, else the score.

    Raises UsageError for an unknown value, and where the table is not one of wide points.
    """
    if asked is None:
        return ["score"]
    if not wide or what != "points":
        raise UsageError(
            "values are chosen for wide points only: add --wide (wide=True), or leave them out,"
            " as a long table has them all"
        )
    names = asked.split(",") if isinstance(asked, str) else asked
    values = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if ALL_VALUES in values:
        return list(POINT_VALUES)
    for value in values:
        if value not in POINT_VALUES:
            near = get_close_matches(value, POINT_VALUES, n=1)
            mend = f"did you mean {near[0]}?" if near else f"choose of {', '.join(POINT_VALUES)}"
            raise UsageError(f"unknown value {value!r}; {mend}")
    return values or ["score"]


def widen(
    table: pd.DataFrame,
    what: str,
    periods: Periods,
    shown: slice,
    *,
    values: Sequence[str],
    groups: Sequence[str],
    revisions: Sequence[str],
) -> pd.DataFrame:
    """Points: for each of `values`, in their order, a column for each group; `groups` always.

    Flows: a column `from->to` for each pair of ends with its strength, 0 where nobody spoke of it.
    Both end with what a long table says of each period: `_OF_PERIOD`.
    Raises UsageError for a group, of an older configuration, whose column would be named like one
    of these.
    """
    return (
        _wide_points(table, values, groups)
        if what == "points"
        else _wide_flows(table, periods, shown, revisions)
    )


def _wide_points(table: pd.DataFrame, values: Sequence[str], groups: Sequence[str]) -> pd.DataFrame:
    order = list(dict.fromkeys([*table["group"], *groups]))
    if taken := next((group for group in order if group in ("period", *_OF_PERIOD)), None):
        raise UsageError(
            f"the group {taken!r} is named like a column of every wide table;"
            " leave it out of --groups, or --wide (wide=True)"
        )
    wide = table.pivot(index="period", columns="group", values=list(values))
    columns = [(value, group) for value in values for group in order]
    wide = wide.reindex(columns=pd.MultiIndex.from_tuples(columns))
    parts = [
        wide[value].fillna(0).astype("int64") if value in _COUNTS else wide[value]
        for value in values
    ]
    wide = pd.concat(parts, axis=1)
    wide.columns = [group if value == "score" else f"{group}.{value}" for value, group in columns]
    return _with_frame_columns(wide, table)


def _with_frame_columns(wide: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    first = table.drop_duplicates("period").set_index("period")[list(_OF_PERIOD)]
    return wide.join(first).reset_index()


def _wide_flows(
    table: pd.DataFrame, periods: Periods, shown: slice, revisions: Sequence[str]
) -> pd.DataFrame:
    ends = table["from"].fillna("") + "->" + table["to"].fillna("")
    labels = periods.labels[shown]
    wide = (
        table.assign(ends=ends)
        .pivot_table(index="period", columns="ends", values="strength", aggfunc="sum")
        .reindex(labels)
        .fillna(0.0)
    )
    wide.columns.name = None
    wide.index.name = "period"
    # Where revisions are mixed, that of a period is known from its flows alone.
    told = table.drop_duplicates("period").set_index("period")["revision"].reindex(labels)
    named = told if len(revisions) > 1 else told.fillna(revisions[0])
    own: dict[str, object] = {"revision": named.array, **period_columns(periods, shown, 1)}
    text = table["revision"].dtype
    frame = pd.DataFrame({name: own[name] for name in _OF_PERIOD}, index=wide.index)
    return wide.join(frame.astype({"revision": text, "timezone": text})).reset_index()
