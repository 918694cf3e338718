"""Claims told of a group as the subject: leadership, favor, money in and out of its funds."""

from __future__ import annotations

import re

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import DOWN, FUNDS, UP, vocabulary
from rotascope_nlp.rotation_draft import AUXILIARY, BE, BOUNDARY, SECURITIES, Draft
from rotascope_nlp.rotation_fund_flows import no_flow
from rotascope_nlp.rotation_gaps import apposition, names_end
from rotascope_nlp.rotation_govern import FROM_PREPOSITIONS, TO_PREPOSITIONS
from rotascope_nlp.rotation_leaders import (
    gapped,
    gives_way,
    lead_word,
    new_leader,
    out_or_in,
    rises,
    takes_over,
)
from rotascope_nlp.rotation_lists import Ends, Line
from rotascope_nlp.rotation_orders import TRADERS

_MONEY_NOUNS = vocabulary("money capital cash buyers inflows buying dollars")


def subjects(draft: Draft) -> None:
    for ends in draft.ends:
        if out_or_in(draft, ends) or gapped(draft, ends) or new_leader(draft, ends):
            continue
        verb, auxiliaries = predicate(draft, ends)
        if verb is None:
            continue
        _subject(draft, ends, verb, auxiliaries)
        second = None if ends.used else _coordinated(draft, verb)
        if second is not None:
            _subject(draft, ends, second, set())


def _coordinated(draft: Draft, verb: int) -> int | None:
    """A second verb of the subject, of leading: `are rallying but have not taken the lead`."""
    line = draft.line
    for i in range(verb + 1, min(line.last - 2, verb + _SECOND)):
        if i in draft.inside or line.words[i] in BOUNDARY - {"but"}:
            return None
        if line.words[i] not in {"and", "but", "yet", "then"}:
            continue
        second = i + 1
        while line.word(second) in AUXILIARY or line.tags[second] in {"RB", "MD"}:
            second += 1
        leads = line.word(second) in cues.TAKE_LEAD | cues.CEDE
        told = lead_word(draft, _clause_tail(line, second + 1))
        told = told or takes_over(line, second) or gives_way(line, second)
        return second if leads and told else None
    return None


_SECOND = 9
"""Words behind a verb in which a second one of the same subject is looked for."""
_CLASSES = frozenset({"classification", "category", "group", "peer"})
_PREDICATE = 9
"""Words behind a list in which its verb is looked for; what stands in brackets is passed over."""


_ADVERBIAL = {("at", "last"), ("of", "late"), ("for", "now"), ("in", "turn"), ("at", "once")}


def predicate(draft: Draft, ends: Ends) -> tuple[int | None, set[str]]:
    """The verb behind a list, and the auxiliaries passed on the way."""
    line, seen, i = draft.line, set[str](), ends.last
    limit = i + _PREDICATE
    while i < min(line.last, limit):
        word, tag = line.words[i], line.tags[i]
        if (word, line.word(i + 1)) in _ADVERBIAL:
            i += 2
            continue
        if tag.startswith("V") or word in UP | DOWN:
            if word not in AUXILIARY or _whole_verb(line, i):
                return i, seen
            seen.add(word)
        elif word in AUXILIARY or tag == "MD":
            seen.add(word)
        elif word == "(" and ")" in line.words[i : line.last]:
            i = limit = line.words.index(")", i)
            limit += _PREDICATE
            i += line.word(i + 1) in _CLASSES
        elif word == "," and i + 1 < line.last and line.finite(i + 1):
            pass
        elif (word, line.word(i + 1)) == ("such", "as"):
            behind = names_end(line, i + 2)
            limit += behind - i
            i = behind - 1
        elif word == "," and (close := apposition(line, i)):
            limit += close - i
            i = close
        elif not (tag.startswith(("RB", "POS")) or _passed_over(line, i)):
            return None, seen
        i += 1
    return None, seen


def _whole_verb(line: Line, i: int) -> bool:
    """Whether an auxiliary is the verb itself: `are clearly out of favor`."""
    after = i + 1
    while after + 1 < line.last and (
        (line.tags[after] == "RB" and line.words[after] != "not")
        or line.words[after] in {"both", "all", "each"}
    ):
        after += 1
    tag = line.tags[after] if after < line.last else "V"
    return not tag.startswith(("V", "RB", "TO")) or line.words[after : after + 2] == ["out", "of"]


