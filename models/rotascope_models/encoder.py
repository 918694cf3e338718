"""The student's encoder in plain torch, on our own weights: for GPUs, as reference, and to export.

Same numbers as `transformers`' BertForSequenceClassification; the last layer is computed for the
first token alone, the only one that the classifier reads.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch
from torch.nn import functional

Tensors = Mapping[str, torch.Tensor]
Watch = Callable[[str, torch.Tensor], None]

LINEAR = ("query", "key", "value", "attention", "up", "down")

_TABLES = "bert.embeddings."
_HEADS = {"pooler": "bert.pooler.dense", "classifier": "classifier"}
_LAYER = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attention": "attention.output.dense",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm1": "attention.output.LayerNorm",
    "norm2": "output.LayerNorm",
}
"""The parts of a layer, by our names and by those of BERT."""


class Encoder(torch.nn.Module):
    """`weights`: by the names of the weights file, floating point (see `dequantised`).

    `watch`, if given, sees the input of every matrix product of the layers, by name.
    """

    def __init__(
        self, weights: Tensors, *, layers: int, heads: int, eps: float, watch: Watch | None = None
    ) -> None:
        super().__init__()
        self._names = {name: name.replace(".", "_") for name in weights}
        for name, attribute in self._names.items():
            self.register_buffer(attribute, weights[name])
        self._layers, self._heads, self._eps, self._watch = layers, heads, eps, watch

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Logits of shape (rows, labels) of int64 inputs of shape (rows, length)."""
        x = functional.embedding(input_ids, self._w("embeddings.word"))
        x = self._norm("embeddings.norm", x + self._w("embeddings.position")[: x.shape[1]])
        mask = attention_mask[:, None, None, :].bool()
        for layer in range(self._layers):
            x = self._layer(f"layers.{layer}.", x, mask, last=layer == self._layers - 1)
        x = torch.tanh(x[:, 0] @ self._w("pooler.weight") + self._w("pooler.bias"))
        logits: torch.Tensor = x @ self._w("classifier.weight") + self._w("classifier.bias")
        return logits

    def _layer(self, at: str, x: torch.Tensor, mask: torch.Tensor, *, last: bool) -> torch.Tensor:
        full = x
        x = x[:, :1] if last else x
        query = self._split(self._linear(at + "query", x))
        key = self._split(self._linear(at + "key", full))
        value = self._split(self._linear(at + "value", full))
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, scale=1.0
        )
        mixed = mixed.transpose(1, 2).reshape(x.shape)
        x = self._norm(at + "norm1", self._linear(at + "attention", mixed) + x)
        inner = functional.gelu(self._linear(at + "up", x))
        return self._norm(at + "norm2", self._linear(at + "down", inner) + x)

    def _w(self, name: str) -> torch.Tensor:
        found: torch.Tensor = getattr(self, self._names[name])
        return found

    def _linear(self, at: str, x: torch.Tensor) -> torch.Tensor:
        if self._watch is not None:
            self._watch(at, x)
        return x @ self._w(at + ".weight") + self._w(at + ".bias")

    def _norm(self, at: str, x: torch.Tensor) -> torch.Tensor:
        weight, bias = self._w(at + ".weight"), self._w(at + ".bias")
        return functional.layer_norm(x, (x.shape[-1],), weight, bias, self._eps)

    def _split(self, x: torch.Tensor) -> torch.Tensor:
        rows, length, width = x.shape
        return x.view(rows, length, self._heads, width // self._heads).transpose(1, 2)


def from_bert(state: Tensors, config: Any) -> dict[str, torch.Tensor]:
    """The tensors of a BertForSequenceClassification by our names, weights as (inputs, outputs).

    The scale of attention goes into the query, token type 0 into the positions.
    """
    get = {name: tensor.detach().float() for name, tensor in state.items()}
    out = {
        "embeddings.word": get[f"{_TABLES}word_embeddings.weight"],
        "embeddings.position": get[f"{_TABLES}position_embeddings.weight"]
        + get[f"{_TABLES}token_type_embeddings.weight"][0],
        "embeddings.norm.weight": get[f"{_TABLES}LayerNorm.weight"],
        "embeddings.norm.bias": get[f"{_TABLES}LayerNorm.bias"],
    }
    for ours, theirs in _HEADS.items():
        out[f"{ours}.weight"] = get[f"{theirs}.weight"].T.contiguous()
        out[f"{ours}.bias"] = get[f"{theirs}.bias"]
    for at, where, factor, turned in _parts(config):
        weight = get[f"{where}.weight"] * factor
        out[f"{at}.weight"] = weight.T.contiguous() if turned else weight
        out[f"{at}.bias"] = get[f"{where}.bias"] * factor
    return out


def to_bert(tensors: Tensors, config: Any) -> dict[str, torch.Tensor]:
    """The reverse of `from_bert`; token type 0, which stands in the positions, is nought."""
    word, position = tensors["embeddings.word"], tensors["embeddings.position"]
    out = {
        f"{_TABLES}word_embeddings.weight": word,
        f"{_TABLES}position_embeddings.weight": position,
        f"{_TABLES}token_type_embeddings.weight": torch.zeros(
            config.type_vocab_size, word.shape[1]
        ),
        f"{_TABLES}LayerNorm.weight": tensors["embeddings.norm.weight"],
        f"{_TABLES}LayerNorm.bias": tensors["embeddings.norm.bias"],
    }
    for ours, theirs in _HEADS.items():
        out[f"{theirs}.weight"] = tensors[f"{ours}.weight"].T.contiguous()
        out[f"{theirs}.bias"] = tensors[f"{ours}.bias"]
    for at, where, factor, turned in _parts(config):
        weight = tensors[f"{at}.weight"] / factor
        out[f"{where}.weight"] = weight.T.contiguous() if turned else weight
        out[f"{where}.bias"] = tensors[f"{at}.bias"] / factor
    return out


def _parts(config: Any) -> Iterator[tuple[str, str, float, bool]]:
    """Of each part of a layer our name, BERT's, our factor, and whether it is a turned matrix."""
    attention = 1 / math.sqrt(config.hidden_size // config.num_attention_heads)
    for layer in range(config.num_hidden_layers):
        for ours, theirs in _LAYER.items():
            where = f"bert.encoder.layer.{layer}.{theirs}"
            factor = attention if ours == "query" else 1.0
            yield f"layers.{layer}.{ours}", where, factor, ours in LINEAR


def dequantised(tensors: Tensors) -> dict[str, torch.Tensor]:
    """The tensors of a weights file as floating point, scales multiplied in."""
    out: dict[str, torch.Tensor] = {}
    for name, tensor in tensors.items():
        stem, _, kind = name.rpartition(".")
        if name == "embeddings.word":
            out[name] = tensor.float() * tensors["embeddings.word.scale"]
        elif tensor.dtype == torch.int8:
            smooth = tensors.get(f"{_first(stem)}.smooth", torch.ones(tensor.shape[0]))
            out[name] = tensor.float() * tensors[f"{stem}.scale"] * smooth[:, None]
        elif kind not in ("scale", "input", "smooth"):
            out[name] = tensor
    return out


def _first(stem: str) -> str:
    """Key and value share the input of the query."""
    at, _, what = stem.rpartition(".")
    return f"{at}.query" if what in ("key", "value") else stem
