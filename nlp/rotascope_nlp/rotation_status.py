"""Status of a claim (asserted, denied, hypothetical, past) and whether somebody else says it."""

from __future__ import annotations

import re
from datetime import date

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import forms, vocabulary
from rotascope_nlp.rotation_denials import (
    advised_against,
    called_off,
    insisted,
    let_down,
    opened,
    refrained,
    said_true,
    talked_of,
    untrue,
)
from rotascope_nlp.rotation_embedded import caused, governing, under_way
from rotascope_nlp.rotation_episodes import brief, until_then
from rotascope_nlp.rotation_lists import Line
from rotascope_nlp.rotation_supposed import hypothetical, wondered
from rotascope_nlp.rotation_tense import may_be_over, past
from rotascope_nlp.types import FlowStatus

_NEGATIONS = vocabulary(
    """
    no not n't never without hardly scarcely neither nor none cannot nobody
    don`t doesn`t didn`t isn`t aren`t wasn`t hasn`t haven`t
    """
)
_DENYING = vocabulary(
    """
    denied denies deny dismissed dismisses dismiss rejected rejects refuted absent lacking
    lacked lacks absence lack unlikely
    """
)
_NOT_DENYING_AFTER = vocabulary(
    """
    only just limited merely surprisingly surprising over doubt wonder longer unusual
    unlike simply alone finished done fewer less sooner before
    time trouble hesitation difficulty qualms since
    """
)
_STOPPED = forms(
    "stall", "fizzle", "fail", "abate", "pause", "falter", "fade", "evaporate", "peter", "sputter",
)  # fmt: skip
_HAPPEN = vocabulary(
    """
    happen happened happening occur occurred occurring materialize materialized come
    arrive take taken last persist begin begun develop developed follow pan panned stick
    lasted came comes happens arrives
    started start arrived emerged emerge underway true real it case evident
    """
)
_EVIDENCE = vocabulary(
    """
    evidence sign signs indication indications hint hints proof trace
    """
)
_NEAR = 9
"""Words before a claim in which a negation still governs it."""
_NOT_SO = re.compile(
    r"but (?:it )?(?:has|have|had|did|does|is|was) ?(?:never|not|n't|yet to)"
    r"(?: (?:yet|really|quite|actually|so far))* (?:c[ao]me|materiali[sz]|happen|arriv|occur|begun"
    r"|start|tak)\w*|"
    r"but (?:that|this|it) (?:was|is|did|has|does) ?(?:not|n't) (?:the case|happen|so|occur|work)"
)
_FALSE = vocabulary(
    """
    wrong false overblown untrue premature exaggerated myth imaginary unfounded
    """
)
_CLAUSE_ENDS = vocabulary("; but while whereas although though because")
_SPENT = re.compile(
    r"(?<!that )(?<!that are )(?<!that were )(?<!which are )(?<!which were )(?<!that have )"
    r"\b(?:r[au]n(?:ning)? out of (?:steam|gas|road|puff)"
    r"|los(?:t|ing) (?:its )?(?:steam|momentum))\b"
)


def status_of(
    line: Line, cue: int, *, nominal: bool, now: date | None, advice: bool = True
) -> FlowStatus:
    """Whether the claim at token `cue` is asserted, denied, hypothetical or past."""
    before, after = around(line, cue)
    start = opened(line, cue - len(before))
    if wondered(before) or _forbidden(line, cue) or advised_against(line, start, cue):
        return "hypothetical"
    twice = insisted(line, start, cue) or said_true(line, start, cue)
    if twice and _sure(before):
        return "asserted"
    if not twice and _taken_back(line, start, cue, before, after, nominal=nominal):
        return "denied"
    if nominal and may_be_over(after):
        return "past"
    existing = nominal and under_way(before, after) and "?" not in after
    told = governing(line, cue, before)
    supposed = not existing and hypothetical(caused(told) if nominal else told, after, line, cue)
    if supposed or (advice and _instruction(line, cue)):
        return "hypothetical"
    if past(line, cue, before, after, nominal=nominal, now=now):
        return "past"
    if line.long_ago or until_then(line, cue) or (nominal and brief(after)):
        return "past"
    return "asserted"


def _sure(before: list[str]) -> bool:
    """`Funds cannot stop buying`; one that `would find it hard not to buy` has not bought."""
    if "nothing" in before:
        return "unless" not in before
    return {"unless", "if", "would", "'d"}.isdisjoint(before)


def _taken_back(
    line: Line, start: int, cue: int, before: list[str], after: list[str], *, nominal: bool
) -> bool:
    return (
        untrue(before, after)
        or (nominal and called_off(line, cue))
        or refrained(line, start, cue)
        or talked_of(line, start, cue)
        or let_down(line, cue)
        or _denied(before, after, line, cue, nominal=nominal)
    )


def attributed(line: Line) -> bool:
    """Whether the sentence puts its claim in somebody's mouth."""
    return line.has(_SAID | _SAID_BY) or '"' in line.wordset


_SAID = forms(
    "say/says/said/saying", "tell/tells/told", "write/writes/wrote", "note", "argue", "warn",
    "explain", "believe", "think/thinks/thought", "contend", "reckon", "according", "point",
    "caution", "estimate", "observe",
)  # fmt: skip | {"according"}  # fmt: skip
_SAID_BY = vocabulary("analysts strategists economists according")


