"""Holdings cut and raised, appetite lost, money that shows up: what is left and what is entered."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"
SMALL, LARGE, MEGA = "small_caps", "large_caps", "mega_caps"


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("Investors cut exposure to tech and added to banks.", TECH, BANKS),
        ("Managers trimmed their overweight in software and raised their weighting in utilities.",
         TECH, UTILITIES),
        ("Fund managers went underweight tech and overweight energy.", TECH, ENERGY),
        ("The appetite for tech is waning, and interest in banks is picking up.", TECH, BANKS),
        ("Hedge funds covered shorts in small caps and sold mega caps.", MEGA, SMALL),
        ("Investors cashed in their chip gains and bought homebuilders.",
         TECH, "consumer_discretionary"),
        ("Software's loss has been energy's gain.", TECH, ENERGY),
        ("Semis are being used as a piggy bank to fund purchases of utilities.", TECH, UTILITIES),
        ("Investors are favoring value over growth.", "growth", "value"),
        ("Rising yields drove investors from utilities to banks.", UTILITIES, BANKS),
        ("Money that chased AI names all winter is finding its way into cyclicals.",
         TECH, "cyclicals"),
        ("Investors who piled into gold last year are now buying small caps.", "gold", SMALL),
        ("Having spent the summer in staples, the crowd has moved on to banks.",
         "consumer_staples", BANKS),
        ("Staples were dumped, and semis were chased.", "consumer_staples", TECH),
        ("Participation is widening beyond mega-cap tech to small caps.", MEGA, SMALL),
        ("Investors have gone from big to small.", LARGE, SMALL),
    ],
)  # fmt: skip
def test_one_sentence(flows, text, left, entered) -> None:
    assert (left, entered, "asserted") in flows(text)


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("Homebuilders were the darlings of the spring. The bid has moved on to the oil patch.",
         "consumer_discretionary", ENERGY),
        ("Chip stocks tumbled 4%. Traders moved the money into utilities.", TECH, UTILITIES),
        ("Small investors have cooled on semiconductors. Brokers show them buying utilities.",
         TECH, UTILITIES),
        ("Move over, tech stocks. Investors are pouring money into banks.", TECH, BANKS),
        ("They spent June buying tech ETFs. In July they bought small caps instead.",
         TECH, SMALL),
        ("Money is rotating through the market. Small caps are beating large caps.",
         LARGE, SMALL),
    ],
)  # fmt: skip
def test_neighbouring_sentences(flows, text, left, entered) -> None:
    assert (left, entered, "asserted") in flows(text)


def test_each_winner_is_paired_with_what_it_beats(flows) -> None:
    found = flows("It was a rotation, with value outpacing growth and small caps beating large.")
    assert found == {("growth", "value", "asserted"), (LARGE, SMALL, "asserted")}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Nobody is selling tech to buy banks.", "denied"),
        ("The rotation into small caps ran out of steam.", "denied"),
        ("The rotation into small caps is mostly over.", "past"),
        ("A further rotation into small caps is certain to happen.", "hypothetical"),
        ("Were rates to fall, money would leave cash for small caps.", "hypothetical"),
        ("The broker is telling clients to move from tech to small caps.", "hypothetical"),
    ],
)
def test_status(flows, text, status) -> None:
    assert {each for _, _, each in flows(text)} == {status}


def test_the_lowest_since_a_year_is_no_past(flows) -> None:
    text = "Fund managers cut tech to the lowest weighting since 2008 and bought energy."
    assert flows(text) == {(TECH, ENERGY, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "Bank of Westmark moved $2 billion from its securities portfolio into Treasury bonds.",
        "The insurer has been rotating its portfolio out of cash and into corporate bonds.",
        "Treasurers said they had moved idle cash into government bonds.",
        "The small-cap gauge has been left behind, against a gain for large caps.",
        "BP agreed to spend $10 billion on shale assets.",
        "Billions of dollars of value have been wiped out from tech giants.",
        "Carmakers may switch from palladium in favor of cheaper platinum.",
    ],
)
def test_no_money_of_investors_moves(flows, text) -> None:
    assert flows(text) == set()
