"""Rows, pairs, soft labels and temperature, without any training."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rotascope_models.base import Example, Probabilities
from rotascope_models.errors import ModelError
from rotascope_models.training import bias, calibrate, data, distil, pairs


def row(text: str, start: int | None, end: int | None, label: int) -> data.Row:
    return data.Row(Example(text, start, end), label, "sentfin")


def test_a_whole_text_is_added_where_its_targets_agree() -> None:
    rows = [row("A up, B up", 0, 1, 2), row("A up, B up", 6, 7, 2), row("A up", 0, 1, 2)]
    rows += [row("A up, B off", 0, 1, 2), row("A up, B off", 6, 7, 0)]
    got = data.with_whole_texts(rows)
    assert [r.example.text for r in got[5:]] == ["A up, B up", "A up"]
    assert all(r.example.start is None for r in got[5:])


def test_a_share_of_whole_texts_takes_the_place_of_single_targets() -> None:
    rows = [row(f"A{i} up", 0, 2, 2) for i in range(200)]
    got = data.with_whole_texts(rows, share=0.4)
    assert len(got) == 200
    assert 50 < sum(r.example.start is None for r in got) < 110


def test_rows_are_written_as_they_are_read(tmp_path: Path) -> None:
    rows = [row("A up", 0, 1, 2), row("Nothing", None, None, 1)]
    data.write_rows(rows, tmp_path / "rows.jsonl")
    assert data.read_rows(tmp_path / "rows.jsonl", source="sentfin") == rows


def test_a_bad_row_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "A", "label": "neutral"}\n{"text": "A", "label": "fine"}\n')
    with pytest.raises(ModelError, match=r"rows.jsonl, line 2"):
        data.read_rows(path, source="x")


def test_data_that_are_not_there_say_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROTASCOPE_DATA", raising=False)
    with pytest.raises(ModelError, match="ROTASCOPE_DATA"):
        data.data_folder()


def test_leaks_are_found_whatever_case_and_spacing() -> None:
    assert data.leaked([row("A  Up", 0, 1, 2)], [row("a up", 0, 1, 2), row("b up", 0, 1, 2)]) == [
        "a up"
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Acme Motors deal helps banks", ["Acme Motors", "banks"]),
        ("Why $ACM and regional banks fell", ["$ACM", "regional banks"]),
        ("Acme rises https://t.co/AbCdEf", ["Acme"]),
        ("nothing to see here", []),
    ],
)
def test_spans_that_may_name_something(text: str, names: list[str]) -> None:
    assert [text[a:b] for a, b in pairs.spans(text)] == names


def test_other_spans_are_those_without_a_label() -> None:
    got = pairs.other_spans([row("Acme beats Bolt", 0, 4, 2)], most=3)
    assert got == [Example("Acme beats Bolt", 11, 15)]


def test_a_swapped_name_stands_where_the_target_stood() -> None:
    (swapped,) = pairs.swapped_rows([row("Shares of Acme rose", 10, 14, 2)], share=1.0)
    assert swapped.label == 2
    got = swapped.example
    assert got.start == 10
    assert got.text[got.start : got.end] not in ("", "Acme")
    assert got.text.replace(got.text[got.start : got.end], "Acme") == "Shares of Acme rose"


@pytest.fixture
def unlabelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """News of three texts: one long, one too short, one that is no text."""
    long = " ".join(
        f"Shares of Acme and Bolt moved {i} times on a day of much talk in New Haven."
        for i in range(9)
    )
    folder = tmp_path / "unlabelled"
    folder.mkdir()
    (tmp_path / "sentiment").mkdir()
    with gzip.open(folder / "finentity_news.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write(json.dumps({"a": long, "b": "Too short.", "c": 7}) + "\n")
    monkeypatch.setenv("ROTASCOPE_DATA", str(tmp_path))


@pytest.mark.usefixtures("unlabelled")
def test_passages_are_runs_of_sentences_with_two_targets_each() -> None:
    got = pairs.passages(most=100)
    assert len(got) == 6
    for one, other in zip(got[::2], got[1::2], strict=True):
        assert one.text == other.text
        assert (one.start, one.end) != (other.start, other.end)
        assert 150 <= len(one.text) <= 400
        assert one.text.count("Acme") == 3
    assert pairs.passages(most=3) == pairs.passages(most=4)[:3]


@pytest.mark.usefixtures("unlabelled")
def test_sentences_of_the_news_come_once_each() -> None:
    assert len({e.text for e in pairs.news(most=100)}) == len(pairs.news(most=100)) == 9


class Letters:
    """A tokenizer whose tokens are the letters."""

    def encode_batch(self, texts: list[str]) -> list[Letters.Encoding]:
        return [Letters.Encoding([ord(c) for c in t]) for t in texts]

    class Encoding:
        def __init__(self, ids: list[int]) -> None:
            self.ids = ids


def test_hard_and_soft_labels_are_mixed_where_both_are_there(tmp_path: Path) -> None:
    both, soft_only = Example("A up", 0, 1), Example("B up", 0, 1)
    logits = (0.0, 0.0, float(np.log(2)))  # probabilities 1/4, 1/4, 1/2
    soft = [distil.Soft(both, logits), distil.Soft(soft_only, logits)]
    hard = [row("A up", 0, 1, 2), row("C up", 0, 1, 0)]
    first, second, third = distil.items(Letters(), hard, soft, share=0.5)
    assert second.wanted == pytest.approx((0.25, 0.25, 0.5))
    hard_part = np.array([0.05 / 3, 0.05 / 3, 0.95 + 0.05 / 3])
    assert first.wanted == pytest.approx(tuple(0.5 * hard_part + 0.5 * np.array([0.25, 0.25, 0.5])))
    assert third.wanted[0] == pytest.approx(0.95 + 0.05 / 3)


def test_soft_labels_are_read_back_and_the_last_file_counts(tmp_path: Path) -> None:
    first, last = tmp_path / "first.jsonl", tmp_path / "last.jsonl"
    item = {"text": "A up", "start": 0, "end": 1, "logits": [0.1, 0.2, 0.3]}
    other = item | {"text": "B up"}
    first.write_text(json.dumps(item) + "\n" + json.dumps(other) + "\n")
    last.write_text(json.dumps(item | {"logits": [0.3, 0.2, 0.1]}) + "\n")
    assert distil.read_soft([first, last]) == [
        distil.Soft(Example("A up", 0, 1), (0.3, 0.2, 0.1)),
        distil.Soft(Example("B up", 0, 1), (0.1, 0.2, 0.3)),
    ]


def test_what_is_to_be_labelled_comes_evenly_from_its_parts() -> None:
    a, b = [Example(f"a{i}") for i in range(4)], [Example(f"b{i}") for i in range(2)]
    assert [e.text for e in distil.interleaved([a, b])] == ["a0", "b0", "a1", "a2", "b1", "a3"]


def test_temperature_cools_a_model_that_is_too_sure_and_heats_none_that_is_right() -> None:
    rng = np.random.default_rng(0)
    true = rng.normal(size=(4000, 3)).astype(np.float32)
    p = np.exp(true) / np.exp(true).sum(axis=1, keepdims=True)
    truth = [int(rng.choice(3, p=row / row.sum())) for row in p.astype(float)]
    assert calibrate.temperature([(true, truth)]) == pytest.approx(1.0, abs=0.1)
    assert calibrate.temperature([(2 * true, truth)]) == pytest.approx(2.0, abs=0.2)
    assert calibrate.calibration_errors([(2 * true, truth)], 2.0)[0] < 0.03


def test_name_bias_is_the_spread_over_names_in_the_same_sentence() -> None:
    class Biased:
        """Sure that Apple is good; all else is neutral."""

        id, revision, targeted = "biased", "0", True

        def predict(self, examples: Sequence[Example]) -> Probabilities:
            rows = [(0, 0, 1) if "Apple" in e.text else (0, 1, 0) for e in examples]
            return np.array(rows, dtype=np.float32)

    for spread in bias.spreads(Biased(), ["Apple", "Ford", "Nike"]):
        assert spread.flips == pytest.approx(1 / 3, abs=1e-3)
        assert spread.high == ("Apple", 1.0)
        assert spread.low[1] == 0.0
        assert spread.deviation == pytest.approx(np.std([1, 0, 0]), abs=1e-3)
