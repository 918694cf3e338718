"""Frames: a word that claims a flow with the groups it says are left and entered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_clefts import clefts
from rotascope_nlp.rotation_draft import Draft, Frame, company_move, other_sense
from rotascope_nlp.rotation_fortunes import fortunes
from rotascope_nlp.rotation_gainers import gainers
from rotascope_nlp.rotation_holds import holds, of_trouble, own_treasury
from rotascope_nlp.rotation_leaders import inverted, reordered
from rotascope_nlp.rotation_lists import Ends, Line
from rotascope_nlp.rotation_nouns import compounds, headings, leadership_over, rotation_does
from rotascope_nlp.rotation_orders import orders
from rotascope_nlp.rotation_patterns import subjects
from rotascope_nlp.rotation_reports import reports
from rotascope_nlp.rotation_roles import objects, prepositions
from rotascope_nlp.rotation_shares import shares

_CHANGES = vocabulary(
    """
    swing switch change changes changing changed shift shifts shifting shifted reshuffling
    """
)


def find_frames(line: Line) -> list[Frame]:
    """The claims of a sentence, in order; ends that are pronouns are still empty."""
    draft = Draft(line)
    readers = (
        prepositions, objects, subjects, gainers, compounds, leadership_over, rotation_does,
        headings, reports, clefts, orders, shares, inverted, reordered, fortunes, followed,
    )  # fmt: skip
    for read in readers:
        read(draft)
    return _valid(draft)


_FOLLOWED = frozenset({"followed", "trailed"})
_NEXT = re.compile(
    r"^(?:\( [^)]* \) )?(?:funds? |etfs? |groups? )*"
    r"(?:next|second|(?:close |not far |just )?behind)(?= |$)"
)


def followed(draft: Draft) -> None:
    """`Staples saw the most outflows, followed by banks`: one more group on the same side."""
    for ends in draft.line.lists:
        line = draft.line
        if _led_by(draft, ends):
            continue
        behind = " ".join(line.words[ends.last : min(line.last, ends.last + 10)])
        after = ends.preposition == "by" and line.word(ends.governor - 1) in _FOLLOWED
        if not (after or (ends.preposition == "with" and not ends.used and _NEXT.match(behind))):
            continue
        before = [frame for cue, frame in draft.by_cue.items() if cue < ends.governor]
        sides = [side for frame in before[-1:] for side in (frame.froms, frame.tos) if side]
        if len(sides) == 1:
            sides[0].append(ends)
            ends.used = True


def _led_by(draft: Draft, ends: Ends) -> bool:
    """`Bought cyclical shares, led by banks`: banks were bought too."""
    line, i = draft.line, ends.governor
    if ends.used or ends.preposition != "by" or line.words[i - 2 : i] not in _COMMA_LED:
        return False
    for frame in draft.by_cue.values():
        for side in (frame.froms, frame.tos):
            if side and side[-1].last == i - 2:
                side.append(ends)
                ends.used = True
                return True
    return False


_COMMA_LED = ([",", "led"], [",", "headed"], [",", "starting"])


def _valid(draft: Draft) -> list[Frame]:
    kept = []
    for cue in sorted(draft.by_cue):
        frame = draft.by_cue[cue]
        if not (frame.froms or frame.tos):
            continue
        if (frame.sure or holds(draft, frame)) and not _trait(draft.line, cue):
            kept += _split(draft.line, frame)
        else:
            for ends in (*frame.froms, *frame.tos):
                ends.used = False
    kept += _unknown_verbs(draft, kept)
    return [*kept, *_open(draft, kept)]


def _trait(line: Line, cue: int) -> bool:
    """`The most shorted names in the Russell 2000`: what they are, and no sale."""
    return (
        line.word(cue - 1) in _DEGREES
        and line.tags[cue] in {"VBN", "JJ"}
        and line.words[cue] in _TRADED
    )


_DEGREES = vocabulary("most heavily widely highly least oft often")
_TRADED = vocabulary("shorted owned held hated loved")


def _unknown_verbs(draft: Draft, kept: list[Frame]) -> Iterator[Frame]:
    """`out of X and into Y` told of money or investors with a verb that is not listed."""
    line = draft.line
    if kept or not line.has(cues.THEME) or company_move(line):
        return
    froms = [e for e in line.lists if e.preposition in {"out of", "away from", "from"}]
    tos = [e for e in line.lists if e.preposition in {"into", "toward", "towards", "to"}]
    directed = {"out of", "away from", "into", "toward", "towards"}
    for left in froms:
        for right in tos:
            near = abs(right.first - left.last) <= 8
            if near and {left.preposition, right.preposition} & directed:
                frame = Frame(left.governor, [left], [right], confidence=0.7)
                moved = of_trouble(line, left.governor, draft.clause(left.governor))
                if not (moved or own_treasury(draft, frame)):
                    left.used = right.used = True
                    yield frame


def _open(draft: Draft, kept: list[Frame]) -> Iterator[Frame]:
    """A rotation of the market with no end of its own."""
    line = draft.line
    spoken = {frame.cue for frame in kept}
    if not kept and (found := _announced(line)) is not None:
        yield Frame(found, whole=False, confidence=0.6, open=True)
        return
    if not line.has(_OPENING):
        return
    for i in range(line.first, line.last):
        if line.words[i] not in _OPENING or i in spoken or other_sense(line, i):
            continue
        if line.words[i] == "leadership" and _changing(line, i):
            yield Frame(i, whole=False, confidence=0.6, nominal=True, open=True)
            return
        if line.words[i] in cues.ROTATE and line.has(cues.THEME):
            if of_trouble(line, i, draft.clause(i)):
                return
            yield Frame(i, whole=False, confidence=0.6, open=True)
            return
        if line.words[i] not in cues.ROTATION:
            continue
        first = i == line.first or line.word(i - 1) in {":", '"', "been", "is", "was"}
        if first or {line.word(i - 1), line.word(i - 2)} & cues.UNDIRECTED_BEFORE:
            yield Frame(i, whole=False, confidence=0.6, nominal=True, open=True)
            return


_OPENING = cues.ROTATE | cues.ROTATION | {"leadership"}
_ANNOUNCED = re.compile(
    r"\b(?:(?:mov|shift|reallocat|redeploy|shuffl|reshuffl|reposition)\w* (?:their |its |the )?"
    r"(?:money|cash|capital|portfolios?|assets|dollars|bets)(?= ?(?:$|[,.;:]| in the | since "
    r"| as | this | on | based | after | amid | around ))|changing of the guard"
    r"|(?:tables|tide|worm) (?:has |have |had |is |are )?(?:turn\w*)|change of leadership"
    r"|new (?:market )?leaders(?:hip)? (?:is |are |has |have )?(?:been )?emerg\w*"
    r"|(?:shift|change|switch) in (?:(?:investor|market|investors') )?(?:preferences?|tastes?)"
    r"|(?:reallocat|rotat)\w* within|money (?:is|has been) on the move|role reversal"
    r"|(?:sell|dump|unload)\w* (?:the |their |recent )?(?:\w+ )?winners (?:and|to) buy\w*"
    r"|reversal of roles|hand ?-? ?off|handoff"
    r"|(?:swap|trad|chang|switch)\w* (?:places|groups)|passing of the (?:baton|torch)"
    r"|(?:groups|sectors|industries) (?:\w+ )?(?:trade|trading|swap|swapping|pass|passing) the lead"
    r"|lead(?:ership)? (?:\w+ ){0,3}chang\w* hands|old leaders (?:\w+ )?giv\w* way"
    r"|(?:money|managers|funds|investors) (?:\w+ ){0,3}(?:shift|mov)\w* (?:money )?(?:to|toward"
    r"|towards|into) (?:different|other|new|fresh) (?:parts|corners|areas|groups|sectors))"
)
_BEFORE_MONEY = re.compile(
    r"(?:mov|shift|reallocat|rotat|redeploy|shuffl|reshuffl|reposition|chang|emerg|turn|trad|swap)"
)


def _announced(line: Line) -> int | None:
    """The word of moving in `investors are shifting their money`, `a changing of the guard`."""
    if not line.has(ANNOUNCING) or company_move(line):
        return None
    found = _ANNOUNCED.search(" ".join(line.span))
    if not found:
        return None
    start = line.first + len(" ".join(line.span)[: found.start()].split())
    end = start + len(found.group().split())
    return next((i for i in range(start, end) if _BEFORE_MONEY.match(line.words[i])), start)


ANNOUNCING = vocabulary(
    "money cash capital portfolio portfolios assets dollars bets guard tables tide worm leadership"
    " leaders reversal within preferences preference tastes taste roles handoff hand places passing"
    " lead groups winners"
)


def _changing(line: Line, i: int) -> bool:
    """A change in leadership; leadership is shifting."""
    near = line.words[max(line.first, i - 4) : min(line.last, i + 4)]
    return bool(_CHANGES & set(near))


def dangling(line: Line, ends: Ends) -> bool:
    """`Out of X and into cheaper names`: it has a destination of its own, which is no group."""
    into = ends.last + 1
    told = line.word(ends.last) == "and" and line.word(into) in {"into", "to", "toward"}
    return told and all(each.governor != into for each in line.lists)


def _split(line: Line, frame: Frame) -> list[Frame]:
    """`from A into B, from C into D` is two claims."""
    sides = sorted([(e.first, 0, e) for e in frame.froms] + [(e.first, 1, e) for e in frame.tos])
    order = [side for _, side, _ in sides]
    if order == [0, 1, 0] and dangling(line, sides[2][2]):
        return [replace(frame, froms=[sides[i][2]], tos=frame.tos[: 2 - i]) for i in (0, 2)]
    if len(order) < 4 or order != [0, 1] * (len(order) // 2):
        return [frame]
    return [
        replace(frame, froms=[sides[i][2]], tos=[sides[i + 1][2]]) for i in range(0, len(sides), 2)
    ]
