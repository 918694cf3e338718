"""`rotascope analyze`: what could not be analysed is told, listed and tried again."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from rotascope.cli.analyze import _print_failures
from rotascope.store import Store
from rotascope.store.analyses import Failure
from rotascope.store.schema import analyses, text_versions
from tests.cli.conftest import Run

LONG = ("Investors left technology for utilities. " * 4).rstrip()
SHORT = "Oil stocks rose."


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """One text that is short enough and one that is too long, until the limit is lifted."""
    monkeypatch.setattr("rotascope.analysis.MAX_CHARS", 100)
    path = tmp_path / "old.jsonl"
    rows = [
        {"url": f"https://news.test/{n}?token=hunter2pass", "text": text, "published": "2026-03-02"}
        for n, text in enumerate((SHORT, LONG))
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    return str(path)


def test_ingest_tells_what_could_not_be_analysed_and_what_shows_it(run: Run, archive: str) -> None:
    code, out, _ = run("ingest", "--archive", archive)
    assert code == 0
    told = "1 text analysed, 1 could not be (`rotascope analyze --failed` lists them)"
    assert f"{told}\n" in out
    assert "1 text; `rotascope analyze --failed` lists them" in run("info")[1]
    store = json.loads(run("info", "--json")[1])["store"]
    assert store["failed"] == 1
    assert [(row["analyses"], row["shown"]) for row in store["revisions"]] == [(2, True)]
    assert "2 texts, shown by the series" in run("info")[1]


def test_ingest_counts_it_in_json(run: Run, archive: str) -> None:
    found = json.loads(run("ingest", "--archive", archive, "--json")[1])
    assert (found["analyzed"], found["not_analyzed"]) == (1, 1)


def test_failed_texts_are_listed_tried_again_and_gone_once_they_work(
    run: Run, archive: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run("ingest", "--archive", archive)
    code, out, err = run("analyze", "--failed")
    assert (code, out.startswith("analysed 0 texts, 1 could not be (revision")) == (0, True)
    assert "news.test/1" in err
    assert "characters, more than 100" in err
    assert "hunter2pass" not in err
    found = json.loads(run("analyze", "--failed", "--json")[1])
    assert found["failed"] == 1
    assert [row["url"] for row in found["failures"]] == ["https://news.test/1?token=hunter2pass"]
    assert json.loads(run("analyze", "--json")[1])["failed"] == 0, "not tried again unasked"
    monkeypatch.setattr("rotascope.analysis.MAX_CHARS", 1000)
    assert run("analyze", "--failed")[1].startswith("analysed 1 text (revision")
    assert json.loads(run("analyze", "--failed", "--json")[1])["failures"] == []
    with Store.open(tmp_path / "news.db") as store:
        assert (store.info().failed, store.info().rows["analyses"]) == (0, 2)


def test_a_title_among_them_gives_the_terminal_no_orders(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _print_failures([Failure(None, "Oil \x1b[2Jstocks", "too long")])
    assert capsys.readouterr().err == "Oil [2Jstocks: too long\n"


def test_a_text_that_failed_is_kept_where_texts_are_not(
    run: Run, archive: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Else nothing could try it again; it goes once it is analysed."""

    def kept() -> list[str]:
        with Store.open(tmp_path / "news.db") as store, store.connect() as connection:
            texts = connection.scalars(sa.select(text_versions.c.text))
            return [text for text in texts if text is not None]

    monkeypatch.setenv("ROTASCOPE_STORE__KEEP_TEXT", "false")
    run("ingest", "--archive", archive)
    assert kept() == [LONG]
    assert json.loads(run("analyze", "--failed", "--json")[1])["failed"] == 1
    assert kept() == [LONG]
    monkeypatch.setattr("rotascope.analysis.MAX_CHARS", 1000)
    assert json.loads(run("analyze", "--failed", "--json")[1])["analyzed"] == 1
    assert kept() == []


def test_texts_that_only_older_revisions_cover_are_told_until_analyze_again(
    run: Run, tmp_path: Path
) -> None:
    """As after an upgrade: the texts of before were read by another revision."""

    def ingest(name: str) -> tuple[int, str, str]:
        path = tmp_path / f"{name}.jsonl"
        row = {"url": f"https://news.test/{name}", "text": SHORT, "published": "2026-03-02"}
        path.write_text(json.dumps(row))
        return run("ingest", "--archive", str(path), "--json")

    assert ingest("old")[2] == ""
    assert "only older" not in run("info")[1]
    with Store.open(tmp_path / "news.db") as store, store.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO revisions (id, model, model_revision, rules, gazetteer, groups,"
            " created_at) SELECT 'before', model, model_revision, rules, gazetteer, groups,"
            " created_at - 1 FROM revisions"
        )
        connection.execute(sa.update(analyses).values(revision_id="before"))
    code, out, err = ingest("new")
    assert (code, json.loads(out)["analyzed"]) == (0, 1)
    assert err.startswith("note: 1 text is analysed by older revisions only; `rotascope analyze ")
    present = json.loads(run("analyze", "--json")[1])["revision"]
    assert f"`rotascope analyze --again` takes the present one, {present}" in err
    store_info = json.loads(run("info", "--json")[1])["store"]
    assert (store_info["present"], store_info["only_older"]) == (present, 1)
    told = " ".join(run("info")[1].split())
    assert f"1 text that analysis revision {present} has not read" in told
    assert f"analysis revision {present} " in told
    assert len(re.findall("model revision", told)) == 1
    assert run("analyze")[2].startswith("note: 1 text is analysed by older revisions only")
    assert run("analyze", "--again")[2] == ""
    assert json.loads(run("info", "--json")[1])["store"]["only_older"] == 0
    assert "only older" not in run("info")[1]
