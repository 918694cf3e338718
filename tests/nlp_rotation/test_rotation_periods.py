"""Leaders of two periods: who led before is left, who leads now is entered."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("The first weeks of the quarter had utility stocks outperforming. The last six had banks "
         "and energy. A rotation is clearly at work.", UTILITIES, ENERGY),
        ("The first half of the year belonged to chipmakers. The second half has belonged to "
         "drugmakers.", TECH, "health_care"),
        ("Last quarter energy stocks led the market. This quarter it is utilities that lead.",
         ENERGY, UTILITIES),
        ("Tech led in the first quarter, and industrials took the lead in the second.",
         TECH, "industrials"),
        ("Last year was all about megacaps. This year has been all about small caps.",
         "mega_caps", "small_caps"),
        ("Yesterday's winners were chipmakers; today's are banks.", TECH, BANKS),
    ],
)  # fmt: skip
def test_leaders_of_two_periods(flows, text: str, left: str, entered: str) -> None:
    assert (left, entered, "asserted") in flows(text)


@pytest.mark.parametrize(
    "text",
    [
        "Last year chip stocks led the market. This year they are leading again.",
        "Last week energy stocks rose. This week bank stocks rose.",
        "Last quarter banks led the market. This quarter utilities could lead it.",
        "The company's first half was led by software, its second half by chips and banks.",
    ],
)
def test_no_change_of_leaders(flows, text: str) -> None:
    assert flows(text) == set()
