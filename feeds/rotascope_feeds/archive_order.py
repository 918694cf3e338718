"""Day or month first in dates of numbers (05/07/2024): one order for a file and a separator.

Dates whose one number is over 12 tell the order of the others; the majority of them decides.  Where
none tells, dots mean the day first and slashes and dashes the month, as in the U.S.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Reason = Literal["option", "file", "convention"]

_DAY_FIRST_BY_CONVENTION = frozenset(".")
_MONTHS = 12
# A clock may stand before the date; its numbers are none of it.
_NUMERIC = re.compile(
    r"(?:\D*\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
    r"\D*(?P<first>\d{1,2})(?P<sign>[/.-])\s?(?P<second>\d{1,2})(?P=sign)\s?(?:\d{4}|\d{2})(?!\d)"
)


class BadDate(ValueError):
    """The date cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """Whether a date is read day first, and whether another date's order had to be borrowed."""

    day_first: bool
    ambiguous: bool


class DateOrder:
    """The order of a file's dates; the file is read for it once, when the first date needs it."""

    def __init__(self, day_first: bool | None = None) -> None:
        """`day_first`: as asked for; None: as the dates tell that `learn_from` gives."""
        self._asked = day_first
        self._dates: Callable[[], Iterable[object]] = tuple
        self._votes: Counter[tuple[str, bool]] | None = None
        self.reasons: set[Reason] = set()
        """What has decided so far about dates that could be read either way."""

    def learn_from(self, dates: Callable[[], Iterable[object]]) -> None:
        """Where to find all dates of the file."""
        self._dates, self._votes = dates, None

    def of(self, text: str) -> Order | None:
        """How to read `text`; None where it has no such date.  Raises BadDate: it contradicts."""
        match = _NUMERIC.match(text)
        if match is None:
            return None
        sign, own = match["sign"], _own_order(match)
        if match["first"].lstrip("0") == match["second"].lstrip("0"):
            return Order(day_first=False, ambiguous=False)
        day_first, reason = self._decided(sign)
        if own is None:
            self.reasons.add(reason)
            return Order(day_first, ambiguous=True)
        if own != day_first and (self._asked is not None or self._told(sign, not own)):
            raise BadDate(self._contradiction(text, sign, own))
        return Order(own, ambiguous=False)

    def _decided(self, sign: str) -> tuple[bool, Reason]:
        if self._asked is not None:
            return self._asked, "option"
        day, month = self._told(sign, True), self._told(sign, False)
        if day == month:
            return sign in _DAY_FIRST_BY_CONVENTION, "convention"
        return day > month, "file"

    def _told(self, sign: str, day_first: bool) -> int:
        """How many dates of the file tell this order."""
        if self._votes is None:
            self._votes = Counter()
            for value in self._dates():
                match = _NUMERIC.match(value) if isinstance(value, str) else None
                own = _own_order(match) if match else None
                if match and own is not None:
                    self._votes[match["sign"], own] += 1
        return self._votes[sign, day_first]

    def _contradiction(self, text: str, sign: str, own: bool) -> str:
        words = {True: "day", False: "month"}
        told = f"date {text[:60]!r} has the {words[own]} first"
        if self._asked is not None:
            return f"{told}, but the {words[not own]} was said to come first"
        others, alike = self._told(sign, not own), self._told(sign, own)
        return f"{told}, but the file's dates have the {words[not own]} ({others:,} to {alike:,})"


def _own_order(match: re.Match[str]) -> bool | None:
    """Day first, or not, as the date itself tells; None where it does not."""
    first, second = int(match["first"]) > _MONTHS, int(match["second"]) > _MONTHS
    return None if first == second else first
