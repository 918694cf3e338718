"""The pictures over time and groups: heatmap and lines.  Each is one Altair chart, for any use."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from rotascope.report import grid
from rotascope.report.legend import swatches
from rotascope.report.sheet import SIGNED_LABEL, Chart, Sheet, finish, period_axis, pick
from rotascope.report.theme import FLOW_SHARES, INTERVAL, SCORE_BOUNDS, signed
from rotascope.wording import plural

ROW_HEIGHT = 30
_CELL_WIDTHS = (2, 88)
"""In pixels; where the narrowest do not fit, the picture is wider than was asked for."""
MOST_PERIODS = 1900
"""More make a picture of over 4,000 pixels at scale 1, twice that in a PNG."""
_TOUCH_WIDTH = 14
"""On a phone a cell must be wide enough for a finger: rather fewer periods than narrower cells."""
_NUMBERS_FROM = 30
"""Narrower cells, in pixels, hold no number."""
_NUMBER_EMS = 3.4
"""Width of +0.42, bold in a wide font, by the font's size."""


def recent(points: pd.DataFrame, sheet: Sheet) -> pd.DataFrame:
    """The points of the last periods, as many as a short sheet has room for; all on another."""
    if not sheet.short:
        return points
    keys = pd.Series([grid.period_key(period) for period in points["period"]], points.index)
    room = int((sheet.width - sheet.names_width) / _TOUCH_WIDTH)
    return points[keys.isin(sorted(keys.unique())[-room:])]


def heatmap(points: pd.DataFrame, sheet: Sheet) -> Chart:
    """Groups by periods, coloured by score; no news is a dash and no fill.

    A number in bold says that the 90 % interval leaves out zero.
    """
    cells = grid.complete(recent(points, sheet))
    cells["value"] = cells["score"]
    cells["sure"] = (cells["lo"] > 0) | (cells["hi"] < 0)
    cells["tip"] = [score_tip(row, sheet) for row in cells.to_dict("records")]
    return _cells(
        cells, sheet, bounds=SCORE_BOUNDS, kind="score", legend="Sentiment score", nothing="no news"
    )


def net_flow_heatmap(points: pd.DataFrame, sheet: Sheet) -> Chart:
    """Groups by periods, coloured by net flow; a period without a claim of a flow is empty."""
    cells = grid.complete(recent(points, sheet))
    claimed = (cells["inflow"].fillna(0) > 0) | (cells["outflow"].fillna(0) > 0)
    cells["value"] = cells["net_flow"].where(claimed)
    cells["sure"] = False
    cells["tip"] = [_flow_tip(row, sheet) for row in cells.to_dict("records")]
    peak = grid.nice_peak(0.8 * grid.symmetric_limit(cells["value"], floor=0.5))
    shares = [share * peak for share in FLOW_SHARES]
    bounds = (*(-share for share in reversed(shares)), *shares)
    return _cells(
        cells, sheet, bounds=bounds, kind="net", legend="Net flow, in stories", nothing="no claim"
    )


def score_tip(row: dict[str, Any], sheet: Sheet) -> str:
    """A cell in words: group, period, score, interval, stories."""
    head = f"{sheet.name(row['group'])}, {grid.period_name(row['key'], sheet.freq)}: "
    if math.isnan(row["score"]):
        return head + "no news"
    told = plural(row["n_stories"], "story")
    if math.isnan(row["lo"]):
        return f"{head}{signed(row['score'])}, {told}"
    interval = f"{INTERVAL} {signed(row['lo'])} to {signed(row['hi'])}"
    return f"{head}{signed(row['score'])} ({interval}), {told}"


def _flow_tip(row: dict[str, Any], sheet: Sheet) -> str:
    head = f"{sheet.name(row['group'])}, {grid.period_name(row['key'], sheet.freq)}: "
    if math.isnan(row["value"]):
        return head + "no claim of a flow"
    return f"{head}net {signed(row['net_flow'])} (in {row['inflow']:.2f}, out {row['outflow']:.2f})"


