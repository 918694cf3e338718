"""Directed flows over time: counts by status, strength, one-ended flows, the matrix."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from rotascope.config import load_settings
from rotascope.export import write_stream
from rotascope.report.plot import draw
from rotascope.store import Store
from rotascope.timeseries.api import series
from rotascope.timeseries.columns import names
from rotascope.timeseries.flows import flow_matrix
from tests.series.worlds import START, Item, fill, opinion, words


def item(name: str, day: float, *claims: tuple[str | None, str | None, str, float]) -> Item:
    moment = START + timedelta(days=day)
    return Item(name, moment, {"energy": opinion(0.1)}, claims=claims, intensity=0.5)


def world(tmp_path: Path) -> Path:
    return fill(
        tmp_path / "world.db",
        [
            item("a", 0, ("energy", "utilities", "asserted", 0.8)),
            item("b", 0.1, ("energy", "utilities", "asserted", 0.5), ("energy", None, "past", 0.9)),
            item("c", 0.2, ("energy", "utilities", "denied", 0.9)),
            item("d", 1, ("energy", "utilities", "hypothetical", 1.0)),
            item("e", 1.1),
            item("f", 2, (None, "energy", "asserted", 0.4)),
        ],
    )


def test_counts_strength_and_intensity(tmp_path: Path) -> None:
    table = series(world(tmp_path), what="flows")
    assert list(table.columns) == names("flows")
    rows = table.fillna({"from": "-", "to": "-"}).set_index(["period", "from", "to"])
    first = rows.loc[pd.Timestamp("2024-01-01"), "energy", "utilities"]
    counts = ["asserted", "denied", "hypothetical", "past", "n_stories", "n_articles"]
    assert first[counts].tolist() == [2, 1, 0, 0, 3, 3]
    assert first["strength"] == pytest.approx(1.3)
    assert first["intensity"] == pytest.approx(0.5)
    assert rows.loc[pd.Timestamp("2024-01-01"), "energy", "-"]["past"] == 1
    assert rows.loc[pd.Timestamp("2024-01-02"), "energy", "utilities"]["strength"] == 0.3
    assert rows.loc[pd.Timestamp("2024-01-03"), "-", "energy"]["strength"] == 0.4
    assert len(rows) == 4


def test_copies_and_repeats_count_once(tmp_path: Path) -> None:
    claim = ("energy", "utilities", "asserted", 0.8)
    text = words(3)
    items = [
        Item(f"a{n}", START, {"energy": opinion(0.1)}, text=text, claims=[claim, claim])
        for n in range(4)
    ]
    (row,) = series(fill(tmp_path / "w.db", items), what="flows").to_dict("records")
    assert (row["asserted"], row["n_stories"], row["n_articles"]) == (1, 1, 4)
    assert row["strength"] == pytest.approx(0.8)


def test_groups_window_and_frequency(tmp_path: Path) -> None:
    path = world(tmp_path)
    assert len(series(path, what="flows", groups=["utilities"])) == 2
    assert len(series(path, what="flows", groups=["value"])) == 0
    assert len(series(path, what="flows", start="2024-01-02")) == 2
    (whole,) = series(path, what="flows", groups=["utilities"], freq="M").to_dict("records")
    assert whole["n_stories"] == 4


def test_wide_tells_of_each_period_what_long_tells(tmp_path: Path) -> None:
    path = world(tmp_path)
    told = ["period", "revision", "period_start", "period_end", "timezone"]
    long = series(path, what="flows", freq="H", as_of="period-end")[told].drop_duplicates()
    wide = series(path, what="flows", freq="H", as_of="period-end", wide=True)
    assert list(wide.columns)[-4:] == told[1:]
    assert len(wide) > len(long)  # hours without a flow are listed as well
    assert not wide[told].isna().any(axis=None)
    spoken = wide[wide["period"].isin(long["period"])][told]
    pd.testing.assert_frame_equal(spoken.reset_index(drop=True), long.reset_index(drop=True))


def test_wide_has_a_column_for_each_pair_of_ends(tmp_path: Path) -> None:
    table = series(world(tmp_path), what="flows", wide=True)
    assert table["energy->utilities"].tolist() == pytest.approx([1.3, 0.3, 0.0])
    assert "->energy" in table
    assert "energy->" in table
    stream = io.BytesIO()
    write_stream(table, stream, name="csv")
    header = stream.getvalue().splitlines()[0].decode().split(",")
    assert {"'->energy", "energy->", "energy->utilities"} <= set(header)


def test_a_picture_of_flows_names_the_whole_window(tmp_path: Path) -> None:
    """Its last day has no flow, and yet is summed over."""
    with Store.open(world(tmp_path)) as store:
        chart = draw("flows", store, settings=load_settings())
    assert chart.to_dict()["title"]["subtitle"][0] == "1 January 2024 to 3 January 2024"


def test_no_flow_at_all_is_an_empty_table(tmp_path: Path) -> None:
    table = series(fill(tmp_path / "w.db", [item("a", 0)]), what="flows")
    assert (len(table), list(table.columns)) == (0, names("flows"))
    wide = series(tmp_path / "w.db", what="flows", wide=True)
    assert next(iter(wide.columns)) == "period"


def test_the_matrix_sums_over_periods(tmp_path: Path) -> None:
    table = series(world(tmp_path), what="flows")
    matrix = flow_matrix(table, ["energy", "utilities"])
    assert matrix.loc["energy", "utilities"] == pytest.approx(1.6)
    assert matrix.loc["utilities", "energy"] == 0.0
