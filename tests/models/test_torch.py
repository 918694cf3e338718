"""Checkpoints of other makers: a small BERT in the form, and the label order, of FinBERT."""

from __future__ import annotations

import importlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rotascope_models import describe, load_model, sanity
from rotascope_models import torch as backend
from rotascope_models.base import Example
from rotascope_models.errors import ExtraMissing, ModelError, ModelNotFound, ModelRejected

pytestmark = pytest.mark.torch

FINBERT = ("positive", "negative", "neutral")
FINBERT_TONE = ("Neutral", "Positive", "Negative")
TAUGHT = {
    sanity.POSITIVE: "positive",
    sanity.NEGATIVE: "negative",
    sanity.NEUTRAL: "neutral",
    "Tech stocks plunged heavily": "negative",
    "while energy names rose sharply.": "positive",
}


@pytest.fixture(scope="module")
def finbert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer with FinBERT's own config keys, taught the sentences above."""
    return _make(tmp_path_factory.mktemp("finbert"), FINBERT)


def _make(folder: Path, labels: Sequence[str]) -> Path:
    import torch
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    words = BertWordPieceTokenizer()
    words.train_from_iterator(list(TAUGHT), vocab_size=400, show_progress=False)
    tokenizer = BertTokenizerFast(tokenizer_object=words._tokenizer)
    tokenizer.save_pretrained(folder)
    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=words.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        id2label=dict(enumerate(labels)),
        label2id={label: i for i, label in enumerate(labels)},
    )
    model = BertForSequenceClassification(config)
    given = tokenizer(list(TAUGHT), return_tensors="pt", padding=True)
    lower = [label.lower() for label in labels]
    wanted = torch.tensor([lower.index(label) for label in TAUGHT.values()])
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
    for _ in range(150):
        loss = model(**given, labels=wanted).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    assert float(loss.detach()) < 0.1
    model.save_pretrained(folder)
    return folder


def _changed(source: Path, folder: Path, **config: Any) -> Path:
    shutil.copytree(source, folder)
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | config))
    return folder


def test_finbert_order_and_the_clause_around_a_target(finbert: Path) -> None:
    model = load_model(str(finbert), device="cpu")
    assert not model.targeted
    text = "Tech stocks plunged heavily while energy names rose sharply."
    tech, energy = model.predict([Example(text, 0, 4), Example(text, 34, 40)])
    assert tech.argmax() == 0
    assert energy.argmax() == 2
    shown = describe(model)
    assert (shown["backend"], shown["precision"]) == ("torch", "fp32")


def test_finbert_tone_order(tmp_path: Path) -> None:
    model = load_model(str(_make(tmp_path / "tone", FINBERT_TONE)), device="cpu")
    assert model.predict([Example(sanity.POSITIVE)])[0].argmax() == 2


def test_the_same_weights_under_swapped_names_are_refused(finbert: Path, tmp_path: Path) -> None:
    swapped = {0: "negative", 1: "positive", 2: "neutral"}
    folder = str(_changed(finbert, tmp_path / "swapped", id2label=swapped))
    with pytest.raises(ModelRejected, match="labels look swapped"):
        load_model(folder, device="cpu")
    load_model(folder, device="cpu", check=False)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("LABEL_0", "LABEL_1", "LABEL_2"), "set id2label"),
        (("contradiction", "entailment", "neutral"), "'contradiction' is no sentiment label"),
    ],
)
def test_labels_that_do_not_say_are_refused(
    finbert: Path, tmp_path: Path, names: tuple[str, ...], said: str
) -> None:
    folder = _changed(finbert, tmp_path / "named", id2label=dict(enumerate(names)))
    with pytest.raises(ModelRejected, match=said):
        load_model(str(folder), device="cpu")


