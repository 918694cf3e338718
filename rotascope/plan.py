"""What of a document the model is asked, and the analysis that its answers amount to.

What is scored, and with which context:
- every sentence as a whole, once;
- every mention in its sentence (in the whole text where that is short), the mentions of one thing
  in one sentence once;
- every span that the caller asks for, likewise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeGuard

from rotascope.completion import completed, lean_of, told
from rotascope.errors import InputError
from rotascope.stance import (
    group_evidence,
    group_scores,
    mention_relevance,
    rotation_intensity,
)
from rotascope.types import (
    Analysis,
    MentionScore,
    Revision,
    SentenceScore,
    Sentiment,
    TargetScore,
)
from rotascope_models.base import Example, Probabilities
from rotascope_models.errors import TargetError
from rotascope_models.markers import check_target
from rotascope_nlp.types import Document, Field, Flow, Mention, Sentence

WHOLE_SENTENCES = 2
"""Sentences up to which `overall` is the model's answer to the text as a whole; of more, the mean
of the sentences: an encoder lets one of them decide for all."""

SHORT_TEXT = 600
"""Characters up to which a text is scored whole: a headline, a tweet, a news paragraph."""

WHOLE_CONTEXT = 1
"""Sentences on either side where a short text's flow may find its other side (see `completion`)."""

TITLE_WEIGHT = 3.0
"""A title counts as this many sentences in `overall`: it is written to carry the verdict."""


class Plan:
    """The examples that one document needs, and the way back from their rows to an analysis."""

    def __init__(self, document: Document, targets: Iterable[tuple[object, object]] = ()) -> None:
        self.document = document
        self.examples: list[Example] = []
        self._row_of: dict[Example, int] = {}
        self.sentence_rows = [
            self._add(Example(self._field(s.field)[s.start : s.end])) for s in document.sentences
        ]
        self.whole_row = self._plan_whole()
        self.mention_rows = self._plan_mentions(document.mentions)
        self.target_rows = [self._plan_target(start, end) for start, end in targets]

    def _field(self, field: Field) -> str:
        return (self.document.title or "") if field == "title" else self.document.text

    def _add(self, example: Example) -> int:
        row = self._row_of.setdefault(example, len(self.examples))
        if row == len(self.examples):
            self.examples.append(example)
        return row

    def _plan_whole(self) -> int | None:
        text = self.document.text
        few = len(self.document.sentences) <= WHOLE_SENTENCES and len(text) <= SHORT_TEXT
        if self.document.title or not few or not text.strip():
            return None
        return self._add(Example(text))

    def _context(self, field: Field, start: int, end: int) -> Example:
        text = self._field(field)
        low, high = 0, len(text)
        if len(text) > SHORT_TEXT:
            around = [s for s in self.document.sentences if s.field == field]
            touching = [s for s in around if s.end > start and s.start < end]
            low = min((s.start for s in touching), default=start)
            high = max((s.end for s in touching), default=end)
            low, high = min(low, start), max(high, end)
        return Example(text[low:high], start - low, end - low)

    def _plan_mentions(self, mentions: Sequence[Mention]) -> list[int]:
        seen: dict[tuple[int, object], int] = {}
        rows = []
        for mention in mentions:
            what = (mention.sentence, mention.symbol or (mention.kind, mention.groups))
            if what not in seen:
                seen[what] = self._add(self._context(mention.field, mention.start, mention.end))
            rows.append(seen[what])
        return rows

    def _plan_target(self, start: object, end: object) -> tuple[object, object, int | str]:
        if not _is_offset(start) or not _is_offset(end):
            return start, end, 'a target needs whole numbers "start" and "end"'
        try:
            check_target(Example(self.document.text, start, end))
            return start, end, self._add(self._context("text", start, end))
        except TargetError as exc:
            return start, end, str(exc)

    def analysis(
        self, rows: Probabilities, roles: Probabilities | None, revision: Revision
    ) -> Analysis | InputError:
        """The analysis that these rows (one per example; columns as LABELS, ROLES) amount to."""
        document = self.document
        if not document.sentences:
            return InputError("the text holds no sentence; give it at least a few words")
        scored = [Sentiment(*(float(p) for p in row)) for row in rows]
        sentences = tuple(
            SentenceScore(sentence, scored[row])
            for sentence, row in zip(document.sentences, self.sentence_rows, strict=True)
        )
        weights = mention_relevance(document.mentions, document.sentences)
        mentions = tuple(
            MentionScore(mention, scored[row], weight)
            for mention, row, weight in zip(
                document.mentions, self.mention_rows, weights, strict=True
            )
        )
        whole = scored[self.whole_row] if self.whole_row is not None else None
        flows = self._flows(mentions, roles)
        evidence = tuple(group_evidence(mentions, flows, document.sentences))
        return Analysis(
            title=document.title,
            text=document.text,
            overall=whole or overall(sentences),
            targets=tuple(
                TargetScore(start, end, None, row)
                if isinstance(row, str)
                else TargetScore(start, end, scored[row])
                for start, end, row in self.target_rows
            ),
            mentions=mentions,
            groups=tuple(group_scores(evidence, document.mentions, document.sentences)),
            flows=flows,
            sentences=sentences,
            evidence=evidence,
            rejected=document.rejected,
            intensity=rotation_intensity(flows, document.sentences),
            revision=revision,
        )

    def _flows(
        self, mentions: Sequence[MentionScore], roles: Probabilities | None
    ) -> tuple[Flow, ...]:
        """The flows of the language stage, and what the model adds to them."""
        document = self.document
        short = len(document.text) <= SHORT_TEXT
        near = WHOLE_CONTEXT if short else 0
        leans = [
            lean_of(item, None if roles is None else roles[row])
            for item, row in zip(mentions, self.mention_rows, strict=True)
        ]
        around = (mentions, leans, document.sentences)
        flows = completed(document.flows, *around, around=near, together=short, text_of=self._field)
        more = told(flows, *around, text_of=self._field, together=short)
        place = {"title": 0, "text": 1}
        return tuple(sorted((*flows, *more), key=lambda flow: (place[flow.field], flow.start)))


def overall(sentences: Sequence[SentenceScore]) -> Sentiment:
    """The mean of the sentences, the title's sentences weighing `TITLE_WEIGHT` each."""
    weights = [_weight(item.sentence) for item in sentences]
    total = sum(weights)
    pairs = list(zip(weights, sentences, strict=True))
    return Sentiment(
        negative=sum(w * s.sentiment.negative for w, s in pairs) / total,
        neutral=sum(w * s.sentiment.neutral for w, s in pairs) / total,
        positive=sum(w * s.sentiment.positive for w, s in pairs) / total,
    )


def _is_offset(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _weight(sentence: Sentence) -> float:
    return TITLE_WEIGHT if sentence.field == "title" else 1.0
