"""The words that can claim a flow, by what they do with their ends.

Surface forms, since the pipeline carries no lemmas.  A class says which argument is left and which
is entered; `rotation_frames` reads the arguments.
"""

from __future__ import annotations

from rotascope_nlp.market_words import forms, vocabulary

ROTATE = forms("rotate")
ROTATION = frozenset({"rotation", "rotations", "rotational"})
"""Speak of moving between groups by themselves; any subject will do but those of `OTHER_SENSE`."""

MOVE = forms(
    "shift", "move", "flow", "migrate", "pour", "flood", "pile", "rush", "flock", "pivot",
    "swing/swings/swung/swinging", "gravitate", "switch", "reallocate", "redeploy", "return",
    "turn", "go/goes/went/gone/going", "come/comes/came/coming", "stream", "funnel", "plow",
    "plough", "dive/dives/dove/dived/diving", "jump", "head", "drift", "spill", "seep",
    "trickle", "crowd", "stampede", "cycle", "decamp", "reposition", "broaden",
    "spread/spreads/spreading", "tilt", "lean", "veer", "venture", "look",
    "bleed/bleeds/bled/bleeding", "channel", "steer", "divert", "redirect", "recycle", "drain",
    "siphon", "pull", "yank", "withdraw/withdraws/withdrew/withdrawn/withdrawing",
    "put/puts/putting", "park", "back", "edge", "creep/creeps/crept", "rebalance", "push",
    "retreat", "run/runs/ran/running", "step!", "get/gets/got/getting", "bail", "transition",
    "allocate", "transfer!", "dash", "leap/leaps/leapt/leaping", "scramble", "plunge", "wade",
    "warm", "leave/leaving", "reinvest", "deploy", "barrel", "tiptoe", "course", "cozy",
    "branch", "sidle", "nudge", "peel", "slosh", "find/finds/found", "hop!", "wander", "gush",
    "snake", "widen", "charge", "race", "cashed/cashing", "land", "shovel",
    "throw/throws/threw/thrown/throwing", "pluck", "sweep/sweeps/swept",
    "rerout/reroute/rerouted/rerouting", "filter", "fan/fans/fanned", "surge", "bolt", "depart",
    "take/takes/took/taking", "parlay", "inch", "reorient", "diversify", "escape", "roll",
    "pack", "drive/drives/drove/driven/driving", "send/sends/sent/sending", "lure", "coax", "tempt",
    "herd", "entice", "prod!", "usher", "redeem", "flip!", "swarm", "cascade", "scurry", "hurry",
    "defect", "sprint", "graduate", "fling/flings/flung/flinging", "slink/slinks/slunk/slinking",
    "lurch", "sneak/sneaks/sneaked/snuck/sneaking", "marched/marching", "walk", "shunt", "shuttle",
    "scuttle",
    "scamper", "saunter", "trek!", "lunge", "plunk", "hustle", "whoosh", "stash", "sock", "leak",
    "ooze",
)  # fmt: skip
"""Verbs (and their nouns) of moving: from and to stand in prepositions; money or investors move."""

PASSING = forms(
    "pass", "hand", "change", "transfer!", "relinquish", "give/gives/gave/given/giving",
)  # fmt: skip
"""Verbs of moving only for leadership and its images: leadership passed from X to Y."""

MOVE_NOUNS = vocabulary(
    """
    purchases purchase buying shift shifts move moves movement migration exodus flight
    stampede rush flow flows inflow inflows outflow outflows pivot switch reallocation
    swing dash handoff transition reshuffle retreat rebalancing flood wave return turn
    stampede withdrawals redemptions reversion tilt realignment repositioning handover
    departure influx pullback redeployment money capital reallocations migrations cash switching
    escape lurch
    """
)
STRONG_NOUNS = vocabulary(
    """
    dash retreat exodus stampede inflow inflows outflow outflows reallocation redemptions
    withdrawals flight migration reallocations influx handoff handover pullback
    """
)
"""Nouns that claim a movement even with one end and no other word of money."""
PURCHASES = vocabulary("purchases purchase buying")
CARRIERS = frozenset({"money", "capital", "cash"})
"""Nouns that move without a verb: money out of tech, into banks."""

