"""Status where another clause has the modal, what is under way, lore, and leadership denied."""

from __future__ import annotations

import pytest

TECH, BANKS, SMALL, VALUE = "information_technology", "financials", "small_caps", "value"


@pytest.mark.parametrize(
    "text",
    [
        "Traders who think the Fed will cut in September rotated into banks.",
        "Investors, confident that the Fed will cut rates, piled into bank stocks.",
        "Funds, sure that rates will fall, have shifted from tech to banks.",
        "While tech may yet recover, investors are rotating into banks.",
        "In a year that will be remembered for inflation, money left bonds for bank stocks.",
        "Hopes for a cut, investors say, have pushed money into bank stocks.",
        "With rates expected to fall, money is rotating into banks.",
        "The Fed could cut in June, and money is already moving into bank stocks.",
        "A cut, which the market believes could come in July, has driven money into bank stocks.",
        "Investors who had expected a cut rotated into banks.",
        "The slump likely sped up a rotation into banks that was already in progress.",
        "The report may accelerate the ongoing rotation into banks.",
        "The rotation into banks gathered pace on hopes the Fed will cut.",
        "Watch out: bank stocks are back in favor.",
        "It is unclear how tech fares in a year that will be rough, but this rotation into banks"
        " reflects a healthier market.",
    ],
)
def test_a_modal_of_another_clause_leaves_the_claim_asserted(flows, text) -> None:
    assert {(to, status) for _, to, status in flows(text)} == {(BANKS, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "If rates fall, money will rotate into banks.",
        "Should rates fall, investors would rotate into banks.",
        "Money could soon be rotating into banks, he said.",
        "Lower rates would see investors pile into bank stocks.",
        "The move should make investors return to bank stocks.",
        "The Fed's move might trigger a rotation into banks.",
        "Lower taxes should lift profits for everyone, leading to a rotation into banks.",
        "The cut could calm markets, sending money into bank stocks.",
        "Historically, traders have piled into bank stocks in January.",
        "As the cycle matures, leadership rotates into bank stocks.",
        "Bank stocks could become the next leaders.",
        "The coming year will see the return of bank stocks.",
        "The broker says to buy bank stocks and sell tech.",
    ],
)
def test_still_hypothetical(flows, text) -> None:
    assert {(to, status) for _, to, status in flows(text)} == {(BANKS, "hypothetical")}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The rotation into bank stocks may be over.", "past"),
        ("The rotation into bank stocks might already have run its course.", "past"),
        ("The rotation into bank stocks could soon be over.", "hypothetical"),
        ("The rotation into bank stocks could be over by June.", "hypothetical"),
    ],
)
def test_what_may_have_ended_was(flows, text, status) -> None:
    assert {(to, told) for _, to, told in flows(text)} == {(BANKS, status)}


def test_advice_not_to_go_is_advice(flows) -> None:
    assert flows("Don't rotate out of tech yet, says one fund.") == {(TECH, None, "hypothetical")}


def test_vice_versa_goes_both_ways(flows) -> None:
    found = flows("The market shifts from large caps to small caps and vice versa.")
    assert found == {
        ("large_caps", SMALL, "hypothetical"),
        (SMALL, "large_caps", "hypothetical"),
    }
    again = flows("Investors have been moving from tech to banks and back again.")
    assert again == {(TECH, BANKS, "asserted"), (BANKS, TECH, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "Industrial stocks don't appear to be the new leaders.",
        "Industrial stocks are not the new leaders of this market.",
        "Industrial stocks are rallying but have not taken the mantle of market leadership.",
        "Industrial stocks have not yet assumed leadership.",
    ],
)
def test_leadership_denied(flows, text) -> None:
    assert flows(text) == {(None, "industrials", "denied")}


@pytest.mark.parametrize(
    "text",
    [
        "In the previous bull market, leadership passed from energy to tech.",
        "A wave of institutional selling hit energy stocks in the summer and fall of 2005.",
        "The next bull cycle saw money leave energy for tech.",
    ],
)
def test_past(flows, text) -> None:
    found = flows(text)
    assert {(left, status) for left, _, status in found} == {("energy", "past")}


def test_what_began_in_a_year_may_go_on(flows) -> None:
    text = "From the first quarter of 2021, hedge funds began moving into energy stocks."
    assert flows(text) == {(None, "energy", "asserted")}


def test_predicted_but_never_come_is_denied(flows) -> None:
    text = "A rotation into value has been predicted for years but has never come."
    assert flows(text) == {(None, VALUE, "denied")}


def test_over_is_no_end_where_it_compares(flows) -> None:
    found = flows("This rotation has favored value over growth.")
    assert found == {("growth", VALUE, "asserted")}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Advisers say clients are often selling tech stocks to buy bank stocks.", "asserted"),
        ("Advisers say clients often sell tech stocks to buy bank stocks.", "hypothetical"),
        ("When yields rise, clients are often selling tech stocks to buy bank stocks.",
         "hypothetical"),
        ("Our base case for the year is that investors shift from tech into banks.",
         "hypothetical"),
        ("The central scenario at the house is for money to move from tech to banks.",
         "hypothetical"),
        ("Our base case is a soft landing, and investors are moving from tech to banks.",
         "asserted"),
        ("The reason is that investors shift from tech into banks.", "asserted"),
    ],
)  # fmt: skip
def test_rules_forecasts_and_what_goes_on(flows, text, status) -> None:
    assert flows(text) == {(TECH, BANKS, status)}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Investors fled bank stocks at the height of the debt crisis.", "past"),
        ("Investors fled bank stocks near the peak of the mania.", "past"),
        ("With gold at the height of its range, investors fled bank stocks.", "asserted"),
        ("Money had come out of bank stocks before the vote.", "past"),
        ("She said the buyers used money that had come out of bank stocks before the vote.",
         "asserted"),
    ],
)  # fmt: skip
def test_crises_that_were_over_and_reported_speech(flows, text, status) -> None:
    assert {(left, told) for left, _, told in flows(text)} == {(BANKS, status)}


def test_who_gets_the_money(flows) -> None:
    left = "Money is leaving tech stocks."
    assert flows(f"{left} Banks get most of it.") == {(TECH, BANKS, "asserted")}
    found = flows(f"{left} If that lasts, we expect banks to get the bulk of the money.")
    assert found == {(TECH, None, "asserted"), (None, BANKS, "hypothetical")}
    found = flows("Tech stocks are cheap. Banks get most of it from their depositors.")
    assert found == set()


def test_from_one_style_into_the_other(flows) -> None:
    text = "There is no sign of a move from growth into value."
    assert flows(text) == {("growth", VALUE, "denied")}
    assert flows("The artist's move from growth into decay won a prize.") == set()
