"""The clause around a target, for models without markers."""

from __future__ import annotations

import pytest

from rotascope_models.base import Example
from rotascope_models.clause import clause


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("Tech stocks fell hard while energy names rose.", "energy", "while energy names rose."),
        ("Tech stocks fell hard while energy names rose.", "Tech", "Tech stocks fell hard"),
        ("Miners gained; banks were flat on the day.", "banks", "banks were flat on the day."),
        ("Chips rose, but utilities had a bad week.", "utilities", "but utilities had a bad week."),
        # Too short to say anything alone.
        ("As oil fell, airlines rose.", "oil", "As oil fell, airlines rose."),
        ("Airlines rose.", "Airlines", "Airlines rose."),
    ],
)
def test_clause_holds_the_target(text: str, target: str, expected: str) -> None:
    start = text.index(target)
    assert clause(Example(text, start, start + len(target))) == expected


def test_a_break_inside_the_target_is_none() -> None:
    text = "Shares of Marsh; McLennan rose while the index fell."
    start = text.index("Marsh")
    assert "Marsh; McLennan rose" in clause(Example(text, start, start + len("Marsh; McLennan")))


def test_a_text_as_a_whole_is_itself() -> None:
    assert clause(Example("  Tech fell, while energy rose. ")) == "Tech fell, while energy rose."
