"""Directed flows: the ways of saying it, the status, and what is none."""

from __future__ import annotations

import pytest

IT, EN, FI, UT = "information_technology", "energy", "financials", "utilities"
ASSERTED, DENIED, HYPOTHETICAL, PAST = "asserted", "denied", "hypothetical", "past"

WAYS = {
    "rotate": ("Funds rotated out of tech into banks.", {(IT, FI)}),
    "object and for": ("Investors ditched chipmakers for utilities.", {(IT, UT)}),
    "in favor of": ("Traders abandoned software in favor of energy.", {(IT, EN)}),
    "money moves": ("Capital is moving from banks toward utilities.", {(FI, UT)}),
    "two verbs": ("Managers sold banks and bought utilities.", {(FI, UT)}),
    "swap": ("Traders swapped energy for utilities.", {(EN, UT)}),
    "passive": ("Bank stocks were abandoned in favor of utilities.", {(FI, UT)}),
    "refuge": ("Investors took refuge in utilities.", {(None, UT)}),
    "unlisted verb": ("Investors sashayed out of banks and into utilities.", {(FI, UT)}),
    "noun": ("The rotation from tech into energy goes on.", {(IT, EN)}),
    "great rotation": (
        "A great rotation from mega caps to small caps began.",
        {("mega_caps", "small_caps")},
    ),
    "compound": ("The growth-to-value rotation resumed.", {("growth", "value")}),
    "exodus": ("The exodus from banks went on.", {(FI, None)}),
    "leadership": ("Leadership passed from tech to cyclicals.", {(IT, "cyclicals")}),
    "baton": (
        "Small caps took the baton from the Magnificent Seven.",
        {("mega_caps", "small_caps")},
    ),
    "giving way": ("Growth stocks gave way to value.", {("growth", "value")}),
    "over": (
        "The change in leadership of value over growth is intact.",
        {("growth", "value")},
    ),
    "out and in": ("Chipmakers are out and utilities are in.", {(IT, UT)}),
    "funds": (
        "$3 billion left tech funds as energy funds took in $2 billion.",
        {(IT, EN)},
    ),
    "outflows": ("Bank ETFs suffered outflows of $2 billion.", {(FI, None)}),
    "from only": ("Money is leaving the banking sector.", {(FI, None)}),
    "to only": ("Investors are piling into utilities.", {(None, UT)}),
    "every pair": (
        "Money moved out of tech and banks and into energy and utilities.",
        {(IT, EN), (IT, UT), (FI, EN), (FI, UT)},
    ),
    "umbrella": (
        "Investors fled banks for defensive stocks such as utilities.",
        {(FI, "defensives"), (FI, UT)},
    ),
    "pairs in a row": (
        "Money went from tech to energy and from banks to utilities.",
        {(IT, EN), (FI, UT)},
    ),
    "return": ("Money came back to tech.", {(None, IT)}),
    "reversal": ("The rotation into value was reversed.", {("value", None)}),
    "the group": ("Software fell. Money is rotating out of the group into banks.", {(IT, FI)}),
    "them": ("Banks fell hard. Investors dumped them for utilities.", {(FI, UT)}),
    "benefits": ("Utilities benefited from the rotation out of tech.", {(IT, UT)}),
    "favored": ("Sector rotation has favored utilities.", {(None, UT)}),
    "winners near": (
        "Sector rotation was clear. Tech led the losers, while utilities rose.",
        {(IT, UT)},
    ),
    "fares badly": ("Tech tumbled as investors rotated into utilities.", {(IT, UT)}),
    "heading": ("From Tech to Utilities", {(IT, UT)}),
    "headline": ("Investors Dump Tech, Pile Into Energy", {(IT, EN)}),
    "attention": ("The market's focus has shifted from tech to energy.", {(IT, EN)}),
}


