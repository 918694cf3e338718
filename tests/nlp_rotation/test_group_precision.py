"""Everyday words, names and single companies are no group; market prose still names its own."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Stocks lost value on Monday.", "value"),
        ("The dollar lost value as stocks rallied.", "value"),
        ("The fund's net asset value index fell.", "value"),
        ("Gift givers hustled to value-focused retailers.", "value"),
        ("The home-value index hit a high as markets rose.", "value"),
        ("The air-quality index worsened while stocks fell.", "quality"),
        ("Oil fell for a third day on weakening growth and rising stocks of crude.", "growth"),
        ("The total deal value surged to $4 billion, investors were told.", "value"),
        ("The Dow Jones Industrials index fell 200 points as traders left.", "industrials"),
        ("Investors heard that most of that growth came from new subscribers.", "growth"),
        ("The team took its self-driving car technology to the track.", "information_technology"),
        ("A new machine learning technology goes on sale.", "information_technology"),
        ("The lab has found that people need more food energy in winter.", "energy"),
        ("Bitcoin miners unplugged their rigs as the hashrate dropped.", "materials"),
        ("The phone goes to shops where it is made in China for now.", "emerging_markets"),
        ("Shares of Corvane Pharmaceuticals were halted in the morning.", "health_care"),
        ("The host named his favorites, including an oil play with a new chief.", "energy"),
        ("Analysts called it the best chip stock of the year.", "information_technology"),
        ("A high-tech robotic arm got the crates off the truck.", "information_technology"),
        ("Users go to the machine and get cash from it.", "cash"),
        ("Congress took up tech-policy issues again.", "information_technology"),
        ("The Japanese space agency put a probe in orbit.", "international"),
        ("NOBODY SHOULD TRUST IT UNTIL TUESDAY, the banks said.", "information_technology"),
        ("The firm takes pride in its pharma distributor.", "health_care"),
        ("RSP Permian drilled nine wells.", "equal_weight"),
        ("The bank gave them cheap loans to get credit from investors.", "bonds"),
    ],
)
def test_words_of_other_news_name_no_group(groups, text: str, wrong: str) -> None:
    assert wrong not in groups(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Investors sold growth and bought value.", {"growth", "value"}),
        ("Expensive growth lost out to cheap value as stocks fell.", {"growth", "value"}),
        ("Money moved out of technology and into energy.", {"information_technology", "energy"}),
        ("Investors should raise some cash after this rally.", {"cash"}),
        ("Copper miners and gold miners rallied with metals prices.", {"materials"}),
        ("Industrials and the Dow Jones Industrial Average slipped.", {"industrials"}),
        ("The oil plays and the biotech plays rebounded.", {"energy", "health_care"}),
        ("Funds took money out of China and into Japan.", {"emerging_markets", "international"}),
        ("European small caps and Indian bank stocks rose.", {"international", "small_caps"}),
        ("Banks say that the market turmoil has passed.", {"financials"}),
        ("Traders bought RSP on the dip.", {"equal_weight"}),
    ],
)
def test_market_prose_still_names_its_groups(groups, text: str, expected: set[str]) -> None:
    assert expected <= groups(text)
