"""Intervals of pairs, deviations and their bounds, and what steadies the noise of a period."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import t as student

from rotascope.timeseries.api import series
from rotascope.timeseries.columns import COLUMNS
from rotascope.timeseries.intervals import PRIOR_DF, cell_means, steadied
from tests.series.worlds import START, Item, fill, opinion

PLAIN = {"confidence": 0.0}


def world(tmp_path: Path, told: dict[str, list[float]]) -> Path:
    """All on one day; `told`: group -> the scores of its stories."""
    items = [
        Item(f"{group}{n}", START, {group: opinion(score, neutral=0.0)})
        for group, scores in told.items()
        for n, score in enumerate(scores)
    ]
    return fill(tmp_path / "world.db", items)


def test_shrinkage_narrows_a_pair_only_as_far_as_its_ends(tmp_path: Path) -> None:
    """Four stories are drawn far, twenty hardly: the twenty keep their uncertainty."""
    rng = np.random.default_rng(2)
    told = {"value": rng.uniform(-0.5, 0.5, 4), "growth": rng.uniform(-0.5, 0.5, 20)}
    path = world(tmp_path, {group: list(scores) for group, scores in told.items()})
    table = series(path, groups="value-growth,growth", shrinkage=8.0, **PLAIN)
    pair, growth = table.to_dict("records")
    va, vb = ((len(x) / (len(x) + 8)) ** 2 * x.var(ddof=1) / len(x) for x in told.values())
    df = (va + vb) ** 2 / (va**2 / 3 + vb**2 / 19)
    half = student.ppf(0.95, df) * np.sqrt(va + vb)
    assert (pair["lo"], pair["hi"]) == pytest.approx((pair["score"] - half, pair["score"] + half))
    assert pair["hi"] - pair["lo"] > growth["hi"] - growth["lo"]


def test_numbers_stay_within_the_units_of_their_columns(tmp_path: Path) -> None:
    """Opposite stories: the deviation of a sample of two is 1.41, a pair's ends lie at 2."""
    path = world(tmp_path, {"value": [1.0, 1.0], "growth": [-1.0, -1.0], "energy": [1.0, -1.0]})
    table = series(path, groups="value-growth,energy", level_prior=0.0, **PLAIN)
    pair, energy = table.to_dict("records")
    assert energy["dispersion"] == pytest.approx(np.sqrt(2.0))
    assert (pair["score"], pair["hi"], pair["level"]) == pytest.approx((2.0, 2.0, 2.0))
    units = {column.name: column.unit for column in COLUMNS["points"]}
    meanings = {column.name: column.meaning for column in COLUMNS["points"]}
    assert units["dispersion"] == "[0, 2)"
    assert all("pair" in meanings[name] for name in ("score", "lo", "hi", "level"))


@pytest.mark.parametrize("count", [2, 3, 5, 20])
def test_a_deviation_of_scores_stays_below_2_whatever_they_weigh(count: int) -> None:
    values = np.r_[1.0, -np.ones(count - 1)]
    weights = np.r_[1.0, np.full(count - 1, 1e-4)]
    means = cell_means(values, weights, np.zeros(count, np.int64), 1)
    assert np.sqrt(2.0) - 1e-3 <= np.sqrt(means.noise[0]) < 2.0


def test_the_past_alone_steadies_a_period() -> None:
    noise, df = np.array([[4.0], [1.0], [7.0]]), np.array([[5.0], [3.0], [6.0]])
    found, both = steadied(noise, df)
    assert both[:, 0] == pytest.approx([5.0, 3.0 + 5.0, 6.0 + 8.0])
    second = (3 * 1.0 + 5 * 4.0) / 8
    third = (6 * 7.0 + 5 * 4.0 + 3 * 1.0) / 14
    assert found[:, 0] == pytest.approx([4.0, second, third])


def test_the_past_is_worth_no_more_than_its_most() -> None:
    found, both = steadied(np.array([[4.0], [1.0]]), np.array([[100.0], [5.0]]))
    assert both[1, 0] == 5.0 + PRIOR_DF
    assert found[1, 0] == pytest.approx((5 * 1.0 + PRIOR_DF * 4.0) / (5 + PRIOR_DF))
