"""What was known, as time goes on: the articles of each period, and which of them count."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from rotascope.timeseries.corpus import Corpus, Links
from rotascope.timeseries.grid import Layout
from rotascope.timeseries.novelty import counted
from rotascope.timeseries.periods import Periods
from rotascope.timeseries.read import History

Ints = npt.NDArray[np.int64]


class Unfolding:
    """A history that is gone through from one end of a period to a later one's.

    An article changes its own period when it comes to be known or is edited, and others where its
    story then counts elsewhere: stories are looked at anew only where they have a new member.
    """

    def __init__(self, history: History, periods: Periods) -> None:
        articles = history.corpus.articles
        self._history, self._periods = history, periods
        self._period = periods.locate(articles.published)
        self._bounds = np.searchsorted(self._period, np.arange(len(periods) + 1))
        self._by_known = np.argsort(history.known, kind="stable")
        self._by_linked = np.argsort(history.linked, kind="stable")
        self._first = np.unique(history.number, return_index=True)[1]
        self._stories = _Stories(history.corpus.links, len(self._first))
        self._copy = np.zeros(len(self._first), bool)
        self._now = np.iinfo(np.int64).min

    def go_to_end_of(self, place: int) -> list[int]:
        """Let all that was seen before the end of this period be known; the periods it changes."""
        before, self._now = self._now, int(self._periods.bounds[place + 1]) - 1
        history = self._history
        came = _between(history.known, self._by_known, before, self._now)
        linked = _between(history.linked, self._by_linked, before, self._now)
        touched = np.concatenate([history.number[came], history.corpus.links.article[linked]])
        changed = self._count(self._stories.of(touched))
        periods = np.concatenate([self._period[came], self._period[self._first[changed]]])
        return [int(period) for period in np.unique(periods)]

    def _count(self, stories: Ints) -> Ints:
        """Look anew at which articles of these stories count; those for which it has changed."""
        members = self._stories.members(stories)
        members = members[self._history.known[self._first[members]] <= self._now]
        if not len(members):
            return members
        links, rows = self._history.corpus.links, self._stories.links(members)
        rows = rows[self._history.linked[rows] <= self._now]
        first = self._first[members]
        copy = ~counted(
            self._history.corpus.articles.take(first),
            Links(np.searchsorted(members, links.article[rows]), links.key[rows]),
            self._period[first],
        )
        changed: Ints = members[copy != self._copy[members]]
        self._copy[members] = copy
        return changed

    def period(self, place: int) -> tuple[Corpus, Layout]:
        """What is known of this period, as the only one there is."""
        low, high = self._bounds[place], self._bounds[place + 1]
        speaks = (self._history.known[low:high] <= self._now) & (
            self._now < self._history.until[low:high]
        )
        rows = low + np.flatnonzero(speaks)
        counts = ~self._copy[self._history.number[rows]]
        return self._history.corpus.only(rows), Layout(np.zeros(len(rows), np.int64), counts)

    def nothing(self) -> tuple[Corpus, Layout]:
        """What is known before anything is."""
        none = np.empty(0, np.int64)
        return self._history.corpus.only(none), Layout(none, np.empty(0, bool))


def _between(moments: Ints, order: Ints, after: int, to: int) -> Ints:
    """Where `moments` lie after one and up to another; `order` sorts them."""
    low, high = np.searchsorted(moments, [after, to], "right", sorter=order)
    return order[low:high]


class _Stories:
    """Articles that are linked at any time, directly or through others: never linked to others."""

    def __init__(self, links: Links, count: int) -> None:
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        names, key = np.unique(links.key, return_inverse=True)
        size = count + len(names)
        edges = (np.ones(len(key), np.int8), (links.article, count + key))
        _, story = connected_components(coo_array(edges, shape=(size, size)), directed=False)
        linked = np.zeros(count, bool)
        linked[links.article] = True
        self._story = np.where(linked, story[:count], -1)
        self._order = np.argsort(self._story, kind="stable")
        self._sorted = self._story[self._order]
        self._links = links.article

    def of(self, articles: Ints) -> Ints:
        """The stories of these articles; one that has no copies is none."""
        found = np.unique(self._story[articles])
        return found[found >= 0]

    def members(self, stories: Ints) -> Ints:
        """All articles of these stories, in order."""
        low, high = (np.searchsorted(self._sorted, stories, side) for side in ("left", "right"))
        return np.sort(self._order[_ranges(zip(low, high, strict=True))])

    def links(self, articles: Ints) -> Ints:
        """The rows of all links of these articles."""
        low, high = (np.searchsorted(self._links, articles, side) for side in ("left", "right"))
        return _ranges(zip(low, high, strict=True))


def _ranges(bounds: Iterable[tuple[int, int]]) -> Ints:
    return np.concatenate([np.empty(0, np.int64), *(np.arange(*pair) for pair in bounds)])
