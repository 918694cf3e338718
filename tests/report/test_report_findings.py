"""What changed, in sentences: worked out by eye on tiny frames."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
import report_world as world

from rotascope.report.findings import findings, listed
from rotascope.report.theme import INTERVAL
from rotascope.timeseries.columns import names

WEEKS = [pd.Timestamp("2026-01-05"), pd.Timestamp("2026-01-12")]
_DEFAULTS: dict[str, Any] = {
    "kind": "sector",
    "score": math.nan,
    "lo": math.nan,
    "hi": math.nan,
    "n_stories": 0,
    "n_articles": 0,
    "attention": math.nan,
    "level": math.nan,
    "momentum": math.nan,
}


def point(week: int, group: str, score: float = math.nan, half: float = 0.1, **more: Any) -> Any:
    known = not math.isnan(score)
    row = {"period": WEEKS[week], "group": group, "score": score}
    if known:
        row |= {"lo": score - half, "hi": score + half, "n_stories": 3, "n_articles": 4}
    return _DEFAULTS | row | more


def flow(week: int, source: str | None, target: str | None, **more: Any) -> Any:
    row = {"period": WEEKS[week], "from": source, "to": target, "strength": 0.9, "n_stories": 1}
    statuses = {"asserted": 1, "denied": 0, "hypothetical": 0, "past": 0, "n_articles": 1}
    return row | statuses | more


def told(points: list[Any], flows: list[Any] | None = None) -> list[str]:
    table = pd.DataFrame(points).reindex(columns=names("points"))
    moves = pd.DataFrame(flows or [], columns=names("flows"))
    return [finding.text for finding in findings(table, moves, freq="W")]


def test_the_largest_moves_are_told_with_what_their_intervals_say() -> None:
    texts = told(
        [
            point(0, "energy", -0.3),
            point(1, "energy", 0.4),
            point(0, "utilities", 0.2, half=0.5),
            point(1, "utilities", 0.0, half=0.5),
        ]
    )
    assert (
        "Energy improved most, from −0.30 to +0.40 (3 stories);"
        f" the {INTERVAL}s do not overlap." in texts
    )
    assert (
        f"Utilities worsened most, from +0.20 to +0.00 (3 stories); the {INTERVAL}s overlap."
    ) in texts


def test_a_small_move_is_no_finding() -> None:
    texts = told([point(0, "energy", 0.30), point(1, "energy", 0.38)])
    assert not any("most" in text for text in texts)


def test_a_move_of_means_goes_before_a_larger_one_of_single_stories() -> None:
    texts = told(
        [
            point(0, "energy", -0.9, n_stories=1, lo=-1.0, hi=1.0),
            point(1, "energy", 0.9, n_stories=1, lo=-1.0, hi=1.0),
            point(0, "materials", 0.0),
            point(1, "materials", 0.3),
        ]
    )
    assert any(text.startswith("Materials improved most") for text in texts)
    assert not any("Energy improved" in text for text in texts)


def test_a_move_of_a_single_story_says_that_it_may_be_chance() -> None:
    texts = told(
        [
            point(0, "energy", -0.9, n_stories=1, lo=-1.0, hi=1.0),
            point(1, "energy", 0.9, n_stories=1, lo=-1.0, hi=1.0),
        ]
    )
    assert any("may be chance" in text for text in texts)


def test_flows_that_share_an_end_are_one_movement_and_a_reversal_is_named() -> None:
    points = [point(week, group, 0.1) for week in (0, 1) for group in ("energy", "utilities")]
    texts = told(
        points,
        [
            flow(0, "information_technology", "energy", strength=2.0),
            flow(1, "energy", "information_technology"),
            flow(1, "utilities", "information_technology"),
        ],
    )
    assert texts[0] == (
        "The news moves money out of Energy and Utilities into Information Technology:"
        " strength 1.8, after 2.0 the other way in the week before."
    )


def test_a_flow_with_an_unnamed_end_names_the_other() -> None:
    texts = told([point(0, "energy", 0.1), point(1, "energy", 0.1)], [flow(1, "mega_caps", None)])
    assert texts[0].startswith("The news moves money out of Mega Caps: strength 0.9")


def test_a_denied_flow_is_told_as_denied() -> None:
    texts = told(
        [point(0, "energy", 0.1), point(1, "energy", 0.1)],
        [flow(1, "information_technology", "energy", strength=0.0, asserted=0, denied=2)],
    )
    assert (
        "Denied: that money moves out of Information Technology into Energy (2 stories)." in texts
    )
    assert not any(text.startswith("The news moves") for text in texts)


def test_a_change_of_quadrant_is_told() -> None:
    rows = [
        point(0, "energy", 0.1, level=0.2, momentum=0.1),
        point(0, "utilities", 0.1, level=-0.2, momentum=-0.1),
        point(1, "energy", 0.1, level=0.2, momentum=-0.1),
        point(1, "utilities", 0.1, level=-0.2, momentum=0.1),
    ]
    assert "On the rotation graph: Energy to weakening; Utilities to improving." in told(rows)


def test_silence_is_told_and_never_as_neutral() -> None:
    texts = told([point(0, "energy", 0.1), point(1, "energy", 0.1), point(1, "real_estate")])
    assert any(text.startswith("No news about Real Estate") for text in texts)
    assert not any("Real Estate (" in text for text in texts)


def test_attention_is_told_when_it_jumps() -> None:
    rows = [point(0, "energy", 0.1, attention=0.10), point(1, "energy", 0.1, attention=0.31)]
    assert "Energy drew 31 % of the mentions of its kind, after 10 % the week before." in told(rows)


def test_one_period_has_nothing_to_be_compared_with() -> None:
    assert any("One period only" in text for text in told([point(0, "energy", 0.1)]))


def test_an_empty_frame_has_no_findings() -> None:
    assert told([]) == []


def test_companies_are_told_of_only_where_nothing_else_is_shown() -> None:
    rows = [point(week, "NVDA", 0.9 * (week * 2 - 1), kind="ticker") for week in (0, 1)]
    assert told(rows)[0].startswith("NVDA improved most")
    assert not any("NVDA" in text for text in told([*rows, point(1, "energy", 0.1)]))


def test_pairs_are_left_out() -> None:
    assert told([point(week, "value-growth", 1.0 * week, kind="pair") for week in (0, 1)]) == []


def test_the_order_of_the_rows_changes_nothing() -> None:
    table, moves = world.points(), world.flows()
    mixed = table.sample(frac=1, random_state=3), moves.sample(frac=1, random_state=3)
    assert findings(*mixed, freq="W") == findings(table, moves, freq="W")


@pytest.mark.parametrize(
    ("parts", "text"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listed(parts: list[str], text: str) -> None:
    assert listed(parts) == text
