"""Sizes of companies named by a bare adjective: `from large to small`, `large and small caps`."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from rotascope_nlp.group_lexicon import Entry
from rotascope_nlp.group_lists import Hit
from rotascope_nlp.market_words import BEAT, vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BIG = vocabulary("big large larger largest mega biggest")
_SMALL = vocabulary("small smaller smallest")
_LINKS = vocabulary("to into over")
_LARGE_CAPS, _SMALL_CAPS, _MID_CAPS, _MEGA_CAPS = (
    Entry((group,), "group", "alone")
    for group in ("large_caps", "small_caps", "mid_caps", "mega_caps")
)
_OF_CAPS = {
    "large": _LARGE_CAPS, "larger": _LARGE_CAPS, "big": _LARGE_CAPS, "small": _SMALL_CAPS,
    "smaller": _SMALL_CAPS, "mid": _MID_CAPS, "medium": _MID_CAPS, "mega": _MEGA_CAPS,
    "micro": _SMALL_CAPS,
}  # fmt: skip
_SIZE = _BIG | _SMALL | _OF_CAPS.keys()
_BETWEEN = vocabulary(", and or to & / - from into over")
_CAPS = vocabulary("cap caps capitalization")
_CAPS_REACH = 9


def sizes(doc: Doc, words: list[str], covered: Set[int]) -> Iterator[Hit]:
    """Sizes that no pattern of the lexicon names; `covered`: the tokens that one does."""
    for i in [i for i, word in enumerate(words) if word in _SIZE]:
        word = words[i]
        if word in _OF_CAPS and i not in covered and _before_caps(words, i):
            yield Hit(i, i + 1, [_OF_CAPS[word]])
        elif word in _SMALL or word in _BIG:
            yield from _against(doc, words, i)


def _before_caps(words: list[str], i: int) -> bool:
    """`large, mid and small caps`: the noun stands behind the last of them."""
    linked = False
    for word in words[i + 1 : i + _CAPS_REACH]:
        if word in _CAPS:
            return linked
        if word not in _OF_CAPS and word not in _BETWEEN:
            return False
        linked = linked or word in _OF_CAPS
    return False


def _against(doc: Doc, words: list[str], i: int) -> Iterator[Hit]:
    """`from large to small`, `small caps beat large`."""
    small = words[i] in _SMALL
    if 1 < i < len(words) - 1 and _ones(words, i):
        yield Hit(i, i + 2, [_SMALL_CAPS if small else _LARGE_CAPS])
        return
    if not 1 < i < len(words) - 1 or doc[i + 1].tag_.startswith(("NN", "HYPH", "JJ")):
        return
    this, that = (_SMALL_CAPS, _LARGE_CAPS) if small else (_LARGE_CAPS, _SMALL_CAPS)
    other = words[i - 2]
    if words[i - 1] in _LINKS and other in (_BIG if small else _SMALL):
        yield Hit(i - 2, i - 1, [that])
        yield Hit(i, i + 1, [this])
    elif words[i - 1] in BEAT | _LINKS and other in {"cap", "caps"}:
        yield Hit(i, i + 1, [this])


def _ones(words: list[str], i: int) -> bool:
    """`small caps did better than big ones`."""
    behind = words[max(0, i - _CAPS_REACH) : i]
    return words[i + 1] == "ones" and not _CAPS.isdisjoint(behind)
