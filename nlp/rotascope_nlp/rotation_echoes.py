"""Sentences that only add a group to the side just told: `So are banks`, `banks were too`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rotascope_nlp.rotation_claims import Claim
from rotascope_nlp.rotation_lists import Line


def echoed(claims: Sequence[Claim], line: Line, place: int) -> Claim | None:
    """`Utilities are back in favor.  So are banks.`: one more group on the side just told."""
    last = claims[-1] if claims else None
    told = " ".join(line.span)
    if last is None or last.place != place - 1:
        return None
    if (too := _TOO.match(told)) and line.lists and not line.lists[0].preposition:
        groups = line.lists[0].groups
        sides = (groups, []) if too["sold"] else ([], groups)
        return replace(
            last, line=line, place=place, froms=sides[0], tos=sides[1], last=line.last,
            frame=replace(last.frame, whole=True, open=False),
        )  # fmt: skip
    if not _ECHO.match(told):
        return None
    groups = [group for ends in line.lists[:1] for group in ends.groups]
    if not groups or not last.whole or bool(last.froms) == bool(last.tos):
        return None
    sides = (groups, []) if last.froms else ([], groups)
    return replace(last, line=line, place=place, froms=sides[0], tos=sides[1], last=line.last)


_ECHO = re.compile(
    r"(?:and )?(?:likewise|ditto|so (?:are|is|have|has|did|do|were|was|too)|as (?:are|is|have|has)"
    r"|(?:the )?same (?:goes |holds |is true )?(?:for|with|of))\b"
)


_TOO = re.compile(
    r"(?:[\w'-]+ ){1,6}(?:was|were|got|has been|have been) (?:also )?(?:\w+ly )?"
    r"(?:(?P<sold>sold|dumped|trimmed|cut|unloaded)|bought|added|picked up|favou?red|snapped up)"
    r"(?: (?:too|also|as well)\b|(?<=also bought)|(?<=also sold))"
)
"""`Funds bought energy.  Health care was bought too.`"""
