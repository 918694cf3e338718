"""Which revision a series shows after an upgrade, and that what it leaves out is no quiet."""

from __future__ import annotations

import json
import logging
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from rotascope import series
from rotascope.cli.main import main
from rotascope.store import Store
from rotascope.store.schema import text_versions
from tests.series.worlds import REVISION, START, Item, add_analysis, fill, opinion

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


def read_again(path: Path, past: list[Item], count: int) -> Path:
    """The first `count` texts of `past`, which are the store's first ones, by the new revision."""
    with Store.open(path) as store, store.engine.begin() as connection:
        ids = connection.scalars(sa.select(text_versions.c.id).order_by(text_versions.c.id))
        for version, item in zip(ids.all()[:count], past, strict=False):
            add_analysis(connection, item, version, NEWER, "x" * 20)
    return path


def shown(path: Path, **asked: object) -> set[str]:
    return set(series(path, groups="energy", **asked)["revision"])  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [0, 8, 9, 10, 19])
def test_in_the_middle_of_a_re_analysis_the_table_stays_as_it_was(
    tmp_path: Path, count: int, caplog: pytest.LogCaptureFixture
) -> None:
    """From 9 on the new revision has read as much as the old, but with holes in the past."""
    past = items("old", 0, 20)
    path = fill(tmp_path / "world.db", past)
    before = series(path, groups="energy").to_csv()
    fill(path, items("new", 20, 11), revision=NEWER)
    read_again(path, past, count)
    with caplog.at_level(logging.WARNING):
        assert series(path, groups="energy").to_csv() == before
    (told,) = caplog.messages
    assert f"shows analysis revision {REVISION}: it has read 20 of the 31 texts" in told
    assert f"the newest, {NEWER}, has read {11 + count}" in told
    assert "once `rotascope analyze --again` is through" in told


def test_a_re_analysis_is_shown_once_it_is_through(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    past = items("old", 0, 20)
    path = fill(tmp_path / "world.db", past)
    fill(path, items("new", 20, 11), revision=NEWER)
    read_again(path, past, 20)
    with caplog.at_level(logging.WARNING):
        table = series(path, groups="energy")
    assert set(table["revision"]) == {NEWER}
    assert table["n_articles"].tolist() == [1] * 31
    assert not caplog.text


def test_a_table_up_to_a_day_changes_over_once_all_up_to_it_is_read_again(tmp_path: Path) -> None:
    past = items("old", 0, 20)
    path = fill(tmp_path / "world.db", past)
    fill(path, items("new", 20, 11), revision=NEWER)
    read_again(path, past, 12)
    for limit in ("end", "as_of"):
        assert shown(path, **{limit: day(11)}) == {NEWER}
        assert shown(path, **{limit: day(12)}) == {REVISION}


def test_a_revision_that_is_shown_stays_so_while_it_reads_the_past(tmp_path: Path) -> None:
    """It has read more besides than the old one in all: no way back and forth."""
    past = items("old", 0, 4)
    path = fill(tmp_path / "world.db", past)
    fill(path, items("new", 10, 6), revision=NEWER)
    for count in (0, 1, 3, 4):
        target = tmp_path / f"{count}.db"
        shutil.copy(path, target)
        assert shown(read_again(target, past, count)) == {NEWER}, count


def test_texts_that_are_not_kept_hold_up_no_change(tmp_path: Path) -> None:
    """What can be read again is: then the one that has read most is shown, as after an upgrade."""
    past = items("old", 0, 20)
    path = fill(tmp_path / "world.db", past)
    fill(path, items("new", 20, 11), revision=NEWER)
    read_again(path, past, 15)
    assert shown(path) == {REVISION}
    with Store.open(path) as store:
        store.drop_texts(range(16, 21))
    assert shown(path) == {NEWER}


def test_why_explains_the_point_in_the_revision_of_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As of a period's end, or up to it, another revision may have read most."""
    past = items("old", 0, 4)
    path = fill(tmp_path / "world.db", past)
    fill(path, items("new", 10, 6), revision=NEWER)
    read_again(path, past, 1)

    def told(*options: str) -> str:
        command = ["--db", str(path), "why", "energy", "--period", "2024-01-01", *options]
        assert main([*command, "--json"]) == 0
        return str(json.loads(capsys.readouterr().out)["revision"])

    for options, asked in (
        ((), {}),
        (("--as-of", "period-end"), {"as_of": "period-end"}),
        (("--to", "2024-01-03"), {"end": "2024-01-03"}),
        (("--to", "2024-01-03", "--as-of", "period-end"), {"end": day(2), "as_of": "period-end"}),
    ):
        assert {told(*options)} == shown(path, **asked), options
    assert told("--to", "2024-01-03") == REVISION
    assert told("--as-of", "period-end") == NEWER
