"""Generated points and flows with the exporter's columns, for pictures without a store."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from rotascope.report.contents import Report
from rotascope.report.evidence import Cell, Quote, Source, cell
from rotascope.report.grid import period_key
from rotascope.report.sheet import pick
from rotascope.timeseries.columns import names
from rotascope_nlp.groups import SECTORS, STYLES, kind

WEEKS = 10


def points(*, groups: list[str] | None = None, weeks: int = WEEKS, seed: int = 7) -> pd.DataFrame:
    """Weekly points whose levels circle round, each group at a phase of its own."""
    chosen = groups or [*SECTORS, *list(STYLES)[:6]]
    rng = np.random.default_rng(seed)
    rows = []
    for number, group in enumerate(chosen):
        level = 0.0
        history: list[float] = []
        for week in range(weeks):
            wave = 0.4 * math.sin(2 * math.pi * (week / weeks + number / len(chosen)))
            stories = int(rng.poisson(2))
            score = wave + rng.normal(0, 0.08) if stories else math.nan
            level = 0.6 * level + 0.4 * (score if stories else level)
            history.append(level)
            inflow, outflow = max(0.0, wave * 3), max(0.0, -wave * 3)
            period = pd.Timestamp("2026-01-05") + pd.Timedelta(weeks=week)
            rows.append(
                {
                    "period": period,
                    "group": group,
                    "kind": kind(group),
                    "score": score,
                    "lo": score - 0.2,
                    "hi": score + 0.2,
                    "n_articles": stories,
                    "n_stories": stories,
                    "n_mentions": 3 * stories,
                    "inflow": inflow if stories else 0.0,
                    "outflow": outflow if stories else 0.0,
                    "net_flow": inflow - outflow if stories else 0.0,
                    "attention": 0.1,
                    "level": level,
                    "level_z": math.nan,
                    "momentum": level - history[-3] if week > 1 else math.nan,
                    "revision": "abc123",
                    "timezone": "UTC",
                }
            )
    return pd.DataFrame(rows).reindex(columns=names("points"))


def flows(*, weeks: int = WEEKS) -> pd.DataFrame:
    """Money leaves technology in the first half and comes back in the second."""
    others = ["industrials", "utilities", "energy", "small_caps"]
    rows = []
    for week in range(weeks):
        period = pd.Timestamp("2026-01-05") + pd.Timedelta(weeks=week)
        for number, other in enumerate(others[: 1 + week % 4]):
            pair = ("information_technology", other)
            source, target = pair if week < weeks // 2 else pair[::-1]
            rows.append(
                {
                    "period": period,
                    "from": source,
                    "to": target,
                    "asserted": 1 + number,
                    "denied": 0,
                    "hypothetical": week % 2,
                    "past": 0,
                    "strength": 0.9 * (1 + number),
                    "n_stories": 1 + number,
                    "n_articles": 2 + number,
                    "intensity": 0.3,
                    "revision": "abc123",
                    "timezone": "UTC",
                }
            )
    return pd.DataFrame(rows).reindex(columns=names("flows"))


SCRIPT_TITLE = "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
RTL_TITLE = "Stocks \u202egnp.exe\u202c rise \u2066and\u2069 fall"
SCRIPT_URL = "javascript:window.ran=3"
WEB_URL = "https://news.example/a?b=1&c=%22%3E"


def book() -> dict[str, Cell]:
    """Evidence for every cell, from articles whose titles and addresses mean harm."""
    hostile = Source(SCRIPT_TITLE, "<b>Harm & Co</b>", "2026-03-10", SCRIPT_URL)
    turned = Source(RTL_TITLE, "Turned", "2026-03-09", "data:text/html,<b>x</b>")
    plain = Source("Money leaves technology", "Plain Daily", "2026-03-09", WEB_URL)
    table, moves = points(), flows()
    cells = {}
    for row in table.to_dict("records"):
        if row["n_stories"]:
            quotes = [
                Quote(plain, f"A sentence about {row['group']}.", 0.5, 0.4),
                Quote(hostile, SCRIPT_TITLE, 0.3, -0.7),
                Quote(turned, RTL_TITLE, 0.2, 0.0),
            ]
            place = pick("score", row["group"], period_key(row["period"]))
            cells[place.removeprefix("#pick=")] = cell(quotes, row["n_stories"])
    for row in moves.to_dict("records"):
        place = pick("flow", row["from"], row["to"], period_key(row["period"]))
        quote = Quote(
            plain, f"Money went from {row['from']} to {row['to']}.", 1.0, None, "asserted"
        )
        cells[place.removeprefix("#pick=")] = cell([quote], 1)
    return cells


def report() -> Report:
    """Points, flows and evidence as one report, with a hostile title of its own."""
    return Report(
        title="Rotation & <i>more</i>",
        freq="W",
        points=points(),
        flows=flows(),
        book=book(),
        facts=["10 articles"],
        method={"Model": "<u>none</u>"},
    )
