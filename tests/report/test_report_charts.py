"""The pictures: what they show, read back from their Vega-Lite data and their SVG."""

from __future__ import annotations

import math
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
import report_world as world

from rotascope.report import charts, grid, matrix, moves
from rotascope.report.placing import Placed, place_labels, text_width
from rotascope.report.sheet import Sheet, to_inline_svg, to_png, to_svg
from rotascope.report.theme import DARK, LIGHT, VARIABLES, Look, css_variables, label, signed
from rotascope.report.ticks import period_ticks
from rotascope_nlp.groups import SECTORS, STYLES

SHEET = Sheet(freq="W", title="A title & more", subtitle="and a line")
SECTOR_POINTS = world.points(groups=list(SECTORS))
DRAW = {
    "heatmap": lambda sheet: charts.heatmap(SECTOR_POINTS, sheet),
    "net": lambda sheet: charts.net_flow_heatmap(SECTOR_POINTS, sheet),
    "lines": lambda sheet: charts.lines(SECTOR_POINTS, sheet),
    "rotation": lambda sheet: moves.rotation(SECTOR_POINTS, sheet),
    "flows": lambda sheet: matrix.flows(world.flows(), sheet),
}


def texts(svg: str) -> list[str]:
    """The words that can be seen; labels that would touch are there, but transparent."""
    nodes = ElementTree.fromstring(svg).iter()
    return [
        node.text or ""
        for node in nodes
        if node.tag.endswith("text") and node.get("opacity") != "0"
    ]


@pytest.mark.parametrize("kind", DRAW)
def test_every_picture_is_drawn_as_svg_with_its_title(kind: str) -> None:
    shown = texts(to_svg(DRAW[kind](SHEET)))
    assert "A title & more" in shown
    assert any("Energy" in text for text in shown)


def test_a_picture_is_drawn_as_png() -> None:
    assert to_png(DRAW["heatmap"](SHEET)).startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", DRAW)
def test_a_picture_for_the_page_has_the_page_s_colours_and_local_links(kind: str) -> None:
    sheet = Sheet(look=VARIABLES, width=358, short=True, links=True, freq="W")
    svg = to_inline_svg(DRAW[kind](sheet), prefix="p")
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none", "transparent"}
    assert {colour for colour in colours if not colour.startswith("var(--")} <= {"#ddd", "#888"}
    links = re.findall(r'href="([^"]+)"', svg)
    assert all(link.startswith("#pick=") for link in links)
    assert bool(links) == (kind != "lines")
    width = float(re.search(r' width="([\d.]+)"', svg).group(1))  # type: ignore[union-attr]
    assert width <= 372


def test_every_variable_that_pictures_use_is_declared() -> None:
    used = set(re.findall(r"var\((--[\w-]+)\)", repr(VARIABLES)))
    for look in (LIGHT, DARK):
        assert used == set(re.findall(r"(--[\w-]+):", css_variables(look)))


def cells_of(chart: Any) -> dict[tuple[str, str], dict[str, Any]]:
    data = [row for rows in chart.to_dict()["datasets"].values() for row in rows if "tip" in row]
    return {(row["name"], row["key"]): row for row in data}


def test_no_news_is_a_dash_and_neutral_is_a_grey_cell() -> None:
    table = world.points(groups=["energy", "utilities"], weeks=2)
    table["score"] = [math.nan, 0.0, 0.3, -0.2]
    table["n_stories"] = [0, 2, 2, 2]
    table["lo"], table["hi"] = table["score"] - 0.1, table["score"] + 0.1
    cells = cells_of(charts.heatmap(table, SHEET))
    assert cells["Energy", "2026-01-05"]["value"] is None
    assert cells["Energy", "2026-01-05"]["tip"].endswith("no news")
    svg = to_svg(charts.heatmap(table, SHEET))
    assert svg.count(f'fill="{LIGHT.scores[4]}"') == 2  # the neutral cell, and the legend's
    assert "no news" in texts(svg)


def test_bold_says_that_the_interval_leaves_out_zero() -> None:
    table = world.points(groups=["energy"], weeks=3)
    table["score"], table["n_stories"] = [0.3, 0.3, -0.3], 3
    table["lo"], table["hi"] = [0.1, -0.1, -0.5], [0.5, 0.7, -0.1]
    sure = [row["sure"] for row in cells_of(charts.heatmap(table, SHEET)).values()]
    assert sure == [True, False, True]


