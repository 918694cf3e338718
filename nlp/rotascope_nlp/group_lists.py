"""Words for groups as they were found, and the lists and pairs that carry one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rotascope_nlp.group_lexicon import Entry
from rotascope_nlp.groups import SECTORS
from rotascope_nlp.market_words import FAR_HEADS, HEADS, MARKET_VERBS, MOVES_NOUNS, vocabulary
from rotascope_nlp.rotation_cues import is_cue

if TYPE_CHECKING:
    from spacy.tokens import Doc

LIST_WORDS = vocabulary(
    """
    , and or & / - as well other the more most even some both then
    """
)
_LIST_TAGS = ("JJ", "DT", "RB", "PRP$")
_STYLE_PAIR = ({"value", "growth"}, {"growth", "quality"}, {"value", "quality"})
_AGAINST = vocabulary("over to than versus vs vs. against out in ground for beat beats beating")
_NEAR_STYLE = 4
END_REACH = 9
END_TAGS = ("JJ", "NN", "DT", "RB", "VBN", "HYPH", "PRP$", "CD", "POS", "VBG")


@dataclass(slots=True)
class Hit:
    """A pattern found at tokens [first, last), not yet judged."""

    first: int
    last: int
    entries: list[Entry]
    word: str = ""
    entry: Entry | None = None
    method: str = ""
    reason: str = "no market context"


def is_cash(hit: Hit) -> bool:
    """Whether it would name cash, which is money that moves as well as a group."""
    return hit.entries[0].groups == ("cash",)


def spread_lists(doc: Doc, words: list[str], hits: list[Hit]) -> None:
    """A word in a list with a group is a group too: `small caps, energy and value`."""
    for one, other in pairwise(hits):
        if one.entry is None or other.entry is not None or other.method == "no":
            continue
        left, right = (one, other) if one.first < other.first else (other, one)
        gap = range(left.last, right.first)
        joined = [words[i] for i in gap]
        if other.entries[0].level == "adj" and describes(doc, words, other):
            continue
        if len(gap) <= 6 and _is_list_gap(doc, joined, gap):
            other.entry, other.method = other.entries[0], "list"


def _is_list_gap(doc: Doc, joined: list[str], gap: range) -> bool:
    if not any(word in {",", "and", "or", "&", "/"} for word in joined):
        return False
    return all(
        word in LIST_WORDS or word in HEADS or doc[i].tag_.startswith(_LIST_TAGS)
        for word, i in zip(joined, gap, strict=True)
    )


def listed(doc: Doc, words: list[str], hit: Hit) -> bool:
    """`areas like trucking and rails`, `sectors of the economy, including oil and steel`."""
    adjective = all(entry.level == "adj" for entry in hit.entries)
    sector = hit.entries[0].groups[0] in SECTORS
    i = hit.first - 1
    while i > 0 and hit.first - i < (_LIST_REACH if sector else END_REACH):
        opener = words[i]
        if opener == "like" or (opener == "as" and words[i - 1] == "such"):
            heads = FAR_HEADS if adjective else _CLASSES
            return (adjective or sector) and _heads_list(words, i - (opener == "as"), heads)
        if opener in _OPENERS:
            return sector and _heads_list(words, i, _CLASSES)
        if opener in _ARE:
            return sector and not _CLASSES.isdisjoint(words[max(0, i - END_REACH) : i])
        if not (opener in LIST_WORDS or doc[i].tag_.startswith(END_TAGS)):
            return False
        i -= 1
    return False


def _heads_list(words: list[str], opener: int, heads: frozenset[str]) -> bool:
    """Whether what stands before the opener of a list, `of the market` left out, is a head."""
    i = opener - 1
    if i > 0 and words[i] == ",":
        i -= 1
    if i > 0 and words[i] in _WHOLES:
        while i > 0 and words[i] in _WHOLES | {"of", "the"}:
            i -= 1
    return i >= 0 and words[i] in heads


_LIST_REACH = 14
_OPENERS = vocabulary("including namely :")
_ARE = vocabulary("are were include includes included")
_CLASSES = vocabulary("sectors areas segments industries pockets corners subsectors")
"""Nouns that only stand before groups, where a list of `companies` may be one of names."""
_WHOLES = vocabulary("market markets economy wall street s&p")


def opposed(words: list[str], one: Hit, other: Hit) -> bool:
    """`growth over value`, `growth is out, value is in`: two styles set against one another."""
    if {one.entries[0].groups[0], other.entries[0].groups[0]} not in _STYLE_PAIR:
        return False
    gap = words[one.last : other.first]
    return (
        "no" not in (one.method, other.method)
        and 0 < len(gap) <= _NEAR_STYLE
        and not _AGAINST.isdisjoint(gap)
    )


def describes(doc: Doc, words: list[str], hit: Hit) -> bool:
    """`tech workers`, `energy bills`: the word only describes another noun."""
    if hit.last >= len(words) or doc[hit.last].is_sent_start:
        return False
    following = words[hit.last]
    plain = following not in HEADS | MOVES_NOUNS and not is_cue(following)
    return plain and doc[hit.last].tag_ in {"NN", "NNS"} and following not in MARKET_VERBS
