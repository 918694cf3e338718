"""What the model adds to the flows of the language stage: missing sides, and claims in other words.

The language stage claims only what a construction names.  The model says of every group that is
named whether money or leadership leaves it, enters it, or neither, and whether that is asserted,
denied, hypothetical or past (`rotascope_models.base.ROLES`):

- A flow with one side takes the groups near it that the model reads as the other one, unless it
  is denied.
- Where the language stage found no flow, groups that the model is sure of make one: each that is
  left to each that is entered, or a half where there is one side only.
- In a short text that has flows, so do groups that none of them names, if the model is very sure.

Its scores tell sides too, positive for the one that is entered and negative for the one that is
left: a model without roles completes by them alone, and adds no flow.  Figures: docs/quality.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import numpy.typing as npt

from rotascope.types import MentionScore
from rotascope_models.base import ROLES
from rotascope_nlp.group_places import is_place
from rotascope_nlp.groups import ABROAD, kind
from rotascope_nlp.rotation_claims import THAT_MONEY
from rotascope_nlp.rotation_reports import COUNTED
from rotascope_nlp.types import Field, Flow, FlowStatus, Sentence

CLEAR = 0.65
"""Probability of the side that is missing; figures hardly differ from 0.35 to 0.8."""

SURE = 0.9
"""Probability of each side of a flow with both that no construction names."""

VERY_SURE = 0.975
"""The same, where less bears it out: for one side alone, in one sentence of a long text, and
beside a flow that was read."""

MOST = 6
"""More groups than this are a list of the day's winners, not the side of a flow."""

COMPLETED = 0.8
"""What is left of a flow's confidence when its other side was told by the model."""

TOLD = 0.6
"""Confidence of a flow that the model alone claims, times the lesser probability of its sides."""

_MEMBERS = {
    "growth": {"information_technology", "communication_services", "mega_caps"},
    "mega_caps": {"information_technology", "communication_services"},
    "cyclicals": {"materials", "industrials", "consumer_discretionary", "financials", "energy"},
    "defensives": {"consumer_staples", "health_care", "utilities"},
    "dividend": {"utilities", "real_estate"},
}
"""What a style is mostly made of: hardly its other end (5 of 1,636 annotated flows)."""

_MONEY = "cash"
"""As a bare word it is what moves: the model may read it as what is entered, never as left."""

_LEFT = [i for i, role in enumerate(ROLES) if role.startswith("left, ")]
_ENTERED = [i for i, role in enumerate(ROLES) if role.startswith("entered, ")]
STATUSES = tuple(cast(FlowStatus, ROLES[i].removeprefix("left, ")) for i in _LEFT)
assert tuple(ROLES[i].removeprefix("entered, ") for i in _ENTERED) == STATUSES

ByStatus = npt.NDArray[np.float64]
"""Probabilities of shape (len(STATUSES),)."""


@dataclass(frozen=True, slots=True)
class Lean:
    """How likely a mention's group is left and entered: by any sign, and by role and status."""

    left: float
    entered: float
    left_as: ByStatus
    entered_as: ByStatus