def test_a_group_without_a_row_in_a_period_is_missing_there() -> None:
    table = world.points(groups=["energy", "utilities"], weeks=3).iloc[:-1]
    assert len(grid.complete(table)) == 6
    assert math.isnan(grid.complete(table).iloc[-1]["score"])


def test_a_net_flow_without_a_claim_is_missing_not_zero() -> None:
    table = world.points(groups=["energy"], weeks=2)
    table["inflow"], table["outflow"], table["net_flow"] = [0.0, 1.0], [0.0, 1.0], [0.0, 0.0]
    values = [row["value"] for row in cells_of(charts.net_flow_heatmap(table, SHEET)).values()]
    assert values == [None, 0.0]


def test_the_rotation_graph_is_relative_to_the_groups_shown() -> None:
    table = world.points(groups=["energy", "utilities", "materials"], weeks=4)
    rows = grid.trails(table, tail=1)
    means = rows.groupby("key")[["x", "y"]].mean().abs().to_numpy()
    assert means.max() < 1e-12
    assert set(rows["age"]) == {0, 1}
    last = rows[rows["age"] == 0]
    assert set(last["key"]) == {"2026-01-26"}


@pytest.mark.parametrize(
    ("x", "y", "quadrant"),
    [(1, 1, "leading"), (1, -1, "weakening"), (-1, -1, "lagging"), (-1, 1, "improving")],
)
def test_quadrants(x: float, y: float, quadrant: str) -> None:
    assert grid.quadrant_of(x, y) == quadrant


def test_the_flow_matrix_sums_periods_and_keeps_unnamed_ends() -> None:
    rows = [("a", "b", 1.0), ("a", "b", 0.5), ("a", None, 0.7), (None, "b", 0.2)]
    table = pd.DataFrame(
        {
            "period": pd.Timestamp("2026-01-05"),
            "from": [row[0] for row in rows],
            "to": [row[1] for row in rows],
            "strength": [row[2] for row in rows],
            **dict.fromkeys(("n_stories", "asserted", "denied", "hypothetical", "past"), 1),
        }
    )
    found = grid.flow_matrix(table)[["source", "target", "strength"]].to_numpy().tolist()
    assert found == [["a", "b", 1.5], ["a", "", 0.7], ["", "b", 0.2]]


def test_a_matrix_says_how_many_groups_it_leaves_out() -> None:
    table = world.flows(weeks=1)
    assert matrix.cut(table) == ""
    every = [*SECTORS, *STYLES][: matrix.MAX_FLOW_GROUPS + 3]
    rows = [table.iloc[:1].assign(**{"from": g, "to": None, "strength": 1.0}) for g in every]
    many = pd.concat(rows, ignore_index=True)
    many.loc[0, "strength"] = 3.0
    found = matrix.cut(many)  # 13 named ones and the unnamed end, of 17 and that
    assert found == "The 14 busiest of 18 groups, with 78 % of the strength"
    shown = texts(to_svg(matrix.flows(many, SHEET)))
    assert len({label(group) for group in every} & set(shown)) == 13


Spots = list[tuple[float, float, str]]


def boxes_of(placed: list[Placed], spots: Spots) -> list[tuple[float, float, float, float]]:
    return [
        (place.x, place.y - 6.6, place.x + text_width(text, 12), place.y + 6.6)
        for place, (_, _, text) in zip(placed, spots, strict=True)
    ]


def a_crowd() -> Spots:
    """Every group within 120 by 70 pixels, as a quiet week has them."""
    names = [label(group) for group in (*SECTORS, *STYLES)]
    return [
        (340.0 + 37 * number % 120, 220.0 + 23 * number % 70, name)
        for number, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    "spots",
    [
        [(100.0, 100.0, "Energy"), (104.0, 102.0, "Utilities"), (98.0, 96.0, "Materials")],
        a_crowd(),
    ],
)
def test_labels_of_crowded_points_do_not_overlap_where_there_is_room(spots: Spots) -> None:
    placed = place_labels(spots, width=800, height=500, font_size=12)
    boxes = boxes_of(placed, spots)
    for number, one in enumerate(boxes):
        for two in boxes[number + 1 :]:
            apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
            assert apart


