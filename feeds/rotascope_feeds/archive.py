"""Articles of the past from a file: CSV, JSONL, JSON or Parquet, whatever its columns are called.

A row that cannot be used becomes a `BadRow` with its line and the reason; the rest go on.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from rotascope_feeds.archive_formats import open_table
from rotascope_feeds.archive_order import DateOrder
from rotascope_feeds.archive_times import arrival_time, published_time
from rotascope_feeds.dedupe import canonical_url
from rotascope_feeds.errors import ArchiveError
from rotascope_feeds.language import language_of
from rotascope_feeds.markup import readable, readable_title
from rotascope_feeds.types import Article, BadRow

COMMON_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "headlines", "head", "subject"),
    "text": (
        "text",
        "maintext",
        "main_text",
        "full_text",
        "fulltext",
        "article_text",
        "article_body",
        "body",
        "content",
        "article",
        "story",
        "description",
        "summary",
        "abstract",
        "snippet",
    ),
    "published": (
        "published",
        "published_at",
        "publishedat",
        "published_date",
        "date_publish",
        "date_published",
        "publish_date",
        "publication_date",
        "pub_date",
        "pubdate",
        "datetime",
        "date_time",
        "date",
        "timestamp",
        "time",
        "created_at",
    ),
    "url": ("url", "link", "href", "article_url", "web_url", "source_url", "canonical_url"),
    "publisher": (
        "publisher",
        "source",
        "source_name",
        "source_domain",
        "outlet",
        "site",
        "domain",
    ),
    "id": ("id", "article_id", "guid", "uuid", "doc_id", "story_id"),
    "language": ("language", "lang"),
    "first_seen": ("first_seen", "first_seen_at"),
}
"""Field -> the column names it goes by, best first.  A text that is empty falls to the next."""

_NOTHING = {"", "nan", "nat", "none", "null", "<na>"}
"""How spreadsheets and data frames write a missing value."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """What the reading of a row depends on: the file's name, its columns, the clock, the dates."""

    archive: str
    mapping: Mapping[str, Sequence[str]]
    now: datetime
    zone: tzinfo
    order: DateOrder
    arrivals: bool


def read_archive(
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    now: datetime,
    zone: tzinfo = UTC,
    order: DateOrder | None = None,
    arrivals: bool = True,
) -> Iterator[Article | BadRow]:
    """The articles of an archive, streamed; `now` becomes their `seen_at`.

    Where it has a column `first_seen`, that does, unless `arrivals` says to pass over it.

    `columns` maps fields (see `COMMON_NAMES`) to columns; what it leaves out is guessed.  Without
    a column of dates the articles have none; with one, a row needs a date that can be read.  Dates
    that name no zone are in `zone`; `order` says whether day or month comes first, and reads the
    file's dates beforehand where it needs them.
    Raises ArchiveError at once: no such file, no known format, neither titles nor texts; later
    LanguageError, where the language of texts cannot be told on this machine.
    """
    table = open_table(path)
    try:
        mapping = _mapping(path, table.columns, columns or {})
    except ArchiveError:
        table.close()
        raise
    order = order or DateOrder()
    order.learn_from(lambda: _dates(path, mapping["published"]))
    return _articles(
        table.rows,
        _Reader(path.name, mapping, now, zone, order, arrivals and bool(mapping["first_seen"])),
    )


def _dates(path: Path, names: Sequence[str]) -> Iterator[object]:
    """The dates of a whole file, or of what there is of one that is cut off."""
    with suppress(ArchiveError):  # told when the rows are read
        for _, record in open_table(path).rows:
            if not isinstance(record, str):
                yield _first(record, names)


