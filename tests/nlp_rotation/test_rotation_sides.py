"""Sides told apart, money that had moved before, what set a move off, and where it happens."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"
STAPLES, HEALTH, BONDS, CYCLICALS = "consumer_staples", "health_care", "bonds", "cyclicals"


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("The buying has concentrated in staples and utilities. "
         "The selling has come out of the cyclicals.", CYCLICALS, UTILITIES),
        ("Most of the selling has been in chipmakers, and most of the buying in health care.",
         TECH, HEALTH),
        ("Investor buying focused on industrials while selling hit utilities.",
         UTILITIES, "industrials"),
        ("The buying has been in energy stocks.", None, ENERGY),
        ("The selling has centered on semiconductors.", TECH, None),
        ("There has been no shift in sentiment against small caps.", "small_caps", None),
        ("Investors have moved out of \"over-crowded\" megacap names and put money to work in "
         "\"unloved\" small caps.", "mega_caps", "small_caps"),
    ],
)  # fmt: skip
def test_sides_told_apart(flows, text: str, left: str | None, entered: str | None) -> None:
    status = "denied" if " no " in text else "asserted"
    assert (left, entered, status) in flows(text)


@pytest.mark.parametrize(
    "text",
    [
        "Utility ETFs had inflows of $1 billion and bank ETFs had outflows of $2 billion. "
        "That does not mean investors are rotating from banks to utilities.",
        "Bank ETFs lost $2 billion last week, while utility ETFs took in $3 billion. There is no "
        "sign, though, that money is moving from banks into utilities.",
    ],
)
def test_a_pair_denied_behind_its_halves_parts_them(flows, text: str) -> None:
    assert flows(text) == {
        (BANKS, None, "asserted"),
        (None, UTILITIES, "asserted"),
        (BANKS, UTILITIES, "denied"),
    }


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("Fears over tariffs triggered a shift out of industrials and into utilities.",
         "industrials", UTILITIES),
        ("Worries about growth touched off a flight from cyclicals to bonds.", CYCLICALS, BONDS),
        ("The prospect of tax cuts appears to have prompted a rotation out of banks and into "
         "homebuilders that will gain if the bill passes.", BANKS, "consumer_discretionary"),
    ],
)  # fmt: skip
def test_what_worries_set_off_is_asserted(flows, text: str, left: str, entered: str) -> None:
    assert (left, entered, "asserted") in flows(text)


@pytest.mark.parametrize(
    "text",
    [
        "Money had previously been flowing to a broader swath of utility firms.",
        "Investors had once been rotating into utilities.",
        "Traders used to move into utilities.",
    ],
)
def test_what_had_moved_before_is_past(flows, text: str) -> None:
    assert {(left, status) for left, entered, status in flows(text)} == {(None, "past")}


@pytest.mark.parametrize("place", ["Japan", "Europe", "China"])
def test_where_it_happens_is_no_end(flows, place: str) -> None:
    text = f"In {place}, drugmakers were beneficiaries of the exodus from chip shares."
    assert flows(text) == {(TECH, HEALTH, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "A sector rotation was under way on Monday. Oil shares fell 0.5 percent after a good run.",
        "There has been a distinct sector rotation this week, he wrote. Banks slipped a little.",
    ],
)
def test_one_small_move_is_no_end_of_a_rotation(flows, text: str) -> None:
    assert flows(text) == set()


@pytest.mark.parametrize(
    ("text", "entered"),
    [
        ("Utility stocks rose as investors rotated into sectors less exposed to trade.", UTILITIES),
        ("Drug shares gained as traders rotated into quieter corners of the market.", HEALTH),
        ("Bank stocks advanced, with investors rotating into cheaper names.", BANKS),
    ],
)
def test_what_rises_as_money_enters_the_unnamed_is_entered(flows, text: str, entered: str) -> None:
    assert flows(text) == {(None, entered, "asserted")}


def test_what_rises_in_spite_of_a_rotation_is_not_entered(flows) -> None:
    text = "Chip stocks rose even as investors rotated into sectors less exposed to trade."
    assert (None, TECH, "asserted") not in flows(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Money poured into Exxon (XOM), Chevron (CVX) and other drillers.",
            {(None, ENERGY, "asserted")},
        ),
        (
            "Funds dumped Nvidia (NVDA), Micron (MU), Intel (INTC), Broadcom (AVGO) and other "
            "chip stocks for utilities.",
            {(TECH, UTILITIES, "asserted")},
        ),
        (
            "Cash moved out of utilities into Citigroup (C) and the rest of the bank stocks.",
            {(UTILITIES, BANKS, "asserted")},
        ),
        (
            "The selling in Adobe (ADBE), Intuit (INTU) and other software was steady. "
            "Meanwhile utilities saw their heaviest buying in a year.",
            {(TECH, UTILITIES, "asserted")},
        ),
        # a clause of its own
        (
            "Money moved from utilities to Exxon (XOM), and other drillers are hiring.",
            {(UTILITIES, None, "asserted")},
        ),
        ("Shares of Exxon (XOM) and other drillers rose.", set()),
    ],
)
def test_a_group_behind_some_of_its_names(flows, text, expected) -> None:
    assert flows(text) == expected
