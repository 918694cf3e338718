"""From a trained checkpoint to the weights that ship: int8, for two runtimes, memory-mapped.

`python -m rotascope_models.training export CHECKPOINT` writes `weights/bundled/`:

    weights.safetensors   int8 weights (per output channel), scales, the rest fp32
    onnxruntime.onnx      graph on them for ONNX Runtime
    openvino.onnx         graph on them for OpenVINO
    openvino-bf16.onnx    the same with attention apart, for bf16
    tokenizer.json        as trained
    config.json           name, labels, markers, temperature, shape, figures of the export

Activations are quantised with fixed scales, found on calibration texts: a score then depends on
its own text alone, where scales taken from each batch let batch mates move it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from rotascope_models import onnx, openvino
from rotascope_models.base import LABELS, ROLES, Example
from rotascope_models.batching import batches
from rotascope_models.encoder import Encoder, dequantised, from_bert, to_bert
from rotascope_models.encoding import Encoder as TextEncoder
from rotascope_models.encoding import has_markers, load_tokenizer
from rotascope_models.errors import ModelNotFound, ModelRejected
from rotascope_models.labels import ROLE, columns, role_columns
from rotascope_models.markers import CLOSE, MAX_TOKENS, OPEN
from rotascope_models.training.data import train_rows, with_whole_texts
from rotascope_models.training.graph import Shape, write_graph

log = logging.getLogger(__name__)

MAX_BYTES = 35_000_000
"""What the bundled folder may weigh in all."""

_SHARED = {"key": "query", "value": "query"}
"""Matrix products that read the same input."""

_ALPHAS = (0.0, 0.5, 0.65, 0.75, 0.85, 0.95)
_CLIPS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)
_KEPT_ROWS = 1024
_CALIBRATION_CHARS = 600

NAME = "rotascope-minilm-l6"


@dataclass(slots=True)
class Seen:
    """The inputs of one matrix product over the calibration texts: a sample, and their maxima."""

    rows: list[torch.Tensor] = field(default_factory=list)
    top: torch.Tensor | None = None

    def add(self, x: torch.Tensor) -> None:
        """Take in one more input, of shape (…, channels)."""
        flat = x.reshape(-1, x.shape[-1])
        top = flat.abs().amax(dim=0)
        self.top = top if self.top is None else torch.maximum(self.top, top)
        self.rows.append(flat[:: max(1, len(flat) // 64)].clone())

    def sample(self) -> torch.Tensor:
        """At most some thousand of the rows seen."""
        rows = torch.cat(self.rows)
        return rows[:: max(1, len(rows) // _KEPT_ROWS)]


def export(
    checkpoint: Path,
    folder: Path,
    *,
    calibration: Sequence[Example],
    name: str = NAME,
    temperature: float | None = None,
) -> dict[str, Any]:
    """Write `checkpoint` (BertForSequenceClassification, fp32) to `folder`; returns its config.

    `calibration`: some hundred texts of the kind to be scored.  `temperature`: that of the
    checkpoint's configuration if not given.  Raises ModelRejected for a checkpoint of another
    form, or one that outgrows the package.
    """
    weights, shape, (order, roles), trained = _load(checkpoint)
    temperature = trained if temperature is None else temperature
    tokenizer = load_tokenizer(checkpoint)
    targeted = has_markers(tokenizer, (OPEN, CLOSE))
    kept = [*order, *(roles or ())]
    weights["classifier.weight"] = weights["classifier.weight"][:, kept].contiguous()
    weights["classifier.bias"] = weights["classifier.bias"][kept].contiguous()
    seen = observe(weights, shape, TextEncoder(tokenizer, targeted), calibration)
    tensors = quantise(weights, seen)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "weights.safetensors")
    (folder / "weights.safetensors").chmod(0o644)
    write_graph(folder, onnx.FILE, shape, "u8", outputs=len(kept))
    write_graph(folder, openvino.FILE, shape, "s8", outputs=len(kept))
    write_graph(folder, openvino.BF16_FILE, shape, "s8", outputs=len(kept), apart=True)
    shutil.copyfile(checkpoint / "tokenizer.json", folder / "tokenizer.json")
    config = {
        "format": 1,
        "name": name,
        "revision": _revision(folder, temperature),
        "labels": list(LABELS),
        "roles": list(ROLES) if roles else None,
        "markers": [OPEN, CLOSE] if targeted else None,
        "max_tokens": MAX_TOKENS,
        "temperature": round(temperature, 4),
        "layers": shape.layers,
        "heads": shape.heads,
        "hidden": shape.hidden,
        "eps": shape.eps,
    }
    text = json.dumps(config, indent=2) + "\n"
    (folder / "config.json").write_text(text, encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.iterdir())
    if size > MAX_BYTES:
        raise ModelRejected(f"{folder} weighs {size:,} bytes; the package takes {MAX_BYTES:,}")
    log.info("wrote %s: %.1f MB, revision %s", folder, size / 1e6, config["revision"])
    return config


def unpack(folder: Path, checkpoint: Path) -> None:
    """The reverse of `export`: weights that ship as a BertForSequenceClassification in fp32.

    For any Hugging Face loader, and to train on.  The weights stay rounded to int8; activations are
    exact again.  Raises ModelNotFound for a folder that `export` did not write.
    """
    from transformers import BertConfig, BertForSequenceClassification

    if not (folder / "weights.safetensors").is_file():
        raise ModelNotFound(f"{folder} has no weights.safetensors")
    config = json.loads((folder / "config.json").read_text("utf-8"))
    tensors = dequantised(load_file(folder / "weights.safetensors"))
    names = [*config["labels"], *(ROLE + role for role in config["roles"] or ())]
    vocabulary, width = tensors["embeddings.word"].shape
    settings: dict[str, Any] = {"rotascope_markers": config["markers"]}
    settings |= {"rotascope_temperature": config["temperature"]}
    bert = BertConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=config["layers"],
        num_attention_heads=config["heads"],
        intermediate_size=tensors["layers.0.up.weight"].shape[1],
        max_position_embeddings=tensors["embeddings.position"].shape[0],
        layer_norm_eps=config["eps"],
        id2label=dict(enumerate(names)),
        label2id={name: i for i, name in enumerate(names)},
        **settings,
    )
    model = BertForSequenceClassification(bert)
    model.load_state_dict(to_bert(tensors, bert))
    model.save_pretrained(checkpoint)
    shutil.copyfile(folder / "tokenizer.json", checkpoint / "tokenizer.json")
    kind = {"tokenizer_class": "BertTokenizer", "model_max_length": config["max_tokens"]}
    text = json.dumps(kind | {"additional_special_tokens": config["markers"] or []}, indent=2)
    (checkpoint / "tokenizer_config.json").write_text(text + "\n", encoding="utf-8")


def _load(
    checkpoint: Path,
) -> tuple[
    dict[str, torch.Tensor], Shape, tuple[tuple[int, int, int], tuple[int, ...] | None], float
]:
    from transformers import AutoModelForSequenceClassification

    if not (checkpoint / "config.json").is_file():
        raise ModelNotFound(f"{checkpoint} is no checkpoint: it has no config.json")
    model = AutoModelForSequenceClassification.from_pretrained(checkpoint)
    config = model.config
    if config.model_type != "bert":
        raise ModelRejected(f"{checkpoint}: export takes a BERT, this is {config.model_type}")
    shape = Shape(
        config.num_hidden_layers,
        config.num_attention_heads,
        config.hidden_size,
        config.layer_norm_eps,
    )
    outputs = columns(config.id2label, name=str(checkpoint)), role_columns(config.id2label)
    temperature = float(getattr(config, "rotascope_temperature", None) or 1.0)
    return from_bert(model.state_dict(), config), shape, outputs, temperature


def observe(
    weights: Mapping[str, torch.Tensor],
    shape: Shape,
    text: TextEncoder,
    examples: Sequence[Example],
) -> dict[str, Seen]:
    """What goes into each matrix product while `examples` are scored, in double precision.

    In single precision sums differ in the last bits from run to run (threads, alignment), and the
    revision with them.
    """
    seen: dict[str, Seen] = {}
    net = Encoder(
        {name: tensor.double() for name, tensor in weights.items()},
        layers=shape.layers,
        heads=shape.heads,
        eps=shape.eps,
        watch=lambda at, x: seen.setdefault(at, Seen()).add(x),
    )
    # One text a batch: padding must not be measured.
    ids = text.encode(examples, [text.text(example) for example in examples])
    with torch.inference_mode():
        for one in ids:
            for batch in batches([one], tokens=1):
                net(torch.from_numpy(batch.ids), torch.from_numpy(batch.mask))
    return seen


def quantise(
    weights: Mapping[str, torch.Tensor], seen: Mapping[str, Seen]
) -> dict[str, torch.Tensor]:
    """The tensors of the weights file."""
    out: dict[str, torch.Tensor] = {}
    for name, tensor in weights.items():
        if name == "embeddings.word":
            out[name], out["embeddings.word.scale"] = _int8(tensor, dim=1)
        elif name.removesuffix(".weight") not in seen:
            out[name] = tensor.contiguous()
    for stem in seen:
        at, _, what = stem.rpartition(".")
        if what in _SHARED:
            continue
        readers = [stem, *(f"{at}.{w}" for w, first in _SHARED.items() if first == what)]
        # Key and value read every token, the last layer's query the first alone.
        inputs = seen[readers[-1]]
        matrix = torch.cat([weights[f"{reader}.weight"] for reader in readers], dim=1)
        factor, out[f"{stem}.input"] = settle(inputs, matrix)
        out[f"{stem}.smooth"] = factor
        for reader in readers:
            quantised, scale = _int8(weights[f"{reader}.weight"] / factor[:, None], dim=0)
            out[f"{reader}.weight"], out[f"{reader}.scale"] = quantised, scale.reshape(-1)
    return out


def settle(inputs: Seen, matrix: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """How to make the input of a matrix product int8: factors by channel, and one scale.

    A few channels of these encoders are ten times as large as the rest.  The factors move some of
    that spread into the weights (SmoothQuant, Xiao et al. 2023); how much (alpha), and where to
    clip, is what loses least of the product over the calibration texts, by squared error.
    """
    assert inputs.top is not None
    sample, matrix = inputs.sample().double(), matrix.double()
    wanted = sample @ matrix
    heavy, top = matrix.abs().amax(dim=1).clamp(min=1e-5), inputs.top.clamp(min=1e-5)
    best: tuple[float, torch.Tensor, torch.Tensor] | None = None
    for alpha in _ALPHAS:
        factor = heavy ** (1 - alpha) / top**alpha if alpha else torch.ones_like(top)
        factor = factor / factor.max()
        quantised, by_output = _int8(matrix / factor[:, None], dim=0)
        for clip in _CLIPS:
            scale = (top * factor).max() * clip / 127
            rounded = (sample * factor / scale).round().clamp(-128, 127)
            got = (rounded @ quantised.double()) * (by_output * scale)
            error = float(((got - wanted) ** 2).mean())
            if best is None or error < best[0]:
                best = error, factor.contiguous(), scale
    assert best is not None
    return best[1].float(), best[2].float()


def _int8(matrix: torch.Tensor, *, dim: int) -> tuple[torch.Tensor, torch.Tensor]:
    """`matrix` as int8 with one scale for all that lie along `dim`."""
    scale = matrix.abs().amax(dim=dim, keepdim=True).clamp(min=1e-8) / 127
    return (matrix / scale).round().clamp(-127, 127).to(torch.int8).contiguous(), scale


def _revision(folder: Path, temperature: float) -> str:
    digest = hashlib.sha256(f"{temperature:.4f}".encode())
    for name in ("weights.safetensors", "onnxruntime.onnx", "tokenizer.json"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]


def calibration_texts(count: int = 600, *, seed: int = 17) -> list[Example]:
    """Some of the texts that the model was trained on, marked and whole."""
    rows = with_whole_texts(train_rows())
    short = [row.example for row in rows if len(row.example.text) < _CALIBRATION_CHARS]
    return random.Random(seed).sample(short, count)
