"""Groups by what their ends are called in market prose, and the same words in other news."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def groups(stage):
    """Group ids of every group, index or fund named in a text."""

    def read(text: str) -> set[str]:
        found = stage.read(text).mentions
        return {group for each in found if each.kind != "company" for group in each.groups}

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fund managers pulled money from media and put it into copper.", "materials"),
        ("Fund managers took money out of media and into banks.", "communication_services"),
        ("Investors rotated from insurance into chipmakers.", "financials"),
        ("Funds moved out of software and into housing and travel.", "consumer_discretionary"),
        ("Money poured out of tech stocks and into oil.", "energy"),
        ("Investors are ditching chipmakers for machinery and trucking.", "industrials"),
        ("Traders rotated out of momentum and into utilities.", "momentum"),
        ("Investors moved out of consumer and into drug makers.", "consumer_staples"),
        ("The defensives have had their day: a move back to offense is under way.", "cyclicals"),
        ("Funds are buying banks, insurers, builders and haulers.", "industrials"),
    ],
)  # fmt: skip
def test_everyday_words_are_groups_as_ends_of_a_flow(groups, text: str, expected: str) -> None:
    assert expected in groups(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Bank investors read of it in the media on Monday.", "communication_services"),
        ("Retailers fell as traders bet shoppers would go from apparel to electronics.",
         "information_technology"),
        ("Investors heard that the bank moved its staff into housing.", "consumer_discretionary"),
        ("Oil stocks slid as investors saw the rally running out of momentum.", "momentum"),
        ("Utility stocks rose with consumers' buying power, investors said.", "momentum"),
        ("Chip stocks fell after investors moved from copper wires to fiber.", "materials"),
        ("The coach moved him from defense to offense.", "cyclicals"),
        ("The team's offensive rotation looked tired.", "cyclicals"),
        ("Bitcoin left exchanges as holders moved coins to wallets.", "financials"),
        ("Crypto wallets and exchanges went under.", "financials"),
    ],
)  # fmt: skip
def test_the_same_words_in_other_places_are_not(groups, text: str, wrong: str) -> None:
    assert wrong not in groups(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Money moved to stocks that rise and fall with the economy.", "cyclicals"),
        ("Investors like parts of the market with a clear link to an upturn.", "cyclicals"),
        ("They own stocks less sensitive to the economy.", "defensives"),
        ("He bought stocks that hold up well in a recession.", "defensives"),
        ("He bought stocks that do well when the economy grows.", "cyclicals"),
        ("Traders want stocks with strong balance sheets.", "quality"),
        ("Traders want stocks trading at low multiples.", "value"),
        ("Traders sold stocks with lofty valuations.", "growth"),
        ("Traders want stocks with generous dividends.", "dividend"),
        ("Money moved into stocks that look cheap.", "value"),
        ("Investors are turning defensive as stocks slide.", "defensives"),
    ],
)  # fmt: skip
def test_groups_told_by_their_traits(groups, text: str, expected: str) -> None:
    assert expected in groups(text)


@pytest.mark.parametrize(
    "text",
    [
        "The parts that wear out move with the economy of motion.",
        "Companies with strong balance sheets hired more staff.",
        "Stocks gain as U.S. economy signals strength.",
        "The ones that look cheap broke within a week.",
        "The army is turning defensive in the east.",
        "Parts of the bridge hold up well in a storm.",
    ],
)
def test_traits_of_other_things_name_no_group(groups, text: str) -> None:
    assert groups(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The tape preferred technology to the oil patch.", "information_technology"),
        ("I would rather own gold than small caps.", "gold"),
        ("The love affair with growth is over, and small caps shine.", "growth"),
        ("Retail is out, utilities are in.", "consumer_discretionary"),
        ("Quality has peaked and small caps look ready.", "quality"),
        ("The pain trade is Europe over small caps.", "international"),
        ("They are short chips and long utilities.", "information_technology"),
        ("Bonds were sold on Friday.", "bonds"),
        ("The model has them buying $12 billion of bonds.", "bonds"),
        ("Nobody can hide in gold for ever.", "gold"),
        ("Growth led value through April.", "growth"),
        ("Small caps did better than big ones this week.", "large_caps"),
        ("Factors were volatile: momentum had its worst week in years.", "momentum"),
    ],
)
def test_sayings_of_favour(groups, text: str, expected: str) -> None:
    assert expected in groups(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("She would rather own gold than lend it.", "gold"),
        ("Retail workers want cash to be paid on time.", "cash"),
        ("The cars are out, the buses are in.", "consumer_discretionary"),
        ("Her appetite for growth as a singer has not faded.", "growth"),
        ("They hid in cash machines.", "cash"),
        ("Economic growth has peaked, and small caps fell.", "growth"),
    ],
)
def test_sayings_of_other_things(groups, text: str, wrong: str) -> None:
    assert wrong not in groups(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Consumer stocks rose.", {"consumer_discretionary", "consumer_staples"}),
        ("Undervalued stocks beat expensive stocks.", {"value", "growth"}),
        ("Treasury notes and high-grade debt fell.", {"bonds"}),
        ("The Topix, the Kospi and the ASX 200 fell.", {"international"}),
        ("Bank Nifty hit a record while Nifty Realty slipped.", {"financials", "real_estate"}),
        ("Money moved down the market-cap ladder.", {"small_caps"}),
        ("The seven largest companies of the index lost ground.", {"mega_caps"}),
        ("Large-cap tech fell.", {"information_technology", "large_caps"}),
        ("Chip-testing stocks and auto suppliers rose.",
         {"information_technology", "consumer_discretionary"}),
        ("Gold funds and gold miners took in money.", {"gold", "materials"}),
        ("Soap makers, pill makers and garbage haulers rose.",
         {"consumer_staples", "health_care", "industrials"}),
        ("Funds were shifted out of EM and into TIPS.", {"emerging_markets", "bonds"}),
    ],
)  # fmt: skip
def test_names_of_groups(groups, text: str, expected: set[str]) -> None:
    assert groups(text) == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Foreign funds sold Indian bank stocks.", "international"),
        ("Overseas funds bought power-gear makers.", "international"),
        ("VIS Chemicals raised its dividend.", "industrials"),
        ("He gave tips to investors who moved into banks.", "bonds"),
        ("Global manufacturers warned of shortages.", "international"),
        ("The laggards led and the leaders lagged.", "momentum"),
    ],
)
def test_what_only_looks_like_a_name(groups, text: str, wrong: str) -> None:
    assert wrong not in groups(text)


def test_money_put_into_funds_abroad_still_enters_them(groups) -> None:
    assert "international" in groups("Savers moved money into foreign funds.")


def test_a_fund_before_a_word_for_what_it_holds_counts(groups) -> None:
    assert "energy" in groups("Traders bought XLE Energy on the dip.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gold slipped 1% on Friday.", {"gold"}),
        ("Savers left stocks for the safety of bonds.", {"bonds"}),
        ("Funds moved out of high-flying tech and into banks.",
         {"information_technology", "financials"}),
        ("OMC stocks and tax-free bonds rose.", {"energy", "bonds"}),
        ("World shares fell; Gulf markets held up.", {"international", "emerging_markets"}),
        ("The S&P 500 excluding the Magnificent Seven was flat.", set()),
        ("Brics Securities liked the stock.", set()),
    ],
)  # fmt: skip
def test_markets_by_their_names(groups, text: str, expected: set[str]) -> None:
    assert groups(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clients were net sellers of energy for a third week.", "energy"),
        ("She took profits in software.", "information_technology"),
        ("The selling in chips picked up after lunch.", "information_technology"),
        ("Strategists cut retail to underweight.", "consumer_discretionary"),
        ("Health care bore the brunt of the selling.", "health_care"),
        ("AI is still the most crowded trade.", "information_technology"),
        ("Sector funds: energy drew $1.2 billion.", "energy"),
        ("Bargain hunters moved into retail.", "consumer_discretionary"),
        ("FIIs sold IT worth Rs 500 crore.", "information_technology"),
        ("Hedge funds piled into materials.", "materials"),
        ("Value is back in favor.", "value"),
        ("Chips are out of favor again.", "information_technology"),
        ("Interest in retail has revived among investors.", "consumer_discretionary"),
        ("The selling in momentum was fierce.", "momentum"),
    ],
)
def test_dealings_of_the_market(groups, text: str, expected: str) -> None:
    assert expected in groups(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Sellers of energy drinks met in Ohio.", "energy"),
        ("Farmers bore the brunt of the energy crisis.", "energy"),
        ("The buying in China slowed before the holiday.", "emerging_markets"),
        ("The council cut retail to two floors.", "consumer_discretionary"),
        ("Growth in retail positions slowed.", "growth"),
        ("Japan is out of favor with tourists.", "international"),
        ("Her interest in technology began at school.", "information_technology"),
        ("The charity funds listed in Japan drew $3 billion.", "international"),
    ],
)
def test_dealings_in_other_things(groups, text: str, wrong: str) -> None:
    assert wrong not in groups(text)
