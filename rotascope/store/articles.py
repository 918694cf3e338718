"""Articles and their text versions: what is the same article, what is an edit, and when.

An article is known by its canonical URL, else by feed and entry id, else by its content.  What an
article's row says (dates, publisher) stays as it was first seen; a changed text adds a version.
"""

from __future__ import annotations

import hashlib
import re
from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from rotascope.store.dates import Dated, FirstSeen, dated, redate, seen
from rotascope.store.dialect import chunks, insert_new
from rotascope.store.schema import articles, text_versions
from rotascope_feeds.types import Article, TextSource

Signature = Callable[[str], bytes]

_RANK: dict[TextSource, int] = {"title": 0, "summary": 1, "content": 2, "page": 3, "archive": 3}
"""How much of an article each source holds: a poorer text never replaces a richer one."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL, which PostgreSQL refuses, and lone surrogates, which UTF-8 cannot hold."""

_TICK = timedelta(microseconds=1)

_ARCHIVE = "archive:"
"""How the feed of articles begins that come from an archive with ids; those without have none."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the articles given: `new`, `updated` (a text version more), `unchanged`."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class _Version:
    """`fresh`: of the batch at hand."""

    seen_at: datetime
    content_hash: str
    rank: int
    fresh: bool = False


@dataclass(slots=True)
class _Known:
    """An article that the store has, with its versions in order of `seen_at`."""

    id: int
    feed_url: str | None
    dated: Dated
    versions: list[_Version] = field(default_factory=list)


def article_key(article: Article) -> str:
    """The public id: 16 hex digits of the canonical URL, else of feed and entry, else of the text.

    It does not depend on the order in which articles come.
    """
    if article.canonical_url:
        identity = f"url\0{article.canonical_url}"
    elif article.feed_url and article.entry_id:
        identity = f"entry\0{article.feed_url}\0{article.entry_id}"
    else:
        identity = f"text\0{content_hash(article)}"
    return hashlib.sha256(_storable(identity).encode()).hexdigest()[:16]


def content_hash(article: Article) -> str:
    """SHA-256 of title and text, as stored."""
    both = f"{_storable(article.title)}\0{_storable(article.text)}"
    return hashlib.sha256(both.encode()).hexdigest()


def add(
    connection: sa.Connection,
    batch: Sequence[Article],
    *,
    first_seen: FirstSeen,
    signature: Signature | None,
) -> Added:
    """Store the articles of one batch inside the caller's transaction.

    They go in in their order, those of an archive in that of publication: so an older text of an
    article becomes no edit of a newer one, and dates are those of the oldest.
    """
    if first_seen == "published":
        batch = sorted(batch, key=lambda article: seen(article, first_seen))
    known = _Index(connection, batch)
    unknown = [article for article in batch if known.find(article) is None]
    if unknown:
        rows = {article_key(article): article for article in reversed(unknown)}
        connection.execute(
            insert_new(connection, articles),
            # In order of key, so that two writers cannot hold what the other waits for.
            [_article_row(rows[key], key, first_seen) for key in sorted(rows)],
        )
        known = _Index(connection, batch)
    versions: list[dict[str, Any]] = []
    counts = {"new": 0, "updated": 0, "unchanged": 0}
    for article in batch:
        found = known.find(article)
        assert found is not None, "inserted above, in this transaction"
        if first_seen == "published":
            _redate(connection, found, article)
        outcome = _outcome(found, article)
        counts[outcome] += 1
        if outcome != "unchanged":
            versions.append(_version_row(found, article, first_seen, signature))
    if versions:
        connection.execute(insert_new(connection, text_versions), versions)
    return Added(**counts)


def _outcome(known: _Known, article: Article) -> Literal["new", "updated", "unchanged"]:
    if not known.versions:
        return "new"
    latest = known.versions[-1]
    digest = content_hash(article)
    if digest == latest.content_hash or _RANK[article.text_source] < latest.rank:
        return "unchanged"
    # Two feeds that word one article differently do not overwrite each other, and an archive that
    # is read again brings back all its versions.
    elsewhere = article.feed_url != known.feed_url or article.text_source == "archive"
    if elsewhere and any(digest == version.content_hash for version in known.versions):
        return "unchanged"
    return "updated"


class _Index:
    """The stored articles that a batch may mean, by each of their identities."""

    def __init__(self, connection: sa.Connection, batch: Sequence[Article]) -> None:
        self.by_url: dict[str, _Known] = {}
        self.by_entry: dict[tuple[str, str], _Known] = {}
        self.by_key: dict[str, _Known] = {}
        for row in _matching(connection, batch):
            dated = Dated(row.published_at, row.first_seen_at, tuple(row.flags.split()))
            known = self.by_key.get(row.key) or _Known(row.id, row.feed_url, dated)
            self.by_key[row.key] = known
            if row.canonical_url:
                self.by_url[row.canonical_url] = known
            if row.feed_url and row.entry_id:
                self.by_entry[row.feed_url, row.entry_id] = known
        self._read_versions(connection)

    def find(self, article: Article) -> _Known | None:
        """The stored article: by URL before feed id before content."""
        return (
            self.by_url.get(_storable(article.canonical_url or ""))
            or self.by_entry.get((_storable(article.feed_url or ""), _storable(article.entry_id)))
            or self.by_key.get(article_key(article))
        )

    def _read_versions(self, connection: sa.Connection) -> None:
        by_id = {known.id: known for known in self.by_key.values()}
        v = text_versions.c
        for ids in chunks(list(by_id)):
            rows = connection.execute(
                sa.select(v.article_id, v.seen_at, v.content_hash, v.text_source)
                .where(v.article_id.in_(ids))
                .order_by(v.seen_at)
            )
            for row in rows:
                version = _Version(row.seen_at, row.content_hash, _RANK.get(row.text_source, 0))
                by_id[row.article_id].versions.append(version)


def _matching(connection: sa.Connection, batch: Sequence[Article]) -> Iterator[Any]:
    a = articles.c
    columns = sa.select(
        a.id, a.key, a.canonical_url, a.feed_url, a.entry_id,
        a.published_at, a.first_seen_at, a.flags,
    )  # fmt: skip
    for part in chunks(sorted({article_key(article) for article in batch})):
        yield from connection.execute(columns.where(a.key.in_(part)))
    by_feed: dict[str, set[str]] = {}
    for article in batch:
        if article.feed_url and article.entry_id:
            ids = by_feed.setdefault(_storable(article.feed_url), set())
            ids.add(_storable(article.entry_id))
    for feed_url, ids in by_feed.items():
        for part in chunks(sorted(ids)):
            yield from connection.execute(
                columns.where(a.feed_url == feed_url, a.entry_id.in_(part))
            )


def _article_row(article: Article, key: str, first_seen: FirstSeen) -> dict[str, Any]:
    dates = dated(article, first_seen)
    row: dict[str, Any] = {
        "key": key,
        "published_at": dates.published_at,
        "first_seen_at": dates.first_seen_at,
        "flags": " ".join(dates.flags),
        "publisher": _storable(article.publisher),
        "language": article.language,
    }
    for name in ("url", "canonical_url", "feed_url", "entry_id"):
        row[name] = _storable(getattr(article, name) or "") or None
    return row


def _redate(connection: sa.Connection, known: _Known, article: Article) -> None:
    """An archive that has an older version of its article tells the dates of both."""
    new, old = dated(article, "published"), known.dated
    of_archive = (known.feed_url or _ARCHIVE).startswith(_ARCHIVE) and not article.arrived
    if of_archive and old.seen_when_published and new.first_seen_at < old.first_seen_at:
        redate(connection, known.id, old, new)
        known.dated = new


def _version_row(
    known: _Known, article: Article, first_seen: FirstSeen, signature: Signature | None
) -> dict[str, Any]:
    """The new version's row; `known` gains it, for what follows in the batch."""
    title, text = _storable(article.title), _storable(article.text)
    seen_at = _slot(known.versions, article, first_seen)
    digest = content_hash(article)
    version = _Version(seen_at, digest, _RANK[article.text_source], fresh=True)
    insort(known.versions, version, key=lambda version: version.seen_at)
    return {
        "article_id": known.id,
        "seen_at": seen_at,
        "content_hash": digest,
        "text_source": article.text_source,
        "title": title,
        "text": text,
        "signature": signature(text or title) if signature else None,
    }


def _slot(versions: Sequence[_Version], article: Article, first_seen: FirstSeen) -> datetime:
    """When a version counts as seen that none of the others has yet; they are in order of it.

    An edit is never older than what it edits.  What an archive dates before the latest version is
    none, and stands before it; versions of one archive and one date stand in their order there.
    """
    seen_at = seen(article, first_seen)
    if not versions or seen_at > versions[-1].seen_at:
        return seen_at
    latest = versions[-1]
    if first_seen == "published" and _RANK[article.text_source] <= latest.rank:
        taken = {version.seen_at for version in versions}
        slot = seen_at
        while slot in taken:
            slot += _TICK
        if slot < latest.seen_at or latest.fresh:
            return slot
    return max(article.seen_at, latest.seen_at + _TICK)


def _storable(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


def drop_texts(connection: sa.Connection, version_ids: Sequence[int]) -> None:
    """Forget title and text of these versions; their hash, signature and analyses stay."""
    for part in chunks(version_ids):
        connection.execute(
            sa.update(text_versions)
            .where(text_versions.c.id.in_(part))
            .values(title=None, text=None)
        )
