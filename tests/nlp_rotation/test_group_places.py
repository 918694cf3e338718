"""Places that say where a group is, and words for abroad that name no market."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Investors pulled £200m out of UK smaller companies funds.", {("small_caps", None)}),
        ("Money moved from German carmakers into gold.", {("consumer_discretionary", "gold")}),
        ("They sold U.S. value stocks for Japanese value stocks.", {("value", "international")}),
        ("Funds shifted from U.S. stocks into European bonds.", {(None, "bonds")}),
    ],
)
def test_a_place_before_a_group_is_no_end_of_its_own(flows, text: str, pairs) -> None:
    assert {(left, entered) for left, entered, _ in flows(text)} == pairs


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Overseas outflows reached $3 billion while bank shares fell.", False),
        ("Foreign selling of software shares went on for a tenth day.", False),
        ("Global equity funds had outflows of $2 billion for a third week.", False),
        ("U.S. equity funds had outflows, and global equity funds inflows.", True),
        ("Investors put money into foreign stocks.", True),
    ],
)
def test_words_for_abroad_that_name_no_market(groups, text: str, named: bool) -> None:
    assert ("international" in groups(text)) == named


def test_the_month_of_may_supposes_nothing(flows) -> None:
    assert flows("Investors put money into banks in May.") == {(None, "financials", "asserted")}
    assert flows("Investors may put money into banks.") == {(None, "financials", "hypothetical")}


def test_one_bank_is_no_group(groups) -> None:
    assert groups("Funds left large caps, the bank's strategists said.") == {"large_caps"}
    assert "financials" in groups("Funds left large caps for bank shares.")


def test_money_that_went_in_and_moves_on(flows) -> None:
    text = "Money that went into chip stocks has been finding its way to utilities."
    assert flows(text) == {("information_technology", "utilities", "asserted")}
    text = "Money that went into chip stocks last week lifted the sector."
    assert flows(text) == {(None, "information_technology", "asserted")}
