"""Makes a text fit for the tagger without losing where each character came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SPACES = dict.fromkeys([*range(0x2000, 0x200B), 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, 0x9], " ")
_LETTERS = {
    ord("\u2018"): "'",
    ord("\u2019"): "'",
    ord("\u02bc"): "'",
    ord("\uff07"): "'",
    ord("\u201c"): '"',
    ord("\u201d"): '"',
    ord("\u2010"): "-",
    ord("\u2011"): "-",
    ord("\uff06"): "&",
    ord("\x0b"): "\n",
    ord("\x0c"): "\n",
    ord("\x85"): "\n",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
    ord("\r"): " ",
}
_ONE_TO_ONE = _SPACES | _LETTERS
_ODD = re.compile("[" + "".join(map(re.escape, map(chr, _ONE_TO_ONE))) + "]")
_WRAP = re.compile(
    r"(?<=[\w.,;%)\]])[ ]*\n[ ]*(?=[a-z])"
    r"|(?<=\s)(?:an?|and|as|at|by|for|from|in|into|its|of|on|or|the|to|with)[ ]*\n[ ]*(?=\w)"
)
"""A line break inside a sentence: of a text that was wrapped, not of a list or a heading."""
_CAPS_LINE = re.compile(r"[^\n]+")
CAPS_MIN_LETTERS = 16
"""A shorter line in capitals may be a row of tickers ("AAPL MSFT NVDA") or an acronym."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`text` for reading; `origin[i]` is the place of its character i in what was given.

    `origin` is None when the two line up.  `capitals` are the stretches given all in capitals;
    in `text` they are in lower case, so that the tagger and parser can read them, and in `cased`
    (of the same length) they are as given.
    """

    text: str
    cased: str
    origin: tuple[int, ...] | None
    capitals: tuple[tuple[int, int], ...]

    def back(self, place: int) -> int:
        """A boundary in `text` as a boundary in the text given."""
        if self.origin is None:
            return place
        return self.origin[place]


def clean(given: str) -> Cleaned:
    """Usual spaces and quotes, wrapped lines joined, nothing invisible, capitals lowered."""
    text = given
    if _ODD.search(given):
        text = given.translate(_ONE_TO_ONE)
    origin = None
    if not text.isascii() and any(_invisible(char) for char in set(text)):
        kept = [i for i, char in enumerate(text) if not _invisible(char)]
        text = "".join(text[i] for i in kept)
        origin = (*kept, len(given))
    if "\n" in text:
        text = _WRAP.sub(lambda found: found.group().replace("\n", " "), text)
    cased = text
    capitals = tuple(
        line.span() for line in _CAPS_LINE.finditer(text) if _is_capitals(line.group())
    )
    for start, end in capitals:
        text = text[:start] + _lower(text[start:end]) + text[end:]
    return Cleaned(text, cased, origin, capitals)


def _invisible(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char) == "Cf"


def _is_capitals(line: str) -> bool:
    if not line.isupper():  # quick: no lower-case letter at all
        return False
    words = re.findall(r"[^\W\d_]{2,}", line)
    row = 2 * len(re.findall(r"[,$/|]", line)) >= len(words)  # of tickers, not a sentence
    return not row and len(words) >= 3 and sum(map(len, words)) >= CAPS_MIN_LETTERS


def _lower(text: str) -> str:
    lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for i, char in enumerate(lowered):
        if char.isalpha():
            return lowered[:i] + char.upper() + lowered[i + 1 :]
    return lowered
