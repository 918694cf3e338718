"""What the next sentence says of a claim, and episodes that were over when the text was written."""

from __future__ import annotations

from datetime import date

import pytest

TECH, BANKS, HEALTH, ENERGY = "information_technology", "financials", "health_care", "energy"


@pytest.mark.parametrize(
    "text",
    [
        "Pension funds moved money from energy stocks into health care. This is not a panic.",
        "Funds moved from energy stocks into health care. That isn't fear, it's housekeeping.",
        "Funds moved from energy stocks into health care. It isn't new, it happened in May too.",
        "Funds moved from energy stocks into health care. We doubt that it will last.",
        "Funds moved from energy stocks into health care. We doubt it.",
        "Funds moved from energy stocks into health care. It ended at 5,230, up 1%.",
    ],
)
def test_what_the_next_sentence_denies_is_not_always_the_move(flows, text) -> None:
    assert flows(text) == {(ENERGY, HEALTH, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "Strategists expect money to rotate out of tech and into energy. We don't believe it.",
        "Many say that investors will soon leave tech stocks for energy. I'm not convinced.",
        "Some see money leaving tech stocks for energy. We are skeptical.",
        "Is money rotating out of tech and into energy? Not in our view.",
        "Pundits tell us that money will rotate from tech into energy. We disagree.",
    ],
)
def test_a_doubt_denies_what_others_expect(flows, text) -> None:
    assert flows(text) == {(TECH, ENERGY, "denied")}


@pytest.mark.parametrize(
    "text",
    [
        "Despite all the talk of a rotation into bank stocks, the index made a new low.",
        "For all the chatter about a rotation into bank stocks, nothing came of it.",
        "In spite of much speculation about a rotation into bank stocks, volume stayed thin.",
        "Anyone who hoped that yields would lure buyers back to bank stocks has been disappointed.",
        "Those betting on a rotation into bank stocks have been wrong again.",
        "Investors waiting for a rotation into bank stocks have waited in vain.",
    ],
)
def test_talk_and_hopes_that_came_to_nothing(flows, text) -> None:
    assert flows(text) == {(None, BANKS, "denied")}


@pytest.mark.parametrize(
    "text",
    [
        "Despite all the talk of a recession, investors rotated into bank stocks.",
        "Despite the noise, investors rotated into bank stocks.",
        "Investors hoping for income rotated into bank stocks, which had disappointed before.",
    ],
)
def test_talk_of_something_else(flows, text) -> None:
    assert flows(text) == {(None, BANKS, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "Last spring's flight from bank stocks was brief.",
        "The rotation out of bank stocks has been short-lived.",
        "Investors fled bank stocks. It lasted five weeks.",
        "What became of the rotation out of bank stocks? It was over by May.",
        "Until recently investors had been fleeing bank stocks.",
        "In 2008 the order was clear only later. Investors fled bank stocks in the summer.",
        "After Lehman nobody cared about yield. Investors fled bank stocks.",
    ],
)
def test_episodes_that_were_over(flows, text) -> None:
    assert flows(text) == {(BANKS, None, "past")}


@pytest.mark.parametrize(
    "text",
    [
        "In 2008 the order was clear only later. Now investors are fleeing bank stocks again.",
        "In 2008 the order was clear only later. This week investors fled bank stocks.",
        "Until now, investors have been fleeing bank stocks.",
        "The break was brief. Investors fled bank stocks again.",
    ],
)
def test_what_goes_on_is_no_episode(flows, text) -> None:
    assert flows(text) == {(BANKS, None, "asserted")}


def test_what_was_so_until_then_is_not_left(flows) -> None:
    text = "Until March most of the new money had gone to tech stocks. Since then half of it"
    assert flows(f"{text} has gone to bank stocks.") == {
        (None, TECH, "past"),
        (None, BANKS, "asserted"),
    }


@pytest.mark.parametrize(
    "turn",
    [
        "Since then the traffic has reversed.",
        "Since March money has flowed the other way.",
        "Now it is going in the opposite direction.",
        "Now they're moving in the other direction.",
    ],
)
def test_a_move_that_has_turned(flows, turn) -> None:
    assert flows(f"Last year investors moved from tech into bank stocks. {turn}") == {
        (TECH, BANKS, "past"),
        (BANKS, TECH, "asserted"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "It looked as if money would leave tech stocks for energy. It didn't.",
        "Strategists said investors would rotate from tech into energy. They never did.",
        "Everyone expected money to rotate out of tech and into energy. It hasn't yet.",
    ],
)
def test_what_was_expected_and_did_not_come(flows, text) -> None:
    assert flows(text) == {(TECH, ENERGY, "denied")}


@pytest.mark.parametrize(
    "text",
    [
        "Hoping the Fed would cut, investors moved from tech stocks into energy. It didn't.",
        "Money is rotating out of tech and into energy. It didn't take long.",
        "Money is rotating out of tech and into energy. That was the plan in any case.",
        "Money is rotating out of tech and into energy. That was in line with forecasts.",
        "Money is rotating out of tech and into energy. That was in contrast to last week.",
    ],
)
def test_what_was_done_is_not_taken_back(flows, text) -> None:
    assert flows(text) == {(TECH, ENERGY, "asserted")}


@pytest.mark.parametrize(
    "when",
    [
        "That was in 1987.",
        "That was in the spring of 2003, before I married.",
        "It was fifteen years ago.",
        "That was then.",
    ],
)
def test_the_next_sentence_says_when_it_was(flows, when) -> None:
    assert flows(f"I sold my energy shares to buy tech shares. {when}") == {
        (ENERGY, TECH, "past"),
    }


def test_the_year_of_the_text_is_not_over(stage) -> None:
    text = "Investors fled energy stocks. That was in 2016."
    for written, status in ((date(2016, 6, 1), "asserted"), (date(2024, 6, 1), "past")):
        assert [f.status for f in stage.read(text, None, written=written).flows] == [status]
