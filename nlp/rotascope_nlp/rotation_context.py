"""How a group fares in its sentence: the other half of a rotation that names one end or none."""

from __future__ import annotations

from itertools import pairwise

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import BEAT, DOWN, UP, forms, vocabulary
from rotascope_nlp.rotation_fortunes import fares
from rotascope_nlp.rotation_govern import FROM_PREPOSITIONS, TO_PREPOSITIONS
from rotascope_nlp.rotation_lists import Ends, Line

_BAD = vocabulary(
    """
    worst weakest losers loser laggards laggard lower weak pressure downward red lagging
    underperforming worst-performing disfavor underwater lows losing bottom slump retreat
    decliners unloved extended overextended overbought frothy overvalued stretched bloated
    tired headwinds selling losses weakness selloff profit-taking hated shunned
    """
)
_GOOD = vocabulary(
    """
    best strongest winners winner leaders leader leading higher leadership strong bid
    green strength steeper top darlings outperforming highs beneficiaries beneficiary favor
    best-performing gainers inflows highest bright standouts outperformance support
    favored favorites favourites interest attention traction buyers breakouts life demand
    strongly rally
    """
)
_BAD_ABOUT = vocabulary(
    """
    losses weakness selloff off rout slump decline declines drop pressure fears worries
    concerns doubts fatigue profit-taking profits pullback correction tired wary leery
    worried nervous skeptical disenchanted disillusioned jitters anxiety losers downturn
    retreat unease selling sell-off disappointment slide weary concerned uneasy
    overexposed outflows valuations taking
    """
)
_GOOD_ABOUT = vocabulary(
    """
    gains strength rally rallies surge rebound jump bounce advance buying gain
    """
)
_LIFT = forms(
    "boost", "lift", "help", "aid", "propel!", "buoy", "benefit", "favor", "support", "reward",
    "bid/bids/bidding",
)  # fmt: skip
_SINK = forms(
    "hurt/hurts/hurting", "hit/hits/hitting", "punish", "pressure", "batter", "hammer", "dent",
    "drag!", "pummel", "weigh", "sink/sinks/sank", "sell/sells/sold/selling", "dump",
)  # fmt: skip
_BEHIND = forms("trail", "lag!", "underperform")
_BETTER = vocabulary(
    """
    more favored favoured better preferred outperformed stronger faster higher
    """
)
_GIVE = vocabulary("gave give gives giving given")
BEATEN = vocabulary("brunt cracks breather chin beating drubbing punching shellacking")
_DRIVEN = vocabulary("led driven powered paced fueled boosted helped lifted")
_COPULAS = vocabulary("are is were was include included includes including : been")
_BE_WORDS = vocabulary(
    """
    is are was were been all both also mostly sharply broadly n't
    """
)
_GOES_ON = vocabulary("continue continues continued began begun begins start starts started")
_SENDS = vocabulary("sent sends send sending drove driving pushed pushing carried")
_HIGH, _LOW = vocabulary("higher up soaring surging"), vocabulary("lower down tumbling sliding")
_STRONG = vocabulary("strong solid bullish impressive powerful robust")
_LOWER = vocabulary("lower declines losses decliners laggards losers")
_STOPS = vocabulary("while as but ; whereas amid than over")
_FALLS = vocabulary("selloff rout slump carnage plunge crash correction wreck meltdown bloodbath")
_EASES = vocabulary("eases eased easing ends ended abates abated fades faded over pauses paused")
_LOSS = frozenset({"loss", "losses", "pain", "expense"})
"""`Tech's loss is the banks' gain`; a gain alone is a price."""
_REACH = 14
_FORMERLY = frozenset({"last", "earlier", "formerly", "before"})


