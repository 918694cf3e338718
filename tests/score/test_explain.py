"""`rotascope explain`: every mention with how it was found, every look-alike with why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

TEXT = (
    "Shares of Nvidia (NASDAQ: NVDA) slumped while utilities gained. "
    "The orchard sold its last apple on Friday."
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_mentions_say_how_they_were_found(run: Run, article: Path) -> None:
    told = json.loads(run("explain", article, "--json").out)
    mentions = {(row["symbol"] or row["groups"][0]): row for row in told["mentions"]}
    assert set(mentions) == {"NVDA", "utilities"}
    for row in told["mentions"]:
        assert row["method"]
        assert 0 < row["confidence"] <= 1
        assert TEXT[row["start"] : row["end"]] == row["text"]


def test_evidence_of_a_group_adds_up(run: Run, article: Path) -> None:
    weights: dict[str, float] = {}
    for row in json.loads(run("explain", article, "--json").out)["evidence"]:
        weights[row["group"]] = weights.get(row["group"], 0.0) + row["weight"]
    assert weights == pytest.approx(dict.fromkeys(weights, 1.0))


def test_names_of_groups_are_not_cut_short(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    file = tmp_path / "a.txt"
    file.write_text("Shares of Walt Disney (NYSE: DIS) and Amazon fell after the announcement.")
    out = run("explain", file).out
    assert "communication_services" in out
    assert "consumer_discretionary" in out
    assert "…" not in out


def test_for_a_person(run: Run, article: Path) -> None:
    out = run("explain", article).out
    assert out.index("Linked") < out.index("NVDA") < out.index("Turned down")
    assert "Linked" in run("score", article, "--explain").out
