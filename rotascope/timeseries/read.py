"""Read what a series needs from the store, as columns: no Python object is kept for a row.

The articles come in one order, by publication, first sight and article key, so that no sum
depends on the order in which they were ingested.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from rotascope.timeseries.corpus import Articles, Corpus, Links
from rotascope.timeseries.tables import (
    Lookup,
    read_articles,
    read_claims,
    read_links,
    read_scores,
)

Ints = npt.NDArray[np.int64]


def read_corpus(
    connection: sa.Connection,
    *,
    chosen: Sequence[tuple[str, str]],
    as_of: int | None = None,
    tickers: bool = True,
    keys: Sequence[tuple[int, int]] = (),
) -> Corpus:
    """Read all that was seen by `as_of` (microseconds UTC; None: ever), in the latest version.

    Without `tickers` the scores of single companies are left out.  `keys`: story keys of versions
    that could not be kept in the store.
    """
    rows, version_seen, key = read_articles(connection, [row[0] for row in chosen], as_of)
    # Each article speaks through its latest version, in the newest revision that has it.
    newest = np.lexsort((-rows.revision, version_seen, rows.article))
    article = rows.article[newest]
    last = newest[np.r_[article[1:] != article[:-1], True][: len(newest)]]
    rows = rows.take(last[np.lexsort((key[last], rows.seen[last], rows.published[last]))])
    links, _ = read_links(connection, rows.article, as_of, keys)
    return _read_said(connection, rows, links, chosen=chosen, tickers=tickers)


@dataclass(frozen=True, slots=True)
class History:
    """Every version of every article, so that what was known at any moment can be made of it.

    `corpus`: a row of its articles is an analysis of a version; those of one article stand
    together, in the order in which they came to be known.  `known`, `until`: from when to just
    before when a row speaks for its article, in microseconds.  `number`: of the row's article.
    The links of `corpus` are between these numbers; `linked`: when each of them was seen.
    """

    corpus: Corpus
    known: Ints
    until: Ints
    number: Ints
    linked: Ints


def read_history(
    connection: sa.Connection,
    *,
    chosen: Sequence[tuple[str, str]],
    tickers: bool = True,
    keys: Sequence[tuple[int, int]] = (),
) -> History:
    """What `read_corpus` reads for every `as_of`, at once; arguments as there."""
    rows, version_seen, key = read_articles(connection, [row[0] for row in chosen], None)
    # As in a corpus; within an article the one that speaks, of what is known, comes last.
    order = np.lexsort((-rows.revision, version_seen, key, rows.seen, rows.published))
    rows, version_seen = rows.take(order), version_seen[order]
    first = np.r_[True, rows.article[1:] != rows.article[:-1]][: len(rows)]
    known = np.maximum(np.maximum(rows.seen, version_seen), rows.published)
    forever = np.iinfo(np.int64).max
    until = np.where(np.r_[first[1:], True][: len(rows)], forever, np.r_[known[1:], forever])
    links, linked = read_links(connection, rows.article[first], None, keys)
    return History(
        corpus=_read_said(connection, rows, links, chosen=chosen, tickers=tickers),
        known=known,
        until=until[: len(rows)],
        number=np.cumsum(first) - 1,
        linked=linked,
    )


def _read_said(
    connection: sa.Connection,
    rows: Articles,
    links: Links,
    *,
    chosen: Sequence[tuple[str, str]],
    tickers: bool,
) -> Corpus:
    """The corpus of these rows: what their analyses say."""
    order = np.argsort(rows.analysis, kind="stable")
    place = Lookup(rows.analysis[order], order)
    groups: dict[str, int] = {}
    kinds: dict[int, str] = {}
    scores = read_scores(connection, place, groups, kinds, tickers=tickers)
    claims = read_claims(connection, place, groups)
    return Corpus(
        articles=rows,
        scores=scores,
        claims=claims,
        links=links,
        groups=tuple(groups),
        kinds=tuple(kinds.get(code, "custom") for code in range(len(groups))),
        revisions=tuple(revision for revision, _ in chosen),
        models=tuple(model for _, model in chosen),
    )
