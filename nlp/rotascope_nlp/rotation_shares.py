"""Who gets the money that the text speaks of: `mid caps would get most of it`."""

from __future__ import annotations

import re

from rotascope_nlp.rotation_draft import Draft

_GETS = re.compile(
    r"^(?:(?:to|could|would|will|should|may|might|has|have|had|been|are|is|now|also|\w+ly) )*"
    r"(?P<verb>g[eo]t|gets|getting|tak(?:e|es|en|ing)|took|receiv(?:e|es|ed|ing)"
    r"|collect(?:s|ed|ing)?|captur(?:e|es|ed|ing)|absorb(?:s|ed|ing)?|claim(?:s|ed|ing)?"
    r"|pick(?:s|ed|ing)? up|soak(?:s|ed|ing)? up)"
    r" (?:(?:most|much|all|some|half|part|nearly all|the (?:bulk|rest|lion 's share)"
    r"|a (?:\w+ )?(?:part|share|chunk|slice)) of )"
    r"(?P<what>it|(?:that|the|this) (?:money|cash|capital|proceeds|flows?|inflows))(?= |$)"
)


def shares(draft: Draft) -> None:
    """`Money is leaving chipmakers.  Railroads get most of it.`"""
    line = draft.line
    if "of" not in line.wordset:
        return
    for ends in line.lists:
        if ends.used or ends.preposition:
            continue
        behind = " ".join(line.words[ends.last : min(line.last, ends.last + 14)])
        found = _GETS.match(behind)
        if found and (line.of_money or found["what"] != "it"):
            cue = ends.last + len(behind[: found.start("verb")].split())
            draft.lead(cue, tos=[ends])
