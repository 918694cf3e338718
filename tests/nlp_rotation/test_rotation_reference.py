"""What `the sector` and umbrella words stand for, verbs left out, and sentences turned round."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"
HEALTH, STAPLES, HOMES = "health_care", "consumer_staples", "consumer_discretionary"


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("Bank funds took in the largest inflows, and utility funds the largest outflows.",
         UTILITIES, BANKS),
        ("Energy ETFs saw the heaviest outflows and tech ETFs the biggest inflows.", ENERGY, TECH),
        ("Taking the tech sector's leading role are insurers and oil stocks.", TECH, ENERGY),
        ("Taking the place of chip stocks are banks.", TECH, BANKS),
        ("Replacing software stocks as market leaders are utilities.", TECH, UTILITIES),
        ("Insurers were among the worst stocks in the FTSE 100 as investors fled the sector.",
         BANKS, None),
        ("Foreign funds extended their buying streak in bank stocks.", None, BANKS),
        ("Energy stocks suffered as funds extended their selling streak in the sector.",
         ENERGY, None),
        ("Funds cut their books, indicating an unwinding in sectors like banks.", BANKS, None),
        ("The defensive sectors - health care, utilities and consumer staples - fell again. "
         "This rotation out of defensives began in May.", STAPLES, None),
        ("Utilities and staples are called defensive because they are the low-volatility stocks. "
         "Institutions are moving their capital to these groups.", None, UTILITIES),
    ],
)  # fmt: skip
def test_reads_references_and_inversions(
    flows, text: str, left: str | None, entered: str | None
) -> None:
    assert (left, entered, "asserted") in flows(text)


@pytest.mark.parametrize(
    "text",
    [
        "Taking the tech sector's lead engineers are not banks.",
        "Taking tech's lessons to heart are bank executives.",
        "Replacing utility poles are energy companies across the state.",
        "Banks posted the biggest gains, and utilities the biggest losses.",
        "Energy stocks are on a winning streak in the oil market.",
        "Professionals switched from banks to startups for the salaries.",
        "Housing starts in the FTSE 100's home market fell and the sector shrank.",
        "Banks hired the most staff, and utilities the fewest.",
        "Companies reported the unwinding of joint ventures in energy.",
    ],
)
def test_these_claim_nothing(flows, text: str) -> None:
    assert not [flow for flow in flows(text) if flow[2] == "asserted"]


def test_the_only_group_is_no_reference(flows) -> None:
    text = "Bond funds drew $2 billion. Stock funds were the only group to suffer net outflows."
    assert ("bonds", None, "asserted") not in flows(text)
    assert (None, "bonds", "asserted") in flows(text)


def test_a_country_is_no_sector(flows) -> None:
    text = "Homebuilders were among the biggest fallers in Japan as investors fled the sector."
    assert flows(text) == {(HOMES, None, "asserted")}


def test_an_umbrella_is_opened_only_where_it_is_pointed_at(flows) -> None:
    text = (
        "The defensive sectors - health care and utilities - fell. "
        "Money flowed out of defensives in Europe."
    )
    assert (HEALTH, None, "asserted") not in flows(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Managers' favorites in May were miners and banks. In June they added to the former "
            "and trimmed utilities.",
            {("utilities", "materials", "asserted")},
        ),
        (
            "The survey asked about miners and banks. Managers moved money out of the former and "
            "into the latter.",
            {("materials", "financials", "asserted")},
        ),
        (
            "Bank funds and gold funds had a quiet May. Redemptions from the former were small.",
            set(),
        ),
        (
            "Utilities were the favorite of the spring. Managers left them early, and most of what "
            "they raised went into miners.",
            {("utilities", "materials", "asserted")},
        ),
        ("Utilities slumped. It left them with losses, and investors fret.", set()),
        (
            "Crowding in momentum is extreme. Managers have cut the factor and bought dividend "
            "payers.",
            {("momentum", "dividend", "asserted")},
        ),
    ],
)
def test_the_former_the_factor_and_what_was_left(flows, text: str, expected: set) -> None:
    assert flows(text) == expected
