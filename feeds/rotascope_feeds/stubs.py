"""What stands on a page or in a summary but is no article: walls, share buttons, "read more".

The phrases are general ones of the trade; none was taken from a test page.
"""

from __future__ import annotations

import re

# A wall speaks of nothing else, so it is short; an article may mention these words in passing.
_WALL_LENGTH = 1200
_TINY_LENGTH = 280


def _any(*patterns: str) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


_JOIN = r"(?:subscribe|sign ?up|sign in|log ?in|register|become a (?:member|subscriber))"
_PIECE = r"(?:article|story|content|page|column|report|post)"

_PAY = (
    rf"\b{_JOIN}\b[^.\n]{{0,40}}\bto (?:read|continue|keep reading|unlock|view|access|see)\b",
    rf"\b{_JOIN}\b[^.\n]{{0,40}}\b(?:to get|for) (?:full|unlimited)\b",
    rf"\b(?:continue reading|unlock|read) (?:this|the|the full|the rest of (?:this|the)) {_PIECE}\b"
    r"[^.\n]{0,60}\b(?:subscri|account|member|sign|trial|free)",
    r"\balready (?:a )?(?:subscribe\w*|have an account|registered|a member)\b",
    rf"\b(?:this|the full) {_PIECE} is (?:only )?(?:for|reserved for|exclusive to|available "
    r"(?:only )?to|locked for) (?:our |paid |paying )*(?:subscribers|members)\b",
    r"\b(?:you have|you've) (?:reached|used|read) (?:your|all)\b[^.\n]{0,40}\b"
    r"(?:free|articles?|limit)",
    r"\b(?:start|try) (?:your|a) (?:free|\W?1) ?trial\b",
)
_CONSENT = (
    r"\b(?:please )?(?:accept|allow) (?:all )?(?:the )?cookies\b",
    r"\b(?:we|our partners|our site|this (?:site|website)|our website)"
    r"(?: and our (?:\d+ )?partners)? (?:may )?(?:use|uses|store|stores) (?:\w+ ){0,3}cookies\b",
    r"\b(?:manage|cookie|privacy) (?:consent|preferences|settings|choices|policy)\b",
    r"\b(?:accept|reject|agree to) all\b",
    r"\bbefore you continue\b",
    r"\bpersonali[sz]ed (?:ads|advertising|content)\b",
)
_MACHINE = (
    r"\b(?:enable|turn on|activate|requires?|needs?) (?:\w+ ){0,3}java ?script\b",
    r"\bjava ?script (?:is|must be|seems to be|appears to be|has been) (?:\w+ )?"
    r"(?:disabled|enabled|turned off|required|off)\b",
    r"\benable (?:all )?cookies\b",
    r"\b(?:are you|you are|you're|verify (?:that )?you are) (?:not )?(?:a )?(?:robot|human)\b",
    r"\b(?:checking|verifying) (?:your browser|you are human|if the site connection)\b",
    r"\bunusual (?:traffic|activity) (?:from|on)\b",
    r"\bcaptcha\b",
    r"\baccess (?:to this page has been |is )?denied\b",
    rf"\b{_PIECE} (?:was |could |can)?not (?:be )?found\b",
    r"\b(?:disable|turn off|pause) (?:your )?ad ?-?blocker\b",
    r"\byour browser is (?:not supported|out of date|outdated|no longer supported)\b",
    r"\bnot available in your (?:country|region|location)\b",
)
_WALL = re.compile(_any(*_PAY, *_CONSENT, *_MACHINE), re.IGNORECASE)

# Each word stands here once, and none can be read as two of them: a line that matches in two ways
# per word takes 2 to the power of its words to refuse.
_NETWORK_WORDS = (
    r"facebook|twitter|x|linkedin|whatsapp|reddit|e-?mail|pinterest|telegram|instagram|flipboard"
    r"|bluesky|threads|messenger|copy|link|print|save|opens in new window"
)
_SHARE_WORDS = r"share|tweet|pin|follow|like|comment|bookmark|gift"
_SEPARATOR = r"[\s,|/·•()]+"
_NETWORK = rf"(?:{_NETWORK_WORDS})"
_SHARE = rf"(?:{_SHARE_WORDS}|e-?mail|print|save|copy link)"
_SHARED = (
    r"(?:this|article|story|on|via|to|us|by|with|the|it|now|page|post"
    rf"|{_SHARE_WORDS}|{_NETWORK_WORDS})"
)
_LETTER = r"(?:newsletters?|alerts?|inbox|briefings?|e?-?mails?|channel|feed)"

# Whole lines that belong to the page and not to the text.
_CHROME = re.compile(
    r"\W*(?:"
    + _any(
        r"(?:read|see|learn|show|find out|view|load) (?:more|next|(?:the )?full (?:article|story))"
        r"\b.{0,60}",
        r"(?:continue|keep) reading\b.{0,60}",
        rf"{_SHARE}(?:{_SEPARATOR}{_SHARED})*",
        rf"{_NETWORK}(?:{_SEPARATOR}{_NETWORK})*",
        r"advertisement|advertising|sponsored(?: content)?|story continues(?: below.{0,40})?",
        r"ad feedback|skip (?:ad|advertisement|to (?:main )?content)",
        rf"(?:sign up|subscribe) (?:for|to) (?:our|the|my|this|free)\b.{{0,80}}\b{_LETTER}\b"
        r".{0,40}",
        r"(?:related|recommended|trending|more)(?: (?:articles?|stories|news|reading|topics|"
        r"content|videos?|coverage|(?:from|on)\b.{0,40}))?\s*:?",
        r"click here\b.{0,80}",
        r"(?:all rights reserved|copyright|©).{0,120}",
        r"the post\b.{0,200}\bappeared first on\b.{0,100}",
    )
    + r")\W*",
    re.IGNORECASE,
)

# Tails inside the last line of a summary.
_TAIL = re.compile(
    r"\s*(?:"
    + _any(
        r"\[\s*(?:…|\.{2,}|read more|more|continue reading)[\s.…]*\]",
        r"\(?\b(?:read (?:more|the (?:full|whole|rest)[^.!?\n]{0,30})|continue reading|keep "
        r"reading|click here to (?:read|continue)[^.!?\n]{0,40})\b[^.!?\n]{0,80}\)?",
        r"\bthe post\b[^\n]{0,250}\bappeared first on\b[^\n]{0,100}",
    )
    + r")\W*$",
    re.IGNORECASE,
)
_LONGEST_TAIL = 400  # characters; only so much of a line is searched


def strip_chrome(text: str) -> str:
    """`text` without lines of page furniture and without a "read more" at its end."""
    lines = [line for line in text.splitlines() if line.strip() and not _is_chrome(line)]
    while lines:
        shorter = _without_tail(lines[-1])
        if shorter:
            lines[-1] = shorter
            break
        lines.pop()
    return "\n".join(lines)


def is_stub(text: str) -> bool:
    """Whether `text` is a wall (pay, consent, robot, script) instead of an article.

    Two phrases of a wall in a text of up to 1,200 characters, or one in a text so short that it
    can say little else.
    """
    if len(text) > _WALL_LENGTH:
        return False
    hits = sum(1 for _ in _WALL.finditer(text))
    return hits >= 2 or (hits == 1 and len(text) <= _TINY_LENGTH)


def _is_chrome(line: str) -> bool:
    return len(line) <= _LONGEST_TAIL and _CHROME.fullmatch(line) is not None


def _without_tail(line: str) -> str:
    head, tail = line[:-_LONGEST_TAIL], line[-_LONGEST_TAIL:]
    return (head + _TAIL.sub("", tail)).rstrip()
