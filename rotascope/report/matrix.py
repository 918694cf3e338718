"""The flow matrix: strength of the flow out of each row into each column."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from rotascope.report import grid
from rotascope.report.legend import swatches
from rotascope.report.sheet import Chart, Sheet, finish, pick
from rotascope.report.theme import FLOW_SHARES

MAX_FLOW_GROUPS = 14
"""Groups in a flow matrix, the busiest first; more would leave no room to read."""


def flows(frame: pd.DataFrame, sheet: Sheet) -> Chart:
    """From (rows) to (columns), coloured by the strength of the flow over the periods given."""
    sums = _strong(frame)
    groups = busiest(sums)
    sums = sums[sums["source"].isin(groups) & sums["target"].isin(groups)]
    rows = sums.to_dict("records")
    cells = sums.assign(
        source_name=[sheet.name(row["source"]) for row in rows],
        target_name=[sheet.name(row["target"]) for row in rows],
        tip=[_matrix_tip(row, sheet) for row in rows],
        href=[pick("flow", row["source"], row["target"]) for row in rows],
    )
    sources, targets = (
        [sheet.name(group) for group in groups if group in set(sums[end])]
        for end in ("source", "target")
    )
    empty = pd.DataFrame(
        [
            {"source_name": source, "target_name": target}
            for source in sources
            for target in targets
            if source != target
        ]
    )
    return finish(_matrix(cells, empty, (sources, targets), sheet), sheet)


def cut(frame: pd.DataFrame) -> str:
    """What the matrix of `frame` leaves out, as words; empty where it shows all groups."""
    sums = _strong(frame)
    shown, every = busiest(sums), {*sums["source"], *sums["target"]}
    if len(shown) == len(every):
        return ""
    inside = sums[sums["source"].isin(shown) & sums["target"].isin(shown)]
    # rounded down: what is cut is never "100 %"
    share = int(100 * inside["strength"].sum() / sums["strength"].sum())
    return f"The {len(shown)} busiest of {len(every)} groups, with {share} % of the strength"


def _strong(frame: pd.DataFrame) -> pd.DataFrame:
    sums = grid.flow_matrix(frame)
    return sums[sums["strength"] > 0]


def busiest(sums: pd.DataFrame) -> list[str]:
    """The groups with the most flow in and out, in the project's order; unnamed ends ("") last."""
    ends = (sums.groupby(end)["strength"].sum() for end in ("source", "target"))
    total: dict[str, float] = {}
    for strengths in ends:
        for group, strength in strengths.items():
            total[group] = total.get(group, 0.0) + float(strength)
    best = sorted(total, key=lambda group: (-total[group], group))[:MAX_FLOW_GROUPS]
    return [*grid.ordered(group for group in best if group), *([""] if "" in best else [])]


def _matrix_tip(row: dict[str, Any], sheet: Sheet) -> str:
    counts = ", ".join(
        f"{int(row[status])} {status}"
        for status in ("asserted", "denied", "hypothetical", "past")
        if row[status]
    )
    ends = f"{sheet.name(row['source'])} → {sheet.name(row['target'])}"
    return f"{ends}: strength {row['strength']:.1f} ({counts})"


def _matrix(
    cells: pd.DataFrame,
    empty: pd.DataFrame,
    order: tuple[list[str], list[str]],
    sheet: Sheet,
) -> Any:
    look, (sources, targets) = sheet.look, order
    step = min(64, max(19, (sheet.width - sheet.names_width - 24) / len(targets)))
    axis: dict[str, Any] = {"ticks": False, "domain": False, "labelLimit": 180, "labelPadding": 8}
    x = alt.X(
        "target_name:N",
        sort=targets,
        scale=alt.Scale(domain=targets),
        axis=alt.Axis(
            orient="top",
            labelAngle=-50,
            title="into  →",
            titleAnchor="start",
            titlePadding=6,
            **axis,
        ),
    )
    y = alt.Y(
        "source_name:N",
        sort=sources,
        scale=alt.Scale(domain=sources),
        axis=alt.Axis(title="out of", titlePadding=24, **axis),
    )
    peak = grid.nice_peak(0.8 * float(cells["strength"].max()))
    bounds = [share * peak for share in FLOW_SHARES]

    def scale(colours: tuple[str, ...]) -> alt.Scale:
        return alt.Scale(type="threshold", domain=bounds, range=list(colours))

    blank = (
        alt.Chart(empty)
        .mark_rect(fill=look.empty, stroke=look.paper, strokeWidth=2, cornerRadius=4, aria=False)
        .encode(x=x, y=y)
    )
    filled = (
        alt.Chart(cells)
        .mark_rect(stroke=look.paper, strokeWidth=2, cornerRadius=4)
        .encode(
            x=x,
            y=y,
            color=alt.Color("strength:Q", scale=scale(look.flows), legend=None),
            description="tip:N",
        )
    )
    filled = filled.encode(href="href:N") if sheet.links else filled.encode(tooltip="tip:N")
    layers = [blank, filled]
    if step >= 26:
        layers.append(
            alt.Chart(cells)
            .mark_text(fontSize=sheet.font_size, aria=False)
            .encode(
                x=x,
                y=y,
                text=alt.Text("strength:Q", format=".1f"),
                fill=alt.Fill("strength:Q", scale=scale(look.flow_ink), legend=None),
            )
        )
    matrix = alt.layer(*layers).properties(
        width=alt.Step(step), height=alt.Step(max(24, step * 0.7))
    )
    legend = swatches(
        sheet, title="Strength, in stories", bounds=bounds, colours=look.flows, form="%.3g"
    )
    return alt.vconcat(matrix, legend, spacing=12)
