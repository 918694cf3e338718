"""What changed in the last period, a sentence per finding.  Pure: frames in, sentences out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from rotascope.report import grid
from rotascope.report.sheet import pick
from rotascope.report.theme import INTERVAL, label, signed
from rotascope.wording import plural

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

    Companies are told of only where nothing else is shown, pairs never.  An empty frame has no
    findings.
    """
    single = points[points["kind"] != "pair"]
    broad = single[single["kind"] != "ticker"]
    cells = grid.complete(broad if len(broad) else single)
    if cells.empty:
        return []
    keys = sorted(cells["key"].unique())
    now = _rows(cells, keys[-1])
    before = _rows(cells, keys[-2]) if len(keys) > 1 else {}
    unit = _UNITS.get(freq, "period")
    found = [*_flow_findings(flows, keys, unit)]
    found += _changes(now, before, unit)
    found += _extremes(now)
    found += _crossings(points)
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


def _flow_findings(flows: pd.DataFrame, keys: Sequence[str], unit: str) -> Iterator[Finding]:
    """The strongest movements into or out of one group, and what the news denies."""
    if flows.empty:
        return
    keyed = grid.named_flows(flows)
    now = grid.flow_matrix(keyed[keyed["key"] == keys[-1]])
    past = grid.flow_matrix(keyed[keyed["key"].isin(keys[-1 - LOOK_BACK : -1])])
    back = {(row["source"], row["target"]): row["strength"] for row in past.to_dict("records")}
    rows = [row for row in now.to_dict("records") if row["strength"] > 0]
    for _ in range(FLOWS_TOLD):
        movement = _strongest_movement(rows)
        if movement:
            yield _movement(movement, back, keys, unit)
            rows = [row for row in rows if row not in movement]
    for row in now[now["denied"] > 0].head(1).to_dict("records"):
        way = _direction([row["source"]], [row["target"]])
        link = pick("flow", row["source"], row["target"], keys[-1])
        yield Finding(
            "note", f"Denied: that money moves {way} ({plural(row['denied'], 'story')}).", (link,)
        )


def _strongest_movement(rows: Sequence[_Row]) -> list[_Row]:
    """The flows that share the named source, or the named target, of the greatest strength."""
    best: list[_Row] = []
    for end in ("source", "target"):
        for group in dict.fromkeys(row[end] for row in rows if row[end]):
            shared = [row for row in rows if row[end] == group]
            if _strength(shared) > _strength(best):
                best = shared
    return best


def _strength(rows: Sequence[_Row]) -> float:
    return float(sum(row["strength"] for row in rows))


def _movement(
    rows: Sequence[_Row],
    back: dict[tuple[str, str], float],
    keys: Sequence[str],
    unit: str,
) -> Finding:
    ends = [(row["source"], row["target"]) for row in rows]
    way = _direction(*(list(dict.fromkeys(side)) for side in zip(*ends, strict=True)))
    text = f"The news moves money {way}: strength {_strength(rows):.1f}"
    same = sum(back.get(pair, 0.0) for pair in ends)
    opposite = sum(back.get((target, source), 0.0) for source, target in ends if source and target)
    count = min(LOOK_BACK, len(keys) - 1)
    span = f"{count} {unit}s before" if count > 1 else f"{unit} before"
    if opposite > same:
        text += f", after {opposite:.1f} the other way in the {span}"
    elif len(keys) > 1:
        text += f", after {f'{same:.1f}' if same else 'none'} in the {span}"
    return Finding("flow", text + ".", tuple(pick("flow", *pair, keys[-1]) for pair in ends))


def _direction(sources: Sequence[str], targets: Sequence[str]) -> str:
    """`out of A and B into C`; an end that no story names is left out."""
    parts = []
    for word, groups in (("out of", sources), ("into", targets)):
        named = [label(group) for group in groups if group]
        parts += [f"{word} {listed(named)}"] if named else []
    return " ".join(parts)


