"""One row per period instead of one per period and group."""

from __future__ import annotations

import pandas as pd

from rotascope.timeseries.periods import Periods

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
"""What each group has a column of, named `group.value`; `group` alone is the score."""


def widen(table: pd.DataFrame, what: str, periods: Periods, shown: slice) -> pd.DataFrame:
    """Points: a column for each group with its score, then `group.lo` and so on.

    Flows: a column `from->to` for each pair of ends with its strength, 0 where nobody spoke of it.
    """
    return _wide_points(table) if what == "points" else _wide_flows(table, periods, shown)


def _wide_points(table: pd.DataFrame) -> pd.DataFrame:
    order = list(dict.fromkeys(table["group"]))
    values = list(POINT_VALUES)
    wide = table.pivot(index="period", columns="group", values=values)
    columns = [(value, group) for value in values for group in order]
    wide = wide.reindex(columns=pd.MultiIndex.from_tuples(columns))
    wide.columns = [group if value == "score" else f"{group}.{value}" for value, group in columns]
    for name in wide.columns:
        if name.rpartition(".")[2] in ("n_articles", "n_stories", "n_mentions"):
            wide[name] = wide[name].fillna(0).astype("int64")
    return _with_frame_columns(wide, table)


def _with_frame_columns(wide: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    common = ["period", "revision", "period_start", "period_end", "timezone"]
    first = table.drop_duplicates("period")[common].set_index("period")
    return wide.join(first).reset_index()


def _wide_flows(table: pd.DataFrame, periods: Periods, shown: slice) -> pd.DataFrame:
    ends = table["from"].fillna("") + "->" + table["to"].fillna("")
    wide = (
        table.assign(ends=ends)
        .pivot_table(index="period", columns="ends", values="strength", aggfunc="sum")
        .reindex(periods.labels[shown])
        .fillna(0.0)
    )
    wide.columns.name = None
    wide.index.name = "period"
    return wide.reset_index()
