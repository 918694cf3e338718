"""Which claim a list of groups belongs to, and whether it is left or entered there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import DOWN, HEADS, UP, forms, vocabulary
from rotascope_nlp.rotation_draft import AUXILIARY, BE, DIRECTED, Draft, company_move
from rotascope_nlp.rotation_govern import FROM_PREPOSITIONS, TO_PREPOSITIONS
from rotascope_nlp.rotation_holders import comes_out, had_gone, moved, profits, stayed, traders
from rotascope_nlp.rotation_lists import Ends
from rotascope_nlp.rotation_movers import FRONTED, LOAD_ON, cue_before, cue_behind

_COMPOUND_OK = HEADS | vocabulary(
    """
    exposure positions holdings bets trade trades positioning weightings overweights
    narratives rally territory favorites high-flyers stalwarts investors highfliers giants
    proxies valuations exchange realm bonanza dominance rotation momentum allocation
    allocations debt outperformers winners tickets weights paper credits issuers
    counterparts peers heavyweights weighting concentration risk world universe investments
    themes themed strategies vehicles kind type sort nature bent stripe variety
    """
)
"""Nouns that leave the group what it is: tech *exposure*; but tech *earnings* are no group."""


_SUBJECT = 12


_RECEIVE_FOR = (
    cues.LEAVE | cues.LEAVE_WEAK | cues.SWAP | cues.MOVE | cues.ROTATE | cues.ROTATION
)  # fmt: skip


_LEAVE_ON = forms("sour", "bail", "cool", "give/gives/gave/given/giving")
_LEAVE_UP_ON = forms("lighten", "ease", "cut/cuts/cutting")


_INTO_REFUGE = cues.HIDE | cues.REFUGE | vocabulary(
    """
    redeploy redeployed redeploying
    pour pours poured pouring park parks parked parking pile piled piling put puts putting
    plow plowed plowing invest invested investing deploy deployed reinvest reinvested
    """
)  # fmt: skip


_NO_MOVES = vocabulary(
    """
    looking look looked digging dug delving delved researching broke breaking buying
    bought falling running growing translate translated converted convert converting
    turning heading drilling tapping tapped buy gained looks wiped wiping erased lopped shaved
    """
)


def prepositions(draft: Draft) -> None:
    ranges = _ranges(draft)
    for ends in draft.ends:
        if not ends.preposition:
            continue
        if profits(draft, ends) or traders(draft, ends) or stayed(draft, ends):
            continue
        cue = cue_before(draft, ends)
        if cue is None and ends.governor == draft.line.first and ends.preposition in FRONTED:
            cue = cue_behind(draft, ends)
        if cue is None:
            if not _unlisted(draft, ends):
                _at_expense(draft, ends)
            continue
        if ends in ranges:
            continue
        role, line_word = _role(draft, ends, cue), draft.line.words[cue]
        if role == "from":
            frame = draft.frame(cue)
            frame.froms.append(ends)
            if line_word in cues.CARRIERS and ends.preposition not in DIRECTED:
                frame.whole = False
        elif role == "to" and not draft.frame(cue).froms and had_gone(draft, cue):
            if not comes_out(draft, ends):
                draft.weak(cue).froms.append(ends)
        elif role == "to":
            draft.frame(cue).tos.append(ends)
            moved(draft, ends, cue)
        ends.used = ends.used or role is not None


def _ranges(draft: Draft) -> list[Ends]:
    """`Groups ranging from banks to airlines`, `everything from gold to chips`: nothing moves."""
    found: list[Ends] = []
    for one, other in pairwise(draft.ends):
        before = draft.line.word(one.governor - 1)
        aside = before == "," and draft.line.word(other.last) == ","
        ranging = aside or before in _RANGING
        if (one.preposition, other.preposition) == ("from", "to") and ranging:
            found += [one, other]
            one.preposition = other.preposition = ""  # one list, named by its ends
            one.governor = other.governor = -1
    return found


_RANGING = vocabulary("ranging range ranges ranged everything anything everywhere spanning all")


def _unlisted(draft: Draft, ends: Ends) -> bool:
    """`money sauntered into banks`: a verb that is not listed, told of money or investors."""
    line, i = draft.line, ends.governor - 1
    while i > line.first and (line.tags[i].startswith("RB") or line.words[i] in _PASSED):
        i -= 1
    word = line.words[i]
    if ends.preposition not in DIRECTED or not line.tags[i].startswith("V"):
        return False
    before = draft.clause(i)[-_SUBJECT:]
    if word in UP | DOWN | _NO_MOVES or not set(before) & (cues.MONEY | cues.INVESTORS):
        return False
    if company_move(line) or {"remain", "remains", "remained"} & set(line.words[i - 3 : i]):
        return False
    draft.found_verbs.add(i)
    draft.side(i, [ends], left=ends.preposition in FROM_PREPOSITIONS, confidence=0.7)
    return True


_PASSED = frozenset({"back", "it", "them", "cash", "money"})


def _at_expense(draft: Draft, ends: Ends) -> None:
    """X thrives at the expense of Y."""
    subjects = [e for e in draft.line.lists if e.last < ends.first and not e.used]
    if ends.preposition == "at the expense of" and subjects:
        draft.lead(ends.governor, froms=[ends], tos=subjects[:1], whole=False)


def _role(draft: Draft, ends: Ends, cue: int) -> str | None:
    named, word = ends.preposition, draft.line.words[cue]
    if named in {"beyond", "past"} and word not in (
        cues.ROTATE | cues.ROTATION | cues.MOVE | cues.MOVE_NOUNS
    ):
        return None
    if _compound(draft, ends) and word not in (cues.ROTATE | cues.ROTATION | cues.STRONG_NOUNS):
        return None
    if word.startswith(("cool", "sour")) and named in TO_PREPOSITIONS | {"on"}:
        return "from"
    if named == "from" and word.startswith(("com", "cam")) and _comes(draft, cue):
        return "to"
    if named in FROM_PREPOSITIONS or named == "at the expense of":
        return "from"
    if named == "instead of" and draft.by_cue.get(cue) and draft.by_cue[cue].tos:
        return "from"
    if named == "to" and draft.line.word(ends.governor - 1) == "exposure" and _looks(word):
        return None  # "take a look at stocks with exposure to China"
    if named == "to" and word in cues.LEAVE | cues.LEAVE_WEAK and _held(draft, ends, cue):
        return None  # "cut exposure to tech" is read as a phrase
    if named in TO_PREPOSITIONS:
        return None if word in cues.OUTFLOW else "to"
    return _other_role(draft, ends, cue)


def _looks(word: str) -> bool:
    return word.startswith(("tak", "took", "look", "put", "rebalanc"))


def _comes(draft: Draft, cue: int) -> bool:
    """`Leadership has come from banks`: they lead, they are not left."""
    said = " ".join([*draft.clause(cue)[-6:], *draft.line.words[cue : cue + 2]])
    return said.endswith(" from") and bool(cues.LEADING & set(said.split()))


def _held(draft: Draft, ends: Ends, cue: int) -> bool:
    """Whether a holding stands between: cut *exposure* to X."""
    return bool(_HOLDINGS & set(draft.line.words[cue + 1 : ends.governor]))


_HOLDINGS = vocabulary(
    """
    exposure exposures allocation allocations overweight overweights position positions weighting
    weightings weight stake stakes commitment commitments
    """
)


def _other_role(draft: Draft, ends: Ends, cue: int) -> str | None:
    """The role behind `for`, `with`, `in`, `on` and `of`, which only some cues take."""
    line, named, word = draft.line, ends.preposition, draft.line.words[cue]
    between = line.words[cue + 1 : ends.governor]
    if named == "for" and line.words[ends.governor - 1] in _FONDNESS:
        return None
    if named == "for" and word in _RECEIVE_FOR:
        left = bool({"out", "from", "away"} & set(between)) or word in (
            cues.LEAVE | cues.LEAVE_WEAK | cues.SWAP
        )
        return "to" if left or word in {"dash", "rush", "scramble"} else None
    if named == "at" and word.startswith(_HURLS):
        return "to"
    if named == "with" and word in cues.SWAP:
        return "to"
    if named in {"in", "for", "at"} and word in cues.INFLOW | cues.OUTFLOW and _seen(between):
        return "to" if word in cues.INFLOW else "from"
    if named == "in" and word in _INTO_REFUGE:
        return "to"
    near = cue >= ends.governor - 4
    if named == "on" and near and (word in _LEAVE_ON or {"back", "backs"} & set(between)):
        return "from"
    if named == "on" and word in _LEAVE_UP_ON and {"up", "off"} & set(between):
        return "from"
    if named == "on" and word in LOAD_ON and "up" in between:
        return "to"
    if named == "in" and word.startswith("land"):
        return "to"
    if named == "of" and word in cues.PURCHASES and cue == ends.governor - 1:
        return "to"
    if named == "of" and word in {"exodus"}:
        return "from"
    return None


_HURLS = ("fling", "flung", "throw", "threw", "hurl")
"""Money is thrown *at* a group."""
_FONDNESS = vocabulary("appetite taste love enthusiasm demand interest fondness zeal need")


def _seen(between: Sequence[str]) -> bool:
    """Inflows (have been seen) in a fund."""
    return all(word in AUXILIARY | {"recorded", "reported", "posted", "the"} for word in between)


def _compound(draft: Draft, ends: Ends) -> bool:
    """`tech earnings`, `bank deposits`: the group only describes another noun."""
    line, i = draft.line, ends.last
    if i >= line.last or line.words[i - 1] in HEADS or ends.anaphor:
        return False
    if line.words[i] == "exchange":
        return line.word(i + 1) != "-"
    if line.tags[i] == "VBG" and line.tags[i - 1] == "NNS":
        return False  # "bond proxies paying dividends"
    return line.tags[i] in {"NN", "NNS", "VBG"} and line.words[i] not in _COMPOUND_OK


def objects(draft: Draft) -> None:
    line = draft.line
    for ends in draft.ends:
        i = ends.governor
        if ends.preposition or i < 0 or _compound(draft, ends):
            continue
        if line.words[i - 1] in BE and "," in line.words[i + 1 : ends.first]:
            continue  # "staples were dumped, chips chased"
        word = line.words[i]
        if word in cues.LEAVE:
            draft.frame(i).froms.append(ends)
        elif word in cues.SWAP:
            draft.weak(i).froms.append(ends)
        elif word in cues.LEAVE_WEAK:
            frame = draft.weak(i)
            frame.froms.append(ends)
            told = word.startswith(("left", "leav")) and _money_subject(draft, i)
            frame.whole = (
                told
                or "in" in line.words[i + 1 : ends.first]  # "sold winners in X"
                or (word.startswith("leav") and line.word(ends.last) == "for")
                or line.words[ends.last : ends.last + 2] in (["and", "buy"], ["to", "buy"])
                or (ends.groups == ["cash"] and line.word(ends.last) in {"to", "from"})
            )
        elif word in _INTO_OTHER and _goes_on(draft, i) and ends.groups != ["cash"]:
            draft.frame(i).froms.append(ends)
        elif word in cues.ENTER:
            frame = draft.weak(i)
            (frame.froms if had_gone(draft, i) else frame.tos).append(ends)
        else:
            continue
        ends.used = True


_INTO_OTHER = forms("switch", "roll", "move", "shift", "transfer!", "convert", "flip!", "rotate")


def _goes_on(draft: Draft, verb: int) -> bool:
    """`Switch the growth fund into bonds`: a transitive verb that names the other side too."""
    frame = draft.by_cue.get(verb)
    return bool(frame and frame.tos and not frame.froms)


def _money_subject(draft: Draft, i: int) -> bool:
    return any(word in cues.MONEY for word in draft.clause(i))
