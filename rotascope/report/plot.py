"""One picture by its kind, as PNG or SVG bytes: what `rotascope plot` writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from rotascope.errors import UsageError
from rotascope.report import charts, grid, matrix, moves
from rotascope.report.sheet import Chart, Sheet, to_png, to_svg
from rotascope.report.theme import DARK, INTERVAL, LIGHT, label
from rotascope.timeseries.api import series
from rotascope.wording import plural

if TYPE_CHECKING:
    from rotascope.config import Settings
    from rotascope.store import Store

Kind = Literal["heatmap", "lines", "flows", "rotation"]

TITLES: dict[str, str] = {
    "heatmap": "Sentiment in the news",
    "lines": f"Sentiment in the news, with {INTERVAL}s",
    "flows": "Where the news moves money",
    "rotation": "Rotation in the news",
}
_BOLD = "; bold where the interval leaves out zero"
_NOTES: dict[str, str] = {
    "heatmap": "Score from −1 to +1; a dash: no news",
    "lines": "Score from −1 to +1; a gap: no news; a hollow point: too few stories for an interval",
    "flows": "Claims that money or leadership moves, out of each row, into each column",
    "rotation": "Smoothed sentiment and its momentum, each against the mean of the groups shown",
}
DEFAULT_GROUPS = ("sectors",)
"""What a picture of points shows unless asked otherwise."""

TAIL = 4
"""Past periods that trail each group of the rotation graph."""


def draw(
    kind: Kind,
    store: Store,
    *,
    settings: Settings,
    dark: bool = False,
    width: int = 860,
    tail: int = TAIL,
    title: str | None = None,
    start: str | None = None,
    end: str | None = None,
    groups: Sequence[str] | None = None,
    **options: Any,
) -> Chart:
    """The picture as an Altair chart.  `options`: those of `rotascope.series`, which also raises.

    Raises UsageError where the window holds nothing that this picture could show.
    """
    wanted = DEFAULT_GROUPS if groups is None and kind != "flows" else groups
    table = series(
        store,
        what="flows" if kind == "flows" else "points",
        settings=settings,
        start=start,
        end=end,
        groups=wanted,
        **options,
    )
    freq = table.attrs["metadata"]["params"]["freq"]
    sheet = Sheet(look=DARK if dark else LIGHT, width=width, freq=freq)
    sheet = replace(
        sheet, title=title or TITLES[kind], subtitle=_subtitle(kind, table, sheet, tail)
    )
    return _DRAWN[kind](_checked(kind, table), sheet, tail)


def check_output(output: Path) -> str:
    """`png` or `svg`, by the ending; raises UsageError for another."""
    ending = output.suffix.lower().removeprefix(".")
    if ending not in ("png", "svg"):
        raise UsageError(f"{output.name}: a picture ends in .png or .svg")
    return ending


def picture(chart: Chart, form: str) -> bytes:
    """The chart as the bytes of a PNG or SVG file."""
    return to_png(chart) if form == "png" else to_svg(chart).encode()


def _checked(kind: Kind, table: pd.DataFrame) -> pd.DataFrame:
    articles = table.attrs["articles"]
    if articles["quiet"] and articles["elsewhere"]:
        raise UsageError(
            f"{plural(articles['elsewhere'], 'text')} of the window only other analysis revisions"
            " have read; `rotascope analyze --again` reads them, --revision mixed shows them"
        )
    if kind == "flows":
        if not (table["strength"] > 0).any():
            raise UsageError("the window holds no flow; choose other --from, --to or --groups")
    elif not table["score"].notna().any():
        raise UsageError("the window holds no news of these groups; choose others, or other dates")
    if kind == "heatmap" and table["period"].nunique() > charts.MOST_PERIODS:
        raise UsageError(
            f"{table['period'].nunique():,} periods are more than one heatmap shows"
            f" ({charts.MOST_PERIODS:,}); choose a longer --freq, or a later --from"
        )
    if kind == "rotation":
        _check_trails(table)
    return table


def _check_trails(table: pd.DataFrame) -> None:
    every, moving = ({*rows["group"]} for rows in (table, grid.trails(table, tail=0)))
    few = grid.FEWEST_TO_COMPARE
    if moving and len(every) < few:
        raise UsageError(
            "the rotation graph sets groups against one another; name at least two with --groups"
        )
    if len(moving) < few:
        periods = table.attrs["metadata"]["params"]["momentum"] + 1
        cause = f"momentum needs {plural(periods, 'period')} with news before it"
        mend = "choose a shorter --freq, or a lower series.momentum in the configuration"
        if not moving:
            raise UsageError(f"{cause}; {mend}")
        silent = ", ".join(label(group) for group in grid.ordered(every - moving))
        raise UsageError(f"{cause}, and there is none for {silent}; name other --groups, or {mend}")


def _subtitle(kind: Kind, table: pd.DataFrame, sheet: Sheet, tail: int) -> str:
    note = _NOTES[kind]
    if table.empty:
        return note
    if kind == "heatmap" and charts.shows_numbers(table, sheet):
        note += _BOLD
    if kind == "flows" and (cut := matrix.cut(table)):
        note += f"\n{cut}"
    keys = [grid.period_key(period) for period in sorted(table["period"].unique())]
    if kind == "flows":  # a period without any is in the sums, too
        keys = [grid.period_key(pd.Timestamp(end)) for end in table.attrs["periods"].values()]
    if kind == "rotation":  # the points are those of the last period, the rest is their path
        keys = keys[-(tail + 1) :]
    span = " to ".join(
        dict.fromkeys(grid.period_name(key, sheet.freq) for key in (keys[0], keys[-1]))
    )
    return f"{span[:1].upper()}{span[1:]}\n{note}"


_DRAWN: dict[str, Callable[[pd.DataFrame, Sheet, int], Chart]] = {
    "heatmap": lambda table, sheet, _tail: charts.heatmap(table, sheet),
    "lines": lambda table, sheet, _tail: charts.lines(table, sheet),
    "flows": lambda table, sheet, _tail: matrix.flows(table, sheet),
    "rotation": lambda table, sheet, tail: moves.rotation(table, sheet, tail=tail),
}
