"""What changed in the last period, a sentence per finding.  Pure: frames in, sentences out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from rotascope.report import grid
from rotascope.report.sheet import pick
from rotascope.report.theme import label, signed

Tone = Literal["up", "down", "flow", "note"]

NOTABLE_CHANGE = 0.1
"""A score must move by more than this to be told; the pictures' neutral band is as wide."""

NOTABLE_ATTENTION = 0.08
"""Change of the share of mentions that is told."""

FLOWS_TOLD = 2
LOOK_BACK = 4
"""Periods in which a flow the other way makes a present one a reversal."""

_UNITS = {"H": "hour", "S": "session", "D": "day", "W": "week", "M": "month"}
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, and the cells whose evidence stands behind it (`links`: see `sheet.pick`)."""

    tone: Tone
    text: str
    links: tuple[str, ...] = ()


def findings(points: pd.DataFrame, flows: pd.DataFrame, *, freq: str) -> list[Finding]:
    """Findings about the last period against the one before, the weightiest first.

    Tickers and pairs are left out.  An empty frame has no findings.
    """
    cells = grid.complete(points[points["kind"].isin(["sector", "style", "custom"])])
    if cells.empty:
        return []
    keys = sorted(cells["key"].unique())
    now = _rows(cells, keys[-1])
    before = _rows(cells, keys[-2]) if len(keys) > 1 else {}
    unit = _UNITS.get(freq, "period")
    found = [*_flow_findings(flows, keys, unit)]
    found += _changes(now, before, unit)
    found += _extremes(now)
    found += _crossings(points, unit)
    found += _attention(now, before, unit)
    found += _silence(now)
    if not before:
        found.append(Finding("note", "One period only: there is nothing to compare it with yet."))
    return found


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _rows(cells: pd.DataFrame, key: str) -> dict[str, _Row]:
    return {row["group"]: row for row in cells[cells["key"] == key].to_dict("records")}


def _known(rows: dict[str, _Row]) -> dict[str, _Row]:
    return {group: row for group, row in rows.items() if not math.isnan(row["score"])}


def _stories(number: float) -> str:
    return f"{int(number)} {'story' if int(number) == 1 else 'stories'}"


def _flow_findings(flows: pd.DataFrame, keys: Sequence[str], unit: str) -> Iterator[Finding]:
    if flows.empty:
        return
    keyed = flows.assign(key=[grid.period_key(period) for period in flows["period"]])
    now = grid.flow_matrix(keyed[keyed["key"] == keys[-1]])
    past = grid.flow_matrix(keyed[keyed["key"].isin(keys[-1 - LOOK_BACK : -1])])
    back = {
        (grid.end_text(row["source"]), grid.end_text(row["target"])): row["strength"]
        for row in past.to_dict("records")
    }
    strongest = now[now["strength"] > 0].sort_values(
        ["strength", "source", "target"], ascending=[False, True, True]
    )
    for row in strongest.head(FLOWS_TOLD).to_dict("records"):
        source, target = (grid.end_text(row[end]) for end in ("source", "target"))
        text = f"The news moves money {_direction(source, target)}: {_stories(row['n_stories'])}"
        text += f", strength {row['strength']:.1f}"
        opposite = back.get((target, source), 0.0) if source and target else 0.0
        same = back.get((source, target), 0.0)
        if opposite > same:
            text += f"; over the {unit}s before it went the other way ({opposite:.1f})"
        elif same == 0:
            text += f"; nothing of the kind was told in the {unit}s before"
        yield Finding("flow", text + ".", (pick("flow", source, target, keys[-1]),))
    denied = int(now["denied"].sum()) if len(now) else 0
    if denied:
        text = f"{_stories(denied)} {'denies' if denied == 1 else 'deny'} that money is moving."
        yield Finding("note", text)


def _direction(source: str, target: str) -> str:
    parts = [f"out of {label(source)}"] if source else []
    parts += [f"into {label(target)}"] if target else []
    return " ".join(parts)


def _changes(now: dict[str, _Row], before: dict[str, _Row], unit: str) -> Iterator[Finding]:
    """The largest rise and the largest fall, and whether the intervals set them off from chance."""
    old, new = _known(before), _known(now)
    moves = {group: new[group]["score"] - old[group]["score"] for group in new if group in old}
    for sign, tone, verb in ((1, "up", "improved"), (-1, "down", "worsened")):
        group = max(moves, key=lambda g: (sign * moves[g], g), default=None)
        if group is None or sign * moves[group] <= NOTABLE_CHANGE:
            continue
        first, last = old[group], new[group]
        text = (
            f"{label(group)} {verb} most, from {signed(first['score'])} to {signed(last['score'])}"
            f" ({_stories(last['n_stories'])}); {_certainty(first, last)}."
        )
        yield Finding("up" if tone == "up" else "down", text, (pick("score", group, last["key"]),))


def _certainty(first: _Row, last: _Row) -> str:
    if 1 in (first["n_stories"], last["n_stories"]):
        return "a single story on one side, so it may be chance"
    apart = first["hi"] < last["lo"] or last["hi"] < first["lo"]
    return "the 90 % intervals do not overlap" if apart else "the 90 % intervals overlap"


def _extremes(now: dict[str, _Row]) -> Iterator[Finding]:
    """The groups whose interval lies wholly on one side of zero, the best and the worst first."""
    known = _known(now)
    for column, sign, tone, word in (("lo", 1, "up", "positive"), ("hi", -1, "down", "negative")):
        clear = [g for g, row in known.items() if sign * row[column] > 0]
        clear.sort(key=lambda g: (-sign * known[g]["score"], g))
        if not clear:
            continue
        named = listed([f"{label(g)} ({signed(known[g]['score'])})" for g in clear[:4]])
        text = f"Clearly {word}, interval and all: {named}."
        links = tuple(pick("score", g, known[g]["key"]) for g in clear[:4])
        yield Finding("up" if tone == "up" else "down", text, links)


def _crossings(points: pd.DataFrame, unit: str) -> Iterator[Finding]:
    """Sectors that changed quadrant of the rotation graph since the period before."""
    rows = grid.trails(points[points["kind"] == "sector"], tail=1)
    moved: dict[tuple[str, str], list[str]] = {}
    links: dict[tuple[str, str], list[str]] = {}
    for group, path in rows.groupby("group", sort=False):
        by_age = dict(zip(path["age"], path["quadrant"], strict=True))
        if by_age.get(1) not in (None, by_age[0]):
            way = (by_age[1], by_age[0])
            moved.setdefault(way, []).append(label(str(group)))
            links.setdefault(way, []).append(pick("score", str(group), rows["key"].max()))
    for (old, new), groups in sorted(moved.items(), key=lambda item: (-len(item[1]), item[0])):
        tone: Tone = "up" if new in ("leading", "improving") else "down"
        yield Finding(tone, f"From {old} to {new}: {listed(groups)}.", tuple(links[old, new]))


def _attention(now: dict[str, _Row], before: dict[str, _Row], unit: str) -> Iterator[Finding]:
    shares = {
        group: (float(before[group]["attention"]), float(row["attention"]))
        for group, row in now.items()
        if group in before and not math.isnan(row["attention"])
    }
    shares = {g: pair for g, pair in shares.items() if not math.isnan(pair[0])}
    group = max(shares, key=lambda g: (abs(shares[g][1] - shares[g][0]), g), default=None)
    if group is None or abs(shares[group][1] - shares[group][0]) <= NOTABLE_ATTENTION:
        return
    old, new = shares[group]
    text = f"{label(group)} drew {new:.0%} of the mentions of its kind, after {old:.0%}"
    yield Finding("note", f"{text} the {unit} before.", (pick("score", group, now[group]["key"]),))


def _silence(now: dict[str, _Row]) -> Iterator[Finding]:
    quiet = [g for g, row in now.items() if row["kind"] == "sector" and math.isnan(row["score"])]
    if quiet:
        named = listed([label(group) for group in quiet])
        yield Finding("note", f"No news about {named}: missing, which is not the same as neutral.")
