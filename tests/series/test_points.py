"""The columns of a point, each checked against numbers that can be worked out by hand."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from rotascope.config import load_settings
from rotascope.errors import StoreError, UsageError
from rotascope.store import Store
from rotascope.timeseries.api import series
from tests.series.worlds import REVISION, START, Item, fill, opinion, random_items

PLAIN = {"confidence": 0.0}


def day(number: float, **scores: float) -> Item:
    moment = START + timedelta(days=number)
    return Item(f"on{number}-{sorted(scores)}", moment, {g: opinion(s) for g, s in scores.items()})


def world(tmp_path: Path, *items: Item) -> Path:
    return fill(tmp_path / "world.db", items)


@pytest.mark.parametrize(
    ("groups", "told"), [([], "names none"), ("", "names none"), ([None], "by text, not by None")]
)
def test_no_group_is_not_the_default(tmp_path: Path, groups: Any, told: str) -> None:
    path = world(tmp_path, day(0, energy=0.5))
    with pytest.raises(UsageError, match=told):
        series(path, groups=groups)


def test_an_index_of_pandas_names_groups(tmp_path: Path) -> None:
    path = world(tmp_path, day(0, energy=0.5))
    table = series(path, groups=pd.Index(["energy", "utilities"]))
    assert list(table["group"]) == ["energy", "utilities"]


def test_one_article_is_its_own_score_with_nothing_sure(tmp_path: Path) -> None:
    (row,) = series(world(tmp_path, day(0, energy=0.4)), groups=["energy"]).to_dict("records")
    assert row["score"] == pytest.approx(0.4)
    assert (row["lo"], row["hi"]) == (-1.0, 1.0)
    assert (row["n_articles"], row["n_stories"], row["n_mentions"]) == (1, 1, 2)
    assert (row["positive"], row["neutral"], row["negative"]) == pytest.approx((0.6, 0.2, 0.2))
    assert np.isnan(row["dispersion"])
    assert (row["attention"], row["kind"], row["revision"]) == (1.0, "sector", REVISION)


def test_no_news_is_missing_and_every_period_is_listed(tmp_path: Path) -> None:
    path = world(tmp_path, day(0, energy=0.4), day(3, utilities=0.1))
    table = series(path, groups=["energy"])
    assert table["period"].dt.day.tolist() == [1, 2, 3, 4]
    assert table["score"].isna().tolist() == [False, True, True, True]
    assert table["n_stories"].tolist() == [1, 0, 0, 0]
    quiet = table.iloc[1]
    missing = ["score", "lo", "hi", "positive", "dispersion", "inflow", "net_flow", "attention"]
    assert quiet[missing].isna().all()


def test_equal_weights_give_the_textbook_interval(tmp_path: Path) -> None:
    values = [0.1, 0.3, -0.2, 0.5, 0.05]
    items = [day(n / 100, energy=value) for n, value in enumerate(values)]
    (row,) = series(world(tmp_path, *items), groups=["energy"], **PLAIN).to_dict("records")
    half = student.ppf(0.95, 4) * np.std(values, ddof=1) / np.sqrt(5)
    assert row["score"] == pytest.approx(np.mean(values))
    assert (row["lo"], row["hi"]) == pytest.approx((0.15 - half, 0.15 + half))
    assert row["dispersion"] == pytest.approx(np.std(values, ddof=1))


def test_relevance_and_certainty_weigh(tmp_path: Path) -> None:
    strong = Item("a", START, {"energy": opinion(0.6, relevance=0.9)})
    weak = Item("b", START, {"energy": opinion(-0.2, relevance=0.3)})
    (row,) = series(world(tmp_path, strong, weak), groups=["energy"], **PLAIN).to_dict("records")
    assert row["score"] == pytest.approx((0.9 * 0.6 + 0.3 * -0.2) / 1.2)
    sure = Item("c", START, {"energy": (0.5, 0.0, 0.0, 1.0)})
    unsure = Item("d", START, {"energy": (0.5, 1 / 3, 1 / 3, 1 / 3)})
    path = fill(tmp_path / "other.db", [sure, unsure])
    (row,) = series(path, groups=["energy"], confidence=0.5).to_dict("records")
    assert row["score"] == pytest.approx(1.0 / 1.5)


def test_shrinkage_and_minimum_count(tmp_path: Path) -> None:
    path = world(tmp_path, day(0, energy=0.2), day(0.1, energy=0.4), day(1, energy=0.5))
    table = series(path, groups=["energy"], shrinkage=2.0, **PLAIN)
    assert table["score"].tolist() == pytest.approx([0.3 * 2 / 4, 0.5 * 1 / 3])
    table = series(path, groups=["energy"], min_count=2, **PLAIN)
    assert table["score"].isna().tolist() == [False, True]
    assert table["n_stories"].tolist() == [2, 1]


def test_flows_in_and_out_count_a_story_once(tmp_path: Path) -> None:
    claims = [
        ("energy", "utilities", "asserted", 0.8),
        ("energy", "utilities", "asserted", 0.6),
        ("energy", "health_care", "asserted", 0.9),
        ("financials", "utilities", "hypothetical", 1.0),
        ("materials", "utilities", "denied", 1.0),
        (None, "energy", "past", 1.0),
    ]
    item = Item("a", START, {"energy": opinion(0.1)}, claims=claims)
    groups = ["energy", "utilities", "utilities-energy"]
    table = series(world(tmp_path, item), groups=groups).set_index("group")
    assert table.loc["energy", ["inflow", "outflow", "net_flow"]].tolist() == [0.0, 0.9, -0.9]
    assert table.loc["utilities", ["inflow", "outflow"]].tolist() == [0.8, 0.0]
    assert table.loc["utilities-energy", ["inflow", "outflow"]].tolist() == [0.8, 0.0]


def test_attention_is_a_share_of_the_same_kind_whatever_is_shown(tmp_path: Path) -> None:
    item = Item(
        "a",
        START,
        {g: opinion(0.1) for g in ("energy", "utilities", "value", "NVDA")},
        tickers=frozenset({"NVDA"}),
    )
    table = series(world(tmp_path, item), groups=["energy", "value", "NVDA", "materials"])
    assert table["attention"].tolist() == [0.5, 1.0, 1.0, 0.0]


def test_a_pair_is_the_difference_with_an_interval_of_its_own(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    together = [
        Item(f"t{n}", START, {"value": opinion(x), "growth": opinion(x - 0.2)})
        for n, x in enumerate(rng.uniform(-0.5, 0.5, 20))
    ]
    table = series(world(tmp_path, *together), groups=["value-growth", "value", "growth"])
    rows = table.set_index("group")
    pair, value, growth = (rows.loc[name] for name in ("value-growth", "value", "growth"))
    assert pair["kind"] == "pair"
    assert pair["score"] == pytest.approx(value["score"] - growth["score"])
    assert pair["n_stories"] == 20
    # Each story says the same difference, so it is known far better than either end.
    assert pair["hi"] - pair["lo"] < 0.2 * (value["hi"] - value["lo"])
    apart = [
        Item(f"v{n}", START, {"value" if n % 2 else "growth": opinion(x)})
        for n, x in enumerate(rng.uniform(-0.5, 0.5, 20))
    ]
    path = fill(tmp_path / "apart.db", apart)
    rows = series(path, groups=["value-growth", "value", "growth"]).set_index("group")
    widths = rows["hi"] - rows["lo"]
    assert widths["value-growth"] == pytest.approx(
        np.hypot(widths["value"], widths["growth"]), rel=0.05
    )


def test_the_level_fades_and_is_measured_against_its_past(tmp_path: Path) -> None:
    path = world(tmp_path, day(0, energy=0.8), day(30, utilities=0.1))
    table = series(path, groups=["energy"], half_life_days=5.0, **PLAIN)
    weights = 0.5 * 0.5 ** (np.arange(31) / 5.0)
    assert table["level"].tolist() == pytest.approx(list(weights * 0.8 / (weights + 1.0)))
    assert table["momentum"][10] == pytest.approx(table["level"][10] - table["level"][5])
    assert table["momentum"][:5].isna().all()
    past = table["level"][5:15]
    z = series(path, groups=["energy"], half_life_days=5.0, window=10, **PLAIN)["level_z"]
    assert z[15] == pytest.approx((table["level"][15] - past.mean()) / past.std())
    assert z[:10].isna().all()


def test_a_group_has_no_level_before_its_first_news(tmp_path: Path) -> None:
    path = world(tmp_path, day(0, energy=0.8), day(5, utilities=0.1))
    table = series(path, groups=["utilities"])
    assert table["level"].isna().tolist() == [True] * 5 + [False]


def test_a_flat_past_has_no_scale(tmp_path: Path) -> None:
    items = [day(n, energy=0.0) for n in range(20)]
    assert series(world(tmp_path, *items), groups=["energy"])["level_z"].isna().all()


def test_lone_stories_are_measured_by_how_a_group_varied_before(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    items = [day(n / 50, energy=x) for n, x in enumerate(rng.uniform(-0.3, 0.3, 45))]
    table = series(world(tmp_path, *items, day(2, energy=0.1)), groups=["energy"])
    lone = table.iloc[-1]
    assert lone["n_stories"] == 1
    assert -1.0 < lone["lo"] < 0.1 < lone["hi"] < 1.0


def test_one_revision_unless_asked_otherwise(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = world(tmp_path, day(0, energy=0.2), day(1, energy=0.3))
    newer = "bbbbbbbbbbbb"
    fill(path, [Item("new", START + timedelta(days=1), {"energy": opinion(-0.6)})], revision=newer)
    with caplog.at_level(logging.WARNING):
        table = series(path, groups=["energy"])
    assert table["revision"].tolist() == [REVISION] * 2
    assert table["score"].tolist() == pytest.approx([0.2, 0.3])
    assert table.attrs["pending"] == {"never": 0, "by_others": 1}
    assert f"{REVISION}: it has read 2 of the 3 texts" in caplog.text
    assert "analyze --again" in caplog.text
    caplog.clear()
    table = series(path, groups=["energy"], revision=newer)
    assert (table["revision"].tolist(), table["score"].round(6).tolist()) == ([newer], [-0.6])
    assert not caplog.text  # it was asked for
    table = series(path, groups=["energy"], revision="mixed", **PLAIN)
    assert table["score"].tolist() == pytest.approx([0.2, -0.15])
    assert table["revision"].tolist() == [REVISION, f"{REVISION}+{newer}"]
    with pytest.raises(UsageError, match="the store has bbbbbbbbbbbb, aaaaaaaaaaaa"):
        series(path, revision="cccc")


def test_the_configuration_may_pin_a_revision(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It stays until it is changed, so what it leaves out is told each time."""
    path = world(tmp_path, day(0, energy=0.2), day(1, energy=0.3))
    newer = "bbbbbbbbbbbb"
    fill(path, [Item("new", START + timedelta(days=1), {"energy": opinion(-0.6)})], revision=newer)

    def shown(pin: str, **asked: Any) -> set[str]:
        settings = load_settings(env={"ROTASCOPE_SERIES__REVISION": pin})
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            return set(series(path, groups=["energy"], settings=settings, **asked)["revision"])

    assert shown("auto") == {REVISION}
    assert f"{REVISION}: it has read 2 of the 3 texts" in caplog.text
    assert f"the newest, {newer}, has read 1 and is shown once" in caplog.text
    assert shown(newer) == {newer}
    assert f"{newer}: it has read 1 of the 3 texts" in caplog.text
    assert "series.revision of the configuration" in caplog.text
    assert shown("mixed") == {REVISION, f"{REVISION}+{newer}"}
    assert shown(newer, revision="auto") == {REVISION}
    assert not caplog.text
    assert shown("auto", revision=newer) == {newer}
    with pytest.raises(UsageError, match="no analyses of revision 'cccccccccccc'"):
        shown("cccccccccccc")


