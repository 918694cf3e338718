"""The figures of one run, from gold labels and probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rotascope.evaluate.formats import Gold
from rotascope_models import metrics
from rotascope_models.base import LABELS, Probabilities

ROUND = 4
"""Decimals shown; a thousand rows do not support more."""


def label_figures(gold: Sequence[Gold], probabilities: Probabilities) -> dict[str, Any]:
    """Accuracy, macro-F1, F1 of each label, conflict slice, calibration error, confusion table."""
    truth = np.array([g.label for g in gold], dtype=np.int64)
    predicted = probabilities.argmax(axis=1)
    table = metrics.confusion(truth, predicted)
    return {
        "n": len(gold),
        "accuracy": _plain(metrics.accuracy(table)),
        "macro_f1": _plain(metrics.macro_f1(table)),
        "f1": dict(zip(LABELS, map(_plain, metrics.label_f1(table)), strict=True)),
        "conflict": _conflict(gold, truth, predicted),
        "ece": _plain(metrics.ece(probabilities, truth)),
        "confusion": table.tolist(),
    }


def _conflict(
    gold: Sequence[Gold], truth: npt.NDArray[np.int64], predicted: npt.NDArray[np.intp]
) -> dict[str, Any]:
    rows = metrics.conflict_rows([g.example.text for g in gold], truth.tolist())
    table = metrics.confusion(truth[rows], predicted[rows])
    return {
        "n": len(rows),
        "accuracy": _plain(metrics.accuracy(table)),
        "macro_f1": _plain(metrics.macro_f1(table)),
    }


def score_figures(gold: Sequence[Gold], probabilities: Probabilities) -> dict[str, Any]:
    """Cosine of the scores with gold scores, as SemEval-2017 task 5 is measured.

    Its weight, the share of rows answered, is 1: every row is.
    """
    scores = probabilities[:, LABELS.index("positive")] - probabilities[:, 0]
    wanted = np.array([g.score for g in gold], dtype=float)
    return {"n": len(gold), "cosine": _plain(metrics.cosine(wanted, scores))}


def agreement(fast: Probabilities, reference: Probabilities) -> dict[str, Any]:
    """How alike two backends answer: share of equal labels, and the greatest difference."""
    same = fast.argmax(axis=1) == reference.argmax(axis=1)
    return {
        "labels_equal": _plain(float(same.mean())),
        "largest_difference": _plain(float(np.abs(fast - reference).max())),
    }


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else round(value, ROUND)
