"""The words around a name that say company, and the ones that say something else."""

from __future__ import annotations

import re

from rotascope_nlp.market_words import vocabulary

NOUNS = vocabulary(
    """
    shares share stock stocks stockholders shareholders shareholder investors investor ceo ceos
    cfo coo cto chief chairman chairwoman president executive executives exec execs earnings
    revenue revenues sales profit profits results guidance outlook dividend buyback bonds ipo
    board directors spokesman spokeswoman spokesperson analyst analysts employees employee staff
    stores store outlets factory factories unit subsidiary parent deal merger acquisition
    takeover bid stake options calls puts valuation q1 q2 q3 q4 margins layoffs deliveries
    drivers pilots flight flights jet jets planes founder cofounder co-founder owner
    headquarters website eps securities debt notes debentures holders branches bankers traders
    engineers competitor rival franchise subscribers customers users shoppers app products
    software cards cardholders dealership dealers dealer vehicles suv suvs trucks pickup cars
    models plant warehouse warehouses lender bank chipmaker automaker retailer airline ship
    ships cruise cruises instructors members boss bosses
    """
)
"""Right after a name: its shares, its people, its things."""
FINANCIAL_VERBS = vocabulary(
    """
    reports reported posts posted beats misses missed tops topped announces announced unveils
    unveiled acquires acquired raises raised slashes slashed hikes hiked names named hires hired
    expects expected forecasts warns warned recalls recalled sues sued jumps jumped soars soared
    falls fell drops dropped rises rose tumbles tumbled plunges plunged surges surged slides
    slid gains gained rallies rallied sinks sank climbs climbed slips slipped dips dipped dives
    dived rebounds rebounded slumps slumped sheds trades traded outperforms underperforms
    invests invested partnered files filed ipos crashes crashed skyrockets skyrocketed pops
    popped declares declared sells buys cuts agrees agreed lays settles cancels cancelled
    canceled halts halted suspends suspended resumes resumed delays delayed launches launched
    rise fall jump drop gain slide climb sink surge plunge rally tumble slip dip soar slump
    rebound raise suspend cancel expands expanded apologizes restarts completes completed prices
    plans scraps
    scrapped
    """
)
TO_DO = re.compile(
    r" to (?:cut|buy|sell|acquire|launch|close|hire|lay off|raise|pay|invest|spin|list|restart|stop"
    r"|end|halt|expand|build|add|slash|shut|recall|report|take over|split|delist|refund|merge|join"
    r"|unveil|offer|settle|move|make|require|drop|open|name|start|resume)\b",
    re.IGNORECASE,
)
"""Headlines: "Gap to close 200 stores"."""

