"""The rotation graph: relative level by relative momentum, with paths and labels."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from rotascope.report import grid
from rotascope.report.placing import place_labels
from rotascope.report.sheet import SIGNED_LABEL, Chart, Sheet, finish, pick
from rotascope.report.theme import signed

_Spot = tuple[float, float]

_EDGE = 23
"""Pixels above and below the points for the quadrants' names, besides the height of these."""


def rotation(points: pd.DataFrame, sheet: Sheet, *, tail: int = 4) -> Chart:
    """Relative level by relative momentum, each group with the path of its last periods.

    Coordinates as in `grid.trails`.
    """
    rows = grid.trails(points, tail=tail)
    wide = sheet.width - 68
    high = round(wide * (0.95 if sheet.short else 0.62))
    names = 2 * (sheet.font_size + _EDGE)
    limits = [
        grid.symmetric_limit(rows["x"], floor=0.05),
        grid.symmetric_limit(rows["y"], floor=0.05, edge=min(0.5, names / high)),
    ]
    rows = rows.assign(
        name=[sheet.name(group) for group in rows["group"]],
        size=[1.0 - age / (tail + 1) for age in rows["age"]],
        tip=[_rotation_tip(row, sheet) for row in rows.to_dict("records")],
        href=[pick("score", g, k) for g, k in zip(rows["group"], rows["key"], strict=True)],
    )
    heads = rows[rows["age"] == 0]
    current = dict(zip(heads["group"], heads["quadrant"], strict=True))
    rows = rows.assign(now=[current[group] for group in rows["group"]])
    data = rows[["name", "x", "y", "age", "size", "now", "tip", "href"]]
    layers = [
        *_quadrants(limits, sheet),
        *_paths(data, limits, sheet),
        *_labels(data, limits, (wide, high), sheet),
    ]
    return finish(alt.layer(*layers).properties(width=wide, height=high), sheet)


def _rotation_tip(row: dict[str, Any], sheet: Sheet) -> str:
    return (
        f"{sheet.name(row['group'])}, {grid.period_name(row['key'], sheet.freq)}: "
        f"{row['quadrant']}, level {signed(row['x'])}, momentum {signed(row['y'])} (both relative)"
    )


def _axes(limits: list[float]) -> tuple[alt.X, alt.Y]:
    style: dict[str, Any] = {
        "grid": False,
        "tickCount": 5,
        "labelExpr": SIGNED_LABEL,
        "domain": False,
    }
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[-limits[0], limits[0]], nice=False),
        axis=alt.Axis(title="Sentiment level against the other groups  →  better", **style),
    )
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[-limits[1], limits[1]], nice=False),
        axis=alt.Axis(
            title="Momentum against the other groups  →  rising", titlePadding=10, **style
        ),
    )
    return x, y


def _quadrants(limits: list[float], sheet: Sheet) -> list[Any]:
    (right, top), look = limits, sheet.look
    corners = [(right, top), (right, -top), (-right, -top), (-right, top)]
    data = pd.DataFrame(
        {"x": x, "x2": 0.0, "y": y, "y2": 0.0, "quadrant": quadrant, "title": quadrant.capitalize()}
        for (x, y), quadrant in zip(corners, grid.QUADRANTS, strict=True)
    )
    x, y = _axes(limits)
    # `fill`, not `color`: that scale belongs to the paths, and layers share scales by channel.
    fill = alt.Fill(
        "quadrant:N",
        scale=alt.Scale(domain=list(grid.QUADRANTS), range=list(look.quadrant_fill)),
        legend=None,
    )
    areas = alt.Chart(data).mark_rect(aria=False).encode(x=x, x2="x2", y=y, y2="y2", fill=fill)
    cross = [
        alt.Chart(pd.DataFrame({axis: [0.0]}))
        .mark_rule(stroke=look.muted, strokeWidth=1, aria=False)
        .encode(**{axis: alt.X("x:Q") if axis == "x" else alt.Y("y:Q")})
        for axis in ("x", "y")
    ]
    names = [
        alt.Chart(data)
        .transform_filter(alt.datum.quadrant == quadrant)
        .mark_text(
            align="right" if x_corner > 0 else "left",
            baseline="top" if y_corner > 0 else "bottom",
            dx=-10 if x_corner > 0 else 10,
            dy=10 if y_corner > 0 else -10,
            fontSize=sheet.font_size + 2,
            fontWeight=600,
            color=colour,
        )
        .encode(x="x:Q", y="y:Q", text="title:N")
        for (x_corner, y_corner), quadrant, colour in zip(
            corners, grid.QUADRANTS, look.quadrants, strict=True
        )
    ]
    return [areas, *cross, *names]


