"""Tables of the store, for SQLite and PostgreSQL alike.

Collecting writes `feeds`, `entries`, `articles`, `text_versions`; analysing reads those and writes
`revisions`, `analyses`, `group_scores`, `evidence`, `flows`; exporting only reads (and keeps
`stories`, a cache).
Times are integers: microseconds since 1970-01-01 UTC (`UtcTime` converts).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

SCHEMA_VERSION = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(moment: datetime) -> int:
    """Microseconds since the epoch; a naive time is a programming error and raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"naive time {moment!r}: times in the store are timezone-aware UTC")
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The inverse of `to_micros`, in UTC."""
    return _EPOCH + micros * _MICROSECOND


class UtcTime(TypeDecorator[datetime]):
    """A timezone-aware UTC time, kept as a 64-bit integer of microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_micros(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_micros(value)


# SQLite gives a rowid alias only to INTEGER; PostgreSQL wants 64 bits.
_Id = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, default=""),
    Column("publisher", Text, nullable=False, default=""),
    # Added by hand; else the row is only the state of a feed that the configuration names.
    Column("listed", Boolean, nullable=False, default=False),
    Column("enabled", Boolean, nullable=False, default=True),
    Column("added_at", UtcTime, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("moved_to", Text),
    Column("retired", Boolean, nullable=False, default=False),
    Column("last_success_at", UtcTime),
    Column("last_error_at", UtcTime),
    Column("last_error", Text),
    Column("error_count", Integer, nullable=False, default=0),
    Column("next_try_at", UtcTime),
    Column("body_hash", String(64)),  # of the last document, for servers without ETags
    Column("entry_count", Integer, nullable=False, default=0),  # of the last document
)

# What each feed has shown already, so that an unchanged entry costs no page fetch; entries that
# were left out (another language) are here too.
entries = Table(
    "entries",
    metadata,
    Column("feed_url", Text, primary_key=True),
    Column("entry_id", Text, primary_key=True),
    Column("entry_hash", String(32), nullable=False),
    Column("tries", Integer, nullable=False, default=0),  # page fetches that failed for now
)

articles = Table(
    "articles",
    metadata,
    Column("id", _Id, primary_key=True),
    # Public id, independent of the order of ingestion: hash of canonical URL, else of feed and
    # entry, else of the content.
    Column("key", String(16), nullable=False, unique=True),
    Column("url", Text),
    Column("canonical_url", Text, unique=True),
    Column("feed_url", Text),
    Column("entry_id", Text),
    Column("publisher", Text, nullable=False, default=""),
    Column("language", String),
    Column("published_at", UtcTime, nullable=False, index=True),
    Column("first_seen_at", UtcTime, nullable=False, index=True),
    Column("flags", Text, nullable=False, default=""),  # space-separated
    UniqueConstraint("feed_url", "entry_id"),
)

text_versions = Table(
    "text_versions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("article_id", _Id, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("text_source", String, nullable=False),
    # Before the texts, which SQLite would have to walk through to reach what stands behind them.
    Column("signature", LargeBinary),  # rotascope.stories.signature; written when it is stored
    Column("linked", Boolean, nullable=False, default=False),  # looked up for `story_keys`
    Column("analyzed", Boolean, nullable=False, default=False),  # by any revision
    Column("title", Text),  # title and text are NULL where texts are not kept
    Column("text", Text),
    UniqueConstraint("article_id", "seen_at"),
)
# The two backlogs: short, however many versions there are.
_unlinked = text_versions.c.linked.is_(False)
Index(
    "ix_text_versions_unlinked",
    text_versions.c.article_id,
    sqlite_where=_unlinked,
    postgresql_where=_unlinked,
)
unanalyzed = text_versions.c.analyzed.is_(False)
Index(
    "ix_text_versions_unanalyzed",
    text_versions.c.id,
    sqlite_where=unanalyzed,
    postgresql_where=unanalyzed,
)

# Versions that share a key tell the same story; only those of articles with copies are here.
story_keys = Table(
    "story_keys",
    metadata,
    Column("version_id", _Id, ForeignKey("text_versions.id", ondelete="CASCADE"), primary_key=True),
    Column("key", BigInteger, primary_key=True),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("model", Text, nullable=False),
    Column("model_revision", String, nullable=False),
    Column("rules", String, nullable=False),
    Column("gazetteer", String, nullable=False),
    Column("groups", String, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

analyses = Table(
    "analyses",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("version_id", _Id, ForeignKey("text_versions.id", ondelete="CASCADE"), nullable=False),
    Column("revision_id", String(12), ForeignKey("revisions.id"), nullable=False),
    Column("analyzed_at", UtcTime, nullable=False),
    Column("negative", Float),
    Column("neutral", Float),
    Column("positive", Float),
    Column("sentences", Integer, nullable=False, default=0),
    Column("intensity", Float, nullable=False, default=0.0),
    Column("error", Text),  # set, and the probabilities NULL, where the text could not be analysed
    UniqueConstraint("version_id", "revision_id"),
    Index("ix_analyses_revision", "revision_id", "version_id"),
)

group_scores = Table(
    "group_scores",
    metadata,
    Column("analysis_id", _Id, ForeignKey("analyses.id", ondelete="CASCADE"), primary_key=True),
    Column("group_id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("mentions", Integer, nullable=False),
    Column("relevance", Float, nullable=False),
    Column("negative", Float, nullable=False),
    Column("neutral", Float, nullable=False),
    Column("positive", Float, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("analysis_id", _Id, ForeignKey("analyses.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("group_id", String, nullable=False),
    Column("source", String, nullable=False),
    Column("field", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("weight", Float, nullable=False),
    Column("negative", Float, nullable=False),
    Column("neutral", Float, nullable=False),
    Column("positive", Float, nullable=False),
    Column("symbol", String),
)

flows = Table(
    "flows",
    metadata,
    Column("analysis_id", _Id, ForeignKey("analyses.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("from_group", String),
    Column("to_group", String),
    Column("status", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("attributed", Boolean, nullable=False),
    Column("field", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)
