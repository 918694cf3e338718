"""Files: five formats, what they say of themselves, formulas that cannot run, nothing half."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from pyarrow import feather

from rotascope import export
from rotascope.config import load_settings
from rotascope.errors import ExportError, UsageError
from rotascope.files import opened, replacing
from rotascope.timeseries.api import series
from rotascope.timeseries.columns import COLUMNS, names
from rotascope.timeseries.wide import POINT_VALUES
from tests.series.worlds import START, Item, fill, opinion, random_items

DOCS = Path(__file__).parents[2] / "docs" / "series.md"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("world") / "world.db", random_items(4, 40))


def as_bytes(table: pd.DataFrame, name: str) -> bytes:
    stream = io.BytesIO()
    export.write_stream(table, stream, name=name)
    return stream.getvalue()


@pytest.mark.parametrize("what", ["points", "flows"])
def test_every_format_holds_the_same_numbers(path: Path, what: str, tmp_path: Path) -> None:
    table = series(path, what=what)
    readers = {
        "csv": pd.read_csv,
        "json": pd.read_json,
        "xlsx": pd.read_excel,
        "parquet": pd.read_parquet,
        "arrow": feather.read_feather,
    }
    numbers = [column.name for column in COLUMNS[what] if column.type in ("int", "float")]
    for name, reader in readers.items():
        target = tmp_path / f"out.{name}"
        export.write(table, target, name=name)
        back = reader(target)
        assert list(back.columns) == names(what), name
        pd.testing.assert_frame_equal(
            back[numbers].astype(float), table[numbers].astype(float), rtol=0, atol=1e-12
        )
        assert pd.to_datetime(back["period"]).tolist() == table["period"].tolist(), name


@pytest.mark.parametrize(
    ("freq", "zone", "first"), [("W", "UTC", date), ("H", "America/New_York", datetime)]
)
def test_excel_has_real_dates(path: Path, freq: str, zone: str, first: type) -> None:
    table = series(path, freq=freq, timezone=zone, groups=["energy"], end="2024-01-20")
    sheet = load_workbook(io.BytesIO(as_bytes(table, "xlsx"))).worksheets[0]
    header, *rows = sheet.iter_rows()
    place = {cell.value: number for number, cell in enumerate(header)}
    for column in ("period", "period_start", "period_end"):
        cells = [row[place[column]] for row in rows]
        assert {cell.data_type for cell in cells} == {"d"}
        # Excel knows no zones: hours stand in that of the series, starts and ends in UTC
        told = pd.DatetimeIndex([cell.value for cell in cells])
        assert told.tolist() == table[column].dt.tz_localize(None).tolist()
    assert ("HH" in rows[0][place["period"]].number_format) == (first is datetime)
    assert sheet.column_dimensions["A"].width >= 19


@pytest.mark.parametrize("wide", [False, True])
def test_excel_without_rows(path: Path, wide: bool) -> None:
    table = series(path, what="flows", wide=wide).iloc[:0]
    back = pd.read_excel(io.BytesIO(as_bytes(table, "xlsx")))
    assert back.columns[0] == "period"
    assert back.empty


@pytest.mark.parametrize("name", ["csv", "json"])
def test_gz_is_compressed_and_the_same_bytes_each_time(
    path: Path, name: str, tmp_path: Path
) -> None:
    table = series(path, groups=["energy"])
    target = tmp_path / f"out.{name}.gz"
    assert export.format_for(target, None) == name
    made = []
    for _ in range(2):
        export.write(table, target, name=name, force=True)
        made.append(target.read_bytes())
    assert made[0] == made[1]
    assert gzip.decompress(made[0]) == as_bytes(table, name)
    assert len({"csv": pd.read_csv, "json": pd.read_json}[name](target)) == len(table)


def test_a_format_that_is_compressed_takes_no_gz() -> None:
    for given in [("a.parquet.gz", None), ("a.gz", "xlsx")]:
        with pytest.raises(UsageError, match="compressed in itself"):
            export.format_for(Path(given[0]), given[1])


def test_a_file_says_how_it_was_made(path: Path, tmp_path: Path) -> None:
    table = series(path, as_of="2024-01-10T12:00+01:00", timezone="Europe/Berlin", window=8)
    export.write(table, tmp_path / "out.parquet", name="parquet")
    found = json.loads(pq.read_schema(tmp_path / "out.parquet").metadata[b"rotascope"])
    assert found["schema_version"] == 1
    assert found["as_of"] == "2024-01-10T11:00:00+00:00"
    assert found["timezone"] == "Europe/Berlin"
    assert found["models"] == ["invented"]
    assert found["params"]["window"] == 8
    export.write(table, tmp_path / "out.xlsx", name="xlsx")
    about = pd.read_excel(tmp_path / "out.xlsx", sheet_name="about").set_index("key")["value"]
    assert about["timezone"] == "Europe/Berlin"
    assert about["params.window"] == 8 or about["params.window"] == "8"
    header, first = as_bytes(table, "csv").decode().splitlines()[:2]
    assert "Europe/Berlin" in first
    assert header.split(",") == names("points")


@pytest.mark.parametrize("name", ["csv", "json", "parquet", "arrow"])
def test_the_same_series_is_the_same_bytes(path: Path, name: str) -> None:
    assert as_bytes(series(path), name) == as_bytes(series(path), name)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "a\r="])
def test_no_text_runs_as_a_formula(start: str, tmp_path: Path) -> None:
    group = f"{start}cmd|calc"
    path = fill(tmp_path / "w.db", [Item("a", START, {group: opinion(-0.3)})])
    settings = load_settings()
    settings = settings.model_copy(update={"groups": {group: None}})
    table = series(path, groups=["custom"], settings=settings)
    assert table["group"].tolist() == [group]
    body = as_bytes(table, "csv").decode()
    back = pd.read_csv(io.StringIO(body), keep_default_na=False)
    cell = group.replace("\r", " ").replace("\n", " ").replace("\t", " ")
    assert back["group"].tolist() == [cell if start[0] == "a" else f"'{cell}"]
    assert float(back["score"][0]) == pytest.approx(-0.3)  # numbers stay numbers
    sheet = load_workbook(io.BytesIO(as_bytes(table, "xlsx"))).worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    wide = as_bytes(series(path, groups=["custom"], settings=settings, wide=True), "csv")
    assert pd.read_csv(io.BytesIO(wide)).columns[1] == back["group"][0]


def test_wide_has_a_row_for_each_period(path: Path) -> None:
    long = series(path, groups=["energy", "value-growth"])
    slim = series(path, groups=["energy", "value-growth"], wide=True)
    assert len(slim) == long["period"].nunique()
    frame = ["revision", "period_start", "period_end", "timezone"]
    assert list(slim.columns) == ["period", "energy", "value-growth", *frame]
    wide = series(path, groups=["energy", "value-growth"], wide=True, values="all")
    pd.testing.assert_frame_equal(wide[slim.columns], slim)
    energy = long[long["group"] == "energy"].reset_index()
    for value in POINT_VALUES:
        column = "energy" if value == "score" else f"energy.{value}"
        pd.testing.assert_series_equal(wide[column], energy[value], check_names=False)


@pytest.mark.filterwarnings("error")
def test_wide_of_everything_is_made_without_a_warning(path: Path) -> None:
    wide = series(path, groups="all", wide=True, values="all")
    assert wide.shape[1] > 500
    assert {str(kind) for kind in wide.filter(like=".n_").dtypes} == {"int64"}


def test_a_group_of_an_older_configuration_may_be_named_like_a_column(tmp_path: Path) -> None:
    """Whole numbers are counts, whatever the group is called; a column stands once."""
    items = [
        Item("a", START, {"n_stories": opinion(0.3), "revision": opinion(0.1)}),
        Item("b", START + timedelta(days=1), {"energy": opinion(0.1)}),
    ]
    path = fill(tmp_path / "world.db", items)
    wide = series(path, groups="n_stories", wide=True, values="score,n_stories")
    assert wide["n_stories"].tolist() == [
        pytest.approx(0.3),
        pytest.approx(float("nan"), nan_ok=True),
    ]
    assert wide["n_stories.n_stories"].tolist() == [1, 0]
    with pytest.raises(UsageError, match="'revision' is named like a column of every wide table"):
        series(path, groups="energy,revision", wide=True)


def test_wide_has_the_values_asked_for(path: Path) -> None:
    wide = series(path, groups=["energy", "health_care"], wide=True, values="level, n_stories")
    columns = ["energy.level", "health_care.level", "energy.n_stories", "health_care.n_stories"]
    assert list(wide.columns)[1:5] == columns
    assert str(wide["energy.n_stories"].dtype) == "int64"
    with pytest.raises(UsageError, match="did you mean n_stories"):
        series(path, wide=True, values=["n_storys"])
    with pytest.raises(UsageError, match="wide points only"):
        series(path, values="level")
    with pytest.raises(UsageError, match="wide points only"):
        series(path, what="flows", wide=True, values="level")


def test_pandas_itself_can_write_the_table(path: Path, tmp_path: Path) -> None:
    table = series(path, groups=["energy"])
    table.to_parquet(tmp_path / "own.parquet")
    back = pd.read_parquet(tmp_path / "own.parquet")
    pd.testing.assert_frame_equal(back, table)
    assert back.attrs["metadata"]["revisions"] == table["revision"].unique().tolist()


def test_a_file_that_exists_is_kept_unless_forced(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("mine")
    table = series(path)
    with pytest.raises(UsageError, match="--force"):
        export.write(table, target, name="csv")
    assert target.read_text() == "mine"
    export.write(table, target, name="csv", force=True)
    assert target.read_bytes() == as_bytes(table, "csv")


def test_what_replaces_a_file_keeps_its_rights_and_links(path: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "out.csv", tmp_path / "latest.csv"
    target.write_text("mine")
    target.chmod(0o640)
    link.symlink_to(target)
    table = series(path)
    export.write(table, link, name="csv", force=True)
    assert link.is_symlink()
    assert target.read_bytes() == as_bytes(table, "csv")
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(tmp_path.iterdir()) == [link, target]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_device_is_written_to_and_stays(path: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    table = series(path)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_bytes)
        export.write(table, pipe, name="csv")
        assert read.result(timeout=30) == as_bytes(table, "csv")
    assert pipe.is_fifo()
    with pytest.raises(ExportError, match="no plain file"), replacing(pipe):
        pass


def test_nothing_half_is_left_behind(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(table: pd.DataFrame, stream: io.BytesIO) -> None:
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(export._WRITERS, "csv", broken)
    with pytest.raises(ExportError, match="No space left"):
        export.write(series(path), tmp_path / "out.csv", name="csv")
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written(path: Path, tmp_path: Path) -> None:
    table = series(path)
    with pytest.raises(ExportError, match="is a folder"):
        export.write(table, tmp_path, name="csv")
    with pytest.raises(ExportError, match="is no folder"):
        export.write(table, tmp_path / "none" / "out.csv", name="csv")


@pytest.mark.parametrize(
    ("output", "asked", "name"),
    [
        ("a.csv", None, "csv"),
        ("a.PARQUET", None, "parquet"),
        ("a.feather", None, "arrow"),
        ("a.xlsx", None, "xlsx"),
        ("a.csv", "json", "json"),
        ("plain", None, "csv"),
        ("plain.gz", None, "csv"),
        ("a.JSON.GZ", None, "json"),
        (None, None, "csv"),
        (None, "excel", "xlsx"),
    ],
)
def test_the_format_is_asked_for_or_follows_the_ending(
    output: str | None, asked: str | None, name: str
) -> None:
    assert export.format_for(Path(output) if output else None, asked) == name


@pytest.mark.parametrize(("output", "asked"), [("a.doc", None), ("a.csv", "yaml")])
def test_an_unknown_format_is_refused(output: str, asked: str | None) -> None:
    with pytest.raises(UsageError, match="format"):
        export.format_for(Path(output), asked)


@pytest.mark.parametrize("what", ["points", "flows"])
def test_the_columns_are_documented_as_they_are(path: Path, what: str) -> None:
    text = DOCS.read_text(encoding="utf-8")
    section = text.split(f"### Columns of {what}")[1].split("\n#")[0]
    documented = re.findall(r"^\| `([^`]+)` \| (\w+) \| ([^|]*) \| ([^|]*) \|$", section, re.M)
    assert [tuple(cell.strip() for cell in row) for row in documented] == [
        (column.name, column.type, column.unit, column.meaning) for column in COLUMNS[what]
    ]
    table = series(path, what=what)
    kinds = {"int": "i", "float": "f", "date": "M", "time": "M"}
    for column in COLUMNS[what]:
        if column.type in kinds:
            assert table[column.name].dtype.kind == kinds[column.type], column.name


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz"])
def test_a_file_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Else a power cut may leave its name, and nothing in it."""
    output, synced = tmp_path / name, []
    monkeypatch.setattr(
        "rotascope.files.os.fsync",
        lambda handle: synced.append((os.fstat(handle).st_size, output.exists())),
    )
    with opened(output) as stream:
        stream.write(b"All of it.")
    assert synced == [(output.stat().st_size, False)]
