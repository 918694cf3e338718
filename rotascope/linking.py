"""Give the versions of one story the keys they share, as new versions come into the store.

A key belongs to a pair of texts and a stretch of time, never to what else is stored: so links do
not depend on the order of ingestion, and what is added later takes none away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from rotascope.errors import StoreError
from rotascope.similarity import SHORT_SHINGLES, Sketches, copies, readable, stack
from rotascope.store.dialect import chunks, insert_new
from rotascope.store.engine import writing
from rotascope.store.schema import articles, from_micros, story_keys, text_versions

if TYPE_CHECKING:
    from rotascope.store import Store

Ints = npt.NDArray[np.int64]
Keys = list[tuple[int, int]]

DAY = 86_400_000_000
WINDOW = 14 * DAY
"""Copies further apart are news again; up to half of it apart they are always copies."""
SHORT_WINDOW = 2 * DAY
"""The same for texts of under 16 words: a headline can come back with other news behind it."""

_BATCH = 50_000
_KEYS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Versions:
    """Text versions in order of publication (microseconds), with the signatures they have."""

    id: Ints
    article: Ints
    published: Ints
    new: npt.NDArray[np.bool_]
    signature: list[bytes]


def assign_stories(store: Store) -> Keys:
    """Look up the copies of every version that was stored since the last time.

    Returns what could not be kept: the keys (version, key), where the store is read-only; else
    nothing.  Readers take them along, so that a series is the same either way.
    """
    found: Keys = []
    while True:
        with store.connect() as connection:
            batch = _unlinked(connection)
            keys = list(story_links(connection, batch)) if batch else []
        if not batch:
            return found
        try:
            with writing(store.engine) as connection:
                _save(connection, batch, keys)
        except StoreError:
            with store.connect() as connection:
                return list(story_links(connection, _unlinked(connection, limit=None)))


def _unlinked(connection: sa.Connection, limit: int | None = _BATCH) -> list[int]:
    query = (
        sa.select(text_versions.c.id)
        .join(articles, articles.c.id == text_versions.c.article_id)
        .where(text_versions.c.linked.is_(False))
        .order_by(articles.c.published_at, text_versions.c.id)
        .limit(limit)
    )
    return [int(number) for number in connection.scalars(query)]


def _save(connection: sa.Connection, batch: list[int], keys: Keys) -> None:
    for some in chunks(keys, _KEYS_AT_ONCE):
        rows = [{"version_id": version, "key": key} for version, key in some]
        connection.execute(insert_new(connection, story_keys), rows)
    for part in chunks(batch):
        connection.execute(
            sa.update(text_versions).where(text_versions.c.id.in_(part)).values(linked=True)
        )


def story_links(connection: sa.Connection, batch: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The keys of these versions and of the copies they have: (version, key)."""
    versions = _around(connection, set(batch))
    if not len(versions.id):
        return
    blobs, of_version = _distinct(versions.signature)
    sketches = stack(blobs)
    new = np.zeros(len(blobs), bool)
    new[of_version[versions.new]] = True
    members: dict[int, list[int]] = {}
    for place, blob in enumerate(of_version.tolist()):
        members.setdefault(blob, []).append(place)
    for blob, places in members.items():
        if len(places) > 1 and new[blob]:
            yield from _shared(
                versions, [(0, p) for p in places], blobs[blob], _window(sketches, blob)
            )
    for first, second in copies(sketches, new=new).tolist():
        both = [(0, p) for p in members[first]] + [(1, p) for p in members[second]]
        name = b"".join(sorted((blobs[first], blobs[second])))
        yield from _shared(versions, both, name, WINDOW, sides=2)


def _window(sketches: Sketches, place: int) -> int:
    return SHORT_WINDOW if sketches.sizes[place] < SHORT_SHINGLES else WINDOW


def _distinct(signatures: list[bytes]) -> tuple[list[bytes], Ints]:
    """The different signatures, and for each version which one it has."""
    places: dict[bytes, int] = {}
    of_version = [places.setdefault(signature, len(places)) for signature in signatures]
    return list(places), np.array(of_version, np.int64)


def _shared(
    versions: Versions, members: list[tuple[int, int]], name: bytes, window: int, sides: int = 1
) -> Iterator[tuple[int, int]]:
    """A key for each stretch of time in which two articles, of both sides, are `members`.

    Time is cut into stretches of `window`, and again half a window later, so that two articles up
    to half a window apart always stand in one stretch, whatever else there is.
    """
    for shift in (0, 1):
        stretches: dict[int, list[tuple[int, int]]] = {}
        for side, place in members:
            stretch = (2 * int(versions.published[place]) + shift * window) // (2 * window)
            stretches.setdefault(stretch, []).append((side, place))
        for stretch, inside in stretches.items():
            told_by = {int(versions.article[place]) for _, place in inside}
            if len(told_by) < 2 or len({side for side, _ in inside}) < sides:
                continue
            key = _hash(name, 2 * stretch + shift)
            yield from ((int(versions.id[place]), key) for _, place in inside)


def _hash(name: bytes, stretch: int) -> int:
    digest = hashlib.blake2b(name + stretch.to_bytes(8, "big", signed=True), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


def _around(connection: sa.Connection, batch: set[int]) -> Versions:
    """The versions of `batch` and all others published up to a window before or after them."""
    low, high = _span(connection, batch)
    query = (
        sa.select(
            text_versions.c.id,
            text_versions.c.article_id,
            articles.c.published_at,
            text_versions.c.signature,
        )
        .join(articles, articles.c.id == text_versions.c.article_id)
        .where(articles.c.published_at.between(from_micros(low), from_micros(high)))
        .order_by(articles.c.published_at, text_versions.c.id)
    )
    cursor: Any = connection.execute(query).cursor
    rows = [row for row in cursor.fetchall() if readable(row[3])]
    return Versions(
        id=np.array([row[0] for row in rows], np.int64),
        article=np.array([row[1] for row in rows], np.int64),
        published=np.array([row[2] for row in rows], np.int64),
        new=np.array([row[0] in batch for row in rows], bool),
        signature=[bytes(row[3]) for row in rows],
    )


def _span(connection: sa.Connection, batch: set[int]) -> tuple[int, int]:
    moments: list[int] = []
    for part in chunks(sorted(batch)):
        query = (
            sa.select(sa.func.min(articles.c.published_at), sa.func.max(articles.c.published_at))
            .join(text_versions, text_versions.c.article_id == articles.c.id)
            .where(text_versions.c.id.in_(part))
        )
        cursor: Any = connection.execute(query).cursor
        moments.extend(moment for moment in cursor.fetchone() if moment is not None)
    return (min(moments) - WINDOW, max(moments) + WINDOW) if moments else (0, 0)
