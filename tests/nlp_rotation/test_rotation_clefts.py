"""Groups put first, questions with answers, idioms of favour, and lists with asides."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"
STAPLES, HEALTH, BONDS, INDUSTRIALS = "consumer_staples", "health_care", "bonds", "industrials"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was utilities that investors wanted out of.", {(UTILITIES, None)}),
        ("Banks are what hedge funds have been buying.", {(None, BANKS)}),
        ("What are they buying with the money? Banks, mostly.", {(None, BANKS)}),
        ("And where is the money going? Into energy and banks.",
         {(None, ENERGY), (None, BANKS)}),
        ("HOST: Who is getting the money? GUEST: Well, it is leaving the megacaps. You see it show"
         " up in banks.", {("mega_caps", BANKS)}),
        ("Investors are trading in their growth stocks for dividend payers.",
         {("growth", "dividend")}),
        ("Investors dumped bond proxies for banks.", {("defensives", BANKS)}),
        ("Wall Street has fallen back in love with banks.", {(None, BANKS)}),
        ("Investors rekindled their love affair with banks.", {(None, BANKS)}),
        ("Tech and growth have both lost favor.", {(TECH, None), ("growth", None)}),
        ("Sellers hit chipmakers as buyers emerged in energy.", {(TECH, ENERGY)}),
        ("Funds have trimmed growth stocks to the benefit of banks.", {("growth", BANKS)}),
        ("Funds were net buyers of banks to the tune of $2 billion, utilities at $1 billion and"
         " energy at $500 million.", {(None, BANKS), (None, UTILITIES), (None, ENERGY)}),
        ("Cash moved into the utilities ETF, up 1.1%, and the staples ETF.",
         {(None, UTILITIES), (None, STAPLES)}),
        ("Money is moving into banks and, for the first time in months, insurers and railroads.",
         {(None, BANKS), (None, INDUSTRIALS)}),
        ("Redemptions were heaviest at energy funds, with utility funds next.",
         {(ENERGY, None), (UTILITIES, None)}),
        ("Energy funds fell. That same week they had heavy outflows.", {(ENERGY, None)}),
        ("Raised weightings in banks. Lowered those in utilities.", {(UTILITIES, BANKS)}),
        ("Money began leaking from value funds and pouring into growth funds.",
         {("value", "growth")}),
        ("Investors are selling the winners and buying what has lagged. Railroads were among the"
         " top gainers, and semiconductors the worst.", {(TECH, INDUSTRIALS)}),
        ("Funds moved into banks, trading houses and builders, brokers said.",
         {(None, BANKS), (None, INDUSTRIALS), (None, "consumer_discretionary")}),
        ("Hedge funds are once again seeing the appeal of large caps.", {(None, "large_caps")}),
        ("Funds raised their equity weighting from the month before, but moved out of utilities.",
         {(UTILITIES, None)}),
        ("The energy fund, whose holdings were changed in May, also had $2 billion in outflows.",
         {(ENERGY, None)}),
        ("Managers have reduced their utilities weightings every month since June.",
         {(UTILITIES, None)}),
        ("The market has moved toward names of a more defensive kind.", {(None, "defensives")}),
        ("Investors, sure of a cut in rates by the fall, were quick to turn to health care.",
         {(None, HEALTH)}),
        ("Insurers came under selling pressure as investors preferred defensives.",
         {(BANKS, "defensives")}),
        ("Cash in money market funds fell the most in seven months.", {("cash", None)}),
        ("Leading the inflows were money market funds, with bond funds (+$2 billion) behind them.",
         {(None, "cash"), (None, BONDS)}),
        ("Hedge funds looked to cyclical stocks for opportunities.", {(None, "cyclicals")}),
    ],
)  # fmt: skip
def test_asserted(flows, text, expected) -> None:
    assert flows(text) == {(left, entered, "asserted") for left, entered in expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Defensives are climbing yet still have not taken over as market leaders.",
         {(None, "defensives", "denied")}),
        ("Now could be the moment to go overweight defensive names against cyclicals.",
         {("cyclicals", "defensives", "hypothetical")}),
        ("Nobody can say whether investors will move back to bonds.",
         {(None, BONDS, "hypothetical")}),
        ("Next year will be the one in which money moves from tech to banks.",
         {(TECH, BANKS, "hypothetical")}),
    ],
)  # fmt: skip
def test_status(flows, text, expected) -> None:
    assert flows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Banks are what holds the index together, and investors know it.",
        "Tech, which people use every day, is the largest sector.",
        "What did the bank buy? Software, mostly.",
        "Trading houses and shipyards in Japan reported higher profits.",
        "Shares of builders and banks rose, brokers said.",
    ],
)
def test_no_claim(flows, text) -> None:
    assert flows(text) == set()
