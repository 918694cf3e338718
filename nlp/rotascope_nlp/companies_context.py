"""A sentence and a name in it, as the linker's steps hand them on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from rotascope_nlp import companies_words as words
from rotascope_nlp.gazetteer import Company, Surface

_WORD = re.compile(r"[^\W\d_][\w'&.-]*")
_NEXT = re.compile(r"\s+([A-Za-z0-9][\w&'-]*)")
_PREVIOUS = re.compile(r"([A-Za-z][\w.&'-]*)\s+$")


@dataclass(slots=True)
class Sense:
    """A sentence as the linker needs it, worked out on demand."""

    start: int
    end: int
    text: str
    lowered: bool
    """The sentence was given in capitals: case tells nothing."""
    _titled: bool | None = field(default=None)
    _market: int | None = field(default=None)
    _abroad: bool | None = field(default=None)
    _topics: dict[str, int] = field(default_factory=dict)

    @property
    def titled(self) -> bool:
        """Written as a headline, each word with a capital: case tells little."""
        if self._titled is None:
            found = _WORD.findall(self.text)
            telling = [word for word in found if word.lower() not in words.SMALL]
            capital = sum(word[0].isupper() for word in telling)
            self._titled = len(telling) >= 3 and capital >= 0.72 * len(telling)
        return self._titled

    @property
    def market(self) -> int:
        """How many market words it has: 0, 1, or 2 for more."""
        if self._market is None:
            self._market = _up_to_two(words.MARKET, self.text)
        return self._market

    @property
    def abroad(self) -> bool:
        """It speaks of a foreign exchange."""
        if self._abroad is None:
            self._abroad = words.ABROAD.search(self.text) is not None
        return self._abroad

    def topic(self, sector: str | None) -> int:
        """How many words of a sector it has: 0, 1, or 2 for more."""
        if sector is None:
            return 0
        if sector not in self._topics:
            self._topics[sector] = _up_to_two(words.TOPICS[sector], self.text)
        return self._topics[sector]

    def before(self, start: int, size: int = 60) -> str:
        """The end of what stands in front of `start`, in this sentence."""
        at = start - self.start
        return self.text[max(0, at - size) : at]

    def after(self, end: int, size: int = 60) -> str:
        """The start of what stands behind `end`, in this sentence."""
        at = end - self.start
        return self.text[at : at + size]


@dataclass(slots=True)
class Named:
    """A name found in the text, and what became of it."""

    start: int
    end: int
    surface: Surface
    company: Company
    sense: Sense
    tag: str
    """Penn tag of its first token."""
    last_tag: str
    """Penn tag of the token in front of it."""
    next_tag: str
    """Penn tag of the token behind it."""
    suffix_end: int
    """Where its legal suffix ends; `end` if it has none."""
    legal: bool
    """The legal suffix is one that the company bears."""
    first: bool
    """First word of its sentence, or after a colon, dash or quote: the capital tells nothing."""
    taken: bool = False
    blocked: str = ""
    points: float = 0.0
    why: str = ""
    backed: bool = False
    """Its legal suffix, its ticker or its full name is there."""
    longer: bool = False
    """It stands behind another capitalised word, as a surname does."""


@dataclass(frozen=True, slots=True)
class Support:
    """What the rest of the article says for a company."""

    exact: frozenset[str]
    """Symbols that stand as tickers."""
    named: frozenset[str]
    """Symbols whose strong name is there."""
    beside: frozenset[int]
    """Starts of names with their own ticker in brackets behind."""


def _up_to_two(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in islice(pattern.finditer(text), 2))


def next_word(after: str) -> str:
    """The word right behind, no punctuation between; "" if there is none."""
    match = _NEXT.match(after)
    return match.group(1) if match else ""


def previous_word(before: str) -> str:
    """The word right in front, no punctuation between; "" if there is none."""
    match = _PREVIOUS.search(before)
    return match.group(1) if match else ""
