"""Analyses by text version and revision, beside those of other revisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from rotascope.store.backlog import could_not_be_analyzed
from rotascope.store.dialect import chunks
from rotascope.store.schema import (
    analyses,
    articles,
    evidence,
    flows,
    group_scores,
    text_versions,
)
from rotascope.types import Analysis, Sentiment

Result = tuple[int, Analysis | str]
"""A text version's id, and its analysis or why there is none."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A text version that could not be analysed; its title may be dropped already."""

    url: str | None
    title: str | None
    reason: str


def save(
    connection: sa.Connection, revision_id: str, results: Sequence[Result], now: datetime
) -> None:
    """Store the results; an earlier analysis of a version by this revision is replaced.

    The versions are locked first, in one order: who analyses the same ones meanwhile waits, and
    then replaces these.  (SQLite has one writer anyway.)
    """
    existing: set[int] = set()
    for part in chunks(sorted(version for version, _ in results)):
        found = sa.select(text_versions.c.id).where(text_versions.c.id.in_(part))
        locked = found.order_by(text_versions.c.id).with_for_update(key_share=True)
        existing.update(connection.scalars(locked))
        connection.execute(
            sa.delete(analyses).where(
                analyses.c.revision_id == revision_id, analyses.c.version_id.in_(part)
            )
        )
    # A version that retention deleted meanwhile needs no analysis any more.
    kept = [(version, result) for version, result in results if version in existing]
    if not kept:
        return
    for part in chunks([version for version, _ in kept]):
        connection.execute(
            sa.update(text_versions).where(text_versions.c.id.in_(part)).values(analyzed=True)
        )
    ids = connection.scalars(
        sa.insert(analyses).returning(analyses.c.id, sort_by_parameter_order=True),
        [_analysis_row(version, revision_id, result, now) for version, result in kept],
    ).all()
    whole = [
        (id_, result)
        for id_, (_, result) in zip(ids, kept, strict=True)
        if isinstance(result, Analysis)
    ]
    _insert(connection, group_scores, (row for item in whole for row in _group_rows(*item)))
    _insert(connection, evidence, (row for item in whole for row in _evidence_rows(*item)))
    _insert(connection, flows, (row for item in whole for row in _flow_rows(*item)))


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(sa.insert(table), listed)


def _sentiment(value: Sentiment | None) -> dict[str, float | None]:
    if value is None:
        return {"negative": None, "neutral": None, "positive": None}
    return {"negative": value.negative, "neutral": value.neutral, "positive": value.positive}


def _analysis_row(
    version: int, revision_id: str, result: Analysis | str, now: datetime
) -> dict[str, Any]:
    done = result if isinstance(result, Analysis) else None
    return {
        "version_id": version,
        "revision_id": revision_id,
        "analyzed_at": now,
        "sentences": len(done.sentences) if done else 0,
        "intensity": done.intensity if done else 0.0,
        "error": None if done else str(result),
        **_sentiment(done.overall if done else None),
    }


def _group_rows(analysis_id: int, analysis: Analysis) -> Iterable[dict[str, Any]]:
    for row in analysis.groups:
        yield {
            "analysis_id": analysis_id,
            "group_id": row.group,
            "kind": row.kind,
            "mentions": row.mentions,
            "relevance": row.relevance,
            **_sentiment(row.sentiment),
        }


def _evidence_rows(analysis_id: int, analysis: Analysis) -> Iterable[dict[str, Any]]:
    for ordinal, row in enumerate(analysis.evidence):
        yield {
            "analysis_id": analysis_id,
            "ordinal": ordinal,
            "group_id": row.group,
            "source": row.source,
            "field": row.field,
            "start": row.start,
            "end": row.end,
            "sentence_start": row.sentence_start,
            "sentence_end": row.sentence_end,
            "weight": row.weight,
            "symbol": row.symbol,
            **_sentiment(row.sentiment),
        }


def _flow_rows(analysis_id: int, analysis: Analysis) -> Iterable[dict[str, Any]]:
    for ordinal, row in enumerate(analysis.flows):
        yield {
            "analysis_id": analysis_id,
            "ordinal": ordinal,
            "from_group": row.from_group,
            "to_group": row.to_group,
            "status": row.status,
            "confidence": row.confidence,
            "attributed": row.attributed,
            "field": row.field,
            "start": row.start,
            "end": row.end,
        }


def failures(connection: sa.Connection, limit: int | None) -> list[Failure]:
    """What no revision could analyse, the newest first, with the reason that was given last."""
    last = (
        sa.select(analyses.c.error)
        .where(analyses.c.version_id == text_versions.c.id)
        .order_by(analyses.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = connection.execute(
        sa.select(articles.c.url, text_versions.c.title, last.label("reason"))
        .join(articles, articles.c.id == text_versions.c.article_id)
        .where(could_not_be_analyzed())
        .order_by(text_versions.c.id.desc())
        .limit(limit)
    )
    return [Failure(row.url, row.title, row.reason) for row in rows]


FAILING = 10
"""So many failures in a row are no matter of texts."""


def failing(connection: sa.Connection) -> str | None:
    """Why the latest text could not be analysed, where the last `FAILING` all could not."""
    latest = sa.select(analyses.c.error).order_by(analyses.c.id.desc()).limit(FAILING)
    errors = connection.scalars(latest).all()
    return errors[0] if len(errors) == FAILING and all(errors) else None


def count_failures(connection: sa.Connection) -> int:
    """How many text versions no revision could analyse."""
    count = sa.select(sa.func.count()).select_from(text_versions)
    return connection.execute(count.where(could_not_be_analyzed())).scalar_one()
