"""What a series is made of, as columns; articles in one order, whatever order they came in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

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

    def take(self, rows: Ints) -> Articles:
        """Only these rows, in their order."""
        return Articles(*(getattr(self, name)[rows] for name in Articles.__slots__))


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

    def only(self, rows: Ints) -> Corpus:
        """These articles alone, in their order, which is ascending; without links."""
        return replace(
            self,
            articles=self.articles.take(rows),
            scores=_of(self.scores, rows),
            claims=_of(self.claims, rows),
            links=Links(np.empty(0, np.int64), np.empty(0, np.int64)),
        )


_Said = TypeVar("_Said", Scores, Claims)


def _of(said: _Said, rows: Ints) -> _Said:
    """What these articles say, with their new places; `said` is in the order of articles."""
    if not len(rows):
        return type(said)(*(getattr(said, name)[:0] for name in said.__slots__))
    ends = np.array([rows[0], rows[-1] + 1], said.article.dtype)  # of its type: no copy of it all
    low, high = np.searchsorted(said.article, ends)
    place = np.searchsorted(rows, said.article[low:high])
    found = low + np.flatnonzero(rows[place] == said.article[low:high])
    columns = {name: getattr(said, name)[found] for name in said.__slots__}
    return type(said)(**{**columns, "article": place[found - low]})
