"""Whose move it is, moves turned back, verdicts on a claim, and flows of nothing."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"
GROWTH, VALUE, STAPLES, GOLD = "growth", "value", "consumer_staples", "gold"


@pytest.mark.parametrize(
    "text",
    [
        "Selling pressure rotated from tech into utilities.",
        "The bear market has shifted from growth to utilities.",
        "The sell-off that started in tech has moved on to financials.",
        "Downgrades rotated from banks to energy.",
        "Short sellers moved from banks to utilities.",
        "Hedge funds rotated their shorts from energy into software.",
        "Traders shifted their put buying from tech to banks.",
        "Regulators turned their attention from banks to energy.",
        "Tech funds saw no outflows last week.",
        "Energy funds had zero outflows in May.",
        "Energy funds avoided outflows for a tenth week.",
        "Gold funds failed to attract inflows.",
        "Utilities funds snapped a six-week run of outflows.",
    ],
)
def test_what_moves_is_no_money(flows, text: str) -> None:
    assert flows(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Money rotated from tech into utilities as selling spread.", {(TECH, UTILITIES)}),
        ("Investors ignored the warnings and rotated out of staples into tech.",
         {(STAPLES, TECH)}),
        ("Traders turned from tech to banks.", {(TECH, BANKS)}),
        ("Tech funds saw no let-up in outflows.", {(TECH, None)}),
        ("Utilities funds ended the week with outflows.", {(UTILITIES, None)}),
        ("Gold funds broke a record for inflows.", {(None, GOLD)}),
        # turned back
        ("Traders undid last month's shift from energy to tech.", {(TECH, ENERGY)}),
        ("Funds reverse rotation from growth into value", {(VALUE, GROWTH)}),
        ("Pension funds backtracked on their switch from banks to gold.", {(GOLD, BANKS)}),
        ("Funds made a U-turn on their move from staples to tech.", {(TECH, STAPLES)}),
        ("The unwinding of the value-to-growth rotation gathered pace.", {(GROWTH, VALUE)}),
        ("Traders unwound long positions as money rotated from tech into energy.",
         {(TECH, ENERGY)}),
        ("Investors unwound positions in tech after the rotation into banks.", {(TECH, BANKS)}),
        # said to be true, in two negations
        ("It is not wrong to say that money is flowing from utilities to banks.",
         {(UTILITIES, BANKS)}),
        ("It would be wrong not to say that money is flowing from utilities to banks.",
         {(UTILITIES, BANKS)}),
        ("It is no secret that money is flowing from utilities to banks.", {(UTILITIES, BANKS)}),
        ("It is true that investors are rotating from value into growth.", {(VALUE, GROWTH)}),
    ],
)  # fmt: skip
def test_asserted(flows, text: str, expected: set[tuple[str | None, str | None]]) -> None:
    assert flows(text) == {(left, entered, "asserted") for left, entered in expected}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("It would be wrong to say that money is flowing from tech to banks.", "denied"),
        ("It is simply untrue that cash is pouring out of tech and into banks.", "denied"),
        ("It would be a mistake to think investors are rotating from tech to banks.", "denied"),
        ("Claims of a flight from tech into banks do not survive a look at the data.", "denied"),
        ("Anyone who says money is leaving tech for banks has not looked at the numbers.",
         "denied"),
        ("Talk of an exodus from tech into banks does not hold up.", "denied"),
        ("Hopes of a rotation from tech into banks have been dashed.", "denied"),
        ("Hopes for a rotation from tech into banks came to nothing.", "denied"),
        ("A rotation from tech into banks? Hardly.", "denied"),
        ("Hopes of a rotation from tech into banks are growing.", "hypothetical"),
        ("A generation ago leadership passed from tech to banks.", "past"),
        ("Around the turn of the century, leadership passed from tech to banks.", "past"),
        ("After the 2008 crisis investors shunned tech in favor of banks for years.", "past"),
        ("Last year's rotation from tech to banks is a distant memory.", "past"),
    ],
)  # fmt: skip
def test_verdicts(flows, text: str, status: str) -> None:
    assert flows(text) == {(TECH, BANKS, status)}
