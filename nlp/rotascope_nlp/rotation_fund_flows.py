"""What funds are said to have had: flows, or none."""

from __future__ import annotations

import re

from rotascope_nlp import rotation_cues as cues

_FLOW = rf"(?:{'|'.join(sorted(cues.OUTFLOW | cues.INFLOW))})"
_NONE = re.compile(
    r"\w+ (?:\w+ )?(?:no|zero|few|hardly any|barely any|almost no|next to no|negligible|minimal)"
    rf" (?:(?:net|new|fresh|further|such|real|\w+ly) )*{_FLOW}\b"
    r"|(?:avoid|escap|dodg|snap|brok|break|end|halt|stopp|stemm|revers|arrest|fail|struggl"
    r"|shook off)\w*"
    r"(?: (?:to|any|an?|the|its|their|of|off|run|streak|string|spell|series|week|day|month"
    r"|quarter|-|\w+ (?:weeks?|days?|months?|quarters?)|attract|draw|pull|in|win|gather"
    r"|new|fresh|net|heavy|long|\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve))*"
    rf" {_FLOW}\b"
)


def no_flow(verb: str, after: list[str]) -> bool:
    """`Saw no outflows`, `snapped a run of outflows`, `failed to attract inflows`: none came."""
    return _NONE.match(" ".join([verb, *after])) is not None
