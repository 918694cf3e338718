"""`rotascope evaluate`: options, configuration, exit codes and what is printed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import rotascope_models
from rotascope.cli.main import main
from rotascope_models.fake import WordModel

Call = dict[str, Any]
ROWS = '{"text": "Sales rose", "label": "positive"}\n{"text": "Sales fell", "label": "negative"}\n'
PASSAGE = {
    "id": "1",
    "text": "Investors rotated out of technology stocks into utilities on Tuesday.",
    "kind": "rotation",
    "flows": [
        {
            "from": "information_technology",
            "to": "utilities",
            "status": "asserted",
            "strength": "explicit",
        }
    ],
    "stance": {"utilities": 1},
}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def passages(tmp_path: Path) -> Path:
    path = tmp_path / "passages.jsonl"
    path.write_text(json.dumps(PASSAGE), encoding="utf-8")
    return path


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """What `load_model` is asked for; a small model answers."""
    calls: list[Call] = []

    def load(name: str, **options: Any) -> WordModel:
        calls.append({"name": name, **options})
        return WordModel()

    monkeypatch.setattr(rotascope_models, "load_model", load)
    return calls


def _config(folder: Path, **model: Any) -> Path:
    path = folder / "config.yaml"
    path.write_text(json.dumps({"model": model}), encoding="utf-8")
    return path


def test_the_configuration_decides(loaded: list[Call], rows: Path, tmp_path: Path) -> None:
    model = {
        "name": "mine",
        "device": "cuda:1",
        "backend": "torch",
        "precision": "fp32",
        "threads": 3,
    }
    config = _config(tmp_path, **model)
    args = ["--config", str(config), "evaluate", "--data", str(rows)]
    assert main([*args, "--reference", "onnx"]) == 0
    reference = model | {"device": "cpu", "backend": "onnx", "precision": "auto"}
    assert sorted(loaded, key=str) == sorted([model, reference], key=str)


def test_options_go_before_the_configuration(
    loaded: list[Call], rows: Path, tmp_path: Path
) -> None:
    config = _config(tmp_path, name="mine", device="cuda:1", backend="torch", threads=3)
    options = ["--model", "other", "--device", "cpu", "--backend", "openvino"]
    assert main(["--config", str(config), "evaluate", "--data", str(rows), *options]) == 0
    assert loaded == [
        {"name": "other", "device": "cpu", "backend": "openvino", "precision": "auto", "threads": 3}
    ]


def test_figures_name_backend_and_precision(rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["evaluate", "--data", str(rows), "--backend", "onnx", "--reference", "openvino"]
    assert main([*args, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    for found, backend in ((figures, "onnx"), (figures["reference"], "openvino")):
        assert found["backend"] == backend
        assert "int8" in found["precision"]
        assert found["model"]
        assert found["revision"]
    assert main(args) == 0
    out = capsys.readouterr().out
    assert {"model", "revision", "backend", "precision"} <= {
        line.split()[0] for line in out.splitlines()
    }
    assert "backend openvino, precision int8" in out


def test_rotation_in_a_table_and_as_json(
    passages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ["evaluate", "--task", "rotation", "--data", str(passages), "--backend", "onnx"]
    assert main([*args, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["passages"], figures["flow_f1"], figures["status_right"]) == (1, 1.0, 1)
    assert figures["backend"] == "onnx"
    assert {"model", "revision", "precision", "analysis_revision"} <= set(figures)
    assert main(args) == 0
    out = capsys.readouterr().out.splitlines()
    heads = [line.split() for line in out]
    assert ["right", "claimed", "in", "gold", "precision", "recall", "F1"] in heads
    assert ["directed", "flows", "1", "1", "1", "1.000", "1.000", "1.000"] in heads
    assert ["of", "1", "passage", "count", "of", "share"] in heads
    assert ["no", "rotation,", "none", "asserted", "0", "0", "-"] in heads
    assert ["stances", "with", "a", "row", "1", "1", "1.000"] in heads


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """The command as a process of its own: exit code, and standard error."""

    def run(*args: object) -> tuple[int, str]:
        command = [sys.executable, "-m", "rotascope.cli.main", "evaluate", *map(str, args)]
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=120, cwd=tmp_path, check=False
        )
        assert "Traceback" not in ran.stderr
        return ran.returncode, ran.stderr

    return run


def test_wrong_usage_is_exit_code_2(
    run: Callable[..., tuple[int, str]], rows: Path, passages: Path, tmp_path: Path
) -> None:
    phrases = tmp_path / "phrases.txt"
    phrases.write_text("Sales rose@positive\n")
    for options, says in (
        (["--data", rows, "--task", "targeted"], "use --task sentence"),
        (["--data", rows, "--task", "rotation", "--reference", "onnx"], "--reference compares"),
        (["--data", "-"], "cannot read standard input"),
        (["--data", rows, "--task", "rotation"], "rows.jsonl holds no passages with flows"),
        (["--data", phrases, "--task", "rotation"], "phrases.txt holds no passages with flows"),
        (["--data", passages], "passages.jsonl: passages with flows; add --task rotation"),
    ):
        code, error = run(*options)
        assert (code, says in error) == (2, True), error


def test_a_file_that_cannot_be_used_is_exit_code_1(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    odd = tmp_path / "odd.jsonl"
    odd.write_text('{"id": 1, "flows": []}\n')
    code, error = run("--data", odd, "--task", "rotation")
    assert (code, error) == (1, "error: odd.jsonl, line 1: no kind, stance, text\n")
