"""What a sentiment model is: texts with an optional target in, three probabilities out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

LABELS = ("negative", "neutral", "positive")
"""Column order of every array of probabilities in this project."""

Probabilities = npt.NDArray[np.float32]

ROLES = (
    "none",
    "left, asserted",
    "left, denied",
    "left, hypothetical",
    "left, past",
    "entered, asserted",
    "entered, denied",
    "entered, hypothetical",
    "entered, past",
)
"""What a marked group can be in a flow of money or leadership; column order of role arrays."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text to score: a sentence, and the span of its target, or None for the text as a whole.

    `start` and `end` are code points into `text`.
    """

    text: str
    start: int | None = None
    end: int | None = None


class SentimentModel(Protocol):
    """A loaded model.  `targeted`: it reads target markers; if not, the clause around is scored."""

    @property
    def id(self) -> str:
        """Name of the model, as shown and stored."""

    @property
    def revision(self) -> str:
        """Short hash of weights and configuration."""

    @property
    def targeted(self) -> bool:
        """Whether the model reads a marked target."""

    def predict(self, examples: Sequence[Example]) -> Probabilities:
        """Probabilities of shape (len(examples), 3), columns as `LABELS`, rows sum to 1.

        Raises TargetError for a bad span (see `check_target` to ask beforehand).
        """


@runtime_checkable
class RoleModel(SentimentModel, Protocol):
    """A model that may tell, besides, what a target is in a flow of money or leadership."""

    def predict_with_roles(
        self, examples: Sequence[Example]
    ) -> tuple[Probabilities, Probabilities | None]:
        """What `predict` gives, and the roles: shape (len(examples), len(ROLES)), rows sum to 1.

        Roles mean nothing for an example without a target.  None if these weights have none.
        """
