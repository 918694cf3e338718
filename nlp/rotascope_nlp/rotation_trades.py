"""Phrases of buying and selling that stand before a group, where investors or money are named."""

from __future__ import annotations

import re

from rotascope_nlp import rotation_orders as orders

HELD = (
    r"(?:overweights?|exposures?|positions?|stakes?|weight(?:ing)?s?|allocations?"
    r"|holdings?|bets?|wagers?|longs?|ownership|positioning|purchases|buying|winners|names|stocks|shares"
    r"|investments)"
)
LESS = (
    r"(?:reduc|trim|par(?=e|ing)|slash|lower|lighten|dump|liquidat|halv|pull|clos|exit|shr[iau]nk|shed|unw"
    r"|dial|slim|prun|s[eo]l[ld]|cut|scal|offload|decreas|drop"
    r"|declin(?!\w* (?:stocks|shares|names|winners)))\w*"
)
MORE = (
    r"(?:rais|increas|lift|boost|buil[dt]|initiat|open(?=ed|ing|s)|establish|start|gr[eo]w(?!th)|doubl"
    r"|expand|add|bolster|upp|topp|extend|bump|bring|brought|tak|took|ramp|reinstat)\w*"
)
SUM = (
    r"(?:(?:a|an|net|record|another|nearly|about|over|roughly|around|more|almost|some|than|as|much"
    r"|rs\.?|inr|usd|eur|gbp|[$€£₹]|[\d.,]+|(?:us|hk|c|a)\$) )*"
    r"(?:billion|million|trillion|bn|mn|money|cash|crore)"
)
"""A sum of money: `a net $ 3 billion`."""
_UNDER = r"(?:underweights?|shorts?|short (?:positions?|bets?|exposure))"
"""What is held of a group that is out of favor: who reduces it buys."""
_THREE = r"(?:(?!(?:as|and|while|but|or|short)\b)[\w'-]+ ){0,3}"
COVERED = rf"{LESS} {_THREE}{_UNDER} (?:in|to|on|of)"
FONDNESS = r"(?:taste|appetite|love|enthusiasm|fondness|liking|zest)"
_MOVED = r"(?:has |have )?(?:moved|gone|rotated|shifted|migrated) (?:on |over |back )?to"
_WAY = r"(?:mak\w*|made|w[eo]nd\w*|wound|work\w*|thread\w*|f[io]u?nd\w*) (?:its|their) way"
PARK = (
    r"(?:put|puts|putting|plow\w*|plough\w*|redeploy\w*|recycl\w*|reinvest\w*|park\w*|plac\w*"
    r"|gav?e|giv\w+|assign\w*|hand\w*|steer\w*|direct\w*|us\w+|roll\w*)"
)
REST = (
    r"(?:the |its |their |half the |much of the |some of the )?"
    r"(?:proceeds|money|cash|profits|difference|rest|balance|remainder|them)"
)
_REST = r"(?:sitting|parked|lodged|resid\w+|camped|stashed|resting|settled|tucked|back)"
_LATER = r"(?:now|already|all|mostly|soon|largely|been|quickly|firmly|safely)"
BUYS = (
    rf"(?:it|(?:the|that) (?:money|cash)) (?:was|is|'s|were|had|has|have)(?: {_LATER})* {_REST}"
    r" (?:away )?in(?:to)?",
    r"(?:add(?:ed|ing|s) to|(?:load|stock|bulk)\w* up (?:\w+ )?on)",
    rf"{_WAY} (?:back |over |down |up |home )?(?:in)?to(?:wards?)?",
    r"(?:mak\w*|made|head\w*) (?:straight |right |back )?for",
    r"(?:buyers|bids?|bargain hunters|money|cash) (?:\w+ )?(?:came|comes?|coming|went|gone) "
    r"(?:back |again |instead )?for",
    r"(?:tak(?:e|en|ing)|took) (?:(?:more|and|increasingly|readily|quickly|strongly) ){0,4}to",
    r"(?:com|cam|go|went|gone|head)\w* (?:back )?(?:around|round|home) to",
    r"(?:bought|buy|buys|buying) (?:\w+ly )?(?:among|across)",
    r"cent(?:er|re)\w* (?:\w+ ){0,3}(?:purchases|buying|bets|money) (?:on|in|around)",
    rf"(?:gain|develop|acquir|find|found)\w* (?:an? )?(?:new |fresh )?(?:one|{FONDNESS}) for",
    r"(?:hold|own|carry|keep|buy|want)\w* more(?: in| of)?",
    r"(?:crav|covet|clamou?r\w* for|hunger\w* for|thirst\w* for|pin\w* for)\w*",
    r"back\w* up the truck (?:for|on)",
    r"(?:friendli|keen|warm)er (?:toward|towards|to|on)",
    rf"(?:add|put|invest|plough|plow|pump|pour|commit)\w* {SUM} (?:back )?(?:in )?(?:to|into|in)",
    rf"{MORE} (?:it|them|that|those|theirs) (?:in|to)",
    r"(?:buy|bought|buying|snapp\w* up|scoop\w* up) (?:shares |stocks )?(?:worth )?(?:of )?"
    rf"{SUM}(?: (?:worth|shares|stocks|of|net))* (?:in|of|into)",
    r"(?:seek|sought|search|look|hunt)\w* (?:for )?(?:\w+ )?(?:opportunities|bargains|alpha) "
    r"(?:in|among)",
    r"inflows? (?:\w+ ){0,4}(?:focused|concentrated|centered|led|dominated|driven) (?:on|in|by)",
    r"(?:inflows?|subscriptions) (?:\w+ ){0,2}(?:confined|limited|strongest|heaviest|largest"
    r"|biggest) (?:\w+ )?(?:to|in|at|for)",
    r"lead\w* the (?:\w+ ){0,2}inflows (?:was|were|is|are)",
    r"rediscover\w* (?:the )?(?:merits|virtues|charms|appeal|joys) of",
    r"(?:attention|interest|buying|demand) (?:was|is|has been) (?:\w+ )?(?:seen|visible|focused)"
    r" (?:in|on)",
    r"show\w* (?:\w+ )?(?:buying )?interest in",
    r"(?:larger|bigger|new|fresh|increased|greater|sizable) (?:positions?|bets?|stakes?|holdings"
    r"|allocations?|exposure) (?:in|on|to)",
    r"(?:interest|buyers|buying|bargain - hunting|bargain hunting) (?:has |have |was |is )?"
    r"(?:also )?(?:emerged|picked up|returned|seen|surfaced) in",
    rf"{MORE} {_THREE}{HELD} (?:in|to|on|of)",
    COVERED,
    r"net bought",
    r"(?:rais|lift|upgrad|mov|rotat)\w* (?:\w+ ){0,2}(?:overweight|buy) (?:on|in)",
    r"spen[dt]\w* (?:\S+ ){0,4}on",
    r"net buy(?:ers|ing) of",
    rf"(?:bids?|buyers) {_MOVED}(?:wards?)?",
    r"nibbl\w+ (?:away )?(?:at|on)",
    r"bargain ?-? ?(?:hunt|shopp)\w* (?:in|for|among)",
    r"(?:show\w*|turn\w*|end\w*|w[io]u?nd\w*|popp\w*) up in",
    r"(?:resurfac|reappear)\w* in",
    rf"(?:rediscover|regain|recover|develop|acquir)\w* {_THREE}{FONDNESS} for",
    r"hunt\w* for bargains in",
    r"leadership (?:\w+ ){0,3}(?:to include|rests with|belongs to)",
    *orders.TRADERS_BUY,
    r"(?:turn|go|gone|went|mov|shift)\w* (?:\w+ )?overweight(?: on| in| to)?",
    r"(?:broaden|widen|expand|spread)\w* (?:out )?(?:beyond (?:[\w-]+ ){1,4})?to include",
)
SELLS = (
    *orders.TRADERS_SELL,
    rf"(?:redeem|withdr|yank|pull|tak|took|remov)\w* {SUM} (?:out )?(?:from|of)",
    rf"(?:s[eo]l[ld]|selling|dump\w*|offload\w*|pull\w* out) (?:shares |stocks )?(?:worth )?"
    rf"(?:of )?{SUM}(?: (?:worth|shares|stocks|of|net))* (?:in|of|from)",
    r"(?:outflows?|redemptions|withdrawals) (?:\w+ ){0,4}(?:focused|concentrated|centered|led"
    r"|dominated|driven) (?:on|in|by)",
    r"(?:outflows?|redemptions|withdrawals) (?:\w+ ){0,2}(?:confined|limited|heaviest|largest"
    r"|biggest|steepest) (?:\w+ )?(?:to|in|at|from)",
    r"(?:smaller|fewer|lower|reduced) (?:positions?|bets?|stakes?|holdings|allocations?|exposure)"
    r" (?:in|on|to)",
    rf"{LESS} (?:it|them|that|those|theirs) (?:in|to)",
    rf"{LESS} {_THREE}{HELD} (?:in|to(?! (?:buy|own|chase|fund|purchase|add)\b)|on|of|across)",
    rf"{MORE} {_THREE}{_UNDER} (?:in|to|on|of)",
    r"net sold",
    r"net sell(?:ers|ing) of",
    r"turn\w* (?:their |its )?backs? on",
    r"(?:bail|cash|climb|back|opt|get|got|gotten|want|wriggl|slip)\w* out of",
    r"pull\w* the (?:plug|rug) on",
    r"cut\w* (?:\w+ )?loose from",
    r"wash\w* (?:their|its) hands of",
    r"(?:walk|shy|shi|shrink|shrank|edg|inch|steer)\w* (?:away|back) from",
    r"part\w* (?:ways|company) with",
    r"los\w+ (?:\w+ ){0,2}(?:interest|faith|patience|confidence|enthusiasm) (?:in|for|with)",
    r"cash\w* in (?:on )?(?:\w+ )?(?:gains|profits|winnings|chips) (?:in|on|from)",
    r"(?:fall|fell|fallen|falling) out (?:of love )?with",
    r"tak\w* (?:some |their |a few )?(?:money|chips|profits?) off the table in",
    r"turn\w* against",
    r"out of love with",
    r"(?:threw|thrown|throwing) in the towel on",
    r"giv\w+ up on|gave up on",
    r"pull\w* back from",
    r"(?:most|more|deeply|turn\w*|gone?|went|mov\w*) (?:\w+ )?underweight(?: on| in)?",
    rf"(?:lost|los\w+) {_THREE}(?:{FONDNESS}|patience|faith|interest|confidence) (?:for|with|in)",
)
PAYS_FOR_IT = re.compile(
    r"\b(?:pa(?:y|id)\w*(?: for)?|fund\w*|financ\w*) (?:the|these|those|this|that|their) (?:\w+ )?"
    r"(?:purchases?|buying|additions?|bets?)\b"
    r"|\b(?:the|these|those|this|that|their) (?:purchases?|buying|additions?|bets?)"
    r" (?:\w+ ){1,3}(?:funded|financed|paid for)\b|\brais\w* (?:the|that) (?:money|cash)\b"
    r"|\bto (?:help )?(?:pay for|fund|finance) (?:it|them|that)(?= [.,;:)]| ?$)"
)
"""What is left pays for what was said to be bought, or to rise, before."""
