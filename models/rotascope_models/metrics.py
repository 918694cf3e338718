"""Figures of a three-way classifier, in plain numpy.

Labels are indices into `LABELS`; probabilities have shape (n, 3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rotascope_models.base import LABELS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def confusion(truth: npt.ArrayLike, predicted: npt.ArrayLike) -> Ints:
    """Counts of shape (3, 3): row the true label, column the predicted one."""
    table = np.zeros((len(LABELS), len(LABELS)), dtype=np.int64)
    np.add.at(table, (np.asarray(truth, dtype=int), np.asarray(predicted, dtype=int)), 1)
    return table


def accuracy(table: Ints) -> float:
    """Share of the counts on the diagonal; NaN of an empty table."""
    total = table.sum()
    return float(np.trace(table) / total) if total else float("nan")


def label_f1(table: Ints) -> list[float]:
    """F1 of each label, in the order of `LABELS`; NaN for a label neither true nor predicted."""
    hits = np.diag(table).astype(float)
    seen = table.sum(axis=0) + table.sum(axis=1)
    return [float(2 * h / s) if s else float("nan") for h, s in zip(hits, seen, strict=True)]


def macro_f1(table: Ints) -> float:
    """Unweighted mean of the F1 of the labels that occur."""
    present = [f for f in label_f1(table) if not np.isnan(f)]
    return float(np.mean(present)) if present else float("nan")


def ece(probabilities: npt.ArrayLike, truth: npt.ArrayLike, *, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins of the top probability (Guo et al. 2017)."""
    p = np.asarray(probabilities, dtype=float)
    if not len(p):
        return float("nan")
    confidence = p.max(axis=1)
    hit = (p.argmax(axis=1) == np.asarray(truth)).astype(float)
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    weight = np.bincount(index, minlength=bins)
    gap = np.bincount(index, weights=confidence - hit, minlength=bins)
    return float(np.abs(gap[weight > 0]).sum() / len(p))


def cosine(a: npt.ArrayLike, b: npt.ArrayLike) -> float:
    """Cosine of two vectors, as SemEval-2017 task 5 scores; NaN if one is zero."""
    x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    norm = float(np.linalg.norm(x) * np.linalg.norm(y))
    return float(x @ y / norm) if norm else float("nan")


def conflict_rows(texts: Sequence[str], truth: Sequence[int]) -> list[int]:
    """Indices of the rows whose text has targets of more than one label."""
    labels: dict[str, set[int]] = defaultdict(set)
    for text, label in zip(texts, truth, strict=True):
        labels[text].add(int(label))
    return [i for i, text in enumerate(texts) if len(labels[text]) > 1]
