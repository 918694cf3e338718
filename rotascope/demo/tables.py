"""The demo's closing tables for a terminal: sectors, and flows."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from rich.table import Table
from rich.text import Text

from rotascope.report import grid
from rotascope.report.theme import label, signed

MOST_FLOWS = 10
_BLOCKS = "▁▂▃▄▅▆▇█"
_MISSING = "·"


def sector_table(points: pd.DataFrame) -> Table:
    """Each sector's last score, with its history, the best first."""
    cells = grid.complete(points[points["kind"] == "sector"])
    keys = sorted(cells["key"].unique())
    last = cells[cells["key"] == keys[-1]].sort_values(
        "score", ascending=False, na_position="last", kind="stable"
    )
    table = _table(f"Sectors in {grid.period_name(keys[-1], 'W')}")
    table.add_column("sector")
    table.add_column("weeks")
    for name in ("score", "90 % interval", "stories", "net flow"):
        table.add_column(name, justify="right")
    history = {group: list(rows["score"]) for group, rows in cells.groupby("group")}
    for row in last.to_dict("records"):
        known = pd.notna(row["score"])
        interval = f"{signed(row['lo'])} to {signed(row['hi'])}" if pd.notna(row["lo"]) else "–"
        table.add_row(
            label(row["group"]),
            sparkline(history[row["group"]]),
            _coloured(row["score"]) if known else Text("no news", style="dim"),
            interval,
            str(row["n_stories"]),
            signed(row["net_flow"]) if row["inflow"] > 0 or row["outflow"] > 0 else "–",
        )
    return table


def flow_table(flows: pd.DataFrame) -> Table:
    """The strongest flows over all weeks, and the weeks they were told in."""
    rows = grid.named_flows(flows).to_dict("records")
    sums = grid.flow_matrix(flows)
    table = _table("The strongest flows")
    table.add_column("from")
    table.add_column("to")
    table.add_column("strength", justify="right")
    table.add_column("stories", justify="right")
    table.add_column("weeks of")
    for best in sums[sums["strength"] > 0].head(MOST_FLOWS).to_dict("records"):
        told = {
            row["key"]
            for row in rows
            if (row["source"], row["target"]) == (best["source"], best["target"])
            and row["strength"] > 0
        }
        weeks = ", ".join(grid.period_label(key, "W") for key in sorted(told))
        table.add_row(
            label(best["source"], short=True),
            label(best["target"], short=True),
            f"{best['strength']:.1f}",
            str(int(best["n_stories"])),
            weeks,
        )
    return table


def sparkline(values: Sequence[float]) -> str:
    """Scores from −1 to +1 as blocks of rising height; a dot where there is none."""
    top = len(_BLOCKS) - 1
    return "".join(
        _MISSING if pd.isna(value) else _BLOCKS[min(top, int((value + 1) / 2 * (top + 1)))]
        for value in values
    )


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)


def _coloured(score: float) -> Text:
    style = "blue" if score > 0.05 else "red" if score < -0.05 else ""
    return Text(signed(score), style=style)
