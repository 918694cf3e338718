"""The weights that ship, in every backend."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rotascope_models import describe, load_model, openvino
from rotascope_models.base import Example
from rotascope_models.errors import ModelError, ModelNotFound, ModelRejected
from rotascope_models.load import BUNDLED, WEIGHTS
from rotascope_models.runtime import Model
from rotascope_models.sanity import check

BACKENDS = [
    "onnx",
    pytest.param(
        "openvino",
        marks=pytest.mark.skipif(not openvino.installed(), reason="OpenVINO is not installed"),
    ),
    pytest.param("torch", marks=pytest.mark.torch),
]
MAX_BYTES = 35_000_000

SUBJECTS = ("Bank shares", "Chipmakers", "Utilities", "The retailer", "Small caps", "Oil majors")
PREDICATES = (
    "rose after earnings beat every estimate",
    "fell sharply on a weak outlook",
    "will report results on Thursday",
    "led the market higher for a third day",
    "were cut to sell by two brokers, which cited falling margins",
    "held their annual meeting in Denver",
)


def examples() -> list[Example]:
    """Pairs of clauses, each end a target: 540 of them, of many lengths."""
    made = []
    for one, first in enumerate(SUBJECTS):
        for two, second in enumerate(SUBJECTS):
            if one == two:
                continue
            for i, predicate in enumerate(PREDICATES):
                tail = PREDICATES[(i + 1 + one) % len(PREDICATES)]
                text = f"{first} {predicate}, while {second.lower()} {tail}."
                at = len(first) + len(predicate) + 9
                made += [Example(text, 0, len(first)), Example(text, at, at + len(second))]
                made.append(Example(text))
    return made


def score(model: Model, given: list[Example]) -> np.ndarray:
    probabilities = model.predict(given)
    return probabilities[:, 2] - probabilities[:, 0]


def test_the_folder_is_small_enough() -> None:
    assert sum(path.stat().st_size for path in (WEIGHTS / BUNDLED).iterdir()) <= MAX_BYTES


@pytest.mark.parametrize("backend", BACKENDS)
def test_each_backend_reads_plain_sentences_and_opposite_targets(backend: str) -> None:
    model = load_model(backend=backend, device="cpu")
    check(model)
    text = "Tech falls as energy soars"
    tech, energy = score(model, [Example(text, 0, 4), Example(text, 14, 20)])
    assert tech < -0.3 < 0.3 < energy
    assert describe(model)["backend"] == backend


def test_fewer_threads_than_none_are_refused() -> None:
    with pytest.raises(ModelError, match="no -1 threads; give a number from 1 on"):
        load_model(threads=-1)


@pytest.mark.torch
def test_fast_backends_agree_with_the_reference() -> None:
    given = examples()  # a part of them is too few: two labels of 180 are more than a hundredth
    reference = load_model(backend="torch", device="cpu").predict(given).argmax(axis=1)
    fast = ["onnx", "openvino"] if openvino.installed() else ["onnx"]
    for backend in fast:
        labels = load_model(backend=backend).predict(given).argmax(axis=1)
        assert (labels == reference).mean() >= 0.99, backend


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_score_does_not_depend_on_its_batch_mates(backend: str) -> None:
    given = examples()[:: 18 if backend == "torch" else 4]
    together = score(load_model(backend=backend, device="cpu"), given)
    model = load_model(backend=backend, device="cpu")
    alone = np.concatenate([score(model, [example]) for example in given])
    assert np.abs(together - alone).max() < (0.02 if backend == "torch" else 0.001)


def test_loading_and_scoring_import_neither_torch_nor_transformers() -> None:
    code = (
        "import sys; from rotascope_models import load_model, Example; "
        "load_model(device='cpu').predict([Example('Profit rose.')]); "
        "assert not {'torch', 'transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys; import rotascope_models, rotascope_models.errors; "
        "assert not {'numpy', 'tokenizers', 'onnxruntime', 'openvino', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_openvino_auto_takes_onnx_runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openvino, "installed", lambda: False)
    model = load_model(device="cpu")
    assert describe(model)["backend"] == "onnx"
    with pytest.raises(ModelError, match="pip install openvino"):
        load_model(backend="openvino")


def test_a_cache_folder_that_cannot_be_written_is_done_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    check(load_model(device="cpu"))


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        ({}, ModelNotFound, "no config.json"),
        ({"config.json": "{"}, ModelNotFound, "no JSON"),
        ({"config.json": '{"format": 99}'}, ModelRejected, "format 99"),
        (
            {"config.json": '{"format": 1, "markers": ["<a>", "</a>"]}'},
            ModelRejected,
            "other markers",
        ),
        (
            {"config.json": '{"format": 1, "markers": null, "max_tokens": 9}'},
            ModelNotFound,
            "no tokenizer.json",
        ),
    ],
)
def test_a_broken_folder_says_what_it_lacks(
    tmp_path: Path, content: dict[str, str], error: type[ModelError], said: str
) -> None:
    for name, text in content.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(error, match=said):
        load_model(str(tmp_path))


@pytest.mark.parametrize("backend", ["onnx", "openvino", "torch"])
def test_a_folder_without_weights_says_so(tmp_path: Path, backend: str) -> None:
    for name in ("config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((WEIGHTS / BUNDLED / name).read_bytes())
    if backend == "openvino" and not openvino.installed():
        pytest.skip("OpenVINO is not installed")
    with pytest.raises(ModelNotFound, match="has no"):
        load_model(str(tmp_path), backend=backend, device="cpu")


def test_an_unknown_backend_names_those_there_are() -> None:
    with pytest.raises(ModelError, match="auto, onnx, openvino, torch"):
        load_model(backend="tensorflow")
