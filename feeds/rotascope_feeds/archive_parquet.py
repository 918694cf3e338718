"""Rows of Parquet as Python's own values; one that holds what Python cannot is told why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Record = Mapping[str, Any] | str
"""A row, or why there is none."""


def parquet_rows(file: Any) -> Iterator[tuple[int, Record]]:
    """The rows of a `pyarrow.parquet.ParquetFile` with their numbers, from 1."""
    import pyarrow as pa

    number = 0
    for batch in file.iter_batches(batch_size=1000):
        arrays = [_plain_time(column) for column in batch.columns]
        for record in _records(pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)):
            number += 1
            yield number, record


def _plain_time(column: Any) -> Any:
    """Times that Python can hold: of nanoseconds the microseconds, and in UTC, as they are stored.

    The name of a zone is there to show them in; it may be one that nobody knows.
    """
    import pyarrow as pa

    kind = column.type
    if not pa.types.is_timestamp(kind) or (kind.unit != "ns" and kind.tz is None):
        return column
    unit = "us" if kind.unit == "ns" else kind.unit
    return column.cast(pa.timestamp(unit, tz=kind.tz and "UTC"), safe=False)


def _records(batch: Any) -> list[Record]:
    """The rows; of what Python cannot hold, a date outside its years is left as words."""
    try:
        return list(batch.to_pylist())
    except (ValueError, OverflowError, LookupError):
        return [_record(batch.slice(at, 1)) for at in range(batch.num_rows)]


def _record(row: Any) -> Record:
    names = row.schema.names
    try:
        return {name: _value(column[0]) for name, column in zip(names, row.columns, strict=True)}
    except (ValueError, OverflowError, LookupError) as exc:
        return f"a value cannot be read: {exc}"


def _value(cell: Any) -> Any:
    import pyarrow as pa

    try:
        return cell.as_py()
    except OverflowError:
        if not pa.types.is_temporal(cell.type):
            raise
        return f"{cell.type} {cell.value}"
