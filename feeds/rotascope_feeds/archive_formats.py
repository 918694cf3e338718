"""CSV, JSONL, JSON and Parquet as one stream of rows: `(line, record)` or `(line, why not)`.

The format is told by the content, then by the name; `.gz` is unpacked as it is read.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from rotascope_feeds.archive_parquet import parquet_rows
from rotascope_feeds.errors import ArchiveError

Row = tuple[int, Mapping[str, Any] | str]

FORMATS = "CSV, JSON, JSONL or Parquet"
_PROBE = 100  # rows whose keys together count as the columns of a JSON archive
_FIELD_BYTES = 50_000_000  # the csv module's own limit, 128 KiB, is less than a long article
_AHEAD = 1 << 16  # bytes read ahead to tell format and encoding
_LISTS = ("articles", "items", "results", "data", "rows", "documents", "news", "entries", "feed")

_LIST_AHEAD = re.compile(rf'"(?:{"|".join(_LISTS)})"\s*:\s*\[\s*\{{')


_DAMAGE = (OSError, EOFError, zlib.error)
"""What gzip raises for a file that is cut off (EOFError) or damaged."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns, and the rows one by one; `line` counts from 1 as an editor does.

    The file is closed when the rows are through; `close` is for who does not want them.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    close: Callable[[], object]


class _Unpacked(io.RawIOBase):
    """A gzip file that gives all that can be unpacked before it tells that it is damaged."""

    def __init__(self, file: gzip.GzipFile) -> None:
        super().__init__()
        self._file = file
        self._damage: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._damage:
            raise self._damage
        at = 0
        while at < len(buffer):
            try:
                data = self._file.read1(len(buffer) - at)
            except _DAMAGE as exc:
                if not at:
                    raise
                self._damage = exc
                break
            if not data:
                break
            buffer[at : at + len(data)] = data
            at += len(data)
        return at

    def close(self) -> None:
        self._file.close()
        super().close()


def open_table(path: Path) -> Table:
    """Raises ArchiveError: missing, unreadable, empty, or of no known format."""
    try:
        if path.is_dir():
            raise ArchiveError(f"{path}: a folder; give one file ({FORMATS})")
        with path.open("rb") as raw:
            start = raw.read(4)
        if start == b"PAR1":
            return _parquet(path)
        zipped = start[:2] == b"\x1f\x8b"
        return _text(path, _Unpacked(gzip.open(path)) if zipped else path.open("rb"))
    except FileNotFoundError as exc:
        raise ArchiveError(f"{path}: there is no such file") from exc
    except _DAMAGE as exc:
        raise ArchiveError(f"{path}: cannot be read: {exc}") from exc


def _text(path: Path, raw: io.RawIOBase | BinaryIO) -> Table:
    try:
        buffered = io.BufferedReader(cast("io.RawIOBase", raw), _AHEAD)
        start = buffered.peek(_AHEAD)[:_AHEAD]
        encoding = _encoding(start)
        head = start.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
        if not head:
            raise ArchiveError(f"{path}: the file is empty")
        if encoding == "utf-8-sig" and b"\0" in start:
            raise ArchiveError(f"{path}: a binary file; expected {FORMATS}")
        lines = io.TextIOWrapper(
            buffered, encoding=encoding, errors=_LENIENT, newline="", write_through=False
        )
        if head[0] not in "[{":
            return _csv(path, lines, head)
        return _json(path, lines, head)
    except ArchiveError:
        raw.close()
        raise


def _encoding(start: bytes) -> str:
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    return "utf-8-sig"


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are read as Windows-1252, the superset of Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    return "".join(bytes([b]).decode("cp1252", errors="replace") for b in odd), error.end


_LENIENT = "rotascope_windows_1252"
codecs.register_error(_LENIENT, _windows_1252)


def _first_line(head: str) -> str:
    """As a stream cuts it: `str.splitlines` cuts at U+2028 too, which a text may hold."""
    return re.split(r"\r\n|\r|\n", head, maxsplit=1)[0]


def _csv(path: Path, lines: io.TextIOWrapper, head: str) -> Table:
    csv.field_size_limit(max(csv.field_size_limit(), _FIELD_BYTES))
    first = _first_line(head)
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        header = next(row for row in reader if any(cell.strip() for cell in row))
    except (csv.Error, StopIteration) as exc:
        raise ArchiveError(f"{path}: no header line; expected {FORMATS}") from exc
    columns = tuple(cell.strip() for cell in header)
    return Table(columns, _closing(path, lines, lambda: _csv_rows(reader, columns)), lines.close)


