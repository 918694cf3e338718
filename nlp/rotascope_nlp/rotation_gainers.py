"""Who gains by a move: beneficiaries of a selloff or an unwind, what investors would rather own."""

from __future__ import annotations

import re

from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_draft import Draft
from rotascope_nlp.rotation_govern import FROM_PREPOSITIONS
from rotascope_nlp.rotation_lists import Ends, Line

_MOVES = r"(?:unwind(?:ing)?|exodus|retreat|flight|outflows?|switch|exit|departure|defections?)"
_FALLS = (
    r"(?:selling|sell ?-? ?off|rout|slump|slide|collapse|correction|downturn|troubles|woes|weakness"
    rf"|drop|decline|fall|pain|{_MOVES})"
)
_GAINS = (
    r"(?:(?:benefit|gain|profit|prosper)\w* (?:\w+ )?(?:from|by)|(?:beneficiar|winner|gainer)\w*"
    r" (?:of|from)|caught (?:\w+ )?bids? (?:from|on))"
)
_FROM = re.compile(
    r"^(?:(?!(?:as|while|and|but|when|because|investors|,|;)\b)\S+ ){0,6}?"
    rf"{_GAINS} (?:the |a |an |this |that |their )?(?P<what>.*)$"
)
_UNNAMED = re.compile(rf"^(?:\w+ )?{_MOVES}\b")


def gainers(draft: Draft) -> None:
    """`Banks were the beneficiaries of the tech selloff`, `value gained from the unwind`."""
    line = draft.line
    if not line.has(_GAIN_WORDS):
        return
    for ends in line.lists:
        if ends.used or ends.preposition:
            continue
        stop = min(line.last, ends.last + 14)
        behind = " ".join(line.words[ends.last : stop])
        found = _FROM.search(behind)
        if not found:
            continue
        start = ends.last + len(behind[: found.start("what")].split())
        left = next((e for e in line.lists if start <= e.first <= start + 5), None)
        if left and _leaving(line, left, start):
            draft.lead(start - 2, froms=[left], tos=[ends], confidence=0.75)
        elif left is None and _UNNAMED.match(found["what"]):
            draft.lead(start - 2, tos=[ends], confidence=0.75)


_GAIN_WORDS = vocabulary(
    """
    benefit benefits benefited benefiting benefitted gain gains gained gaining profit profited
    prospered beneficiary beneficiaries winner winners gainer gainers caught
    """
)


def _leaving(line: Line, left: Ends, start: int) -> bool:
    """Whether what is gained from is that a group is left: `the tech selloff`."""
    behind = " ".join(line.words[left.last : left.last + 2])
    before = " ".join(line.words[start : left.first])
    falls = re.match(rf"(?:'s )?{_FALLS}\b", behind)
    named = re.search(rf"\b{_FALLS} (?:in|of|from|out of)\b", before)
    return bool(falls or (named and left.preposition in FROM_PREPOSITIONS | {"in", "of"}))
