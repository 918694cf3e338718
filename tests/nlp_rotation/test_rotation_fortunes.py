"""Favour lost beside favour won makes a claim; either alone, or a price move, makes none."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY = "information_technology", "financials", "energy"


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("The love affair with software is over, and banks are the beneficiaries.", TECH, BANKS),
        ("Software has lost its shine while lenders are drawing buyers.", TECH, BANKS),
        ("Chip stocks have fallen out of favor, and oil producers are in demand.", TECH, ENERGY),
        ("Oil stocks rallied at the expense of chipmakers.", TECH, ENERGY),
        ("Profit-taking in chip stocks sent investors to oil producers.", TECH, ENERGY),
        ("The fund is trimming its tech holdings and putting the proceeds into banks.",
         TECH, BANKS),
        ("Banks have become a hiding place as investors flee software.", TECH, BANKS),
    ],
)  # fmt: skip
def test_both_halves_in_a_sentence_are_a_claim(flows, text, left, entered) -> None:
    assert (left, entered, "asserted") in flows(text)


@pytest.mark.parametrize(
    "text",
    [
        "Software has lost its shine, the reviewer said of the user interface.",
        "Banks were the beneficiaries of higher interest rates.",
        "Banks rose and software makers fell.",
        "The bank cut costs at the expense of service.",
    ],
)
def test_one_half_alone_pairs_nothing(flows, text) -> None:
    assert not [flow for flow in flows(text) if flow[0] and flow[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quality stocks were left behind in May as investors reached for the cheapest names in "
            "the Russell 2000.",
            {("quality", "small_caps", "asserted")},
        ),
        ("Quality stocks were left behind in May. Investors still like banks.", set()),
    ],
)
def test_left_behind_as_investors_chase_others(flows, text: str, expected: set) -> None:
    assert flows(text) == expected


def test_what_softened_is_left_where_money_switched(flows) -> None:
    switched = "Grocers softened and traders cited a switch by foreign funds into insurers."
    assert flows(switched) == {("consumer_staples", "financials", "asserted")}
    assert flows("Grocers softened their stance on prices as insurers gained.") == set()
