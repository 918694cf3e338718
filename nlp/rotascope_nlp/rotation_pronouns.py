"""Words that stand for groups named before: `these names`, `the group`, `them`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import vocabulary

if TYPE_CHECKING:
    from rotascope_nlp.rotation_lists import Line

_HEADS = vocabulary(
    """
    names stocks shares group groups sector sectors industry industries space companies
    areas issues cohort factor
    """
)
_FUND = vocabulary("fund funds etf etfs category region class group sector product products")
_HAVE = vocabulary("has have had 've")
_LEAVING = cues.LEAVE | {"leaving"}
_BEFORE = vocabulary("of from into toward towards")
_STARTS = vocabulary("these those this that such the both")
_SHARES = vocabulary("stocks names shares companies")


def pronoun_at(line: Line, i: int) -> int | None:
    """Where the words that begin at token i and stand for groups end, None if there are none."""
    word, before = line.words[i], line.word(i - 1)
    to = before == "to" and line.word(i + 1) == "for"  # "turn to them for shelter"
    if word == "them" and (to or before in _BEFORE or before in _LEAVING):
        return i + 1
    if word == "them" and _left(line, i):
        return i + 1
    if word == "the" and line.word(i + 1) in {"former", "latter"}:
        if line.word(i - 2) in cues.OUTFLOW | cues.INFLOW:
            return None  # "redemptions from the former were the same as in May"
        return None if line.tags[i + 2].startswith(("N", "JJ")) else i + 2
    if word in {"each", "both"} and before in _BEFORE:
        return None if line.tags[i + 1].startswith(("N", "JJ", "DT")) else i + 1
    if word in {"it", "they"} and _gains_or_loses(line, i + 1):
        return i + 1
    if word not in _STARTS:
        return None
    j = i + 1
    if line.word(j) in _FUND and _gains_or_loses(line, j + 1):
        return j + 1
    while j < line.last and j < i + 3 and line.tags[j].startswith(("JJ", "CD")):
        j += 1
    if line.word(j) not in _HEADS or _goes_on(line, j + 1):
        return None
    if j + 1 < line.last and line.tags[j + 1].startswith("NN"):
        return None
    return j + 1


def _left(line: Line, i: int) -> bool:
    """`Investors left them in a hurry`, and not `left them with losses`."""
    leaves = line.word(i - 1) in {"leave", "left", "leaving"}
    who = not cues.INVESTORS.isdisjoint(line.words[max(line.first, i - 4) : i])
    return leaves and who and line.word(i + 1) in _LEFT_SO


_LEFT_SO = vocabulary(", . ; in for after when at and early quickly")


def _goes_on(line: Line, i: int) -> bool:
    """`The group of`, `the stocks that`: it says itself which."""
    if line.word(i) == "of" and line.word(i + 1) in _SHARES:
        return False
    return line.word(i) in {"of", "such", "like", "that"}


def _gains_or_loses(line: Line, i: int) -> bool:
    """Whether a verb of inflows or outflows stands at i: `it also suffered redemptions`."""
    flows = cues.INFLOW | cues.OUTFLOW
    while i < line.last and (line.tags[i].startswith(("RB", "MD")) or line.words[i] in _HAVE):
        if line.words[i] == "had" and not flows.isdisjoint(line.words[i + 1 : i + 6]):
            return True
        i += 1
    return line.word(i) in cues.GATHER | cues.SHED and not flows.isdisjoint(
        line.words[i + 1 : min(line.last, i + 8)]
    )
