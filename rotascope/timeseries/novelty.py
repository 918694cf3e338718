"""Which articles count: of every story one, in the period in which it first appeared.

An article that shares a key with an earlier one tells its story again.  Only articles of the same
period or of earlier ones are looked at, and of these only those admitted by `--as-of`: so nothing
that was published or seen later can change what counted.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rotascope.timeseries.corpus import Articles, Links

Ints = npt.NDArray[np.int64]


def counted(articles: Articles, links: Links, period: Ints) -> npt.NDArray[np.bool_]:
    """True for the articles that stand for their story.

    `period`: the period of each article.  A story counts in the first period in which it appears,
    through the member that was seen first (then published first, then by article key); all its
    other articles, near-copies too, are copies and weigh nothing.
    """
    result = np.ones(len(articles), bool)
    if not len(links.article):
        return result
    members = np.unique(links.article)
    order = members[np.lexsort((members, articles.seen[members], period[members]))]
    keys = _keys_of(links)
    stories = _Stories()
    for batch in np.split(order, np.flatnonzero(np.diff(period[order])) + 1):
        known = len(stories)
        ids = [stories.add(keys[int(article)]) for article in batch]
        taken: set[int] = set()
        for article, node in zip(batch, ids, strict=True):
            root = stories.find(node)
            # A story with a member from an earlier period was counted there.
            if root in taken or root < known:
                result[article] = False
            taken.add(root)
    return result


def _keys_of(links: Links) -> dict[int, list[int]]:
    keys: dict[int, list[int]] = {}
    for article, key in zip(links.article.tolist(), links.key.tolist(), strict=True):
        keys.setdefault(article, []).append(key)
    return keys


class _Stories:
    """Union-find over articles in order: a story's root is the number of its oldest member."""

    def __init__(self) -> None:
        self._parent: list[int] = []
        self._holder: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._parent)

    def add(self, keys: list[int]) -> int:
        node = len(self._parent)
        self._parent.append(node)
        for key in keys:
            low, high = sorted((self.find(self._holder.setdefault(key, node)), self.find(node)))
            self._parent[high] = low
        return node

    def find(self, node: int) -> int:
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node