def _passed_over(line: Line, i: int) -> bool:
    """Words that may stand between a subject and its verb."""
    word = line.words[i]
    if word == ",":
        return line.word(i + 1) in {"which", "long", "meanwhile", "in", "however"}
    if word == "like" and line.word(i - 1).startswith("look"):
        return True  # "do not look like taking over"
    return word in _BETWEEN or line.word(i - 1) == "("


_BETWEEN = vocabulary(
    "( ) that which n't also either both each investment products focused - backed linked mutual"
)


def _subject(draft: Draft, ends: Ends, verb: int, auxiliaries: set[str]) -> None:
    line, word = draft.line, draft.line.words[verb]
    after = _clause_tail(line, verb + 1)
    passive = bool(auxiliaries & BE) and line.tags[verb] in {"VBN", "VBD"}
    if _undergoes(draft, ends, verb, passive=passive):
        return
    if word in cues.TAKE_LEAD and lead_word(draft, after):
        draft.lead(verb, tos=[ends], froms=_behind(draft, verb, FROM_PREPOSITIONS | {"over"}))
    elif word.startswith("t") and word in cues.TAKE_LEAD and after[:1] == ["over"]:
        froms = _behind(draft, verb, frozenset({"from"}))
        if froms or lead_word(draft, after) or takes_over(line, verb):
            draft.lead(verb, tos=[ends], froms=froms)
    elif word in cues.CEDE and lead_word(draft, after):
        draft.lead(verb, froms=[ends], tos=_behind(draft, verb, TO_PREPOSITIONS))
    elif gives_way(line, verb):
        tos = _behind(draft, verb, TO_PREPOSITIONS | {"for", "behind"})
        if tos:
            draft.lead(verb, froms=[ends], tos=tos)
    elif passive and after[:2] == ["aside", "by"]:
        draft.lead(verb, froms=[ends], tos=_behind(draft, verb, frozenset({"by"})), whole=False)
    elif word in cues.SUPPLANT and not passive:
        draft.lead(verb, tos=[ends], froms=_direct(draft, verb), whole=False)
    elif word in cues.SUPPLANT:
        draft.lead(verb, froms=[ends], tos=_behind(draft, verb, frozenset({"by", "with"})),
                   whole=False)  # fmt: skip
    elif rises(word, after):
        draft.lead(verb, tos=[ends], whole=after[1:2] != ["place"], confidence=0.75)
    else:
        _favor(draft, ends, verb, [word, *after]) or _funds(draft, ends, verb, after)


def _undergoes(draft: Draft, ends: Ends, verb: int, *, passive: bool) -> bool:
    """X is dumped, X is bought; X that is left behind only lags."""
    line, word = draft.line, draft.line.words[verb]
    if word in _BOUGHT and (passive or _elliptic(line, verb)):
        frame = draft.weak(verb)
        frame.tos.append(ends)
        stated = word.startswith(("favo", "prefer"))  # a liking, no move
        frame.whole = passive and not stated and _by_traders(line, verb)
    elif passive and word in (cues.LEAVE | cues.LEAVE_WEAK | cues.SWAP):
        if word == "left" and line.word(verb + 1) == "behind":
            if _BEHIND_AS.match(" ".join(line.words[verb + 1 : line.last])):
                draft.weak(verb).froms.append(ends)
            return True
        frame = draft.frame(verb)
        frame.froms.append(ends)
        frame.nominal = False
        frame.whole = word in cues.LEAVE or _by_traders(line, verb)
    else:
        return False
    return True


_BEHIND_AS = re.compile(
    r"behind (?:[^,;]{2,30} )?(?:as|while|when) (?:\w+ ){0,3}(?:investors|traders|buyers|money"
    r"|funds|managers|everyone)\b"
)
"""`X was left behind as investors chased Y`; what is only left behind lags."""


def _by_traders(line: Line, verb: int) -> bool:
    """`Were sold by overseas funds`."""
    if line.word(verb + 1) != "by":
        return False
    return any(
        line.words[i] in TRADERS and line.word(i + 1) not in {"'s", "'"}
        for i in range(verb + 2, min(line.last, verb + 6))
    )


_BOUGHT = vocabulary("bought chased favored favoured embraced preferred snapped scooped")


