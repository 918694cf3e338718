"""Batches of like length, so that hardly any computing goes into padding."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

STEP, EVEN = 8, 64
"""The last bits of what a kernel adds up over a text depend on how many vector registers a row of
the batch fills: on which multiple of `STEP` its width has passed, up to `EVEN` (measured with
OpenVINO: multiples of 8 with AVX2, of 16 with AVX-512)."""

MAX_ROWS = 64
"""More rows a batch gained nothing on any CPU or GPU path that was measured."""


@dataclass(frozen=True, slots=True)
class Batch:
    """`rows`: where its texts stand in the window; `ids`, `mask`: int64, (rows, longest)."""

    rows: tuple[int, ...]
    ids: npt.NDArray[np.int64]
    mask: npt.NDArray[np.int64]


def batches(ids: Sequence[Sequence[int]], *, tokens: int, pad: int = 0) -> Iterator[Batch]:
    """Batches of at most `tokens` tokens, padding included (one text may exceed it alone).

    Longest first: the largest buffers are asked for once, and the last batch is the shortest.
    Texts whose lengths are of different steps are not batched, so that what a text is batched with
    does not change its score.
    """
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]), reverse=True)
    start = 0
    while start < len(order):
        width = len(ids[order[start]])
        count = max(1, min(MAX_ROWS, tokens // max(width, 1)))
        rows = order[start : start + count]
        rows = [row for row in rows if _step(len(ids[row])) == _step(width)]
        yield _pack(ids, rows, width, pad)
        start += len(rows)


def _step(length: int) -> int:
    return min(length, EVEN) // STEP


def _pack(ids: Sequence[Sequence[int]], rows: Sequence[int], width: int, pad: int) -> Batch:
    packed = np.full((len(rows), width), pad, dtype=np.int64)
    mask = np.zeros((len(rows), width), dtype=np.int64)
    for line, row in enumerate(rows):
        length = len(ids[row])
        packed[line, :length] = ids[row]
        mask[line, :length] = 1
    return Batch(tuple(rows), packed, mask)


class ScoreCache:
    """The last `size` scores by model input; old ones go first.  Safe to share by threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._scores: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def get(self, text: str) -> npt.NDArray[np.float32] | None:
        """The score of `text`, one value for each output, if it is still held."""
        with self._lock:
            score = self._scores.get(text)
            if score is not None:
                self._scores.move_to_end(text)
            return score

    def put(self, text: str, score: npt.NDArray[np.float32]) -> None:
        """Hold `score`, one value for each output, for `text`."""
        with self._lock:
            self._scores[text] = score
            if len(self._scores) > self._size:
                self._scores.popitem(last=False)

    def __len__(self) -> int:
        return len(self._scores)
