"""What governs a list of groups: the preposition, cue or verb to the left of its noun phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import BEAT, HEADS, QUOTES, TO_BE, vocabulary
from rotascope_nlp.rotation_gaps import names_before

if TYPE_CHECKING:
    from rotascope_nlp.rotation_lists import Ends, Line

FROM_PREPOSITIONS = frozenset({"from", "out of", "away from", "out from", "beyond", "past", "off"})
TO_PREPOSITIONS = frozenset({"into", "to", "toward", "towards", "in favor of", "onto", "back to"})
OTHER_PREPOSITIONS = vocabulary(
    """
    for in on over of than with by against at about behind versus vs. within among between
    across through under during amid despite ahead after until since around outside via
    per without except besides unlike
    """
)
_PARTITIVES = vocabulary(
    """
    shares stocks areas area parts part pockets corners corner sectors kinds likes world
    names group groups basket swath makers segments side stock lot lots variety number
    array bunch owners end ends types realm safety comfort relative perceived combination
    mix handful kind swaths assortment slew embrace arms providers producers arms haven sort ranks
    spaces land host range members giants megatechs constituents several many most some few half
    much cream pick horde hordes crowd host flock couple dozens scores hundreds plenty all any one
    two three bulk majority portion rest
    """
)
_INCLUDING = vocabulary(
    """
    including include includes included especially notably like particularly
    """
)
_PLAIN = vocabulary("from to of on in by with include includes included")
_RELATIVE = 12
_PARTICLES = vocabulary("up off down behind")
_HELD = vocabulary(
    """
    stocks names shares companies positions holdings investments stakes bets valuations
    markets areas pockets groups
    """
)
"""`stocks in tech` are tech stocks."""
_PICKS = vocabulary("winners losers laggards favorites leaders darlings bargains losses")
_SOLD, _BOUGHT = vocabulary("sell sold selling"), vocabulary("buy bought buying")
"""`sold winners in tech to buy laggards in banks`: tech was sold, banks were bought."""
_OF = {
    "out": ("out of", 2),
    "favor": ("in favor of", 3),
    "favour": ("in favor of", 3),
    "expense": ("at the expense of", 4),
    "instead": ("instead of", 2),
    "benefit": ("in favor of", 4),
    "cost": ("at the expense of", 4),
}
_PROXIES = vocabulary("proxy proxies stand-ins stand-in ins surrogates surrogate substitutes")
"""`stand-ins for big tech` are big tech."""
_TRADED_IN = frozenset({"trade", "trades", "traded", "trading"})
_SERVED = frozenset({"benefit", "cost"})
_TRADING = (
    cues.ROTATE | cues.ROTATION | vocabulary("trimmed trimming sold selling cut pared reduced")
)
_NOT_BUT = {("instead", "of"), ("rather", "than")}
_NEAR_TO = vocabulary(
    "central key vital crucial critical important similar close thanks related subject prone equal"
    " due relevant essential integral unique specific contrast contrary compared relative superior"
    " inferior preferable attributable"
)
"""`Central to tech` says nothing of a direction."""
_PREFIXES = frozenset({"under", "over", "out", "in", "off"})
_TIED = vocabulary("tied leveraged exposed linked geared sensitive related levered")
_MOVES = vocabulary("rally concentration strength run boom frenzy mania dominance leadership trade")
"""`away from the rally in tech` is away from tech."""
_NP_TAGS = ("NN", "JJ", "DT", "CD", "PRP$", "POS", "RB", "VBN", "VBG", "HYPH", "``", "''", "$",
            "PDT", "FW", "AFX", "SYM", "NFP", "ADD", "XX", "WP$", "WDT")  # fmt: skip
_MAX_LEFT = 24


def _hyphened(line: Line, i: int) -> bool:
    """A word inside a compound: stay-*at*-home."""
    return line.word(i + 1) == "-" and (line.word(i - 1) == "-" or line.words[i] in _PREFIXES)


_QUOTES = QUOTES | {"`"}


def _describes(line: Line, i: int) -> bool:
    """`in previously abandoned sectors`: a participle before its noun."""
    j = i - 1
    while j > line.first and (line.tags[j].startswith("RB") or line.words[j] == "-"):
        j -= 1 + (line.words[j] == "-")  # "from over-crowded names"
    if line.words[j] in _QUOTES:
        j -= 1
    return (
        line.tags[i] in {"VBN", "JJ"}
        and j >= line.first
        and (line.tags[j] in {"DT", "IN", "PRP$", "JJ", "TO"} or line.words[j] in BEAT)
        and line.tags[i + 1 + (line.word(i + 1) in _QUOTES)].startswith(("NN", "JJ"))
    )


def _own_clause(line: Line, i: int, ends: Ends) -> bool:
    """`Spreading past tech, and banks and builders are helping`: a list with its own verb."""
    opened = line.words[i] == "and" and line.word(i - 1) == ","
    return opened and line.has_verb(line.chain(ends.last))


def govern(line: Line, ends: Ends) -> None:
    """Walk left over the noun phrase to the preposition, cue or verb that rules it."""
    clause, umbrella = line.has_verb(ends.last), False
    i, furthest = ends.first - 1, ends.first - _MAX_LEFT
    while i >= line.first and i > furthest:
        word, tag = line.words[i], line.tags[i]
        step = _hyphened(line, i) or names_before(line, i, ends.first, clause=clause)
        if step:
            i, furthest = i - step, furthest - step + 1
            continue
        named, width = _preposition(line, i)
        if (fund := _fund_of(line, i)) is not None:
            i = fund - 1
            continue
        if named == "skip":
            umbrella = umbrella or word in {"as", "like"}
            i -= width
            continue
        if word in _INCLUDING or (word == "as" and line.word(i - 1) == "such"):
            umbrella = True
        if umbrella and (relative := _relative(line, i)) is not None:
            i = relative - 1
            continue
        if named:
            ends.preposition, ends.governor = named, i - width + 1
            return
        beats = word in BEAT and i > line.first and tag.startswith(("V", "NN"))
        acts = (word in cues.LEAVE or line.acts(i)) and not _describes(line, i)
        if acts or beats or word in cues.ROTATION:
            ends.governor = i
            return
        if word in {",", "and", "but"} and (clause or _own_clause(line, i, ends)):
            return
        if _in_phrase(line, i, ends):
            i -= 1
            continue
        if tag == "RP" or word in _PARTICLES:
            i -= 1
            continue
        if tag.startswith(("V", "MD")):
            ends.governor = i
        return


_FUNDS = vocabulary("fund funds etf etfs ones those products vehicles portfolios")
_OF_FUNDS = vocabulary(
    """
    focused focusing specializing specialising concentrated invested investing invest invests
    tracking track tracks holding hold holds own owning linked tied dedicated benchmarked exposed
    """
)


def _fund_of(line: Line, i: int) -> int | None:
    """The funds in `funds that invest in energy`, which are energy funds."""
    if line.words[i] == "for" and line.word(i - 1) in _FUNDS:
        return None if any(last in {i - 1, i} for _, last, _ in line.items) else i - 1
    verb = i - 1 if line.words[i] in {"in", "on", "to"} else i
    if verb <= line.first or line.words[verb] not in _OF_FUNDS:
        return None
    before = range(verb - 1, max(line.first, verb - 4), -1)
    for j in before:
        if line.words[j] in _FUNDS:
            return j
        if not (line.words[j] in {"that", "which", "are", "mainly"} or line.tags[j] == "RB"):
            return None
    return None


def _relative(line: Line, i: int) -> int | None:
    """The `that` of a relative clause that ends at i: `sectors that like rates, such as`."""
    if line.words[i] not in _PLAIN and not line.tags[i].startswith("V"):
        return None
    for j in range(i - 1, max(line.first, i - _RELATIVE), -1):
        if line.words[j] in {"that", "which"} and line.words[j - 1] in HEADS | _PARTITIVES | {
            "market"
        }:
            return j
        if line.words[j] in FROM_PREPOSITIONS | TO_PREPOSITIONS:
            return None
    return None


def _in_phrase(line: Line, i: int, ends: Ends) -> bool:
    word, tag = line.words[i], line.tags[i]
    if word in {"and", "or", "&", "/"}:
        return line.tags[i - 1].startswith(("NN", "JJ", "POS")) or line.word(i - 1) == ","
    if word in {"but", "yet"}:
        return line.tags[i - 1].startswith("JJ") and line.tags[i + 1].startswith(
            ("JJ", "RB", "VBN")
        )
    if word == ",":
        if line.word(i - 2) in TO_BE and line.tags[i - 1] in {"VBN", "VBD"}:
            return False  # "staples were dumped, chips chased"
        left, right = line.tags[i - 1], line.tags[i + 1]
        right_fits = right.startswith(("JJ", "NN", "CC", "RBR", "RBS")) or _hyphened(line, i + 1)
        return left.startswith(("JJ", "NN", "VBG", "VBN")) and right_fits
    if word == ":":
        return line.word(i - 1) in HEADS
    if word in {"(", ")", "such", "including", "especially", "particularly", "e.g.", '"'}:
        return True
    if tag == "VB" and word.endswith("ed") and line.word(i - 1) == "to":
        return True  # "to unloved small caps"
    return tag.startswith(_NP_TAGS) and word not in {"been", "being", "become", "became"}


def _directed(line: Line, i: int) -> bool:
    """Whether the noun phrase that ends at i stands behind `from`, `into` or the like."""
    while i > line.first and line.tags[i].startswith(("DT", "JJ", "RB", "VBN", "VBG")):
        i -= 1
    return line.words[i] in {"from", "into", "toward", "towards", "of"}


def _fixed(line: Line, i: int) -> tuple[str, int] | None:
    """Prepositions whose sense the word before them settles."""
    word, before = line.words[i], line.word(i - 1)
    if word == "not" and before in {",", "and", "but"}:
        return "without", 1  # "into banks and not gold"
    if word in TO_PREPOSITIONS and (line.word(i - 2), before) in _NOT_BUT:
        return "instead of", 3
    if word == "by" and before in {"leadership", "dominance"}:
        return "skip", 2  # "from leadership by tech to leadership by banks"
    if word == "in" and before in _TRADED_IN:
        return "skip", 1  # "trading in their growth stocks for dividend payers"
    if word == "for" and before in _PROXIES and not any(last == i for _, last, _ in line.items):
        return "skip", 2 + 2 * (line.word(i - 2) == "-")
    if word == "to" and before in _EXPOSURE and (held := _shares_with(line, i - 2)):
        return "skip", i - held + 1
    if word == "called" and before in TO_BE and line.word(i - 2) == "what":
        return "skip", 3
    return ("with", 1) if word == "to" and before in _NEAR_TO else None


_EXPOSURE = frozenset({"exposure", "ties", "links", "leverage", "sensitivity"})


def _shares_with(line: Line, i: int) -> int | None:
    """The `with` of `shares with heavy exposure to AI`, which are AI shares."""
    for j in range(i, max(line.first, i - 4), -1):
        if line.words[j] in {"with", "having"}:
            return j if line.words[j - 1] in HEADS | _PARTITIVES else None
        if not line.tags[j].startswith(("JJ", "RB", "DT", "NN")):
            return None
    return None


def _preposition(line: Line, i: int) -> tuple[str, int]:
    """The preposition that ends at i and how many words it has; `skip` within a phrase."""
    word, before = line.words[i], line.word(i - 1)
    if word == "of":
        if before in _SERVED and not line.has(_TRADING):
            return "of", 1
        return _OF.get(before) or (("skip", 2) if before in _PARTITIVES else ("of", 1))
    built = line.tags[i - 2].startswith("V") and line.word(i - 3) != "-"  # "built positions in"
    held = before in _HELD and not built
    traded = line.has(_SOLD) and line.has(_BOUGHT)
    picked = traded and before in _PICKS and line.words[i - 2] in _SOLD | _BOUGHT
    if word == "in" and (held or picked or (before in _MOVES and _directed(line, i - 2))):
        return "skip", 2
    if word == "to" and before in _TIED:
        return "skip", 2
    if word == "from":
        return (f"{before} from", 2) if before in {"away", "out"} else ("from", 1)
    if word == "like" or (word == "as" and before == "such"):
        return "skip", 1 if word == "like" else 2
    if fixed := _fixed(line, i):
        return fixed
    if word == "than" and before == "rather":
        return "instead of", 2
    if word == "to" and before in {"over", "back"}:
        return ("back to" if before == "back" else "to"), 2
    if word == "that" and line.tags[i] != "IN":
        return "", 1
    if word in FROM_PREPOSITIONS or word in TO_PREPOSITIONS or word in OTHER_PREPOSITIONS:
        return word, 1
    return "", 1
