"""A model that is ready to score: texts in, probabilities out, in bulk.

What makes it fast, besides the engine: equal inputs are scored once and remembered; batches hold
texts of like length, across everything that was given; and while one window of texts is scored,
the next is tokenised by another thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from rotascope_models.base import LABELS, Example, Probabilities
from rotascope_models.batching import Batch, ScoreCache, batches
from rotascope_models.encoding import Encoder

WINDOW = 4096
"""Texts sorted together.  More gained under 1 % in speed, and memory grows with it."""

CACHE = 20_000
"""Scores remembered: about 6 MB for news sentences."""

_LONGEST_CACHED = 2_000


class Engine(Protocol):
    """What computes: one backend with its session.  `why`: the reason it was chosen."""

    @property
    def backend(self) -> str:
        """Its name: onnx, openvino or torch."""

    @property
    def precision(self) -> str:
        """In what numbers it computes."""

    @property
    def why(self) -> str:
        """Why this backend and precision."""

    @property
    def tokens(self) -> int:
        """Tokens of a batch at which it is fastest."""

    @property
    def parallel(self) -> int:
        """Batches that it computes at once."""

    def run(self, work: Iterable[Batch]) -> Iterator[tuple[Batch, npt.NDArray[np.float32]]]:
        """Each batch with its logits, of shape (rows, labels), in any order."""


@dataclass(frozen=True, slots=True)
class Model:
    """A `SentimentModel`.  `order`: output columns of `LABELS`; `temperature` divides their logits.

    `roles`: output columns of `ROLES`, None for a model that does not read them.
    """

    id: str
    revision: str
    encoder: Encoder
    engine: Engine
    order: tuple[int, int, int]
    temperature: float = 1.0
    roles: tuple[int, ...] | None = None
    cache: ScoreCache = field(default_factory=lambda: ScoreCache(CACHE))

    @property
    def targeted(self) -> bool:
        """Whether the model reads a marked target; if not, it is given the clause around."""
        return self.encoder.targeted

    def check(self, example: Example) -> None:
        """Raise TargetError if `example` cannot be scored."""
        self.encoder.check(example)

    def predict(self, examples: Sequence[Example]) -> Probabilities:
        """Probabilities of shape (len(examples), 3), columns as `LABELS`, in the order given.

        Raises TargetError for a bad span, before anything is scored (see `check`).
        """
        return self._rows(examples)[:, : len(LABELS)]

    def predict_with_roles(
        self, examples: Sequence[Example]
    ) -> tuple[Probabilities, Probabilities | None]:
        """What `predict` gives, and of the same pass the role of each target in a flow.

        Roles: probabilities of shape (len(examples), len(ROLES)), columns as `ROLES`, rows sum to
        1; they mean nothing for an example without a target.  None if the model has none.
        """
        rows = self._rows(examples)
        return rows[:, : len(LABELS)], rows[:, len(LABELS) :] if self.roles else None

    @property
    def _width(self) -> int:
        return len(LABELS) + len(self.roles or ())

    def _rows(self, examples: Sequence[Example]) -> Probabilities:
        out = np.empty((len(examples), self._width), dtype=np.float32)
        unknown: dict[str, list[int]] = {}
        for i, example in enumerate(examples):
            text = self.encoder.text(example)
            score = self.cache.get(text)
            if score is None:
                unknown.setdefault(text, []).append(i)
            else:
                out[i] = score
        texts = list(unknown)
        firsts = [examples[unknown[text][0]] for text in texts]
        for start, scores in self._score(firsts, texts):
            for text, score in zip(texts[start : start + len(scores)], scores, strict=True):
                out[unknown[text]] = score
                if len(text) <= _LONGEST_CACHED:
                    self.cache.put(text, score)
        return out

    def _score(
        self, examples: Sequence[Example], texts: Sequence[str]
    ) -> Iterator[tuple[int, Probabilities]]:
        for start, ids in self._encoded(examples, texts):
            scores = np.empty((len(ids), self._width), dtype=np.float32)
            share = -(-sum(map(len, ids)) // self.engine.parallel)
            tokens = min(self.engine.tokens, share)
            work = batches(ids, tokens=tokens, pad=self.encoder.pad)
            for batch, logits in self.engine.run(work):
                scores[list(batch.rows)] = self._probabilities(logits)
            yield start, scores

    def _probabilities(self, logits: npt.NDArray[np.float32]) -> Probabilities:
        sentiment = softmax(logits[:, self.order] / self.temperature)
        if self.roles is None:
            return sentiment
        return np.hstack([sentiment, softmax(logits[:, self.roles])])

    def _encoded(
        self, examples: Sequence[Example], texts: Sequence[str]
    ) -> Iterator[tuple[int, list[list[int]]]]:
        starts = range(0, len(texts), WINDOW)
        if len(starts) <= 1:
            if texts:
                yield 0, self.encoder.encode(examples, texts)
            return
        with ThreadPoolExecutor(1, thread_name_prefix="tokenise") as pool:
            coming = pool.submit(self.encoder.encode, examples[:WINDOW], texts[:WINDOW])
            for start in starts:
                ids = coming.result()
                nxt = slice(start + WINDOW, start + 2 * WINDOW)
                if nxt.start < len(texts):
                    coming = pool.submit(self.encoder.encode, examples[nxt], texts[nxt])
                yield start, ids


def softmax(logits: npt.NDArray[np.float32]) -> Probabilities:
    """Rows of `logits` to probabilities."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    raised = np.exp(shifted)
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def describe(model: Model) -> dict[str, str]:
    """What `rotascope info` shows of a model: id, revision, backend, precision, why."""
    engine = model.engine
    return {
        "id": model.id,
        "revision": model.revision,
        "targeted": "yes" if model.targeted else "no (scored by the clause around a target)",
        "backend": engine.backend,
        "precision": engine.precision,
        "why": engine.why,
    }
