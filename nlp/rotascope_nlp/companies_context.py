"""What stands around a name: the words that say company, and the ones that say something else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NOUNS = frozenset(
    "shares share stock stocks stockholders shareholders shareholder investors investor ceo ceos"
    " cfo coo cto chief chairman chairwoman president executive executives exec execs earnings"
    " revenue revenues sales profit profits results guidance outlook dividend buyback bonds ipo"
    " board directors spokesman spokeswoman spokesperson analyst analysts employees employee"
    " staff stores store outlets factory factories unit subsidiary parent deal merger acquisition"
    " takeover bid stake options calls puts valuation q1 q2 q3 q4 margins layoffs deliveries"
    " drivers pilots flight flights jet jets planes founder cofounder co-founder owner headquarters"
    " website eps securities debt notes debentures holders branches bankers traders engineers"
    " competitor rival franchise subscribers customers users shoppers app products software cards cardholders"
    " dealership dealers dealer vehicles suv suvs trucks pickup cars models plant warehouse"
    " warehouses lender bank chipmaker automaker retailer airline ship ships cruise cruises".split()
)
"""Right after a name: its shares, its people, its things."""
FINANCIAL_VERBS = frozenset(
    "reports reported posts posted beats misses missed tops topped announces announced unveils"
    " unveiled acquires acquired raises raised slashes slashed hikes hiked names named hires hired"
    " expects expected forecasts warns warned recalls recalled sues sued jumps jumped soars soared"
    " falls fell drops dropped rises rose tumbles tumbled plunges plunged surges surged slides slid"
    " gains gained rallies rallied sinks sank climbs climbed slips slipped dips dipped dives dived"
    " rebounds rebounded slumps slumped sheds trades traded outperforms underperforms invests"
    " invested partnered files filed ipos crashes crashed skyrockets skyrocketed pops"
    " popped declares declared sells buys cuts agrees agreed lays settles cancels cancelled canceled"
    " halts halted suspends suspended resumes resumed delays delayed launches launched expands"
    " expanded apologizes apologises restarts completes completed prices plans scraps scrapped".split()
)
TO_DO = re.compile(
    r" to (?:cut|buy|sell|acquire|launch|close|hire|lay off|raise|pay|invest|spin|list|restart|stop"
    r"|end|halt|expand|build|add|slash|shut|recall|report|take over|split|delist|refund|merge|join"
    r"|unveil|offer|settle|move|make|require|drop|open|name|start|resume)\b",
    re.IGNORECASE,
)
"""Headlines: "Gap to close 200 stores"."""

VERBS = frozenset(
    "says said bought sold cut lifts lifted sees opens opened closes"
    " closed shuts shut is was has had will would could may can should to adds added offers"
    " offered spends spent teams taps settled pays paid loses lost wins won faces faced hits hit"
    " makes made wants looks aims seeks sought gets got tries joins joined becomes became does did"
    " doesn't didn't isn't won't hasn't beat pulls takes took gives gave introduces introduced"
    " tests tested builds built ends ended starts started begins began considers moves moved"
    " fires fired".split()
)
ROLES = frozenset(
    "retailer automaker carmaker chipmaker drugmaker airline airlines carrier bank lender insurer"
    " giant maker rival rivals parent owner company companies firm firms operator brand startup"
    " conglomerate manufacturer grocer chain broker brokerage utility miner producer supplier"
    " competitor competitors peer peers titan behemoth platform megacap stocks names stock shares"
    " heavyweight heavyweights developer builder homebuilder unit subsidiary group".split()
)
"""Right before a name: what it is."""
LEAD = re.compile(
    r"(?:\b(?:shares?|stakes?|stock|investors?|position|ceo|cfo|chief executive|chairman|president"
    r"|founder|executives?|employees?|subsidiary|acquisition|purchase|takeover|maker|owner|parent"
    r"|rating|target) (?:of|in|at|on|for)"
    r"|\b(?:such as|including|like|versus|vs\.?|buy|sell|buys|sells|bought|sold|own|owns|acquire"
    r"|acquires|acquired|buying|selling|upgrades?|upgraded|downgrades?|downgraded|short|sues?"
    r"|sued|invest in|invested in|bet on|bullish on|bearish on|long|ex|former)) $",
    re.IGNORECASE,
)
MARKET = re.compile(
    r"\b(?:shares?|stocks?|investors?|analysts?|earnings|revenues?|profits?|dividends?|nasdaq|nyse"
    r"|wall street|s&p 500|dow jones|ftse|quarter(?:ly)?|q[1-4]|shareholders?|ipo|buyback|bullish"
    r"|bearish|valuation|market cap|price target|upgrade[ds]?|downgrade[ds]?|outperform|underperform"
    r"|guidance|takeover|merger|acquisition|acquires?d?|ceo|cfo|trading|traders?|portfolio|hedge"
    r" fund|eps|sector|retailers?|automakers?|chipmakers?|lenders?|carriers?|airlines?|sales"
    r"|billion|bln|market share|cramer|stake|company|companies|firm|brands?)\b"
    r"|[$€£]\d|\d%|\d percent|\bper cent",
    re.IGNORECASE,
)
TOPICS: dict[str, re.Pattern[str]] = {
    sector: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for sector, words in {
        "energy": r"oil|gas|barrels?|drilling|crude|refiner\w*|climate|north sea|lng|petrol",
        "materials": r"mine|mining|steel|copper|chemicals?|gold|aluminum|lithium",
        "industrials": r"flights?|fares?|airlines?|airports?|passengers?|pilots|freight|planes?|jets?"
        r"|machinery|defense|aircraft|engines?|shipping|travel",
        "consumer_discretionary": r"stores?|retail\w*|shoppers|clothing|apparel|cars?|vehicles?"
        r"|electric|cruise\w*|hotels?|casino|restaurants?|fashion|handbags?|sneakers|bikes?|travel",
        "consumer_staples": r"stores?|retail\w*|shoppers|grocer\w*|beverages?|food|beer|snacks?",
        "health_care": r"drugs?|vaccines?|fda|patients|trial|medicines?|pharma\w*|hospitals?",
        "financials": r"banks?|banking|loans?|lend\w+|credit|mortgages?|cards?|payments?|insur\w+"
        r"|deposits|crypto\w*|bitcoin",
        "information_technology": r"software|chips?|cloud|ai|semiconductors?|data center|cyber\w*"
        r"|computing|tech|video|calls?|app|apps",
        "communication_services": r"streaming|social media|users|apps?|ads?|advertis\w+|tv|movies?"
        r"|games?|dating|studio|wireless|phones?|camera|tech|platforms?",
        "utilities": r"power|electric\w*|grid|customers|nuclear|solar|energy",
        "real_estate": r"homes?|housing|buildings?|offices?|rent\w*|properties|realtors?|brokers?",
    }.items()
}
"""What is spoken of around companies of a sector."""
PLACES = frozenset(
    "university foundation stadium arena center centre theatre theater field park prize award"
    " awards school college hospital museum county street avenue road bowl cup library institute"
    " endowment church cathedral airport bridge lake beach township memorial marathon"
    " st rd ave blvd lane drive road square championship classic invitational coliseum amphitheater pavilion speedway raceway".split()
)
"""Right after a name and capitalised: a place or an event that only bears the name."""
HONORIFICS = frozenset(
    "mr mrs ms dr sen rep gov president judge justice professor prof senator congressman sir lord"
    " lady secretary captain col gen lt sgt rev king queen prince princess saint st coach attorney"
    " detective officer representative governor mayor minister".split()
)
SOURCES = re.compile(
    r"(?:\b(?:analysts?|strategists?|economists?|portfolio managers?|researchers|investment"
    r" (?:officer|strategist)|head of [\w\s&.-]{3,40}|director|according to|data from|survey (?:by|from)"
    r"|report (?:by|from)|estimates? (?:by|from)|forecasts? (?:by|from)|polled by|compiled by"
    r"|(?:upgraded?|downgraded?|initiated|cut|raised|reiterated|resumed|started|rated|maintained"
    r"|lowered|boosted|lifted)(?: [\w$.-]+){0,6}))(?: (?:at|with|from|of|for|by))?(?: the)?"
    r"(?: (?:investment bank|bank|brokerage|firm|broker))? $",
    re.IGNORECASE,
)
"""In front of a name that is only quoted: "analysts at Morgan Stanley"."""
SOURCE_AFTER = re.compile(
    r"(?:'s?)? (?:(?:senior |chief |equity |u\.?s\.? |global |credit |research )*(?:analysts?|strategists?|economists?)\b"
    r"|(?:upgrade[sd]?|downgrade[sd]?|initiate[sd]?|reiterate[sd]?|maintain(?:s|ed)|assign(?:s|ed)"
    r"|rates?|cuts?|raise[sd]?|lifts?|lowers?|boost(?:s|ed)?|trims?|reels|hikes?) (?:[\w&.'/-]+ ){0,5}?"
    r"(?:to (?:buy|sell|hold|neutral|overweight|underweight|outperform|underperform|equal)|price target|target|rating|pt\b|at (?:buy|sell|hold|neutral))"
    r"|(?:starts?|initiates?|ups?|cuts?|moves|resumes?) (?:[\w.-]+ ){0,3}(?:at|to|with an?) (?:buy|sell|hold|neutral"
    r"|overweight|underweight|outperform|underperform|equal)|(?:upgrade|downgrade|bump|pt)\b"
    r"|(?:[\w&'.-]+ ){0,6}conference\b|data (?:show|from)|said in a (?:research |client )?note|note\b|survey\b|poll\b|investment institute\b|research\b|wealth management\b|asset management\b|global research\b|securities (?:analyst|strategist))",
    re.IGNORECASE,
)
FUND = re.compile(r"(?: [A-Z0-9][\w&.+-]*){0,8} (?:ETFs?|Fund|Index|Municipal|UCITS)\b")
"""Behind the name of an issuer: the name of its fund."""
CREDIT = re.compile(
    r"(?:\bvia|\bphotos?(?: by| from)?:?|\bimages?:?|\bsource:|\bcredit:?|\bcourtesy(?: of)?:?|/)\s*$", re.I
)
PICTURES = frozenset({"GETY", "SSTK"})
"""Photo agencies: under a picture their name is a credit."""
TICKER_NOUNS = frozenset(
    "stock shares share earnings options calls puts guidance dividend eps revenue q1 q2 q3 q4"
    " shareholders bulls bears longs shorts results investors".split()
)
"""Right after a bare ticker."""
ABROAD = re.compile(
    r"\b(?:Rs|crores?|lakhs?|Sensex|Nifty|BSE|NSE|Sebi|RBI|rupees?|JSE|Bursa|KOSPI|ringgit)\b|₹"
)
"""The talk of another country's exchange, where other companies bear the same letters."""
HOUSES = frozenset({"MCO", "SPGI", "FDS", "MSCI", "NDAQ", "MORN", "IT", "CME", "ICE", "EFX"})
"""Rating agencies, data and research houses: named far more often for what they say."""
OWN_NEWS = frozenset(
    "shares share stock ceo cfo chief earnings revenue profit results reports reported posts posted"
    " beats misses tops guidance dividend buyback acquires acquired jumps soars tumbles slides"
    " investors inc plans agreed agrees unit".split()
)
"""Right after such a house: it is news of its own."""
PLATFORMS = frozenset(
    "facebook instagram youtube whatsapp linkedin reddit snapchat pinterest weibo gmail".split()
)
VENUE_BEFORE = re.compile(
    r"\b(?:follow|followed|share|shared|sharing|join|like|liked|watch|watched|subscribe|find|posted"
    r"|post|posts|posting|wrote|writing|tweeted|said|says|messaged?|live|uploaded|published|shown|viral|announced"
    r"|appeared|comment\w*|video|videos|photos?|contact|connect|us|streamed|circulat\w+|read|seen|spread)"
    r"(?: [\w',]+){0,6}? (?:on|to|via|through|by|in an?|over|our|his|her|their|your)(?: (?:an?|our|the|his|her|their|your))? ?$",
    re.IGNORECASE,
)
VENUE_AFTER = re.compile(
    r" (?:posts?|page|pages|account|accounts|live|video|videos|channel|message|messages|story"
    r"|stories|feed|followers|profile|comments?|photo|photos|group|groups|chat|thread|clip)\b",
    re.IGNORECASE,
)
SHARE_LINE = re.compile(
    r"^\W*(?:(?:share|email|print|copy link|tweet|twitter|x|facebook|linkedin|whatsapp|instagram"
    r"|reddit|pinterest|youtube|telegram|sms|comments?|save|follow us|on|icon|via|this|article|rss"
    r"|flipboard|more|and|with|story|messenger|threads|snapchat|tiktok|bluesky|mail|link)\b\W*)+$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’&.-]*")
