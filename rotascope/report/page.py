"""The report as one HTML file: pictures as inline SVG, evidence as JSON, a little script."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import quote, unquote

import jinja2
import pandas as pd
from markupsafe import Markup

from rotascope import __version__
from rotascope.report import charts, grid
from rotascope.report.blocks import blocks, table
from rotascope.report.contents import Report
from rotascope.report.evidence import MAX_QUOTES, MAX_SENTENCE, Book, embedded, plain
from rotascope.report.findings import Finding, findings
from rotascope.report.sheet import PICK, Sheet, pick
from rotascope.report.theme import (
    DARK,
    LIGHT,
    SCORE_BOUNDS,
    css_variables,
    label,
)

_FREQUENCIES = {"H": "hourly", "S": "by session", "D": "daily", "W": "weekly", "M": "monthly"}
_MARKS = {
    "up": '<path d="M6 1l5.5 10h-11z"/>',
    "down": '<path d="M6 11L.5 1h11z"/>',
    "flow": '<path d="M0 4.5h6V1l6 5-6 5V7.5H0z"/>',
    "note": '<circle cx="6" cy="6" r="3.5"/>',
}


def render(report: Report) -> str:
    """The whole page.  Nothing in it is loaded from elsewhere, and no text of a feed can run."""
    points = _shown(report.points, report.named)
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
        blocks=[block for block in blocks(points, report) if block],
        table=table(points, keys[-1]),
        method=list(report.method.items()),
        max_quotes=MAX_QUOTES,
        book=Markup(embedded(report.book)),
        names=_names(points, report.flows),
    )


def _shown(points: pd.DataFrame, named: Collection[str]) -> pd.DataFrame:
    """Points of sectors, of groups asked for by name, and of those that had news at least once."""
    alive = {*points[points["score"].notna()]["group"], *named}
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
                if part and part != quote.text  # a headline quoted is not told twice
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


def _names(points: pd.DataFrame, flows: pd.DataFrame) -> Markup:
    """What the script prints for the parts of a link, and where a score's colours meet."""
    groups = {*points["group"]}
    for end in ("from", "to"):
        groups |= {group for group in flows[end] if isinstance(group, str)}
    names: dict[str, Any] = {quote(group, safe=""): label(group) for group in sorted(groups)}
    names["#bounds"] = SCORE_BOUNDS
    names["#nothing"] = "No sentence is kept for this cell."
    return Markup(json.dumps(names).replace("<", "\\u003c").replace("&", "\\u0026"))
