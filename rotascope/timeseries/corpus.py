"""What a series is made of, as columns; articles in one order, whatever order they came in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

STATUSES = ("asserted", "denied", "hypothetical", "past")
"""Order of the codes in `Claims.status`."""


@dataclass(frozen=True, slots=True)
class Articles:
    """One row an article, in canonical order.  Times are microseconds UTC.

    `analysis`, `version`: the ids that speak for it.  `revision` indexes `Corpus.revisions`.
    """

    published: Ints
    seen: Ints
    analysis: Ints
    version: Ints
    article: Ints
    intensity: Floats
    revision: Ints

    def __len__(self) -> int:
        return len(self.published)


@dataclass(frozen=True, slots=True)
class Scores:
    """One row for each group of an article: `article` and `group` are indexes."""

    article: Ints
    group: Ints
    mentions: Ints
    relevance: Floats
    negative: Floats
    neutral: Floats
    positive: Floats


@dataclass(frozen=True, slots=True)
class Claims:
    """One row for each flow of an article; an unnamed end is -1; `status` indexes STATUSES."""

    article: Ints
    source: Ints
    target: Ints
    status: Ints
    confidence: Floats


@dataclass(frozen=True, slots=True)
class Links:
    """Which articles tell the same story: rows that share `key`."""

    article: Ints
    key: Ints


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything a series is made of, as known at one moment, by one or more revisions."""

    articles: Articles
    scores: Scores
    claims: Claims
    links: Links
    groups: tuple[str, ...]
    kinds: tuple[str, ...]
    revisions: tuple[str, ...]
    models: tuple[str, ...]
