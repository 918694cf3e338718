"""The verb or noun of moving that a group behind a preposition belongs to."""

from __future__ import annotations

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import forms
from rotascope_nlp.rotation_draft import AUXILIARY, BOUNDARY, DIRECTED, Draft
from rotascope_nlp.rotation_lists import Ends, Line

_REACH = 26
_SEEK = forms(
    "seek/seeks/sought/seeking", "take/takes/took/taken/taking", "look",
    "find/finds/found/finding", "run/runs/ran/running", "hunt", "rush", "dash", "scramble",
    "race", "stampede", "flight/fled",
)  # fmt: skip
_BROADENING = frozenset({"broadening", "widening"})
LOAD_ON = forms("load", "stock", "bulk", "double")


def cue_before(draft: Draft, ends: Ends) -> int | None:
    line, start, carrier = draft.line, ends.governor, None
    aside = _between_dashes(line, start)
    for i in range(start - 1, max(line.first - 1, start - _REACH), -1):
        if i in draft.inside:
            continue
        if i in aside:
            continue
        word = line.words[i]
        if word in cues.CARRIERS and ends.preposition not in DIRECTED:
            carrier = i if start - i < 3 else carrier
            continue
        if _is_mover(draft, i) or (i == start - 1 and _moving_noun(draft, ends, i)):
            return i
        if word in BOUNDARY or (word == "as" and line.word(i - 1) not in {"such", "well"}
                                 and line.word(i + 1) not in {"well"}):  # fmt: skip
            return carrier
        if word in {"says", "said"} and line.word(i + 1) == ",":
            continue  # "rotate out of staples, he says, and into energy"
        if line.finite(i) and word not in AUXILIARY and not cues.is_cue(word):
            return carrier
    return carrier


_SET_PHRASES = {("in", "turn"), ("in", "return"), ("of", "course"), ("on", "course")}
_DASHES = frozenset({"--", "—", "–"})


def _between_dashes(line: Line, start: int) -> range:
    """An aside between two dashes, the second of which is before `start`."""
    dashes = [i for i in range(line.first, start) if line.words[i] in _DASHES]
    return range(dashes[-2], dashes[-1] + 1) if len(dashes) > 1 else range(0)


def _moving_noun(draft: Draft, ends: Ends, i: int) -> bool:
    """`a trickle out of software`, `the trade out of bonds`: any noun of moving right before."""
    if (draft.line.word(i - 1), draft.line.words[i]) in _SET_PHRASES:
        return False
    noun = draft.line.tags[i].startswith("N") and draft.line.words[i] in cues.MOVE | {"trade"}
    return noun and ends.preposition in {"out of", "away from", "into"}


FRONTED = frozenset({"from", "out of", "away from"})


def cue_behind(draft: Draft, ends: Ends) -> int | None:
    """`From materials, investors switched to staples`."""
    line = draft.line
    if line.word(ends.last) != ",":
        return None
    behind = range(ends.last, min(line.last, ends.last + 7))
    return next((i for i in behind if _is_mover(draft, i)), None)


def _adjective(draft: Draft, i: int) -> bool:
    """`rotating equipment`."""
    following = i + 1
    return (
        following < draft.line.last
        and following not in draft.inside
        and draft.line.tags[following] in {"NN", "NNS"}
        and draft.line.words[following] not in cues.MONEY
        and draft.line.words[i] != "rotate"
    )


def _is_mover(draft: Draft, i: int) -> bool:
    word, tag = draft.line.words[i], draft.line.tags[i]
    if (draft.line.word(i - 1), word) in _SET_PHRASES:
        return False
    if draft.line.fading(i):
        return False
    if i in draft.found_verbs or word in cues.ROTATION:
        return True
    if word in cues.ROTATE:
        return not _adjective(draft, i)
    if word in cues.HIDE or (word in _BROADENING and tag.startswith("N")):
        return True
    if word in cues.REFUGE:
        return bool(_SEEK & set(draft.line.words[max(draft.line.first, i - 4) : i]))
    if word in LOAD_ON and draft.line.word(i + 1) == "up":
        return True
    if tag.startswith("V") or tag in {"NNP", "JJ", "NN"}:
        if word in cues.LEAVE or word in cues.SWAP:
            return True
        if word in cues.LEAVE_WEAK and tag.startswith("V"):
            return True
        if word in cues.MOVE and (tag.startswith("V") or word not in cues.MOVE_NOUNS):
            return tag.startswith("V") or i == draft.line.first or tag == "NNP"
        if word in cues.PASSING:
            return tag.startswith("V") or tag == "NN"
    return word in cues.MOVE_NOUNS
