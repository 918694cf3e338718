"""A model whose answers can be worked out by eye: for tests, here and in users' projects."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from rotascope_models.base import Example, Probabilities
from rotascope_models.markers import check_target

POSITIVE = frozenset({"rose", "rises", "gained", "jumped", "soared", "rally", "strong", "beat"})
NEGATIVE = frozenset({"fell", "falls", "lost", "dropped", "slumped", "rout", "weak", "missed"})


class WordModel:
    """Reads the first word of its lists after the target, else before it.

    (0.05, 0.15, 0.80) for a word of POSITIVE, (0.80, 0.15, 0.05) for one of NEGATIVE, else
    (0.1, 0.8, 0.1); columns as LABELS.  Without a target the first such word of the text counts.
    """

    id = "word-model"
    revision = "1"
    targeted = True

    def predict(self, examples: Sequence[Example]) -> Probabilities:
        """Probabilities of shape (len(examples), 3); raises TargetError for a bad span."""
        rows = [self._row(example) for example in examples]
        return np.array(rows, dtype=np.float32).reshape(len(rows), 3)

    def _row(self, example: Example) -> tuple[float, float, float]:
        check_target(example)
        words = list(re.finditer(r"\w+", example.text.lower()))
        at = example.end or 0
        after = [m.group() for m in words if m.start() >= at]
        before = [m.group() for m in reversed(words) if m.start() < at]
        for word in (*after, *before):
            if word in POSITIVE:
                return 0.05, 0.15, 0.80
            if word in NEGATIVE:
                return 0.80, 0.15, 0.05
        return 0.1, 0.8, 0.1
