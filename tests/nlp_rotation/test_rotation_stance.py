"""One rule joins mentions' scores and flows; relevance; intensity.  Worked out by hand."""

from __future__ import annotations

import pytest

from rotascope.stance import (
    COMPANY_WEIGHT,
    ENTERED,
    LEFT,
    UNMET,
    group_evidence,
    group_relevance,
    group_scores,
    mention_relevance,
    rotation_intensity,
)
from rotascope.types import MentionScore, Sentiment
from rotascope_nlp.types import Flow, Mention, Sentence

SENTENCES = (Sentence("title", 0, 20), *(Sentence("text", 50 * i, 50 * i + 50) for i in range(5)))
GLAD = Sentiment(0.1, 0.1, 0.8)
SAD = Sentiment(0.8, 0.1, 0.1)


def mention(groups, *, sentence=1, kind="group", symbol=None, confidence=1.0) -> Mention:
    where = SENTENCES[sentence]
    return Mention(
        field=where.field, start=where.start, end=where.start + 4, text="tech", kind=kind,
        method="name", confidence=confidence, sentence=sentence, groups=tuple(groups),
        symbol=symbol,
    )  # fmt: skip


def flow(left, entered, status="asserted", *, sentence=1, confidence=1.0) -> Flow:
    where = SENTENCES[sentence]
    return Flow(
        left, entered, status, confidence, where.field, where.start, where.end, "so it says"
    )


def score_of(group, mentions=(), flows=()):
    evidence = group_evidence(
        [MentionScore(each, sentiment, 1.0) for each, sentiment in mentions], flows, SENTENCES
    )
    rows = group_scores(evidence, [each for each, _ in mentions], SENTENCES)
    return next((row.sentiment.score for row in rows if row.group == group), None)


def test_a_mention_alone_is_the_models_score() -> None:
    assert score_of("energy", [(mention(["energy"]), GLAD)]) == pytest.approx(0.7)


def test_weights_of_a_group_sum_to_one_and_every_part_can_be_walked_back() -> None:
    evidence = group_evidence(
        [
            MentionScore(mention(["energy"], confidence=0.5), GLAD, 1.0),
            MentionScore(mention(["energy"], sentence=2), SAD, 1.0),
        ],
        [flow("energy", "utilities")],
        SENTENCES,
    )
    weights: dict[str, float] = {}
    for item in evidence:
        weights[item.group] = weights.get(item.group, 0.0) + item.weight
        assert item.sentence_start <= item.start < item.end <= item.sentence_end
    assert weights == pytest.approx({"energy": 1.0, "utilities": 1.0})


def test_an_asserted_flow_outvotes_its_sentence() -> None:
    assert score_of("energy", [(mention(["energy"]), GLAD)], [flow("energy", "utilities")]) < 0
    assert score_of("utilities", [(mention(["utilities"]), SAD)], [flow("energy", "utilities")]) > 0


def test_a_hypothetical_flow_weighs_less_than_an_asserted_one() -> None:
    mentions = [(mention(["energy"]), Sentiment(0.2, 0.6, 0.2))]
    supposed = score_of("energy", mentions, [flow("energy", None, "hypothetical")])
    stated = score_of("energy", mentions, [flow("energy", None)])
    assert stated < supposed < 0


@pytest.mark.parametrize("status", ["denied", "past"])
def test_a_denied_or_past_flow_does_not_count(status: str) -> None:
    mentions = [(mention(["energy"]), GLAD)]
    denied = score_of("energy", mentions, [flow("energy", "utilities", status)])
    assert denied == pytest.approx(UNMET * score_of("energy", mentions, []))
    assert score_of("utilities", mentions, [flow("energy", "utilities", status)]) is None


def test_an_end_counts_once_a_sentence_however_many_pairs_it_stands_in() -> None:
    one = group_evidence([], [flow("energy", "utilities")], SENTENCES)
    many = group_evidence(
        [], [flow("energy", "utilities"), flow("energy", "financials")], SENTENCES
    )
    assert [item.group for item in one].count("energy") == 1
    assert [item.group for item in many].count("energy") == 1


def test_a_company_counts_for_its_ticker_in_full_and_for_its_sector_less() -> None:
    company = mention(["energy", "large_caps"], kind="company", symbol="XOM")
    plain = mention(["energy"], sentence=2)
    mentions = [(company, GLAD), (plain, SAD)]
    expected = (COMPANY_WEIGHT * 0.7 - 0.7) / (1 + COMPANY_WEIGHT)
    assert score_of("XOM", mentions) == pytest.approx(0.7)
    assert score_of("energy", mentions) == pytest.approx(expected)
    assert score_of("large_caps", mentions) == pytest.approx(0.7)


def test_kinds() -> None:
    mentions = [
        mention(["energy", "mine"], kind="company", symbol="XOM"),
        mention(["value"], sentence=2),
    ]
    evidence = group_evidence([MentionScore(each, GLAD, 1.0) for each in mentions], [], SENTENCES)
    rows = group_scores(evidence, mentions, SENTENCES)
    assert {row.group: row.kind for row in rows} == {
        "XOM": "ticker",
        "energy": "sector",
        "mine": "custom",
        "value": "style",
    }


def test_relevance_title_lead_and_share() -> None:
    mentions = [mention(["energy"], sentence=0), mention(["utilities"], sentence=5)]
    relevance = group_relevance(mentions, SENTENCES)
    assert relevance["energy"] == pytest.approx(0.35 + 0.40 * 0.5)
    assert relevance["utilities"] == pytest.approx(0.40 * 0.5)
    alone = group_relevance([mention(["energy"])], SENTENCES[1:])
    assert alone["energy"] == pytest.approx(1.0)


def test_a_companys_sector_is_less_relevant_than_the_company() -> None:
    company = mention(["energy"], kind="company", symbol="XOM", sentence=0)
    relevance = group_relevance([company], SENTENCES)
    assert 0 < relevance["energy"] < relevance["XOM"] <= 1
    assert mention_relevance([company], SENTENCES) == [relevance["XOM"]]


def test_intensity_counts_sentences_not_pairs_and_stays_in_bounds() -> None:
    none = rotation_intensity([], SENTENCES)
    one = rotation_intensity([flow("energy", "utilities")], SENTENCES)
    pairs = rotation_intensity(
        [flow("energy", "utilities"), flow("energy", "financials")], SENTENCES
    )
    all_of_them = rotation_intensity(
        [flow("energy", "utilities", sentence=i) for i in range(6)], SENTENCES
    )
    supposed = rotation_intensity([flow("energy", None, "hypothetical")], SENTENCES)
    denied = rotation_intensity([flow("energy", None, "denied")], SENTENCES)
    assert none == denied == 0
    assert 0 < supposed < one == pairs < all_of_them == 1


def test_the_two_sentiments_of_a_flow_mirror_one_another() -> None:
    assert LEFT.score == pytest.approx(-ENTERED.score)
    assert LEFT.negative + LEFT.neutral + LEFT.positive == pytest.approx(1)
