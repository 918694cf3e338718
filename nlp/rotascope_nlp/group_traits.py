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
_PLACES = vocabulary("parts corners pockets segments")
_HEADS = (
    _SHARES
    | _PLACES
    | vocabulary("names companies firms areas industries groups businesses ones anything")
)
"""The others can be told of in any news: their sentence has to speak of the market."""
_CYCLICALS, _DEFENSIVES, _DIVIDEND, _QUALITY, _VALUE, _GROWTH = (
    Entry((group,), "group", "alone")
    for group in ("cyclicals", "defensives", "dividend", "quality", "value", "growth")
)
_FILLERS = vocabulary(
    """
    that which are were is more most closely highly directly heavily typically often usually
    traditionally generally widely very being tightly especially particularly tend to
    """
)
_BETWEEN = vocabulary(
    "a plain plainer clear clearer direct stronger"
    " whose fortunes of the stock equity market economy whole companies with close"
)
_TIED = vocabulary(
    "tied linked sensitive geared leveraged levered exposed pegged vulnerable dependent reliant"
    " link links ties exposure attuned hitched"
)
_LEAN = vocabulary("lean leans depend depends rely hinge hinges leaning depending relying")
_SWING = vocabulary("rise rises move moves swing fluctuate grow fall ebb wax track")
_GAIN = vocabulary("benefit benefits profit profits gain gains benefiting thrive thrives")
_FARE = vocabulary("do does fare fares perform performs hold holds")
_THRIVE = vocabulary("thrive thrives shine prosper flourish outperform excel boom")
_ENDURE = vocabulary("weather withstand survive resist")
_TO = vocabulary("to on upon with from in when as if during through")
_OF_ECONOMY = vocabulary(
    "the an a economic business global domestic u.s. us broader stronger general overall whole"
    " improving growing healthy healthier faster quicker strong robust national and fall flow"
    " plainer hardest harder most best well better up up, wane nation 's"
)
_ECONOMY = vocabulary(
    "economy cycle growth recovery expansion rebound reopening upturn upswing activity"
)
_WIDE = vocabulary("economy economic business reopening upturn expansion upswing")
_DOWN = vocabulary(
    "recession recessions downturn downturns slowdown slowdowns slump slumps weakens slows"
    " contracts shrinks weakening slowing falters stumbles sours contraction trouble turmoil"
)
_UP = vocabulary(
    "grows growing improves improving strengthens accelerates recovers recovery expansion booming"
    " expands expanding picks upturn rebounds reopens reopening boom booms"
)
_FARE_LINKS = vocabulary(
    "well best better up steady in a an the economic economy when if as during through even its"
    " business u.s. is times of global relatively deep mild"
)
_SEEN = vocabulary("seen viewed perceived considered regarded deemed thought known")
_SEEN_LINKS = vocabulary("as to be being relatively more comparatively")
_SAFE = vocabulary("safe safer safest defensive resilient recession-proof havens haven stable")
_SAFE_KINDS = frozenset({"less risky", "recession proof", "recession - proof", "less cyclical"})
_PAY = vocabulary("pay paying offer offering throw")
_LAVISH = vocabulary("high higher hefty fat fatter steady rich richer generous big large juicy")
_WITH = {
    _QUALITY: (
        vocabulary("strong solid healthy fortress robust clean rock-solid sturdy pristine stronger"
                   " sound wide broad deep little low no"),
        vocabulary("sheets sheet moats moat debt leverage"),
    ),
    _DIVIDEND: (_LAVISH, vocabulary("dividends dividend payouts yields")),
    _VALUE: (
        vocabulary("low lower modest cheap cheaper depressed undemanding reasonable lowest"),
        vocabulary("valuations multiples valuation"),
    ),
    _GROWTH: (
        vocabulary("high higher lofty rich steep sky-high elevated stretched expensive frothy"
                   " loftier richest highest premium"),
        vocabulary("valuations multiples valuation"),
    ),
}  # fmt: skip
"""What companies have, and how they have it."""
_CHEAP = vocabulary("cheap inexpensive undervalued underpriced")
_LOOK = vocabulary("look looks seem appear looking considered")
_REACH, _WITH_REACH = 11, 5


