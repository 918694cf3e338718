"""The columns of what is exported, in one table; docs/series.md is tested against it."""

from __future__ import annotations

from dataclasses import dataclass

EXPORT_SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column.  `type`: date, time, text, int or float; `unit` is empty where there is none."""

    name: str
    type: str
    unit: str
    meaning: str


POINT_COLUMNS: tuple[ColumnSpec, ...] = (
    ColumnSpec(
        "period",
        "date",
        "",
        "First day of the period, in the series' time zone; for hours the time with its offset",
    ),
    ColumnSpec("group", "text", "", "Sector, style, custom group, ticker, or pair `a-b`"),
    ColumnSpec("kind", "text", "", "sector, style, custom, ticker or pair"),
    ColumnSpec(
        "score",
        "float",
        "[-1, 1]",
        "Weighted mean of story scores; missing without news; for a pair the difference, [-2, 2]",
    ),
    ColumnSpec(
        "lo", "float", "[-1, 1]", "Lower end of the 90 % interval over stories; of a pair [-2, 2]"
    ),
    ColumnSpec(
        "hi", "float", "[-1, 1]", "Upper end of the 90 % interval over stories; of a pair [-2, 2]"
    ),
    ColumnSpec("n_articles", "int", "articles", "Articles of the period, copies included"),
    ColumnSpec("n_stories", "int", "stories", "Stories that count in the period, each once"),
    ColumnSpec("n_mentions", "int", "mentions", "Mentions of the group in the stories counted"),
    ColumnSpec("positive", "float", "[0, 1]", "Weighted mean probability of positive"),
    ColumnSpec("neutral", "float", "[0, 1]", "Weighted mean probability of neutral"),
    ColumnSpec("negative", "float", "[0, 1]", "Weighted mean probability of negative"),
    ColumnSpec(
        "dispersion",
        "float",
        "[0, 2)",
        "Weighted standard deviation of story scores, a sample's (n - 1); missing below two",
    ),
    ColumnSpec("inflow", "float", "stories", "Weighed strength of flows into the group"),
    ColumnSpec("outflow", "float", "stories", "Weighed strength of flows out of the group"),
    ColumnSpec("net_flow", "float", "stories", "inflow - outflow"),
    ColumnSpec(
        "attention", "float", "[0, 1]", "Share of the mentions of all groups of the same kind"
    ),
    ColumnSpec(
        "level",
        "float",
        "[-1, 1]",
        "Score smoothed over past periods, fading without news; of a pair [-2, 2]",
    ),
    ColumnSpec(
        "level_z", "float", "sd", "Level against its own trailing window, which ends before it"
    ),
    ColumnSpec("momentum", "float", "", "Level less the level a few periods before"),
    ColumnSpec("revision", "text", "", "Analysis revision; several, joined by +, only if asked"),
    ColumnSpec("period_start", "time", "UTC", "First moment of the period"),
    ColumnSpec("period_end", "time", "UTC", "First moment after the period"),
    ColumnSpec("timezone", "text", "", "Time zone in which periods are cut"),
)

FLOW_COLUMNS: tuple[ColumnSpec, ...] = (
    POINT_COLUMNS[0],
    ColumnSpec("from", "text", "", "Group that is left; empty where unnamed"),
    ColumnSpec("to", "text", "", "Group that is entered; empty where unnamed"),
    ColumnSpec("asserted", "int", "stories", "Stories that assert the flow"),
    ColumnSpec("denied", "int", "stories", "Stories that deny it"),
    ColumnSpec("hypothetical", "int", "stories", "Stories that call it possible"),
    ColumnSpec("past", "int", "stories", "Stories that tell of it as over"),
    ColumnSpec(
        "strength", "float", "stories", "Sum over stories of the claim's confidence and status"
    ),
    ColumnSpec("n_stories", "int", "stories", "Stories that speak of the flow, each once"),
    ColumnSpec("n_articles", "int", "articles", "Articles that do, copies included"),
    ColumnSpec(
        "intensity",
        "float",
        "[0, 1]",
        "Rotation intensity of the period, over all its stories; the same in its rows",
    ),
    ColumnSpec("revision", "text", "", "Analysis revision; several, joined by +, only if asked"),
    ColumnSpec("period_start", "time", "UTC", "First moment of the period"),
    ColumnSpec("period_end", "time", "UTC", "First moment after the period"),
    ColumnSpec("timezone", "text", "", "Time zone in which periods are cut"),
)

COLUMNS = {"points": POINT_COLUMNS, "flows": FLOW_COLUMNS}


def names(what: str) -> list[str]:
    """The column names of `what` (points or flows), in order."""
    return [column.name for column in COLUMNS[what]]
