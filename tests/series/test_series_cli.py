"""`rotascope export` and `rotascope why`, as a person or a script calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from rotascope.cli.main import main
from rotascope.config import load_settings
from rotascope.store import Store
from rotascope.store.schema import revisions
from rotascope.timeseries.api import series
from rotascope.timeseries.spoken import groups_revision
from tests.series.worlds import START, Item, fill, opinion, random_items


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return fill(tmp_path / "world.db", random_items(4, 40))


def run(db: Path, *args: str) -> int:
    return main(["--db", str(db), *args])


def test_points_to_standard_output(db: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(db, "export", "--groups", "energy,utilities") == 0
    out = capfdbinary.readouterr().out.decode()
    assert out.splitlines()[0].startswith("period,group,kind,score,lo,hi,n_articles")
    assert out.splitlines()[1].startswith("2024-01-0")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("--from 2031-01-01 --to 2031-01-02", "no news of these groups in these periods"),
        ("--from 2031-01-01 --wide", "no news of these groups in these periods"),
        (
            "--what flows --from 2031-01-01",
            "note: no flow in these periods; articles run from 2024",
        ),
        ("", ""),
    ],
)
def test_a_window_beside_the_data_is_told(
    db: Path, capfd: pytest.CaptureFixture[str], asked: str, told: str
) -> None:
    assert run(db, "export", *asked.split()) == 0
    shown = capfd.readouterr()
    assert told in shown.err
    assert bool(shown.err) == bool(told)
    assert shown.out.startswith("period")


def test_a_dash_is_standard_output(
    db: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert run(db, "export", "--groups", "energy", "-o", "-") == 0
    assert capfdbinary.readouterr().out.startswith(b"period,group,kind")
    assert run(db, "report", "-") == 0
    assert capfdbinary.readouterr().out.lower().startswith(b"<!doctype html>")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["rep.txt", "rep.pdf", "rep.svg"])
def test_a_report_is_called_html(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert run(db, "report", str(tmp_path / name)) == 2
    assert "the report is an HTML page; name it rep.html" in capsys.readouterr().err
    assert not (tmp_path / name).exists()


def test_flows_to_a_file(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "flows.json"
    assert run(db, "export", "--what", "flows", "--freq", "W", "--output", str(target)) == 0
    rows = json.loads(target.read_text())
    assert {"from", "to", "asserted", "strength"} <= set(rows[0])
    assert "rows" in capsys.readouterr().err


def test_every_option_reaches_the_series(db: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.parquet"
    options = (
        "--from 2024-01-03 --to 2024-01-09 --freq S --groups sectors --as-of 2024-01-08"
        " --calendar XNYS --half-life 3 --shrinkage 1 --min-count 2 --window 4"
        " --wide --values level"
    )
    assert run(db, "export", *options.split(), "-o", str(target)) == 0
    table = pd.read_parquet(target)
    assert table["period"].min() >= pd.Timestamp("2024-01-03")
    assert table["timezone"].unique().tolist() == ["America/New_York"]
    assert "energy.level" in table
    assert "energy" not in table


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        ("export --groups enrgy", 2, "did you mean energy"),
        ("export --from 2024-02-01 --to 2024-01-01", 2, "swap them"),
        ("export --window 500", 2, "longer than the data"),
        ("export --from someday", 2, "no date or time"),
        ("export --format doc", 2, "unknown format"),
        ("export --output {folder}/none/out.csv", 1, "is no folder"),
        ("export --output {folder}/there.csv", 2, "--force"),
        ("export --revision nope", 2, "no analyses of revision"),
        ("export --as-of 1999-01-01", 1, "no analysed article was seen"),
        ("why enrgy --period 2024-01-03", 2, "did you mean energy"),
        ("why energy --period 2031-01-01", 2, "the data runs from"),
        ("why sectors --period 2024-01-03", 2, "name one group"),
        (
            "why energy --period 2024-01",
            2,
            "names a month, which has several periods; add",
        ),
        ("why energy --period 2024 --freq M", 2, "names a year, which has several periods"),
        ("export --groups tech", 2, "it stands for information_technology"),
    ],
)
def test_bad_input_names_cause_and_mend(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], args: str, code: int, told: str
) -> None:
    (tmp_path / "there.csv").write_text("mine")
    assert run(db, *args.format(folder=tmp_path).split()) == code
    assert told in capsys.readouterr().err
    assert (tmp_path / "there.csv").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert run(db, "export", "--output", str(locked / "out.csv")) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_no_store_and_an_empty_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none.db", "export") == 1
    assert not (tmp_path / "none.db").exists()
    Store.open(tmp_path / "empty.db").close()
    assert run(tmp_path / "empty.db", "export") == 1
    assert "rotascope ingest" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["points", "flows"])
def test_restarts_and_threads_change_no_byte(db: Path, tmp_path: Path, what: str) -> None:
    written = []
    for seed, threads in (("1", "1"), ("2", "4")):
        target = tmp_path / f"{seed}.parquet"
        words = ["--db", str(db), "export", "--what", what, "--groups", "all"]
        subprocess.run(
            [sys.executable, "-m", "rotascope.cli.main", *words, "--output", str(target)],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads},
            check=True,
        )
        written.append(target.read_bytes())
    assert written[0] == written[1]


def test_what_other_revisions_analysed_is_told(db: Path, tmp_path: Path) -> None:
    fill(db, [Item("new", START, {"energy": opinion(0.1)})], revision="bbbbbbbbbbbb")
    for words in (["export"], ["report", str(tmp_path / "out.html")]):
        command = [sys.executable, "-m", "rotascope.cli.main", "--db", str(db), *words]
        told = subprocess.run(command, capture_output=True, check=True, text=True).stderr
        assert told.count("it has read 40 of the 41 texts") == 1
        assert "`rotascope analyze --again`" in told


@pytest.mark.parametrize("group", ["energy", "value-growth", "NVDA"])
@pytest.mark.parametrize("shrinkage", ["0", "2.5"])
def test_why_adds_up_to_the_point(
    db: Path, capsys: pytest.CaptureFixture[str], group: str, shrinkage: str
) -> None:
    table = series(db, groups=[group], freq="W", shrinkage=float(shrinkage))
    for row in table.dropna(subset=["score"]).to_dict("records"):
        period = str(row["period"].date())
        options = ["--period", period, "--freq", "W", "--shrinkage", shrinkage, "--json"]
        assert run(db, "why", group, *options) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["score"] == row["score"]
        total = sum(reason["contribution"] for reason in found["evidence"])
        assert total == pytest.approx(row["score"], abs=1e-9)
        for direction, column in (("in", "inflow"), ("out", "outflow")):
            claims = [claim for claim in found["claims"] if claim["direction"] == direction]
            total = sum(claim["contribution"] for claim in claims)
            assert total == pytest.approx(row[column] if row[column] == row[column] else 0.0)
        told = [reason for reason in found["evidence"] if reason["source"] != "shrinkage"]
        assert (len(told) < len(found["evidence"])) == (shrinkage != "0")
        assert all(reason["url"] and reason["sentence"] and reason["title"] for reason in told)


def test_why_for_a_person_and_hostile_titles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "\x1b[31mRed\u202e alert\nsecond line"
    item = Item("a", START, {"energy": opinion(0.4)}, text="Oil rose.", title=title)
    db = fill(tmp_path / "world.db", [item])
    assert run(db, "why", "energy", "--period", "2024-01-01", "--limit", "1") == 0
    out = capsys.readouterr().out
    assert "energy, 2024-01-01: +0.400" in out
    assert "Oil rose." in out
    assert "from 1 more" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_why_tells_the_claims_of_flows_and_what_a_score_is_towards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two claims of one story: the stronger counts, the other is shown with nothing."""
    text = "Oil fell as money left energy for utilities."
    claims = [("energy", "utilities", "asserted", 0.9), ("energy", None, "hypothetical", 0.5)]
    item = Item("a", START, {"energy": opinion(-0.4)}, text=text, claims=claims)
    copy = Item(
        "b", START + timedelta(hours=1), {"energy": opinion(-0.4)}, text=text, claims=claims
    )
    db = fill(tmp_path / "world.db", [item, copy])
    asked = ["--period", "2024-01-01"]
    assert run(db, "why", "energy", *asked) == 0
    out = capsys.readouterr().out
    assert "1 story, 2 articles" in out
    assert ", towards “Oi”" in out  # the worlds' evidence marks the first two letters
    assert "-0.4000 in all" in out
    assert "Flows: in 0.00, out 0.90" in out
    assert "out 0.90: energy -> utilities, asserted, confidence 0.90" in out
    assert "out 0.00: energy -> …, hypothetical, confidence 0.50" in out
    assert run(db, "why", "utilities-energy", *asked, "--json") == 0
    (claim,) = json.loads(capsys.readouterr().out)["claims"]
    assert (claim["direction"], claim["from"], claim["to"]) == ("in", "energy", "utilities")
    assert claim["contribution"] == pytest.approx(0.9)
    assert claim["sentence"] == text[:10]


