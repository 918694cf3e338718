"""The names of devices: what the configuration and `load_model` take."""

from __future__ import annotations

import re

DEVICES = "auto, cpu, cuda or cuda:N (cuda:1 is the second GPU)"
"""How an error lists them."""

_DEVICE = re.compile(r"auto|cpu|cuda(:[0-9]+)?")


def is_device(name: str) -> bool:
    """Whether `name` is one of `DEVICES`; says nothing of whether it is there."""
    return _DEVICE.fullmatch(name) is not None