def lean_of(item: MentionScore, roles: Sequence[float] | None) -> Lean:
    """From a mention's sentiment and its roles (as `ROLES`), if the model has them.

    Beside a claim either tells a side as well as the other; that there is a claim, roles alone.
    """
    given = np.zeros(len(ROLES)) if roles is None else np.asarray(roles, dtype=np.float64)
    left_as, entered_as = given[_LEFT], given[_ENTERED]
    return Lean(
        left=max(item.sentiment.negative, float(left_as.sum())),
        entered=max(item.sentiment.positive, float(entered_as.sum())),
        left_as=left_as,
        entered_as=entered_as,
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """A span that names a group, and what the model makes of it."""

    group: str
    sentence: int
    lean: Lean
    among: tuple[str, ...]
    """Every group of the span: where one of them is an end, the others are not told of it too."""


def completed(
    flows: Sequence[Flow],
    mentions: Sequence[MentionScore],
    leans: Sequence[Lean],
    sentences: Sequence[Sentence],
    *,
    text_of: Callable[[Field], str],
    around: int,
    together: bool = False,
) -> tuple[Flow, ...]:
    """`flows`, each that has one side with the other one, as the model reads the `mentions`.

    `leans` has one row a mention.  Groups are looked for in the sentences of a flow and in
    `around` sentences on either side, in the same field; `together`: where there is none, in the
    whole field, if the model is very sure.  A group that any flow names already is no partner.
    A flow told as a count keeps to its sentences, unless its field links the money.
    """
    free = _free(_named(mentions, leans), flows)
    out: list[Flow] = []
    for flow in flows:
        # What did not leave may have stayed where it was: a denied half has no other side.
        if (flow.from_group and flow.to_group) or flow.status == "denied":
            out.append(flow)
            continue
        counted = COUNTED.search(flow.text) and not THAT_MONEY.search(text_of(flow.field))
        near = _near(flow, sentences, 0 if counted else around)
        partners = _partners(flow, [each for each in free if each.sentence in near], CLEAR)
        if not partners and together and not counted:
            partners = _far(flow, [x for x in free if sentences[x.sentence].field == flow.field])
        out += _with(flow, partners)
    return tuple(out)


def told(
    flows: Sequence[Flow],
    mentions: Sequence[MentionScore],
    leans: Sequence[Lean],
    sentences: Sequence[Sentence],
    *,
    text_of: Callable[[Field], str],
    together: bool,
) -> tuple[Flow, ...]:
    """Flows that the model alone claims.

    Read in each sentence that no flow touches; `together`: in each field as one, with less
    certainty, and halves too: an article has too many sentences for what is wrong now and then.
    In a field that has flows, groups that one of them names are passed over.
    What `flows` or an earlier sentence claims already is not told again.
    """
    known = {(flow.from_group, flow.to_group) for flow in flows}
    units: dict[tuple[Field, int], list[_Named]] = {}
    for each in _named(mentions, leans):
        sentence = sentences[each.sentence]
        where = (sentence.field, 0 if together else each.sentence)
        units.setdefault(where, []).append(each)
    out: list[Flow] = []
    for (field, _), named in units.items():
        touched = [sentences[each.sentence] for each in named]
        start, end = min(x.start for x in touched), max(x.end for x in touched)
        beside = any(
            flow.field == field and (together or (flow.start < end and flow.end > start))
            for flow in flows
        )
        if beside and not together:
            continue
        free = _free(named, flows) if beside else named
        sure = SURE if together and not beside else VERY_SURE
        for left, entered, status, probability in _claims(free, sure=sure, halves=together):
            if (left, entered) in known:
                continue
            known.add((left, entered))
            confidence = round(TOLD * probability, 3)
            text = text_of(field)[start:end]
            out.append(Flow(left, entered, status, confidence, field, start, end, text))
    return tuple(out)


_Claim = tuple[str | None, str | None, FlowStatus, float]


def _claims(named: Sequence[_Named], *, sure: float, halves: bool) -> list[_Claim]:
    """(left, entered, status, probability of the less sure side) of what the model is sure of."""
    best = _best(named)
    chance = {g: (float(x.left_as.sum()), float(x.entered_as.sum())) for g, x in best.items()}
    lefts = {group: left for group, (left, entered) in chance.items() if left > entered}
    enters = {group: entered for group, (left, entered) in chance.items() if entered >= left}
    sure_left = [group for group, p in lefts.items() if p > sure]
    sure_entered = [group for group, p in enters.items() if p > sure]

    def claim(left: str | None, entered: str | None) -> _Claim:
        sides = [best[left].left_as] if left else []
        sides += [best[entered].entered_as] if entered else []
        status = STATUSES[int(np.sum(sides, axis=0).argmax())]
        return left, entered, status, min(1.0, *(float(side.sum()) for side in sides))

    claims = [
        claim(left, entered)
        for left in sure_left
        for entered in sure_entered
        if _apart(left, entered)
    ]
    if not claims and halves:
        claims = [claim(group, None) for group, p in lefts.items() if p > VERY_SURE]
        claims += [claim(None, group) for group, p in enters.items() if p > VERY_SURE]
    return claims if len(claims) <= MOST else []


def _best(named: Iterable[_Named]) -> dict[str, Lean]:
    """The clearest of each group's mentions, side by side and status by status."""
    by_group: dict[str, list[Lean]] = {}
    for each in named:
        by_group.setdefault(each.group, []).append(each.lean)
    return {
        group: Lean(
            left=max(x.left for x in leans),
            entered=max(x.entered for x in leans),
            left_as=np.max([x.left_as for x in leans], axis=0),
            entered_as=np.max([x.entered_as for x in leans], axis=0),
        )
        for group, leans in by_group.items()
    }


def _named(mentions: Sequence[MentionScore], leans: Sequence[Lean]) -> list[_Named]:
    spans = [item.mention for item in mentions]
    return [
        _Named(
            group,
            item.mention.sentence,
            replace(lean, left=0.0, left_as=0.0 * lean.left_as)
            if item.mention.text.lower() == _MONEY
            else lean,
            item.mention.groups,
        )
        for item, lean in zip(mentions, leans, strict=True)
        if item.mention.kind != "company" and not is_place(item.mention, spans)
        for group in item.mention.groups
    ]


def _free(named: Iterable[_Named], flows: Sequence[Flow]) -> list[_Named]:
    """Those of whose groups no flow names any."""
    taken = {group for flow in flows for group in (flow.from_group, flow.to_group)}
    return [each for each in named if taken.isdisjoint(each.among)]


def _apart(left: str, entered: str) -> bool:
    """Whether two groups can be the ends of one flow."""
    if {left, entered} & ABROAD and "sector" in (kind(left), kind(entered)):
        return False  # the market where that sector trades: of 10 such claims none was right
    return entered not in _MEMBERS.get(left, ()) and left not in _MEMBERS.get(entered, ())


def _partners(flow: Flow, named: Iterable[_Named], sure: float) -> list[str]:
    """Groups that can be the missing side of `flow`, each over `sure` and not on the same side."""
    out = []
    for group, lean in _best(named).items():
        wanted, other = (lean.entered, lean.left) if flow.from_group else (lean.left, lean.entered)
        ends = (flow.from_group or group, flow.to_group or group)
        if wanted > sure and other <= CLEAR and _apart(*ends):
            out.append(group)
    return out if len(out) <= MOST else []


def _far(flow: Flow, named: Sequence[_Named]) -> list[str]:
    """Partners anywhere in a text, unless groups of both sides make a flow of their own."""
    mirrored = replace(flow, from_group=flow.to_group, to_group=flow.from_group)
    return [] if _partners(mirrored, named, VERY_SURE) else _partners(flow, named, VERY_SURE)


def _with(flow: Flow, partners: Sequence[str]) -> list[Flow]:
    """`flow` once for each partner; as it is without one."""
    confidence = round(flow.confidence * COMPLETED, 3)
    return [
        replace(
            flow,
            from_group=flow.from_group or group,
            to_group=flow.to_group or group,
            confidence=confidence,
        )
        for group in partners
    ] or [flow]


def _near(flow: Flow, sentences: Sequence[Sentence], around: int) -> range:
    """Indices of the sentences that a flow's evidence touches, and of `around` more."""
    same = [i for i, each in enumerate(sentences) if each.field == flow.field]
    touched = [i for i in same if sentences[i].start < flow.end and sentences[i].end > flow.start]
    if not touched:
        return range(0)
    return range(max(touched[0] - around, same[0]), min(touched[-1] + around, same[-1]) + 1)
