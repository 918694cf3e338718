"""Groups told by what is said behind a plural: `stocks tied to the economy`, `seen as safe`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from rotascope_nlp.group_lexicon import Entry
from rotascope_nlp.group_lists import Hit
from rotascope_nlp.group_scene import scenes_of
from rotascope_nlp.market_words import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SHARES = vocabulary("stocks shares sectors equities")
_HEADS = _SHARES | vocabulary("names companies firms areas industries groups")
"""The others can be told of in any news: their sentence has to speak of the market."""
_CYCLICALS, _DEFENSIVES, _DIVIDEND = (
    Entry((group,), "group", "alone") for group in ("cyclicals", "defensives", "dividend")
)
_FILLERS = vocabulary(
    """
    that which are were is more most closely highly directly heavily typically often usually
    traditionally generally widely least very being tightly especially particularly
    """
)
_BETWEEN = vocabulary("whose fortunes of with close")
_TIED = vocabulary("tied linked sensitive geared leveraged levered exposed pegged vulnerable")
_OF_ECONOMY = vocabulary("the an economic business global domestic u.s. us broader")
_ECONOMY = vocabulary("economy cycle growth recovery expansion rebound reopening upturn")
_WIDE = vocabulary("economy economic business reopening")
_SEEN = vocabulary("seen viewed perceived considered regarded deemed thought known")
_SEEN_LINKS = vocabulary("as to be being relatively more")
_SAFE = vocabulary("safe safer safest defensive resilient recession-proof havens haven stable")
_SAFE_KINDS = frozenset({"less risky", "recession proof", "recession - proof", "less cyclical"})
_PAY = vocabulary("pay paying offer offering")
_PAY_LINKS = vocabulary("high higher hefty fat steady rich generous big large juicy")
_REACH = 9


def traits(doc: Doc, words: list[str], covered: Set[int]) -> Iterator[Hit]:
    """Plurals that only their description makes a group; `covered`: tokens of known patterns."""
    for i, word in enumerate(words):
        if word not in _HEADS or i in covered or (i and i - 1 in covered):
            continue
        start = i + 1
        while start < len(words) and words[start] in _FILLERS | _BETWEEN:
            start += 1
        if start - i > _REACH or start >= len(words) or doc[start].is_sent_start:
            continue
        entry, end = _told(words, start)
        if entry is None or not covered.isdisjoint(range(i, end)):
            continue
        if word in _SHARES or _of_market(doc, words, i):
            yield Hit(i, end, [entry], word)


def _of_market(doc: Doc, words: list[str], i: int) -> bool:
    return any(scene.certain for scene in scenes_of(doc, words) if scene.start <= i < scene.end)


def _told(words: Sequence[str], start: int) -> tuple[Entry | None, int]:
    """What the words from `start` on make of the plural before them, and where they end."""
    word = words[start]
    if word in _TIED:
        end = _skip(words, start + 1, _OF_ECONOMY | {"to"})
        wide = not _WIDE.isdisjoint(words[start : end + 1])
        if wide and words[start + 1 : start + 2] == ["to"] and _at(words, end) in _ECONOMY:
            return _CYCLICALS, end + 1
    if word in _SEEN:
        end = _skip(words, start + 1, _SEEN_LINKS)
        if _at(words, end) in _SAFE:
            return _DEFENSIVES, end + 1
        if " ".join(words[end : end + 2]) in _SAFE_KINDS:
            return _DEFENSIVES, end + 2
    if word in _PAY:
        end = _skip(words, start + 1, _PAY_LINKS)
        if _at(words, end) in {"dividends", "dividend"}:
            return _DIVIDEND, end + 1
    return None, start


def _skip(words: Sequence[str], start: int, fill: frozenset[str]) -> int:
    while start < len(words) and words[start] in fill:
        start += 1
    return start


def _at(words: Sequence[str], i: int) -> str:
    return words[i] if i < len(words) else ""
