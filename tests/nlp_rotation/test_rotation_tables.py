"""Fund flow reports told as tables and asides, and money that sits where it has gone."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"
STAPLES, HEALTH, BONDS, INDUSTRIALS = "consumer_staples", "health_care", "bonds", "industrials"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tech funds lost $3 billion while energy funds took in $2 billion.", {(TECH, ENERGY)}),
        ("Tech funds lost $3 billion and bank funds $1 billion, while energy funds drew $900"
         " million.", {(TECH, None), (BANKS, None), (None, ENERGY)}),
        ("Among sector funds, energy and banks shed $700 million and $200 million, whereas"
         " utilities drew $1.3 billion.", {(ENERGY, None), (BANKS, None), (None, UTILITIES)}),
        ("Utility funds had a good month, taking in $600 million.", {(None, UTILITIES)}),
        ("Assets in money-market funds hit a record after attracting $30 billion in the week.",
         {(None, "cash")}),
        ("Bond funds swung back to inflows in June.", {(None, BONDS)}),
        ("Real estate ETFs were in redemption for a third week.", {("real_estate", None)}),
        ("Energy funds picked up most of the new money.", {(None, ENERGY)}),
        ("Health care ETFs got the lion's share of the week's inflows.", {(None, HEALTH)}),
    ],
)  # fmt: skip
def test_funds(flows, text, expected) -> None:
    assert flows(text) == {(left, entered, "asserted") for left, entered in expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Money came out of chipmakers on Monday; by Friday it was sitting in regional banks.",
         {(TECH, BANKS)}),
        ("Cash is leaving the chipmakers. You can see it show up in banks, in railroads and even"
         " in utilities.", {(TECH, BANKS), (TECH, INDUSTRIALS), (TECH, UTILITIES)}),
        ("Investors ditched gold funds for bitcoin.", {("gold", "crypto")}),
        ("Weak orders sent investors to the relative safety of utilities.", {(None, UTILITIES)}),
        ("Funds sold energy shares and put the money in banks. Utilities were bought too.",
         {(ENERGY, BANKS), (None, UTILITIES)}),
        ("Tech ETFs shed $500 million in May. Investors would rather own cyclical stocks.",
         {(TECH, None), (None, "cyclicals")}),
        ("Leadership has changed: banks are out front and software is at the bottom.",
         {(TECH, BANKS)}),
        ("Foreign money was busy: brokers attracted 4 billion yuan, and the chip stocks that led"
         " the rally were the most heavily sold.", {(TECH, BANKS)}),
        ("Clients are still adding to energy funds.", {(None, ENERGY)}),
        ("Small caps gained as investors profited from the unwind.", set()),
        ("Banks have been the main beneficiaries of the tech selloff.", {(TECH, BANKS)}),
        ("In Tokyo, the Nikkei slipped as funds moved into banks.", {(None, BANKS)}),
    ],
)  # fmt: skip
def test_where_money_is(flows, text, expected) -> None:
    assert {(left, entered) for left, entered, _ in flows(text)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If rates rise, energy could lose its place to banks.", {(ENERGY, BANKS, "hypothetical")}),
        ("Clients should resist chasing tech names and consider shifting part of that exposure to"
         " utilities.", {(TECH, UTILITIES, "hypothetical")}),
        ("Is it time to leave tech stocks for something else?", {(TECH, None, "hypothetical")}),
        ("The May rush into small caps lasted two weeks.", {(None, "small_caps", "past")}),
        ("Defensives have not been the beneficiaries of the tech selloff.",
         {(TECH, "defensives", "denied")}),
    ],
)  # fmt: skip
def test_status(flows, text, expected) -> None:
    assert flows(text) == expected
