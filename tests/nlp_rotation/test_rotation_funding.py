"""What pays for what: proceeds parked, purchases financed by sales, ratings and weights moved."""

from __future__ import annotations

import pytest

TECH, BANKS, SHOPS, CASH = "information_technology", "financials", "consumer_discretionary", "cash"
STAPLES, HEALTH, POWER, ENERGY = "consumer_staples", "health_care", "utilities", "energy"


def _asserted(left: set[str], entered: set[str]) -> set[tuple[str, str, str]]:
    return {(one, other, "asserted") for one in left for other in entered}


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        (
            "Banks and builders were sold and the proceeds parked in money market funds.",
            {BANKS, SHOPS},
            {CASH},
        ),
        ("Drug makers were sold and the money put into insurers.", {HEALTH}, {BANKS}),
        (
            "Managers have been closing their underweight in energy. The buying has been funded "
            "by sales of software and, to a lesser extent, drug makers.",
            {TECH, HEALTH},
            {ENERGY},
        ),
        (
            "Insurers outperformed again in May. Pension funds have paid for these purchases by "
            "trimming their holdings in real estate shares.",
            {"real_estate"},
            {BANKS},
        ),
        ("To pay for the banks they bought, managers sold staples.", {STAPLES}, {BANKS}),
        (
            "Brokers saw brisk demand for gold funds from clients who have sold bank shares.",
            {BANKS},
            {"gold"},
        ),
    ],
)
def test_what_is_sold_pays_for_what_is_bought(flows, text: str, left, entered) -> None:
    assert flows(text) == _asserted(left, entered)


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        (
            "We are trimming energy to neutral and utilities to underweight, and putting the "
            "proceeds into health care.",
            {ENERGY, POWER},
            {HEALTH},
        ),
        (
            "We are lowering energy to neutral and raising utilities to overweight.",
            {ENERGY},
            {POWER},
        ),
        (
            "The firm cut retailers to underweight and moved banks up to market weight.",
            {SHOPS},
            {BANKS},
        ),
        (
            "We cut chip makers to equal weight and used the proceeds to add to insurers.",
            {TECH},
            {BANKS},
        ),
        (
            "We reduced software by two points and bank shares by one point, and raised utilities "
            "by the same amount.",
            {TECH, BANKS},
            {POWER},
        ),
    ],
)
def test_a_rating_is_no_end(flows, text: str, left, entered) -> None:
    assert flows(text) == _asserted(left, entered)


def test_equal_weight_is_an_end_of_money_that_moves(flows) -> None:
    text = "Investors are moving out of the megacaps and into equal-weight funds."
    assert flows(text) == {("mega_caps", "equal_weight", "asserted")}


def test_who_reduces_an_underweight_buys(flows) -> None:
    assert flows("Mutual funds have reduced their underweight in banks.") == {
        (None, BANKS, "asserted")
    }
    assert flows("Hedge funds cut their overweight in banks.") == {(BANKS, None, "asserted")}


def test_points_of_weight_pass_from_one_group_to_others(flows) -> None:
    fell = "Tech's weight in the average fund has come down from 34% to 29%."
    gained = "Health care has gained three of those points and banks the other two."
    assert flows(f"{fell} {gained}") == _asserted({TECH}, {HEALTH, BANKS})
    assert not flows(fell)


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("Chip makers have lost their place as the top sector to energy.", {TECH}, {ENERGY}),
        (
            "Banks have given up their position as the favorite of fund managers to health care.",
            {BANKS},
            {HEALTH},
        ),
    ],
)
def test_the_best_place_is_lost_to_another_group(flows, text: str, left, entered) -> None:
    assert flows(text) == _asserted(left, entered)


def test_a_gain_that_is_nobodys_loss_is_no_destination(flows) -> None:
    text = (
        "The utilities group's gain this quarter owes more to power demand than to nerves, and "
        "food stocks have in fact seen outflows since May."
    )
    assert flows(text) == {(STAPLES, None, "asserted")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Insurers jumped 4% and drug makers such as Pfizer and Merck were sold to pay for it, "
            "traders said.",
            _asserted({HEALTH}, {BANKS}),
        ),
        ("The bank bought a rival on Monday and sold bonds to pay for it.", set()),
        (
            "Utilities could win some of the cash that has sat in bond funds all year.",
            {("bonds", POWER, "hypothetical")},
        ),
        ("The cash that has sat in money-market funds earns 5%, and utilities fell.", set()),
    ],
)
def test_what_pays_for_a_rise_and_where_the_cash_has_sat(flows, text: str, expected: set) -> None:
    assert flows(text) == expected