def _paths(data: pd.DataFrame, limits: list[float], sheet: Sheet) -> list[Any]:
    x, y = _axes(limits)
    hue = alt.Scale(domain=list(grid.QUADRANTS), range=list(sheet.look.quadrants))
    thick = alt.Scale(domain=[0, 1], range=[0.6, 4])
    tails = (
        alt.Chart(data)
        .mark_trail(opacity=0.55, aria=False)
        .encode(
            x=x,
            y=y,
            order=alt.Order("age:Q", sort="descending"),
            detail="name:N",
            size=alt.Size("size:Q", scale=thick, legend=None),
            color=alt.Color("now:N", scale=hue, legend=None),
        )
    )
    dots = alt.Chart(data).encode(
        x=x, y=y, color=alt.Color("now:N", scale=hue, legend=None), description="tip:N"
    )
    dots = dots.encode(href="href:N") if sheet.links else dots.encode(tooltip="tip:N")
    steps = dots.transform_filter("datum.age > 0").mark_circle(size=26, opacity=0.8)
    heads = dots.transform_filter("datum.age == 0").mark_circle(
        size=150, opacity=1, stroke=sheet.look.paper, strokeWidth=1.5
    )
    return [tails, steps, heads]


def _labels(
    data: pd.DataFrame, limits: list[float], size: tuple[int, int], sheet: Sheet
) -> list[Any]:
    (right, top), (wide, high) = limits, size

    def pixels(rows: pd.DataFrame) -> list[tuple[float, float]]:
        return [
            ((x + right) / (2 * right) * wide, (top - y) / (2 * top) * high)
            for x, y in zip(rows["x"], rows["y"], strict=True)
        ]

    heads = data[data["age"] == 0].sort_values(["y", "x"], ascending=False)
    spots = [(x, y, name) for (x, y), name in zip(pixels(heads), heads["name"], strict=True)]
    places = place_labels(
        spots,
        width=wide,
        height=high,
        font_size=sheet.font_size,
        avoid=_along(data, pixels),
        corners=(9 * sheet.font_size, 2.5 * sheet.font_size),
    )
    placed = pd.DataFrame(
        {
            "name": list(heads["name"]),
            "x": [place.x / wide * 2 * right - right for place in places],
            "y": [top - place.y / high * 2 * top for place in places],
        }
    )
    ties = pd.DataFrame(
        [
            {
                "x": x / wide * 2 * right - right,
                "y": top - y / high * 2 * top,
                "x2": place.tie[0] / wide * 2 * right - right,
                "y2": top - place.tie[1] / high * 2 * top,
            }
            for place, (x, y, _) in zip(places, spots, strict=True)
            if place.tie
        ],
        columns=["x", "y", "x2", "y2"],
    )
    words: dict[str, Any] = {
        "align": "left",
        "baseline": "middle",
        "fontSize": sheet.font_size,
        "fontWeight": 600,
    }
    text = alt.Chart(placed).encode(x="x:Q", y="y:Q", text="name:N")
    halo = text.mark_text(
        **words,
        color=sheet.look.paper,
        stroke=sheet.look.paper,
        strokeWidth=3,
        strokeJoin="round",
        opacity=0.8,
        aria=False,
    )
    lines = (
        alt.Chart(ties)
        .mark_rule(stroke=sheet.look.muted, strokeWidth=0.8, aria=False)
        .encode(x="x:Q", y="y:Q", x2="x2", y2="y2")
    )
    return [*([lines] if len(ties) else []), halo, text.mark_text(**words, color=sheet.look.ink)]


def _along(
    data: pd.DataFrame, pixels: Callable[[pd.DataFrame], list[tuple[float, float]]]
) -> list[_Spot]:
    """Points on the paths, a few to each step, for labels to keep off."""
    found = []
    for _, path in data.sort_values("age").groupby("name", sort=False):
        spots = pixels(path)
        for (x, y), (x2, y2) in pairwise(spots):
            found += [(x + (x2 - x) * part / 4, y + (y2 - y) * part / 4) for part in (1, 2, 3, 4)]
    return found
