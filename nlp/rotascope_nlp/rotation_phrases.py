"""Phrases about one group that say money is leaving it or coming to it, as pattern tables.

Each pattern is matched against the words right before a list of groups, or right behind it, in
lower case and parted by spaces.  Most are a claim only beside a phrase about another group; those
of `ALONE` are one by themselves where investors or money are spoken of.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rotascope_nlp import rotation_orders as orders
from rotascope_nlp import rotation_trades as trades
from rotascope_nlp.rotation_gaps import POINTS, RATING

_CUT = r"(?:collapse|drop|fall|decline|reduction|cut|plunge|decrease|slump)"
_RISE = r"(?:increase|rise|jump|boost|surge|climb|leap)"
_INTEREST = (
    r"(?:appeal|appetite|demand|bids?|enthusiasm|interest|affection|fervor|zeal|exposure|allocations?"
    r"|positioning|weightings?|holdings|flows|love|support|buying|(?<=while )that|(?<=and )that"
    r"|(?<=whereas )that|(?<=but )that)"
)
_WANES = (
    r"(?:wan|fad|fall|fell|drop|slid|slip|shr[aiu]nk|cool|dri|dry|evaporat|declin|dwindl|ebb"
    r"|decreas|collaps|vanish|plung|tumbl|sag|weaken|diminish|went down|coming down|come down)\w*"
)
_WAXES = (
    r"(?:r[io]se|risen|rising|pick\w* up|grow|grew|climb|jump|surg|build|built|return|reviv"
    r"|rebound|increas|swell|strengthen|hit|reach|went up)\w*"
)
_BUYERS = r"(?:buyers|bids?|capital|cash|money|inflows|interest|investors|buying|dollars)"
_ADVERBS = (
    r"(?:finally|also|both|had|is|are|was|were|has|have|been|being|once|again|suddenly|now|become"
    r"|became)"
)


def _before(*phrases: str) -> re.Pattern[str]:
    """Phrases that end where the group begins, but for up to three words that describe it."""
    filler = r"(?: (?!(?:to|of|in|on|for|from|at|by|with|into|and|but|over|than)\b)[\w.&-]+){0,3}"
    return re.compile(rf"\b(?:{'|'.join(phrases)}){filler} ?$")


def _behind(*phrases: str, words: int) -> re.Pattern[str]:
    """Phrases behind a group, at most `words` words away."""
    return re.compile(rf"^ ?(?:\w+ ){{0,{words}}}(?:{'|'.join(phrases)})(?!\w)")


class Table(NamedTuple):
    """Patterns for the words before a list and for the words behind it."""

    before: re.Pattern[str]
    after: re.Pattern[str]


_SEEN_RISE = (
    rf"(?:see|sees|saw|seen|had) (?:\w+ ){{0,2}}{trades.HELD} (?:r[io]se|gr[eo]w|increase\w*|climb)"
)
ALONE = _before(*trades.BUYS, *trades.SELLS)
COVERED = _before(trades.COVERED)
FUNDED = _before(orders.FUNDED_IN)
RETURN = _before(orders.RETURN_OF)
TRADED = _before(*orders.BUYING, *orders.SELLING)
"""Buying or selling that needs nobody named: a claim by itself."""
ALONE_AFTER = re.compile(
    rf"^ ?(?:{_ADVERBS} )*(?:(?:the )?(?:new )?flavou?r of the \w+"
    r"|back in (?:favou?r|vogue|fashion|style)|catching a bid|popular again"
    r"|out of (?:favou?r|fashion|vogue)"
    r"|(?:seen|saw|record\w*|post\w*|had) (?:\w+ ){0,4}net (?:buying|selling)"
    rf"|{orders.BOUGHT}|{orders.SOLD}|{orders.WOOED}"
    r"|the new (?:favou?rites?|darlings?)|(?:emerged as|a|the) (?:the |a )?(?:\w+ )?"
    r"(?:favou?rites?|darlings?)(?! of the (?:year|spring|summer|first|past))"
    r"|(?:the )?(?:most )?(?:heavily|aggressively) sold"
    rf"|(?:(?:the )?only \w+ to )?{_SEEN_RISE}|to (?:\w+ ){{0,4}}overweight"
    rf"|sold (?:heavily|aggressively|hard)|{orders.THROWN_OUT}|{orders.TOOK_FRONT}"
    rf"|{orders.LEFT_FRONT})\b"
)
WON = Table(
    _before(
        *trades.BUYS,
        *orders.BUYING,
        orders.RETURN_OF,
        r"destination(?:s)? (?:appears? to be|seems? to be|is|was|are|were|has been)",
        rf"(?:sen[dt]s?|sending|drove|drives?|driving|pushed|steered|sucked|pulled|drew) (?:\w+ )?"
        rf"(?:traders|{_BUYERS}) (?:in)?to",
        rf"{trades.PARK} {trades.REST} (?:over |back )?(?:(?:in)?to|in|on)",
        r"want\w*",
        r"(?:ask|cry|call|plead)\w* (?:out )?for",
        r"(?:top|first|perch|throne|lead|front|spot|place|pedestal) by",
        orders.FUNDED_IN,
        r"found a (?:new )?home in",
        r"(?:hiding|refuge|shelter|hideout) in",
        r"warm(?:ing|ed) (?:up )?to",
        rf"(?:an? )?{_RISE} (?:in (?:\w+ )?)?(?:{trades.HELD} )?(?:to|in)",
        rf"{trades.SUM} (?:going|flowing|moving|pouring|coming) (?:in)?to",
        r"(?:bid|money|cash) is (?:now )?in",
        r"(?:looking|lin(?:e|ed|ing) up) for",
        rf"(?:rising|growing|renewed|fresh|increased|newfound|heavy|strong|brisk) "
        rf"(?:{trades.FONDNESS}|interest|demand) (?:in|for)",
        r"to (?:help )?pay for",
        r"to (?:help )?(?:pay for|fund|finance) (?:\w+ )?(?:purchases|buying|bets|positions)"
        r" (?:of|in|on)",
        r"in (?:come|comes|came)",
        r"topp?(?:ed|ing|s)? up",
        r"cover\w* shorts in",
        r"(?:in with|hello|welcome)",
        r"return to (?:favou?r|vogue|fashion) (?:for|of)",
        r"(?:everyone|everybody|investors) wants?(?:ed)?(?: to own)?",
        r"(?:add(?:ed|ing|s)?|return(?:ed|ing)?|gravitat\w+|flock\w*) to",
        r"(?:initiated|opened|took|started) (?:one|a position|positions|new positions) in",
        r"dip\w* (?:a toe |toes |their toes |back )*in(?:to)?",
        r"(?:buy|bought)\w* (?:back )?into",
        r"be(?:t|ts|tting) (?:heavily )?on",
        r"(?:load|stock|bulk|doubl)\w* (?:up|down) on",
        r"step\w* (?:back )?into",
        r"wad\w+ into",
        r"(?:fell|falling|fallen|fall) (?:back )?(?:in love with|for)",
        r"(?:chas|hunt|shopp|clamor|bid|reach)\w* for",
        r"overweight(?:ed)?",
        r"(?:rather (?:be in|own|hold|have)|pay\w* up for)",
        r"(?:snap|scoop|gobbl)\w* up",
        r"(?:purchases|buying) (?:of|in)",
        r"(?:buy|bought|buying|chased?|chasing|embrac\w+)",
        r"(?:give|gives|gave|giving|given)",
        r"driven by",
        r"(?:prefer|favou?r)(?:red|ring|ed|ing)",
        r"led (?:instead )?by",
        r"in favou?r of",
        r"land(?:ed|ing|s)? in",
    ),
    _behind(
        r"'s gain(?=$| [.,;!?])",
        r"beneficiar(?:y|ies)",
        r"favou?rites?",
        r"darlings?",
        r"(?:hiding place|new home|safe haven|destination)",
        r"flavou?r of the \w+",
        r"must ?-? ?own",
        r"(?:catching|caught) a bid",
        r"(?:got|getting|get) the (?:money|call|nod|bid)",
        rf"(?:(?:dr[ae]w|attract|lur|find|found|win|won)\w*|(?:pull|suck)\w* in) (?:back |in )?"
        rf"(?:\w+ )?(?:of the )?{_BUYERS}(?! (?:from|out|away))",
        r"up (?:a notch|a peg|to (?:an )?overweight)",
        r"to (?:\w+ ){0,3}overweight",
        orders.TOOK_FRONT,
        r"the (?:new )?(?:rage|craze)",
        rf"(?:suck|draw|pull|haul|rak|lap|soak|hoover)\w* (?:in|up) (?:\w+ )?{_BUYERS}",
        r"fill\w* the (?:gap|void|breach)|stepp\w* (?:up|in)",
        r"(?:tak|took|pick)\w* up the slack",
        r"(?:mov|climb|jump|r[io]s|vault|surg)\w* (?:in)?to (?:the )?(?:top|first|number one)",
        r"(?:tak(?:e|es|en|ing)|took) (?:charge|command|control)",
        r"do\w* the (?:heavy )?lifting",
        r"place to be",
        r"(?:steal|stole|stolen|took|taken|seiz|claim|snatch|usurp)\w* [\w -]{1,20} 's"
        r" (?:thunder|crown|mantle|throne|place|spot)",
        r"most loved",
        _SEEN_RISE,
        r"the (?:main|big|biggest|clear|chief|obvious|real|likely) (?:winners?|gainers?)",
        r"(?:seen|saw|record\w*|post\w*|had) (?:\w+ ){0,4}net buying",
        orders.BOUGHT,
        orders.WOOED,
        r"back (?:in (?:favou?r|vogue|fashion|demand|style)|on (?:\w+ ){0,2}lists?)",
        r"in (?:demand|vogue)",
        rf"(?:saw|see\w*|witness\w*|record\w*) an? (?:\w+ )?{_RISE} in (?:\w+ )?{trades.HELD}",
        r"attract(?:ed|ing|s)? (?:\w+ )?interest",
        r"a (?:boost|lift|bid)",
        words=6,
    ),
)
LOST = Table(
    _before(
        *trades.SELLS,
        *orders.SELLING,
        r"profit ?-? ?taking (?:weighed on|dragged(?: down)?)",
        rf"(?:an? )?{_CUT} in (?:\w+ )?{trades.HELD} (?:to|in)",
        rf"{trades.SUM} (?:leaving|fleeing|exiting)",
        r"(?:love affair|romance|infatuation|fling|honeymoon) with",
        r"(?:flee|fled|flees|fleeing|exit\w*|desert\w*|ditch\w*|dump\w*|abandon\w*|leav\w+)"
        r"(?: from)?",
        r"(?:reduc|trimm?|cutt?|par|slash|s[eo]l[ld])(?:e|es|ed|ing|s)?"
        r"(?: (?:our|their|its|his|her|an?))?",
        r"at the expense of",
        r"(?:leadership|dominance) (?:by|from)",
        r"(?:moved?|moving) on from",
        r"(?:tired|wary|leery|weary|wearying) of",
        r"sour(?:ed|ing)? on",
        r"leaned on",
        rf"(?:falling|waning|fading|cooling|declining|ebbing) (?:{trades.FONDNESS}|interest|demand)"
        r" (?:in|for)",
        r"out (?:go|goes|went)",
        r"turn\w* up (?:their|its) noses? at",
        r"(?:out with|goodbye|so long ,?|farewell)",
        r"proceeds (?:of|from)",
        r"(?:fund|financ|pa(?:y|id))\w* (?:\w+ ){0,3}(?:by|with|from|through|out of)"
        r"(?: (?:the )?(?:sales?|selling|proceeds|cuts?|reductions?|redemptions?|trimming)"
        r"(?: (?:of|from|in|to))?)?",
        r"(?:money|cash|funding) (?:\w+ ){0,4}(?:came|comes|come|coming) (?:\w+ly )?(?:from|out of)"
        r"(?: (?:sales?|selling|cuts?|reductions?|trimming)(?: (?:of|in|to))?)?",
        r"(?:disenchanted|disillusioned|fed up|bored) with",
        r"(?:instead of|rather than)(?: (?:into|to|in|those in|those|for))*",
        r"underweight(?: on| in)?",
        r"(?:unwind(?:ing)?|liquidation|dumping|abandonment|exodus|flight|retreat)"
        r" (?:of|in|from|out of)",
        r"(?:selling|sellers) (?:in|of|hit)",
        r"(?:nobody|no one|few) wants? to (?:own|hold|touch)",
        r"back\w* away from",
        r"(?:downbeat|bearish|pessimistic|gloomy|sour|cold) (?:on|about)",
    ),
    _behind(
        r"'s (?:loss|pain|expense|thunder|crown|mantle|throne)",
        r"'s (?:dominance|leadership|reign|grip|run) (?:\w+ ){1,3}"
        r"(?:slipp|fad|end|crack|crumbl|wan|weaken|loosen|over)\w*",
        r"los(?:e|es|t|ing)(?: \w+){0,2}"
        r" (?:shine|lust(?:er|re)|appeal|allure|grip|favou?r|crown|sway|hold)",
        r"(?:fall|fell|fallen|falling) (?:out of (?:favou?r|fashion|vogue|love)|from grace)",
        r"out of (?:favou?r|fashion)",
        orders.THROWN_OUT,
        orders.LEFT_FRONT,
        r"left (?:for dead|out in the cold|in the cold|behind in the rush)",
        r"(?:thrown|tossed|kicked|chucked|booted|shown|flung) (?:out|aside|overboard|away"
        r"|the door)",
        r"down (?:a notch|a peg|to (?:an )?(?:neutral|underweight))",
        r"to (?:\w+ ){0,3}underweight",
        r"(?:knocked|toppled|dislodged|bumped|pushed|booted|ousted|shoved) (?:off|from|out of)"
        r" (?:the |its |their )?(?:top|first|perch|pedestal|throne|pole|lead|front|limelight)",
        r"on the outs?",
        r"(?:shunned|abandoned|forsaken|dumped|ditched|unloved)",
        r"(?:a |the )?source of (?:funds|funding|cash)",
        r"being sold",
        r"sold (?:hard|off|to|aggressively|heavily)",
        r"(?:the )?(?:most )?(?:heavily|aggressively) sold",
        r"for sale",
        rf"(?:saw|see\w*|witness\w*|record\w*) an? (?:\w+ )?{_CUT} in (?:\w+ )?{trades.HELD}",
        r"(?:came|come|comes|coming|remain\w*) under (?:\w+ )?pressure",
        r"with (?:\w+ )?(?:outflows|redemptions|withdrawals)",
        r"(?:an?|the) (?:piggy bank|funding source|cash machine)",
        r"yesterday 's",
        r"most hated",
        r"(?:borne|bore|bear|bearing|took|taken) the brunt",
        r"(?:seen|saw|record\w*|post\w*|had) (?:\w+ ){0,4}net selling",
        orders.SOLD,
        r"(?:slip|fall|fell|drop|tumbl|knock|slid)\w* from (?:the )?(?:top|first|number one)",
        r"tak\w* a back ?seat|took a back ?seat|sidelined",
        r"(?:go|goes|gone|went|sit|sits|sat|sitting|mov\w*) (?:\w+ ){0,2}(?:in|into|to) (?:the|a)"
        r" back ?seat",
        words=4,
    ),
)
LESS = re.compile(rf"\b{trades.LESS} (?:\w+ )?$")
MORE = re.compile(rf"\b{trades.MORE} (?:\w+ )?$")
HELD = re.compile(r"^ ?(?:positions?|exposure|weightings?|allocations?|holdings|stakes?)\b")
"""Cut their tech *position*."""
RATED = re.compile(
    rf"^ ?(?:back )?(?:(?P<up>up)|(?P<down>down))? ?(?:to {RATING}|{POINTS}|by the same amount)"
)
"""Cut tech *to neutral*, raised banks *by two points*."""
INTEREST = _before(rf"{_INTEREST} (?:for|in|to|toward|towards|of)")
POSITIONS = _before(
    r"(?:exposure|allocations?|weightings?|positioning|(?:while|and|whereas) that) (?:in|to|on)"
)
FONDNESS = _before(
    r"(?:appeal|appetite|bids?|enthusiasm|interest|affection|fervor|zeal|love)"
    r" (?:for|in|toward|towards|of)"
)
WANES = _behind(_WANES, words=3)
WAXES = _behind(_WAXES, words=3)
"""Appetite for a group wanes; allocations to it grow."""