def around(line: Line, cue: int) -> tuple[list[str], list[str]]:
    """The words of the clause before and behind the cue."""
    start = cue
    while start > line.first and not _ends_clause(line, start - 1):
        if line.words[start - 1] == "yet" and line.word(start - 2) == ",":
            break
        joint = line.words[start - 1] == "as" and line.word(start - 2) not in {"well", "such"}
        if joint and line.words[start] not in _AS_NOUN:
            break
        start -= 1
    end = cue + 1
    while end < line.last and not _ends_clause(line, end):
        end += 1
    return [_read(line, i) for i in range(start, cue)], [
        _read(line, i) for i in range(cue + 1, end)
    ]


_AS_NOUN = vocabulary("if though a an evidence proof part")
"""`Do not see it as a case of investors leaving`: no clause begins there."""


def _read(line: Line, i: int) -> str:
    """The word at i; the month of May is no modal."""
    word = line.words[i]
    return "" if word == "may" and line.tags[i].startswith("N") else word


def _ends_clause(line: Line, i: int) -> bool:
    """Whether a clause ends at token i; `, though,` ends none."""
    if line.words[i] == "but" and line.word(i - 1) in {"all", "nothing"}:
        return False  # "will all but surely"
    return line.words[i] in _CLAUSE_ENDS and (line.words[i], line.word(i + 1)) != ("though", ",")


def _denied(before: list[str], after: list[str], line: Line, cue: int, *, nominal: bool) -> bool:
    near = before[-_NEAR:]
    if any(_denies(near, i, line.words[cue], nominal=nominal) for i in range(len(near))):
        return True
    if nominal and "than" in near[-5:] and {"more", "rather"} & set(before):
        return True
    close = set(after[:10])
    if (
        nominal
        and close & _FALSE
        and not close & {"no", "not", "n't"}
        and close & {"is", "are", "was", "were"}
    ):
        return True
    tail = " ".join(line.words[cue : line.last])
    return bool(_NOT_SO.search(tail)) or (nominal and _fell_through(_main(line, cue, after)))


def _denies(near: list[str], i: int, claim: str, *, nominal: bool) -> bool:
    """Whether word i before a claim denies it."""
    word, rest = near[i], near[i + 1 :]
    following = rest[0] if rest else claim
    if word in _NEGATIONS:
        if following in _NOT_DENYING_AFTER | {"-"} or (word == "no" and following == "."):
            return False
        if word == "without" and {"and", "with", "but"} & set(rest):
            return False
        return not _COLONS & set(rest) and ("," not in rest or word == "no")
    if word in _DENYING:
        return word != "lack" or following == "of"
    if word in {"little", "scant", "few"}:
        return following in _EVIDENCE
    if word == "yet":
        return following == "to"
    if word in {"rather", "instead"}:
        return following in {"than", "of"} and len(rest) < 6 and "," not in rest
    return False


_COLONS = frozenset({":", "—", "–"})


def _main(line: Line, cue: int, after: list[str]) -> list[str]:
    """The words behind a cue up to a clause of time: `began after the Fed paused`."""
    told = False
    for i, word in enumerate(after):
        told = told or line.finite(cue + 1 + i)
        if told and word in _TIMES and after[i - 1] not in {"such", "well", "even"}:
            return after[:i]
    return after


_TIMES = frozenset({"after", "when", "as", "before", "since", "until"})


def _fell_through(after: list[str]) -> bool:
    """The rotation stalled, did not happen, has yet to come."""
    tail = after[:18]
    if _SPENT.search(" ".join(tail)):
        return True
    if {"continued", "continues"} & set(tail[:4]) or {"resumed", "resumes"} & set(tail):
        return False
    for i, word in enumerate(tail):
        if word in {"pause", "break", "breather"} and {"took", "takes", "taking"} & set(tail[:i]):
            return True
        if word in _STOPPED and (not i or tail[i - 1] not in _NOT_STOPPED):
            return bool({"no", "not", "n't", "never"}.isdisjoint(tail[max(0, i - 4) : i]))
        if word in {"not", "n't", "never"}:
            following = tail[i + 1 : i + 5]
            if set(following[:1]) & _NOT_DENYING_AFTER:
                continue
            if set(following) & _HAPPEN:
                return True
        if word == "yet" and tail[i + 1 : i + 2] == ["to"]:
            return True
    return False


_NOT_STOPPED = frozenset({"a", "the", "after", "brief", "which", "that"})


def _forbidden(line: Line, cue: int) -> bool:
    """`Don't rotate out of tech`: advice too."""
    told = line.words[max(line.first, cue - 2) : cue]
    opened = line.word(cue - 3) in {"", '"', ":"} and line.tags[cue] == "VB"
    return opened and told[:1] == ["do"] and told[1:] in (["n't"], ["not"])


def _instruction(line: Line, cue: int) -> bool:
    """`Rotate out of tech`: advice, not news."""
    first = line.first
    while first < line.last and not line.words[first][0].isalnum():
        first += 1
    verb = line.tags[cue] == "VB" and line.words[cue] not in cues.ROTATION
    return cue == first and verb
