"""The parts of the page: figures in two widths, the list of flows, the table of numbers."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from markupsafe import Markup

from rotascope.report import charts, grid, matrix, moves
from rotascope.report.contents import Report
from rotascope.report.sheet import Chart, Sheet, pick, to_inline_svg
from rotascope.report.theme import INTERVAL, VARIABLES, label, signed
from rotascope.wording import plural

WIDE, NARROW = 880, 358
"""Widths of the pictures: beside a 940 px column's margins, and on a phone of 390 px."""

FLOWS_LISTED = 10


def _figure(
    draw: Any, name: str, report: Report, *, title: str = "", caption: str = ""
) -> dict[str, Any]:
    """The picture drawn twice, wide and narrow; `draw` makes a chart for a sheet."""
    pictures = {}
    for size, width in (("wide", WIDE), ("narrow", NARROW)):
        sheet = Sheet(
            look=VARIABLES, width=width, short=size == "narrow", links=True, freq=report.freq
        )
        chart: Chart = draw(sheet)
        svg = to_inline_svg(chart, prefix=f"{name}-{size}")
        pictures[size] = Markup(svg)
    return {"title": title, "caption": caption, **pictures}


def blocks(points: pd.DataFrame, report: Report) -> list[dict[str, Any] | None]:
    """The sections of the page in order; None for one that has nothing to show."""
    return [
        _sentiment_block(points, report),
        _rotation_block(points, report),
        _flow_block(points, report),
        _lines_block(points, report),
    ]


def _sentiment_block(points: pd.DataFrame, report: Report) -> dict[str, Any]:
    figures = []
    own = "Styles and own groups" if "custom" in set(points["kind"]) else "Styles"
    families = (
        (("sector",), "Sectors"),
        (("style", "custom"), own),
        (("ticker", "pair"), "Companies and pairs"),
    )
    for kinds, title in families:
        part = points[points["kind"].isin(kinds)]
        if len(part):
            figures.append(
                _figure(
                    lambda sheet, part=part: charts.heatmap(part, sheet),
                    f"heat-{kinds[0]}",
                    report,
                    title=title,
                )
            )
    bold = f" In bold: the {INTERVAL} leaves out zero."
    figures[-1]["caption"] = (
        "Blue is positive, orange negative, grey neutral; a dash means no news at all."
        f"{bold if charts.shows_numbers(points, Sheet(width=WIDE)) else ''}"
        " Click a cell to read the sentences behind it."
    )
    return {
        "id": "sentiment",
        "title": "Sentiment by group and time",
        "lead": "How the news speaks of each group.",
        "recent": _recent_note(points),
        "figures": figures,
    }


def _recent_note(points: pd.DataFrame) -> str:
    """What a phone does not show, if anything."""
    shown = int(charts.recent(points, Sheet(width=NARROW, short=True))["period"].nunique())
    if shown == points["period"].nunique():
        return ""
    return f" On this narrow screen: the last {plural(shown, 'period')}."


def _leading_kind(points: pd.DataFrame) -> pd.DataFrame:
    """The sectors; where none were asked for, everything."""
    sectors = points[points["kind"] == "sector"]
    return sectors if len(sectors) else points


def _rotation_block(points: pd.DataFrame, report: Report) -> dict[str, Any] | None:
    sectors = _leading_kind(points)
    if grid.trails(sectors, tail=0)["group"].nunique() < grid.FEWEST_TO_COMPARE:
        return None
    return {
        "id": "rotation",
        "title": "Rotation graph",
        "lead": "Where each group stands against the others, and where it is heading.",
        "figures": [
            _figure(
                lambda sheet: moves.rotation(sectors, sheet, tail=2 if sheet.short else 4),
                "rotation",
                report,
                caption="To the right: better spoken of than the mean. Up: gaining on it. "
                "Groups tend to travel clockwise. The tail is the path of the last periods; "
                "the level is the smoothed score.",
            )
        ],
    }


def _flow_block(points: pd.DataFrame, report: Report) -> dict[str, Any] | None:
    sums = grid.flow_matrix(report.flows) if len(report.flows) else report.flows
    sums = sums[sums["strength"] > 0] if len(sums) else sums
    if not len(sums):
        return None
    moving = points[(points["inflow"].fillna(0) > 0) | (points["outflow"].fillna(0) > 0)]
    part = points[points["group"].isin(moving["group"].unique())]
    figures = []
    if len(part):
        figures.append(
            _figure(
                lambda sheet: charts.net_flow_heatmap(part, sheet),
                "net",
                report,
                title="Net flow by period",
                caption="Claims that money or leadership enters a group, less claims it leaves.",
            )
        )
    figures.append(
        _figure(
            lambda sheet: matrix.flows(report.flows, sheet),
            "matrix",
            report,
            title="Out of each row, into each column, over all periods shown",
            caption=f"{cut}." if (cut := matrix.cut(report.flows)) else "",
        )
    )
    return {
        "id": "flows",
        "title": "Flows",
        "lead": "Where the news says that money moves, from which group to which.",
        "recent": _recent_note(points),
        "figures": figures,
        "flows": _flow_list(sums),
    }


def _flow_list(sums: pd.DataFrame) -> list[dict[str, Any]]:
    both = sums[(sums["source"] != "") & (sums["target"] != "")]
    best = (both if len(both) else sums).head(FLOWS_LISTED)
    peak = float(best["strength"].max())
    listed = []
    for row in best.to_dict("records"):
        names = label(row["source"]), label(row["target"])
        listed.append(
            {
                "href": pick("flow", row["source"], row["target"]),
                "source": names[0],
                "target": names[1],
                "share": round(100 * row["strength"] / peak, 1),
                "strength": f"{row['strength']:.1f}",
                "tip": f"{names[0]} → {names[1]}, all periods shown",
            }
        )
    return listed


def _lines_block(points: pd.DataFrame, report: Report) -> dict[str, Any]:
    sectors = _leading_kind(points)
    return {
        "id": "lines",
        "title": "Scores with their intervals",
        "lead": f"The band is the {INTERVAL}. A gap is a period without news; a hollow point "
        "has too few stories for an interval.",
        "figures": [_figure(lambda sheet: charts.lines(sectors, sheet), "lines", report)],
    }


def table(points: pd.DataFrame, key: str) -> dict[str, Any]:
    """The numbers of the period `key`, the best score first."""
    cells = grid.complete(points)
    rows = cells[cells["key"] == key].to_dict("records")
    head = [
        "Group",
        "Score",
        "90 % interval",
        "Stories",
        "Articles",
        "Inflow",
        "Outflow",
        "Attention",
    ]
    body = []
    for row in sorted(rows, key=lambda row: (math.isnan(row["score"]), -row["score"])):
        known = not math.isnan(row["score"])
        interval = not math.isnan(row["lo"])
        body.append(
            [
                label(row["group"]),
                signed(row["score"]) if known else "no news",
                f"{signed(row['lo'])} to {signed(row['hi'])}" if interval else "–",
                row["n_stories"],
                row["n_articles"],
                *(f"{row[c]:.1f}" if row[c] > 0 else "–" for c in ("inflow", "outflow")),
                f"{100 * row['attention']:.0f} %" if row["attention"] > 0 else "–",
            ]
        )
    return {"head": head, "rows": body}
