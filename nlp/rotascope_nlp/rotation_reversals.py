"""Moves that are turned back, or go both ways: what was entered is left."""

from __future__ import annotations

import re

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import forms
from rotascope_nlp.rotation_lists import Line
from rotascope_nlp.rotation_status import around

_REVERSING = re.compile(
    r"\b(?:revers(?:e|es|ed|ing)|und(?:o|oes|id|oing|one)|unw(?:ind|inds|ound|inding)"
    r"|(?:backtrack|back ?-? ?pedal|do|does|did|doing|made|make|making)\w*(?: an? u ?-? ?turn)? on"
    r"|unwinding of)(?: (?:the|this|that|their|its|his|her|our|a|an|last|week|month|quarter|year"
    r"|'s|recent|earlier|long|big|great|sharp|-|–|to|\w+ly))* ?$"
)
"""`Reversing the rotation into X`, `undid last week's shift`: X is left."""
_REVERSED = forms("reverse", "unwind/unwinds/unwound/unwinding") | {"reversal", "undone"}


def reversed_claim(line: Line, cue: int) -> bool:
    """A rotation said to be reversed or unwound: its ends change places."""
    before, after = around(line, cue)
    if line.words[cue] not in cues.ROTATION | cues.MOVE_NOUNS | {"trade"}:
        return False
    named = {i for ends in line.lists for i in range(ends.first, ends.last)}
    near = set(after[:12]) if not {"into", "to", "out"} & set(after[:2]) else set(after[:14])
    undone = before[-5:]
    governing = " ".join(
        line.words[i] for i in range(max(line.first, cue - 9), cue) if i not in named
    )
    if _REVERSING.search(governing):
        return True
    return bool(near & _REVERSED) or ("of" in undone and bool(set(undone) & _REVERSED))


def both_ways(line: Line, cue: int) -> bool:
    """`From growth to value and vice versa`."""
    return bool(_BOTH_WAYS.search(" ".join(line.words[cue : line.last])))


_BOTH_WAYS = re.compile(
    r"\b(?:and|or) (?:then )?(?:vice ?-? ?versa|back again|the other way (?:round|around|about))\b"
)
