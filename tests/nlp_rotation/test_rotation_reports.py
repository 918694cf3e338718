"""Fund flow reports, preferences, nouns of moving, and what only looks like a claim."""

from __future__ import annotations

import pytest

TECH, BANKS, ENERGY, UTILITIES = "information_technology", "financials", "energy", "utilities"
STAPLES, HEALTH, BONDS = "consumer_staples", "health_care", "bonds"


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        ("Investors redeemed $4 billion from gold funds last week.", "gold", None),
        ("Clients added a record $3 billion to utility ETFs.", None, UTILITIES),
        ("Staples funds saw the most outflows, followed by energy funds.", ENERGY, None),
        ("The largest redemptions came from tech funds, while bond funds had the biggest inflows.",
         TECH, BONDS),
        ("Leadership has come from banks rather than technology.", TECH, BANKS),
        ("Traders bought shares worth $2 billion in banks ($1.2 billion), utilities and energy.",
         None, UTILITIES),
        ("Investors preferred defensive sectors such as utilities over technology stocks.",
         TECH, UTILITIES),
        ("The trade out of utilities and into banks has further to go.", UTILITIES, BANKS),
        ("Out went the chipmakers; in came the banks.", TECH, BANKS),
        ("The appetite for bank stocks has returned.", None, BANKS),
        ("Growth stocks are out of favor now.", "growth", None),
        ("Hedge funds have been buying energy stocks.", None, ENERGY),
        ("Managers dialed back exposure to small caps and built positions in large caps.",
         "small_caps", "large_caps"),
        ("Foreign funds were net sellers of IT stocks and net buyers of banks.", TECH, BANKS),
        ("The survey showed a drop in allocation to tech and a rise in allocation to energy.",
         TECH, ENERGY),
    ],
)  # fmt: skip
def test_one_sentence(flows, text, left, entered) -> None:
    assert (left, entered, "asserted") in flows(text)


def test_a_pronoun_with_inflows_stands_for_the_group_before(flows) -> None:
    text = "Utility funds have lagged all year. Last week they suffered outflows of $2 billion."
    assert flows(text) == {(UTILITIES, None, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "Fund managers remain overweight cash and underweight bonds.",
        "The fund remains skewed toward health care and tech stocks.",
        "It stocks more items than any retailer, and its sector is calm.",
    ],
)
def test_a_state_is_no_move(flows, text) -> None:
    assert flows(text) == set()


def test_a_doubt_is_hypothetical(flows) -> None:
    text = "You have to wonder whether money won't rotate into banks."
    assert flows(text) == {(None, BANKS, "hypothetical")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Banks were the most sold sector last week.", {("financials", None, "asserted")}),
        ("Energy shares were by far the most net bought.", {(None, "energy", "asserted")}),
        ("The most net sold sectors were utilities.", {("utilities", None, "asserted")}),
        ("The most sold car was a sedan by an automaker in Ohio.", set()),
        ("Managers are done with banks.", {("financials", None, "asserted")}),
    ],
)
def test_the_most_bought_and_sold(flows, text: str, expected: set) -> None:
    assert flows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Investors reached for the most shorted names in the Russell 2000.", set()),
        (
            "Buyers crowded into airlines and mall owners that had been abandoned in March.",
            {(None, "industrials", "asserted"), (None, "real_estate", "asserted")},
        ),
    ],
)
def test_what_was_done_to_them_before_leaves_nothing_now(flows, text: str, expected: set) -> None:
    assert flows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gold funds bled $900 million in the week. Bank funds took in $400 million, their best "
            "intake since May.",
            {("gold", None, "asserted"), (None, BANKS, "asserted")},
        ),
        (
            "Hedge funds were net sellers of airlines in June. Miners were the most bought sector.",
            {("industrials", None, "asserted"), (None, "materials", "asserted")},
        ),
        (
            "Gold funds bled $900 million in the week. Most of that money went into bank funds.",
            {("gold", BANKS, "asserted")},
        ),
    ],
)
def test_what_is_counted_apart_is_no_pair_unless_the_money_is_linked(flows, text, expected) -> None:
    assert flows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Drug makers were the only group to attract meaningful inflows.",
         {(None, HEALTH, "asserted")}),
        ("Airlines were the only sector to suffer selling.", {("industrials", None, "asserted")}),
        ("Drug makers were the only group to raise prices, and traders were idle.", set()),
        ("Utility funds, in Boston most of all, have had more sellers than buyers since May.",
         {(UTILITIES, None, "asserted")}),
        ("Homes in the region have more sellers than buyers, and banks fret.", set()),
    ],
)  # fmt: skip
def test_the_only_one_and_more_sellers_than_buyers(flows, text, expected) -> None:
    assert flows(text) == expected


def test_a_short_subject_is_no_sentence_of_its_own(stage) -> None:
    text = "Banks were the most sold sector on the prime book last week."
    read = stage.read(text, "Banks the most sold sector")
    assert [(s.start, s.end) for s in read.sentences if s.field == "text"] == [(0, len(text))]
    assert [(f.from_group, f.to_group) for f in read.flows] == [("financials", None)]
