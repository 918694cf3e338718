"""The recipes run as they are written, on a world with prices, and look at nothing too early."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import rotascope
from rotascope_nlp.groups import SECTORS
from tests.series.worlds import START, Item, fill, opinion, random_items

PAGE = Path(__file__).parents[2] / "docs" / "recipes.md"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the blocks of the page leave behind, run one after the other."""
    folder = tmp_path_factory.mktemp("recipes")
    items = random_items(5, 250, days=120)
    items += [Item(f"first {group}", START, {group: opinion(0.1)}) for group in SECTORS]
    fill(folder / "rotascope.db", items)
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    funds = re.findall(r'": "(XL\w+)"', "".join(blocks))
    days = pd.date_range("2023-12-20", "2024-06-28", freq="B", name="date")
    steps = np.random.default_rng(3).normal(0, 0.01, (len(days), len(funds)))
    prices = pd.DataFrame(100 * np.exp(steps.cumsum(axis=0)), days, funds)
    prices.to_csv(folder / "prices.csv")
    left: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for block in blocks:
            exec(compile(block, str(PAGE), "exec"), left)
    return left


def test_a_csv_comes_back_as_it_was(found: dict[str, Any]) -> None:
    pd.testing.assert_frame_equal(found["same"], found["weekly"], check_dtype=False)


def test_hours_of_a_csv_are_read_back_over_a_change_of_clocks(tmp_path: Path) -> None:
    told = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert 'pd.to_datetime(same["period"], utc=True).dt.tz_convert(ZONE)' in told
    items = [Item(f"on{n}", START + timedelta(days=69, hours=n), {}) for n in (0, 30)]
    path = fill(tmp_path / "world.db", items)
    hours = rotascope.series(path, freq="H", groups="energy", timezone="America/New_York")
    assert hours["period"].map(lambda moment: moment.utcoffset()).nunique() == 2
    hours.to_csv(tmp_path / "hours.csv", index=False)
    same = pd.read_csv(tmp_path / "hours.csv", parse_dates=["period"])
    period = pd.to_datetime(same["period"], utc=True).dt.tz_convert("America/New_York")
    assert period.tolist() == hours["period"].tolist()


@pytest.mark.filterwarnings("error")
def test_texts_with_dates_are_written_for_score_without_a_warning(tmp_path: Path) -> None:
    told = " ".join(PAGE.read_text(encoding="utf-8").split())
    (options,) = re.findall(r'to_json\("in.jsonl", ([^)]*)\)', told)
    texts = pd.DataFrame({"text": ["a"], "published": [pd.Timestamp("2024-01-02")]})
    given = eval(f"dict({options})")
    texts.reset_index(names="id").to_json(tmp_path / "in.jsonl", **given)
    assert '"published":"2024-01-02T' in (tmp_path / "in.jsonl").read_text()


def test_every_sector_has_its_fund(found: dict[str, Any]) -> None:
    assert set(found["FUNDS"]) == set(SECTORS)
    assert set(found["signal"].columns) == set(found["prices"].columns)


def test_a_score_against_its_past_rests_on_nothing_later(found: dict[str, Any]) -> None:
    level, z = found["level"], found["z"]
    at = len(level) - 2
    before = level["energy"].iloc[:at]
    by_hand = (level["energy"].iloc[at] - before.mean()) / before.std()
    assert z["energy"].iloc[at] == pytest.approx(by_hand)
    assert found["spread"].notna().any()


def test_what_leaves_a_group_enters_another(found: dict[str, Any]) -> None:
    assert found["net"].sum() == pytest.approx(0.0)
    total = found["named"]["strength"].sum()
    assert found["matrix"].to_numpy().sum() == pytest.approx(total) != 0


def test_texts_of_a_column_keep_their_rows_and_empty_cells_are_told(found: dict[str, Any]) -> None:
    by_group, moves, texts = found["by_group"], found["moves"], found["texts"]
    assert list(by_group.index) == ["a", "b"]
    assert by_group.loc["a", "utilities"] > 0 > by_group.loc["a", "information_technology"]
    assert by_group.loc["b"].dropna().index.tolist() == ["financials"]
    told = moves.loc[moves["error"].isna(), ["from", "to"]]
    assert told.to_numpy().tolist() == [["information_technology", "utilities"]]
    assert list(told.index) == ["a"]
    assert list(found["failed"].index) == ["c", "d"]
    assert found["overall"].index.equals(texts.index)
    assert found["overall"]["score"].isna().tolist() == [False, False, True, True]


def test_a_price_stands_beside_no_news_of_its_day_or_later(found: dict[str, Any]) -> None:
    joined, wide = found["joined"], found["wide"]
    assert joined.index.equals(found["prices"].index)
    begins = joined.index.tz_localize("America/New_York")
    levels = wide.set_index("period_end")["energy.level"]
    for begin, level in zip(begins, joined["energy.level"], strict=True):
        over = levels[levels.index <= begin]
        assert level == pytest.approx(over.iloc[-1] if len(over) else np.nan, nan_ok=True)
    assert joined["energy.level"].notna().sum() > 50
    assert np.isfinite(found["correlation"])


def test_prices_with_a_zone_join_as_those_without(found: dict[str, Any]) -> None:
    assert found["same_joined"].index.equals(found["aware"].index)
    pd.testing.assert_frame_equal(
        found["same_joined"].reset_index(drop=True), found["joined"].reset_index(drop=True)
    )


def test_a_week_s_news_stands_beside_no_price_of_the_week(found: dict[str, Any]) -> None:
    weekly = found["weekly"].query("group == 'energy'")
    joined = found["beside"](found["aware"], weekly).dropna(subset="period")
    assert len(joined) > 50
    monday = joined["period"].dt.tz_localize("America/New_York")
    assert (joined.index >= monday + pd.Timedelta(days=6)).all()


def test_a_return_begins_at_the_close_after_the_one_that_ends_the_row(
    found: dict[str, Any],
) -> None:
    events, relative, prices = found["events"], found["relative"], found["prices"]
    assert events.to_numpy().sum() > 3
    sessions = list(events.index)
    earned = []
    for place, session in enumerate(sessions[:-2]):
        bought, sold = sessions[place + 1], sessions[place + 2]
        moves = prices.loc[sold] / prices.loc[bought] - 1
        for fund in events.columns[events.loc[session].astype(bool)]:
            earned.append(moves[fund] - moves.mean())
    assert found["after"][1] == pytest.approx(np.mean(earned))
    assert relative.index.equals(events.index)
