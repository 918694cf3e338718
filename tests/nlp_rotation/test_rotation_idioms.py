"""Idioms of desks and columns: who is wooed, who is thrown out, who takes the front."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"
BONDS, RETAIL = "bonds", "consumer_discretionary"


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("A sudden turn to value stocks has helped the fund.", None, "value"),
        ("Another $28 billion was absorbed by money market funds.", None, "cash"),
        ("Some $300 million was pulled by investors out of funds for miners.", "materials", None),
        ("Investors have taken to bond ETFs in a big way.", None, BONDS),
        ("Money is making its way to homebuilders.", None, RETAIL),
        ("Money that had chased tech was slinking home to utilities.", TECH, UTILITIES),
        ("The table shows large purchases among oil and gas names.", None, ENERGY),
        ("Tech stocks got sold across the board.", TECH, None),
        ("Chip stocks were thrown out in January.", TECH, None),
        ("Investors have lost their appetite for tech and gained one for banks.", TECH, BANKS),
        ("Retail stocks are hot again.", None, RETAIL),
        ("Bank stocks have taken charge of the rally.", None, BANKS),
        ("Tech stocks have given up their place at the front.", TECH, None),
        ("Energy has been knocked off the top spot by technology.", ENERGY, TECH),
        ("Defensive funds shot to the front.", None, "defensives"),
        ("Small caps are making a bid for leadership.", None, "small_caps"),
        ("Purchases of energy stocks were funded with sales of bank stocks.", BANKS, ENERGY),
        ("Investors turned their attention to value shares over chip stocks.", TECH, "value"),
        ("Health care stocks, on the other hand, saw heavy selling.", "health_care", None),
        ("Tech has fallen from favor, and bank stocks, long avoided, are back in demand.",
         TECH, BANKS),
        ("Step aside, tech stocks. Investors are buying banks.", TECH, BANKS),
        ("Money has moved out of what are called growth shares and into value shares.",
         "growth", "value"),
        ("The shift from leadership by tech to leadership by banks has gathered pace.",
         TECH, BANKS),
        ("Money was retreating -- slowly, but without a pause -- from utilities.",
         UTILITIES, None),
        ("Hedge funds added to positions in small caps and trimmed little.", None, "small_caps"),
        ("Energy stocks have ceded their leading role to banks.", ENERGY, BANKS),
        ("Bank stocks are in favor again.", None, BANKS),
        ("Investors moved quickly out of the market's leaders. Utilities gained from the shift.",
         None, UTILITIES),
        ("The market has begun to look past big tech.", "mega_caps", None),
        ("Rising yields have driven investors from sectors that pay little, including utilities.",
         UTILITIES, None),
        ("Utility stocks have found buyers in November.", None, UTILITIES),
        ("Heavy selling by foreign institutions struck bank shares.", BANKS, None),
        ("Investors are loading up instead on health care stocks.", None, "health_care"),
        ("Leading the net inflows were money market funds.", None, "cash"),
        ("Funds rotated into banks at the start of May and cut back on utilities.",
         UTILITIES, BANKS),
    ],
)  # fmt: skip
def test_claims(flows, text: str, left: str | None, entered: str | None) -> None:
    assert flows(text) == {(left, entered, "asserted")}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Funds may be moving from tech to banks.", "asserted"),
        ("The lead could already be passing from tech to banks.", "asserted"),
        ("Funds may move from tech to banks.", "hypothetical"),
        ("The move away from tech to banks has stopped being a theory.", "asserted"),
        ("Money will have to move from tech to banks.", "hypothetical"),
        ("Investors will all but surely rotate from tech to banks.", "hypothetical"),
        ("He asks himself if money isn't about to rotate from tech to banks.", "hypothetical"),
        ("The rotation from tech to banks is due to a steeper curve.", "asserted"),
        ("As the internet bubble burst, money moved from tech to banks.", "past"),
        ("Nothing suggests that managers are rotating from tech to banks.", "denied"),
        ("It is hardly as if everybody is racing from tech to banks.", "denied"),
        ("Strategists do not see it as a case of investors moving from tech to banks.", "denied"),
        ("We doubt that investors will rotate from tech to banks soon.", "denied"),
    ],
)
def test_status(flows, text: str, status: str) -> None:
    assert flows(text) == {(TECH, BANKS, status)}


@pytest.mark.parametrize(
    "text",
    [
        "Groups ranging from banks to airlines rose as money moved into utilities.",
        "The names nobody owned, from chipmakers to airlines, rose as money moved into utilities.",
        "Money moved into utilities, a group central to energy and tech.",
    ],
)
def test_ranges_and_ties_are_no_ends(flows, text: str) -> None:
    assert flows(text) == {(None, UTILITIES, "asserted")}


def test_a_clause_of_its_own_is_no_part_of_a_list(flows) -> None:
    text = "The rally is spreading past big tech, and industrials and banks are now leading."
    assert ("mega_caps", "industrials", "asserted") in flows(text)
    assert not any(left == "industrials" for left, _, _ in flows(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Utilities are back in favor. So are banks.",
         {(None, UTILITIES, "asserted"), (None, BANKS, "asserted")}),
        ("Investors dumped chip stocks last week. Likewise software stocks and retailers.",
         {(TECH, None, "asserted"), (RETAIL, None, "asserted")}),
        ("Investors have been pulling out of bank stocks. The same goes for homebuilders.",
         {(BANKS, None, "asserted"), (RETAIL, None, "asserted")}),
        ("Bank shares rose on Monday. So did energy shares.", set()),
    ],
)  # fmt: skip
def test_one_more_group_told_by_an_echo(flows, text: str, expected: set) -> None:
    assert flows(text) == expected


def test_more_and_more_money_is_taken_to_a_group(flows) -> None:
    assert flows("Investors have been taking more and more to bond ETFs.") == {
        (None, BONDS, "asserted")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Insurers have fallen to the back of the pack, and railroads now set the pace.",
            {(BANKS, "industrials", "asserted")},
        ),
        (
            "Drillers have moved to the head of the line, and carmakers have slipped to the rear.",
            {(RETAIL, ENERGY, "asserted")},
        ),
        # how they ran on one day is no change of leaders
        ("Insurers fell to the back of the pack on Tuesday while railroads set the pace.", set()),
        ("Insurers have fallen to the back of the pack, and railroads rose 2%.", set()),
        (
            "Staples are no longer where money hides. Gold miners have taken their place.",
            {("consumer_staples", "materials", "asserted")},
        ),
        ("Staples are not where money hides.", {(None, "consumer_staples", "denied")}),
        ("Gold miners have taken their place in the index.", set()),
        (
            "Airline shares, which had carried many a fund through the worst of the spring slump, "
            "are being sold to make room for better ideas.",
            {("industrials", None, "asserted")},
        ),
        ("Airline shares were sold to make a market.", set()),
        ("Investors are all back in energy stocks.", {(None, ENERGY, "asserted")}),
        ("Energy stocks are back in the red.", set()),
        ("Investors are back in the office, and software stocks gained.", set()),
    ],
)
def test_the_order_of_the_pack(flows, text, expected) -> None:
    assert flows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Money that hid in utilities ahead of the vote is coming out.",
            {(UTILITIES, None, "asserted")},
        ),
        (
            "Drillers and railroads rallied. Money that hid in those two groups is leaving.",
            {(ENERGY, None, "asserted"), ("industrials", None, "asserted")},
        ),
        ("Money that hid in utilities is not coming out.", set()),
        (
            "Regional banks fell. Whatever was leaving them seemed to head straight for utilities.",
            {(BANKS, UTILITIES, "asserted")},
        ),
        (
            "Foreign funds kept buying cyclical shares, led by steelmakers and carmakers.",
            {
                (None, "cyclicals", "asserted"),
                (None, "materials", "asserted"),
                (None, RETAIL, "asserted"),
            },
        ),
        # who leads the rise of the market is not who is bought
        (
            "Foreign funds kept buying cyclical shares, and the index rose, led by carmakers.",
            {(None, "cyclicals", "asserted")},
        ),
        (
            "Buyers came back for insurers such as Allstate, for steelmakers and for drillers.",
            {
                (None, BANKS, "asserted"),
                (None, "materials", "asserted"),
                (None, ENERGY, "asserted"),
            },
        ),
        (
            "Managers may have to give up on the banks and shift toward homebuilders.",
            {(BANKS, RETAIL, "hypothetical")},
        ),
        (
            "Managers have stopped selling the banks and buying utilities.",
            {(BANKS, UTILITIES, "denied")},
        ),
        ("Chip makers have passed the baton to software.", set()),
        (
            "Chip makers have passed the baton to insurers.",
            {(TECH, BANKS, "asserted")},
        ),
    ],
)
def test_what_comes_out_and_what_is_held_with_it(flows, text, expected) -> None:
    assert flows(text) == expected
