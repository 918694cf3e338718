"""Buying and selling told outright, profits taken, and money that only seems to move."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"
SMALL, MEGA, RETAIL = "small_caps", "mega_caps", "consumer_discretionary"


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("Hedge funds went big on small caps in May.", None, SMALL),
        ("Retail traders went all in on chip stocks.", None, TECH),
        ("Investors are buying energy stocks again.", None, ENERGY),
        ("Traders answered the vote by buying banks and small-caps.", None, BANKS),
        ("Bargain hunters scooped up beaten-down chip stocks.", None, TECH),
        ("Investors sold tech stocks after the report.", TECH, None),
        ("Investors are favoring defensive sectors.", None, "defensives"),
        ("Regional banks saw another wave of buying.", None, BANKS),
        ("Energy stocks drew strong institutional buying.", None, ENERGY),
        ("A burst of buying lifted small caps.", None, SMALL),
        ("Heavy institutional selling hit the chip sector.", TECH, None),
        ("Small caps came under heavy institutional selling.", SMALL, None),
        ("A wave of selling swept through software stocks.", TECH, None),
        ("Traders took profits in the high-flying chip stocks.", TECH, None),
        ("As funds took profits on the big rally in Treasury bonds, yields rose.", "bonds", None),
        ("Profit-taking hit the chip stocks.", TECH, None),
        ("Traders rushed to the exits in biotech stocks.", "health_care", None),
        ("A flight to safety boosted utilities.", None, UTILITIES),
        ("Small caps are finally getting some love from investors.", None, SMALL),
        ("Bank stocks have become a magnet for money fleeing tech.", TECH, BANKS),
        ("Institutions have been accumulating bank stocks.", None, BANKS),
        ("Fund managers turned overweight on health care.", None, "health_care"),
        ("Fund managers have gone underweight real estate.", "real_estate", None),
        ("Money flowed into funds focused on energy companies.", None, ENERGY),
        ("Investors pulled $3 billion out of ETFs that track small caps.", SMALL, None),
        ("Money got pulled from bond funds, he said.", "bonds", None),
        ("Cash was yanked out of tech ETFs.", TECH, None),
        ("Traders flipped from energy into technology after the report.", ENERGY, TECH),
        ("Investors have looked beyond Big Tech this year.", MEGA, None),
        ("A broadening of the rally beyond Big Tech lifted small caps.", MEGA, SMALL),
        ("Gains broadened out beyond technology to include banks.", TECH, BANKS),
        ("Bank stocks were bought by foreign investors.", None, BANKS),
        ("Net buying of energy stocks by hedge funds reached a record.", None, ENERGY),
        ("The industrial sector witnessed outflows of $400 million.", "industrials", None),
        ("Money flowed back to Big Tech, reversing the rotation into small caps.", SMALL, MEGA),
        ("The pendulum has swung back toward value stocks.", None, "value"),
        ("Tech selloff deepens as investors flock to utilities", TECH, UTILITIES),
    ],
)  # fmt: skip
def test_claims(flows, text, left, entered) -> None:
    assert (left, entered, "asserted") in flows(text)


@pytest.mark.parametrize(
    "text",
    [
        "Selling spread beyond tech stocks.",
        "The selloff broadened beyond semiconductors to banks.",
        "Selling pressure moved from small caps to large caps.",
        "Losses widened beyond the Magnificent Seven.",
        "The bank went big on technology.",
        "The chip maker went all in on AI.",
        "The company is channeling money into chips.",
        "Oil producers took profits on hedges.",
        "Retailers saw heavy buying before the holidays.",
        "Carmakers enjoyed a buying spree by consumers.",
        "Insiders are buying bank shares.",
        "The government sold bank shares.",
        "Private investors bought energy companies.",
        "Investors who bought tech stocks are nervous.",
        "Investors buying bank stocks should be careful.",
        "Investors selling energy shares short lost money.",
        "Property managers favored technology that saves energy.",
        "Activist investors are chasing retailers.",
        "Homebuilders saw a wave of buying as mortgage rates fell.",
        "Heavy selling in Chinese property hit banks' profits.",
        "The bank was bought by a rival.",
        "Energy stocks were once favored by hedge funds.",
        "Investors bought $3 billion of bonds sold by the bank.",
        "The stolen funds were used to buy real estate.",
        "Funds that invest in energy fell.",
        "Short sellers are targeting regional banks.",
        "The strike moved from carmakers to railroads.",
        "Summer marked the return of retail shoppers.",
        "Layoffs spread from tech to banks.",
        "The ETF lost only half that much, while tech slid.",
    ],
)
def test_no_claim(flows, text) -> None:
    assert flows(text) == set()


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("Leadership flipped from utilities to chipmakers in October.", UTILITIES, TECH),
        ("Defensive stocks have taken on a leadership role.", None, "defensives"),
        ("Energy stocks are rising and have taken over market leadership.", None, ENERGY),
        ("The rotation was led by banks and energy.", None, ENERGY),
        ("Leadership now belongs to value stocks.", None, "value"),
        ("Growth stocks are falling. Fund managers see the return of bank stocks.", None, BANKS),
        ("June marked the return of small caps.", None, SMALL),
    ],
)
def test_leadership(flows, text, left, entered) -> None:
    assert (left, entered, "asserted") in flows(text)


def test_the_index_of_a_loser_is_no_part_of_a_list(flows) -> None:
    text = "Profit-taking hits bank stocks, Acme top Nasdaq loser"
    assert flows(text) == {(BANKS, None, "asserted")}


def test_that_shift_speaks_of_the_sentence_before(flows) -> None:
    shift = "Utilities and REITs benefited from that shift."
    told = flows(f"Investors are rotating into rate-sensitive groups. {shift}")
    assert told == {(None, UTILITIES, "asserted"), (None, "real_estate", "asserted")}
    assert flows(f"Homes are being heated by power. {shift}") == set()


def test_winners_of_a_style_rotation_are_paired_by_what_they_beat(flows) -> None:
    text = "It went on. Value stocks outperformed growth and small caps edged out large caps."
    text = f"The rotation is here. {text}"
    assert flows(text) == {
        ("growth", "value", "asserted"),
        ("large_caps", SMALL, "asserted"),
    }
