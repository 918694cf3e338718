"""Claims that put the group first: `it was bonds that people sold`, `what did they buy?  Banks`."""

from __future__ import annotations

import re

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_draft import Draft, Frame
from rotascope_nlp.rotation_lists import Ends, Line
from rotascope_nlp.rotation_orders import TRADERS

_PARTIES = TRADERS | vocabulary(
    "people they we buyers sellers money everybody everyone clients crowd rotation market"
)
_BE = r"(?:is|are|was|were|'s|had been|has been|have been)"
_THAT = re.compile(
    rf"^(?:stocks |shares |names )?(?P<be>{_BE} )?(?:what|which|that|the ones?(?: that)?) "
    r"(?P<who>(?:[\w'-]+ ){1,6})"
)
_OUT = cues.LEAVE | vocabulary(
    "sold selling sell unloading unloaded left leaving cut trimmed trimming redeemed dropped"
    " dropping shed"
)
_IN = vocabulary(
    """
    bought buying buy chased chasing favored favoured favoring loaded loading snapped snapping
    scooped embraced accumulated accumulating preferred sought
    """
)
_ASKED_BUY = re.compile(
    r"\b(?:what|which|where|who)\b.*\b(?:buy\w*|bought|backing up|adding|going|go|goes|gone|went"
    r"|heading|headed|moving|moved|flowing|put|putting|getting the money|ended up|ending up"
    r"|land\w*)\b"
    r"|\b(?:putting|moving|sending) (?:it|that|them|the money|the cash) where\b"
)
_ASKED_SELL = re.compile(
    r"\b(?:what|which|where)\b.*\b(?:sell\w*|sold|leaving|dump\w*|coming (?:from|out)"
    r"|comes? from|came from|fund\w*|paying for|trimm\w*)\b"
)
_WEIGHT = re.compile(r"^\W*(?:(?:mostly|mainly|largely|in|into|the|well|chiefly|from|some) )*$")


def clefts(draft: Draft) -> None:
    """`It was bonds that people wanted out of`, `banks are what funds have been buying`."""
    line = draft.line
    if not (line.lists and line.has(_WORDS)):
        return
    for ends in line.lists:
        if ends.used or ends.preposition:
            continue
        behind = " ".join(line.words[ends.last : min(line.last, ends.last + 10)])
        found = _THAT.match(behind)
        if not found or _PARTIES.isdisjoint(found["who"].split()):
            continue
        lead = line.words[max(line.first, ends.first - 6) : ends.first]
        if not found["be"] and not ("it" in lead and set(lead) & {"was", "is", "'s"}):
            continue
        start = ends.last + len(behind[: found.start("who")].split())
        for cue in range(start + 1, min(line.last, start + 7)):
            left = line.words[cue] in _OUT or line.words[cue : cue + 2] == ["out", "of"]
            if left or line.words[cue] in _IN:
                draft.side(cue, [ends], left=left)
                break


_WORDS = vocabulary("what that which ones one")


def answer(before: Line | None, line: Line) -> Frame | None:
    """`What are they buying?  Banks, mostly.`: a list alone, behind a question."""
    if before is None or not line.lists or before.lists or "?" not in before.wordset:
        return None
    first = line.lists[0]
    colon = [i for i in range(line.first, first.first) if line.words[i] == ":"]
    opened = colon[-1] + 1 if colon else line.first
    if not _WEIGHT.match(" ".join([*line.words[opened : first.first], ""])):
        return None
    if any(line.finite(i) for i in range(first.last, line.last)):
        return None
    asked = " ".join(before.span)
    if before.has(_ASKERS) and _ASKED_SELL.search(asked):
        return _frame(line, froms=line.lists)
    if before.has(_ASKERS) and _ASKED_BUY.search(asked):
        return _frame(line, tos=line.lists)
    return None


_ASKERS = cues.THEME | {"it", "them"}


def _frame(line: Line, *, froms: list[Ends] | None = None, tos: list[Ends] | None = None) -> Frame:
    for ends in (*(froms or ()), *(tos or ())):
        ends.used = True
    return Frame(line.first, froms or [], tos or [], confidence=0.75, sure=True)
