"""Room in pictures: fonts are wider on some machines than where a picture was measured."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import report_world as world

from rotascope.cli.main import main
from rotascope.report import charts, grid, matrix, moves
from rotascope.report.legend import bounds_told
from rotascope.report.sheet import Sheet, to_svg

SECTORS = world.points()[lambda points: points["kind"] == "sector"]


def test_what_a_wider_font_draws_over_the_edge_is_shown(page_text: str) -> None:
    assert re.search(r"\.chart svg {[^}]*overflow: visible", page_text)


@pytest.mark.parametrize(
    ("apart", "told"),
    [(1, [0, 1, 2, 3, 4, 5, 6, 7]), (2, [0, 2, 5, 7]), (3, [0, 7]), (5, [0, 7])],
)
def test_bounds_of_a_legend_are_told_as_far_as_they_stay_apart(apart: int, told: list[int]) -> None:
    assert bounds_told(8, apart) == told
    assert bounds_told(4, apart) == ([0, 1, 2, 3] if apart == 1 else [0, 3])


@pytest.mark.parametrize("width", [358, 450, 860])
def test_labels_of_a_legend_do_not_run_together(width: int) -> None:
    for draw in (charts.heatmap, charts.net_flow_heatmap):
        svg = to_svg(draw(SECTORS, Sheet(width=width, short=width < 400, links=True)))
        labels = re.findall(r'translate\(([\d.]+),41\)"[^>]*>([+−][\d.]+)<', svg)
        ends = sorted((float(x), 6.6 * len(text) / 2) for x, text in labels)
        assert len(ends) >= 2
        for (left, half), (right, other) in pairwise(ends):
            assert right - left >= half + other


@pytest.mark.parametrize("sheet", [Sheet(width=358, short=True), Sheet(width=450), Sheet()])
def test_no_point_of_the_rotation_graph_stands_where_quadrants_are_named(sheet: Sheet) -> None:
    spec = moves.rotation(SECTORS, sheet).to_dict()
    top = spec["layer"][0]["encoding"]["y"]["scale"]["domain"][1]
    highest = grid.trails(SECTORS, tail=4)["y"].abs().max()
    pixels = spec["height"] / 2 * (1 - highest / top)
    assert pixels >= sheet.font_size + 2 + 10 + 7  # the name, its distance, the point's radius


def test_titles_of_axes_keep_off_labels_that_are_drawn_wider() -> None:
    graph = moves.rotation(SECTORS, Sheet()).to_dict()
    assert graph["layer"][0]["encoding"]["y"]["axis"]["titlePadding"] >= 10
    table = matrix.flows(world.flows(), Sheet()).to_dict()
    assert table["vconcat"][0]["layer"][0]["encoding"]["y"]["axis"]["titlePadding"] >= 20


def test_numbers_shrink_with_their_cells() -> None:
    sizes = {}
    for width in (500, 860):
        svg = to_svg(charts.heatmap(SECTORS, Sheet(width=width)))
        (sizes[width],) = {
            float(x) for x in re.findall(r'font-size="([\d.]+)px"[^>]*>[+−]\d', svg)
        } - {11}
    assert 9 <= sizes[500] < 10
    assert sizes[860] == 12


@pytest.mark.parametrize("title", ["A title of many words. " * 11, "W" * 240])
@pytest.mark.parametrize("width", [450, 860])
def test_a_long_title_takes_lines_and_no_width(title: str, width: int) -> None:
    for draw in (charts.heatmap, charts.lines, moves.rotation):
        widths = []
        for words in ("Short", title.strip()):
            svg = to_svg(
                draw(SECTORS, Sheet(width=width, title=words, subtitle=f"{words}\nA note"))
            )
            widths.append(float(re.findall(r'<svg[^>]* width="([\d.]+)"', svg)[0]))
        assert widths[0] == widths[1]


def test_what_is_too_narrow_to_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plot", "heatmap", "-o", str(tmp_path / "a.svg"), "--width", "449"]) == 2
    assert "450<=x<=4000" in capsys.readouterr().err