SMALL = frozenset(
    "a an and as at be but by for from if in into is it its nor of off on or over per so the to"
    " up via vs with than that after amid are was will not this your how why what who can".split()
)


@dataclass(slots=True)
class Sense:
    """A sentence as the linker needs it, worked out on demand."""

    start: int
    end: int
    text: str
    lowered: bool
    """The sentence was given in capitals: case tells nothing."""
    _titled: bool | None = field(default=None)
    _market: int | None = field(default=None)
    _abroad: bool | None = field(default=None)

    @property
    def titled(self) -> bool:
        """Written as a headline, each word with a capital: case tells little."""
        if self._titled is None:
            words = [word for word in _WORD.findall(self.text) if word.lower() not in SMALL]
            capital = sum(word[0].isupper() for word in words)
            self._titled = len(words) >= 3 and capital >= 0.72 * len(words)
        return self._titled

    @property
    def market(self) -> int:
        """How many market words it has."""
        if self._market is None:
            self._market = len(MARKET.findall(self.text))
        return self._market

    @property
    def abroad(self) -> bool:
        """It speaks of a foreign exchange."""
        if self._abroad is None:
            self._abroad = ABROAD.search(self.text) is not None
        return self._abroad

    def before(self, start: int, size: int = 60) -> str:
        at = start - self.start
        return self.text[max(0, at - size) : at]

    def after(self, end: int, size: int = 60) -> str:
        at = end - self.start
        return self.text[at : at + size]


def next_word(after: str) -> str:
    """The word right behind, no punctuation between; "" if there is none."""
    match = re.match(r"\s+([A-Za-z0-9][\w&'-]*)", after)
    return match.group(1) if match else ""


def previous_word(before: str) -> str:
    """The word right in front, no punctuation between; "" if there is none."""
    match = re.search(r"([A-Za-z][\w.&'-]*)\s+$", before)
    return match.group(1) if match else ""
