"""What may stand between two groups of one list: sums of money, ratings, price moves, asides."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
