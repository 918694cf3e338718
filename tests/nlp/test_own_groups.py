"""A user's own groups win over the shipped words, however a text writes them."""

from __future__ import annotations

import pytest

import rotascope_nlp
from rotascope_nlp import UserNames

GROUPS = {
    "ai_infrastructure": {"words": ["AI infrastructure", "data center buildout"]},
    "circuits": {"words": ["chips"]},
    "small_caps": {"words": ["micro caps"]},
    "builders": {"words": ["data center buildout"]},
}


@pytest.fixture(scope="module")
def stage() -> rotascope_nlp.LanguageStage:
    return rotascope_nlp.load(user=UserNames.from_config(groups=GROUPS))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("AI infrastructure soared.", "AI infrastructure"),
        ("AI infrastructure stocks soared.", "AI infrastructure stocks"),
        ("AI infrastructure shares soared.", "AI infrastructure shares"),
        ("AI infrastructure names soared.", "AI infrastructure names"),
        ("AI infrastructure funds soared.", "AI infrastructure funds"),
        ("AI-infrastructure companies soared.", "AI-infrastructure companies"),
    ],
)
def test_own_words_win_over_a_shipped_phrase_with_a_market_noun(
    stage: rotascope_nlp.LanguageStage, text: str, named: str
) -> None:
    (mention,) = stage.read(text).mentions
    assert (mention.text, mention.method, mention.groups) == (
        named,
        "custom word",
        ("ai_infrastructure",),
    )


def test_the_shipped_phrase_is_a_sectors_without_them() -> None:
    (mention,) = rotascope_nlp.load().read("AI infrastructure stocks soared.").mentions
    assert mention.groups == ("information_technology",)


def test_own_words_win_inside_a_shipped_phrase_that_begins_before_them(
    stage: rotascope_nlp.LanguageStage,
) -> None:
    (mention,) = stage.read("Blue chips fell.").mentions
    assert (mention.text, mention.groups) == ("chips", ("circuits",))


@pytest.mark.parametrize("text", ["Micro caps", "Microcaps", "Micro-cap stocks", "Micro cap funds"])
def test_hyphens_and_the_singular_before_shares_are_the_same_words(
    stage: rotascope_nlp.LanguageStage, text: str
) -> None:
    (mention,) = stage.read(f"{text} fell.").mentions
    assert (mention.text, mention.groups) == (text, ("small_caps",))
    assert mention.method == "custom word"


def test_the_singular_alone_is_no_group(stage: rotascope_nlp.LanguageStage) -> None:
    assert not stage.read("The chip is as small as a fingernail.").mentions


def test_a_word_of_two_groups_speaks_for_both(stage: rotascope_nlp.LanguageStage) -> None:
    (mention,) = stage.read("The data-center buildouts go on.").mentions
    assert mention.groups == ("ai_infrastructure", "builders")
