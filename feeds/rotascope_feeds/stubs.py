"""What stands on a page or in a summary but is no article: walls, share buttons, "read more".

The phrases are general ones of the trade, in the languages that consent walls come in; they were
not taken from any test page.
"""

from __future__ import annotations

import re

# A wall speaks of nothing else, so it is short; an article may mention these words in passing.
_WALL_LENGTH = 1200
_TINY_LENGTH = 280

_WALL = re.compile(
    r"""(?ix)
    \b(?:subscribe|sign\ up|sign\ in|log\ in|register|become\ a\ (?:member|subscriber))\b
        [^.\n]{0,40}\b(?:to\ (?:read|continue|keep\ reading|unlock|view|access|get\ (?:full\ )?access|see)|
        for\ (?:full|unlimited)\ access)\b
    | \b(?:continue\ reading|unlock|read)\ (?:this|the(?:\ full|\ rest\ of\ (?:this|the))?)\ (?:article|story)\b
        [^.\n]{0,60}\b(?:subscri|account|member|sign|trial|free)
    | \balready\ (?:a\ )?(?:subscrib\w+|have\ an\ account|registered|a\ member)\b
    | \b(?:this|the\ full)\ (?:article|story|content|page)\ is\ (?:only\ )?(?:for|available\ (?:only\ )?to|reserved\ for|
        exclusive\ to)\ (?:our\ )?(?:paid\ |paying\ )?(?:subscribers|members)\b
    | \b(?:you\ have|you've)\ (?:reached|used|read)\ (?:your|all)\b[^.\n]{0,40}\b(?:free|articles?|limit)\b
    | \b(?:please\ )?(?:enable|turn\ on|activate|requires?|need)\ (?:\w+\ ){0,3}java\s?script\b
    | \bjava\s?script\ (?:is|must\ be|seems\ to\ be|appears\ to\ be|has\ been)\ (?:\w+\ )?(?:disabled|enabled|turned\ off|required|off)\b
    | \b(?:please\ )?(?:enable|accept|allow)\ (?:all\ )?cookies\b
    | \b(?:we|our\ (?:partners|site|website)|this\ (?:site|website))(?:\ and\ our\ (?:\d+\ )?partners)?\ (?:use|uses|store|stores)\ (?:\w+\ ){0,3}cookies\b
    | \b(?:manage|cookie)\ (?:consent|preferences|settings|policy)\b
    | \b(?:accept|reject|agree\ to)\ all\b | \bbefore\ you\ continue\b
    | \b(?:are\ you|you\ are|you're|verify\ (?:that\ )?you\ are)\ (?:not\ )?(?:a\ )?(?:robot|human)\b
    | \b(?:checking|verifying)\ (?:your\ browser|you\ are\ human|if\ the\ site\ connection)\b
    | \bunusual\ (?:traffic|activity)\ (?:from|on)\b | \bcaptcha\b
    | \baccess\ (?:to\ this\ page\ has\ been\ |is\ )?denied\b | \b(?:page|article|story)\ (?:was\ |could\ )?not\ (?:be\ )?found\b
    | \b(?:disable|turn\ off|pause)\ (?:your\ )?ad\s?-?blocker\b
    | \byour\ browser\ is\ (?:not\ supported|out\ of\ date|outdated|no\ longer\ supported)\b
    | \bnot\ available\ in\ your\ (?:country|region|location)\b
    | \b(?:abonnieren\ sie|jetzt\ abonnieren|réservé\ aux\ abonnés|solo\ para\ suscriptores)\b
    """
)

# Whole lines that belong to the page and not to the text.
_CHROME = re.compile(
    r"""(?ix)^\W*(?:
      (?:read|see|learn|show|find\ out|view|load)\ (?:more|full\ (?:article|story)|the\ full\ (?:article|story)|next)\b.{0,60}
    | (?:continue|keep)\ reading\b.{0,60}
    | (?:share|tweet|pin|email|e-mail|print|save|copy\ link|follow|like|comment|bookmark)
        (?:[\s,|/·•]+(?:this|article|story|on|via|to|us|by|with|the|it|link|facebook|twitter|x|linkedin|whatsapp|reddit|
            email|e-mail|pinterest|telegram|instagram|flipboard|share|tweet|pin|print|save|comment|copy|now|page|post))*
    | (?:facebook|twitter|x|linkedin|whatsapp|reddit|email|e-mail|pinterest|telegram|instagram|flipboard|copy\ link)
        (?:[\s,|/·•]+(?:facebook|twitter|x|linkedin|whatsapp|reddit|email|e-mail|pinterest|telegram|instagram|flipboard|
            print|copy|link|share|save|opens\ in\ new\ window|\(opens\ in\ new\ window\)))*
    | advertisement | advertising | sponsored(?:\ content)? | story\ continues(?:\ below.{0,40})? | ad\ feedback
    | (?:sign\ up|subscribe)\ (?:for|to)\ (?:our|the|my|this|free)\b.{0,80}\b(?:newsletter|newsletters|alerts?|inbox|briefing|emails?|channel|feed)\b.{0,40}
    | (?:related|recommended|trending|more)(?:\ (?:articles?|stories|news|reading|topics|from\b.{0,40}|on\b.{0,40}|content|videos?|coverage))?\s*:?
    | click\ here\b.{0,80}
    | (?:all\ rights\ reserved|copyright|©).{0,120}
    | (?:the\ post\b.{0,200}\bappeared\ first\ on\b.{0,100})
    )\W*$"""
)

# Tails inside the last line of a summary.
_TAIL = re.compile(
    r"""(?ix)(?:
      \s*(?:\[\s*(?:…|\.{2,}|\u2026|&hellip;|read\ more|more|continue\ reading)\s*\]|
        \(?\b(?:read\ (?:more|the\ (?:full|whole|rest).{0,30})|continue\ reading|keep\ reading|click\ here\ to\ (?:read|continue).{0,40})
        \b[^.!?\n]{0,80}\)?)\s*[\W]*
    | \s*\bthe\ post\b[^\n]{0,250}\bappeared\ first\ on\b[^\n]{0,100}
    )\s*$"""
)


def strip_chrome(text: str) -> str:
    """`text` without lines of page furniture and without a "read more" at its end."""
    lines = [line for line in text.splitlines() if line.strip() and not _CHROME.match(line)]
    while lines:
        shorter = _TAIL.sub("", lines[-1]).rstrip()
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
