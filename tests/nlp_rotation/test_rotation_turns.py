"""Moves that go the other way: what may turn, what ran the other way before, what came back."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, BONDS = "information_technology", "financials", "energy", "bonds"
MOVED = "Investors are moving from tech into bank stocks."


@pytest.mark.parametrize(
    "turn",
    [
        "Money could soon flow the other way.",
        "A swing back is possible by summer.",
        "A reversal would take a much weaker dollar.",
        "A weaker dollar could bring the money back.",
        "One bad auction might send the cash straight back.",
        "That could be undone by a weak jobs report.",
        "The shift may quickly reverse.",
    ],
)
def test_a_move_that_might_turn(flows, turn) -> None:
    assert flows(f"{MOVED} {turn}") == {
        (TECH, BANKS, "asserted"),
        (BANKS, TECH, "hypothetical"),
    }


def test_the_halves_of_what_might_turn_are_put_together(flows) -> None:
    text = "Money is leaving tech stocks. It is going into bank stocks."
    for turn in ("A swing back is likely.", "Higher yields could send it back."):
        assert flows(f"{text} {turn}") == {(TECH, BANKS, "asserted"), (BANKS, TECH, "hypothetical")}


@pytest.mark.parametrize(
    "turn",
    [
        "A swing back is unlikely.",
        "Nothing could send it back.",
        "A reversal in oil prices is likely.",
        "Rates could bring prices back to normal.",
        "The bill is late, and the chairman may send it back.",
        "The chairman may send it back to the committee.",
        "A turn in the weather could help farmers.",
        "The index could reverse.",
    ],
)
def test_what_else_may_turn_or_will_not(flows, turn) -> None:
    assert flows(f"{MOVED} {turn}") == {(TECH, BANKS, "asserted")}


@pytest.mark.parametrize(
    "turn",
    [
        "Last year the money flowed the other way.",
        "Two years ago the traffic ran in the opposite direction.",
        "Until March investors were moving in the other direction.",
    ],
)
def test_what_ran_the_other_way_before(flows, turn) -> None:
    assert flows(f"{MOVED} {turn}") == {(TECH, BANKS, "asserted"), (BANKS, TECH, "past")}


def test_what_comes_back_leaves_where_it_went(flows) -> None:
    text = "Investors are moving from tech into bank stocks. A shift back to tech stocks by"
    assert flows(f"{text} investors would need lower rates.") == {
        (TECH, BANKS, "asserted"),
        (BANKS, TECH, "hypothetical"),
    }
    text = "Investors are moving from tech into bank stocks. A shift back to energy stocks by"
    assert flows(f"{text} investors would need lower rates.") == {
        (TECH, BANKS, "asserted"),
        (None, ENERGY, "hypothetical"),
    }


def test_what_is_bought_back_is_sold_no_more(flows) -> None:
    text = "Pension funds, which had been net sellers of bank stocks since April, bought banks"
    found = flows(f"{text} last week and dumped energy stocks.")
    assert found == {(BANKS, None, "past"), (ENERGY, BANKS, "asserted")}
    text = "Savers had been moving money from tech into bank stocks, and now they are moving it"
    assert flows(f"{text} from banks into bonds.") == {
        (TECH, BANKS, "past"),
        (BANKS, BONDS, "asserted"),
    }


def test_what_was_sold_and_is_not_bought_back_goes_on(flows) -> None:
    text = "Pension funds had been net sellers of bank stocks since April and dumped energy stocks"
    assert all(status == "asserted" for _, _, status in flows(f"{text} too, brokers' data show."))
