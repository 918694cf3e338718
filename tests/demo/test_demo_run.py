"""The demo as a user runs it, and the verbs `plot` and `report` on the store it leaves."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import httpx
import pandas as pd
import pytest

from rotascope.cli.main import main
from rotascope.demo.run import PICTURES, STORE, pages_again
from rotascope.errors import ExportError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one run of the demo, which is not the first run into it."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    folder.mkdir()
    (folder / STORE).write_text("left over from a run that was killed")
    (folder / "own.txt").write_text("the user's own")
    assert main(["demo", "--output", str(folder), "--no-open"]) == 0
    return folder


@pytest.fixture
def db(output: Path) -> str:
    """The demo's store."""
    return str(output / STORE)


def test_it_writes_exports_pictures_and_report_and_nothing_else(output: Path) -> None:
    tables = {f"{what}.{form}" for what in ("points", "flows") for form in ("csv", "parquet")}
    wanted = {*tables, *(f"{kind}.png" for kind in PICTURES), "report.html", STORE, "own.txt"}
    assert {path.name for path in output.iterdir()} == wanted
    assert all(path.stat().st_size > 0 for path in output.iterdir())


def test_it_tells_of_the_rotation_and_of_its_reversal(output: Path) -> None:
    points = pd.read_parquet(output / "points.parquet")
    score = points.pivot_table(index="period", columns="group", values="score")
    rotation, reversal = pd.Timestamp("2026-01-19"), pd.Timestamp("2026-02-16")
    for group, sign in (("information_technology", -1), ("industrials", 1), ("utilities", 1)):
        assert sign * score.loc[rotation, group] > 0.1, group
        assert sign * score.loc[reversal, group] < -0.1, group
    flows = pd.read_parquet(output / "flows.parquet")
    strength = flows.groupby(["period", "from", "to"])["strength"].sum()
    assert strength[rotation, "information_technology", "industrials"] > 0.5
    assert strength[reversal, "industrials", "information_technology"] > 0.5


def test_copies_count_once_and_the_edit_is_a_second_version(db: str) -> None:
    with sqlite3.connect(db) as connection:
        count = connection.execute("select count(*) from articles").fetchone()[0]
        versions = connection.execute("select count(*) from text_versions").fetchone()[0]
    assert (count, versions) == (50, 51)


def test_the_report_has_sentences_and_their_sources(output: Path) -> None:
    page = (output / "report.html").read_text("utf-8")
    assert "50 articles telling 4" in page
    match = re.search(r'<script type="application/json" id="book">(.*?)</script>', page)
    assert match
    book = json.loads(match.group(1))
    cell = book["cells"]["flow/information_technology/industrials/2026-01-19"]
    quote = cell["quotes"][0]
    assert "industrials" in quote["text"]
    assert book["sources"][quote["source"]]["url"].startswith("http://127.0.0.1:")
    shares = [
        sum(quote["weight"] for quote in found["quotes"])
        for key, found in book["cells"].items()
        if key.startswith("score/")
    ]
    assert max(shares) <= 1.001
    assert len(page.encode()) < 3_000_000