LEAVE = forms(
    "abandon", "ditch", "dump", "flee/flees/fled/fleeing", "exit", "shun!", "desert",
    "forsake/forsakes/forsook/forsaken/forsaking", "unload", "offload", "jettison", "quit!",
    "eschew", "discard", "snub!", "vacate", "spurn", "sour", "desert", "drain",
    "shed/sheds/shedding", "escape", "forgo/forgoes/", "forgoing", "jilt",
)  # fmt: skip
"""Take the group left as their object, and the one entered behind `for` or `in favor of`."""
LEAVE_WEAK = forms(
    "sell/sells/sold/selling", "leave/leaves/left/leaving", "trim!", "cut/cuts/cutting",
    "reduce", "pare", "slash", "lighten", "drop!", "liquidate", "underweight", "short", "avoid",
    "lose/loses/", "lost/losing", "downgrade", "cool", "tire", "sidestep!", "fade", "bypass",
    "retreat", "scale", "forget", "skip!", "punish", "lock", "book",
)  # fmt: skip
"""The same, but only a claim of moving when the other end is named too, or money is what left."""
SWAP = forms("swap!", "trade/trades/traded/trading", "exchange", "substitute", "replace")
"""Left: the object; entered: behind `for` or `with`."""
ENTER = forms(
    "buy/buys/bought/buying", "favor", "favour", "embrace", "prefer!", "snap!", "scoop", "load",
    "chase", "seek/seeks/sought/seeking", "add", "upgrade", "overweight", "bid/bids/bidding",
    "hunt", "boost", "benefit", "help", "lift", "bring/brings/brought/bringing", "increase",
    "rediscover", "accumulate", "welcome", "discover", "hug!", "pick", "grab!", "hoover",
    "raise", "reward", "support", "propel!", "aid", "like", "own", "opt",
    "choose/chooses/chose/choosing",
)  # fmt: skip
"""Take the group entered as their object; a claim of moving only beside a group left, or with a
rotation for a subject."""
REFUGE = vocabulary("refuge shelter safety haven sanctuary cover solace home")
HIDE = forms("hide/hides/hid/hidden/hiding", "shelter", "hunker")
"""Taking refuge *in* a group."""

LEADERSHIP = vocabulary(
    """
    show leadership baton mantle torch reins crown helm lead spotlight limelight throne
    driver leader leaders pole
    """
)
TAKE_LEAD = forms(
    "take/takes/took/taken/taking", "seize", "grab!", "assume", "claim", "snatch", "wrest",
    "regain", "reclaim", "inherit", "pick", "retake/retakes/retook/retaking",
    "steal/steals/stole/", "stolen/stealing", "capture", "grasp", "usurp", "carry",
)  # fmt: skip
CEDE = forms(
    "hand", "pass", "relinquish", "cede", "surrender", "lose/loses/lost/losing",
    "give/gives/gave/", "given/giving", "yield", "forfeit", "concede", "turn",
)  # fmt: skip
SUPPLANT = forms(
    "replace", "displace", "supplant", "overtake/overtakes/overtook/overtaken/overtaking",
    "eclipse", "unseat", "dethrone", "usurp", "succeed",
)  # fmt: skip
GIVE_WAY = (
    ("way", "to"), ("way", "for"), ("ground", "to"), ("back", "seat", "to"), ("backseat", "to"),
    ("back", "seat", "behind"), ("out", "to"), ("off", "to"), ("place", "to"), ("spot", "to"),
    ("position", "to"), ("perch", "to"), ("role", "to"), ("crown", "to"), ("top", "spot", "to"),
)  # fmt: skip

GATHER = forms(
    "attract", "draw/draws/drew/drawn/drawing", "gather", "garner", "lure", "rake", "receive",
    "haul", "absorb", "soak", "collect", "pull", "take/takes/took/taken/taking",
    "see/sees/saw/seen/seeing", "record", "post", "enjoy", "score", "add", "net!", "amass",
    "register", "log!", "get/gets/got/", "getting", "report", "report", "win/wins/won/winning",
    "bring/brings/brought/bringing", "have/has/had", "welcome", "reap!", "notch", "attract",
    "vacuum", "suck", "hoover", "witness",
)  # fmt: skip
SHED = forms(
    "lose/loses/lost/losing", "bleed/bleeds/bled/bleeding", "shed/sheds/shedding", "suffer",
    "hemorrhage", "see/sees/saw/seen/seeing", "post", "record", "experience", "register",
    "report", "have/has/had", "face", "endure", "sustain", "log!", "leak", "witness",
)  # fmt: skip
INFLOW = frozenset({"inflow", "inflows", "subscriptions"})
OUTFLOW = vocabulary("outflow outflows redemptions withdrawals redemption")
AMOUNT = vocabulary(
    """
    $ billion million bn € £ trillion money cash capital assets dollars crore yuan won yen
    """
)  # fmt: skip

