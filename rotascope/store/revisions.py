"""Analysis revisions: what made the analyses, and which of them a series shows.

Which one is shown is decided here alone, for the series, the report and `info`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from rotascope.errors import StoreError, UsageError
from rotascope.store.dialect import insert_new
from rotascope.store.schema import analyses, articles, from_micros, revisions, text_versions
from rotascope.types import Revision

AUTO = "auto"
"""The name that asks for the newest revision that has read as much as any older one."""
MIXED = "mixed"
"""The name that asks for a series over several revisions."""

_Limits = Sequence[sa.ColumnElement[bool]]
"""What `within` gives."""


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


@dataclass(frozen=True, slots=True)
class Shown:
    """The revisions that a series shows, and what it is told beside them.

    `chosen`: the newest first.  `newest`: of all that have read anything.  `counts`: how many text
    versions each has read, of those that the series can rest on.
    """

    chosen: Sequence[Used]
    newest: Used
    counts: Mapping[str, int]


def shown(
    connection: sa.Connection,
    asked: str = AUTO,
    *,
    until: int | None = None,
    seen_by: int | None = None,
) -> Shown:
    """What a series shows that rests on what was published by `until` and seen by `seen_by`.

    Both in microseconds UTC, None: whenever.  Raises as `choose` does.
    """
    found = used(connection)
    limits = within(until=until, seen_by=seen_by)
    counts = (limits and _reach(connection, limits)) or {
        one.revision.id: one.analyses for one in found
    }

    def unfinished(newer: str, older: str) -> bool:
        return _is_unfinished(connection, newer, older, counts, limits)

    chosen = choose(found, asked, counts, unfinished)
    return Shown(chosen, [one for one in found if one.analyses][-1], counts)


def _reach(connection: sa.Connection, limits: _Limits) -> dict[str, int]:
    """How many text versions each revision has read within `limits`."""
    query = _of_articles(sa.select(analyses.c.revision_id, sa.func.count()), limits)
    return {row[0]: row[1] for row in connection.execute(query.group_by(analyses.c.revision_id))}


def _is_unfinished(
    connection: sa.Connection,
    newer: str,
    older: str,
    counts: Mapping[str, int],
    limits: _Limits,
) -> bool:
    """Whether `newer` still has to read texts again that `older` has read, and owes its lead to it.

    What it read besides may be more than all of the older one's: then it is shown meanwhile too.
    """
    ahead, behind = counts.get(newer, 0), counts.get(older, 0)
    if ahead >= 2 * behind:
        return False
    other = analyses.alias()
    both = sa.exists().where(
        other.c.version_id == analyses.c.version_id, other.c.revision_id == newer
    )
    of_older = analyses.c.revision_id == older
    count = sa.select(sa.func.count()).select_from(analyses)
    shared = int(connection.scalar(_of_articles(count, limits).where(of_older, both)) or 0)
    if shared == behind or ahead - shared >= behind:
        return False
    kept = sa.or_(text_versions.c.title.is_not(None), text_versions.c.text.is_not(None))
    left = _of_articles(sa.select(analyses.c.id), limits, texts=True).where(of_older, ~both, kept)
    return connection.scalar(left.limit(1)) is not None


def _of_articles(query: sa.Select[Any], limits: _Limits, *, texts: bool = False) -> sa.Select[Any]:
    """`query`, of analyses, within `limits`; joined with no more than these and `texts` need."""
    if limits or texts:
        query = query.join(text_versions, text_versions.c.id == analyses.c.version_id)
    if limits:
        query = query.join(articles, articles.c.id == text_versions.c.article_id).where(*limits)
    return query


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
    found: Sequence[Used],
    asked: str = AUTO,
    counts: Mapping[str, int] | None = None,
    unfinished: Callable[[str, str], bool] = lambda _newer, _older: False,
) -> list[Used]:
    """The revisions that a series shows, the newest first; `found` as `used` gives them.

    `auto` takes the newest that has read as much as every older one of what the series rests on,
    so that the first articles after an upgrade do not cut off all that was before, and those after
    the series' end, or not known at its `--as-of`, do not change it.  One that is `unfinished`
    with an older one's texts waits, so that `analyze --again` brings it in once, and whole.
    `counts`: what each has read; without any, all analyses count.  `mixed` takes all.
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
        read = counts or {one.revision.id: one.analyses for one in found}
        ids = [one.revision.id for one in newest_first]
        for place, one in enumerate(newest_first):
            newer, older = ids[place], ids[place + 1 :]
            most = all(read.get(newer, 0) >= read.get(other, 0) for other in older)
            if most and not any(unfinished(newer, other) for other in older):
                return [one]
    chosen = [one for one in newest_first if one.revision.id == asked]
    if not chosen:
        known = ", ".join(one.revision.id for one in newest_first)
        raise UsageError(
            f"no analyses of revision {asked!r}; the store has {known}, or {MIXED}, or {AUTO}"
        )
    return chosen


def _revision(row: Any) -> Revision:
    return Revision(row.id, row.model, row.model_revision, row.rules, row.gazetteer, row.groups)
