"""The report as one HTML file: pictures as inline SVG, evidence as JSON, a little script."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from urllib.parse import quote, unquote

import jinja2
import pandas as pd
from markupsafe import Markup

from rotascope import __version__
from rotascope.report import charts, grid, moves
from rotascope.report.evidence import MAX_QUOTES, MAX_SENTENCE, Book, embedded, plain
from rotascope.report.findings import Finding, findings
from rotascope.report.sheet import PICK, Chart, Sheet, pick, to_inline_svg
from rotascope.report.theme import (
    DARK,
    INTERVAL,
    LIGHT,
    SCORE_BOUNDS,
    VARIABLES,
    css_variables,
    label,
    signed,
)

WIDE, NARROW = 880, 358
"""Widths of the pictures: beside a 940 px column's margins, and on a phone of 390 px."""

FLOWS_LISTED = 10
_FREQUENCIES = {"H": "hourly", "S": "by session", "D": "daily", "W": "weekly", "M": "monthly"}
_MARKS = {
    "up": '<path d="M6 1l5.5 10h-11z"/>',
    "down": '<path d="M6 11L.5 1h11z"/>',
    "flow": '<path d="M0 4.5h6V1l6 5-6 5V7.5H0z"/>',
    "note": '<circle cx="6" cy="6" r="3.5"/>',
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is made of.  `method`: terms and values for its foot."""

    title: str
    freq: str
    points: pd.DataFrame
    flows: pd.DataFrame
    book: Book = field(default_factory=dict)
    facts: Sequence[str] = ()
    method: Mapping[str, str] = field(default_factory=dict)


def render(report: Report) -> str:
    """The whole page.  Nothing in it is loaded from elsewhere, and no text of a feed can run."""
    points = _shown(report.points)
    keys = sorted({grid.period_key(period) for period in points["period"]})
    found = findings(points, report.flows, freq=report.freq)
    tips = _tips(points, report)
    style, script = _style(), _asset("report.js")
    return _template().render(
        title=report.title,
        version=__version__,
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        period=grid.period_name(keys[-1], report.freq),
        before=grid.period_name(keys[-2], report.freq) if len(keys) > 1 else "",
        facts=[_FREQUENCIES.get(report.freq, ""), *report.facts],
        findings=[_finding(one, tips, report) for one in found],
        marks={tone: _mark(path) for tone, path in _MARKS.items()},
        blocks=[block for block in _blocks(points, report) if block],
        table=_table(points, keys[-1]),
        method=list(report.method.items()),
        max_quotes=MAX_QUOTES,
        book=Markup(embedded(report.book)),
        names=_names(points, report.flows),
    )


def _shown(points: pd.DataFrame) -> pd.DataFrame:
    """Points of groups that had news at least once: a row that is always empty says nothing."""
    alive = points[points["score"].notna()]["group"].unique()
    return points[points["group"].isin(alive) | (points["kind"] == "sector")]


def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text("utf-8")


def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return environment.from_string(_asset("report.html"))


def _style() -> str:
    light, dark = css_variables(LIGHT), css_variables(DARK)
    themes = (
        f":root{{{light}}}\n"
        f"@media (prefers-color-scheme: dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f":root[data-theme=dark]{{{dark}color-scheme:dark}}\n"
        ":root[data-theme=light]{color-scheme:light}\n"
    )
    paper = f"@media print{{:root,:root[data-theme],:root:not([data-theme=light]){{{light}}}}}\n"
    return themes + _asset("report.css") + paper


def _policy(style: str, script: str) -> str:
    """Only the page's own style and script, known by their hashes; nothing is fetched."""

    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        f"default-src 'none'; script-src 'sha256-{digest(script)}'; "
        f"style-src 'sha256-{digest(style)}'; base-uri 'none'; form-action 'none'"
    )


def _mark(path: str) -> Markup:
    return Markup(f'<svg class="mark" viewBox="0 0 12 12" aria-hidden="true">{path}</svg>')


def _finding(finding: Finding, tips: Mapping[str, str], report: Report) -> dict[str, Any]:
    chips = []
    for href in finding.links:
        kind, *parts = _parts(href)
        ends = parts[:2] if kind == "flow" else parts[:1]
        name = " → ".join(label(end, short=kind == "flow") for end in ends)
        when = grid.period_name(parts[-1], report.freq)
        chips.append({"href": href, "name": name, "tip": tips.get(href, f"{name}, {when}")})
    quote = _first_quote(finding, report.book)
    return {"tone": finding.tone, "text": finding.text, "chips": chips, "quote": quote}


def _first_quote(finding: Finding, book: Book) -> dict[str, str] | None:
    """The weightiest sentence behind a finding, for paper, where nothing can be clicked."""
    for href in finding.links:
        found = book.get(href.removeprefix(PICK))
        if found and found.quotes:
            quote = found.quotes[0]
            source = ", ".join(
                plain(part)
                for part in (quote.source.title, quote.source.publisher, quote.source.published)
                if part
            )
            return {"text": plain(quote.text, limit=MAX_SENTENCE), "source": source}
    return None


def _tips(points: pd.DataFrame, report: Report) -> dict[str, str]:
    """The words of each cell of the last period, by its link."""
    cells = grid.complete(points)
    last = cells[cells["key"] == cells["key"].max()]
    sheet = Sheet(freq=report.freq)
    return {
        pick("score", row["group"], row["key"]): charts.score_tip(row, sheet)
        for row in last.to_dict("records")
    }


def _parts(href: str) -> list[str]:
    return [unquote(part) for part in href.removeprefix(PICK).split("/")]


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


def _blocks(points: pd.DataFrame, report: Report) -> list[dict[str, Any] | None]:
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
    figures[-1]["caption"] = (
        "Blue is positive, orange negative, grey neutral; a dash means no news at all. In bold: "
        f"the {INTERVAL} leaves out zero. Click a cell to read the sentences behind it."
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
    return f" On this narrow screen: the last {shown} periods."


def _leading_kind(points: pd.DataFrame) -> pd.DataFrame:
    """The sectors; where none were asked for, everything."""
    sectors = points[points["kind"] == "sector"]
    return sectors if len(sectors) else points


def _rotation_block(points: pd.DataFrame, report: Report) -> dict[str, Any] | None:
    sectors = _leading_kind(points)
    if grid.trails(sectors, tail=0).empty:
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
            lambda sheet: moves.flows(report.flows, sheet),
            "matrix",
            report,
            title="Out of each row, into each column, over all periods shown",
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


def _table(points: pd.DataFrame, key: str) -> dict[str, Any]:
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


def _names(points: pd.DataFrame, flows: pd.DataFrame) -> Markup:
    """What the script prints for the parts of a link, and where a score's colours meet."""
    groups = {*points["group"]}
    for end in ("from", "to"):
        groups |= {group for group in flows[end] if isinstance(group, str)}
    names: dict[str, Any] = {quote(group, safe=""): label(group) for group in sorted(groups)}
    names["#bounds"] = SCORE_BOUNDS
    names["#nothing"] = "No sentence is kept for this cell."
    return Markup(json.dumps(names).replace("<", "\\u003c").replace("&", "\\u0026"))
