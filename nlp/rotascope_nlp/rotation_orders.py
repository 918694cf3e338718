"""Buying and selling told outright: investors buy X, a wave of selling hits Y, profits are taken.

`BUYING` and `SELLING` are phrases that end before a group; `BOUGHT` and `SOLD` begin right behind
it.  Those that name who trades, or how heavily, are claims by themselves (`rotation_phrases`).
"""

from __future__ import annotations

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.groups import ASSETS
from rotascope_nlp.market_words import forms, vocabulary
from rotascope_nlp.rotation_draft import AUXILIARY, Draft, Frame

_HEAVY = (
    r"(?:large|big|hefty|sizable|sizeable|substantial|huge|fresh|solid|vigorous|frantic|hectic"
    r"|institutional|heavy|heavier|heaviest|aggressive|steady|brisk|intense|renewed|persistent"
    r"|massive|relentless|panic|forced|indiscriminate|strong|broad|sustained|frenzied|waves? of"
    r"|bouts? of|bursts? of|(?:a |the )?(?:flurry|torrent|surge|rush|spate|flood) of)"
)
_PROFITS = r"profit ?-? ?(?:taking|booking)"
_SELLING = rf"(?:{_HEAVY} (?:\w+ )?selling(?: by (?:\w+ ){{0,2}}\w+)?|{_PROFITS})"
_BUYING = (
    rf"(?:{_HEAVY} (?:\w+ )?(?:buying|purchases|buys)"
    r"|buying (?:surge|spree|streak|wave|frenzy|binge|spurt|interest))"
)
_STRUCK = (
    r"(?:\w+ly )?(?:hit|hits|hitting|slammed|struck|battered|hammered|pounded|engulfed|gripped"
    r"|swept (?:through|across|over|into)|ripped through|in|of|across|among)"
)
_MET = (
    r"(?:saw|sees?|seen|seeing|enjoy\w*|attract\w*|dr[ae]w\w*|experienc\w*|witness\w*|got|had|met"
    r" with|found|suffer\w*|fac\w+|endur\w+|c[oa]me under|(?:was|were) hit (?:by|with)) "
    r"(?:another |an? |some |more |yet |fresh |new |the |of |their |its )*"
)
_WHERE = (
    r"(?:has |have |had |was |is |were )*(?:been )?(?:\w+ly |most |mostly |mainly )?"
    r"(?:(?:concentrat|cent(?:er|re)|focus|cluster)\w*|strongest|heaviest|greatest|evident|visible"
    r"|seen) (?:in|on|among|around)"
)
_WAS = r"(?:has been|have been|had been|was|came) (?:\w+ly |most |mostly |mainly )?in"
SELLING = (
    rf"selling (?:pressure )?(?:{_WHERE}|{_WAS})",
    r"(?:shift|turn|change|swing) (?:in|of) (?:\w+ )?sentiment against",
    r"sentiment (?:has |have |had |is |was )?(?:\w+ly )?(?:turn|sour|shift|sw[iu]ng)\w*"
    r" (?:against|on)",
    rf"{_SELLING} {_STRUCK}",
    r"(?:selling streak|unwinding(?: of (?:\w+ )?positions)?) (?:in|across|among)",
    r"net selling (?:of|in|across|among)",
)
FUNDED_IN = (
    r"(?:taken in|absorbed|gathered(?: up)?|attracted|drawn in|collected|hauled in|raked in"
    r"|lapped up|soaked up|hoovered up|swallowed(?: up)?|scooped up|pulled in|received|reaped"
    r"|amassed) by|leading the (?:\w+ )?inflows (?:was|were|is|are)"
)
"""`$4 billion was taken in by bond funds`."""
THROWN_OUT = (
    r"(?:got|gets?|getting|is|are|was|were|being|been) (?:\w+ly )?(?:thrown (?:out|overboard)"
    r"|tossed (?:out|aside|overboard)|kicked out|booted|jettisoned|(?:sold|dumped|unloaded"
    r"|offloaded|liquidated) (?:in (?:size|force|bulk|droves)|across the board|wholesale|en masse"
    r"|indiscriminately|hard)"
    r"|(?:sold|dumped|unloaded|trimmed|cut|pared) (?:back )?to make (?:room|way) for)"
)
TOOK_FRONT = (
    r"(?:hot|fashionable|popular|sought after|alive|loved|in (?:demand|fashion|favou?r|vogue))"
    r" (?:once )?again|(?:find|found|finding|attract\w*|dr[ae]w\w*) (?:\w+ )?buyers"
    r"|(?:seiz|tak|took|grab|assum|wrest)\w* (?:control|command|charge) of (?:the )?(?:stock )?"
    r"(?:market|rally|tape|advance|trading|session|action|trade)"
    r"|(?:tak\w*|took|seiz\w*|grab\w*|claim\w*|captur\w*|mov\w* (?:up )?(?:in)?to"
    r"|climb\w* (?:in)?to|jump\w* (?:in)?to|r[io]s\w* (?:in)?to) (?:over )?(?:the )?"
    r"(?:first|top|number one|no\. 1) (?:place|spot|position|slot)"
    r"|(?:tak\w*|took) over (?:at the (?:front|top|head|helm)|in front)"
    r"|(?:mak\w*|made|mount\w*) a (?:bid|run|push|play) (?:for|to|at) (?:the )?(?:leadership|lead)"
)
LEFT_FRONT = (
    r"(?:giv|gave|los|lost|ced|surrender|relinquish|yield|vacat)\w* (?:up )?(?:its|their|the)"
    r" (?:place|position|spot|perch|slot) (?:at|in|on) (?:the )?(?:front|top|head|lead)"
    r"|(?:drop|fall|fell|slip|slid|tumbl)\w* (?:out of|from) (?:it|first place|the top"
    r" (?:spot|place|three|five|ten))"
)
"""A group that takes or leaves the front."""
_LIFTS = r"(?:\w+ly )?(?:lift\w*|boost\w*|buoy\w*|benefit\w*|support\w*|favor\w*)"
BUYING = (
    rf"(?:buying|purchases) (?:interest |activity )?(?:{_WHERE}|{_WAS})",
    r"net buying (?:of|in|across|among)",
    r"net (?:buying|purchases) (?:was|were|is) (?:\w+ )?(?:recorded|seen|reported|registered)"
    r" (?:by|in)",
    r"(?:demand|buying|flows|interest|appetite) (?:is|was|are|were|has been) (?:the )?(?:strongest"
    r"|greatest|heaviest|highest) (?:for|in|among)",
    rf"{_BUYING} (?:{_LIFTS}|swept (?:through|across)|in|of|across|among)",
    rf"(?:(?:flight|rush|dash|stampede) to (?:safety|quality)"
    rf"|(?:safe ?-? ?)?haven (?:buying|demand|bids?|flows)) (?:has |have )?{_LIFTS}",
)
RETURN_OF = (
    r"(?:see|sees|saw|seen|mark\w*|herald\w*|signal\w*|bring|brought) (?:the|a) return of"
    r"|(?:investors|traders|buyers|bulls|funds|managers|institutions|money|we|they|everyone)"
    r" (?:is|are|'re) (?:(?:all|now|both|already|once) )*back in"
)
TRADERS_SELL = (
    r"(?:head|rush|rac|run|dash|bolt|scrambl)\w* (?:for|to|toward) the (?:exits?|doors?)"
    r" (?:in|at|from|of)",
    r"(?:is|are|was|were|be|been|'re|'s) (?:\w+ )?(?:done|finished|through) with",
)
TRADERS_BUY = (
    r"(?:go|goes|went|gone|going) (?:big|heavy|large|long|all ?-? ?in) (?:on|in|into)",
    r"(?:doubl\w* down|(?:snapp|scoop|gobbl)\w* up) (?:on )?",
    r"accumulat(?:ed|ing)",
    r"(?:lapp|mopp|hoover|soak)\w* up",
    r"(?:go|goes|going|went|gone) (?:back )?to work in",
    r"(?:fall|fell|fallen|falling) (?:back )?in love with",
    r"rekindl\w* (?:\w+ ){0,2}(?:love affair|romance|interest|passion) (?:with|in|for)",
    r"(?:buy|bought|buying) (?:\w+ly )?(?:back )?into",
    r"(?:see|saw|seen|seeing|discover\w*) (?:the |new )?(?:appeal|merits?|virtues) (?:of|in)",
    r"(?:investors|traders|managers|funds|people|buyers|clients|bulls)(?: , [^,]{2,20} ,)? would"
    r" (?:much )?(?:rather|sooner) (?:own|hold|be in|buy|have)",
)
"""Claims where the sentence names investors: `went big on X`, `headed for the exits in Y`."""
_PAYERS = r"(?:\w+ ){0,2}(?:investors|traders|money|cash|capital|managers|institutions|funds)"
WOOED = (
    rf"(?:get|gets|got|getting|gotten|draw\w*|win\w*) (?:(?:some|a|more|much|renewed|fresh) )*"
    rf"(?:love|second look|fresh look|another look|new look|attention) from {_PAYERS}"
    r"|(?:dr[ae]w\w*|attract\w*|win\w*|won|gain\w*) (?:more |growing |renewed |fresh |increased )"
    rf"?(?:interest|attention|support|buying|demand) from {_PAYERS}"
    r"|(?:see|sees|seeing|saw|seen|attract\w*|dr[ae]w\w*) (?:increased|growing|renewed|rising"
    r"|strong|more|fresh|heightened|new)"
    r" (?:investor|institutional|buying) (?:interest|demand|attention)"
    rf"|(?:a |the )?(?:new )?(?:magnet|hiding place|refuge|shelter) (?:for|of|among) {_PAYERS}"
    r"|(?:step|mov)\w* (?:up )?into (?:a |the )?(?:market )?leadership"
)
SOLD = rf"{_MET}{_HEAVY} (?:\w+ )?selling"
BOUGHT = rf"{_MET}{_BUYING}"
_BUY = forms("buy/buys/bought/buying", "snap!", "scoop", "gobble") | vocabulary(
    "favoring favored favouring favoured embracing embraced chasing chased"
)
_SELL = forms("sell/sells/sold/selling")
TRADES = _BUY | _SELL
TRADERS = vocabulary(
    """
    investors traders managers funds institutions bulls hunters speculators foreigners fpis fiis
    diis allocators pensions crowd participants pros advisers advisors billionaires street
    """
)
"""Who buys a group for its own sake; `they` and `some` may be anybody."""
_OWNED = vocabulary("companies firms makers producers operators assets company")
"""`Bought energy companies` buys them whole."""
_TO_BUY = vocabulary("to will would should could may might must can did do does not n't let")
_NOT_MARKET = vocabulary(
    """
    who that which private buyout strategic property activist venture angel store restaurant
    homes bank insurer company firm fed central government treasury ministry stake stakes auction
    auctions ipo
    """
)


