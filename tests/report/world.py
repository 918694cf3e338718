"""Generated points and flows with the exporter's columns, for pictures without a store."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

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
