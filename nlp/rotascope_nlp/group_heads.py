"""The market noun behind a word, or behind the list it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rotascope_nlp.group_lexicon import Lexicon
from rotascope_nlp.group_lists import LIST_WORDS, Hit
from rotascope_nlp.groups import ABROAD
from rotascope_nlp.market_words import (
    BARE,
    COUNTRIES,
    FAR_HEADS,
    HEADS,
    MOVES_NOUNS,
    QUOTES,
    SHARES,
    STYLE_MOVES,
    TRADES,
    vocabulary,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PAIRING = vocabulary(", and or &")
_ACROSS = vocabulary("over to into than")
"""`from cyclical to defensive stocks`: the market noun stands behind the second."""
_HYPHENED = vocabulary(
    """
    dominated related linked sensitive oriented heavy focused based exposed testing making gear
    equipment supply design producing exporting geared adjacent leveraged
    """
)
_COMPOUNDS = HEADS | _HYPHENED | vocabulary("services service cap style growth value sector")
_NOUNS = vocabulary("stocks cos equities")
"""Nouns whatever the tagger takes them for in a headline."""
_RATHER = vocabulary("rather less")
_HEAD_REACH = 24
_NEAR_HEAD = 3
_OF_A_FIRM = vocabulary("exposure exposures losses gains winners weakness strength")
"""`China exposure`: what one company has in a country."""
_DOUBLE = QUOTES - {"'"}


def market_noun(
    doc: Doc, words: list[str], hit: Hit, lexicon: Lexicon, covered: set[int]
) -> int | None:
    """Where the noun stands that makes a group of the word, if there is one."""
    bare = hit.entries[0].groups[0] in BARE
    head = _head(doc, words, hit.last, STYLE_MOVES if bare else MOVES_NOUNS, covered)
    if head is None:
        return None
    word = words[head]
    if words[hit.last - 1] in COUNTRIES and (word in _OF_A_FIRM or word in HEADS - SHARES):
        return None  # "Germany's Volkswagen group"
    if word in TRADES and (bare or hit.entries[0].groups[0] in ABROAD):
        return None  # "global manufacturers"
    if only_shares(words, hit, lexicon):
        following = words[hit.last]
        near = head == hit.last or following in LIST_WORDS or following in QUOTES
        return head if near and word in SHARES else None  # no "office furniture stocks"
    return head


def only_shares(words: list[str], hit: Hit, lexicon: Lexicon) -> bool:
    return words[hit.first] in lexicon.only_shares and hit.last == hit.first + 1


def is_direct(words: list[str], hit: Hit, head: int | None) -> bool:
    """Whether the noun settles the word, whatever stands before it."""
    if head is None or head == hit.last:
        return head is not None
    if hit.entries[0].groups[0] in BARE:
        return "-" in words[hit.first : hit.last]  # "the higher-growth, riskier areas"
    return _shared(words, hit, head)


def _head(
    doc: Doc, words: list[str], start: int, moves: frozenset[str], covered: set[int]
) -> int | None:
    """Where the market noun stands that the words before it name: `oil, gas and mining stocks`."""
    for i in range(start, min(len(words), start + _HEAD_REACH)):
        word = words[i]
        if doc[i].tag_ == "NNP" and i + 1 < len(words) and doc[i + 1].tag_ == "NNP":
            return None  # "International Space Station"
        following = doc[i + 1].tag_ if i + 1 < len(words) else ""
        if word == "space" and following.startswith("NN"):
            return None  # "the European space agency"
        if word == "play" and words[i - 1] == "-":
            return None  # "auto-play"
        if i > start and word in HEADS and words[i - 1] in _PAIRING:
            return None  # "consumer and industry", "gold and stocks"
        if word in (HEADS if i < start + _NEAR_HEAD else FAR_HEADS):
            noun = word in _NOUNS or doc[i].tag_.startswith(("NN", "JJ", "VBG"))
            return i if noun else None
        if word in (QUOTES if i == start else _DOUBLE):
            continue  # the "value" trade, "value" and "growth" stocks
        if i <= start + (words[start] in QUOTES) and word in moves:
            return i
        if word == "sell" and words[i + 1 : i + 3] == ["-", "off"] and i == start:
            return i
        if (
            i == start
            and word == "-"
            and following.startswith("NN")
            and words[i + 1] not in _COMPOUNDS
        ):
            return None  # "tech-policy groups"
        if (
            word in _ACROSS
            or i in covered  # "from cyclical to cloud stocks", whatever the tagger says of them
            or word in _HYPHENED
            or (word in LIST_WORDS and word not in {"the", "other"})
            or word in _RATHER
            or (word == "(" and i == start)  # "momentum (stocks)"
        ):
            continue
        if not doc[i].tag_.startswith(("NN", "JJ", "VBG", "VBN", "HYPH")) or doc[i].is_sent_start:
            return None
    return None


def _shared(words: list[str], hit: Hit, head: int) -> bool:
    """`the internet and chip stocks`: a plural behind a list, and no `to` between."""
    gap = words[hit.last : head]
    return words[head] in FAR_HEADS and not _PAIRING.isdisjoint(gap) and _ACROSS.isdisjoint(gap)