_PHRASES = {
    (verb, particle): sign
    for verbs, particles, sign in (
        ("break breaks broke broken breaking", "out", 1),
        ("break breaks broke broken breaking", "down", -1),
        ("hold holds held holding", "up", 1),
        ("sell sells sold selling", "off", -1),
        ("roll rolls rolled rolling", "over", -1),
        ("catch catches caught catching", "fire", 1),
        ("take takes took taken taking", "charge", 1),
        ("under", "pressure fire", -1),
        ("shoot shoots shot shooting move moves moved moving push pushes pushed", "up higher", 1),
        ("move moves moved moving push pushed turn turns turned grinding", "lower", -1),
        ("keep keeps kept", "grinding climbing rising", 1),
        ("pick picks picked picking perk perks perked perking", "up", 1),
        ("take takes took taken taking", "off", 1),
        ("gain gains gained gaining", "ground", 1),
        ("lose loses lost losing", "ground steam altitude", -1),
        ("come comes came coming", "alive", 1),
        ("give gives gave giving given", "way ground", -1),
        ("out in up", "front", 1),
    )
    for verb in verbs.split()
    for particle in particles.split()
}
"""Two words that say how a group fares."""
_PLACES = {"top": 1, "bottom": -1, "leaders": 1, "losers": -1, "winners": 1, "laggards": -1}


def polarity(line: Line, ends: Ends, *, stop: int | None = None) -> int:
    """+1 where the sentence says that the list does well, -1 badly, 0 when it does not say.

    `stop`: a token (the claim's own cue) past which nothing is read.
    """
    if ends.preposition == "on" and line.word(ends.governor - 1) in {"yield", "yields", "rates"}:
        return 0  # "yields on Treasurys rose": that is no good news for them
    if line.word(ends.last) == "the" and line.word(ends.last + 1) in {"worst", "best"}:
        return 1 if line.word(ends.last + 1) == "best" else -1  # "and chipmakers the worst"
    told = _of_noun(line, ends) or _of_verb(line, ends) or _compounded(line, ends)
    return told or _own_verb(line, ends, stop)


def contrast(line: Line, *, stop: int | None = None) -> tuple[list[Ends], list[Ends]]:
    """Lists that fare badly, lists that fare well; those a claim already uses left out."""
    bad: list[Ends] = []
    good: list[Ends] = []
    for ends in line.lists:
        if ends.used or (stop is not None and line.broken(stop, ends.first)):
            continue
        sign = polarity(line, ends, stop=stop) or fares(line, ends)
        if sign:
            (good if sign > 0 else bad).append(ends)
    return bad, good


def duels(line: Line) -> list[tuple[Ends, Ends]]:
    """Winner and loser of each `value outpacing growth`."""
    found = []
    for one, other in pairwise(line.lists):
        verb = other.governor
        if not other.preposition and one.last <= verb < one.last + 4 and line.beats(verb):
            trails = line.words[verb].startswith("trail")
            found.append((other, one) if trails else (one, other))
    return found


def _of_noun(line: Line, ends: Ends) -> int:
    """`a selloff in tech`, `wary of banks`, `more attention than growth`."""
    named = ends.preposition
    near = set(line.words[max(line.first, ends.governor - 5) : max(ends.governor, 0)])
    far = set(line.words[max(line.first, ends.governor - 12) : max(ends.governor, 0)])
    if named in {"from", "of", "in"} and far & {"worst", "best"}:
        return -1 if "worst" in far else 1
    if named in {"than", "over"} and near & (_BETTER | BEAT):
        return -1
    if named in {"in", "on", "for", "over", "about", "of", "with", "from", "out of"}:
        if near & _BAD_ABOUT:
            return -1
        if near & _GOOD_ABOUT:
            return 1
    if named == "in" and near & {"action", "performance", "moves"} and near & _STRONG:
        return 1
    if named == "by" and near & _DRIVEN:
        return -1 if near & {"not", "n't", "no"} else 1
    if named == "on" and near & {"weigh", "weighed", "weighing", "weighs"}:
        return -1
    return 0