def traits(doc: Doc, words: list[str], covered: Set[int]) -> Iterator[Hit]:
    """Plurals that only their description makes a group; `covered`: tokens of known patterns."""
    for i, word in enumerate(words):
        if word not in _HEADS or i in covered or (i and i - 1 in covered):
            continue
        if i > 1 and words[i - 1] == "," and i - 2 in covered:
            continue  # "software, a sector trading at high multiples"
        start = i + 1
        while start < len(words) and words[start] in _FILLERS | _BETWEEN:
            start += 1
        if start - i > _REACH or start >= len(words) or doc[start].is_sent_start:
            continue
        entry, end = _told(words, start)
        if entry is None or not covered.isdisjoint(range(i, min(end, start))):
            continue
        if word in _SHARES or _of_market(doc, words, i):
            yield Hit(i, end, [entry], word)


def _of_market(doc: Doc, words: list[str], i: int) -> bool:
    return any(scene.certain for scene in scenes_of(doc, words) if scene.start <= i < scene.end)


def _told(words: Sequence[str], start: int) -> tuple[Entry | None, int]:
    """What the words from `start` on make of the plural before them, and where they end."""
    for reader in (_of_the_economy, _in_a_recession, _seen, _having):
        entry, end = reader(words, start)
        if entry is not None:
            return entry, end
    return None, start


def _of_the_economy(words: Sequence[str], start: int) -> tuple[Entry | None, int]:
    """`tied to the economy`, `that rise and fall with the cycle`, `less tied to growth`."""
    less = words[start] in {"less", "least"}
    verb = start + less
    word = _at(words, verb)
    if word not in _TIED | _LEAN | _SWING | _GAIN:
        return None, start
    end = _skip(words, verb + 1, _OF_ECONOMY | _TO)
    passed = words[verb + 1 : end]
    wide = not _WIDE.isdisjoint(words[verb + 1 : end + 1]) or (
        _at(words, end) == "recovery" and _at(words, end + 1) not in {"in", "of", "at", "for"}
    )
    if not wide or _TO.isdisjoint(passed) or _at(words, end) not in _ECONOMY:
        return None, start
    if word in _SWING and "with" not in passed:
        return None, start
    if word in _GAIN and "from" not in passed and "when" not in passed:
        return None, start
    return (_DEFENSIVES if less else _CYCLICALS), end + 1


def _in_a_recession(words: Sequence[str], start: int) -> tuple[Entry | None, int]:
    """`that hold up in a downturn`, `that do well when the economy grows`."""
    word = words[start]
    if word not in _FARE | _THRIVE | _ENDURE:
        return None, start
    end = _skip(words, start + 1, _FARE_LINKS)
    last, passed = _at(words, end), words[start + 1 : end]
    if last in _DOWN and (word in _ENDURE or not _TO.isdisjoint(passed)):
        return _DEFENSIVES, end + 1
    if last in _UP and word not in _ENDURE and not {"when", "in", "if", "as"}.isdisjoint(passed):
        return _CYCLICALS, end + 1
    return None, start


def _seen(words: Sequence[str], start: int) -> tuple[Entry | None, int]:
    """`seen as safe`, `considered less risky`, `that look cheap`."""
    word = words[start]
    if word in _LOOK:
        end = _skip(words, start + 1, _SEEN_LINKS)
        if _at(words, end) in _CHEAP:
            return _VALUE, end + 1
    if word in _SEEN:
        end = _skip(words, start + 1, _SEEN_LINKS)
        if _at(words, end) in _SAFE:
            return _DEFENSIVES, end + 1
        if " ".join(words[end : end + 2]) in _SAFE_KINDS:
            return _DEFENSIVES, end + 2
    return None, start


def _having(words: Sequence[str], start: int) -> tuple[Entry | None, int]:
    """`paying fat dividends`, `with strong balance sheets`, `trading at low multiples`."""
    if words[start] in _PAY:
        end = _skip(words, start + 1, _LAVISH)
        if _at(words, end) in {"dividends", "dividend"}:
            return _DIVIDEND, end + 1
    trading = words[start] in {"at", "on"} or _at(words, start + 1) == "at"
    if words[start - 1] == "with" or trading:
        near = words[start : start + _WITH_REACH + 1]
        for entry, (how, what) in _WITH.items():
            at = next((i for i, word in enumerate(near) if word in what), None)
            if at is not None and not how.isdisjoint(near[:at]) and "," not in near[:at]:
                return entry, start + at + 1
    return None, start


def _skip(words: Sequence[str], start: int, fill: frozenset[str]) -> int:
    while start < len(words) and words[start] in fill:
        start += 1
    return start


def _at(words: Sequence[str], i: int) -> str:
    return words[i] if i < len(words) else ""