def test_of_two_revisions_that_read_as_much_the_newest_is_shown(tmp_path: Path) -> None:
    path = world(tmp_path, day(0, energy=0.2))
    newer = "bbbbbbbbbbbb"
    fill(path, [Item("new", START + timedelta(days=1), {"energy": opinion(-0.6)})], revision=newer)
    assert series(path, groups=["energy"])["revision"].tolist() == [newer]


def test_families_names_and_silent_companies(tmp_path: Path) -> None:
    path = fill(tmp_path / "world.db", random_items(1, 30))

    def shown(*names: str) -> list[str]:
        return list(dict.fromkeys(series(path, groups=names)["group"]))

    assert shown("sectors")[0] == "energy"
    assert len(shown("sectors")) == 11
    assert shown("Information Technology", "nvda") == ["information_technology", "NVDA"]
    assert shown("pairs") == ["small_caps-large_caps", "value-growth", "equal_weight-cap_weight"]
    assert shown("small caps-Large Caps") == ["small_caps-large_caps"]
    assert shown("tickers") == ["NVDA"]
    assert shown("CAT") == ["CAT"]  # a listed company of which there is no news
    assert series(path, groups=["CAT"])["n_articles"].sum() == 0
    assert "NVDA" in shown("all")
    assert "NVDA" not in list(series(path)["group"])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("enrgy", "did you mean energy?"),
        ("small_cap", "small_caps"),
        ("value-growht", "did you mean growth"),
        ("QQQQQX", "choose of energy"),
        ("energy-energy", "one group twice"),
    ],
)
def test_an_unknown_group_is_answered_with_the_nearest(
    tmp_path: Path, name: str, told: str
) -> None:
    path = fill(tmp_path / "world.db", random_items(1, 5))
    with pytest.raises(UsageError) as error:
        series(path, groups=[name])
    assert told in str(error.value)


