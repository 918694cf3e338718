"""The student as two small ONNX graphs on one weights file: int8 matrix products, the rest fp32.

Both graphs compute the same numbers.  They differ in how an int8 activation is written, because
each runtime has fast kernels for one form only: OpenVINO for signed bytes around 0, ONNX Runtime
for unsigned bytes around 128.  The weights stand once, in a safetensors file that both refer to
as ONNX external data, so that either runtime maps it into memory.

The last layer is computed for the first token alone, the only one that the classifier reads:
a seventh less work than the whole graph of a six-layer encoder, with the same result.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnx
from onnx import TensorProto, helper

OPSET = 20
_TYPES = {
    "F32": TensorProto.FLOAT,
    "I8": TensorProto.INT8,
}
_BOOL, _FLOAT = TensorProto.BOOL, TensorProto.FLOAT
_MASKED = -10_000.0

Activations = Literal["s8", "u8"]


@dataclass(frozen=True, slots=True)
class Shape:
    """The encoder's dimensions."""

    layers: int
    heads: int
    hidden: int
    eps: float


@dataclass(slots=True)
class _Builder:
    """Collects nodes, small constants and references into the weights file."""

    weights: Path
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    base: int = 0

    def __post_init__(self) -> None:
        with self.weights.open("rb") as file:
            size = int.from_bytes(file.read(8), "little")
            self.header = json.loads(file.read(size))
        self.base = 8 + size

    def op(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        name = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(kind, list(inputs), [name], name=name, domain=domain, **attributes)
        )
        return name

    def const(self, name: str, value: Any, kind: Any) -> str:
        if name not in self.constants:
            array = np.asarray(value, dtype=kind)
            self.constants[name] = onnx.numpy_helper.from_array(array, name)
        return name

    def weight(self, name: str) -> str:
        """A tensor of the weights file, by reference."""
        if name not in self.constants:
            entry = self.header[name]
            start, end = entry["data_offsets"]
            tensor = TensorProto(name=name, dims=entry["shape"], data_type=_TYPES[entry["dtype"]])
            tensor.data_location = TensorProto.EXTERNAL
            for key, value in (
                ("location", self.weights.name),
                ("offset", str(self.base + start)),
                ("length", str(end - start)),
            ):
                tensor.external_data.add(key=key, value=value)
            self.constants[name] = tensor
        return name


def write_graph(
    folder: Path,
    name: str,
    shape: Shape,
    activations: Activations,
    *,
    outputs: int,
    apart: bool = False,
) -> None:
    """Write `folder`/`name`, a graph on `folder`/weights.safetensors.

    `apart`: keep OpenVINO from making one kernel of a layer's attention.
    Inputs `input_ids` and `attention_mask`, int64 (rows, length); output `logits`, (rows, outputs).
    """
    b = _Builder(folder / "weights.safetensors")
    net = _Network(b, shape, activations, apart)
    out = net.logits()
    b.nodes.append(helper.make_node("Identity", [out], ["logits"], name="logits"))
    sides = ["rows", "length"]
    graph = helper.make_graph(
        b.nodes,
        "rotascope",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, sides),
            helper.make_tensor_value_info("attention_mask", TensorProto.INT64, sides),
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["rows", outputs])],
        list(b.constants.values()),
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)
    (folder / name).write_bytes(model.SerializeToString(deterministic=True))


