"""What `rotascope.series` takes for a moment and for a number, and what it refuses by name."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rotascope.errors import UsageError
from rotascope.timeseries.api import series
from tests.series.worlds import START, Item, fill, opinion


def world(tmp_path: Path, *days: float) -> Path:
    scores = {"energy": opinion(0.1)}
    items = [Item(f"on{day}", START + timedelta(days=day), scores) for day in days]
    return fill(tmp_path / "world.db", items)


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (2024, "2024-01-01"),
        (np.int64(2024), "2024-01-01"),
        (pd.Period("2024-01-03", "D"), "2024-01-03"),
        (pd.Period("2024-01", "M"), "2024-01-01"),
        (np.datetime64("2024-01-03"), "2024-01-03"),
        (np.datetime64("2024-01"), "2024-01-01"),
        (np.datetime64("2024-01-03T12:00:00.000000001"), "2024-01-03"),
        (date(2024, 1, 3), "2024-01-03"),
    ],
)
def test_moments_are_given_as_pandas_and_numpy_have_them(
    tmp_path: Path, start: Any, first: str
) -> None:
    path = world(tmp_path, 0, 1, 2, 3, 4)
    assert str(series(path, groups=["energy"], start=start)["period"][0].date()) == first


def test_a_day_of_numpy_ends_when_the_day_does(tmp_path: Path) -> None:
    path = world(tmp_path, 0, 0.5)
    moment = np.datetime64("2024-01-01")
    assert series(path, groups=["energy"], as_of=moment)["n_stories"].tolist() == [2]
    earlier = series(path, groups=["energy"], as_of=moment.astype("datetime64[s]"))
    assert earlier["n_stories"].tolist() == [1]


@pytest.mark.parametrize("given", ["start", "end", "as_of"])
@pytest.mark.parametrize("moment", [5, 3.5, True, ("2024-01-01",), pd.Series(["2024-01-01"])])
def test_what_is_no_moment_is_refused_by_name(tmp_path: Path, given: str, moment: Any) -> None:
    path = world(tmp_path, 0)
    with pytest.raises(UsageError, match=f"^{given} is a date, a time, a year or text"):
        series(path, **{given: moment})


def test_numbers_of_numpy_are_plain_in_the_metadata(tmp_path: Path) -> None:
    given: dict[str, Any] = {"window": np.int64(2), "half_life_days": np.float32(3)}
    table = series(world(tmp_path, 0, 1, 2), groups=["energy"], **given)
    told = json.loads(json.dumps(table.attrs["metadata"]))["params"]
    assert (told["window"], told["half_life_days"]) == (2, 3.0)
