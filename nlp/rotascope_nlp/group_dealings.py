"""Dealings of the market alone: `net buyers of X`, `profit-taking in X`, `X cut to neutral`.

No other group has to be named beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rotascope_nlp.doc_view import tags_of
from rotascope_nlp.group_lists import Hit
from rotascope_nlp.groups import SECTORS
from rotascope_nlp.market_words import COPULA, COUNTRIES, vocabulary
from rotascope_nlp.rotation_gaps import names_start

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ADJECTIVES = ("JJ", "DT", "PRP$", "HYPH")
_DEALERS = vocabulary("buyers sellers buyer seller")
_TAKE = vocabulary("take takes took taken taking book books booked booking lock locked")
_TAKING = vocabulary("taking booking")
_MOVES_IN = vocabulary(
    "selling buying positioning rally rout selloff off crowding shorts longs rebound position"
    " positions trade inflows outflows redemptions"
)
_PRICED = frozenset({("gold",), ("bonds",), ("momentum",)})
_RATED = vocabulary("overweight underweight neutral")
_EVEN = frozenset({("market", "weight"), ("equal", "weight")})
_WEIGHTS = vocabulary("weight weighting weightings")
_RATE = vocabulary(
    "upgraded upgrade upgrades upgrading downgraded downgrade downgrades downgrading cut cuts"
    " cutting raised raise raises raising lifted lifts lowered lowers lowering moved moves reduced"
    " reducing trimmed trimming increased increasing"
)
_BRUNT = ["the", "brunt", "of"]
_BEAR = vocabulary("bore bear bears bearing")
_BE = COPULA | {"remains", "remain"}
_AMOUNTS = vocabulary("$ eur rs usd € £ ₹ us$")
_DREW = vocabulary("drew attracted gathered pulled shed lost had saw took")
_OF_FUNDS = vocabulary("funds etfs flows inflows outflows fund etf")
_NEAR = 20


def dealt(doc: Doc, words: list[str], hit: Hit) -> bool:
    """Whether a dealing of the market is about the word."""
    i = hit.first - 1
    while i > 0 and doc[i].tag_.startswith(_ADJECTIVES):
        i -= 1
    if words[i] == "and" and words[i + 1] == "other":
        i = names_start(words, tags_of(doc), i, 1) - 1
    return (
        _by_dealers(words, i)
        or _moved(words, i, hit)
        or (words[i] in _RATE and _rating(words[hit.last : hit.last + 5]))
        or _weighed(words[hit.last : hit.last + 3])
        or _crowded(words[hit.last : hit.last + 5])
        or (hit.word not in COUNTRIES and _in_favour(words[hit.last : hit.last + 6]))
        or _drew(words, hit)
    )


def _by_dealers(words: Sequence[str], i: int) -> bool:
    """`net sellers of X`, `took profits in X`, `profit-taking in X`."""
    if i < 2:
        return False
    behind = words[i - 1]
    if words[i] == "of":
        return behind in _DEALERS and words[i - 2] == "net"
    if words[i] != "in":
        return False
    if behind in {"profits", "profit"}:
        return words[i - 2] in _TAKE
    return behind in _TAKING and "profit" in words[max(0, i - 3) : i - 1]


def _moved(words: Sequence[str], i: int, hit: Hit) -> bool:
    """`the selling in X`; of goods and countries it says too little."""
    entry = hit.entries[0]
    known = entry.groups[0] in SECTORS or entry.groups in _PRICED
    if not known or hit.word in COUNTRIES or i < 1 or words[i] != "in":
        return False
    return words[i - 1] in _MOVES_IN and (words[i - 1] != "off" or words[i - 3] == "sell")


def _rating(after: Sequence[str]) -> bool:
    """`Cut X to market weight`, `raised X by two points`."""
    if after[:1] == ["by"]:
        return "points" in after[2:5]
    if after[:1] != ["to"] or len(after) < 2:
        return False
    return after[1] in _RATED or tuple(after[1:3]) in _EVEN


def _weighed(after: Sequence[str]) -> bool:
    """`X's weight in the index`."""
    owned = after[:1] in (["'s"], ["'"])
    return owned and after[2:] == ["in"] and after[1] in _WEIGHTS


def _crowded(after: Sequence[str]) -> bool:
    """`X is the most crowded trade`, `X bore the brunt of the selling`."""
    if after[:1] and after[0] in _BEAR:
        return list(after[1:4]) == _BRUNT and after[4:] == ["the"]
    return bool(after) and after[0] in _BE and "crowded" in after


def _in_favour(after: Sequence[str]) -> bool:
    """`X is back in favor`, `X was long out of favor`."""
    if not after or after[0] not in _BE:
        return False
    i = 1
    while i < len(after) and after[i] in _AGAIN:
        i += 1
    phrase = list(after[i : i + 3])
    return phrase[:1] != [] and phrase[0] in {"in", "out"} and not _FAVOUR.isdisjoint(phrase)


_AGAIN = vocabulary("back again still long now firmly very much")
_FAVOUR = vocabulary("favor favour")


def _drew(words: Sequence[str], hit: Hit) -> bool:
    """`energy drew $1.2 billion`, where funds are spoken of."""
    after = words[hit.last : hit.last + 3]
    if hit.first and words[hit.first - 1] in {"in", "of", "from", "for"}:
        return False  # "funds listed in Europe gathered $3 billion"
    if not after or after[0] not in _DREW or _AMOUNTS.isdisjoint(after[1:]):
        return False
    return not _OF_FUNDS.isdisjoint(words[max(0, hit.first - _NEAR) : hit.last + _NEAR])
