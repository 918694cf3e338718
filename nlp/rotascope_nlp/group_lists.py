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
_AGAINST_MOMENTUM = vocabulary("value quality growth defensives dividend")
_AGAINST = vocabulary(
    "over to than versus vs vs. against out in ground for beat beats beating led leads lagged"
    " trailed trails outpaced outperformed topped behind"
)
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
        gap = _outside_brackets(words, left.last, right.first)
        joined = [words[i] for i in gap]
        level = other.entries[0].level
        if level != "noun" and describes(doc, words, other):
            continue
        if level == "end" and not (_sector(one) and doc[other.last - 1].tag_ in _PLURAL_TAGS):
            continue
        if len(gap) <= 6 and _is_list_gap(doc, joined, gap):
            other.entry, other.method = other.entries[0], "list"


def _sector(hit: Hit) -> bool:
    return hit.entries[0].groups[0] in SECTORS


_PLURAL_TAGS = ("NNS", "NNPS")


def _outside_brackets(words: list[str], start: int, end: int) -> list[int]:
    """The gap between two words of a list, without `(HC)` or a bracket that closes in it."""
    if ")" not in words[start : min(end, start + _BRACKET_REACH)]:
        return list(range(start, end))
    close = words.index(")", start, end)
    opens = words[start] == "(" or close == start
    return list(range(close + 1 if opens else start, end))


_BRACKET_REACH = 9


def _is_list_gap(doc: Doc, joined: list[str], gap: list[int]) -> bool:
    if not any(word in {",", "and", "or", "&", "/"} for word in joined):
        return False
    return all(
        word in LIST_WORDS or word in HEADS or doc[i].tag_.startswith(_LIST_TAGS)
        for word, i in zip(joined, gap, strict=True)
    )


def listed(doc: Doc, words: list[str], hit: Hit) -> bool:
    """`areas like trucking and rails`, `sectors of the economy, including oil and steel`."""
    adjective = all(entry.level in {"adj", "end"} for entry in hit.entries)
    sector = hit.entries[0].groups[0] in SECTORS
    if not (adjective or sector):
        return False
    reach = _LIST_REACH if sector else END_REACH
    opener = _opener(words, hit.first, reach)
    if opener is None or not _only_lists(doc, words, opener + 1, hit.first):
        return False
    word = words[opener]
    if word in _LIKE:
        heads = FAR_HEADS if adjective else _CLASSES
        return _heads_list(words, opener - (word == "as"), heads)
    if word in _OPENERS and word != "including":
        return sector and _heads_list(words, opener, _CLASSES)
    return sector and not _CLASSES.isdisjoint(words[max(0, opener - END_REACH) : opener])


def _opener(words: list[str], first: int, reach: int) -> int | None:
    """The last word before `first` that can open a list of groups."""
    for i in range(first - 1, max(0, first - reach), -1):
        word = words[i]
        if word in _OPEN and (word != "as" or words[i - 1] == "such"):
            return i
    return None


def _only_lists(doc: Doc, words: list[str], start: int, end: int) -> bool:
    return all(
        words[i] in LIST_WORDS or doc[i].tag_.startswith(END_TAGS) for i in range(start, end)
    )


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
_LIKE = vocabulary("like as")
_OPENERS = vocabulary("including namely :")
_OPEN = _LIKE | _OPENERS | vocabulary("are were include includes included")
_CLASSES = vocabulary("sectors areas segments industries pockets corners subsectors")
"""Nouns that only stand before groups, where a list of `companies` may be one of names."""
_WHOLES = vocabulary("market markets economy wall street s&p")


def opposed(words: list[str], one: Hit, other: Hit) -> bool:
    """`growth over value`, `growth is out, value is in`: two styles set against one another."""
    pair = {one.entries[0].groups[0], other.entries[0].groups[0]}
    gap = words[one.last : other.first]
    away = bool(one.first) and words[one.first - 1] in {"from", "of"}
    if "momentum" in pair and len(pair) > 1 and pair <= _AGAINST_MOMENTUM | {"momentum"}:
        away = away and gap in (["to"], ["into"], ["toward"], ["towards"])
        return "no" not in (one.method, other.method) and (away or gap in _OVER)
    if pair not in _STYLE_PAIR or "no" in (one.method, other.method):
        return False
    if away and gap == ["into"]:
        return True  # "a move from growth into value"
    return 0 < len(gap) <= _NEAR_STYLE and not _AGAINST.isdisjoint(gap)


_OVER = (
    ["over"],
    ["versus"],
    ["vs"],
    ["vs."],
    ["beat"],
    ["beats"],
    ["beating"],
    ["led"],
    ["trailed"],
)


def describes(doc: Doc, words: list[str], hit: Hit) -> bool:
    """`tech workers`, `energy bills`: the word only describes another noun."""
    if hit.last >= len(words) or doc[hit.last].is_sent_start:
        return False
    following = words[hit.last]
    plain = following not in HEADS | MOVES_NOUNS and not is_cue(following)
    return plain and doc[hit.last].tag_ in {"NN", "NNS"} and following not in MARKET_VERBS
