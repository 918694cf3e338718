"""History told over several sentences is past, until a sentence returns to today."""

from __future__ import annotations

from datetime import date

import pytest

TECH, BANKS = "information_technology", "financials"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "In 2000 the pattern was clear. Money left tech stocks for value.",
            {(TECH, "value", "past")},
        ),
        (
            "Is it 2007 again? Then, too, the leaders were expensive. In the months after the "
            "peak, money moved out of chip stocks and into utilities. We see none of this today. "
            "Buyers keep returning to banks.",
            {(TECH, "utilities", "past"), (None, BANKS, "asserted")},
        ),
        (
            "In 2013 the Fed spoke of less buying and bonds fell hard. Investors fled utilities "
            "and bought banks. Today they are fleeing software instead, and buying gold miners.",
            {("utilities", BANKS, "past"), (TECH, "materials", "asserted")},
        ),
        (
            "It has happened before: in March 2021 the small caps led for weeks, then handed "
            "leadership back to the megacaps.",
            {("small_caps", "mega_caps", "past")},
        ),
    ],
)
def test_a_history_is_past_until_today(flows, text: str, wanted) -> None:
    assert flows(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "In 2000 tech peaked. Investors are now rotating out of tech into banks again.",
        "In 2021 the Nasdaq rose 21%. On Monday investors rotated out of tech into banks.",
        "In 2019 the index gained 29%. Investors moved from tech funds into banks last week.",
        "In 2009 the fund was founded. It has since moved from tech stocks into banks.",
    ],
)
def test_what_follows_an_old_year_is_news_where_it_speaks_of_now(flows, text: str) -> None:
    assert flows(text) == {(TECH, BANKS, "asserted")}


def test_the_date_of_the_text_says_which_years_are_old(stage) -> None:
    text = "In 2021 the pattern was clear. Money left tech stocks for value."
    for day, status in ((date(2021, 11, 5), "asserted"), (date(2024, 11, 5), "past")):
        assert {flow.status for flow in stage.read(text, written=day).flows} == {status}


@pytest.mark.parametrize("joint", [", then", "but then"])
def test_who_led_and_then_gave_way_is_left(flows, joint: str) -> None:
    text = f"Chip makers led for two months {joint} gave way to banks."
    assert flows(text) == {(TECH, BANKS, "asserted")}