def _of_verb(line: Line, ends: Ends) -> int:
    """The object of lifting, sinking or beating; `the losers were banks`."""
    if ends.preposition or ends.governor < 0:
        return 0
    word = line.words[ends.governor]
    if word in _SENDS:
        behind = set(line.words[ends.last : ends.last + 3])
        return int(bool(behind & _HIGH)) - int(bool(behind & _LOW))
    if word in _LIFT or word in _BEHIND:
        return 1
    if word in _SINK or word in BEAT:
        return -1
    if word in _COPULAS:
        left = set(line.words[line.first : ends.governor])
        if left & _BAD:
            return -1
        if left & (_GOOD - {"favor", "demand"}):
            return 1
    return 0


def _compounded(line: Line, ends: Ends) -> int:
    """`Tech selloff deepens`, unless it eases."""
    behind = line.words[ends.last + 1 : min(line.last, ends.last + _REACH)]
    return -1 if line.word(ends.last) in _FALLS and _EASES.isdisjoint(behind) else 0


def _own_verb(line: Line, ends: Ends, stop: int | None) -> int:
    if ends.preposition in FROM_PREPOSITIONS | TO_PREPOSITIONS:
        return 0
    if line.word(ends.last) in {"'s", "'"}:
        possessed = {"loss": -1, "pain": -1, "gain": 1}.get(line.word(ends.last + 1))
        if possessed:
            return possessed if line.has(_LOSS) else 0
    limit = min(line.last, ends.last + _REACH)
    if stop is not None and stop >= ends.last:
        limit = min(limit, stop)
    verb = skipping = False
    for i in range(ends.last, limit):
        word = line.words[i]
        if not verb and word in {"that", "which", "who", "—", "–"}:
            skipping = not (skipping and word in {"—", "–"})
        elif word == "," and skipping:
            skipping = False
        if skipping:
            continue
        if word in _STOPS and line.words[i - 1] not in {"taken", "took", "taking", "take"}:
            return 0
        if word in {"and", ","} and i + 1 < line.last and line.tags[i + 1].startswith("NN"):
            return 0
        sign = _sign(line, i, after_verb=verb)
        if sign and word in _BAD | _GOOD and _FORMERLY & set(line.words[i + 1 : i + 4]):
            continue  # "were the laggards last year, but have gained"
        if sign:
            return sign * _turned(line, i)
        verb = verb or line.tags[i].startswith("V")
    return 0


def _sign(line: Line, i: int, *, after_verb: bool) -> int:
    """What one word behind a group says of it."""
    word, before = line.words[i], line.words[i - 1]
    following = set(line.words[i + 1 : i + 7])
    if word in cues.CEDE and following & cues.LEADERSHIP and not following & {"new"}:
        return -1
    if before == "to" and line.tags[i] == "VB" and line.word(i - 2) not in _GOES_ON:
        return 0  # "bonds to slump": that is to come
    if word in DOWN or (word in _GIVE and following & {"back", "up"}):
        return -1
    phrase = _PHRASES.get((word, line.word(i + 1)))
    if phrase:
        return phrase
    if word in {"near", "at", "among", "to", "toward"} and line.word(i + 1) == "the":
        return _PLACES.get(line.word(i + 2), 0)
    if word in UP:
        return -1 if _LOWER & set(line.words[i + 1 : i + 5]) else 1
    if not after_verb:
        return 0
    if word in {"up", "down"} and before in _BE_WORDS:
        return 1 if word == "up" else -1
    if word in _BAD:
        return -1
    if word == "demand" and line.tags[i - 1].startswith("NN"):
        return 0  # "power demand" is not for the group
    if word in _GOOD:
        return -1 if word == "favor" and before == "of" else 1
    if word in BEATEN:
        return -1
    return 0


def _turned(line: Line, i: int) -> int:
    near = line.words[max(line.first, i - 4) : i]
    if {"can", "could", "may", "might", "would", "should"} & set(near):
        return 0
    return -1 if {"not", "n't", "never", "hardly", "longer"} & set(near) else 1