def test_why_explains_a_point_of_a_period_end_series(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = Item("late", START, {"energy": opinion(-0.6)}, seen=START + timedelta(days=2))
    db = fill(tmp_path / "world.db", [Item("in time", START, {"energy": opinion(0.4)}), late])
    asked = ["energy", "--period", "2024-01-01", "--json", "--as-of"]
    for as_of, score in (("2024-01-04", -0.1), ("period-end", 0.4)):
        assert run(db, "why", *asked, as_of) == 0
        assert json.loads(capsys.readouterr().out)["score"] == pytest.approx(score, abs=0.01)
    assert run(db, "report", str(tmp_path / "r.html"), "--as-of", "period-end") == 2
    assert "period-end is for a series" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["export", "plot", "report", "why"])
def test_help_names_the_verbs_that_take_period_end(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, "--help"]) == 0
    assert "`period-end` (export, plot, why): each" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("groups", "told"), [("custom", "custom names no group"), (" ,", "groups names none")]
)
def test_groups_that_name_nothing_are_wrong_usage(
    db: Path, capsys: pytest.CaptureFixture[str], groups: str, told: str
) -> None:
    assert run(db, "export", "--groups", groups) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("groups", ["mine", "energy,mine", "custom"])
def test_a_group_newer_than_the_revision_shown_is_told(
    db: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    groups: str,
) -> None:
    """It is not without news: nobody has looked.  Read with it, it is."""
    config = tmp_path / "mine.yaml"
    config.write_text("groups: {mine: {words: [strong demand]}}")
    asked = ["--config", str(config), "export", "--from", "2031-01-01", "--groups", groups]
    assert run(db, *asked) == 0
    assert "has no news of mine; `rotascope analyze --again` reads it" in caplog.text
    assert "no news of these groups" not in capfd.readouterr().err
    caplog.clear()
    with Store.open(db) as store, store.engine.begin() as connection:
        hashed = groups_revision(load_settings(config))
        connection.execute(sa.update(revisions).values(groups=hashed))
    assert run(db, *asked) == 0
    assert "no news of these groups in these periods" in capfd.readouterr().err
    assert "has no news of mine" not in caplog.text


def test_why_where_there_is_no_news(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "why", "real_estate", "--period", "2024-01-03") == 0
    assert "no score; 0 stories" in capsys.readouterr().out
