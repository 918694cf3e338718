"""The missing side of a flow, from what the model says of the groups beside it.

The language stage claims only what a construction names.  "Investors are souring on chips, and the
bid is in utilities" gives it the side that is left; the model scores the other group positive.  A
flow with one side takes the groups near it whose score points the other way: positive for the side
that is entered, negative for the one that is left.  Nothing is added where no flow is claimed, and
nothing where the model gives no group a clear score.

On passages read once (docs/quality.md) it raises precision and recall alike: a half that stands for
a pair is wrong either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rotascope.types import MentionScore
from rotascope_nlp.types import Flow, Sentence

CLEAR = 0.5
"""How far from 0 a group's score must be; figures hardly differ from 0.4 to 0.7."""

MOST = 6
"""More partners than this are a list of the day's winners, not the side of a flow."""

COMPLETED = 0.8
"""What is left of a flow's confidence when its other side was told by the model."""


def completed(
    flows: Sequence[Flow],
    mentions: Sequence[MentionScore],
    sentences: Sequence[Sentence],
    *,
    around: int,
) -> tuple[Flow, ...]:
    """`flows`, those with one side completed where the model names the other.

    Groups are looked for in the sentences of the flow and `around` sentences on either side, in the
    same field.  A group that any flow names already is no partner.
    """
    if all(flow.from_group and flow.to_group for flow in flows):
        return tuple(flows)
    named = {group for flow in flows for group in (flow.from_group, flow.to_group)}
    scores = _group_scores(mentions, named)
    out: list[Flow] = []
    for flow in flows:
        if flow.from_group and flow.to_group:
            out.append(flow)
            continue
        near = _near(flow, sentences, around)
        wanted = -1 if flow.from_group is None else 1
        partners = [
            group
            for group, found in scores.items()
            if any(i in near and wanted * score > CLEAR for i, score in found)
            and not any(i in near and wanted * score < -CLEAR for i, score in found)
        ]
        out += _pairs(flow, partners) if 0 < len(partners) <= MOST else [flow]
    return tuple(out)


def _group_scores(
    mentions: Iterable[MentionScore], named: set[str | None]
) -> dict[str, list[tuple[int, float]]]:
    """For each group that no flow names: (sentence, score) of the spans that name it."""
    found: dict[str, list[tuple[int, float]]] = {}
    for item in mentions:
        if item.mention.kind != "company":
            for group in item.mention.groups:
                if group not in named:
                    place = item.mention.sentence, item.sentiment.score
                    found.setdefault(group, []).append(place)
    return found


def _near(flow: Flow, sentences: Sequence[Sentence], around: int) -> range:
    """Indices of the sentences that a flow's evidence touches, and of `around` more."""
    touched = [
        i
        for i, each in enumerate(sentences)
        if each.field == flow.field and each.start < flow.end and each.end > flow.start
    ]
    same = [i for i, each in enumerate(sentences) if each.field == flow.field]
    if not touched:
        return range(0)
    return range(max(touched[0] - around, same[0]), min(touched[-1] + around, same[-1]) + 1)


def _pairs(flow: Flow, partners: Sequence[str]) -> list[Flow]:
    confidence = round(flow.confidence * COMPLETED, 3)
    return [
        replace(
            flow,
            from_group=flow.from_group or group,
            to_group=flow.to_group or group,
            confidence=confidence,
        )
        for group in partners
    ]
