"""Export of a checkpoint to int8: the same answers in every runtime, and near those of fp32."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from rotascope_models import load_model, openvino
from rotascope_models.base import ROLES, Example
from rotascope_models.errors import ModelNotFound, ModelRejected
from rotascope_models.labels import ROLE
from rotascope_models.load import BUNDLED, WEIGHTS
from rotascope_models.training.export import Seen, export, settle, unpack

pytestmark = pytest.mark.torch

TEXTS = [
    Example("Tech falls as energy soars", 0, 4),
    Example("Tech falls as energy soars", 14, 20),
    Example("Shares of the bank were little changed on Tuesday."),
    Example("The retailer cut its outlook, while its rival raised prices again.", 0, 12),
]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small BERT of random weights, its outputs in another order than ours."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("checkpoint")
    torch.manual_seed(3)
    roles = [ROLE + role for role in ROLES]
    labels = dict(enumerate(("positive", *roles, "negative", "neutral")))
    config = BertConfig(
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        initializer_range=0.2,
        id2label=labels,
        label2id={v: k for k, v in labels.items()},
        rotascope_temperature=1.5,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer = (WEIGHTS / BUNDLED / "tokenizer.json").read_bytes()
    (folder / "tokenizer.json").write_bytes(tokenizer)
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer"}')
    return folder


@pytest.fixture(scope="module")
def exported(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    export(checkpoint, folder, calibration=TEXTS * 4, name="small")
    return folder


def test_every_runtime_gives_nearly_the_scores_of_the_checkpoint(
    checkpoint: Path, exported: Path
) -> None:
    there = load_model(str(checkpoint), device="cpu", check=False)
    wanted, roles = there.predict_with_roles(TEXTS)
    assert roles is not None
    for backend in ("onnx", "torch", *(("openvino",) if openvino.installed() else ())):
        model = load_model(str(exported), backend=backend, device="cpu", check=False)
        assert model.targeted
        assert model.id == "small"
        scores, found = model.predict_with_roles(TEXTS)
        assert np.abs(scores - wanted).max() < 0.05, backend
        assert found is not None
        assert np.abs(found - roles).max() < 0.05, backend


def test_the_configuration_says_what_was_exported(exported: Path) -> None:
    config = json.loads((exported / "config.json").read_text())
    assert config["temperature"] == 1.5
    assert config["labels"] == ["negative", "neutral", "positive"]
    assert config["roles"] == list(ROLES)
    assert config["layers"] == 2


def test_the_same_export_twice_has_the_same_revision(
    checkpoint: Path, exported: Path, tmp_path: Path
) -> None:
    again = export(checkpoint, tmp_path, calibration=TEXTS * 4, name="small")
    assert again["revision"] == json.loads((exported / "config.json").read_text())["revision"]


def test_settle_keeps_the_product_where_one_channel_is_huge() -> None:
    import torch

    generator = torch.Generator().manual_seed(1)
    inputs = torch.randn(256, 32, generator=generator)
    inputs[:, 5] *= 60
    matrix = torch.randn(32, 16, generator=generator)
    seen = Seen()
    seen.add(inputs)
    factor, scale = settle(seen, matrix)
    rounded = (inputs * factor / scale).round().clamp(-128, 127) * scale / factor
    plain = inputs.abs().max() / 127
    without = (inputs / plain).round() * plain
    loss = ((rounded - inputs) @ matrix).square().mean()
    assert loss < ((without - inputs) @ matrix).square().mean() / 4


def test_other_encoders_and_missing_folders_are_refused(tmp_path: Path) -> None:
    from transformers import DistilBertConfig, DistilBertForSequenceClassification

    with pytest.raises(ModelNotFound, match="no checkpoint"):
        export(tmp_path / "nothing", tmp_path / "out", calibration=TEXTS)
    small = {"dim": 16, "hidden_dim": 16, "n_layers": 1, "n_heads": 2, "vocab_size": 50}
    model = DistilBertForSequenceClassification(DistilBertConfig(**small))
    model.save_pretrained(tmp_path / "other")
    with pytest.raises(ModelRejected, match="export takes a BERT"):
        export(tmp_path / "other", tmp_path / "out", calibration=TEXTS)


def test_weights_that_ship_are_unpacked_to_train_on(exported: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "checkpoint"
    unpack(exported, unpacked)
    wanted = load_model(str(exported), backend="torch", device="cpu", check=False)
    there = load_model(str(unpacked), device="cpu", check=False)
    assert there.targeted
    for found, same in zip(
        there.predict_with_roles(TEXTS), wanted.predict_with_roles(TEXTS), strict=True
    ):
        assert found == pytest.approx(same, abs=1e-5)
    again = export(unpacked, tmp_path / "again", calibration=TEXTS * 4, name="small")
    config = json.loads((exported / "config.json").read_text())
    assert again | {"revision": config["revision"]} == config
    with pytest.raises(ModelNotFound, match="no weights"):
        unpack(unpacked, tmp_path / "no")
