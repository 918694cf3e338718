"""How a group fares in its sentence: the other half of a rotation that names one end or none."""

from __future__ import annotations

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import DOWN, UP, forms, vocabulary
from rotascope_nlp.rotation_lists import Ends, Line

_BAD = vocabulary(
    """
    worst weakest losers loser laggards laggard lower weak pressure downward red lagging
    underperforming worst-performing disfavor underwater lows losing sell-offs bottom slump
    retreat decliners unloved
    """
)
_GOOD = vocabulary(
    """
    best strongest winners winner leaders leader leading higher leadership strong bid green
    strength steeper top outperforming highs beneficiaries beneficiary favor best-performing
    gainers inflows highest demand bright standouts outperformance support
    """
)
_BAD_ABOUT = vocabulary(
    """
    losses weakness selloff off rout slump decline declines drop pressure fears worries
    concerns doubts fatigue profit-taking profits pullback correction tired wary leery
    worried nervous skeptical disenchanted disillusioned jitters anxiety losers downturn
    retreat unease selling sell-off disappointment slide weary concerned uneasy overexposed
    outflows
    """
)
_GOOD_ABOUT = vocabulary(
    """
    gains strength rally surge rebound jump bounce advance buying outperformance gain
    """
)
_LIFT = forms("boost", "lift", "help", "aid", "propel!", "buoy", "benefit", "favor", "support",
              "reward", "bid/bids/bidding")  # fmt: skip
_SINK = forms("hurt/hurts/hurting", "hit/hits/hitting", "punish", "pressure", "batter", "hammer",
              "dent", "drag!", "pummel", "weigh", "sink/sinks/sank", "sell/sells/sold/selling",
              "dump")  # fmt: skip
_COPULAS = vocabulary("are is were was include included includes including : been")
_BE_WORDS = vocabulary("is are was were been all both also mostly sharply broadly n't")


def polarity(line: Line, ends: Ends, *, stop: int | None = None) -> int:
    """+1 where the sentence says that the list does well, -1 badly, 0 when it does not say.

    `stop`: a token (the claim's own cue) past which nothing is read.
    """
    word = line.words[ends.governor] if ends.governor >= 0 else ""
    if ends.preposition in {"in", "on", "for", "over", "about", "of", "with", "from", "out of"}:
        near = set(line.words[max(line.first, ends.governor - 5) : ends.governor])
        if near & _BAD_ABOUT:
            return -1
        if near & _GOOD_ABOUT:
            return 1
        if ends.preposition == "on" and near & {"weigh", "weighed", "weighing", "weighs"}:
            return -1
    if not ends.preposition and ends.governor >= 0:
        if word in _LIFT:
            return 1
        if word in _SINK:
            return -1
        if word in _COPULAS:
            left = set(line.words[line.first : ends.governor])
            if left & _BAD:
                return -1
            if left & (_GOOD - {"favor", "demand"}):
                return 1
    return _own_verb(line, ends, stop)


def _own_verb(line: Line, ends: Ends, stop: int | None) -> int:
    if ends.preposition in {"into", "to", "toward", "towards", "out of", "from", "away from"}:
        return 0
    limit = min(line.last, ends.last + 14)
    if stop is not None and stop >= ends.last:
        limit = min(limit, stop)
    seen_verb = skipping = False
    for i in range(ends.last, limit):
        word, tag = line.words[i], line.tags[i]
        if word in {"that", "which", "who", "—", "–"} and not seen_verb:
            skipping = not (skipping and word in {"—", "–"})
        elif word == "," and skipping:
            skipping = False
        if skipping:
            continue
        if word in {"while", "as", "but", ";", "whereas", "amid"} and word != "(":
            return 0
        if word in {"and", ","} and i + 1 < line.last and line.tags[i + 1].startswith("NN"):
            return 0
        turned = _turned(line, i)
        if word in DOWN and not word.startswith(("los", "shed")):
            return -1 * turned
        if word in UP:
            down = {"lower", "declines", "losses", "decliners", "laggards", "losers"}
            return -1 if down & set(line.words[i + 1 : i + 5]) else turned
        if seen_verb and word in {"up", "down"} and line.words[i - 1] in _BE_WORDS:
            return turned if word == "up" else -turned
        if seen_verb and word in _BAD:
            return -1 * turned
        if seen_verb and word in _GOOD:
            favor_lost = word == "favor" and line.words[i - 1] == "of"
            return -1 if favor_lost else turned
        if tag.startswith("V"):
            seen_verb = True
    return 0


def _turned(line: Line, i: int) -> int:
    near = line.words[max(line.first, i - 4) : i]
    return -1 if {"not", "n't", "never", "hardly"} & set(near) else 1


def contrast(line: Line, *, stop: int | None = None) -> tuple[list[Ends], list[Ends]]:
    """Lists that fare badly, lists that fare well; those a claim already uses left out."""
    bad: list[Ends] = []
    good: list[Ends] = []
    for ends in line.lists:
        if ends.used:
            continue
        sign = polarity(line, ends, stop=stop)
        if sign:
            (good if sign > 0 else bad).append(ends)
    return bad, good


def claims_move(line: Line) -> bool:
    """Whether the sentence speaks of rotating at all."""
    return line.has(cues.ROTATION | cues.ROTATE)
