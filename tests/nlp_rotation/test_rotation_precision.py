"""What looks like a claim and is none, sides that are easily mixed up, and their status."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"
STAPLES, HEALTH, BONDS = "consumer_staples", "health_care", "bonds"


@pytest.mark.parametrize(
    "text",
    [
        "Portfolios are still tilted to banks and health care.",
        "Our portfolio leans toward value, as it has since the fund was founded.",
        "Those two are among the top stocks in the power sector.",
        "Bank shares stay in vogue as deals pick up.",
        "The maker of engines will sell its $9 billion finance business and exit from banking.",
        "Banks are where foreign funds keep most of their money.",
        "The market has been led by mega-cap tech, though a rotation in leadership could be near.",
        "Energy led the gainers, and staples were the only group in the red.",
        "Retailers are shifting production out of Asia to escape the tariffs.",
        "Utilities are pouring money into data centers as demand for power rises.",
        "Growth stocks in health care gained while investors waited.",
        "Investors watched results, particularly names in the energy sector.",
        "The Treasury sold $40 billion of notes, and gold was in demand at jewelers.",
        "What is good for banks is not always good for homebuilders, investors said.",
        "Semiconductors gave back part of the gains that investors had made on Monday.",
    ],
)
def test_no_move(flows, text) -> None:
    assert not {flow for flow in flows(text) if flow[2] == "asserted"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Investors have been pulling cash from stand-ins for big tech.", {("mega_caps", None)}),
        ("Investors are moving from shares with heavy exposure to AI to utilities.",
         {(TECH, UTILITIES)}),
        ("Yields on Treasurys kept climbing, extending a rotation away from utilities.",
         {(UTILITIES, None)}),
        ("Money managers were putting cash into banks and not gold.", {(None, BANKS)}),
        ("Bond funds are losing cash to stock funds.", {(BONDS, None)}),
        ("The tilt in flows toward defensive rather than cyclical groups is in contrast to May.",
         {("cyclicals", "defensives")}),
        ("Leadership has moved away from the bond proxies paying fat dividends and over to banks.",
         {("defensives", BANKS)}),
        ("Money is leaving many of the best-known tech names and rotating into health care.",
         {(TECH, HEALTH)}),
        ("Money is moving out of tech winners to unloved, more cyclical shares.",
         {(TECH, "cyclicals")}),
        ("Funds extended share sales, unloading banks and rotating toward utilities.",
         {(BANKS, UTILITIES)}),
        ("Utilities gave up leadership of the stock market to banks.", {(UTILITIES, BANKS)}),
        ("Profit booking hit utilities, with Acme the top small-cap loser.", {(UTILITIES, None)}),
        ("Bank and energy funds drew the largest inflows and utility funds the largest outflows.",
         {(None, BANKS), (None, ENERGY), (UTILITIES, None)}),
        ("There was a big move out of growth and into value, and out of tech and into whatever.",
         {("growth", "value"), (TECH, None)}),
        ("Rotate out of staples, he says, and into energy.", {(STAPLES, ENERGY)}),
        ("Money is coming out of the chipmakers and going to work in banks.", {(TECH, BANKS)}),
        ("Mega caps are losing their grip on the market as small caps take charge.",
         {("mega_caps", "small_caps")}),
        ("Small caps have emerged as leaders, while growth has outperformed value.",
         {(None, "small_caps")}),
        ("Traders expect bonds to slump, and money is pouring into banks.", {(None, BANKS)}),
    ],
)  # fmt: skip
def test_sides(flows, text, expected) -> None:
    assert {(left, entered) for left, entered, _ in flows(text)} == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The stage is now being set for money to move out of tech and into banks.",
         "hypothetical"),
        ("Strategists look for the rotation out of tech and into banks to start again.",
         "hypothetical"),
        ("At its heart is the notion of investors getting out of tech and into banks.",
         "hypothetical"),
        ("A rotation from tech to banks is not confirmed in a week.", "hypothetical"),
        ("Nobody could miss the move out of tech and into banks.", "asserted"),
        ("There is no denying the rotation from tech into banks.", "asserted"),
        ("Investors took money out of tech shares that were losing steam and put it in banks.",
         "asserted"),
        ("You can see it without looking hard: cash is rotating from tech to banks.", "asserted"),
        ("To guard against a slump few expect, funds are rotating from tech to banks.",
         "asserted"),
        ("Much of the money going to tech is now rotating into banks.", "asserted"),
        ("Money moved from tech to banks, and rail shares hit prices last seen years ago.",
         "asserted"),
        ("Funds moved from tech to banks in early 2022.", "asserted"),
        ("Funds moved from tech to banks in early 2009.", "past"),
        ("In the bull market that followed, money moved from tech to banks.", "past"),
        ("Investors who moved from tech to banks seem to be having second thoughts.", "past"),
        ("Everybody braced for a rush from tech to banks. The rush never came.", "denied"),
    ],
)  # fmt: skip
def test_status(flows, text, status) -> None:
    assert {each for _, _, each in flows(text)} == {status}
