"""Temperature scaling (Guo et al. 2017): one number that makes confidence mean what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rotascope_models import metrics
from rotascope_models.training.loop import softmax

GRID = tuple(round(0.5 + 0.01 * i, 2) for i in range(251))
"""Temperatures tried, 0.50 to 3.00."""


def log_loss(logits: npt.NDArray[np.float32], truth: Sequence[int], temperature: float) -> float:
    """Mean negative log likelihood of the true labels."""
    p = softmax(logits, temperature)
    return float(-np.log(np.maximum(p[np.arange(len(p)), truth], 1e-9)).mean())


def temperature(sets: Sequence[tuple[npt.NDArray[np.float32], Sequence[int]]]) -> float:
    """The temperature with the least log loss, every set counting the same."""
    return min(GRID, key=lambda t: sum(log_loss(logits, y, t) for logits, y in sets))


def calibration_errors(
    sets: Sequence[tuple[npt.NDArray[np.float32], Sequence[int]]], at: float
) -> list[float]:
    """Expected calibration error of each set at a temperature."""
    return [metrics.ece(softmax(logits, at), y) for logits, y in sets]


def fold(model: Any, at: float) -> None:
    """Divide the last layer by the temperature, so that no runtime needs to know it."""
    import torch

    last = model.classifier
    last = getattr(last, "out_proj", last)
    with torch.no_grad():
        last.weight.div_(at)
        last.bias.div_(at)