def _step(periods: int, sheet: Sheet) -> float:
    step = (sheet.width - sheet.names_width) / max(1, periods)
    return min(_CELL_WIDTHS[1], max(_CELL_WIDTHS[0], step))


def shows_numbers(points: pd.DataFrame, sheet: Sheet) -> bool:
    """Whether the cells of the heatmap are wide enough to hold their numbers."""
    return _step(recent(points, sheet)["period"].nunique(), sheet) >= _NUMBERS_FROM


def _cells(
    cells: pd.DataFrame,
    sheet: Sheet,
    *,
    bounds: tuple[float, ...],
    kind: str,
    legend: str,
    nothing: str,
) -> Chart:
    keys = sorted(cells["key"].unique())
    groups = grid.ordered(cells["group"])
    step = _step(len(keys), sheet)
    cells = cells.assign(
        name=[sheet.name(group) for group in cells["group"]],
        href=[
            pick(kind, group, key) for group, key in zip(cells["group"], cells["key"], strict=True)
        ],
        text=[signed(value, 1 if sheet.short else 2) for value in cells["value"]],
    )[["name", "key", "value", "text", "sure", "tip", "href"]]
    base = alt.Chart(cells).encode(
        x=alt.X(
            "key:O",
            axis=period_axis(keys, sheet, step=step, orient="top"),
            scale=alt.Scale(padding=0),
        ),
        y=alt.Y(
            "name:N",
            sort=[sheet.name(group) for group in groups],
            axis=alt.Axis(
                title=None,
                ticks=False,
                domain=False,
                labelLimit=200,
                labelPadding=8,
                minExtent=sheet.names_width - 8,
            ),
        ),
    )
    look = sheet.look
    colour = alt.Color(
        "value:Q",
        scale=alt.Scale(type="threshold", domain=list(bounds), range=list(look.scores)),
        legend=None,
    )
    known, missing = "isValid(datum.value)", "!isValid(datum.value)"
    filled = base.transform_filter(known).mark_rect(
        stroke=look.paper, strokeWidth=min(2.0, step / 8), cornerRadius=min(4, step // 8)
    )
    filled = filled.encode(color=colour, description="tip:N")
    filled = filled.encode(href="href:N") if sheet.links else filled.encode(tooltip="tip:N")
    gap = base.transform_filter(missing).mark_point(
        shape="stroke",
        size=min(60.0, (step / 2) ** 2),
        stroke=look.missing,
        strokeWidth=1.5,
        opacity=1,
    )
    layers: list[Any] = [gap.encode(description="tip:N"), filled]
    if step >= _NUMBERS_FROM:
        layers += [_numbers(base, sheet, bounds, step=step, sure=sure) for sure in (False, True)]
    chart = alt.layer(*layers).properties(
        width=alt.Step(step), height=alt.Step(26 if sheet.short else ROW_HEIGHT)
    )
    scale = swatches(
        sheet, title=legend, bounds=bounds, colours=look.scores, form="%+.3g", missing=nothing
    )
    return finish(alt.vconcat(chart, scale, spacing=12), sheet)


def _numbers(base: Any, sheet: Sheet, bounds: tuple[float, ...], *, step: float, sure: bool) -> Any:
    wanted = "datum.sure" if sure else "!datum.sure"
    ink = alt.Scale(type="threshold", domain=list(bounds), range=list(sheet.look.score_ink))
    text = base.transform_filter(f"isValid(datum.value) && {wanted}").mark_text(
        fontSize=10 if sheet.short else min(12, step / _NUMBER_EMS),
        fontWeight=700 if sure else 400,
        aria=False,
    )
    # `fill`, not `color`: layers share scales by channel, and that one holds the cells' colours.
    return text.encode(
        text="text:N",
        stroke=alt.value(None),
        fill=alt.Fill("value:Q", scale=ink, legend=None),
    )


def lines(points: pd.DataFrame, sheet: Sheet) -> Chart:
    """A panel per group: score, its 90 % interval, a gap where there was no news.

    A hollow point has too few stories for an interval.
    """
    cells = grid.complete(points)
    cells["when"] = [grid.period_moment(key) for key in cells["key"]]
    cells["name"] = [sheet.name(group) for group in cells["group"]]
    cells["alone"] = _alone(cells)
    cells["hollow"] = cells["score"].notna() & cells["lo"].isna()
    names = [sheet.name(group) for group in grid.ordered(cells["group"])]
    columns = min(len(names), 2 if sheet.width < 600 else 3)
    panel = (sheet.width - 60) / columns - 22
    reach = max(
        grid.symmetric_limit(cells["score"], floor=0.3),
        min(1.0, grid.symmetric_limit(pd.concat([cells["lo"], cells["hi"]]), floor=0.3)),
    )
    look = sheet.look
    apart = panel / max(1, cells["key"].nunique() - 1)
    data = cells[["name", "when", "score", "lo", "hi", "alone", "hollow"]]
    base = alt.Chart().encode(
        x=alt.X("when:T", axis=_time_axis(sorted(cells["when"].unique()), sheet))
    )
    height = alt.Y(
        "score:Q",
        scale=alt.Scale(domain=[-reach, reach], clamp=True),
        axis=alt.Axis(title=None, tickCount=3, labelExpr=SIGNED_LABEL, domain=False, ticks=False),
    )
    lo = alt.Y("lo:Q", scale=alt.Scale(domain=[-reach, reach], clamp=True), title=None)
    zero = alt.Chart().mark_rule(stroke=look.muted, strokeWidth=1).encode(y=alt.datum(0))
    # Dots as far as they leave the line to be seen: daily ones of years would cover it.
    dot = min(26.0, max(3.0, (0.7 * apart) ** 2))
    edge: dict[str, Any] = {"strokeWidth": 0.5} if dot < 12 else {}
    layers = [
        zero,
        base.mark_area(color=look.band, opacity=0.75, line=False).encode(y=lo, y2="hi:Q"),
        base.transform_filter("datum.alone")
        # Clipped, because half its width beyond the panel would lift the name of that panel.
        .mark_rule(stroke=look.band, strokeWidth=min(4.0, max(1.0, apart)), clip=True)
        .encode(y=lo, y2="hi:Q"),
        base.mark_line(color=look.accent, strokeWidth=2 if apart >= 4 else 1).encode(y=height),
        *(
            base.transform_filter(f"isValid(datum.score) && {wanted}")
            .mark_point(filled=True, size=dot, opacity=1, fill=fill, stroke=look.accent, **edge)
            .encode(y=height)
            for wanted, fill in (("!datum.hollow", look.accent), ("datum.hollow", look.paper))
        ),
    ]
    chart = alt.layer(*layers, data=data).properties(width=panel, height=86 if sheet.short else 104)
    faceted = chart.facet(
        facet=alt.Facet("name:N", sort=names, header=alt.Header(title=None, labelAnchor="start")),
        columns=columns,
        spacing={"row": 18, "column": 22},
    )
    return finish(faceted, sheet)


def _time_axis(moments: list[Any], sheet: Sheet) -> alt.Axis:
    """Labels for the first and the last period and, where there is room, the middle one."""
    places = {0, len(moments) - 1} | (set() if sheet.short else {len(moments) // 2})
    marked = [pd.Timestamp(moments[place]) for place in sorted(places)]
    crosses = marked[0].year != marked[-1].year
    return alt.Axis(
        title=None,
        values=[alt.DateTime(year=m.year, month=m.month, date=m.day, hours=m.hour) for m in marked],
        format="%b %Y" if crosses and sheet.freq != "H" else grid.axis_format(sheet.freq),
        grid=False,
        labelFlush=True,
        labelOverlap="greedy",
    )


def _alone(cells: pd.DataFrame) -> Any:
    """Whether an interval has no neighbour in time, so that no band shows it."""
    known = cells["lo"].notna()
    before = known.groupby(cells["group"]).shift(1, fill_value=False)
    after = known.groupby(cells["group"]).shift(-1, fill_value=False)
    return known & ~before & ~after
