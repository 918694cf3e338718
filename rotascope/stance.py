"""What a text says about each group: one rule that joins the model's scores and the flows.

A group's sentiment is the weighted mean of its evidence; weights sum to 1 within a group.

    evidence                                   raw weight                     sentiment
    a span that names the group                confidence                     the model's
    a company of the group's own list          confidence                     the model's
    a company, towards its sector or size      COMPANY_WEIGHT * confidence    the model's
    an end of an asserted flow                 FLOW_WEIGHT * confidence       LEFT or ENTERED
    an end of a hypothetical flow              HYPOTHETICAL_WEIGHT * conf.    LEFT or ENTERED
    an end of a denied or a past flow          none                           -

A mention whose group is an end of a denied, past or hypothetical flow of its own sentence keeps
its weight, but only UNMET of the model's sentiment; the rest is neutral: the sentence speaks of
what is not so, and the model reads its words all the same.

An end counts once per sentence, however many pairs it stands in.  All pure, no I/O.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import sqrt

from rotascope.types import Evidence, GroupScore, MentionScore, Sentiment
from rotascope_nlp.groups import kind
from rotascope_nlp.types import Flow, Mention, Sentence

FLOW_WEIGHT = 3.0
"""A stated flow outvotes the model's reading of its own sentence: one mention weighs at most 1."""
HYPOTHETICAL_WEIGHT = 1.5
UNMET = 0.3
COMPANY_WEIGHT = 0.3
"""One company is a part of its sector, not its voice: about three of them weigh as one mention."""

LEFT = Sentiment(negative=0.80, neutral=0.15, positive=0.05)
ENTERED = Sentiment(negative=0.05, neutral=0.15, positive=0.80)

TITLE_SHARE, LEAD_SHARE, MENTION_SHARE = 0.35, 0.25, 0.40
"""Parts of relevance: named in the title, named in the lead, share of all mentions."""
LEAD_SENTENCES = 3
STATUS_STRENGTH = {"asserted": 1.0, "hypothetical": 0.3}
"""How much a flow adds to the rotation intensity, by status; denied and past add nothing."""

_FLOW_WEIGHTS = {"asserted": FLOW_WEIGHT, "hypothetical": HYPOTHETICAL_WEIGHT}


def group_evidence(
    mention_scores: Sequence[MentionScore],
    flows: Sequence[Flow],
    sentences: Sequence[Sentence],
) -> list[Evidence]:
    """Everything that speaks for or against each group, in the order of the text.

    A company counts towards its own ticker (group id = symbol) in full, and towards its sector
    and size class at COMPANY_WEIGHT.  Weights of one group sum to 1.
    """
    unmet = _unmet(flows, sentences)
    raw = [*_mention_evidence(mention_scores, sentences, unmet), *_flow_evidence(flows, sentences)]
    totals: dict[str, float] = {}
    for item in raw:
        totals[item.group] = totals.get(item.group, 0.0) + item.weight
    return [replace(item, weight=item.weight / totals[item.group]) for item in raw]


def group_scores(
    evidence: Sequence[Evidence],
    mentions: Sequence[Mention],
    sentences: Sequence[Sentence],
) -> list[GroupScore]:
    """One row per group that has evidence, the most relevant first, then by group id."""
    by_group: dict[str, list[Evidence]] = {}
    for item in evidence:
        by_group.setdefault(item.group, []).append(item)
    relevance = group_relevance(mentions, sentences)
    tickers = {mention.symbol for mention in mentions if mention.kind == "company"}
    rows = [
        GroupScore(
            group=group,
            kind="ticker" if group in tickers else kind(group),
            mentions=sum(item.source == "mention" for item in items),
            relevance=relevance.get(group, 0.0),
            sentiment=_mean(items),
        )
        for group, items in by_group.items()
    ]
    return sorted(rows, key=lambda row: (-row.relevance, row.group))


