"""The types of an analysis: frozen, plain, and free of any library's own types.

Document (rotascope_nlp) + probabilities (rotascope_models) -> Analysis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rotascope_nlp.types import Field, Flow, Mention, Rejected, Sentence


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Probabilities that sum to 1; `score` = positive - negative, in [-1, 1]."""

    negative: float
    neutral: float
    positive: float

    @property
    def score(self) -> float:
        """Positive minus negative, in [-1, 1]."""
        return self.positive - self.negative


@dataclass(frozen=True, slots=True)
class TargetScore:
    """The sentiment towards a span that the caller asked for, or why it has none.

    `start` and `end` are echoed as they were given, offsets or not.
    """

    start: object
    end: object
    sentiment: Sentiment | None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """A sentence and the sentiment of it as a whole."""

    sentence: Sentence
    sentiment: Sentiment


@dataclass(frozen=True, slots=True)
class MentionScore:
    """A mention, the sentiment towards it in its sentence, and its relevance to the article."""

    mention: Mention
    sentiment: Sentiment
    relevance: float


EvidenceSource = Literal["mention", "flow"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for or against a group: the weights of a group sum to 1.

    A group's sentiment is the weighted mean of its evidence, so every number can be walked back.
    `start`, `end` are the span (the mention, or the flow's evidence); `sentence_*` what to show.
    """

    group: str
    source: EvidenceSource
    field: Field
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    weight: float
    sentiment: Sentiment
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The sentiment towards one group in one article.

    `kind`: sector, style, custom or ticker.  `mentions`: spans that speak of it.
    `relevance`: how much of the article is about it, in [0, 1].
    """

    group: str
    kind: str
    mentions: int
    relevance: float
    sentiment: Sentiment


@dataclass(frozen=True, slots=True)
class Revision:
    """What made an analysis: model, rules, gazetteer and groups together, as one short hash."""

    id: str
    model: str
    model_revision: str
    rules: str
    gazetteer: str
    groups: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that one text says, with offsets into the text exactly as it was given.

    `intensity`: rotation intensity of the article, in [0, 1].
    """

    title: str | None
    text: str
    overall: Sentiment
    targets: tuple[TargetScore, ...]
    mentions: tuple[MentionScore, ...]
    groups: tuple[GroupScore, ...]
    flows: tuple[Flow, ...]
    sentences: tuple[SentenceScore, ...]
    evidence: tuple[Evidence, ...]
    rejected: tuple[Rejected, ...]
    intensity: float
    revision: Revision
