"""Words for a place that say where another group is, or that name no market of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rotascope_nlp.group_lists import Hit
from rotascope_nlp.groups import ABROAD, ASSETS
from rotascope_nlp.market_words import FUNDS, vocabulary

_FROM_ABROAD = vocabulary("foreign overseas offshore")
_DEALINGS = vocabulary("outflows inflows outflow inflow selling buying withdrawals purchases")
_EVERYWHERE = vocabulary("global world")
_HOME = vocabulary("u.s. us american america domestic")
_REACH = 15


class Named(Protocol):
    """A span of a text that names groups."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def groups(self) -> Sequence[str]: ...


def is_place(word: Named, named: Sequence[Named]) -> bool:
    """`UK smaller companies`, `European energy funds`: where the group is, and no end of a flow.

    Unless the place is what differs: `from US small caps into European small caps`.
    """
    if not ABROAD.issuperset(word.groups):
        return False
    group = next((each for each in named if each.start == word.end + 1), None)
    if group is None or not (ABROAD | ASSETS).isdisjoint(group.groups):
        return False
    return sum(each.groups == group.groups for each in named) == 1


def names_no_market(words: Sequence[str], hit: Hit) -> bool:
    """`overseas outflows` are of investors, `global funds` all, but beside those of the U.S."""
    entry = hit.entry
    if entry is None or entry.custom or not ABROAD.issuperset(entry.groups):
        return False
    if words[hit.first] in _EVERYWHERE and not FUNDS.isdisjoint(words[hit.last : hit.last + 2]):
        return _HOME.isdisjoint(words[max(0, hit.first - _REACH) : hit.last + _REACH])
    dealt = not _DEALINGS.isdisjoint(words[hit.last : hit.last + 1])
    return dealt and words[hit.first] in _FROM_ABROAD
