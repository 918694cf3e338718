"""Groups named in a text, and words that only look like groups."""

from __future__ import annotations

import pytest

import rotascope_nlp
from rotascope_nlp.group_lexicon import load_lexicon
from rotascope_nlp.groups import SECTORS, STYLES
from rotascope_nlp.user import UserNames


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chipmakers led the market higher.", {"information_technology"}),
        ("Semis rallied while software names fell.", {"information_technology"}),
        ("Lenders and insurers rose.", {"financials"}),
        ("Drugmakers, biotechs and managed care stocks gained.", {"health_care"}),
        ("Airlines and railroads slipped, as did machinery makers.", {"industrials"}),
        ("Homebuilders and carmakers sank.", {"consumer_discretionary"}),
        ("Steelmakers and gold miners rallied.", {"materials"}),
        ("Internet stocks and telecoms fell.", {"communication_services"}),
        ("Oil drillers and refiners soared.", {"energy"}),
        ("REITs fell with utilities.", {"real_estate", "utilities"}),
        ("Consumer staples held up.", {"consumer_staples"}),
        ("Tech falls as energy soars.", {"information_technology", "energy"}),
        ("Big Tech stumbled.", {"mega_caps", "information_technology"}),
        ("The Magnificent 7 and the FAANGs stumbled.", {"mega_caps"}),
        ("The Russell 2000 beat the S&P 500.", {"small_caps"}),
        ("The S&P 500 Equal Weight index hit a record.", {"equal_weight"}),
        ("Traders bought RSP and sold XLK.", {"equal_weight", "information_technology"}),
        ("The regional bank fund (KRE) rose.", {"financials"}),
        ("The SPDR Utilities (XLU) ETF rose.", {"utilities"}),
        ("Mid- and small-cap stocks climbed.", {"mid_caps", "small_caps"}),
        ("Cyclicals beat defensives.", {"cyclicals", "defensives"}),
        ("Dividend stocks and high-quality names lagged.", {"dividend", "quality"}),
        ("European equities and emerging markets rose.", {"international", "emerging_markets"}),
        ("Treasuries, bullion and bitcoin rose.", {"bonds", "gold", "crypto"}),
        ("Money-market funds took in cash.", {"cash"}),
        ("Oil, gas and mining stocks rose.", {"energy", "materials"}),
        ("BANK STOCKS AND UTILITIES FELL IN HEAVY TRADING", {"financials", "utilities"}),
        ("Health\u00a0care stocks rose, investors\u2019 favorites.", {"health_care"}),
    ],
)
def test_words_name_groups(groups, text: str, expected: set[str]) -> None:
    assert expected <= groups(text)
    assert groups(text) <= expected | {"cash"}


@pytest.mark.parametrize(
    "text",
    [
        "The auditor found a material weakness in its controls.",
        "The coach praised the energy of his team.",
        "She doubted the utility of the survey.",
        "You can bank on a cold winter.",
        "The campus hosts a biotech-free library.",
        "Staples, the retailer, closed 30 stores.",
        "Economic growth slowed to 1.2%.",
        "Revenue growth beat forecasts and the stock rose.",
        "The valuation of the market is rich.",
        "Book value per share rose 3%.",
        "Cash flow from operations doubled.",
        "She won a gold medal in Paris.",
        "James Bond drove a fast car.",
        "The quality of the air improved.",
        "The S&P 500 fell and stocks slipped across the market.",
        "The chipmaker said profit rose.",
        "It is a software company.",
        "Training materials were late.",
        "The momentum shift came in the third quarter of the game.",
        "NASA sent crews to and from the International Space Station.",
        "The index rose on nontech shares.",
    ],
)
def test_traps_name_no_group(groups, text: str) -> None:
    assert groups(text) == set()


def test_bare_style_words_count_in_rotation_prose_only(groups) -> None:
    assert {"growth", "value"} <= groups("Investors are rotating from growth to value.")
    assert groups("The company sees growth and value in its new stores.") == set()


def test_every_group_has_words() -> None:
    named = {
        group
        for rows in load_lexicon().patterns.values()
        for _, entries in rows
        for entry in entries
        for group in entry.groups
    }
    assert named == set(SECTORS) | set(STYLES)


def test_mentions_say_how_they_were_found(stage) -> None:
    mentions = stage.read("Chipmakers fell. Traders bought XLU and bank stocks.").mentions
    found = {each.text: (each.kind, each.method) for each in mentions}
    assert found["Chipmakers"] == ("group", "name")
    assert found["XLU"] == ("etf", "symbol")
    assert all(0 < each.confidence <= 1 for each in mentions)


def test_rejections_give_a_reason(stage) -> None:
    rejected = stage.read("Economic growth slowed.").rejected
    assert any(each.candidate == "growth" and each.reason for each in rejected)


def test_a_users_words_name_the_users_group() -> None:
    user = UserNames.from_config(groups={"ai_infra": {"words": ["AI infrastructure"]}})
    mine = rotascope_nlp.load(user=user)
    document = mine.read("Money is flowing out of utilities and into AI infrastructure.")
    assert any("ai_infra" in each.groups for each in document.mentions)
    assert [(flow.from_group, flow.to_group) for flow in document.flows] == [
        ("utilities", "ai_infra")
    ]
    assert load_lexicon(user).revision != load_lexicon().revision
