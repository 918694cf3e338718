"""Words before a claim that belong to another clause, and so say nothing of its status.

`Traders who think the Fed will cut rotated into banks`: the future is that of the cut.
"""

from __future__ import annotations

import re

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_draft import AUXILIARY
from rotascope_nlp.rotation_lists import Line

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_GROUP = ("VB", "VBG", "VBN", "TO", "RB", "RP")
_CONDITIONS = vocabulary("if unless whether should were once when provided assuming")
_SAYING = vocabulary("that said say says think thinks believe believes")
GENERIC = vocabulary(
    """
    typically usually often tend tends normally generally always typical whenever
    historically sometimes theoretically
    """
)
_MODAL_REACH = 5
_SUBJECT = 8
_UNDER_WAY = re.compile(
    r"^(?:\S+ ){0,12}(?:that|which) (?:(?:is|was|has been|had been|has|had) )"
    r"(?:(?:already|now|long|well|just) )*"
    r"(?:in progress|under ?way|in motion|in train|in full swing|begun|started|going on|happening"
    r"|taking place|gathering (?:pace|steam|speed|momentum))\b"
)
_ONGOING = vocabulary("ongoing existing continuing current")


def under_way(before: list[str], after: list[str]) -> bool:
    """`Could speed up a rotation that was already in progress`: what is on is asserted."""
    return not _ONGOING.isdisjoint(before[-3:]) or bool(_UNDER_WAY.match(" ".join(after)))


_CAUSED = re.compile(
    r"\b(?:prospects?|hopes?|expectations?|fears?|talk|possibility|likelihood|speculation|threat"
    r"|worr(?:y|ies)|concerns?|anxiet(?:y|ies)|jitters|nerves|optimism|bets|signs?|conviction"
    r"|anticipation|confidence|risks?) (?:of|that|for|about|over|on|around) (?:\S+ )*?"
    r"(?P<verb>(?:(?:has|have|had) )?(?:\w+ly )?(?:prompted|triggered|sparked|fuel+ed|spurred"
    r"|caused|unleashed|ignited|drove|driven|set off|touched off|kicked off|led to|brought (?:on"
    r"|about)|forced|produced|pushed|prompts|triggers|sparks|spurs|drives)) (?=(?:\S+ ){0,4}$)"
)


def caused(before: list[str]) -> list[str]:
    """`Hopes of a cut have sparked a rotation`: what is hoped for is not what has come of it."""
    found = _CAUSED.search(" ".join(before) + " ")
    if not found or not _MIGHT.isdisjoint(before):
        return before
    start = len(found.string[: found.start()].split())
    end = len(found.string[: found.start("verb")].split())
    return [*before[:start], *before[end:]]


_MIGHT = vocabulary("could might would may if whether n't not")


def governing(line: Line, cue: int, before: list[str]) -> list[str]:
    """`before`, the words of the clause up to the cue, without those of other clauses."""
    start = cue - len(before)
    if line.tags[cue] in {"IN", "TO", "RP"}:
        cue = _verb_before(line, start, cue)
    if line.words[cue] in cues.CARRIERS:
        cue = _driver(line, cue)
    verb = _finite(line, start, cue) if not _noun(line, cue) else _subject_of(line, start, cue)
    if verb is None:
        return before
    comma = next((i for i in range(verb - 1, start - 1, -1) if line.words[i] == ","), None)
    if comma is not None and _own_subject(line, comma + 1, verb):
        left_out = set(line.words[start:comma])
        if left_out.isdisjoint(_CONDITIONS | GENERIC):
            before = before[comma + 1 - start :]
            start = comma + 1
    aside = _aside(line, start, verb)
    return [
        "" if i in aside or (line.tags[i] == "MD" and _has_own_verb(line, i, verb)) else word
        for i, word in enumerate(before, start)
    ]


def _verb_before(line: Line, start: int, preposition: int) -> int:
    """The verb whose preposition a claim was read at: `are adding *to*`."""
    for i in range(preposition - 1, max(start, preposition - 5) - 1, -1):
        if line.tags[i].startswith("V"):
            return i
    return preposition


def _driver(line: Line, noun: int) -> int:
    """The verb in `has driven money into banks`."""
    i = noun - 1
    while i > line.first and line.tags[i].startswith(("DT", "JJ", "PRP$", "CD")):
        i -= 1
    return i if line.tags[i].startswith("V") else noun


def _noun(line: Line, cue: int) -> bool:
    return line.tags[cue].startswith(("N", "JJ"))


def _finite(line: Line, start: int, cue: int) -> int | None:
    """The finite verb of the verb group that ends in the cue: `have been moving`."""
    i = cue
    while i >= start:
        word, tag = line.words[i], line.tags[i]
        if tag in _FINITE:
            known = tag != "VBP" or word in AUXILIARY or line.tags[i - 1].startswith(("N", "PRP"))
            return i if known and line.word(i - 1) not in {"and", "or", "when"} else None
        if i == cue and tag == "VBN" and line.word(i - 1) not in AUXILIARY:
            return i  # the tagger takes `traders who ... rotated` for a participle
        if tag not in _GROUP or not (i == cue or tag in {"RB", "TO"} or word in AUXILIARY):
            return None
        i -= 1
    return None


def _subject_of(line: Line, start: int, cue: int) -> int | None:
    """Where the noun phrase of the cue begins, if it opens a clause and has a plain finite verb."""
    first = cue
    while first > start and line.tags[first - 1].startswith(("DT", "JJ", "NN", "RB", "PRP$")):
        first -= 1
    if line.word(first - 1) != ",":
        return None
    for i in range(cue + 1, min(line.last, cue + 14)):
        if line.words[i] in {",", ";"} or line.tags[i] == "MD":
            return None
        if line.tags[i] in _FINITE:
            return cue
    return None


def _own_subject(line: Line, first: int, verb: int) -> bool:
    """Whether a subject stands between a comma and a finite verb."""
    inside = range(first, verb)
    if len(inside) > _SUBJECT and line.words[first] not in {"investors", "money", "traders"}:
        return False
    named = any(line.tags[i].startswith(("N", "PRP")) for i in inside) or first == verb
    return named and _SAYING.isdisjoint(line.words[first:verb])


def _aside(line: Line, start: int, verb: int) -> range:
    """`Who had expected a cut` in `investors who had expected a cut sold`; `betting on a cut`."""
    for i in range(start, verb):
        if line.words[i] in _AWAITING and line.tags[i - 1] == "NNS" and i > start:
            return range(i, verb)
        if line.words[i] == "who" and any(line.tags[j] in _FINITE for j in range(i + 1, verb)):
            return range(i, verb)
    return range(0)


_AWAITING = vocabulary("hoping betting expecting anticipating fearing awaiting predicting wanting")


def _has_own_verb(line: Line, modal: int, verb: int) -> bool:
    """Whether a modal has its verb before the finite verb of the claim."""
    return any(
        line.tags[i] == "VB" and line.words[i] not in _MAKES
        for i in range(modal + 1, min(verb, modal + _MODAL_REACH))
    )


_MAKES = vocabulary("see let make help watch have mean force prompt get")
"""`Would see investors move`: the second verb hangs on the modal too."""