def test_a_user_group_is_custom(tmp_path: Path) -> None:
    path = world(tmp_path, day(0, ai_infrastructure=0.3))
    table = series(path, groups=["ai_infrastructure"])
    assert (table["kind"].tolist(), table["score"].tolist()) == (["custom"], pytest.approx([0.3]))


def test_windows_that_cannot_be(tmp_path: Path) -> None:
    path = world(tmp_path, *(day(n, energy=0.1) for n in range(5)))
    with pytest.raises(UsageError, match="swap them"):
        series(path, start="2024-02-01", end="2024-01-01")
    with pytest.raises(UsageError, match="longer than the data, which has 5"):
        series(path, window=30)
    with pytest.raises(UsageError, match="more than 5,000,000 rows"):
        series(path, freq="H", start="1990-01-01")
    with pytest.raises(StoreError, match="no analysed article was seen by 2020-01-01"):
        series(path, as_of="2020-01-01")
    beyond = series(path, groups=["energy"], start="2023-12-30", end="2024-01-07")
    assert (len(beyond), int(beyond["n_stories"].sum())) == (9, 5)


def test_misspelt_keywords_are_named(tmp_path: Path) -> None:
    path = world(tmp_path, day(0, energy=0.1))
    with pytest.raises(UsageError, match="did you mean half_life_days"):
        series(path, half_life=3.0)
    with pytest.raises(UsageError, match="choose of points, flows"):
        series(path, what="pints")
    assert series(path, groups="energy,value")["group"].tolist() == ["energy", "value"]


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    Store.open(tmp_path / "empty.db").close()
    with pytest.raises(StoreError, match="rotascope ingest"):
        series(tmp_path / "empty.db")


def test_scores_stay_in_their_bounds(tmp_path: Path) -> None:
    table = series(fill(tmp_path / "world.db", random_items(9, 80)), groups=["all"])
    single = table[table["kind"] != "pair"].dropna(subset=["score"])
    assert (single["lo"] <= single["score"]).all()
    assert (single["score"] <= single["hi"]).all()
    assert single[["lo", "hi"]].abs().max().max() <= 1.0
    shares = single[["positive", "neutral", "negative"]].sum(axis=1)
    assert np.allclose(shares, 1.0)
    assert pd.api.types.is_integer_dtype(table["n_stories"])
