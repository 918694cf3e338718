"""Claims told by nouns: value rotation, tech outflows, leadership of X over Y, headings."""

from __future__ import annotations

import re

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import FUNDS, forms, vocabulary
from rotascope_nlp.rotation_draft import Draft, Frame
from rotascope_nlp.rotation_lists import Ends, Line, flow_groups

_HURT = vocabulary(
    """
    hurt hurts hit hits punished punishes battered hammered pressured pressures weighed
    dragged slammed sank crushed hurting hitting punishing dented
    """
)


def compounds(draft: Draft) -> None:
    """A group right before the noun: value rotation, tech outflows, growth-to-value rotation."""
    line = draft.line
    for ends in line.lists:
        i = ends.last
        while line.word(i) in {"fund", "funds", "etf", "etfs", "stock", "-", "sector"}:
            i += 1
        word = line.word(i)
        if word in cues.ROTATION:
            _rotation_compound(draft, ends, i)
        elif word in {"outflows", "outflow", "exodus"} or (
            word in cues.OUTFLOW and FUNDS & set(line.words[ends.first : i])
        ):
            draft.frame(i).froms.append(ends)
        elif word in {"inflows", "inflow"}:
            draft.frame(i).tos.append(ends)
        elif word in cues.CARRIERS and not ends.used:
            frame = draft.weak(i)
            frame.froms.append(ends)
            frame.sure = True
    for left, right in zip(line.lists, line.lists[1:], strict=False):
        gap = [word for word in line.words[left.last : right.first] if word != "-"]
        following = line.word(right.last), line.word(right.last + 1)
        nouns = cues.ROTATION | {"shift", "switch", "trade", "move", "transition"}
        if gap == ["to"] and nouns & set(following):
            cue = right.last + (following[0] not in nouns)
            draft.by_cue[cue] = Frame(cue, [left], [right], nominal=True)


def _rotation_compound(draft: Draft, ends: Ends, cue: int) -> None:
    """`value rotation` goes into value; `tech rotation` out of it, where another end says so."""
    frame = draft.frame(cue)
    left = {"growth", "information_technology", "mega_caps", "large_caps", "momentum"}
    if frame.tos and not frame.froms and not left & set(ends.groups):
        frame.tos.insert(0, ends)  # "a defensive rotation into utilities"
    elif not (frame.froms or frame.tos) and not left & set(ends.groups):
        frame.tos.append(ends)
        frame.nominal, frame.confidence = True, 0.75
    elif not (frame.froms or frame.tos):
        frame.froms.append(ends)
        frame.nominal, frame.confidence, frame.whole = True, 0.7, False
    ends.used = True


def leadership_over(draft: Draft) -> None:
    """A change in leadership of X over Y; a rotation that favors X over Y."""
    line = draft.line
    if not line.has(_OVER):
        return
    told = line.has(_SPOKEN) and line.has(_CHANGE)
    for i in range(line.first, line.last):
        if line.words[i] not in _OVER:
            continue
        if line.words[i] in {"ahead", "to"}:
            if pair := _ahead(draft, i):
                draft.lead(i, tos=[pair[0]], froms=[pair[1]], confidence=0.8)
            continue
        if line.words[i] != "over":
            if pair := _preferred(draft, i):
                draft.lead(i, tos=[pair[0]], froms=[pair[1]], confidence=0.8)
            continue
        left, right = _beside(draft, i)
        if not told and (pair := _preferred(draft, i)):
            draft.lead(i, tos=[pair[0]], froms=[pair[1]], confidence=0.8)
            continue
        if left and told and (right or "leadership" in line.wordset):
            draft.lead(i, tos=[left], froms=[right] if right else [])
        elif left and right and _favored(draft, left.first):
            draft.lead(i, tos=[left], froms=[right], confidence=0.8)


_SPOKEN = cues.ROTATION | cues.ROTATE | {"leadership"}
_CHANGE = vocabulary("change shift changing rotation rotations new reversal")
_FAVOR = forms("favor", "favour", "prefer!", "embrace", "choose/chooses/chose/choosing", "opt")
_OVER = frozenset({"over", "versus", "vs", "vs.", "ahead", "to", "against"})
_OVERWEIGHT = frozenset({"overweight", "overweighting", "weighting", "weight", "overweighted"})
_PARTIES = (cues.INVESTORS | cues.MONEY) - vocabulary(
    "i we you everybody folks strategists bulls bears pros some"
)


def _ahead(draft: Draft, i: int) -> tuple[Ends, Ends] | None:
    """`Prefer gold to crypto`, `favored banks ahead of utilities`."""
    if draft.line.words[i] == "ahead":
        return _preferred(draft, i) if draft.line.word(i + 1) == "of" else None
    pair = _preferred(draft, i)
    return pair if pair and draft.line.word(pair[0].governor).startswith("prefer") else None


def _favored(draft: Draft, first: int) -> bool:
    """Whether investors or money prefer what stands at `first`."""
    line = draft.line
    for i in range(first - 1, max(line.first, first - 4), -1):
        if line.words[i] in _FAVOR:
            return bool(_PARTIES & set(draft.clause(i)))
        if not line.tags[i].startswith(("JJ", "RB", "DT", "IN")):
            return False
    return False


