"""What waits for analysis: text versions that no revision, or not this one, has analysed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from rotascope.store.schema import analyses, articles, text_versions, unanalyzed

PENDING_CHUNK = 200
"""Texts read at once while analysing: some MB at most, and no cursor stays open between."""


def pending(
    connection: sa.Connection, revision_id: str, *, after: int, again: bool, failed: bool
) -> list[tuple[int, str | None, str | None, datetime]]:
    """The next text versions (id, title, text, published) to analyse, by id, at most a chunk."""
    v = text_versions.c
    rows = connection.execute(
        sa.select(v.id, v.title, v.text, articles.c.published_at)
        .join(articles, articles.c.id == v.article_id)
        .where(v.id > after, _is_pending(revision_id, again=again, failed=failed))
        .order_by(v.id)
        .limit(PENDING_CHUNK)
    )
    return [(row.id, row.title, row.text, row.published_at) for row in rows]


def count_pending(connection: sa.Connection, revision_id: str, *, again: bool, failed: bool) -> int:
    """How many text versions `pending` would go through."""
    count = sa.select(sa.func.count()).select_from(text_versions)
    wanted = _is_pending(revision_id, again=again, failed=failed)
    return connection.execute(count.where(wanted)).scalar_one()


def waiting(connection: sa.Connection) -> tuple[int, datetime | None]:
    """How many text versions no revision has tried, and when the first of a feed was seen.

    Those of archives may count as seen long before they were stored, so they tell no age.
    """
    wanted = _is_pending("", again=False, failed=False)
    v = text_versions.c
    of_feeds = sa.case((v.text_source != "archive", v.seen_at))
    asked = sa.select(sa.func.count(), sa.func.min(of_feeds)).where(wanted)
    count, since = connection.execute(asked).one()
    return count, since


def _is_pending(revision_id: str, *, again: bool, failed: bool) -> sa.ColumnElement[bool]:
    v = text_versions.c
    kept = sa.or_(v.title.is_not(None), v.text.is_not(None))
    wanted = ~_done(revision_id) if again else unanalyzed
    return sa.and_(kept, sa.or_(wanted, could_not_be_analyzed()) if failed else wanted)


def could_not_be_analyzed() -> sa.ColumnElement[bool]:
    """Whether a text version was tried, and no revision made anything of it."""
    of_it = sa.exists().where(analyses.c.version_id == text_versions.c.id)
    return sa.and_(
        of_it.where(analyses.c.error.is_not(None)), ~of_it.where(analyses.c.error.is_(None))
    )


def count_gone(connection: sa.Connection, revision_id: str) -> int:
    """How many text versions this revision has not analysed and cannot: their texts are dropped."""
    v = text_versions.c
    count = sa.select(sa.func.count()).select_from(text_versions)
    gone = sa.and_(v.title.is_(None), v.text.is_(None))
    return connection.execute(count.where(gone, ~_done(revision_id))).scalar_one()


def count_older(connection: sa.Connection, revision_id: str) -> int:
    """How many kept text versions other revisions have analysed, and this one has not."""
    v = text_versions.c
    every = sa.select(sa.func.count()).select_from(text_versions)
    done = sa.select(sa.func.count()).where(analyses.c.revision_id == revision_id)
    total, never, own = (
        int(connection.scalar(query) or 0) for query in (every, every.where(unanalyzed), done)
    )
    if total - never == own:
        return 0  # told by indexes alone; what follows walks through the texts
    kept = sa.or_(v.title.is_not(None), v.text.is_not(None))
    older = sa.and_(v.analyzed.is_(True), kept, ~_done(revision_id))
    return connection.execute(every.where(older)).scalar_one()


def _done(revision_id: str) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        analyses.c.version_id == text_versions.c.id, analyses.c.revision_id == revision_id
    )