def _elliptic(line: Line, verb: int) -> bool:
    """`staples were sold, chips bought`: the auxiliary is left out."""
    ends_there = line.word(verb + 1) in {".", ",", ";", ""}
    return ends_there and bool(BE & set(line.words[line.first : verb]))


def _behind(draft: Draft, verb: int, prepositions: frozenset[str]) -> list[Ends]:
    return [
        ends
        for ends in draft.ends
        if ends.governor > verb and ends.preposition in prepositions
        and ends.governor - verb < 12
    ]  # fmt: skip


def _direct(draft: Draft, verb: int) -> list[Ends]:
    return [ends for ends in draft.line.lists if ends.governor == verb and not ends.preposition]


def _favor(draft: Draft, ends: Ends, verb: int, words: list[str]) -> bool:
    """Falling out of favor, coming back into fashion."""
    for style in ("favor", "favour", "fashion", "vogue", "style"):
        if style not in words or {"in", "out"} <= set(words[: words.index(style)]):
            continue
        i = words.index(style)
        if words[i + 1 : i + 2] == ["of"]:
            continue
        before = words[max(0, i - 2) : i]
        if before[-2:] == ["out", "of"] or before[-1:] == ["from"] or words[0].startswith("los"):
            draft.lead(verb, froms=[ends], confidence=0.7)
            return True
        if before[-1:] in (["into"], ["in"]) and words[0] not in _STATES:
            draft.lead(verb, tos=[ends], confidence=0.7)
            return True
    return False


_STATES = vocabulary("is are was were stay stays stayed remain remains remained staying remaining")


def _funds(draft: Draft, ends: Ends, verb: int, after: list[str]) -> bool:
    """Money that went into or out of the funds of a group."""
    line, word = draft.line, draft.line.words[verb]
    tail = set(after)
    drawn = _behind(draft, verb, FROM_PREPOSITIONS)
    securities = {line.words[ends.last - 1]} & SECURITIES
    lured = word.startswith(("attract", "dr", "lur")) and securities and tail & _MONEY_NOUNS
    if lured and not drawn:
        draft.lead(verb, tos=[ends], confidence=0.75)
        return True
    paid = word.startswith(_LURES) and tail & cues.AMOUNT and tail.isdisjoint(_OTHER_MONEY)
    if paid and line.has(_PAYERS) and not drawn:
        draft.lead(verb, tos=[ends], confidence=0.75)
        return True
    if word in cues.GATHER and drawn and tail & cues.THEME:
        draft.lead(verb, tos=[ends], froms=drawn)
        return True
    inside = set(line.words[ends.first : ends.last + 1])
    funds = bool((inside | set(line.words[ends.last : verb])) & (FUNDS | {"products"})) or line.has(
        vocabulary("funds fund etfs etf inflows outflows")
    )
    if no_flow(word, after):
        return True
    if (word in cues.SHED or inside & FUNDS) and tail & cues.OUTFLOW:
        draft.lead(verb, froms=[ends])
    elif (word in cues.GATHER or inside & FUNDS) and tail & cues.INFLOW:
        draft.lead(verb, tos=[ends])
    elif not funds or not (tail & cues.AMOUNT or "half of" in " ".join(after)):
        return False
    elif word.startswith(_LOSES) or (word.startswith("hand") and after[:1] == ["back"]):
        draft.lead(verb, froms=[ends])
    elif word in cues.GATHER and not word.startswith(("see", "saw", "ha", "post", "report")):
        draft.lead(verb, tos=[ends])
    else:
        return False
    return True


_LURES = ("attract", "drew", "draw", "lur", "suck", "soak")
_PAYERS = vocabulary(
    "money investors foreigners traders fpis fiis inflows buyers funds institutions"
)
_OTHER_MONEY = vocabulary(
    "subsidies venture deposits orders loans funding grants fines aid backing"
)
_LOSES = ("los", "bled", "bleed", "shed", "hemorrhag")


def _clause_tail(line: Line, start: int) -> list[str]:
    """Up to seven words of the clause from `start`."""
    tail = list(line.words[start : min(line.last, start + 7)])
    ends = [i for i, word in enumerate(tail) if word in BOUNDARY or (word == "as" and i)]
    return tail[: ends[0]] if ends else tail
