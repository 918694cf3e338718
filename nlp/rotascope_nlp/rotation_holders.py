"""What is held and left: profits taken in a group, sellers of it, money that had gone into it."""

from __future__ import annotations

import re

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_draft import BE, Draft
from rotascope_nlp.rotation_lists import Ends, Line
from rotascope_nlp.rotation_orders import TRADERS

_PROFITS = vocabulary("profits profit gains")
_TAKING = vocabulary("take takes took taking taken lock locking locked book booking booked")
_RUNS = vocabulary("rally run gains rise surge advance runup run-up strength rebound")
_STAYED = vocabulary("spent spending hidden hiding sat sitting huddled huddling")
_LYING = vocabulary("parked sitting stuck hiding hidden languishing invested locked")


def profits(draft: Draft, ends: Ends) -> bool:
    """Taking profits in X: a claim where investors do it, or beside what the money went into."""
    line, noun = draft.line, ends.governor - 1
    if ends.preposition == "in" and line.word(noun) in _RUNS:
        behind = range(noun - 1, max(line.first, noun - 6), -1)
        noun = next((i - 1 for i in behind if line.words[i] in {"in", "on", "from"}), noun)
    if ends.preposition not in {"in", "on", "from"} or line.word(noun) not in _PROFITS:
        return False
    if not _TAKING & set(line.words[max(line.first, noun - 4) : noun]):
        return False
    frame = draft.weak(noun)
    frame.froms.append(ends)
    frame.sure, frame.confidence = True, 0.75
    frame.whole = not TRADERS.isdisjoint(draft.clause(noun))
    return True


def stayed(draft: Draft, ends: Ends) -> bool:
    """`Having spent the summer in X`, `cash that sits in X`: left, where something is entered."""
    line = draft.line
    before = line.words[max(line.first, ends.governor - 7) : ends.governor]
    stayed = bool({"having", "after"} & set(before)) and bool(_STAYED & set(before))
    stayed = stayed or bool(_SAT.search(" ".join(before)))
    if ends.preposition == "in" and stayed:
        frame = draft.weak(ends.governor)
        frame.froms.append(ends)
        frame.sure = True
    return ends.preposition == "in" and stayed


_SAT = re.compile(
    r"\b(?:money|cash|savings|capital|dollars|billions|trillions) (?:that|which)"
    r" (?:has|have|had|'s|is|are|was|were) (?:(?:been|long|all|still) )*"
    r"(?:sat|sitting|lain|lying|parked|idling|waiting|stuck)(?: \w+)?$"
)


def traders(draft: Draft, ends: Ends) -> bool:
    """Net sellers of X, net buyers of Y: a claim only together."""
    noun = ends.governor - 1
    if draft.line.words[noun - 2 : noun + 1] == [",", "however", ","]:
        noun -= 3
    if ends.preposition not in {"of", "in"} or draft.line.word(noun) not in {"sellers", "buyers"}:
        return False
    frame = draft.weak(noun)
    frame.sure = True
    frame.whole = not TRADERS.isdisjoint(draft.clause(noun))
    (frame.froms if draft.line.words[noun] == "sellers" else frame.tos).append(ends)
    return True


def had_gone(draft: Draft, cue: int) -> bool:
    """`money that had poured into X` is money that X can lose."""
    line, word = draft.line, draft.line.words[cue]
    if word in _LYING and line.word(cue - 1) in cues.MONEY:
        return not _put_there(line, cue - 1)
    before = line.words[max(line.first, cue - 4) : cue]
    for i, pronoun in enumerate(before, cue - len(before)):
        if pronoun in {"that", "who", "which"} and line.word(i - 1) in cues.THEME:
            if word in cues.HIDE | _LYING and {"has", "have"} & set(before):
                return True
            past = pronoun == "who" or word in cues.ENTER or _moves_on(line, cue)
            return "had" in before or (past and cue - i < 3 and line.tags[cue] in {"VBD", "VBN"})
    return False


def _moves_on(line: Line, cue: int) -> bool:
    """`Money that went into X has been finding its way to Y`: X had it."""
    return bool(_ON.search(" ".join(line.words[cue + 2 : line.last])))


_ON = re.compile(
    r"\b(?:is|are|has been|have been) (?:\w+ )?(?:finding|coming|moving|heading|leaving|flowing"
    r"|going|shifting|returning|looking)\b|\b(?:has|have) (?:\w+ )?(?:come|moved|gone|left|found"
    r"|flowed|shifted|returned|turned)\b"
)


def comes_out(draft: Draft, ends: Ends) -> bool:
    """`The money that hid in X is coming out`: X is left, wherever it goes."""
    line = draft.line
    behind = " ".join(line.words[ends.last : min(line.last, ends.last + _BEHIND)])
    found = _COMES_OUT.match(behind)
    if found:
        verb = ends.last + len(behind[: found.start("out")].split())
        draft.lead(verb, froms=[ends], confidence=0.8)
    return found is not None


_BEHIND = 16
_COMES_OUT = re.compile(
    r"(?:(?!(?:and|but|while|that|which|who|as|if|not|n't|;|to|into|from)\b)\S+ ){0,9}?"
    r"(?:(?:is|are|'s|has been|have been) (?:(?:now|all|already|finally|suddenly|quickly|being) )*"
    r"(?P<out>leaving|exiting|fleeing|(?:coming|moving|flowing|pouring|heading|getting|going"
    r"|rushing|trickling|seeping|streaming|pulled|drawn|taken) (?:back |right |straight )?out"
    r"(?! of (?!it\b|there\b|them\b))))\b"
)


def _put_there(line: Line, noun: int) -> bool:
    """`A was sold and the money parked in B`: the auxiliary is left out, and B is entered."""
    joined = line.word(noun - 2) == "and" and not BE.isdisjoint(line.words[line.first : noun])
    return joined or line.words[noun] == "proceeds"


def moved(draft: Draft, ends: Ends, cue: int) -> None:
    """`Own less of the AI names and shift that money to banks`: what was named last is left."""
    line, frame = draft.line, draft.by_cue[cue]
    between = line.words[cue + 1 : ends.governor]
    pointed = any(
        one in _THAT and not _HELD_THERE.isdisjoint(between[i + 1 : i + 3])
        for i, one in enumerate(between)
    )
    before = [each for each in line.lists if each.last <= cue]
    if not (pointed and before) or frame.froms or before[-1].groups == ["cash"]:
        return
    if not any(before[-1] in each.froms for each in draft.by_cue.values()):
        frame.froms += draft.released(before[-1:])


_THAT = frozenset({"that", "this", "those", "these"})
_HELD_THERE = vocabulary(
    "exposure money cash capital weight allocation position positions holdings"
)