def test_a_label_far_from_its_point_is_tied_to_it() -> None:
    spots = a_crowd()
    placed = place_labels(spots, width=800, height=500, font_size=12)
    for place, box, (x, y, _) in zip(placed, boxes_of(placed, spots), spots, strict=True):
        off = math.hypot(x - min(max(x, box[0]), box[2]), y - min(max(y, box[1]), box[3]))
        if place.tie is None:
            assert off < 20
        else:
            assert off > 10
            assert box[0] - 1e-9 <= place.tie[0] <= box[2] + 1e-9
    assert any(place.tie for place in placed)
    lone = place_labels([(100.0, 100.0, "Energy")], width=400, height=300, font_size=12)
    assert lone[0].tie is None
    assert place_labels([], width=400, height=300, font_size=12) == []


def test_labels_stay_inside_the_plot() -> None:
    placed = place_labels([(395.0, 5.0, "Consumer Staples")], width=400, height=300, font_size=12)
    assert placed[0].x + text_width("Consumer Staples", 12) <= 400
    assert placed[0].y >= 0


@pytest.mark.parametrize(
    ("value", "peak"), [(0.0, 1), (3.3, 2), (4.0, 4), (0.7, 0.4), (95, 80), (math.nan, 1)]
)
def test_bounds_are_round(value: float, peak: float) -> None:
    assert grid.nice_peak(value) == pytest.approx(peak)


def test_many_periods_thin_their_labels_and_drop_numbers() -> None:
    wide = charts.heatmap(world.points(groups=["energy"], weeks=60), SHEET)
    shown = texts(to_svg(wide))
    assert "−0.50" not in [text for text in shown if re.fullmatch(r"[+−]0\.\d\d", text)][:-8]
    assert [text for text in shown if re.fullmatch(r"[A-Z][a-z]{2}|\d{4}", text)][:3] == [
        "2026",
        "Feb",
        "Mar",
    ]


def days(first: str, last: str, freq: str = "D") -> list[str]:
    return [grid.period_key(day) for day in pd.date_range(first, last, freq=freq)]


@pytest.mark.parametrize(
    ("keys", "freq", "step", "shown"),
    [
        (days("2026-02-02", "2026-02-05"), "D", 60, "2 Feb|3 Feb|4 Feb|5 Feb"),
        (days("2026-02-02", "2026-02-08"), "D", 30, "2 Feb|4 Feb|6 Feb|8 Feb"),
        (days("2025-12-30", "2026-01-02"), "D", 88, "30 Dec 2025|31 Dec|1 Jan 2026|2 Jan"),
        (days("2026-01-01", "2026-03-01", "MS"), "M", 80, "Jan 2026|Feb|Mar"),
        (days("2024-11-01", "2025-12-31"), "D", 2, "Nov 2024|Dec|2025|Feb|Mar|Apr|May|Jun|Jul|Aug"
         "|Sep|Oct|Nov|Dec"),
        (days("2023-03-06", "2025-12-29", "W-MON"), "W", 4, "Apr 2023|Jul|Oct|2024|Apr|Jul|Oct"
         "|2025|Apr|Jul|Oct"),
        (days("2001-01-01", "2010-12-01", "MS"), "M", 2, "2002|2004|2006|2008|2010"),
        (days("2026-02-02", "2026-02-02"), "D", 1, "2 Feb"),
        ([], "D", 5, ""),
    ],
)  # fmt: skip
def test_an_axis_names_even_places_and_every_new_year(
    keys: list[str], freq: str, step: float, shown: str
) -> None:
    assert "|".join(period_ticks(keys, freq, step=step, font_size=12).values()) == shown


def test_a_heatmap_of_years_names_the_years_and_keeps_its_width() -> None:
    table = world.points(groups=["energy"], weeks=260)
    svg = to_svg(charts.heatmap(table, SHEET))
    assert {"2026", "2027", "2028", "2029", "2030"} <= set(texts(svg))
    width = float(re.search(r' width="([\d.]+)"', svg).group(1))  # type: ignore[union-attr]
    assert width < SHEET.width + 60