def test_an_encoder_without_a_head_is_refused(finbert: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = _changed(finbert, tmp_path / "bare")
    weights = load_file(folder / "model.safetensors")
    kept = {k: v for k, v in weights.items() if not k.startswith("classifier")}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelRejected, match=r"no weights for classifier"):
        load_model(str(folder), device="cpu")


def test_a_checkpoint_without_weights_says_so(finbert: Path, tmp_path: Path) -> None:
    folder = _changed(finbert, tmp_path / "empty")
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelNotFound, match="no usable checkpoint"):
        load_model(str(folder), device="cpu")


def test_an_unknown_name_without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "_offline", lambda name: True)
    with pytest.raises(ModelNotFound, match="Check the spelling and the network"):
        load_model("nobody/no-such-finbert", device="cpu")


def test_the_missing_extra_names_the_command(
    finbert: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.import_module

    def without(name: str, *args: Any) -> Any:
        if name == "transformers":
            raise ImportError(name)
        return real(name, *args)

    monkeypatch.setattr(importlib, "import_module", without)
    with pytest.raises(ExtraMissing, match=r"pip install 'rotascope\[torch\]'"):
        load_model(str(finbert), device="cpu")


def test_another_backend_for_a_checkpoint_is_refused(finbert: Path) -> None:
    with pytest.raises(ModelRejected, match="export it"):
        load_model(str(finbert), backend="onnx")


def test_the_revision_follows_the_files(finbert: Path, tmp_path: Path) -> None:
    first = load_model(str(finbert), device="cpu").revision
    assert load_model(str(finbert), device="cpu").revision == first
    other = _changed(finbert, tmp_path / "other", note="changed")
    assert load_model(str(other), device="cpu").revision != first


def test_auto_takes_torch_where_there_is_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    def load(folder: Path, settings: dict[str, Any], **options: Any) -> object:
        asked.update(options)
        return object()

    monkeypatch.setattr(backend, "has_gpu", lambda: True)
    monkeypatch.setattr(backend, "load_bundled", load)
    load_model()
    assert asked["device"] == "cuda"
    assert "CUDA" in asked["why"]


def test_a_gpu_that_is_not_there_is_named() -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    assert not backend.has_gpu()
    with pytest.raises(ModelRejected, match="torch sees no CUDA device"):
        load_model(device="cuda")


@pytest.mark.parametrize("backend", ["onnx", "openvino"])
def test_a_backend_of_the_cpu_does_not_go_with_a_cuda_device(backend: str) -> None:
    with pytest.raises(
        ModelRejected, match=rf"backend {backend} .* cuda:1 .* model\.device to auto"
    ):
        load_model(backend=backend, device="cuda:1")


@pytest.mark.parametrize("device", ["gpu", "cuda:", "cuda:one", "CPU", ""])
def test_an_unknown_device_is_told_with_the_known_ones(device: str) -> None:
    with pytest.raises(ModelError, match=rf"no device '{device}'; there are auto, cpu, cuda"):
        load_model(device=device)


def test_a_gpu_too_many_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    backend.check_device("cuda:1")
    with pytest.raises(ModelRejected, match=r"cuda:2 .* cuda:1"):
        backend.check_device("cuda:2")


def test_without_torch_its_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "installed", lambda: False)
    with pytest.raises(ExtraMissing, match=r"rotascope\[torch\]"):
        backend.check_device("cpu")


def test_bf16_as_on_a_gpu_gives_the_scores_of_fp32() -> None:
    import torch

    model = load_model(backend="torch", device="cpu")
    given = [Example(text) for text in TAUGHT] + [Example("Tech falls as energy soars", 0, 4)]
    exact = model.predict(given)
    half = backend.TorchEngine(
        model.engine.module.to(torch.bfloat16), "cpu", "bf16", "for tests", 4096
    )
    rough = type(model)("m", "r", model.encoder, half, model.order, model.temperature)
    assert np.abs(rough.predict(given) - exact).max() < 0.05


def test_without_torch_no_gpu_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "installed", lambda: False)
    assert not backend.has_gpu()
