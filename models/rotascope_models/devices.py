"""The names of devices and backends: what the configuration and `load_model` take."""

from __future__ import annotations

import re
from typing import Literal, get_args

DEVICES = "auto, cpu, cuda or cuda:N (cuda:1 is the second GPU)"
"""How an error lists them."""

CPU_BACKENDS = ("onnx", "openvino")
"""Backends that run on the CPU alone."""

Backend = Literal["auto", "onnx", "openvino", "torch"]
BACKENDS: tuple[str, ...] = get_args(Backend)

Precision = Literal["auto", "fp32", "bf16"]
PRECISIONS: tuple[str, ...] = get_args(Precision)
"""Of what is not int8.  auto: fp32 on a CPU, where a score is then that of any other machine, bf16
on a GPU."""

_DEVICE = re.compile(r"auto|cpu|cuda(:[0-9]+)?")


def is_device(name: str) -> bool:
    """Whether `name` is one of `DEVICES`; says nothing of whether it is there."""
    return _DEVICE.fullmatch(name) is not None


def contradict(device: str, backend: str) -> bool:
    """Whether a GPU is asked for, and a backend that runs on the CPU alone."""
    return device not in ("auto", "cpu") and backend in CPU_BACKENDS