def orders(draft: Draft) -> None:
    """`Investors are buying X`, `traders sold Y`: one side is a claim where investors trade."""
    for frame in draft.by_cue.values():
        if bool(frame.froms) != bool(frame.tos) and not frame.whole and _traded(draft, frame):
            frame.whole, frame.confidence = True, 0.75


def _traded(draft: Draft, frame: Frame) -> bool:
    line, cue = draft.line, frame.cue
    ends = (frame.froms or frame.tos)[0]
    if line.words[cue] not in TRADES or ends.preposition or ends.first < cue or not ends.groups:
        return False
    shares = {"shares", "stocks"} & set(line.words[cue : ends.last])
    sold = not {"equities", "stocks", "shares"}.isdisjoint(draft.clause(cue))
    if (ASSETS.issuperset(ends.groups) and not sold) or (
        line.words[ends.last - 1] in _OWNED and not shares
    ):
        return False
    before = draft.clause(cue)
    party = next((i for i in range(cue - 1, line.first - 1, -1) if line.words[i] in TRADERS), None)
    if party is None or line.words[party] not in before:
        return False
    between = line.words[party + 1 : cue]
    active = line.tags[cue] != "VBG" or not AUXILIARY.isdisjoint(between) or "by" in between
    if not active or line.word(ends.last) == "short":
        return False  # "investors buying banks should know"
    if line.tags[cue] == "VB" and (line.word(cue - 1) != "and" or not _TO_BUY.isdisjoint(between)):
        return False
    if not _NOT_MARKET.isdisjoint([*line.words[max(line.first, party - 2) : party], *between]):
        return False
    return not any(party < other.first < cue for other in line.lists) and not (
        set(between) & cues.COMPANY_OBJECTS
    )