def parse_columns(text: str) -> dict[str, str]:
    """`text=maintext,published=date_publish` as a mapping; raises ArchiveError."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    if not pairs or not all(field.strip() and sign and name.strip() for field, sign, name in pairs):
        raise ArchiveError(f"columns {text!r}: write field=column, as in text=body,published=date")
    mapping = {field.strip(): name.strip() for field, _, name in pairs}
    _check_fields(mapping)
    return mapping


def _check_fields(asked: Mapping[str, str]) -> None:
    for field in asked:
        if field not in COMMON_NAMES:
            raise ArchiveError(
                f"columns: unknown field {field!r}{_near(field, COMMON_NAMES)};"
                f" fields are {', '.join(COMMON_NAMES)}"
            )


def _mapping(
    path: Path, found: Sequence[str], asked: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Field -> the columns to look in, in order."""
    there = f"columns found: {', '.join(found) or 'none'}"
    by_name: dict[str, str] = {}
    for column in found:
        by_name.setdefault(_plain(column), column)
    result: dict[str, tuple[str, ...]] = {}
    _check_fields(asked)
    for field, name in asked.items():
        column = name if name in found else by_name.get(_plain(name), "")
        if not column:
            raise ArchiveError(f"{path}: no column {name!r}{_near(name, found)}; {there}")
        result[field] = (column,)
    taken = {column for chosen in result.values() for column in chosen}
    for field, names in COMMON_NAMES.items():
        guessed = (by_name[name] for name in names if name in by_name)
        result.setdefault(field, tuple(column for column in guessed if column not in taken))
    if not result["text"] and not result["title"]:
        raise ArchiveError(
            f"{path}: no column of texts or titles; {there}; name one with --columns text=COLUMN"
        )
    return result


def _near(name: str, known: Mapping[str, object] | Sequence[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _articles(
    rows: Iterator[tuple[int, Mapping[str, Any] | str]], reader: _Reader
) -> Iterator[Article | BadRow]:
    for line, record in rows:
        if isinstance(record, str):
            yield BadRow(line, record)
            continue
        try:
            yield _article(record, reader)
        except (ValueError, RecursionError) as exc:
            yield BadRow(line, str(exc))


def _article(record: Mapping[str, Any], reader: _Reader) -> Article:
    """Raises ValueError with the reason why the row cannot be used."""
    values = {field: _first(record, names) for field, names in reader.mapping.items()}
    title, text = readable_title(_text(values["title"])), readable(_text(values["text"])).strip()
    if not title and not text:
        raise ValueError("blank row" if not any(values.values()) else "neither title nor text")
    published, flags = _published(values["published"], reader)
    seen_at = reader.now
    if reader.arrivals:
        seen_at, more = arrival_time(
            values["first_seen"], published=published, now=reader.now, zone=reader.zone
        )
        flags = tuple(dict.fromkeys((*flags, *more)))
    url, given_id = _text(values["url"]) or None, _text(values["id"])
    # An id is unique within its archive only; without one the content tells rows apart.
    by_content = hashlib.sha256(f"{title}\0{text}".encode(errors="replace")).hexdigest()
    return Article(
        feed_url=f"archive:{reader.archive}" if given_id else None,
        entry_id=given_id or by_content[:32],
        url=url,
        canonical_url=canonical_url(url),
        title=title,
        text=text,
        text_source="archive",
        published_at=published,
        seen_at=seen_at,
        language=language_of(f"{title}\n{text}", _language(_text(values["language"]))),
        publisher=_text(values["publisher"]),
        flags=flags,
        arrived=reader.arrivals,
    )


def _published(value: object, reader: _Reader) -> tuple[datetime | None, tuple[str, ...]]:
    if value is None:
        if reader.mapping["published"]:
            raise ValueError("no date")
        return None, ()
    return published_time(value, now=reader.now, zone=reader.zone, order=reader.order)


def _first(record: Mapping[str, Any], names: Sequence[str]) -> object:
    """The first value that is there; of an object, as some services nest it, its name."""
    for name in names:
        value = record.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if value is not None and str(value).strip().lower() not in _NOTHING:
            found: object = value
            return found
    return None


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _language(name: str) -> str | None:
    match = re.fullmatch(r"([a-z]{2})(?:[-_].*)?", name.lower())
    return match[1] if match else None
