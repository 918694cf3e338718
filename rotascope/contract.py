"""The JSON form of an analysis: what `score --json` and `score --jsonl` print.

Offsets are code points into `text` exactly as it was given; a hit in the title carries
`"field": "title"`.  The sentiment keys stand flat in every row but those of `flows`.
"""

from __future__ import annotations

import json
from typing import Any

from rotascope.analysis import Input
from rotascope.errors import InputError
from rotascope.reading import day_of
from rotascope.types import Analysis, MentionScore, Sentiment, TargetScore
from rotascope_nlp.types import Field, Flow

DIGITS = 6
"""Decimals of every number that is printed."""


def sentiment_keys(sentiment: Sentiment) -> dict[str, float]:
    """`negative, neutral, positive, score`, rounded."""
    return {
        "negative": round(sentiment.negative, DIGITS),
        "neutral": round(sentiment.neutral, DIGITS),
        "positive": round(sentiment.positive, DIGITS),
        "score": round(sentiment.score, DIGITS),
    }


def to_json(analysis: Analysis, *, id: str | None = None) -> dict[str, Any]:
    """One object: id, overall, targets, tickers, groups, flows, sentences, and the provenance."""
    return {
        "id": id,
        "overall": sentiment_keys(analysis.overall),
        "targets": [_target(row) for row in analysis.targets],
        "tickers": [_ticker(row) for row in analysis.mentions if row.mention.symbol],
        "groups": [
            {
                "group": row.group,
                "kind": row.kind,
                "mentions": row.mentions,
                "relevance": round(row.relevance, DIGITS),
                **sentiment_keys(row.sentiment),
            }
            for row in analysis.groups
            if row.kind != "ticker"
        ],
        "flows": [_flow(flow) for flow in analysis.flows],
        "sentences": [
            {
                **_span(row.sentence.field, row.sentence.start, row.sentence.end),
                **sentiment_keys(row.sentiment),
            }
            for row in analysis.sentences
        ],
        "rotation_intensity": round(analysis.intensity, DIGITS),
        "model": analysis.revision.model,
        "revision": analysis.revision.id,
    }


def _span(field: Field, start: int, end: int) -> dict[str, Any]:
    span: dict[str, Any] = {"start": start, "end": end}
    return {**span, "field": "title"} if field == "title" else span


def _target(row: TargetScore) -> dict[str, Any]:
    if row.sentiment is None:
        return {"start": row.start, "end": row.end, "error": row.error}
    return {"start": row.start, "end": row.end, **sentiment_keys(row.sentiment)}


def _ticker(row: MentionScore) -> dict[str, Any]:
    mention = row.mention
    return {
        "symbol": mention.symbol,
        "name": mention.name,
        "sector": mention.sector,
        **_span(mention.field, mention.start, mention.end),
        "relevance": round(row.relevance, DIGITS),
        "method": mention.method,
        "confidence": round(mention.confidence, DIGITS),
        **sentiment_keys(row.sentiment),
    }


def _flow(flow: Flow) -> dict[str, Any]:
    return {
        "from": flow.from_group,
        "to": flow.to_group,
        "status": flow.status,
        "confidence": round(flow.confidence, DIGITS),
        "attributed": flow.attributed,
        **_span(flow.field, flow.start, flow.end),
        "text": flow.text,
    }


def parse_line(line: str) -> tuple[Any, Input | InputError]:
    """One line of JSONL -> (its id, what to analyse or why it cannot be).

    The id is None where the line has none, or is no JSON at all.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as exc:
        return None, InputError(f"the line is not JSON: {exc}")
    if not isinstance(row, dict):
        return None, InputError('the line is no JSON object; expected {"id": …, "text": …}')
    try:
        return row.get("id"), _parse_row(row)
    except InputError as exc:
        return row.get("id"), exc


def _parse_row(row: dict[str, Any]) -> Input:
    text, title = row.get("text"), row.get("title")
    if title is not None and not isinstance(title, str):
        raise InputError('"title" is no string; leave it out where there is none')
    if text is None and title is not None:
        text = ""  # a headline alone
    if not isinstance(text, str):
        raise InputError('"text" is missing or no string; each line needs a "text" or a "title"')
    if not text.strip() and not (title or "").strip():
        raise InputError("the text is empty")
    targets = row.get("targets")
    if targets is None:
        targets = []
    if not isinstance(targets, list):
        raise InputError('"targets" is no list; expected [{"start": …, "end": …}]')
    spans = tuple(_parse_target(target) for target in targets)
    return Input(text, title, spans, day_of(row.get("published")))


def _parse_target(target: Any) -> tuple[Any, Any]:
    """A bad span stays as it is: the analysis reports it in its place."""
    if not isinstance(target, dict):
        return None, None
    return target.get("start"), target.get("end")