def _csv_rows(reader: Any, columns: Sequence[str]) -> Iterator[Row]:
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            yield line, f"no CSV: {exc}"
            continue
        if not any(cell.strip() for cell in row):
            yield line, "blank row"
        elif len(row) > len(columns):
            yield line, f"{len(row)} fields, but the header has {len(columns)}: a stray separator?"
        else:
            yield line, dict(zip(columns, row, strict=False))


def _json(path: Path, lines: io.TextIOWrapper, head: str) -> Table:
    """One object a line, or one document: tried as lines first, since those can be streamed."""
    if head[0] == "[" or not _is_object(_first_line(head)):
        with lines:
            return _json_document(path, lines.read())
    return _probed(path, _closing(path, lines, lambda: _json_lines(lines)), lines.close)


def _is_object(line: str) -> bool:
    """Whether the line is a JSON object by itself, and not one that wraps a list of articles.

    A line longer than what was read ahead cannot be parsed, nor one that is nested too deeply; then
    its beginning tells.
    """
    try:
        value = _loads(line)
    except RecursionError:
        return not _LIST_AHEAD.search(line[:1000])
    except ValueError:
        return len(line) > _AHEAD // 2 and not _LIST_AHEAD.search(line[:1000])
    return isinstance(value, dict) and _list_in(value) is None


def _json_lines(lines: io.TextIOWrapper) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            yield number, "blank row"
            continue
        try:
            value = _loads(line)
        except (ValueError, RecursionError) as exc:
            yield number, f"no JSON: {exc}"
            continue
        yield number, value if isinstance(value, dict) else "no JSON object"


def _loads(text: str) -> Any:
    """JSON, also with whole numbers of thousands of digits, which Python refuses: as strings."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return json.loads(text, parse_int=str)


def _json_document(path: Path, text: str) -> Table:
    try:
        value = _loads(text)
    except (ValueError, RecursionError) as exc:
        raise ArchiveError(f"{path}: neither JSON nor one JSON object a line: {exc}") from exc
    listed = _list_in(value) if isinstance(value, dict) else value
    if not isinstance(listed, list):
        listed = [value]
    rows: Iterator[Row] = (
        (number, item if isinstance(item, dict) else "no JSON object")
        for number, item in enumerate(listed, 1)
    )
    return _probed(path, rows, lambda: None)


def _list_in(value: Mapping[str, Any]) -> list[Any] | None:
    found = [value[key] for key in _LISTS if isinstance(value.get(key), list)]
    objects = [item for item in found if item and isinstance(item[0], dict)]
    return objects[0] if objects else None


def _probed(path: Path, rows: Iterator[Row], close: Callable[[], object]) -> Table:
    first = list(islice(rows, _PROBE))
    if len(first) == 1 and _is_turned(first[0][1]):
        close()
        raise ArchiveError(
            f"{path}: one object of objects, as pandas writes a table by its columns; write it by"
            ' rows: to_json(…, orient="records")'
        )
    columns = dict.fromkeys(
        str(key) for _, record in first if not isinstance(record, str) for key in record
    )
    return Table(tuple(columns), chain(first, rows), close)


def _is_turned(record: Mapping[str, Any] | str) -> bool:
    """Whether the only record holds nothing but objects: a table by columns, or by labels."""
    cells = record.values() if isinstance(record, dict) else ()
    return bool(cells) and all(isinstance(cell, dict) for cell in cells)


def _parquet(path: Path) -> Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except pa.ArrowException as exc:
        raise ArchiveError(f"{path}: a damaged Parquet file: {exc}") from exc
    rows = _closing(path, file, lambda: parquet_rows(file))
    return Table(tuple(file.schema_arrow.names), rows, file.close)


def _closing(path: Path, file: Any, rows: Callable[[], Iterator[Row]]) -> Iterator[Row]:
    """The rows; where the file is damaged behind some of them, that is the last row.

    Raises ArchiveError for a file that gives none.
    """
    line = 0
    with file:
        try:
            for line, record in rows():
                yield line, record
        except (*_DAMAGE, ValueError) as exc:  # the last is pyarrow's own kind
            if not line:
                raise ArchiveError(f"{path}: damaged: {exc}") from exc
            yield line + 1, f"damaged from here on: {exc}"
