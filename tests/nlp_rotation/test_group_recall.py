"""Words that name a group by what stands around them: lists, quotes, phrases of strategists."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Money went from cyclical to cloud stocks.", {"cyclicals", "information_technology"}),
        ("Housing, utility and consumer stocks rallied.", {"consumer_discretionary", "utilities"}),
        (
            "Money moved out of the internet and biotech stocks.",
            {"communication_services", "health_care"},
        ),
        ("The year will see the return of energy and material stocks.", {"energy", "materials"}),
        ("Health care, consumer staple and utility companies rose.", {"consumer_staples"}),
        ("U.S. large, mid and small caps rose.", {"large_caps", "mid_caps", "small_caps"}),
        ("Large- and small-cap funds took in money.", {"large_caps", "small_caps"}),
    ],
)
def test_words_that_share_a_noun_all_name_groups(groups, text: str, expected: set[str]) -> None:
    assert expected <= groups(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Traders left "safe" stocks for "growth" names.', {"defensives", "growth"}),
        ('Highflying "momentum" and "value" stocks fell.', {"momentum", "value"}),
        (
            "Funds moved from InformationTechnology to RealEstate.",
            {"information_technology", "real_estate"},
        ),
        ("Money is leaving faster-growing companies for cheaper ones.", {"growth"}),
        ("Investors moved to higher-yielding shares.", {"dividend"}),
        ("The rotation hit the higher-growth areas of the market.", {"growth"}),
    ],
)
def test_quotes_joined_words_and_comparatives(groups, text: str, expected: set[str]) -> None:
    assert expected <= groups(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sectors of the economy that lagged include oil, autos and chemicals.",
            {"energy", "consumer_discretionary", "materials"},
        ),
        (
            "The strongest areas of the market were railroads, farm equipment and coal.",
            {"industrials", "energy"},
        ),
        (
            "They avoid industries such as steel, hotels and trucking.",
            {"materials", "consumer_discretionary", "industrials"},
        ),
    ],
)
def test_lists_of_sectors(groups, text: str, expected: set[str]) -> None:
    assert expected <= groups(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Allocations to IT fell to 9%.", {"information_technology"}),
        ("Strategists are bullish on autos and overweight on banking.", {"financials"}),
        ("Tech and health care are both clearly out of favor.", {"health_care"}),
        ("Growth is back in vogue with investors.", {"growth"}),
        ("Tech is an area of risk in the stock market.", {"information_technology"}),
        ("Health care was heavily sold as investors feared new rules.", {"health_care"}),
        ("The market has taken a more cyclical posture.", {"cyclicals"}),
        ("Investors shifted to higher quality.", {"quality"}),
        ("Fund managers will have to pivot to India.", {"emerging_markets"}),
        ("Investors withdrew billions and moved their capital to Japan.", {"international"}),
        ("It is out of growth and the rally in cyclicals goes on.", {"growth", "cyclicals"}),
    ],
)
def test_phrases_that_speak_of_groups(groups, text: str, expected: set[str]) -> None:
    assert expected <= groups(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gene therapy companies rallied.", {"health_care"}),
        ("Traders left the hot medicals.", {"health_care"}),
        ("Realty, cement and aviation shares gained.", {"real_estate", "materials", "industrials"}),
        ("FMCG stocks and PSU banks fell.", {"consumer_staples", "financials"}),
        ("Large outflows hit BTC and ETH funds.", {"crypto"}),
        ("Stodgy phone stocks were the refuge.", {"communication_services"}),
        ("Tokyo shares and Shanghai stocks rose.", {"international", "emerging_markets"}),
        ("Infra stocks a safe bet, says a fund manager", {"industrials"}),
        ("Asian shares firm after upbeat data", {"international"}),
    ],
)
def test_words_of_industries_and_markets(groups, text: str, expected: set[str]) -> None:
    assert expected <= groups(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("A consumer watchdog group sued the firm.", "consumer_discretionary"),
        ("Consumer and industry groups spoke against the rule.", "consumer_discretionary"),
        ("The fund cut its commercial paper holdings.", "materials"),
        ("It moved to a more energy-efficient system, and the market rallied.", "energy"),
        ("Users left over gas fee issues.", "energy"),
        ("They handed the internet over to more durable companies.", "communication_services"),
        ("He cashed in, and traders cash-in on old products.", "cash"),
        ("The best consumer tech companies sell phones to investors.", "consumer_discretionary"),
        ("We want a better sense of this phone's value, he said.", "value"),
        ("The army took a defensive posture at the border.", "defensives"),
        ("Workers had long exposure to chemicals at the plant.", "materials"),
        ("Investors moved 45.6 ETH out of a wallet and into banks.", "crypto"),
        ("Traders in stocks are bullish on natural gas.", "energy"),
        ("They keep children safe from harm.", "defensives"),
        ("The envoy will move to India with his family.", "emerging_markets"),
    ],
)
def test_the_same_words_elsewhere_name_none(groups, text: str, wrong: str) -> None:
    assert wrong not in groups(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Money is flowing to SMIDs this month.", {"small_caps", "mid_caps"}),
        ("Buyers turned to down-cap names.", {"small_caps"}),
        ("Value shares beat their growth counterparts again.", {"value", "growth"}),
        ("Cyclicals trailed their defensive peers.", {"cyclicals", "defensives"}),
        ("Traders left momentum names for low-beta ones.", {"momentum", "defensives"}),
        ("Pension managers own less tech than a year ago.", {"information_technology"}),
        ("Managers bought health care (HC) and metals.", {"health_care", "materials"}),
        ("Savers put money into gold and multi-asset funds.", {"gold"}),
        ("Cyber security and chip stocks fell.", {"information_technology"}),
        ("Microfinance and housing finance cos rally", {"financials"}),
    ],
)
def test_short_names_peers_and_shares_of_a_portfolio(groups, text: str, expected: set[str]) -> None:
    assert expected <= groups(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Investors sold software for companies closely tied to the economic cycle.", "cyclicals"),
        ("Managers cut utilities and bought anything geared to a recovery.", "cyclicals"),
        ("Money went from tech to stocks that are most sensitive to the economy.", "cyclicals"),
        ("Investors are moving out of chips and into sectors seen as safe.", "defensives"),
        ("Traders rotated into shares perceived as less risky.", "defensives"),
        ("Investors moved from tech into stocks that pay high dividends.", "dividend"),
    ],
)
def test_plurals_named_by_their_description(groups, text: str, expected: str) -> None:
    assert expected in groups(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The bank works with companies tied to the economy of the region.", "cyclicals"),
        ("Traders left stocks tied to the growth of the web.", "cyclicals"),
        ("Traders sold anything geared to a recovery in oil demand.", "cyclicals"),
        ("Areas seen as safe drew more families.", "defensives"),
        ("Companies that pay dividends owe this tax.", "dividend"),
        ("I want less tech in my life.", "information_technology"),
        ("Gold and copper stocks rose.", "gold"),
        ("India Cement shares rose after the results.", "emerging_markets"),
        ("India Cement shares rose after the results.", "materials"),
        ("Housing finance cos rally", "consumer_discretionary"),
    ],
)
def test_descriptions_and_names_that_are_no_group(groups, text: str, wrong: str) -> None:
    assert wrong not in groups(text)


def test_a_country_before_an_industry_in_lower_case_is_no_name(groups) -> None:
    assert {"emerging_markets", "materials"} <= groups("India cement stocks gained.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Buyers left renewable and LNG stocks for timber names.", {"energy", "materials"}),
        ("Shipbuilders and staffing stocks rose.", {"industrials"}),
        ("Shoemakers, jewelers and furniture stocks fell.", {"consumer_discretionary"}),
        ("Meatpackers and beauty stocks gained as drugstore chains fell.", {"consumer_staples"}),
        ("Telehealth and cannabis stocks sank.", {"health_care"}),
        ("Reinsurers and property-casualty stocks climbed.", {"financials"}),
        ("Optical and telecom-equipment stocks jumped.", {"information_technology"}),
        ("Movie studios and satellite stocks slid.", {"communication_services"}),
        ("Water stocks and power generators advanced.", {"utilities"}),
        ("Self-storage stocks and property developers fell.", {"real_estate"}),
        ("Traders sold less economically sensitive sectors.", {"defensives"}),
        ("Money is flowing out of utilities and into Brazil.", {"emerging_markets"}),
        ("Investors rotated from energy into Germany.", {"international"}),
        ("Investors rotated from utilities into AI.", {"information_technology"}),
        ("Funds moved from junk to investment-grade debt.", {"bonds"}),
        ("Traders rotated from momentum to value as stocks fell.", {"momentum", "value"}),
        ("Money left emerging Asia for Swiss stocks.", {"emerging_markets", "international"}),
    ],
)
def test_industries_styles_and_markets_by_their_many_names(groups, text, expected) -> None:
    assert expected <= groups(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Put fears aside and buy these two office furniture stocks.", "real_estate"),
        ("Suspicion spread beyond Germany's Volkswagen group as shares fell.", "international"),
        ("The brewer Anheuser-Busch raised its prices.", "consumer_staples"),
        ("Apple supplier Foxconn opened a plant.", "cyclicals"),
        ("Less cyclical sectors held up.", "cyclicals"),
        ("A counter-cyclical buffer was set for lenders.", "cyclicals"),
        ("Momentum faded and value is in the eye of the beholder.", "momentum"),
        ("The plant ships goods from Mexico to Canada.", "emerging_markets"),
        ("Companies use AI to answer letters.", "information_technology"),
    ],
)
def test_the_same_names_in_other_senses(groups, text: str, wrong: str) -> None:
    assert wrong not in groups(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Buyers want makers of chips and names tied to housing.", "information_technology"),
        ("Money left names tied to housing for bank stocks.", "consumer_discretionary"),
        ("Investors put money in stocks in Mexico and Korea.", "emerging_markets"),
        ("Foreigners bought funds focused on China.", "emerging_markets"),
        ("The market moved toward names of a more defensive kind.", "defensives"),
        ("Leadership went to groups that are more defensive.", "defensives"),
        ("Telecom, which drew sizable inflows, was the favorite.", "communication_services"),
        ("Stocks fell, but nobody is moving out of bonds.", "bonds"),
        ("Stocks are falling, so building up cash makes sense.", "cash"),
        ("I moved everything to cash last spring.", "cash"),
        ("The Larkin Utilities Sector Fund drew buyers.", "utilities"),
        ("The rotation went from momentum (names) to value stocks.", "momentum"),
        ("Technology is on top again, while energy was knocked off.", "information_technology"),
        ("Investors are rapidly withdrawing money from China and Brazil.", "emerging_markets"),
    ],
)
def test_groups_told_by_what_stands_beside_them(groups, text: str, expected: str) -> None:
    assert expected in groups(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Makers of energy drinks met in Ohio.", "energy"),
        ("Traders sold technology shares in Asia.", "international"),
        ("The town is building cash registers.", "cash"),
        ("The coach is moving out of defensive mode.", "defensives"),
        ("He is tied to housing.", "consumer_discretionary"),
    ],
)
def test_neighbours_that_tell_nothing(groups, text: str, wrong: str) -> None:
    assert wrong not in groups(text)
