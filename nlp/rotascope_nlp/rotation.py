"""Directed flows between groups, read from sentences.

In each sentence with a word that can claim a move (`rotation_cues`), the groups are gathered into
lists (`rotation_lists`), the lists are given to the cue as left or entered (`rotation_frames`),
and the claim gets its status (`rotation_status`).  A claim with one end, or a rotation with none,
takes the other from how groups fare in its sentence or the next ones (`rotation_claims`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from rotascope_nlp.candidates import Candidate, FlowCandidate
from rotascope_nlp.doc_view import sentence_starts_of, starts_of, tags_of, words_of
from rotascope_nlp.group_places import is_place
from rotascope_nlp.rotation_antecedents import groups_of
from rotascope_nlp.rotation_claims import Claim, complete, fights, linked, parted
from rotascope_nlp.rotation_clefts import answer
from rotascope_nlp.rotation_cues import (
    CARRIERS,
    CUES,
    GATHER,
    INFLOW,
    INVESTORS,
    MOVE,
    OUTFLOW,
    ROTATE,
    ROTATION,
    SHED,
)
from rotascope_nlp.rotation_draft import Frame, company_move
from rotascope_nlp.rotation_echoes import echoed
from rotascope_nlp.rotation_episodes import long_ago
from rotascope_nlp.rotation_frames import ANNOUNCING, dangling, find_frames
from rotascope_nlp.rotation_history import mark_history
from rotascope_nlp.rotation_lists import Line
from rotascope_nlp.rotation_nouns import of_that
from rotascope_nlp.rotation_periods import successions
from rotascope_nlp.rotation_reports import TABLE, in_funds
from rotascope_nlp.rotation_reversals import both_ways, reversed_claim
from rotascope_nlp.rotation_status import attributed, status_of
from rotascope_nlp.rotation_tense import told_date
from rotascope_nlp.rotation_turns import came_back, undone
from rotascope_nlp.rotation_verdicts import judged, still_to_come
from rotascope_nlp.types import FlowStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

ONE_ENDED, SUCCEEDED = 0.9, 0.7
SPEAKER = 4
_GATE = CUES | ANNOUNCING
"""A sentence with no group and none of these claims nothing."""


def find_flows(
    doc: Doc, candidates: Sequence[Candidate], *, written: date | None = None
) -> list[FlowCandidate]:
    """Flows in the order of their evidence; the same claim made again is not told twice.

    `written`: when the text was, for what it calls past; None where nobody knows.
    """
    named = [each for each in candidates if each.kind != "company" and each.groups]
    named = [each for each in named if not is_place(each, named)]
    if not named:
        return []
    lines = _lines(doc, named)
    now = written or told_date(
        [word for line in lines for word in line.words[line.first : line.last]]
    )
    mark_history(lines, now)
    claims: list[Claim] = []
    for place, line in enumerate(lines):
        claims += judged(claims, line, place, now)
        line.long_ago = bool(place) and long_ago(lines[place - 1], line, now)
        if line.lists or line.has(_GATE):
            found = list(
                _claims(lines, place, now, told=any(claim.froms and claim.tos for claim in claims))
            )
            if not any(each.whole for each in found) and (claim := echoed(claims, line, place)):
                found = [claim]
            undone(found)
            still_to_come(claims, found, line)
            came_back(claims, found, line)
            claims += found
    claims = parted(linked(claims))
    flows = [flow for claim in claims if claim.whole for flow in _pairs(doc, claim)]
    return _once(flows)


def _lines(doc: Doc, candidates: Sequence[Candidate]) -> list[Line]:
    words, tags, starts = words_of(doc), tags_of(doc), starts_of(doc)
    items = [
        (bisect_right(starts, each.start) - 1, bisect_left(starts, each.end), each)
        for each in sorted(candidates, key=lambda each: each.start)
    ]
    firsts = [first for first, _, _ in items]
    lines: list[Line] = []
    for start, end in pairwise([*sentence_starts_of(doc), len(words)]):
        inside = items[bisect_left(firsts, start) : bisect_left(firsts, end)]
        line = Line(words, tags, start, end, inside)
        line.of_money = bool(lines) and _of_money(lines[-1])
        lines.append(line)
    return lines


def _of_money(before: Line) -> bool:
    """`Money is leaving the megacaps.  It is going into banks.`"""
    aside = len(before.span) < SPEAKER  # "GUEST:"
    told = before.has(CARRIERS) or (before.of_money and (aside or "it" in before.wordset))
    return told and not company_move(before)


def _claims(lines: Sequence[Line], place: int, now: date | None, *, told: bool) -> Iterator[Claim]:
    """The claims of a sentence; `told`: the text has named a direction before."""
    line = lines[place]
    before = lines[place - 1] if place else None
    frames = find_frames(line)
    if not frames and before and _spoke(before):
        frames = [frame for frame in [of_that(line)] if frame]
    if not frames and (answered := answer(before, line)):
        frames = [answered]
    for early, late in successions(before, line):
        frame = Frame(late.governor, [early], [late], confidence=SUCCEEDED, sure=True)
        frames = [each for each in frames if not (each.open or late in each.tos)]
        early.used = late.used = True
        yield Claim(line, place, frame, early.groups, late.groups, "asserted", SUCCEEDED, line.last)
    for frame in _joined(line, _turned(line, frames), now):
        froms = groups_of(frame.froms, line, before)
        tos = groups_of(frame.tos, line, before)
        status = _status(line, frame, now)
        claim = Claim(line, place, frame, froms, tos, status, frame.confidence, line.last)
        if frame.open and not told and (pairs := fights(lines, place)):
            for (winner, loser), last in pairs:
                yield replace(claim, froms=loser.groups, tos=winner.groups, last=last)
            continue
        if frame.open or not (froms and tos):
            complete(claim, lines, place, told=told)
        if not (claim.froms and claim.tos):
            claim.confidence *= ONE_ENDED
        yield claim
        if claim.froms and claim.tos and both_ways(line, frame.cue):
            yield replace(claim, froms=claim.tos, tos=claim.froms)


def _spoke(before: Line) -> bool:
    """Whether a sentence speaks of a move that the next one can call `the shift`."""
    return before.has(ROTATE | ROTATION) or (before.has(MOVE) and before.has(INVESTORS))


def _turned(line: Line, frames: Sequence[Frame]) -> list[Frame]:
    """A rotation that is reversed leaves what it had entered."""
    return [
        replace(frame, froms=frame.tos, tos=frame.froms, turned=True)
        if reversed_claim(line, frame.cue)
        else frame
        for frame in frames
    ]


def _status(line: Line, frame: Frame, now: date | None) -> FlowStatus:
    status = status_of(line, frame.cue, nominal=frame.nominal, now=now, advice=not frame.sure)
    if frame.turned and status in {"denied", "past"}:
        status = "asserted"
    return "past" if line.of_old and status == "asserted" else status


def _joined(line: Line, frames: list[Frame], now: date | None) -> list[Frame]:
    """`rotating out of tech and piling into banks`: two halves of one claim."""
    out: list[Frame] = []
    for frame in frames:
        last = out[-1] if out else None
        if last and not frame.tos and any(each in frame.froms for each in last.tos):
            continue  # "into airlines and builders that had been abandoned"
        if last and last.froms and last.tos and _more_funds(line, last, frame):
            out[-1] = replace(last, froms=last.froms + frame.froms, tos=last.tos + frame.tos)
            continue
        if last and not (last.open or frame.open) and _halves(last, frame):
            one_way = [each.froms[-1] for each in (last, frame) if each.froms and not each.tos]
            if _many_funds(line, last, frame) or any(dangling(line, e) for e in one_way):
                out.append(frame)
                continue
            one, other = (_status(line, each, now) for each in (last, frame))
            apart = {one, other} == {"asserted", "denied"}  # "bought banks without selling tech"
            if one == other or not (apart or (frame.whole and last.whole)):
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


def _more_funds(line: Line, last: Frame, frame: Frame) -> bool:
    """One more side of a list of funds that gained or lost money."""
    told = all(line.words[each.cue] in GATHER | SHED | INFLOW | OUTFLOW for each in (last, frame))
    return told and not (frame.froms and frame.tos)


def _many_funds(line: Line, last: Frame, frame: Frame) -> bool:
    """A table of funds that lost and funds that gained: none is said to feed another."""
    if not (in_funds(line, last) and in_funds(line, frame)):
        return False
    ends = (*last.froms, *last.tos, *frame.froms, *frame.tos)
    return len({group for each in ends for group in each.groups}) > TABLE


def _halves(one: Frame, other: Frame) -> bool:
    left = (bool(one.froms), bool(one.tos))
    right = (bool(other.froms), bool(other.tos))
    return {left, right} == {(True, False), (False, True)}


def _pairs(doc: Doc, claim: Claim) -> Iterator[FlowCandidate]:
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