def test_names_and_numbers() -> None:
    assert label("small_caps-large_caps") == "Small Caps − Large Caps"
    assert label("") == "(not named)"
    assert label("information_technology", short=True) == "Info tech"
    assert (signed(0.416), signed(-0.1), signed(-0.001)) == ("+0.42", "−0.10", "+0.00")


def test_a_phone_shows_the_last_periods_in_cells_that_a_finger_hits() -> None:
    sheet = Sheet(width=358, short=True, freq="W")
    table = world.points(groups=["energy"], weeks=60)
    shown = cells_of(charts.heatmap(table, sheet))
    assert len(shown) == 19
    assert max(key for _, key in shown) == grid.period_key(table["period"].max())


def test_more_rows_than_altair_takes_by_itself_are_drawn() -> None:
    assert to_svg(charts.heatmap(world.points(weeks=320), SHEET)).startswith("<svg")


def test_hours_are_told_apart_even_when_the_clock_goes_back() -> None:
    hours = pd.date_range("2026-10-24 22:00", periods=8, freq="h", tz="UTC")
    local = hours.tz_convert("Europe/Berlin")
    keys = [grid.period_key(hour) for hour in local]
    assert keys == sorted(set(keys))
    assert keys[0] == "2026-10-25"
    assert keys[2:4] == ["2026-10-25T02:00", "2026-10-25T02:00b"]
    table = world.points(groups=["energy"], weeks=8).assign(period=local)
    sheet = Sheet(freq="H")
    assert "25 Oct 02:00" in texts(to_svg(charts.heatmap(table, sheet)))
    assert to_svg(charts.lines(table, sheet)).startswith("<svg")


def test_months_and_hours_have_their_own_names() -> None:
    assert grid.period_name("2026-02-01", "M") == "February 2026"
    assert grid.period_name("2026-02-02", "W") == "the week of 2 February 2026"
    assert grid.period_name("2026-02-02T15:00", "H") == "2 February 2026, 15:00"
    assert grid.period_label("2026-02-02", "D") == "2 Feb"


class WindowsTime(datetime):
    def strftime(self, form: str) -> str:
        if "%-" in form:
            raise ValueError("Invalid format string")
        return super().strftime(form)


def test_days_of_one_digit_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "period_moment", WindowsTime.fromisoformat)
    for freq, name, short in (
        ("H", "2 February 2026, 15:00", "2 Feb 15:00"),
        ("W", "the week of 2 February 2026", "2 Feb"),
        ("D", "2 February 2026", "2 Feb"),
        ("M", "February 2026", "Feb 2026"),
    ):
        assert grid.period_name("2026-02-02T15:00", freq) == name
        assert grid.period_label("2026-02-02T15:00", freq) == short
    everywhere = Path(grid.__file__).parents[1].rglob("*.py")
    assert [path.name for path in everywhere if "%-d" in path.read_text("utf-8")] == ["grid.py"]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_written_can_be_read(look: Look) -> None:
    """WCAG 2 asks for a contrast of 4.5 with what a text stands on, of 3 for marks and titles."""
    large = list(zip(look.quadrants, look.quadrant_fill, strict=True))
    texts_on = [
        *zip(look.score_ink, look.scores, strict=True),
        *zip(look.flow_ink, look.flows, strict=True),
        *large,
        (look.ink, look.paper),
        (look.muted, look.paper),
    ]
    for text, ground in texts_on:
        low, high = sorted((luminance(text), luminance(ground)))
        assert (high + 0.05) / (low + 0.05) >= (3.0 if (text, ground) in large else 4.5)


def test_a_lone_interval_to_the_edge_leaves_the_panels_in_line() -> None:
    names, tops = list(SECTORS)[:3], []
    for reach in (0.5, 1.0):
        table = world.points(groups=names)
        at = table.index[table["group"] == names[1]][3]
        table[["lo", "hi"]] = math.nan
        table.loc[at, ["score", "lo", "hi", "n_stories"]] = [0.1, -0.2, reach, 3]
        tops.append(ElementTree.fromstring(to_svg(charts.lines(table, SHEET))).get("height"))
    assert tops[0] == tops[1]
