"""Directed flows between groups, read from sentences.

In each sentence with a word that can claim a move (`rotation_cues`), the groups are gathered into
lists (`rotation_lists`), the lists are given to the cue as left or entered (`rotation_frames`),
and the claim gets its status (`rotation_status`).  A claim with one end, or a rotation with none,
takes the other from how groups fare in its sentence or the next ones (`rotation_context`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rotascope_nlp.candidates import Candidate, FlowCandidate
from rotascope_nlp.rotation_context import contrast
from rotascope_nlp.rotation_cues import ROTATE, ROTATION, is_cue
from rotascope_nlp.rotation_draft import Frame
from rotascope_nlp.rotation_frames import find_frames
from rotascope_nlp.rotation_lists import Ends, Line
from rotascope_nlp.rotation_status import (
    attributed,
    denied_after,
    now_year,
    reversed_claim,
    status_of,
)
from rotascope_nlp.types import FlowStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

COMPLETED = 0.75
"""Factor on the confidence of a claim whose other end was taken from how the groups fare."""
ONE_ENDED = 0.9
_INSTEAD = frozenset({"instead", "proceeds"})
"""Words that set what is entered against what the sentence before said badly of."""
_WAYS = frozenset({"into", "to", "toward", "towards", "out", "away", "from", "beyond"})
AFTER, BEFORE = 3, 2
"""How many sentences behind and before an undirected rotation may say who wins and who loses."""


@dataclass(slots=True)
class _Claim:
    """A frame with its status, ready to be paired."""

    line: Line
    frame: Frame
    froms: list[str]
    tos: list[str]
    status: FlowStatus
    confidence: float
    last: int

    @property
    def whole(self) -> bool:
        return bool(self.froms or self.tos) and (
            self.frame.whole or bool(self.froms and self.tos) or self.frame.open
        )


def find_flows(doc: Doc, candidates: Sequence[Candidate]) -> list[FlowCandidate]:
    """Flows in the order of their evidence; the same claim made again is not told twice."""
    named = [each for each in candidates if each.kind != "company" and each.groups]
    if not named:
        return []
    lines = _lines(doc, named)
    now = now_year([word for line in lines for word in line.words[line.first : line.last]])
    claims: list[_Claim] = []
    for place, line in enumerate(lines):
        if claims and denied_after(line):
            _take_back(claims, [], line)
        if {"from", "to"} <= line.wordset or any(is_cue(word) for word in line.span):
            found = list(
                _claims(lines, place, now, told=any(claim.froms and claim.tos for claim in claims))
            )
            _take_back(claims, found, line)
            claims += found
    flows = [flow for claim in claims if claim.whole for flow in _pairs(doc, claim)]
    return _once(flows)


def _lines(doc: Doc, candidates: Sequence[Candidate]) -> list[Line]:
    words = [token.lower_ for token in doc]
    tags = [token.tag_ for token in doc]
    starts = [token.idx for token in doc]
    items = [
        (bisect_right(starts, each.start) - 1, bisect_left(starts, each.end), each)
        for each in sorted(candidates, key=lambda each: each.start)
    ]
    firsts = [first for first, _, _ in items]
    lines = []
    for sentence in doc.sents:
        inside = items[bisect_left(firsts, sentence.start) : bisect_left(firsts, sentence.end)]
        lines.append(Line(words, tags, sentence.start, sentence.end, inside))
    return lines


def _claims(lines: Sequence[Line], place: int, now: int | None, *, told: bool) -> Iterator[_Claim]:
    """The claims of a sentence; `told`: the text has named a direction before."""
    line = lines[place]
    before = lines[place - 1] if place else None
    for frame in _joined(line, _turned(line, find_frames(line)), now):
        froms = _groups(frame.froms, line, before)
        tos = _groups(frame.tos, line, before)
        status = _status(line, frame, now)
        claim = _Claim(line, frame, froms, tos, status, frame.confidence, line.last)
        if frame.open or not (froms and tos):
            _complete(claim, lines, place, told=told)
        if not (claim.froms and claim.tos):
            claim.confidence *= ONE_ENDED
        yield claim


def _turned(line: Line, frames: Sequence[Frame]) -> list[Frame]:
    """A rotation that is reversed leaves what it had entered."""
    return [
        replace(frame, froms=frame.tos, tos=frame.froms, turned=True)
        if reversed_claim(line, frame.cue)
        else frame
        for frame in frames
    ]


def _status(line: Line, frame: Frame, now: int | None) -> FlowStatus:
    status = status_of(line, frame.cue, nominal=frame.nominal, now=now, advice=not frame.sure)
    return "asserted" if frame.turned and status in {"denied", "past"} else status


def _joined(line: Line, frames: list[Frame], now: int | None) -> list[Frame]:
    """`rotating out of tech and piling into banks`: two halves of one claim."""
    out: list[Frame] = []
    for frame in frames:
        last = out[-1] if out else None
        if last and not (last.open or frame.open) and _halves(last, frame):
            one, other = (_status(line, each, now) for each in (last, frame))
            if one == other or not frame.whole or not last.whole:
                out[-1] = replace(
                    last,
                    froms=last.froms + frame.froms,
                    tos=last.tos + frame.tos,
                    whole=True,
                    confidence=min(last.confidence, frame.confidence),
                )
                continue
        out.append(frame)
    return out


def _halves(one: Frame, other: Frame) -> bool:
    left = (bool(one.froms), bool(one.tos))
    right = (bool(other.froms), bool(other.tos))
    return {left, right} == {(True, False), (False, True)}


def _groups(many: Sequence[Ends], line: Line, before: Line | None) -> list[str]:
    """The ids of some ends, pronouns resolved; in order, each once."""
    found: list[str] = []
    for ends in many:
        found += ends.groups or _antecedent(ends, line, before)
    return list(dict.fromkeys(found))


def _antecedent(ends: Ends, line: Line, before: Line | None) -> list[str]:
    """The list named last before a pronoun, in its sentence or the one before."""
    here = [each for each in line.lists if each.last <= ends.first]
    if any(each.used for each in here):
        return []
    if here:
        return here[-1].groups
    if before and before.lists:
        subjects = [each for each in before.lists if not each.preposition]
        return (subjects or before.lists)[-1].groups
    return []


def _complete(claim: _Claim, lines: Sequence[Line], place: int, *, told: bool) -> None:
    """Fill what the claim leaves open from how groups fare, here or in the sentences around."""
    line, frame = claim.line, claim.frame
    linked = line.has(_INSTEAD) and bool(claim.tos)
    if not (frame.whole or frame.open or linked) or (claim.status == "denied" and not frame.open):
        return
    had = bool(claim.froms or claim.tos)
    bad, good = contrast(line, stop=frame.cue)
    if place and not claim.froms and claim.tos and line.has(_INSTEAD):
        claim.froms = _fresh(contrast(lines[place - 1])[0], {*claim.tos})
    spoken = frame.open or (frame.sure and line.has(ROTATION | ROTATE))
    if spoken and not told and claim.status != "denied":
        if not (bad or good):
            bad, good, claim.last = _around(lines, place, after=AFTER, before=BEFORE)
        elif not bad and not claim.froms:
            bad, _, claim.last = _around(lines, place, after=1, before=1)
        elif not good and not claim.tos:
            _, good, claim.last = _around(lines, place, after=1, before=1)
    taken = {*claim.froms, *claim.tos}
    left, entered = _fresh(bad, taken), _fresh(good, taken)
    filled = bool((left and not claim.froms) or (entered and not claim.tos))
    claim.froms = claim.froms or left
    if not frame.nominal and frame.open and _WAYS & set(line.words[frame.cue : frame.cue + 4]):
        entered = []  # it says what moved, only not by name
    claim.tos = claim.tos or [group for group in entered if group not in claim.froms]
    if filled and had:
        claim.confidence *= COMPLETED


def _around(
    lines: Sequence[Line], place: int, *, after: int, before: int
) -> tuple[list[Ends], list[Ends], int]:
    """Who loses and who wins in the sentences around one that speaks of a rotation."""
    bad: list[Ends] = []
    good: list[Ends] = []
    last = lines[place].last
    for following in lines[place + 1 : place + 1 + after]:
        if following.has(ROTATION | ROTATE):
            break
        worse, better = contrast(following)
        bad, good = bad + worse, good + better
        last = following.last if worse or better else last
    for earlier in lines[max(0, place - before) : place]:
        worse, better = contrast(earlier)
        bad, good = worse + bad, better + good
    return bad, good, last


def _fresh(many: Sequence[Ends], taken: set[str]) -> list[str]:
    groups = (group for ends in many for group in ends.groups)
    return list(dict.fromkeys(group for group in groups if group not in taken))


def _take_back(earlier: list[_Claim], found: list[_Claim], line: Line) -> None:
    """`the rotation didn't pan out`, `that has not happened`: the sentence before is denied."""
    if denied_after(line):
        for each in earlier:
            if each.line.last == line.first and each.status in {"hypothetical", "asserted"}:
                each.status = "denied"
    for claim in found:
        if claim.frame.open and claim.status == "denied" and not (claim.froms or claim.tos):
            for each in earlier:
                if each.status == "hypothetical" and each.line.last == line.first:
                    each.status = "denied"


def _pairs(doc: Doc, claim: _Claim) -> Iterator[FlowCandidate]:
    start = doc[claim.line.first].idx
    last = claim.last
    while last > claim.line.first + 1 and doc[last - 1].is_space:
        last -= 1
    final = doc[last - 1]
    said = attributed(claim.line)
    lefts: list[str | None] = [*claim.froms] or [None]
    ends: list[str | None] = [*claim.tos] or [None]
    for left in lefts:
        for entered in ends:
            if left == entered:
                continue
            yield FlowCandidate(
                left,
                entered,
                claim.status,
                round(claim.confidence, 3),
                start,
                final.idx + len(final.text),
                said,
            )


def _once(flows: Sequence[FlowCandidate]) -> list[FlowCandidate]:
    """Each (from, to, status) once, the surest; a half of a pair told elsewhere is left out."""
    best: dict[tuple[str | None, str | None, str], FlowCandidate] = {}
    for flow in flows:
        key = (flow.from_group, flow.to_group, flow.status)
        if key not in best or flow.confidence > best[key].confidence:
            best[key] = flow
    lefts = {(flow.from_group, flow.status) for flow in best.values() if flow.to_group}
    entered = {(flow.to_group, flow.status) for flow in best.values() if flow.from_group}
    kept = [
        flow
        for flow in best.values()
        if not (flow.to_group is None and (flow.from_group, flow.status) in lefts)
        and not (flow.from_group is None and (flow.to_group, flow.status) in entered)
    ]
    return sorted(kept, key=lambda flow: (flow.start, flow.end))