def _changes(now: dict[str, _Row], before: dict[str, _Row], unit: str) -> Iterator[Finding]:
    """The largest rise and the largest fall, and whether the intervals set them off from chance."""
    old, new = _known(before), _known(now)
    moves = {group: new[group]["score"] - old[group]["score"] for group in new if group in old}
    # Where there is a choice, a move between means of several stories goes before a single one's.
    told = [g for g in moves if min(old[g]["n_stories"], new[g]["n_stories"]) > 1]
    for sign, tone, verb in ((1, "up", "improved"), (-1, "down", "worsened")):
        large = [g for g in moves if sign * moves[g] > NOTABLE_CHANGE]
        choice = [g for g in large if g in told] or large
        group = max(choice, key=lambda g: (sign * moves[g], g), default=None)
        if group is None:
            continue
        first, last = old[group], new[group]
        text = (
            f"{label(group)} {verb} most, from {signed(first['score'])} to {signed(last['score'])}"
            f" ({plural(last['n_stories'], 'story')}); {_certainty(first, last)}."
        )
        yield Finding("up" if tone == "up" else "down", text, (pick("score", group, last["key"]),))


def _certainty(first: _Row, last: _Row) -> str:
    if math.isnan(first["lo"] + last["lo"]):
        return "too few stories for an interval, so it may be chance"
    apart = first["hi"] < last["lo"] or last["hi"] < first["lo"]
    return f"the {INTERVAL}s do not overlap" if apart else f"the {INTERVAL}s overlap"


def _extremes(now: dict[str, _Row]) -> Iterator[Finding]:
    """The groups whose interval lies wholly on one side of zero, the best and the worst first."""
    known = _known(now)
    for column, sign, tone, word in (("lo", 1, "up", "positive"), ("hi", -1, "down", "negative")):
        clear = [g for g, row in known.items() if sign * row[column] > 0]
        clear.sort(key=lambda g: (-sign * known[g]["score"], g))
        if not clear:
            continue
        named = listed([f"{label(g)} ({signed(known[g]['score'])})" for g in clear[:4]])
        text = f"{word.capitalize()} with the whole {INTERVAL}: {named}."
        links = tuple(pick("score", g, known[g]["key"]) for g in clear[:4])
        yield Finding("up" if tone == "up" else "down", text, links)


def _crossings(points: pd.DataFrame) -> Iterator[Finding]:
    """Sectors that changed quadrant of the rotation graph since the period before."""
    sectors = points[points["kind"] == "sector"]
    if sectors.empty:
        return
    rows = grid.trails(sectors, tail=1)
    moved: dict[str, list[str]] = {}
    for group, path in rows.groupby("group", sort=False):
        by_age = dict(zip(path["age"], path["quadrant"], strict=True))
        if by_age.get(1) not in (None, by_age[0]):
            moved.setdefault(by_age[0], []).append(str(group))
    if moved:
        parts = [
            f"{listed([label(group) for group in moved[quadrant]])} to {quadrant}"
            for quadrant in grid.QUADRANTS
            if quadrant in moved
        ]
        last = rows["key"].max()
        links = tuple(pick("score", group, last) for groups in moved.values() for group in groups)
        yield Finding("note", f"On the rotation graph: {'; '.join(parts)}.", links)


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
    text = f"{label(group)} drew {100 * new:.0f} % of the mentions of its kind"
    text += f", after {100 * old:.0f} %"
    yield Finding("note", f"{text} the {unit} before.", (pick("score", group, now[group]["key"]),))


def _silence(now: dict[str, _Row]) -> Iterator[Finding]:
    quiet = [g for g, row in now.items() if row["kind"] == "sector" and math.isnan(row["score"])]
    if quiet:
        named = listed([label(group) for group in quiet])
        yield Finding("note", f"No news about {named}: missing, which is not the same as neutral.")
