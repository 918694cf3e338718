"""Word classes of market prose, in surface forms (the pipeline carries no lemmas)."""

from __future__ import annotations


def vocabulary(text: str) -> frozenset[str]:
    """A set of words written as prose."""
    return frozenset(text.split())


def forms(*verbs: str) -> frozenset[str]:
    """All forms of regular verbs; `!` doubles the last letter (`trim!`: trimmed).

    An irregular verb is written out: `sell/sells/sold/selling`.
    """
    out: set[str] = set()
    for entry in verbs:
        if "/" in entry:
            out.update(entry.split("/"))
            continue
        verb = entry.rstrip("!")
        stem = verb[:-1] if verb.endswith("e") else verb
        if entry.endswith("!"):
            stem += verb[-1]
        if verb.endswith("y") and verb[-2] not in "aeiou":
            out.update((verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"))
        else:
            ending = "es" if verb.endswith(("ch", "sh", "ss", "x", "o")) else "s"
            out.update((verb, verb + ending, stem + "ed", stem + "ing"))
    return frozenset(out)


COPULA = vocabulary("is are was were")
"""What joins a group with what is said of it; with the next it also makes the passive."""
TO_BE = COPULA | {"been", "being"}

TRADES = vocabulary("manufacturers suppliers exporters vendors distributors contractors")
"""What companies do, whatever the market."""

HEADS = TRADES | vocabulary(
    """
    stock stocks shares equity equities names sector sectors subsector subsectors
    companies firms fund funds etf etfs play plays giants group groups industry industries
    space complex bellwethers issues subgroup subgroups heavyweights darlings titans area
    areas segment segments index indexes indices gauge basket baskets factor factors
    makers producers operators benchmark assets counters havens haven pack high-flyers
    highfliers winners losers laggards pockets corner corners sub-sectors stalwarts stars
    behemoths securities ones cohort crowd bucket subindustries high-fliers flyers fliers longs
    cos scrips majors outfits favorites favourites
    """
)
"""Nouns that make the word before them a group: tech *stocks*, energy *sector*."""

FAR_HEADS = vocabulary(
    """
    stocks shares sectors names groups companies funds etfs equities industries firms
    makers producers plays areas segments cos scrips counters
    """
)
"""The same, plain enough to be the head of a list: oil, gas and mining *stocks*."""

SHARES = vocabulary(
    "stock stocks shares equities names plays sector sectors counters scrips funds etf etfs"
)
"""Heads that speak of nothing but the market."""
FUNDS = vocabulary("funds fund etfs etf spdr")
QUOTES = frozenset({'"', "''", "``", "'"})
"""As `clean` leaves them."""

MOVES_NOUNS = vocabulary(
    """
    rally selloff rout slump rebound bubble boom trade wreck weakness strength rotation
    outflows inflows outflow inflow positioning exposure exposures holdings position
    positions bets bet bid selling
    buying valuations leadership outperformance underperformance gains losses bull bulls
    bear correction crash comeback surge tilt run unwind melt-up meltdown weighting weight
    weightings overweight underweight allocation allocations exodus redemptions
    """
)
"""Nouns of market moves: a tech *rally*, energy *outflows*."""

UP = forms(
    "rise/rises/rose/risen/rising", "gain", "rally", "surge", "soar", "climb", "jump",
    "advance", "outperform", "lead/leads/led/leading", "rebound", "bounce",
    "shine/shines/shone/shining", "pop!", "spike", "rocket", "outpace", "recover", "strengthen",
    "thrive", "roar", "rip!", "beat/beats/beating/beaten", "boom", "firm", "benefit", "perk",
    "skyrocket", "excel!", "pace", "flourish", "sizzle", "power",
    "outshine/outshines/outshone/outshining", "vault", "sprint",
)  # fmt: skip
DOWN = forms(
    "fall/falls/fell/fallen/falling", "drop!", "slip!", "slide/slides/slid/sliding", "tumble",
    "sink/sinks/sank/sunk/sinking", "decline", "plunge", "lag!", "underperform", "slump",
    "retreat", "struggle", "suffer", "weaken", "stumble", "plummet", "dip!", "crater", "falter",
    "languish", "sag!", "wobble", "swoon", "buckle", "crumble", "trail", "ease", "skid!",
    "reel", "fade", "tire", "shed/sheds/shedding", "lose/loses/lost/losing", "crash", "wilt",
    "stall", "flounder", "annihilated", "hammered", "pummeled", "battered", "clobbered",
    "punished", "crushed", "walloped", "succumb", "founder", "capitulate", "deteriorate",
    "crack", "drag!", "whacked", "slammed", "hit", "drubbed", "routed", "pounded", "deflate",
    "tank", "soften",
)  # fmt: skip
BEAT = forms(
    "outperform", "beat/beats/beating", "outpace", "top!", "outshine/outshone", "trounce",
    "outrun/outran", "thump", "trail!", "outstrip!", "bested/besting", "outgain",
)  # fmt: skip
"""Do better than their object."""
MARKET_VERBS = UP | DOWN | forms("emerge", "swing/swings/swung/swinging")

MARKET_WORDS = vocabulary(
    """
    investor investors stock stocks share shares market markets sector sectors trader
    traders equity equities fund funds rally selloff index indexes nasdaq dow s&p etf etfs
    portfolio portfolios leadership valuations valuation bulls bears bull bear wall
    outflows inflows managers strategists allocators exodus rotation rotations money
    capital assets rotating rotate rotated rotates buyers sellers
    """
)
"""A sentence with one of these speaks of markets."""

STRONG_MARKET = vocabulary(
    """
    investors investor traders stocks equities sector sectors indexes nasdaq dow s&p etf etfs
    rally selloff leadership buyers sellers funds managers portfolio portfolios market bulls
    rotation rotations rotate rotates rotated rotating outflows inflows street leaders laggards
    outperformed underperformed outperform stampede exodus selloff
    institutions speculators strategists fiis fpis diis
    """
)
"""Words that speak of markets for sure."""

CERTAIN_MARKET = STRONG_MARKET - vocabulary(
    "market buyers sellers street institutions leaders laggards managers funds leadership"
    " speculators stampede exodus"
) | vocabulary("shares overweight underweight underperformed underperform valuations valuation")
"""Words that speak of the stock market and of little else; the others of `STRONG_MARKET` stand in
news of products and companies too."""

STYLE_MOVES = vocabulary(
    """
    trade rotation outflows inflows outflow inflow positioning exposure exposures tilt bets bet
    outperformance underperformance leadership overweight underweight allocation allocations
    selloff unwind rally rout position positions holdings weighting weightings
    """
)
"""Nouns of moves that make a style of `growth` or `value`; a growth *slump* is the economy's."""

THINGS = vocabulary(
    """
    technology technologies chips cars autos drugs chemicals internet restaurants hotels
    hospitals pipelines materials casinos retail devices discretionary products
    ai intelligence cybersecurity e-commerce luxury goods brands stores supermarkets drugstores
    clubs beverages textiles cruises brokers landlords volatility vol beta
    """
)
"""Words for groups that are first of all words for things."""

KINDS = vocabulary("energy software retail telecom transportation aerospace")
"""Words for groups that a noun before them makes a word for things: food *energy*."""

COUNTRIES = vocabulary(
    """
    china india europe japan britain uk u.k. germany france italy spain switzerland canada
    australia korea asia eurozone zone singapore kong brazil mexico america taiwan indonesia africa
    vietnam russia arabia thailand malaysia turkey argentina
    """
)
"""Markets of countries, and mostly just countries."""

MARKET_TRAITS = vocabulary(
    """
    u.s. us american european asian big bigger large larger small smaller mega megacap cheap
    cheaper expensive pricey pricier overvalued undervalued richly crowded beaten battered
    hot soaring listed old new high higher highest top overbought oversold unloved frothy
    defensive cyclical speculative unprofitable profitable pure deep classic traditional
    other volatile risky riskier select secular relative hated favored popular overowned
    underowned economically sensitive stable duration long short overweight underweight
    valued priced glamour glamor profitless loss-making legacy stodgy boring sleepy unglamorous
    beloved loved bloated bruised punished struggling lagging richest priciest cheapest fancy
    staid dull steady humdrum once-hot trendy global heavyweight aggressive growthy chinese
    """
)
"""Adjectives that a market's groups take: *expensive* growth, *big* technology."""

BARE = vocabulary(
    """
    value growth quality cash momentum international emerging_markets bonds gold crypto
    """
)
"""Groups whose bare nouns are everyday words: a list or a market word near is not enough."""

ONE = vocabulary(
    """
    the a an this that its his their your one 's another any each
    """
)
"""Determiners of a single thing."""

FLOW_PREPOSITIONS = vocabulary(
    """
    from into to toward towards onto over between beyond off for in of
    """
)
