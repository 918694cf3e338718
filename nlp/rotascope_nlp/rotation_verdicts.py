"""What a sentence says of the claim told right before it.

`That has not happened`, `we doubt it`, `it lasted six weeks`, `since then money has gone the other
way`: the claim is denied, is over, or has turned around (`rotation_turns`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_claims import Claim
from rotascope_nlp.rotation_history import all_over
from rotascope_nlp.rotation_lists import Line
from rotascope_nlp.rotation_status import attributed
from rotascope_nlp.rotation_turns import ENDED_THERE, THE_MOVE, become, just_told, turned

_OPENED = r"^(?:(?:but|yet|and|so far|however|still|alas) ?,? )?"
_IT = rf"(?:that|it|this|{THE_MOVE})"
_NOT_YET = re.compile(
    rf"{_OPENED}(?:neither|{_IT}) (?:has|have|did|does|was|is|ai|wo)?(?: ?n't| not|never|yet to)\b"
    r"[^,;]{0,24}(?:, [^,;]{2,20} , [^,;]{0,12})?"
    r"\b(?:happen|materializ|pan(?:ned)? out|occur|c[oa]me|the case|arriv|show|catch on|caught on"
    r"|beg[ua]n)"
)
_DID_NOT = re.compile(
    rf"{_OPENED}(?:{_IT}|they|investors) (?:(?:did|has|have|does|do)(?: ?n't| not)"
    r"|never (?:did|has))(?: (?:yet|so far))? ?(?:[.!;]|$)"
)
"""`It looked as if money would move.  It didn't.`: what was done is not undone by it."""
_WAS_THEN = re.compile(
    r"^(?:(?:but|and) )?(?:that|it|this) was (?:all )?(?:back )?(?:(?:in|during) (?:[\w'-]+ ){0,4}?"
    r"(?P<year>(?:19|20)\d\d)\b|(?:\S+ ){1,4}?(?:years?|decades?) ago\b|then ?[.,;!]|last year\b)"
)
"""`I sold banks to buy tech.  That was in 1999.`"""
_NO_MORE = re.compile(
    r"^(?:but )?(?:that|this|it|they) (?:(?:has|have|had|is|was|are) )?(?:now |since |all )?"
    r"(?:stopped|ceased|halted|no longer(?: \w+){1,4})(?: \w+){0,3} ?[.!]?$"
)
_WHEN = (
    r"(?:in|by|with|when|after|on|there|abruptly|quickly|soon|early|late|last|as)"
    r"(?! the (?:red|green|black|plus))"
)
_OVER = re.compile(
    rf"{_OPENED}(?:they|{_IT}) (?:(?:only|just|all|barely|hardly|however|too|,) )*"
    r"(?:lasted (?:\S+ ){0,5}?"
    r"(?:days?|weeks?|months?|sessions?|hours?|quarters?|years?|until|till)\b"
    rf"|(?:has |had )?(?:since |soon )?ended(?= {_WHEN}| ?[.!,]|$)"
    r"|(?:did ?n't|did not) last\b|(?:ran|has run|had run|came to) (?:its course|an end)"
    r"|(?:was|is|has been|proved) (?:(?:soon|now|already|all|quickly|very|rather|to be) )*"
    r"(?:over|short|brief|short ?-? ?lived|finished)"
    r"(?= ?[.!,;]|$| (?:by|in|within|before|when|after|and|,)))"
)
"""`It ended in June`; an index that `ended at 5,230` is none."""
_DOUBTED = re.compile(
    rf"{_OPENED}(?:(?:i|we|they) (?:\w+ly )?(?:doubt (?:it|that|this|so)|(?:disagree|differ)"
    r"|beg to differ)"
    r"|(?:i|we) (?:do ?n't|do not|can ?not|ca n't) (?:\w+ly )?(?:believe|buy|think|see)"
    r" (?:it|that|this|so|a word of it)(?: (?:that way|happening|coming))?"
    r"|(?:i|we) (?:am|are|'m|'re|remain) (?:(?:not|n't|far from) (?:so sure|sure|convinced)"
    r"|(?:\w+ )?(?:unconvinced|s[kc]eptical|doubtful))"
    r"|(?:do ?n't|do not) (?:bet|count|bank) on it|not so fast|not in (?:our|my) (?:view|opinion)"
    r"|hardly|no|nope|nonsense|wrong|far from it|not (?:really|at all|so)|anything but"
    rf"|(?:that|this|it) (?:is|'s) (?:\w+ )?(?:wishful thinking|a myth|nonsense)){ENDED_THERE}"
)
_HEARSAY = vocabulary("some many others everyone everybody commentators pundits talk")


def judged(claims: Sequence[Claim], line: Line, place: int, now: date | None = None) -> list[Claim]:
    """Take back, end or turn the claims of the sentence before; claims that turn it are new."""
    earlier = just_told(claims, line)
    if not earlier:
        return []
    told = " ".join(line.span).strip()
    if _NOT_YET.match(told) or _NO_MORE.match(told):
        become(earlier, "denied", {"hypothetical", "asserted"})
    elif _DOUBTED.match(told):
        doubted = [each for each in earlier if _hearsay(each)]
        become(doubted, "denied", {"hypothetical", "asserted"})
    elif _OVER.match(told):
        become(earlier, "past", {"asserted"})
        become([each for each in earlier if "?" in each.line.wordset], "past", {"hypothetical"})
    elif _DID_NOT.match(told):
        become(earlier, "denied", {"hypothetical"})
    elif (when := _WAS_THEN.match(told)) and (not when["year"] or all_over(line, now)):
        become(earlier, "past", {"asserted"})
    else:
        return turned(claims, line, place)
    return []


def _hearsay(claim: Claim) -> bool:
    """What is expected or what others say can be doubted; what was reported as a fact is not."""
    return claim.status == "hypothetical" or claim.line.has(_HEARSAY) or attributed(claim.line)


def still_to_come(earlier: Sequence[Claim], found: Sequence[Claim], line: Line) -> None:
    """`Funds may rotate into banks.  The rotation didn't pan out.`: denied after all."""
    for claim in found:
        if claim.frame.open and claim.status == "denied" and not (claim.froms or claim.tos):
            become(just_told(earlier, line), "denied", {"hypothetical"})
