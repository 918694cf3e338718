"""The tables of the store that a series is made of, each as columns of numbers.

Groups are numbered in `groups`, in the order in which they come; what is not of an article in
hand is left out.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from rotascope.store.dialect import chunks
from rotascope.store.schema import (
    analyses,
    articles,
    flows,
    group_scores,
    story_keys,
    text_versions,
)
from rotascope.timeseries.corpus import STATUSES, Articles, Claims, Links, Scores
from rotascope_feeds.types import HOURS_OF_DAY

Ints = npt.NDArray[np.int64]

_HOUR = 3_600_000_000

DAY_HOURS = sa.case(
    (articles.c.flags == "", 0),  # most have none
    *((articles.c.flags.contains(flag), hours) for flag, hours in HOURS_OF_DAY.items()),
    else_=0,
)
"""The hours of the day that is all that is known of when an article was published; else 0."""

_CHUNK = 10_000
"""Rows fetched at a time: more fall out of the processor's cache, and take half as long again."""


def read_articles(
    connection: sa.Connection, revision_ids: Sequence[str], as_of: int | None
) -> tuple[Articles, Ints, npt.NDArray[np.bytes_]]:
    """A row for each analysis, in no order; beside it when its version was seen, and the key."""
    query = (
        sa.select(
            articles.c.published_at,
            articles.c.first_seen_at,
            articles.c.id,
            text_versions.c.seen_at,
            text_versions.c.id,
            analyses.c.id,
            analyses.c.intensity,
            articles.c.key,
            analyses.c.revision_id,
            DAY_HOURS,
        )
        .select_from(analyses)
        .join(text_versions, text_versions.c.id == analyses.c.version_id)
        .join(articles, articles.c.id == text_versions.c.article_id)
        .where(analyses.c.revision_id.in_(revision_ids), analyses.c.error.is_(None))
    )
    number = {revision: place for place, revision in enumerate(revision_ids)}
    parts: list[list[npt.NDArray[Any]]] = []
    for chunk in _columns(connection, query):
        ints = [np.array(column, np.int64) for column in chunk[:6]]
        keep = np.ones(len(ints[0]), bool)
        if as_of is not None:
            keep = (ints[1] <= as_of) & (ints[3] <= as_of)
        revision = np.array([number[name] for name in chunk[8]], np.int64)
        ints[0] = news_at(ints[0], ints[1], np.array(chunk[9], np.int64))
        every = [*ints, np.array(chunk[6], np.float64), np.array(chunk[7], "S16"), revision]
        parts.append([column[keep] for column in every])
    if not parts:
        parts = [[np.empty(0, kind) for kind in ("i8",) * 6 + ("f8", "S16", "i8")]]
    published, seen, article, version_seen, version, analysis, intensity, key, revision = (
        np.concatenate(columns) for columns in zip(*parts, strict=True)
    )
    rows = Articles(published, seen, analysis, version, article, intensity, revision)
    return rows, version_seen, key


def news_at(published: Ints, first_seen: Ints, hours: Ints) -> Ints:
    """The moments that say which period articles are in; `hours`: see `DAY_HOURS`.

    Nobody could act on those before that day's end, or before they were first seen.
    """
    late = np.minimum(published + hours * _HOUR - 1, first_seen)
    return np.where(hours > 0, np.maximum(published, late), published)


def read_scores(
    connection: sa.Connection,
    place: Lookup,
    groups: dict[str, int],
    kinds: dict[int, str],
    *,
    tickers: bool,
) -> Scores:
    """The groups of each analysis; `kinds` gets the kind of each group, by its number."""
    table = group_scores.c
    query = sa.select(
        table.analysis_id,
        table.group_id,
        table.mentions,
        table.relevance,
        table.negative,
        table.neutral,
        table.positive,
    )
    if not tickers:
        query = query.where(table.kind != "ticker")
    parts: list[list[npt.NDArray[Any]]] = []
    for chunk in _columns(connection, query):
        article = place(np.array(chunk[0], np.int64))
        columns: list[npt.NDArray[Any]] = [
            article.astype(np.int32),
            _codes(chunk[1], groups),
            np.array(chunk[2], np.int32),
            *(np.array(column, np.float64) for column in chunk[3:]),
        ]
        keep = article >= 0
        parts.append([column[keep] for column in columns])
    kinds.update(_read_kinds(connection, groups))
    return Scores(*_joined(parts, ("i4", "i4", "i4", "f8", "f8", "f8", "f8")))


