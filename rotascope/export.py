"""Write a table to a file or a stream, in one of five formats, whole or not at all."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from rotascope.errors import ExportError, UsageError

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

GZIP = ".gz"
"""The ending that asks for compression, after one of `PLAIN`."""

PLAIN = ("csv", "json")
"""Formats that compression helps; the others are compressed in themselves."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")

EXCEL_ROWS = 1_048_576

EXCEL_TIME_WIDTH = 20
"""Characters: a time to the second has 19."""


def format_for(output: Path | None, asked: str | None) -> str:
    """The format asked for, else the one of the file's ending, else CSV; raises UsageError."""
    inner = None if output is None else _inner(output)
    name = _format_for(inner, asked)
    if output is not None and inner != output and name not in PLAIN:
        raise UsageError(f"{output.name}: {name} is compressed in itself; leave out {GZIP}")
    return name


def _inner(output: Path) -> Path:
    """The name without the ending that asks for compression."""
    return output.with_suffix("") if output.suffix.lower() == GZIP else output


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


def is_standard_output(output: Path | None) -> bool:
    """Whether no file is named: nothing, or `-`."""
    return output is None or str(output) == "-"


def check_target(output: Path, *, force: bool) -> None:
    """Refuse early what cannot be written: ExportError, or UsageError for a file that exists."""
    if output.is_dir():
        raise ExportError(f"{output} is a folder; name a file in it")
    if _is_device(output):
        return
    if output.exists() and not force:
        raise UsageError(f"{output} exists; add --force to replace it")
    folder = output.resolve().parent
    if not folder.is_dir():
        raise ExportError(f"{output.parent} is no folder; make it first")
    if not os.access(folder, os.W_OK):
        raise ExportError(f"{output.parent} cannot be written to; choose another --output")


def _is_device(output: Path) -> bool:
    """`/dev/stdout`, a pipe: written to, never replaced."""
    return output.exists() and not output.is_file() and not output.is_dir()


def write(table: pd.DataFrame, output: Path, *, name: str, force: bool = False) -> None:
    """Write `table` to `output` in the format `name`; errors as those of `save`."""
    save(output, lambda stream: write_stream(table, stream, name=name), force=force)


def save(output: Path, fill: Callable[[BinaryIO], object], *, force: bool = False) -> None:
    """Write a file through a temporary one beside it; errors as those of `replacing`."""
    with opened(output, force=force) as stream:
        fill(stream)


@contextmanager
def opened(output: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """`output` to write to, put in place at the end; errors as those of `replacing`.

    What ends in `.gz` is compressed.
    """
    if _is_device(output):
        with _telling(output), output.open("wb") as stream:
            yield stream
        return
    with replacing(output, force=force) as temporary, temporary.open("wb") as stream:
        if _inner(output) == output:
            yield stream
        else:  # no name and no time in it: the same content is the same bytes
            with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:
                yield cast(BinaryIO, packed)
        stream.flush()
        os.fsync(stream.fileno())  # else a name may outlive a power cut, and its bytes not


@contextmanager
def replacing(output: Path, *, force: bool = False) -> Iterator[Path]:
    """An empty file beside `output`, moved into its place at the end: no half file remains.

    A file that is replaced hands on its permissions, and a link stays a link to it.
    Raises as `check_target` does, and ExportError where writing fails.
    """
    check_target(output, force=force)
    if _is_device(output):
        raise ExportError(f"{output} is no plain file; name one")
    place = output.resolve()
    with _telling(output):
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            yield temporary
            temporary.chmod(place.stat().st_mode if place.exists() else 0o666 & ~_umask())
            temporary.replace(place)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


@contextmanager
def _telling(output: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as exc:
        raise ExportError(f"{output} cannot be written: {exc.strerror or exc}") from exc


def write_stream(table: pd.DataFrame, stream: BinaryIO, *, name: str) -> None:
    """Write `table` in the format `name`; its metadata goes along where the format holds any."""
    _WRITERS[name](table, stream)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
