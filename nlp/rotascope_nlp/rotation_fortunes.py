"""Favour lost beside favour won: one group's love affair cools, another is the beneficiary.

Neither half is a claim by itself.  Together in one sentence they are, and a claim of leaving that
names no destination takes the group that wins for it.
"""

from __future__ import annotations

import re

from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_draft import Draft
from rotascope_nlp.rotation_lists import Ends, Line

_WON = re.compile(
    r"\b(?:beneficiar(?:y|ies)|favou?rites?|darlings?|hiding place|new home|safe haven|destination"
    r"|(?:draw|attract|lur|find|win)(?:s|ing|n)? (?:back |in )?(?:\w+ )?"
    r"(?:buyers|bids|capital|cash|money|inflows|interest|investors)"
    r"|back in (?:favou?r|vogue|fashion|demand)|in demand|in favou?r|in vogue)\b"
)
"""Said of a group behind it: it is where the money is wanted."""
_LOST = re.compile(
    r"\b(?:los(?:e|es|t|ing)(?: \w+){0,2} (?:shine|lust(?:er|re)|appeal|allure|grip|favou?r)"
    r"|(?:fall|fell|fallen|falling) out of (?:favou?r|fashion|vogue)|out of (?:favou?r|fashion)"
    r"|left (?:behind|for dead)|shunned|abandoned|forsaken|dumped|ditched|unloved)\b"
)
"""Said of a group behind it: it is what the money has left."""
_TO_BEFORE = re.compile(
    r"\b(?:(?:sent|sends|sending|drove|drives|driving|pushed|steered) (?:\w+ )?"
    r"(?:buyers|investors|traders|money|capital|cash|funds|bids) (?:in)?to"
    r"|(?:put|puts|putting|plow\w*|plough\w*|redeploy\w*|recycl\w*|reinvest\w*)"
    r" (?:the |its |their )?(?:proceeds|money|cash|profits) (?:in)?to"
    r"|found a (?:new )?home in|(?:hiding|refuge|shelter) in|warming to|warmed to)"
    r"(?: [\w-]+){0,2} ?$"
)
_FROM_BEFORE = re.compile(
    r"\b(?:profit ?-? ?taking in|love affair with|romance with|infatuation with|fling with"
    r"|(?:flee|fled|flees|fleeing|exit|exits|exited|exiting|desert\w*|ditch\w*|dump\w*"
    r"|abandon\w*|leave|leaves|leaving) (?:from )?"
    r"|(?:reduc|trimm?|cutt?|par|slash)(?:e|es|ed|ing|s)?(?: (?:our|their|its|his|her|an?))?"
    r"|at the expense of|(?:leadership|dominance) (?:by|from)|(?:moved?|moving) on from"
    r"|tired of|wearying of|soured on)"
    r"(?: [\w-]+){0,2} ?$"
)
_CUES = vocabulary(
    """
    beneficiary beneficiaries favorite favorites favourite favourites darling darlings expense
    hiding haven shine luster lustre allure appeal grip shunned abandoned unloved proceeds
    profit-taking taking affair romance favor favour demand drawing attracting draws attracts
    overweight fleeing exit exits exiting leadership dominance
    """
)
_CONFIDENCE = 0.75
_BEFORE, _AFTER = 7, 12


def fortunes(draft: Draft) -> None:
    """Pair what lost favour with what won it, and complete claims that name only what is left."""
    line = draft.line
    if _CUES.isdisjoint(line.wordset):
        return
    lost = [ends for ends in line.lists if _lost(line, ends)]
    won = [ends for ends in line.lists if ends not in lost and _won(line, ends)]
    framed = [ends for frame in draft.by_cue.values() for ends in (*frame.froms, *frame.tos)]
    for frame in draft.by_cue.values():
        if frame.froms and not frame.tos and (free := [e for e in won if e not in framed]):
            draft.lead(frame.cue, froms=[*frame.froms], tos=free, confidence=_CONFIDENCE)
            return
        if frame.tos and not frame.froms and (free := [e for e in lost if e not in framed]):
            draft.lead(frame.cue, froms=free, tos=[*frame.tos], confidence=_CONFIDENCE)
            return
    if lost and won and not any(frame.froms and frame.tos for frame in draft.by_cue.values()):
        draft.lead(lost[0].last - 1, froms=lost, tos=won, confidence=_CONFIDENCE)


def _lost(line: Line, ends: Ends) -> bool:
    before, after = _around(line, ends)
    return bool(_FROM_BEFORE.search(before)) or bool(_LOST.search(_clause(after)))


def _won(line: Line, ends: Ends) -> bool:
    before, after = _around(line, ends)
    if "expense" in line.words[ends.last : line.last]:
        return True
    return bool(_TO_BEFORE.search(before)) or bool(_WON.search(_clause(after)))


def _around(line: Line, ends: Ends) -> tuple[str, str]:
    """The words before a list and behind it, in lower case."""
    before = line.words[max(line.first, ends.first - _BEFORE) : ends.first]
    after = line.words[ends.last : min(line.last, ends.last + _AFTER)]
    return " ".join(before), " ".join(after)


def _clause(after: str) -> str:
    """What is said of the list itself: up to the next clause."""
    return re.split(r" (?:as|while|whereas|but|and|;|because|since) ", f" {after} ", maxsplit=1)[0]
