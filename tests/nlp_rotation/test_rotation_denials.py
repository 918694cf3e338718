"""Denials without a plain negation, turns that only look like one, and advice against a move."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"
BONDS, SMALL, HEALTH, STAPLES = "bonds", "small_caps", "health_care", "consumer_staples"


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("Investors are no longer rotating out of tech into energy.", TECH, ENERGY),
        ("Investors are no longer fleeing financials.", BANKS, None),
        ("Investors have stopped fleeing banks.", BANKS, None),
        ("Investors no longer pour money into bonds.", None, BONDS),
        ("Money has stopped flowing into small caps.", None, SMALL),
        ("Investors stopped selling tech stocks to buy energy stocks.", TECH, ENERGY),
        ("Hardly anyone is moving out of tech into utilities.", TECH, UTILITIES),
        ("No one is fleeing banks for staples.", BANKS, STAPLES),
        ("Few investors are rotating out of tech and into energy.", TECH, ENERGY),
        ("Barely any money has moved from bonds into small caps.", BONDS, SMALL),
        ("Inflows into utilities funds have dried up.", None, UTILITIES),
        ("The rotation from tech to energy has halted.", TECH, ENERGY),
        ("The migration from bonds to small caps has ground to a halt.", BONDS, SMALL),
        ("The rotation out of tech into banks is a myth.", TECH, BANKS),
        ("Talk of a rotation from tech to small caps has been exaggerated.", TECH, SMALL),
        ("Managers declined to rotate out of tech and into utilities.", TECH, UTILITIES),
        ("Fund managers have resisted the urge to flee banks.", BANKS, None),
        ("The fund put off moving its money out of bonds and into small caps.", BONDS, SMALL),
        ("The pension fund shelved plans to shift money from bonds to banks.", BONDS, BANKS),
        ("Investors are doing anything but rotating into utilities.", None, UTILITIES),
        ("Instead of fleeing energy, traders doubled down.", ENERGY, None),
        ("Hedge funds called off their rotation from energy into tech.", ENERGY, TECH),
        ("The notion that investors are rotating from tech to energy is a myth.", TECH, ENERGY),
        ("Low yields kept investors from rotating out of tech into bonds.", TECH, BONDS),
        ("Investors see little reason to rotate out of energy into health care.", ENERGY, HEALTH),
        ("Investors were rotating out of tech into energy. That has stopped.", TECH, ENERGY),
    ],
)
def test_denied(flows, text, left, entered) -> None:
    assert flows(text) == {(left, entered, "denied")}


def test_far_from_leaving_what_is_bought(flows) -> None:
    found = flows("Far from rotating out of tech, investors added to their holdings.")
    assert (TECH, None, "denied") in found
    assert not any(left == TECH and status == "asserted" for left, _, status in found)


def test_what_is_done_instead_stays_asserted(flows) -> None:
    found = flows("Investors poured money into tech as opposed to rotating into utilities.")
    assert found == {(None, TECH, "asserted"), (None, UTILITIES, "denied")}


def test_what_is_not_sold_pays_for_nothing(flows) -> None:
    found = flows("Investors bought energy without selling tech.")
    assert not any(left == TECH and status == "asserted" for left, _, status in found)


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("Fund managers warned clients against shifting from tech to utilities.", TECH, UTILITIES),
        ("The bank advised against moving from energy to tech.", ENERGY, TECH),
        ("Advisers discouraged clients from shifting out of bonds into small caps.", BONDS, SMALL),
        ("She warned investors not to rotate out of tech into utilities.", TECH, UTILITIES),
        ("It is premature to rotate out of tech and into energy.", TECH, ENERGY),
        ("Fund managers are skeptical of a rotation from tech to energy.", TECH, ENERGY),
        (
            "Analysts caution that it is too early to move from utilities into tech.",
            UTILITIES,
            TECH,
        ),
    ],
)
def test_advised_against_is_hypothetical(flows, text, left, entered) -> None:
    assert flows(text) == {(left, entered, "hypothetical")}


@pytest.mark.parametrize(
    ("text", "left", "entered", "status"),
    [
        ("The flight from banks is over.", BANKS, None, "past"),
        ("The rush out of energy into bonds appears to be over.", ENERGY, BONDS, "past"),
        ("The flow of money into energy has come to an end.", None, ENERGY, "past"),
        ("The flight from banks is far from over.", BANKS, None, "asserted"),
    ],
)
def test_over(flows, text, left, entered, status) -> None:
    assert flows(text) == {(left, entered, status)}


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("No longer afraid of defaults, investors poured money into banks.", None, BANKS),
        ("Few expected it, but investors rotated out of tech into energy.", TECH, ENERGY),
        ("No fewer than ten funds rotated out of tech into energy.", TECH, ENERGY),
        ("Investors did not hesitate to rotate out of tech into energy.", TECH, ENERGY),
        ("Investors cannot stop pouring money into tech.", None, TECH),
        ("The rotation from tech to energy has not stopped.", TECH, ENERGY),
        ("The rotation out of tech into banks resumed after a pause.", TECH, BANKS),
        ("Without a rate cut in sight, investors are moving from small caps into bonds.",
         SMALL, BONDS),
        ("The rotation from tech into banks, which paused in May, has resumed.", TECH, BANKS),
        ("The rotation from tech to energy is no myth.", TECH, ENERGY),
        ("The rotation from tech to energy began after the Fed paused.", TECH, ENERGY),
        ("Nothing could stop money from pouring into tech.", None, TECH),
        ("Investors have wasted no time rotating out of tech into energy.", TECH, ENERGY),
        ("No wonder investors are fleeing tech for banks.", TECH, BANKS),
        ("Hoping to avoid a loss, funds are rotating from energy into bonds.", ENERGY, BONDS),
        ("Money is leaving tech for energy, not utilities.", TECH, ENERGY),
        ("To avoid losses, investors rotated out of tech into utilities.", TECH, UTILITIES),
        ("Rather than wait for the Fed, investors rotated out of tech into energy.",
         TECH, ENERGY),
        ("Instead of waiting, traders are dumping banks and buying gold.", BANKS, "gold"),
        ("As hopes for cuts faded, money moved out of banks into energy.", BANKS, ENERGY),
        ("Far from calming nerves, the report sent investors fleeing banks for utilities.",
         BANKS, UTILITIES),
        ("Investors are selling winners in tech to buy laggards in health care.", TECH, HEALTH),
        ("Traders sold losers in energy to buy winners in tech.", ENERGY, TECH),
        ("Investors sold winners in tech and bought the laggards.", TECH, None),
        ("Nobody expected it, yet investors rotated from tech to energy.", TECH, ENERGY),
        ("Not since 2009 have investors moved so quickly from banks to bonds.", BANKS, BONDS),
    ],
)  # fmt: skip
def test_the_same_words_elsewhere_deny_nothing(flows, text, left, entered) -> None:
    assert flows(text) == {(left, entered, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "There is little to suggest that money is moving out of tech into energy.",
        "So far there is not much in the surveys to show that funds are leaving tech for energy.",
        "There was hardly anything to indicate a rotation from tech to energy.",
        "Talk of a rotation from tech to energy looks overdone.",
        "Fears of a stampede from tech into energy were misplaced.",
    ],
)
def test_little_to_show_for_it(flows, text) -> None:
    assert flows(text) == {(TECH, ENERGY, "denied")}


@pytest.mark.parametrize(
    "text",
    [
        "There is a little to suggest that money is moving out of tech into energy.",
        "Funds did little to hide that they were moving money out of tech into energy.",
        "The rotation from tech to energy looks overdone.",
        "Amid talk of a recession, money is moving from tech to energy, and bears are wrong.",
        "Savers find it hard not to move money out of tech into energy.",
    ],
)
def test_little_else(flows, text) -> None:
    assert flows(text) == {(TECH, ENERGY, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "Savers would find it hard not to move money out of tech into energy.",
        "If oil doubled, savers would find it difficult not to move from tech into energy.",
        "Funds would not hesitate to move money out of tech into energy.",
    ],
)
def test_two_negations_of_what_would_be(flows, text) -> None:
    assert flows(text) == {(TECH, ENERGY, "hypothetical")}