@pytest.mark.parametrize("way", WAYS)
def test_ways_of_saying_it(flows, way: str) -> None:
    text, pairs = WAYS[way]
    assert flows(text) == {(left, entered, ASSERTED) for left, entered in pairs}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Strategists say money is leaving tech.", ASSERTED),
        ("It appears that investors are moving out of tech.", ASSERTED),
        ("Even if rates stay high, investors are rotating out of tech.", ASSERTED),
        ("The rotation out of tech is not limited to one day.", ASSERTED),
        ("The rotation out of tech is not over.", ASSERTED),
        ("There are signs of a rotation out of tech.", ASSERTED),
        ("There is no sign of a rotation out of tech.", DENIED),
        ("Investors are not fleeing tech.", DENIED),
        ("Traders have yet to rotate out of tech.", DENIED),
        ("The rotation out of tech never materialized.", DENIED),
        ("The rotation out of tech stalled.", DENIED),
        ("There is little evidence that money is leaving tech.", DENIED),
        ("If money were to leave tech, the index would fall.", HYPOTHETICAL),
        ("Investors may rotate out of tech.", HYPOTHETICAL),
        ("Will investors rotate out of tech?", HYPOTHETICAL),
        ("The bank expects a rotation out of tech.", HYPOTHETICAL),
        ("Fears of an exodus from tech hang over the market.", HYPOTHETICAL),
        ("Rotate out of tech before the summer.", HYPOTHETICAL),
        ("Investors typically rotate out of tech late in the cycle.", HYPOTHETICAL),
        ("Back in 2000, investors rotated out of tech.", PAST),
        ("A decade ago, money fled tech.", PAST),
        ("During the dot-com bust, funds moved out of tech.", PAST),
    ],
)
def test_status(flows, text: str, status: str) -> None:
    assert flows(text) == {(IT, None, status)}


@pytest.mark.parametrize(
    "text",
    [
        "Crop rotation saves energy on farms.",
        "The pitching rotation lacks energy.",
        "Rotate your tires at the retailer every spring.",
        "The firm sells rotating equipment to utilities.",
        "Job rotation moves trainees from retail to banking.",
        "The chief executive moved from a bank to a technology company.",
        "The carmaker is shifting production from cars to batteries.",
        "Equity funds took in $9 billion last week.",
        "Energy rose, tech fell.",
        "Banks, utilities and energy were mixed.",
        "Oil flows from the Permian to the coast.",
        "The drugmaker exited consumer health to focus on biotech.",
        "Sector rotation is a normal part of a bull market.",
        "Rotation between growth and value went nowhere.",
        "Utility crews moved from Ohio to Florida.",
        "The software maker pivoted from hardware to software.",
    ],
)
def test_no_flow(flows, text: str) -> None:
    assert flows(text) == set()


def test_attribution_stands_apart_from_status(stage) -> None:
    said, plain = (
        stage.read(text).flows[0]
        for text in ("Strategists say money is leaving tech.", "Money is leaving tech.")
    )
    assert (said.status, said.attributed) == ("asserted", True)
    assert (plain.status, plain.attributed) == ("asserted", False)


def test_evidence_is_the_sentence_as_given(stage) -> None:
    text = "Rates rose.  Investors\u00a0dumped \u201ctech\u201d for banks.  Gold was flat."
    flow = stage.read(text).flows[0]
    assert text[flow.start : flow.end] == flow.text
    assert flow.text == "Investors\u00a0dumped \u201ctech\u201d for banks."


def test_a_flow_in_the_title_is_told_once(stage) -> None:
    document = stage.read(
        "Money moved out of tech and into banks on Monday.", "Investors dump tech for banks"
    )
    assert [(flow.from_group, flow.to_group) for flow in document.flows] == [(IT, FI)]


def test_half_of_a_pair_told_elsewhere_is_left_out(flows) -> None:
    text = "Money is leaving tech. Investors are rotating out of tech and into banks."
    assert flows(text) == {(IT, FI, ASSERTED)}


def test_no_flow_without_groups_and_no_failure_on_odd_text(flows) -> None:
    for text in ("", " \n\n ", "rotation", "into into out of from to", "\u200b?!"):
        assert flows(text) == set()


@pytest.mark.data
def test_the_model_case(stage, data) -> None:
    text = (data / "articles" / "great-rotation.txt").read_text(encoding="utf-8")
    found = {
        (flow.from_group, flow.to_group): flow
        for flow in stage.read(text).flows
        if flow.status == "asserted"
    }
    expected = {
        (IT, "industrials"),
        (IT, UT),
        ("mega_caps", "small_caps"),
        ("mega_caps", "mid_caps"),
    }
    assert expected <= set(found)
    assert "tech giants" in found[(IT, "industrials")].text
    assert "rotating into" in found[("mega_caps", "mid_caps")].text
    assert len(stage.read(text).flows) == len(expected)
