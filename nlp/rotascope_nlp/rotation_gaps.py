"""What may stand between two groups of a list, or behind one: sums, ratings, names, asides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rotascope_nlp.market_words import vocabulary

if TYPE_CHECKING:
    from rotascope_nlp.rotation_lists import Line

_BETWEEN = re.compile(r"^(?:, )?(?:and|or) , [\w' ]{3,40} ,$")
"""`Banks and, for the first time in months, insurers`."""
_AMOUNT = re.compile(
    r"^(?:(?:sector|sectors|stocks|shares|funds|etfs|counters|names) )?"
    r"(?:\( | worth |worth |at |to the tune of |, up |, ahead |, higher by |, which rose )"
    r"[^a-z(]{0,3}"
    r"(?:rs\.? |inr |about |nearly )?[^a-z(]*(?:billion|million|bn|crore|mn|b|m|%)?"
    r"(?: \))?(?: ,)?(?: and)?(?: the)?$"
)

RATING = (
    r"(?:an? )?(?:(?:over|under|market|equal|bench ?-? ?mark) ?-? ?weight(?:ing)?s?|neutral"
    r"|benchmark|(?:below|above) (?:the )?(?:benchmark|index))"
)
"""What a group is cut or raised *to*: `market weight`."""
POINTS = r"by (?:a |an )?(?:\w+ )?(?:(?:and )?a half )?(?:percentage |basis |full )?points?"
"""How much of a portfolio a group is cut or raised by."""
_RATED = re.compile(
    rf"^(?:(?:to|at) {RATING}(?: from {RATING})?|{POINTS})(?: ,)?(?: and)?(?: (?:the|its))?$"
)


def rated(words: Sequence[str]) -> bool:
    """`Cut A to neutral and B to underweight`: the first verb rules both."""
    return bool(_RATED.match(" ".join(words)))


def amount(words: Sequence[str]) -> bool:
    """Only a sum of money stands between: `IT (Rs 1,777 crore), metals`."""
    return bool(_AMOUNT.match(" ".join(words)))


def aside(words: Sequence[str]) -> bool:
    """Only an aside stands between: `banks and, to a lesser extent, insurers`."""
    return bool(_BETWEEN.match(" ".join(words)))


def apposition(line: Line, comma: int) -> int | None:
    """The second comma of `, the engine of the rally,` where a verb follows it."""
    if line.word(comma + 1) in {"whose", "which", "who"}:
        behind = range(comma + 2, min(line.last - 1, comma + 14))
        return next((i for i in behind if line.words[i] == ","), None)
    for i in range(comma + 2, min(line.last - 1, comma + 10)):
        if line.words[i] == ",":
            return i if line.tags[i + 1].startswith(("V", "RB", "MD")) else None
        if line.finite(i):
            return None
    return None


def names_end(line: Line, i: int) -> int:
    """Where the names in `chip stocks such as A, B and C` end."""
    while i < line.last and (line.tags[i].startswith("NNP") or line.words[i] in _NAMES_TOO):
        i += 1
    return i


_NAMES_TOO = vocabulary(", and or & ( ) .")


def names_before(line: Line, i: int, stop: int, *, clause: bool) -> int:
    """How long `Acme (ACM), Apex (APX) and` is before `other banks`: they are banks as well.

    `i`: the `and`; `stop`: the group; `clause`: the group has a verb of its own.
    """
    if line.words[i] != "and" or (clause and line.word(i - 1) == ","):
        return 0
    if _OTHERS.isdisjoint(line.words[i + 1 : stop]):
        return 0
    first = names_start(line.words, line.tags, i, line.first)
    return i - first + 1 if first < i else 0


_OTHERS = vocabulary("other rest fellow similar")


def names_start(words: Sequence[str], tags: Sequence[str], i: int, first: int) -> int:
    """Where the names `Acme (ACM), Apex (APX)` before token i begin; not before token `first`."""
    while i > first and (tags[i - 1].startswith("NNP") or words[i - 1] in _BETWEEN_NAMES):
        i -= 1
    return i


_BETWEEN_NAMES = vocabulary(", ( ) &")
