"""Figures against values worked out by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from rotascope.cli.main import cli
from rotascope.errors import UsageError
from rotascope.evaluate.run import evaluate
from rotascope_models import metrics
from rotascope_models.fake import WordModel


def test_confusion_accuracy_and_macro_f1() -> None:
    table = metrics.confusion([0, 0, 1, 2, 2, 2], [0, 1, 1, 2, 2, 0])
    assert table.tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 2]]
    assert metrics.accuracy(table) == pytest.approx(4 / 6)
    # F1: negative 2/4, neutral 2/3, positive 4/5
    assert metrics.label_f1(table) == pytest.approx([0.5, 2 / 3, 0.8])
    assert metrics.macro_f1(table) == pytest.approx((0.5 + 2 / 3 + 0.8) / 3)


def test_a_label_that_does_not_occur_is_left_out_of_the_mean() -> None:
    assert metrics.macro_f1(metrics.confusion([0, 1], [0, 1])) == 1.0


def test_no_rows_give_no_figure() -> None:
    empty = metrics.confusion([], [])
    assert math.isnan(metrics.accuracy(empty))
    assert math.isnan(metrics.macro_f1(empty))
    assert math.isnan(metrics.ece(np.zeros((0, 3)), []))


def test_ece_is_the_weighted_gap_of_confidence_and_accuracy() -> None:
    p = [[0.9, 0.1, 0.0], [0.9, 0.1, 0.0], [0.2, 0.6, 0.2], [1.0, 0.0, 0.0]]
    # bin 0.9-1: confidence 0.9, 0.9, 1.0 and two of three right; bin 0.6-0.7: 0.6 and right
    want = (abs(2.8 - 2) + abs(0.6 - 1)) / 4
    assert metrics.ece(p, [0, 2, 1, 0]) == pytest.approx(want)


def test_cosine() -> None:
    assert metrics.cosine([1, 0], [1, 1]) == pytest.approx(1 / math.sqrt(2))
    assert math.isnan(metrics.cosine([0, 0], [1, 1]))


def test_conflict_rows_are_those_of_texts_whose_labels_differ() -> None:
    assert metrics.conflict_rows(["a", "a", "b", "b", "c"], [0, 2, 1, 1, 0]) == [0, 1]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        {"text": "Banks rose, chips fell", "start": 0, "end": 5, "label": "positive"},
        {"text": "Banks rose, chips fell", "start": 12, "end": 17, "label": "negative"},
        {"text": "Retail rose", "start": 0, "end": 6, "label": "negative"},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_targets_are_scored_one_by_one(file: Path) -> None:
    got = evaluate(file, WordModel(), reference=WordModel())
    assert (got["task"], got["n"], got["accuracy"]) == ("targeted", 3, pytest.approx(0.6667))
    assert got["conflict"] == {"n": 2, "accuracy": 1.0, "macro_f1": 1.0}
    assert got["confusion"] == [[1, 0, 1], [0, 0, 0], [0, 0, 1]]
    assert got["reference"]["labels_equal"] == 1.0
    assert got["reference"]["largest_difference"] == 0.0


def test_as_sentences_a_text_counts_once_and_one_that_disagrees_not_at_all(file: Path) -> None:
    got = evaluate(file, WordModel(), task="sentence")
    assert (got["n"], got["skipped"], got["accuracy"]) == (1, 2, 0.0)


def test_a_file_without_targets_cannot_be_scored_by_target(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "Sales rose", "label": "positive"}', encoding="utf-8")
    assert evaluate(path, WordModel())["task"] == "sentence"
    with pytest.raises(UsageError, match="--task sentence"):
        evaluate(path, WordModel(), task="targeted")


def test_semeval_gives_a_cosine(tmp_path: Path) -> None:
    path = tmp_path / "headlines.json"
    items = [{"title": "Sales rose", "sentiment": 0.5}, {"title": "Sales fell", "sentiment": -0.5}]
    path.write_text(json.dumps(items), encoding="utf-8")
    assert evaluate(path, WordModel())["cosine"] == 1.0


def test_semeval_counts_every_row_under_either_task(tmp_path: Path) -> None:
    path = tmp_path / "headlines.json"
    title = "Acme rose, Bolt fell"
    items = [
        {"title": title, "company": "Acme", "sentiment": 0.5},
        {"title": title, "company": "Bolt", "sentiment": -0.5},
        {"title": title, "company": "Bolt", "sentiment": -0.5},
        {"title": "Shops slumped", "company": "Nobody", "sentiment": -0.5},
    ]
    path.write_text(json.dumps(items), encoding="utf-8")
    targeted = evaluate(path, WordModel())
    assert (targeted["task"], targeted["n"], targeted["skipped"]) == ("targeted", 4, 0)
    assert targeted["cosine"] == 1.0
    whole = evaluate(path, WordModel(), task="sentence")
    # said: up, up, up, down; wanted: up, down, down, down
    assert (whole["n"], whole["skipped"], whole["cosine"]) == (4, 0, 0.0)


def test_figures_name_what_computed_them(file: Path) -> None:
    got = evaluate(file, WordModel(), reference=WordModel())
    for figures in (got, got["reference"]):
        assert (figures["model"], figures["revision"]) == ("word-model", "1")
        assert figures["backend"] is figures["precision"] is None


def test_the_command_names_a_file_that_is_missing(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["evaluate", "--data", str(tmp_path / "no.jsonl")])
    assert result.exit_code != 0
    assert "no.jsonl" in (result.output + str(result.exception))
