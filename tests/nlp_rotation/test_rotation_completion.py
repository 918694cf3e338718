"""The missing side of a flow, taken from the model's scores of the groups beside it."""

from __future__ import annotations

import pytest

from rotascope.completion import COMPLETED, MOST, completed, lean_of_score
from rotascope.types import MentionScore, Sentiment
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


def by_score(mentions):
    return [lean_of_score(item) for item in mentions]


def ends(flows, mentions, *, around: int = 0):
    found = completed(flows, mentions, by_score(mentions), SENTENCES, around=around)
    return [(each.from_group, each.to_group) for each in found]


def test_the_side_that_is_missing_is_the_group_whose_score_points_the_other_way() -> None:
    mentions = [scored("energy", 0.8), scored("growth", -0.8), scored("bonds", 0.1)]
    assert ends([flow("materials", None)], mentions) == [("materials", "energy")]
    assert ends([flow(None, "materials")], mentions) == [("growth", "materials")]


def test_several_partners_make_several_pairs_of_the_same_status_and_less_sure() -> None:
    mentions = [scored("energy", 0.8), scored("utilities", 0.7)]
    pairs = completed(
        [flow("growth", None, status="denied")], mentions, by_score(mentions), SENTENCES, around=0
    )
    assert [(each.to_group, each.status) for each in pairs] == [
        ("energy", "denied"),
        ("utilities", "denied"),
    ]
    assert [each.confidence for each in pairs] == pytest.approx([0.9 * COMPLETED] * 2)


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
    assert completed(flows, mentions, by_score(mentions), SENTENCES, around=1) == flows