VERBS = vocabulary(
    """
    says said bought sold cut lifts lifted sees opens opened closes closed shuts shut is was has
    had will would could may can should to adds added offers offered spends spent teams taps
    settled pays paid loses lost wins won faces faced hits hit makes made wants looks aims seeks
    sought gets got tries joins joined becomes became does did doesn't didn't isn't won't hasn't
    beat pulls takes took gives gave introduces introduced tests tested builds built ends ended
    starts started begins began considers moves moved fires fired
    """
)
ROLES = vocabulary(
    """
    retailer automaker carmaker chipmaker drugmaker airline airlines carrier bank lender insurer
    giant maker rival rivals parent owner company companies firm firms operator brand startup
    conglomerate manufacturer grocer chain broker brokerage utility miner producer supplier
    competitor competitors peer peers titan behemoth platform megacap stocks names stock shares
    heavyweight heavyweights developer builder homebuilder unit subsidiary group
    """
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
    r"|bearish|valuation|market cap|price target|upgrade[ds]?|downgrade[ds]?|outperform"
    r"|underperform|guidance|takeover|merger|acquisition|acquires?d?|ceo|cfo|trading|traders?|portfolio|hedge"
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
        "industrials": r"flights?|fares?|airlines?|airports?|passengers?|pilots|freight|planes?"
        r"|jets?|machinery|defense|aircraft|engines?|shipping|travel",
        "consumer_discretionary": r"stores?|retail\w*|shoppers|clothing|apparel|cars?|trucks?"
        r"|vehicles?|electric|cruise\w*|hotels?|casino|restaurants?|fashion|handbags?|sneakers|bikes?|travel",
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
PLACES = vocabulary(
    """
    university foundation stadium arena center centre theatre theater field park prize award
    awards school college hospital museum county street avenue road bowl cup library institute
    endowment church cathedral airport bridge lake beach township memorial marathon st rd ave
    blvd lane drive road square championship classic invitational coliseum amphitheater pavilion
    speedway raceway
    """
)
"""Right after a name and capitalised: a place or an event that only bears the name."""
HONORIFICS = vocabulary(
    """
    mr mrs ms dr sen rep gov president judge justice professor prof senator congressman sir lord
    lady secretary captain col gen lt sgt rev king queen prince princess saint st coach attorney
    detective officer representative governor mayor minister
    """
)
_VERDICT = r"(?:buy|sell|hold|neutral|overweight|underweight|outperform|underperform|equal)"
SOURCES = re.compile(
    r"""(?: \b(?: analysts? | strategists? | economists? | portfolio\ managers? | researchers
      | investment\ (?:officer|strategist) | head\ of\ [\w\s&.-]{3,40} | director
      | according\ to | data\ from | (?:survey|report)\ (?:by|from)
      | (?:estimates?|forecasts?)\ (?:by|from) | polled\ by | compiled\ by
      | (?:upgraded? | downgraded? | initiated | cut | raised | reiterated | resumed | started
         | rated | maintained | lowered | boosted | lifted)(?:\ [\w$.-]+){0,6} ))
    (?:\ (?:at|with|from|of|for|by))? (?:\ the)?
    (?:\ (?:investment\ bank | bank | brokerage | firm | broker))? \ $""",
    re.IGNORECASE | re.VERBOSE,
)
"""In front of a name that is only quoted: "analysts at Morgan Stanley"."""
SOURCE_AFTER = re.compile(
    rf"""(?:'s?)?\ (?:
      (?:(?:senior | chief | equity | u\.?s\.? | global | credit | research)\ )*
        (?:analysts? | strategists? | economists?)\b
      | (?:upgrade[sd]? | downgrade[sd]? | initiate[sd]? | reiterate[sd]? | maintain(?:s|ed)
         | assign(?:s|ed) | rates? | cuts? | raise[sd]? | lifts? | lowers? | boost(?:s|ed)?
         | trims? | reels | hikes?)\ (?:[\w&.'/-]+\ ){{0,5}}?
        (?:to\ {_VERDICT} | price\ target | target | rating | pt\b | at\ {_VERDICT})
      | (?:starts? | initiates? | ups? | cuts? | moves | resumes?)\ (?:[\w.-]+\ ){{0,3}}
        (?:at|to|with\ an?)\ {_VERDICT}
      | (?:upgrade | downgrade | bump | pt)\b
      | (?:upgraded | downgraded | prefers | likes | favou?rs)\ (?-i:[A-Z])
      | (?:is | was | remain(?:s|ed) | stay(?:s|ed) | turn(?:s|ed) | has\ turned | grew)\ (?:\w+\ )?
        (?:bullish | bearish | upbeat | cautious | constructive | neutral)\ on\b
      | (?:sees | saw | flags | flagged)\ (?:\w+\ )?(?:upside | downside)\b
      | (?:names? | named | adds | added | makes | made)\ (?:[\w&.'-]+\ ){{1,3}}(?:its | a | as)
        \ (?:\w+\ )?(?:top\ )?pick\b
      | (?:[\w&'.-]+\ ){{0,6}}conference\b
      | data\ (?:show|from) | said\ in\ a\ (?:research\ |client\ )?note
      | (?:note | survey | poll | research | investment\ institute | wealth\ management
         | asset\ management | global\ research)\b
      | securities\ (?:analyst|strategist) )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Behind such a name: "JPMorgan cuts Apple to neutral"."""
FUND = re.compile(r"(?: [A-Z0-9][\w&.+-]*){0,8} (?:ETFs?|Fund|Index|Municipal|UCITS)\b")
"""Behind the name of an issuer: the name of its fund."""
CREDIT = re.compile(
    r"(?:\bvia|\bphotos?(?: by| from)?:?|\bimages?:?|\bsource:|\bcredit:?"
    r"|\bcourtesy(?: of)?:?|/)\s*$",
    re.IGNORECASE,
)
PICTURES = frozenset({"GETY", "SSTK"})
"""Photo agencies: under a picture their name is a credit."""
CHANGE = re.compile(
    r"[ \t]*[:|(]?[ \t]*[+\-\u2212\u2013]\d+(?:\.\d+)?[ ]?%"
    r"|[ ](?:is |was |are )?(?:rose|fell|jumped|dropped|gained|lost|slid|surged|climbed|added"
    r"|shed|sank|soared|tumbled|slumped|plunged|rallied|up|down|rises|falls|jumps|drops|gains"
    r"|slides|surges|climbs|sinks|soars|tumbles)"
    r"[ ](?:by |about |nearly |almost |more than |over |as much as )?\d+(?:\.\d+)?[ ]?%"
)
"""Right after a bare ticker, a word or not: how far it moved, `MSFT +2.1%`, `AAPL jumped 4%`."""
TICKER_NOUNS = vocabulary(
    """
    stock shares share earnings options calls puts guidance dividend eps revenue q1 q2 q3 q4
    shareholders bulls bears longs shorts results investors
    """
)
"""Right after a bare ticker."""
NEXT_TO_ANY = frozenset({"stock", "shares", "calls", "puts"})
"""Right after a bare ticker that is a word: "COST stock"."""
ABROAD = re.compile(
    r"\b(?:Rs|crores?|lakhs?|Sensex|Nifty|BSE|NSE|Sebi|RBI|rupees?|JSE|Bursa|KOSPI|ringgit)\b|₹"
)
"""The talk of another country's exchange, where other companies bear the same letters."""
HOUSES = frozenset({"MCO", "SPGI", "FDS", "MSCI", "NDAQ", "MORN", "IT", "CME", "ICE"})
"""Rating agencies, data and research houses: named far more often for what they say."""
OWN_NEWS = vocabulary(
    """
    shares share stock ceo cfo chief earnings revenue profit results reports reported posts
    posted beats misses tops guidance dividend buyback acquires acquired jumps soars tumbles
    slides investors inc plans agreed agrees unit
    """
)
"""Right after such a house: it is news of its own."""
MEDIA = frozenset({"NYT", "NWSA", "FOXA", "PSKY", "TRI", "TDAY", "DIS", "CMCSA", "WBD"})
"""Publishers and broadcasters: named for what they say, too."""
TOLD = re.compile(
    r"(?:'s?)?(?: first| also| earlier)? (?:reported|reports?|said|says|wrote|writes|poll|editorial"
    r"|op-ed|article|interview|journalists?|reporters?|columnists?|anchor|host|hosts|correspondent"
    r"|investigation|story|survey|bestseller|best-seller)\b",
    re.IGNORECASE,
)
"""Behind a publisher that is only quoted."""
TOLD_BY = re.compile(
    r"\b(?:told|according to|reported by|interview with|published (?:by|in)|wrote in|cited by"
    r"|appeared (?:on|in)|speaking to|statement to|essay in|op-ed in|article in|report in|told to)"
    r"(?: the)? $",
    re.IGNORECASE,
)
"""In front of one."""
PLATFORMS = vocabulary(
    "facebook instagram youtube whatsapp linkedin reddit snapchat pinterest weibo gmail"
)
"""Names that stand for a place as often as for a company."""
VENUE_BEFORE = re.compile(
    r"\b(?:follow|followed|share|shared|sharing|join|like|liked|watch|watched|subscribe|find|post"
    r"|posted|posts|posting|wrote|writing|tweeted|said|says|messaged?|live|uploaded|published"
    r"|statement|shown|viral|announced|appeared|comment\w*|video|videos|photos?|contact|connect|us|streamed"
    r"|circulat\w+|read|seen|spread)(?: [\w',]+){0,6}? (?:on|to|via|through|by|in an?|over|our|his"
    r"|her|their|your)(?: (?:an?|our|the|his|her|their|your))? ?$",
    re.IGNORECASE,
)
"""In front of a platform where something was said or seen."""
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
ARTICLES = vocabulary("the a an this that his her my our your")
SMALL = vocabulary(
    """
    a an and as at be but by for from if in into is it its nor of off on or over per so the to
    up via vs with than that after amid are was will not this your how why what who can
    """
)
MONTHS = vocabulary(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday
    """
)