def group_relevance(mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> dict[str, float]:
    """How much of the article is about each group or ticker, in [0, 1].

    relevance = 0.35 * named in the title + 0.25 * named in the lead (the first three sentences
    of the text) + 0.40 * share of all mentions; without a title the other two are scaled to
    sum to 1.  A company speaks for its sector and size class at COMPANY_WEIGHT throughout.
    """
    titled = any(sentence.field == "title" for sentence in sentences)
    lead = _lead_end(sentences)
    title_of: dict[str, float] = {}
    lead_of: dict[str, float] = {}
    share_of: dict[str, float] = {}
    for mention in mentions:
        for group, weight in _voices(mention):
            share_of[group] = share_of.get(group, 0.0) + weight
            if mention.field == "title":
                title_of[group] = max(title_of.get(group, 0.0), weight)
            elif mention.start < lead:
                lead_of[group] = max(lead_of.get(group, 0.0), weight)
    scale = 1.0 if titled else 1.0 / (LEAD_SHARE + MENTION_SHARE)
    count = max(1, len(mentions))
    return {
        group: min(
            1.0,
            scale
            * (
                TITLE_SHARE * title_of.get(group, 0.0)
                + LEAD_SHARE * lead_of.get(group, 0.0)
                + MENTION_SHARE * share / count
            ),
        )
        for group, share in share_of.items()
    }


def mention_relevance(mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> list[float]:
    """For each mention, the relevance of its company, or of the most relevant group it names."""
    relevance = group_relevance(mentions, sentences)
    return [
        relevance.get(mention.symbol, 0.0)
        if mention.kind == "company" and mention.symbol
        else max((relevance.get(group, 0.0) for group in mention.groups), default=0.0)
        for mention in mentions
    ]


def rotation_intensity(flows: Sequence[Flow], sentences: Sequence[Sentence]) -> float:
    """How much of a text speaks of rotation, in [0, 1].

    Each sentence counts its strongest flow (confidence, times 0.3 when hypothetical; denied and
    past count nothing); the sum is divided by the root of the number of sentences, so that one
    flow fills a headline and five fill an article of twenty-five sentences.
    """
    strongest: dict[tuple[str, int], float] = {}
    for flow in flows:
        strength = STATUS_STRENGTH.get(flow.status, 0.0) * flow.confidence
        sentence = _sentence_at(sentences, flow)
        key = (flow.field, sentence.start if sentence else flow.start)
        strongest[key] = max(strongest.get(key, 0.0), strength)
    return min(1.0, sum(strongest.values()) / sqrt(max(1, len(sentences))))


def _unmet(flows: Sequence[Flow], sentences: Sequence[Sentence]) -> set[tuple[str | None, object]]:
    """(group, sentence) of each end of a flow that is not asserted, unless another there is."""
    ends: dict[tuple[str | None, object], bool] = {}
    for flow in flows:
        sentence = _sentence_at(sentences, flow)
        for group in (flow.from_group, flow.to_group):
            key = (group, sentence)
            ends[key] = ends.get(key, True) and flow.status != "asserted"
    return {key for key, unmet in ends.items() if unmet}


def _toned_down(sentiment: Sentiment) -> Sentiment:
    negative, positive = UNMET * sentiment.negative, UNMET * sentiment.positive
    return Sentiment(negative=negative, neutral=1.0 - negative - positive, positive=positive)


def _mention_evidence(
    scores: Sequence[MentionScore],
    sentences: Sequence[Sentence],
    unmet: set[tuple[str | None, object]],
) -> Iterator[Evidence]:
    for score in scores:
        mention = score.mention
        sentence = sentences[mention.sentence]
        for group, weight in _voices(mention):
            yield Evidence(
                group=group,
                source="mention",
                field=mention.field,
                start=mention.start,
                end=mention.end,
                sentence_start=sentence.start,
                sentence_end=sentence.end,
                weight=weight * mention.confidence,
                sentiment=_toned_down(score.sentiment)
                if (group, sentence) in unmet
                else score.sentiment,
                symbol=mention.symbol,
            )


def _flow_evidence(flows: Sequence[Flow], sentences: Sequence[Sentence]) -> Iterator[Evidence]:
    best: dict[tuple[str, bool, str, int], Evidence] = {}
    for flow in flows:
        weight = _FLOW_WEIGHTS.get(flow.status, 0.0) * flow.confidence
        if not weight:
            continue
        sentence = _sentence_at(sentences, flow)
        start, end = (sentence.start, sentence.end) if sentence else (flow.start, flow.end)
        for group, entered in ((flow.from_group, False), (flow.to_group, True)):
            if group is None:
                continue
            key = (group, entered, flow.field, start)
            if key in best and best[key].weight >= weight:
                continue
            best[key] = Evidence(
                group=group,
                source="flow",
                field=flow.field,
                start=flow.start,
                end=flow.end,
                sentence_start=start,
                sentence_end=end,
                weight=weight,
                sentiment=ENTERED if entered else LEFT,
            )
    yield from best.values()


def _voices(mention: Mention) -> Iterator[tuple[str, float]]:
    """The groups that a mention speaks for, each with its weight before confidence."""
    if mention.kind != "company":
        for group in mention.groups:
            yield group, 1.0
        return
    if mention.symbol:
        yield mention.symbol, 1.0
    for group in mention.groups:
        yield group, (1.0 if kind(group) == "custom" else COMPANY_WEIGHT)


def _mean(items: Iterable[Evidence]) -> Sentiment:
    negative = neutral = positive = 0.0
    for item in items:
        negative += item.weight * item.sentiment.negative
        neutral += item.weight * item.sentiment.neutral
        positive += item.weight * item.sentiment.positive
    return Sentiment(negative=negative, neutral=neutral, positive=positive)


def _lead_end(sentences: Sequence[Sentence]) -> int:
    """Offset in the text where the lead ends."""
    ends = [sentence.end for sentence in sentences if sentence.field == "text"]
    return ends[min(LEAD_SENTENCES, len(ends)) - 1] if ends else 0


def _sentence_at(sentences: Sequence[Sentence], flow: Flow) -> Sentence | None:
    for sentence in sentences:
        if sentence.field == flow.field and sentence.start <= flow.start < sentence.end:
            return sentence
    return None