MONEY = vocabulary(
    """
    money capital cash dollars flows billions billion million assets liquidity inflows
    outflows allocations exposure positions portfolio portfolios holdings profits proceeds
    funds bets dollar $ trillions trillion weightings allocation weight positioning
    overweights redemptions withdrawals savings
    """
)
INVESTORS = vocabulary(
    """
    fpis fiis diis fpi fii
    hunters seekers pickers holders desks gamblers hands punters pension billionaires fundholders
    public herd outsiders banks' professionals nobody investors traders managers institutions
    buyers sellers allocators bulls bears speculators street participants clients retirees
    pensions crowd everyone desks quants participation shareholders investor's market markets rally
    trade funds strategists insiders hedgers savers etfs bargain-hunters retail
    institutional pendulum pros advisers advisors foreigners endowments leadership momentum buying
    anyone anybody everybody folks selling stocks equities tape breadth gains advance rebound
    themselves they we you i many some people
    """
)
LEADING = vocabulary("leadership baton mantle torch reins crown lead guard")
REGARD = vocabulary(
    """
    focus attention interest sentiment emphasis preference appetite enthusiasm tastes
    taste spotlight limelight bid conviction love
    """
)
"""What a market, but a company too, can turn from one thing to another."""
THEME = MONEY | INVESTORS | LEADING

OTHER_SENSE = vocabulary(
    """
    crop crops pitching pitcher pitchers starter bullpen tire tires tyre tyres students
    student residents nurses troops soldiers crew crews staff staffing job jobs employees
    workers executives shaft axis wheel wheels players player roster lineup playlist
    playlists menu presidency duty patients farmers farmer soybeans corn wheat key keys
    molding drill drilling coach coaches game games guard-duty cars engineers interns
    trainees doctors officers earth planet cities stage songs teachers password passwords
    ceo cfo shifts backup chairmanship production plant plants factory factories
    manufacturing headquarters hires talent career careers
    """
)
"""A rotation of these is no rotation of money."""
COMPANY_OBJECTS = vocabulary(
    """
    production manufacturing output factories capacity headquarters operations jobs supply
    sourcing business workers staff workforce hiring talent research engineers strategy
    spending model revenue sales employees product products
    """
)
"""What a company shifts or moves; no investor does."""

UNDIRECTED_BEFORE = vocabulary(
    """
    sector market stock stocks style industry great factor equity group sectors leadership
    the a this of broad broader violent sharp massive major big recent ongoing new more
    some
    """
)

_MARKS = REFUGE | HIDE | SWAP | SUPPLANT | vocabulary(
    """
    baton mantle leadership favor favour guard torch vogue fashion redemptions withdrawals
    lead reins out expense leaders leader attracted attract attracting
    beneficiary beneficiaries darling darlings shine luster lustre affair profit-taking fleeing
    sent sends
    """
)  # fmt: skip
CUES = (
    ROTATE | ROTATION | MOVE | PASSING | MOVE_NOUNS | LEAVE | LEAVE_WEAK | ENTER | GATHER | SHED
    | TAKE_LEAD | CEDE | _MARKS
)  # fmt: skip
"""A sentence with no group and none of these claims nothing."""


def is_cue(word: str) -> bool:
    """Whether the word (in lower case) can be the verb or noun of a claim."""
    return word in CUES


MOVES = (
    ROTATE | ROTATION | MOVE | PASSING | MOVE_NOUNS | LEAVE | LEAVE_WEAK | SWAP | HIDE | REFUGE
    | LEADERSHIP | SUPPLANT | vocabulary("favor favour favored favoring expense beneficiary")
)  # fmt: skip
"""Words that themselves speak of leaving, entering or leading."""
