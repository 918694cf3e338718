"""Write a table to a file or a stream, in one of five formats."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rotascope.errors import UsageError
from rotascope.files import GZIP, save, unpacked_name

if TYPE_CHECKING:
    import pandas as pd

FORMATS: dict[str, tuple[str, ...]] = {
    "csv": (".csv",),
    "parquet": (".parquet", ".pq"),
    "json": (".json",),
    "xlsx": (".xlsx",),
    "arrow": (".arrow", ".feather"),
}
"""Format -> the file endings that mean it."""

FORMULA_STARTS = ("=", "+", "-", "@")
"""What makes a spreadsheet read a text cell as a formula (OWASP, CSV injection)."""

PLAIN = ("csv", "json")
"""Formats that compression helps; the others are compressed in themselves."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")

EXCEL_ROWS = 1_048_576

EXCEL_TIME_WIDTH = 20
"""Characters: a time to the second has 19."""


def format_for(output: Path | None, asked: str | None) -> str:
    """The format asked for, else the one of the file's ending, else CSV; raises UsageError."""
    inner = None if output is None else unpacked_name(output)
    name = _format_for(inner, asked)
    if output is not None and inner != output and name not in PLAIN:
        raise UsageError(f"{output.name}: {name} is compressed in itself; leave out {GZIP}")
    return name


def _format_for(output: Path | None, asked: str | None) -> str:
    if asked is not None:
        name = {"excel": "xlsx", "feather": "arrow"}.get(asked.lower(), asked.lower())
        if name not in FORMATS:
            raise UsageError(f"unknown format {asked!r}; choose of {', '.join(FORMATS)}")
        return name
    if output is None or not output.suffix:
        return "csv"
    for name, endings in FORMATS.items():
        if output.suffix.lower() in endings:
            return name
    raise UsageError(f"{output.name}: its ending names no format; add --format {'|'.join(FORMATS)}")


def write(table: pd.DataFrame, output: Path, *, name: str, force: bool = False) -> None:
    """Write `table` to `output` in the format `name`; errors as those of `save`."""
    save(output, lambda stream: write_stream(table, stream, name=name), force=force)


def write_stream(table: pd.DataFrame, stream: BinaryIO, *, name: str) -> None:
    """Write `table` in the format `name`; its metadata goes along where the format holds any."""
    _WRITERS[name](table, stream)


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Times as ISO 8601 text; dates without a time of day; texts that cannot run as formulas."""
    return _formed(table, lambda moment: moment.isoformat(), lambda day: f"{day:%Y-%m-%d}")


def _formed(
    table: pd.DataFrame, time: Callable[[Any], object], date: Callable[[Any], object]
) -> pd.DataFrame:
    """Texts made harmless, times and dates in the form given."""
    import pandas as pd

    result = table.copy(deep=False)
    for column in result.columns:
        values = result[column]
        if isinstance(values.dtype, pd.DatetimeTZDtype):
            result[column] = _written(values, time)
        elif pd.api.types.is_datetime64_dtype(values.dtype):
            result[column] = _written(values, date)
        elif not pd.api.types.is_numeric_dtype(values.dtype):
            result[column] = _written(values, harmless)
    result.columns = [harmless(str(column)) for column in result.columns]
    return result


def _written(values: pd.Series, form: Callable[[Any], object]) -> pd.Series:
    """Each distinct value is put into its form once; missing ones stay missing."""
    import numpy as np
    import pandas as pd

    codes, distinct = pd.factorize(values)
    texts = np.array([*(form(value) for value in distinct), None], object)
    return pd.Series(texts[codes], index=values.index, dtype=object)


def harmless(text: object) -> object:
    """A text cell that cannot run: one line, with an apostrophe before what begins a formula.

    A tab or line break in a cell could begin another cell, and so another formula.
    """
    if not isinstance(text, str):
        return text
    line = _CONTROL.sub(" ", text)
    return f"'{line}" if line.lstrip().startswith(FORMULA_STARTS) else line


def _csv(table: pd.DataFrame, stream: BinaryIO) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    plain(table).to_csv(text, index=False, lineterminator="\n")
    text.detach()


def _json(table: pd.DataFrame, stream: BinaryIO) -> None:
    """A list of objects, a line each; missing values are null."""
    body = plain(table).to_json(
        orient="records", lines=True, force_ascii=False, double_precision=15
    )
    rows = body.splitlines()
    stream.write(("[\n" + ",\n".join(rows) + "\n]\n").encode())


def _arrow_table(table: pd.DataFrame) -> Any:
    import pyarrow

    made = table.attrs.get("metadata", {})
    bare = table.copy(deep=False)
    bare.attrs = {}
    result = pyarrow.Table.from_pandas(bare, preserve_index=False)
    facts = {b"rotascope": json.dumps(made, sort_keys=True).encode()}
    return result.replace_schema_metadata({**(result.schema.metadata or {}), **facts})


def _parquet(table: pd.DataFrame, stream: BinaryIO) -> None:
    from pyarrow import parquet

    parquet.write_table(_arrow_table(table), stream, compression="zstd")


def _arrow(table: pd.DataFrame, stream: BinaryIO) -> None:
    from pyarrow import feather

    feather.write_feather(_arrow_table(table), stream, compression="lz4")


def _xlsx(table: pd.DataFrame, stream: BinaryIO) -> None:
    import pandas as pd

    if len(table) >= EXCEL_ROWS:
        raise UsageError(
            f"{len(table):,} rows are more than Excel holds; narrow --from and --to, or use csv"
        )
    made = table.attrs.get("metadata", {})
    facts = pd.DataFrame(
        [(key, harmless(str(value))) for key, value in _flat(made)], columns=["key", "value"]
    )
    memory = io.BytesIO()
    name = str(made.get("format", "data"))[-31:]
    with pd.ExcelWriter(memory, engine="openpyxl") as book:
        _for_excel(table).to_excel(book, sheet_name=name, index=False)
        facts.to_excel(book, sheet_name="about", index=False)
        _widen_times(book.sheets[name], table)
    stream.write(memory.getvalue())


def _for_excel(table: pd.DataFrame) -> pd.DataFrame:
    """Dates and times as Excel's own, which know no zone: each in the one that its column is in."""
    return _formed(
        table,
        lambda moment: moment.tz_localize(None).to_pydatetime(warn=False),
        lambda day: day.date(),
    )


def _widen_times(sheet: Any, table: pd.DataFrame) -> None:
    """In the default width they would show as ####."""
    for place, column in enumerate(table.columns):
        if table[column].dtype.kind == "M":
            letter = sheet.cell(1, place + 1).column_letter
            sheet.column_dimensions[letter].width = EXCEL_TIME_WIDTH


def _flat(facts: dict[str, Any], prefix: str = "") -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = []
    for key, value in facts.items():
        if isinstance(value, dict):
            rows.extend(_flat(value, f"{prefix}{key}."))
        else:
            rows.append((f"{prefix}{key}", value))
    return rows


_WRITERS: dict[str, Callable[[pd.DataFrame, BinaryIO], None]] = {
    "csv": _csv,
    "parquet": _parquet,
    "json": _json,
    "xlsx": _xlsx,
    "arrow": _arrow,
}
