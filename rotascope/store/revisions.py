"""Analysis revisions: what made the analyses, and which of them a series shows.

Which one is shown is decided here alone, for the series, the report and `info`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from rotascope.errors import StoreError, UsageError
from rotascope.store.dialect import insert_new
from rotascope.store.schema import analyses, articles, from_micros, revisions, text_versions
from rotascope.types import Revision

AUTO = "auto"
"""The name that asks for the revision that has read most of what a series rests on."""
MIXED = "mixed"
"""The name that asks for a series over several revisions."""


@dataclass(frozen=True, slots=True)
class Used:
    """A revision, when it was first used, and how many text versions it has analysed."""

    revision: Revision
    since: datetime
    analyses: int


def save_revision(connection: sa.Connection, revision: Revision, now: datetime) -> None:
    """Keep what the revision's id stands for; a known one stays as it is."""
    connection.execute(
        insert_new(connection, revisions),
        {
            "id": revision.id,
            "model": revision.model,
            "model_revision": revision.model_revision,
            "rules": revision.rules,
            "gazetteer": revision.gazetteer,
            "groups": revision.groups,
            "created_at": now,
        },
    )


def used(connection: sa.Connection) -> list[Used]:
    """Every revision that was ever used, in the order of their first use."""
    counted = (
        sa.select(analyses.c.revision_id, sa.func.count().label("n"))
        .group_by(analyses.c.revision_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(revisions, sa.func.coalesce(counted.c.n, 0).label("n"))
        .outerjoin(counted, counted.c.revision_id == revisions.c.id)
        .order_by(revisions.c.created_at, revisions.c.id)
    )
    return [Used(_revision(row), row.created_at, row.n) for row in rows]


def latest(connection: sa.Connection) -> str | None:
    """The revision of the latest analysis."""
    newest = sa.select(analyses.c.revision_id).order_by(analyses.c.id.desc()).limit(1)
    return connection.scalar(newest)


def reach(
    connection: sa.Connection, *, until: int | None, seen_by: int | None
) -> dict[str, int] | None:
    """How many text versions each revision has read, of those that a series can rest on.

    Those published by `until` and seen by `seen_by`, in microseconds UTC.  None where neither is
    given: all of them.
    """
    if until is None and seen_by is None:
        return None
    query = (
        sa.select(analyses.c.revision_id, sa.func.count())
        .join(text_versions, text_versions.c.id == analyses.c.version_id)
        .join(articles, articles.c.id == text_versions.c.article_id)
        .where(*within(until=until, seen_by=seen_by))
        .group_by(analyses.c.revision_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def within(
    *, since: int | None = None, until: int | None = None, seen_by: int | None = None
) -> list[sa.ColumnElement[bool]]:
    """What says of a text version, joined with its article, that it was published and seen then."""
    conditions: list[sa.ColumnElement[bool]] = []
    if since is not None:
        conditions.append(articles.c.published_at >= from_micros(since))
    if until is not None:
        conditions.append(articles.c.published_at <= from_micros(until))
    if seen_by is not None:
        conditions.append(articles.c.first_seen_at <= from_micros(seen_by))
        conditions.append(text_versions.c.seen_at <= from_micros(seen_by))
    return conditions


def choose(
    found: Sequence[Used], asked: str = AUTO, counts: Mapping[str, int] | None = None
) -> list[Used]:
    """The revisions that a series shows, the newest first; `found` as `used` gives them.

    `auto` takes the one that has read most of what the series rests on, so that the first articles
    after an upgrade do not cut off all that was before, and those after the series' end, or not
    known at its `--as-of`, do not change it; of equals the newest, so that `analyze --again` brings
    it in.  `counts`: as `reach` gives them; without any, all analyses count.  `mixed` takes all.
    Raises StoreError for a store without analyses, UsageError for a revision that it does not hold.
    """
    newest_first = [one for one in reversed(found) if one.analyses]
    if not newest_first:
        raise StoreError(
            "the store holds no analysed article; run `rotascope ingest`, or `rotascope analyze`"
        )
    if asked == MIXED:
        return newest_first
    if asked == AUTO:
        if counts:
            return [max(newest_first, key=lambda one: counts.get(one.revision.id, 0))]
        return [max(newest_first, key=lambda one: one.analyses)]  # the first of equals
    chosen = [one for one in newest_first if one.revision.id == asked]
    if not chosen:
        known = ", ".join(one.revision.id for one in newest_first)
        raise UsageError(
            f"no analyses of revision {asked!r}; the store has {known}, or {MIXED}, or {AUTO}"
        )
    return chosen


def _revision(row: Any) -> Revision:
    return Revision(row.id, row.model, row.model_revision, row.rules, row.gazetteer, row.groups)