def test_a_sentence_weighs_in_the_report_what_it_weighs_in_why(
    output: Path, db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["why", "industrials", "--period", "2026-01-19", "--freq", "W", "--json"]
    assert main(["--db", db, *asked]) == 0
    told = json.loads(capsys.readouterr().out)
    page = (output / "report.html").read_text("utf-8")
    match = re.search(r'id="book">(.*?)</script>', page)
    assert match
    quotes = json.loads(match.group(1))["cells"]["score/industrials/2026-01-19"]["quotes"]
    weights: dict[str, float] = {}
    for row in told["evidence"]:
        text = " ".join((row["sentence"] or "").split())
        weights[text] = weights.get(text, 0.0) + row["weight"]
    for quote in quotes:
        assert quote["weight"] == pytest.approx(weights[quote["text"]], abs=1e-3)


def test_the_pages_can_be_served_again_where_the_report_s_links_point(output: Path) -> None:
    page = (output / "report.html").read_text("utf-8")
    link = re.search(r"http://127\.0\.0\.1:(\d+)/wire/2026/02/06/overdone\.html", page)
    assert link
    with pages_again(int(link.group(1))) as server:
        assert "(updated)" in httpx.get(link.group(0)).text
        with pytest.raises(ExportError, match="is taken"):
            pages_again(server.port)


def test_an_older_moment_is_replayed(db: str, tmp_path: Path) -> None:
    page = tmp_path / "then.html"
    asked = ["report", str(page), "--freq", "W", "--as-of", "2026-01-31"]
    assert main(["--db", db, *asked]) == 0
    text = page.read_text("utf-8")
    assert "as known at 2026-01-31" in text
    assert "2026-02-" not in text


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("form", ["png", "svg"])
def test_plot_writes_each_kind(db: str, tmp_path: Path, kind: str, form: str) -> None:
    path = tmp_path / f"picture.{form}"
    options = ["--freq", "W", "--dark", "--width", "500"]
    assert main(["--db", db, "plot", kind, "-o", str(path), *options]) == 0
    assert path.read_bytes().startswith(b"\x89PNG" if form == "png" else b"<svg")


def test_plot_takes_groups_and_dates(db: str, tmp_path: Path) -> None:
    path = tmp_path / "some.svg"
    asked = ["--freq", "W", "--groups", "energy,NVDA,value-growth", "--from", "2026-01-19"]
    assert main(["--db", db, "plot", "heatmap", "-o", str(path), *asked]) == 0
    text = path.read_text("utf-8")
    for name in ("Energy", "NVDA", "Value − Growth", "26 Jan"):
        assert f">{name}<" in text
    assert ">5 Jan<" not in text
    assert ">Utilities<" not in text


def test_the_rotation_graph_names_the_periods_of_its_points(db: str, tmp_path: Path) -> None:
    path = tmp_path / "some.svg"
    asked = ["--freq", "W", "--tail", "1", "--to", "2026-02-23"]
    assert main(["--db", db, "plot", "rotation", "-o", str(path), *asked]) == 0
    told = "The week of 16 February 2026 to the week of 23 February 2026"
    assert told in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (["plot", "heatmap", "-o", "{new}.gif"], 2, ".png or .svg"),
        (["plot", "heatmap", "-o", "{there}"], 2, "--force"),
        (["plot", "heatmap", "-o", "{missing}/a.png"], 1, "make it first"),
        (["plot", "heatmap", "-o", "{new}.png", "--groups", "utilitys"], 2, "utilities"),
        (["plot", "heatmap", "-o", "{new}.png", "--freq", "W", "--to", "2025-01-01"], 2, ""),
        (["plot", "flows", "-o", "{new}.png", "--groups", "gold"], 2, "no flow"),
        (["plot", "rotation", "-o", "{new}.png", "--groups", "energy"], 2, "at least two"),
        (["plot", "rotation", "-o", "{new}.png", "--groups", "energy,CLX"], 2, "none for CLX;"),
        (
            ["plot", "heatmap", "-o", "{new}.png", "--freq", "H", "--from", "2025-06-01"],
            2,
            "--freq",
        ),
        (["plot", "circle", "-o", "{new}.png"], 2, "heatmap"),
        (["report", "{page}"], 2, "--force"),
        (["report", "{there}"], 2, "name it there.html"),
        (["report", "{folder}"], 1, "folder"),
        (["report", "{missing}/a.html"], 1, "make it first"),
        (["report", "{new}.html", "--groups", "utilitys"], 2, "utilities"),
        (["report", "{new}.html", "--from", "2026-02-01", "--to", "2026-01-01"], 2, "after"),
        (["report", "{new}.html", "--freq", "H", "--from", "2026-01-05"], 2, "longer --freq"),
        (["report", "{new}.html", "--as-of", "2020-01-01"], 1, "--as-of"),
    ],
)
def test_bad_input_names_the_cause(
    db: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    asked: list[str],
    code: int,
    words: str,
) -> None:
    there, page = tmp_path / "there.png", tmp_path / "page.html"
    for path in (there, page):
        path.write_text("mine")
    places = {
        "new": "new",
        "there": there.name,
        "page": page.name,
        "missing": "none",
        "folder": ".",
    }
    spots = {name: str(tmp_path / place) for name, place in places.items()}
    assert main(["--db", db, *(part.format(**spots) for part in asked)]) == code
    assert words in capsys.readouterr().err
    assert (there.read_text(), page.read_text()) == ("mine", "mine")
    assert sorted(tmp_path.iterdir()) == [page, there]


def test_companies_and_pairs_have_their_evidence(db: str, tmp_path: Path) -> None:
    page = tmp_path / "own.html"
    asked = ["--freq", "W", "--groups", "NVDA,value-growth"]
    assert main(["--db", db, "report", str(page), *asked]) == 0
    match = re.search(r'id="book">(.*?)</script>', page.read_text("utf-8"))
    assert match
    cells = json.loads(match.group(1))["cells"]
    assert "Nvidia" in cells["score/NVDA/2026-02-23"]["quotes"][0]["text"]
    assert cells["score/value-growth/2026-02-23"]["quotes"]


def test_a_report_keeps_groups_without_news_that_were_named(db: str, tmp_path: Path) -> None:
    for groups, shown in (("NVDA,CLX", True), ("NVDA,tickers", False)):
        page = tmp_path / f"{groups}.html"
        assert main(["--db", db, "report", str(page), "--freq", "W", "--groups", groups]) == 0
        assert (">CLX<" in page.read_text("utf-8")) is shown


def test_force_replaces_a_file(db: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")
    assert main(["--db", db, "report", str(page), "--freq", "M", "--force"]) == 0
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_one_period_is_a_report(db: str, tmp_path: Path) -> None:
    page = tmp_path / "one.html"
    asked = ["--freq", "M", "--from", "2026-02-01", "--to", "2026-02-28"]
    assert main(["--db", db, "report", str(page), *asked]) == 0
    text = page.read_text("utf-8")
    assert "One period only" in text
    assert "· Feb 2026 ·" in text


def test_a_lone_group_has_no_rotation_graph(db: str, tmp_path: Path) -> None:
    for groups, shown in (("industrials", False), ("industrials,utilities", True)):
        page = tmp_path / f"{groups}.html"
        assert main(["--db", db, "report", str(page), "--freq", "W", "--groups", groups]) == 0
        assert ("Rotation graph" in page.read_text("utf-8")) is shown


@pytest.mark.parametrize("verb", ["report", "plot"])
def test_a_store_that_is_missing_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    out = str(tmp_path / "out")
    asked = ["report", f"{out}.html"] if verb == "report" else ["plot", "lines", "-o", f"{out}.png"]
    assert main(["--db", str(tmp_path / "no.db"), *asked]) == 1
    assert "no.db" in capsys.readouterr().err


def test_an_empty_store_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from rotascope.store import Store

    with Store.open(tmp_path / "empty.db"):
        pass
    assert main(["--db", str(tmp_path / "empty.db"), "report", str(tmp_path / "r.html")]) == 1
    assert "rotascope ingest" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["demo", "--output", str(tmp_path / "file" / "out")]) == 1
    assert "choose another --output" in capsys.readouterr().err