def read_claims(connection: sa.Connection, place: Lookup, groups: dict[str, int]) -> Claims:
    """The flows of each analysis, in an order that does not depend on that of ingestion."""
    number = {status: code for code, status in enumerate(STATUSES)}
    table = flows.c
    query = sa.select(
        table.analysis_id, table.from_group, table.to_group, table.status, table.confidence
    )
    parts: list[list[npt.NDArray[Any]]] = []
    for chunk in _columns(connection, query):
        article = place(np.array(chunk[0], np.int64))
        columns = [
            article,
            _codes(chunk[1], groups).astype(np.int64),
            _codes(chunk[2], groups).astype(np.int64),
            np.array([number[status] for status in chunk[3]], np.int64),
            np.array(chunk[4], np.float64),
        ]
        keep = article >= 0
        parts.append([column[keep] for column in columns])
    found = _joined(parts, ("i8", "i8", "i8", "i8", "f8"))
    order = np.lexsort((found[4], found[3], found[2], found[1], found[0]))
    return Claims(*(column[order] for column in found))


def read_links(
    connection: sa.Connection, ids: Ints, as_of: int | None, more: Sequence[tuple[int, int]]
) -> tuple[Links, Ints]:
    """The links of the articles with these ids, in their order, and when each was seen."""
    query = sa.select(text_versions.c.article_id, story_keys.c.key, text_versions.c.seen_at).join(
        text_versions, text_versions.c.id == story_keys.c.version_id
    )
    order = np.argsort(ids, kind="stable")
    place = Lookup(ids[order], order)
    parts: list[list[npt.NDArray[Any]]] = []
    for chunk in (*_columns(connection, query), *_unkept(connection, more)):
        article, key, seen = (np.array(column, np.int64) for column in chunk)
        found = place(article)
        keep = found >= 0 if as_of is None else (found >= 0) & (seen <= as_of)
        parts.append([found[keep], key[keep], seen[keep]])
    article, key, seen = _joined(parts, ("i8", "i8", "i8"))
    return Links(article, key), seen


class Lookup:
    """From an id to the article's place; -1 where it has none."""

    def __init__(self, ids: Ints, places: Ints) -> None:
        self._ids = ids
        self._places = places

    def __call__(self, ids: Ints) -> Ints:
        if not len(self._ids):
            return np.full(len(ids), -1, np.int64)
        near = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        return np.where(self._ids[near] == ids, self._places[near], -1)


def _columns(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[list[tuple[Any, ...]]]:
    """The driver's own rows in chunks: SQLAlchemy's row objects would cost as much again."""
    result = connection.execute(query)
    cursor: Any = result.cursor
    with _no_garbage_collection():
        try:
            while rows := cursor.fetchmany(_CHUNK):
                yield list(zip(*rows, strict=True))
        finally:
            result.close()


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Rows are freed by their counts; looking for cycles among millions doubles the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _codes(names: Sequence[str | None], groups: dict[str, int]) -> npt.NDArray[np.int32]:
    for name in set(names):
        if name is not None and name not in groups:
            groups[name] = len(groups)
    lookup: dict[str | None, int] = {None: -1}
    lookup.update(groups)
    return np.fromiter(map(lookup.__getitem__, names), np.int32, len(names))


def _joined(parts: list[list[npt.NDArray[Any]]], kinds: Sequence[str]) -> list[npt.NDArray[Any]]:
    """The chunks end to end, one column after the other, in the articles' order."""
    if not parts:
        return [np.empty(0, kind) for kind in kinds]
    columns = []
    for number in range(len(kinds)):
        columns.append(np.concatenate([part[number] for part in parts]))
        for part in parts:
            part[number] = columns[-1][:0]
    order = np.lexsort((columns[1], columns[0]))
    return [column[order] for column in columns]


def _read_kinds(connection: sa.Connection, groups: dict[str, int]) -> dict[int, str]:
    # DISTINCT takes a quarter of the time of GROUP BY; a group of two kinds keeps the first.
    query = sa.select(group_scores.c.group_id, group_scores.c.kind).distinct()
    rows = sorted(
        ((str(name), str(kind)) for name, kind in connection.execute(query)), reverse=True
    )
    return {groups[name]: kind for name, kind in rows if name in groups}


def _unkept(
    connection: sa.Connection, keys: Sequence[tuple[int, int]]
) -> Iterator[list[tuple[Any, ...]]]:
    """Keys that are not in the store, as (article id, key, seen at)."""
    of_version: dict[int, list[int]] = {}
    for version, key in keys:
        of_version.setdefault(version, []).append(key)
    for part in chunks(list(of_version)):
        query = sa.select(
            text_versions.c.id, text_versions.c.article_id, text_versions.c.seen_at
        ).where(text_versions.c.id.in_(part))
        for versions in _columns(connection, query):
            rows = [
                (article, key, seen)
                for version, article, seen in zip(*versions, strict=True)
                for key in of_version[version]
            ]
            yield list(zip(*rows, strict=True))