@dataclass(frozen=True, slots=True)
class _Network:
    b: _Builder
    shape: Shape
    activations: Activations
    apart: bool

    def logits(self) -> str:
        b = self.b
        x = self._embed()
        mask = b.op("Unsqueeze", self._mask(), b.const("axes12", [1, 2], np.int64))
        for layer in range(self.shape.layers):
            x = self._layer(f"layers.{layer}.", x, mask, last=layer == self.shape.layers - 1)
        x = b.op("Reshape", x, b.const("flat", [-1, self.shape.hidden], np.int64))
        x = b.op("MatMul", x, b.weight("pooler.weight"))
        x = b.op("Tanh", b.op("Add", x, b.weight("pooler.bias")))
        x = b.op("MatMul", x, b.weight("classifier.weight"))
        return b.op("Add", x, b.weight("classifier.bias"))

    def _mask(self) -> str:
        """0 for a token, a large negative number for padding, of shape (rows, length)."""
        b = self.b
        there = b.op("Cast", "attention_mask", to=_BOOL if self.apart else _FLOAT)
        if self.apart:
            kept = b.const("kept", 0.0, np.float32)
            return b.op("Where", there, kept, b.const("masked", _MASKED, np.float32))
        missing = b.op("Sub", b.const("one", 1.0, np.float32), there)
        return b.op("Mul", missing, b.const("masked", _MASKED, np.float32))

    def _embed(self) -> str:
        b = self.b
        word = b.op("Gather", b.weight("embeddings.word"), "input_ids")
        word = b.op("Cast", word, to=_FLOAT)
        scale = b.op("Gather", b.weight("embeddings.word.scale"), "input_ids")
        length = b.op("Shape", "input_ids", start=1, end=2)
        zero = b.const("zero", [0], np.int64)
        position = b.op("Slice", b.weight("embeddings.position"), zero, length, zero)
        return self._norm("embeddings.norm", b.op("Add", b.op("Mul", word, scale), position))

    def _layer(self, at: str, x: str, mask: str, *, last: bool) -> str:
        b = self.b
        full = self._quantised(at + "query", x)
        if last:
            ends = [b.const(f"ends{i}", [i], np.int64) for i in (0, 1)]
            x = b.op("Slice", x, *ends, ends[1])
        own = self._quantised(at + "query", x) if last else full
        query = self._heads(self._linear(at + "query", own), [0, 2, 1, 3])
        order = [0, 2, 1, 3] if self.apart else [0, 2, 3, 1]
        key = self._heads(self._linear(at + "key", full), order)
        value = self._heads(self._linear(at + "value", full), [0, 2, 1, 3])
        attention = self._attention(query, key, mask)
        mixed = b.op("Transpose", b.op("MatMul", attention, value), perm=[0, 2, 1, 3])
        mixed = b.op("Reshape", mixed, b.const("join", [0, 0, self.shape.hidden], np.int64))
        mixed = self._linear(at + "attention", self._quantised(at + "attention", mixed))
        x = self._norm(at + "norm1", b.op("Add", mixed, x))
        inner = self._linear(at + "up", self._quantised(at + "up", x))
        inner = b.op("Gelu", inner)
        inner = self._linear(at + "down", self._quantised(at + "down", inner))
        return self._norm(at + "norm2", b.op("Add", inner, x))

    def _attention(self, query: str, key: str, mask: str) -> str:
        """Weights of each token for each other one, of shape (rows, heads, length, length).

        A softmax of two dimensions is what keeps products and softmax apart in OpenVINO.  One
        kernel of them writes beyond its memory in bf16 on a CPU with AMX (2026.4.1).  Apart they
        take less time for short texts, and twice the memory in fp32.
        """
        b = self.b
        if not self.apart:
            return b.op("Softmax", b.op("Add", b.op("MatMul", query, key), mask), axis=-1)
        key = b.op("Transpose", key, perm=[0, 1, 3, 2])
        scores = b.op("Add", b.op("MatMul", query, key), mask)
        lines = b.op("Softmax", b.op("Flatten", scores, axis=3), axis=-1)
        return b.op("Reshape", lines, b.op("Shape", scores))

    def _heads(self, x: str, order: Sequence[int]) -> str:
        heads, hidden = self.shape.heads, self.shape.hidden
        split = self.b.const("split", [0, 0, heads, hidden // heads], np.int64)
        return self.b.op("Transpose", self.b.op("Reshape", x, split), perm=list(order))

    def _norm(self, at: str, x: str) -> str:
        weight, bias = self.b.weight(at + ".weight"), self.b.weight(at + ".bias")
        return self.b.op("LayerNormalization", x, weight, bias, epsilon=self.shape.eps)

    def _quantised(self, at: str, x: str) -> str:
        b = self.b
        if f"{at}.smooth" in b.header:
            x = b.op("Mul", x, b.weight(f"{at}.smooth"))
        scale = b.weight(f"{at}.input")
        signed = self.activations == "s8"
        zero = b.const("centre", 0 if signed else 128, np.int8 if signed else np.uint8)
        return b.op("DequantizeLinear", b.op("QuantizeLinear", x, scale, zero), scale, zero)

    def _linear(self, at: str, x: str) -> str:
        b = self.b
        weight = b.op("DequantizeLinear", b.weight(f"{at}.weight"), b.weight(f"{at}.scale"), axis=1)
        return b.op("Add", b.op("MatMul", x, weight), b.weight(f"{at}.bias"))
