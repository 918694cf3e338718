"""The missing side of a flow, taken from the model's scores of the groups beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rotascope.completion import (
    COMPLETED,
    MOST,
    STATUSES,
    SURE,
    TOLD,
    VERY_SURE,
    Lean,
    completed,
    lean_of,
    told,
)
from rotascope.types import MentionScore, Sentiment
from rotascope_models.base import ROLES
from rotascope_nlp.types import Flow, Mention, Sentence

SENTENCES = (Sentence("title", 0, 20), *(Sentence("text", 50 * i, 50 * i + 50) for i in range(4)))


def scored(group: str, score: float, *, sentence: int = 1, kind="group") -> MentionScore:
    where = SENTENCES[sentence]
    mention = Mention(
        field=where.field, start=where.start, end=where.start + 4, text="tech", kind=kind,
        method="name", confidence=1.0, sentence=sentence, groups=(group,),
    )  # fmt: skip
    high, low = max(score, 0.0), max(-score, 0.0)
    return MentionScore(mention, Sentiment(low, 1.0 - high - low, high), 1.0)


def flow(left, entered, *, status="asserted", sentence: int = 1) -> Flow:
    where = SENTENCES[sentence]
    return Flow(left, entered, status, 0.9, where.field, where.start, where.end, "so it says")


def no_text(_field):
    return ""


def by_score(mentions):
    return [lean_of(item, None) for item in mentions]


def ends(flows, mentions, *, around: int = 0):
    found = completed(
        flows, mentions, by_score(mentions), SENTENCES, around=around, text_of=no_text
    )
    return [(each.from_group, each.to_group) for each in found]


def test_the_side_that_is_missing_is_the_group_whose_score_points_the_other_way() -> None:
    mentions = [scored("energy", 0.8), scored("growth", -0.8), scored("bonds", 0.1)]
    assert ends([flow("materials", None)], mentions) == [("materials", "energy")]
    assert ends([flow(None, "materials")], mentions) == [("growth", "materials")]


def test_several_partners_make_several_pairs_of_the_same_status_and_less_sure() -> None:
    mentions = [scored("energy", 0.8), scored("utilities", 0.7)]
    pairs = completed(
        [flow("growth", None, status="past")],
        mentions,
        by_score(mentions),
        SENTENCES,
        around=0,
        text_of=no_text,
    )
    assert [(each.to_group, each.status) for each in pairs] == [
        ("energy", "past"),
        ("utilities", "past"),
    ]
    assert [each.confidence for each in pairs] == pytest.approx([0.9 * COMPLETED] * 2)


def test_what_is_denied_has_no_other_side() -> None:
    denied = [flow("growth", None, status="denied")]
    assert ends(denied, [scored("energy", 0.9)]) == [("growth", None)]


def test_a_list_of_the_days_winners_is_no_side() -> None:
    many = [scored(f"group-{i}", 0.9) for i in range(MOST + 1)]
    assert ends([flow("growth", None)], many) == [("growth", None)]
    assert len(ends([flow("growth", None)], many[:MOST])) == MOST


def test_companies_unclear_scores_and_groups_of_other_flows_are_no_partners() -> None:
    assert ends([flow("growth", None)], [scored("energy", 0.9, kind="company")]) == [
        ("growth", None)
    ]
    assert ends([flow("growth", None)], [scored("energy", 0.4)]) == [("growth", None)]
    both = [flow("growth", None), flow("materials", "energy")]
    assert ends(both, [scored("energy", 0.9)]) == [("growth", None), ("materials", "energy")]


def test_a_group_that_is_praised_and_blamed_is_no_partner() -> None:
    mentions = [scored("energy", 0.9), scored("energy", -0.9)]
    assert ends([flow("growth", None)], mentions) == [("growth", None)]


def test_only_as_many_sentences_around_as_asked_and_never_another_field() -> None:
    far = [scored("energy", 0.9, sentence=2), scored("gold", 0.9, sentence=0)]
    assert ends([flow("growth", None)], far) == [("growth", None)]
    assert ends([flow("growth", None)], far, around=1) == [("growth", "energy")]
    assert ends([flow("growth", None, sentence=3)], far, around=0) == [("growth", None)]


def test_whole_flows_stay_as_they_are() -> None:
    flows = (flow("growth", "value"),)
    mentions = [scored("energy", 0.9)]
    assert (
        completed(flows, mentions, by_score(mentions), SENTENCES, around=1, text_of=no_text)
        == flows
    )


def leaning(*, left: float = 0.0, entered: float = 0.0, status: str = "asserted") -> Lean:
    """A lean whose flow, if any, has this status."""
    only = np.array([float(each == status) for each in STATUSES])
    return Lean(left=left, entered=entered, left_as=left * only, entered_as=entered * only)


def claims(leans, *, flows=(), together=False, groups=("growth", "energy"), places=(1, 1)):
    mentions = [scored(g, 0.0, sentence=at) for g, at in zip(groups, places, strict=True)]
    found = told(flows, mentions, leans, SENTENCES, text_of=lambda _: "x" * 300, together=together)
    return [(each.from_group, each.to_group) for each in found]


LEFT, ENTERED = leaning(left=0.99), leaning(entered=0.99)


def test_groups_that_the_model_is_sure_of_make_a_flow_of_their_own() -> None:
    assert claims([LEFT, ENTERED]) == [("growth", "energy")]
    assert claims([LEFT, leaning()], together=True) == [("growth", None)]
    assert claims([leaning(), ENTERED], together=True) == [(None, "energy")]


def test_a_half_is_not_taken_from_one_sentence_of_a_long_text() -> None:
    assert claims([LEFT, leaning()], together=False) == []


def test_what_it_is_less_sure_of_or_tells_by_its_score_alone_makes_none() -> None:
    between = (SURE + VERY_SURE) / 2
    assert claims([leaning(left=between), leaning()], together=True) == []
    both = [leaning(left=between), leaning(entered=between)]
    assert claims(both, together=True) == [("growth", "energy")]
    assert claims(both, together=False) == []
    by_score_alone = replace(leaning(left=0.4), left=0.99)
    assert claims([by_score_alone, leaning()], together=True) == []


def test_a_claim_has_the_status_that_its_sides_have_together() -> None:
    mentions = [scored("growth", 0.0), scored("energy", 0.0)]
    for status in STATUSES:
        leans = [leaning(left=0.995, status=status), leaning(entered=0.99, status=status)]
        (found,) = told([], mentions, leans, SENTENCES, text_of=lambda _: "y" * 300, together=False)
        assert (found.from_group, found.to_group, found.status) == ("growth", "energy", status)


def test_a_claim_of_the_language_stage_stands_alone_in_a_sentence_of_a_long_text() -> None:
    other = [flow("bonds", "gold", sentence=2)]
    assert claims([LEFT, ENTERED], flows=other) == [("growth", "energy")]
    assert claims([LEFT, ENTERED], flows=[flow("bonds", "gold")]) == []


def test_beside_flows_of_a_short_text_only_other_groups_of_which_it_is_very_sure() -> None:
    other = [flow("bonds", "gold", sentence=2)]
    assert claims([LEFT, ENTERED], flows=other, together=True) == [("growth", "energy")]
    between = leaning(entered=(SURE + VERY_SURE) / 2)
    assert claims([LEFT, between], together=True) == [("growth", "energy")]
    assert claims([LEFT, between], flows=other, together=True) == [("growth", None)]
    named = [flow("bonds", "energy", sentence=2)]
    assert claims([LEFT, ENTERED], flows=named, together=True) == [("growth", None)]


def test_what_is_claimed_elsewhere_is_not_told_again() -> None:
    assert claims([LEFT, ENTERED], flows=[flow("growth", "energy", sentence=3)]) == []
    twice = ("growth", "energy", "growth", "energy")
    leans = [LEFT, ENTERED, LEFT, ENTERED]
    assert claims(leans, groups=twice, places=(1, 1, 2, 2)) == [("growth", "energy")]


def test_sides_in_two_sentences_meet_only_where_the_text_is_read_as_one() -> None:
    apart = claims([LEFT, ENTERED], places=(1, 2))
    assert apart == []
    assert claims([LEFT, ENTERED], places=(1, 2), together=True) == [("growth", "energy")]


def test_too_many_groups_are_a_list_and_no_claim() -> None:
    many = tuple(f"group-{i}" for i in range(MOST + 1))
    assert claims([LEFT] * len(many), groups=many, places=(1,) * len(many), together=True) == []


def test_a_claim_carries_its_sentence_and_less_confidence_than_a_constructed_one() -> None:
    mentions = [scored("growth", 0.0), scored("energy", 0.0)]
    (found,) = told(
        [], mentions, [LEFT, ENTERED], SENTENCES, text_of=lambda _: "y" * 300, together=False
    )
    assert (found.start, found.end, found.status) == (0, 50, "asserted")
    assert found.text == "y" * 50
    assert found.confidence == pytest.approx(TOLD * 0.99, abs=1e-3)


def test_roles_are_summed_over_status() -> None:
    row = [0.1, 0.2, 0.1, 0.05, 0.05, 0.3, 0.1, 0.05, 0.05]
    lean = lean_of(scored("energy", 0.0), row)
    assert (lean.left, lean.entered) == pytest.approx((0.4, 0.5))
    assert lean_of(scored("energy", 0.7), row).entered == pytest.approx(0.7)
    assert lean.left_as.tolist() == [0.2, 0.1, 0.05, 0.05]
    assert lean.entered_as.tolist() == [0.3, 0.1, 0.05, 0.05]
    assert len(row) == len(ROLES)


def test_a_style_and_what_it_is_made_of_are_no_two_ends() -> None:
    assert claims([LEFT, ENTERED], groups=("growth", "information_technology")) == []
    assert claims([LEFT, ENTERED], groups=("utilities", "defensives")) == []
    assert ends([flow("cyclicals", None)], [scored("energy", 0.9)]) == [("cyclicals", None)]
    assert ends([flow("cyclicals", None)], [scored("gold", 0.9)]) == [("cyclicals", "gold")]


def test_a_market_abroad_is_where_a_sector_trades_and_no_other_end_of_it() -> None:
    assert claims([LEFT, ENTERED], groups=("international", "materials")) == []
    assert ends([flow(None, "energy")], [scored("emerging_markets", -0.9)]) == [(None, "energy")]
    assert ends([flow(None, "mega_caps")], [scored("international", -0.9)]) == [
        ("international", "mega_caps")
    ]


def test_cash_as_a_bare_word_is_what_moves_and_not_what_is_left() -> None:
    bare = scored("cash", -0.9)
    bare = replace(bare, mention=replace(bare.mention, text="Cash"))
    assert ends([flow(None, "utilities")], [bare]) == [(None, "utilities")]
    assert ends([flow(None, "utilities")], [scored("cash", -0.9)]) == [("cash", "utilities")]
    entered = replace(scored("cash", 0.9), mention=bare.mention)
    assert ends([flow("utilities", None)], [entered]) == [("utilities", "cash")]


def test_in_a_short_text_a_partner_of_which_it_is_very_sure_may_stand_far_off() -> None:
    halves = [flow("growth", None)]

    def found(*mentions: MentionScore):
        pairs = completed(
            halves,
            mentions,
            by_score(mentions),
            SENTENCES,
            around=0,
            together=True,
            text_of=no_text,
        )
        return [(each.from_group, each.to_group) for each in pairs]

    assert found(scored("energy", 0.99, sentence=3)) == [("growth", "energy")]
    assert found(scored("energy", (SURE + VERY_SURE) / 2, sentence=3)) == [("growth", None)]
    assert found(scored("energy", 0.99, sentence=0)) == [("growth", None)]
    assert found(scored("energy", 0.99, sentence=3), scored("gold", -0.99, sentence=3)) == [
        ("growth", None)
    ]


def test_a_count_takes_no_side_of_another_sentence_unless_the_money_is_linked() -> None:
    counted = replace(flow("energy", None), text="Energy funds lost $2 billion.")
    mentions = [scored("materials", 0.8, sentence=2)]

    def read(text: str):
        found = completed(
            [counted], mentions, by_score(mentions), SENTENCES, around=1, text_of=lambda _: text
        )
        return [(each.from_group, each.to_group) for each in found]

    assert read("Energy funds lost $2 billion. Mining funds took in $1 billion.") == [
        ("energy", None)
    ]
    assert read("Energy funds lost $2 billion. Half of it went to mining funds.") == [
        ("energy", "materials")
    ]
