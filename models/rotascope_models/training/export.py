"""From a trained checkpoint to the weights that ship: int8, for two runtimes, memory-mapped.

`python -m rotascope_models.training export CHECKPOINT` writes `weights/bundled/`:

    weights.safetensors   int8 weights (per output channel), scales, the rest fp32
    onnxruntime.onnx      graph on them for ONNX Runtime
    openvino.onnx         graph on them for OpenVINO
    tokenizer.json        as trained
    config.json           name, labels, markers, temperature, shape, figures of the export

Activations are quantised with fixed scales, found on calibration texts: a score then depends on
its own text alone, where scales taken from each batch let batch mates move it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file

from rotascope_models.base import LABELS, Example
from rotascope_models.batching import batches
from rotascope_models.encoder import Encoder, from_bert
from rotascope_models.encoding import Encoder as TextEncoder
from rotascope_models.encoding import has_markers, load_tokenizer
from rotascope_models.errors import ModelNotFound, ModelRejected
from rotascope_models.labels import columns
from rotascope_models.markers import CLOSE, MAX_TOKENS, OPEN
from rotascope_models.training.graph import Shape, write_graph

log = logging.getLogger(__name__)

MAX_BYTES = 35_000_000
"""What the bundled folder may weigh in all."""

_SHARED = {"key": "query", "value": "query"}
"""Matrix products that read the same input."""

_CLIPS = np.linspace(1.0, 0.3, 36)
_KEPT_ROWS = 4096


@dataclass(slots=True)
class Seen:
    """The inputs of one matrix product over the calibration texts: a sample, and their maxima."""

    rows: list[torch.Tensor] = field(default_factory=list)
    top: torch.Tensor | None = None

    def add(self, x: torch.Tensor) -> None:
        flat = x.reshape(-1, x.shape[-1])
        top = flat.abs().amax(dim=0)
        self.top = top if self.top is None else torch.maximum(self.top, top)
        self.rows.append(flat[:: max(1, len(flat) // 64)].clone())

    def sample(self) -> torch.Tensor:
        rows = torch.cat(self.rows)
        return rows[:: max(1, len(rows) // _KEPT_ROWS)]


def export(
    checkpoint: Path,
    folder: Path,
    *,
    calibration: Sequence[Example],
    name: str,
    temperature: float = 1.0,
    smooth: float | None = 0.5,
) -> dict[str, Any]:
    """Write `checkpoint` (BertForSequenceClassification, fp32) to `folder`; returns its config.

    `calibration`: some hundred texts of the kind to be scored.  `smooth`: how much of the spread
    of activations moves into the weights (SmoothQuant, Xiao et al. 2023, alpha), None for none.
    Raises ModelRejected for a checkpoint of another form, or one that outgrows the package.
    """
    weights, shape, order = _load(checkpoint)
    tokenizer = load_tokenizer(checkpoint)
    targeted = has_markers(tokenizer, (OPEN, CLOSE))
    weights["classifier.weight"] = weights["classifier.weight"][:, list(order)].contiguous()
    weights["classifier.bias"] = weights["classifier.bias"][list(order)].contiguous()
    seen = observe(weights, shape, TextEncoder(tokenizer, targeted), calibration)
    tensors = quantise(weights, seen, smooth=smooth)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "weights.safetensors")
    write_graph(folder, "onnxruntime.onnx", shape, "u8")
    write_graph(folder, "openvino.onnx", shape, "s8")
    shutil.copyfile(checkpoint / "tokenizer.json", folder / "tokenizer.json")
    config = {
        "format": 1,
        "name": name,
        "revision": _revision(folder, temperature),
        "labels": list(LABELS),
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


def _load(checkpoint: Path) -> tuple[dict[str, torch.Tensor], Shape, tuple[int, int, int]]:
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
    order = columns(config.id2label, name=str(checkpoint))
    return from_bert(model.state_dict(), config), shape, order


def observe(
    weights: Mapping[str, torch.Tensor],
    shape: Shape,
    text: TextEncoder,
    examples: Sequence[Example],
) -> dict[str, Seen]:
    """What goes into each matrix product while `examples` are scored."""
    seen: dict[str, Seen] = {}
    net = Encoder(
        weights,
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
    weights: Mapping[str, torch.Tensor], seen: Mapping[str, Seen], *, smooth: float | None
) -> dict[str, torch.Tensor]:
    """The tensors of the weights file."""
    out: dict[str, torch.Tensor] = {}
    for name, tensor in weights.items():
        stem, _, kind = name.rpartition(".")
        if name == "embeddings.word":
            out[name], scale = _int8(tensor, dim=1)
            out["embeddings.word.scale"] = scale
        elif kind == "weight" and stem in seen:
            at, _, what = stem.rpartition(".")
            first = f"{at}.{_SHARED.get(what, what)}"
            if first == stem:
                readers = [w for w in seen if w == stem or f"{at}.{_SHARED.get(_last(w))}" == stem]
                readers = [w for w in readers if w.startswith(f"{at}.")]
                _input(out, weights, seen, stem, readers, smooth)
            factor = out.get(f"{first}.smooth")
            matrix = tensor if factor is None else tensor / factor[:, None]
            out[name], scale = _int8(matrix, dim=0)
            out[f"{stem}.scale"] = scale.reshape(-1)
        else:
            out[name] = tensor.contiguous()
    return out


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _input(
    out: dict[str, torch.Tensor],
    weights: Mapping[str, torch.Tensor],
    seen: Mapping[str, Seen],
    stem: str,
    readers: Sequence[str],
    smooth: float | None,
) -> None:
    """Settle the scale, and the smoothing, of the input that `readers` share."""
    # Key and value read every token, the last layer's query the first alone.
    fullest = max(readers, key=lambda name: sum(len(rows) for rows in seen[name].rows))
    top, sample = seen[fullest].top, seen[fullest].sample()
    assert top is not None
    if smooth is not None:
        heavy = torch.stack([weights[f"{r}.weight"].abs().amax(dim=1) for r in readers]).amax(0)
        factor = heavy.clamp(min=1e-5) ** (1 - smooth) / top.clamp(min=1e-5) ** smooth
        factor = factor / factor.max()
        out[f"{stem}.smooth"] = factor.contiguous()
        sample = sample * factor
    out[f"{stem}.input"] = _clip(sample)


def _clip(sample: torch.Tensor) -> torch.Tensor:
    """The scale of int8 that loses least of `sample`, by squared error; a scalar."""
    top = float(sample.abs().max())
    errors = []
    for share in _CLIPS:
        scale = top * share / 127
        back = (sample / scale).round().clamp(-128, 127) * scale
        errors.append(float(((back - sample) ** 2).mean()))
    return torch.tensor(top * float(_CLIPS[int(np.argmin(errors))]) / 127)


def _int8(matrix: torch.Tensor, *, dim: int) -> tuple[torch.Tensor, torch.Tensor]:
    """`matrix` as int8 with one scale for all that lie along `dim`."""
    scale = matrix.abs().amax(dim=dim, keepdim=True).clamp(min=1e-8) / 127
    return (matrix / scale).round().clamp(-127, 127).to(torch.int8).contiguous(), scale


def _revision(folder: Path, temperature: float) -> str:
    digest = hashlib.sha256(f"{temperature:.4f}".encode())
    for name in ("weights.safetensors", "onnxruntime.onnx", "tokenizer.json"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
