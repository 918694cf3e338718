"""Which revision a series shows after an upgrade, and that what it leaves out is no quiet."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rotascope import series
from rotascope.cli.main import main
from tests.series.worlds import REVISION, START, Item, fill, opinion

NEWER = "bbbbbbbbbbbb"
WINDOW = ("--from", "2024-01-01", "--to", "2024-01-04")


def items(name: str, first: int, count: int) -> list[Item]:
    return [
        Item(f"{name}{n}", START + timedelta(days=first + n), {"energy": opinion(0.2)})
        for n in range(count)
    ]


def day(number: int) -> datetime:
    return START + timedelta(days=number)


@pytest.fixture
def upgraded(tmp_path: Path) -> Path:
    """Four days that the old revision read, then six that the new one did."""
    path = fill(tmp_path / "world.db", items("old", 0, 4))
    return fill(path, items("new", 10, 6), revision=NEWER)


def test_the_past_is_shown_as_the_revision_read_it_that_knows_it(
    upgraded: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        table = series(upgraded, groups="energy", end=day(3))
    assert set(table["revision"]) == {REVISION}
    assert table["n_articles"].tolist() == [1] * 4
    assert table.attrs["pending"] == {"never": 0, "by_others": 0}
    assert not caplog.text  # nothing that it could rest on is left out


def test_a_table_up_to_the_past_is_the_same_before_and_after_an_upgrade(tmp_path: Path) -> None:
    path = fill(tmp_path / "world.db", items("old", 0, 4))
    before = series(path, groups="energy", end=day(3))
    fill(path, items("new", 10, 6), revision=NEWER)
    assert series(path, groups="energy", end=day(3)).to_csv() == before.to_csv()


def test_as_of_is_the_same_before_and_after_an_upgrade(tmp_path: Path) -> None:
    path = fill(tmp_path / "world.db", items("old", 0, 4))
    before = series(path, groups="energy", as_of=day(3))
    fill(path, items("new", 10, 6), revision=NEWER)
    assert series(path, groups="energy", as_of=day(3)).to_csv() == before.to_csv()


def test_from_alone_changes_neither_the_revision_nor_a_value(upgraded: Path) -> None:
    whole = series(upgraded, groups="energy")
    assert set(whole["revision"]) == {NEWER}
    cut = series(upgraded, groups="energy", start=day(12))
    kept = whole[whole["period"] >= cut["period"].iloc[0]]
    assert kept.reset_index(drop=True).to_csv() == cut.to_csv()


def test_what_only_others_read_is_not_told_as_no_news(
    upgraded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--db", str(upgraded), "export", *WINDOW, "--revision", NEWER]
    assert main(command) == 0
    told = capsys.readouterr().err
    assert "4 texts of these periods only other analysis revisions have read" in told
    assert "analyze --again" in told
    assert "no news" not in told
    # Periods that nobody wrote about are quiet, whoever read the others.
    command = ["--db", str(upgraded), "export", "--from", "2024-01-06", "--to", "2024-01-07"]
    assert main([*command, "--revision", REVISION]) == 0
    assert "no news of these groups" in capsys.readouterr().err


def test_a_picture_of_what_only_others_read_says_so(
    upgraded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = str(tmp_path / "out.png")
    command = ["--db", str(upgraded), "plot", "heatmap", *WINDOW, "--output", target]
    assert main([*command, "--revision", NEWER]) != 0
    assert "4 texts of the window only other analysis revisions" in capsys.readouterr().err