def _preferred(draft: Draft, i: int) -> tuple[Ends, Ends] | None:
    """`Investors preferred defensives such as utilities over cyclicals`."""
    line = draft.line
    right = next((ends for ends in line.lists if ends.governor == i), None)
    left = next((ends for ends in line.lists if i - 1 <= ends.last <= i), None)
    if not (left and right):
        return None
    if left.preposition == "for":
        owner = line.words[max(line.first, left.governor - 4) : left.governor - 1]
        own = "'s" in owner and _PARTIES.isdisjoint(owner)  # a strategist's preference
        liked = line.word(left.governor - 1) in {"preference", "preferences"} and not own
    else:
        verb = line.word(left.governor)
        if left.preposition in {"to", "toward", "towards"} and _regarded(draft, left):
            return left, right
        if draft.line.word(left.first - 1) in _OVERWEIGHT:
            verb = draft.line.word(left.first - 1)
        liked = verb in _OVERWEIGHT or verb in _FAVOR
        liked = liked and not left.preposition
        liked = liked and bool(verb in _OVERWEIGHT or _PARTIES & set(draft.clause(left.governor)))
    return (left, right) if liked else None


def _regarded(draft: Draft, ends: Ends) -> bool:
    """`Turned their attention to banks over chipmakers`."""
    near = draft.line.words[max(draft.line.first, ends.governor - 5) : ends.governor]
    return bool(cues.REGARD & set(near)) and bool(_PARTIES & set(draft.clause(ends.governor)))


def _beside(draft: Draft, i: int) -> tuple[Ends | None, Ends | None]:
    """The single groups right before and right behind token i."""
    line = draft.line
    left = right = None
    for first, last, candidate in line.items:
        groups = flow_groups(candidate)
        if groups and last <= i <= last + 1:
            left = Ends(first, last, groups)
        if groups and right is None and i < first <= i + 3 and "," not in line.words[i:first]:
            right = Ends(first, last, groups)
    return left, right


def rotation_does(draft: Draft) -> None:
    """A rotation that favors X, hurts Y; X that benefits from a rotation."""
    line = draft.line
    for i in range(line.first, line.last):
        if line.words[i] not in cues.ROTATION:
            continue
        frame = draft.by_cue.get(i)
        tos, froms = _done_by(line, i)
        if tos or froms:
            frame = frame or draft.frame(i)
            frame.nominal = True
            frame.tos += draft.released(tos)
            frame.froms += draft.released(froms)


_OF_THAT = re.compile(
    r"\b(?:benefit|gain|profit|beneficiar)\w* (?:\w+ )?(?:from|of) (?:that|this|the)"
    r" (?:shift|switch|move|pivot|trend|migration)(?! (?:to|toward|towards|from|into|in|of)\b)"
)


def of_that(line: Line) -> Frame | None:
    """`Banks benefited from that shift`, behind a sentence that speaks of one."""
    if not line.lists or not (found := _OF_THAT.search(" ".join(line.span))):
        return None
    cue = line.first + len(" ".join(line.span)[: found.start()].split())
    tos = [ends for ends in line.lists if ends.last <= cue and not ends.preposition]
    return Frame(cue, tos=tos, confidence=0.75, sure=True) if tos else None


_STEP_ASIDE = {("move", "over"), ("step", "aside"), ("make", "way"), ("stand", "aside"),
               ("so", "long"), ("goodbye", ","), ("forget", "about")}  # fmt: skip


def headings(draft: Draft) -> None:
    """`From tech to utilities` without a verb; `out of growth and into value` without a cue."""
    line = draft.line
    if tuple(line.span[:2]) in _STEP_ASIDE and line.lists and line.lists[0].first < line.first + 5:
        draft.lead(line.first, froms=[line.lists[0]], whole=False)
    if any(frame.froms or frame.tos for frame in draft.by_cue.values()):
        return
    colon = line.words.index(":", line.first, line.last) if ":" in line.wordset else line.last
    verbless = not any(line.finite(i) for i in range(line.first, colon))
    for left in line.lists:
        for right in line.lists:
            pair = (left.preposition, right.preposition)
            near = 0 < right.first - left.last <= 4
            if near and (
                (pair == ("from", "to") and verbless)
                or (pair[0] in {"out of", "away from"} and pair[1] in {"into", "toward"})
            ):
                frame = draft.frame(left.governor)
                same = [e for e in line.lists if e.preposition == pair[0] and e.last < left.first]
                near_by = [e for e in same if left.governor - e.last < 3]
                frame.froms, frame.tos = [*near_by, left], [right]
                frame.confidence, frame.nominal, frame.sure = 0.7, True, True


def _done_by(line: Line, i: int) -> tuple[list[Ends], list[Ends]]:
    """Groups helped and hurt by the rotation at token i."""
    tos: list[Ends] = []
    froms: list[Ends] = []
    for ends in line.lists:
        verb = line.words[ends.governor] if ends.governor >= 0 else ""
        after_cue = i < ends.governor < i + 10
        if after_cue and verb in cues.ENTER and not ends.preposition:
            tos.append(ends)
        elif after_cue and verb in _HURT and not ends.preposition:
            froms.append(ends)
        elif ends.first < i and _benefits(line, ends, i):
            tos.append(ends)
    return tos, froms


def _benefits(line: Line, ends: Ends, i: int) -> bool:
    """X benefits from the rotation; X is a winner of it."""
    between = line.words[ends.last : i]
    named = {"benefited", "benefiting", "benefit", "benefits", "beneficiary", "beneficiaries",
             "winners", "winner", "gained", "profited", "benefitted", "benefitting"}  # fmt: skip
    return len(between) <= 12 and bool(named & set(between)) and not {";", "but"} & set(between)
