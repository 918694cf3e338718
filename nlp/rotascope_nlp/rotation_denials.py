"""Turns of phrase that deny a claim without a negation: stopped, far from, few, warned against.

Each is looked for in the words that govern the claim: back from its cue to the last comma, or to
a verb of its own (`no longer afraid, investors bought`, `stopped waiting and are buying`).
"""

from __future__ import annotations

import re

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_lists import Line

_REACH = 16
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_CUTS = vocabulary(", ; : while whereas although though because as —")
_ANEW = vocabulary("then instead consider start begin look keep use")
_AUXILIARY = vocabulary("is are was were has have had did does do 's 're 've will would")
_NOT = r"(?:not|n't|never|cannot|nor|hardly|scarcely|nobody|without|unable to|(?:hard|tough) to)"
_STOP = (
    r"(?:stop(?!s? short)\w*|ceas\w+|quit\w*|halt\w*|suspend\w*|discontinu\w+|avoid\w*"
    r"|resist\w*|postpon\w+|delay\w*|shelv\w+|scrapp\w+|paus\w+|defer\w*|prevent\w*|thwart\w*"
    r"|avert\w*|derail\w*"
    r"|(?:cool|sour)\w* (?:on|to) the (?:idea|notion|prospect) of|forgo\w*|forswear\w*"
    r"|put(?:ting|s)? off|h[eo]ld(?:ing|s)? off(?: on| from)?|g[ai]v(?:e|es|ing|en) up(?: on)?"
    r"|(?:refrain|abstain|desist)\w* from|sh(?:y|ies|ied|ying) away from|stop\w* short of"
    r"|balk\w* at|(?:back|step)\w* away from|thought better of|steer\w* clear of"
    r"|call\w* off|rul(?:e|es|ed|ing) out|ke(?:ep|eps|pt|eping) away from"
    r"|los(?:e|es|t|ing) (?:\w+ )?(?:interest in|appetite for))"
)
_REFUSE = (
    r"(?:declin\w+|refus\w+|fail(?!ure)\w*|neglect\w*|hesitat\w+|reluctan\w+|unwilling\w*|loath"
    r"|hesitant|unable|wary|ceas\w+"
    r"|(?:abandon|dropp|cancel|scrapp|shelv|ditch)\w* (?:\w+ )?(?:plans?|efforts?|attempts?)"
    r"|(?:resist|ignor|fought|fight|snubb|rebuff|spurn|shrugg)\w*(?: off)?"
    r" (?:the |any |an? )?(?:\w+ )?"
    r"(?:urge|temptation|pressure|calls|impulse)|in no (?:rush|hurry|mood|position)"
    r"|(?:no|little|scant|not much) (?:reason|need|incentive|desire|appetite|plans?|intention))"
)
_NOT_A_FEW = r"(?<!\ba )(?<!the )(?<!past )(?<!last )(?<!next )(?<!these )(?<!no )"
_OWNERS = "|".join(sorted(cues.INVESTORS - {"we", "you", "many", "some", "retail"}))

_NO_LONGER = re.compile(r"\bno longer\b")
_NOUNS = "|".join(sorted(cues.MOVE_NOUNS - cues.CARRIERS))
_STOPPED = re.compile(
    rf"\b{_STOP}(?= (?:\w+ly )?(?:\w+ing|the|their|its|his|her|our|all|any|further|plans?"
    rf"|(?:an? (?:\w+ )?)?(?:{_NOUNS}|rotation))\b)"
    r"|\b(?:ke(?:ep|eps|pt|eping)|prevent\w*|stopp?\w*|block\w*|barr\w*|bann\w*)"
    r" (?:[\w'-]+ ){1,3}from(?= \w+ing\b)"
)
_REFUSED = re.compile(rf"\b{_REFUSE}(?: for now)? (?:to|in)\b")
_INSTEAD = re.compile(
    r"\b(?:rather than|instead of|as opposed to|in lieu of|far from|anything but|short of"
    r"|nowhere near|let alone|without|not so much)(?: \w+ly)?(?: \w+ing)?(?: \w+)? ?$"
)
_FEW = re.compile(
    rf"{_NOT_A_FEW}\bfew (?:(?!(?:investors|other|years|quarters|months|weeks|days)\b)\w+ )?"
    rf"(?:{_OWNERS}|are|have|want\w*|were|had"
    r"|of)\b|\b(?:hardly|barely|scarcely|almost no|little|scant|precious little|not much)"
    r" (?:any |new |fresh |of the )?(?:anyone|anybody|money|cash|capital|investors?|funds?"
    r"|traders?|managers?)\b|\bnot a single\b|\bno ?(?:-|one)\b"
)
_SELDOM = re.compile(r"\b(?:scarcely|barely|seldom|rarely)(?: \w+){0,3} ?$")
_AGAINST = re.compile(
    r"\b(?:warn|caution|advis|advice|counsel|recommend|argu|urg|guard)\w*"
    r"(?: (?!against)[\w']+){0,5} against\b"
    r"|\b(?:discourag|dissuad|deter)\w*(?: \w+){0,4} from\b"
    r"|\b(?:warn|caution|advis|urg|tell|told)\w*(?: \w+){0,4} not to\b"
    r"|\b(?:s[kc]eptical|doubtful|dubious) (?:of|about)(?= (?:an?|any|the|\w+ing)\b)"
    r"|\b(?:premature|too (?:early|soon|late|risky)|unwise|imprudent|foolish|folly|mistake|risky"
    r"|dangerous)(?: for (?:\w+ ){1,3}| )to\b"
)
_INSISTED = re.compile(
    rf"\b(?:{_NOT}|no|no one|(?:impossible|difficult) to|fail\w* to"
    r"|nothing (?:can|could|did|will|would)) (?:\w+ ){0,2}?"
    rf"(?:{_STOP}|{_REFUSE}|(?:prevent|deter|ke[ep]|discourag|dissuad|miss|mistak|ignor|overlook"
    r"|den[iy]|disput|argu|escap|hid|disguis)\w*)(?= |$)"
    r"|\bnothing if not\b"
    r"|\b(?:hard|difficult|tough|impossible|foolish|wrong) not to\b"
)
_PREDICATE = re.compile(
    r"^(?:(?:has|have|had|is|was|are|were|been|be|being|seems?|seemed|appears?|appeared|looks?"
    r"|to|now|all|but|since|already|largely|mostly|finally|suddenly|\w+ly) )*"
    r"(?:halted|ceased|stopped(?! being)|paused|dr(?:ied|ies|ying) up|r[au]ns? dry"
    r"|on (?:hold|ice|pause)"
    r"|(?:(?:come|came|ground|grinds|drew|drawn)(?: \w+)?) to (?:a|an) (?:\w+ )?(?:halt|standstill"
    r"|stop|pause)|run into the sand|hit (?:a|the) (?:wall|brakes)|exaggerated|overstated"
    r"|overblown|premature|a (?:myth|mirage|fiction|fantasy)|cancelled|canceled|shelved"
    r"|called off|abandoned)\b"
)
_NOTION = re.compile(
    r"\b(?:notion|idea|talk|belief|claims?|story|narrative|view|reports|suggestions?|theory"
    r"|rumou?rs?|perception|hopes?|expectations?) that\b"
    r"|\b(?:talk|fears?|worries|reports|rumou?rs?|speculation|predictions?|warnings?|claims?"
    r"|hopes?|expectations?|bets?|forecasts?) (?:of|for|on)"
    r"(?: [\w'-]+){0,4}$"
    r"|\b(?:anyone|anybody|whoever|those|people) (?:who )?"
    r"(?:says?|thinks?|claims?|believes?|tells?)\b"
)
_UNTRUE = re.compile(
    r" (?:is|are|was|were|looks?|seems?) (?:just |simply |largely |greatly |all |an? ){0,2}"
    r"(?:myth|mistaken|wrong|false|exaggerat\w+|overblown|overstated|unfounded|fiction|fantasy"
    r"|nonsense|overdone|premature|misplaced|wide of the mark|false dawn|untrue"
    r"|without foundation)\b"
    r"| (?:do|does|did)(?: not|n't) (?:(?:really|quite|even) )?"
    r"(?:hold (?:up|water)|survive|stack up|stand up|add up|wash|bear (?:out|scrutiny))\b"
    r"| (?:has|have) (?:not|never) (?:looked at|read|seen|checked) the\b"
    r"| (?:(?:has|have|had|was|were|been|is|are) )*(?:dashed|c[ao]me to nothing)\b"
    r"| (?:proved|turned out)(?: to be)?"
    r" (?:misplaced|wrong|unfounded|premature|mistaken|empty|false)\b"
)
_SAID_UNTRUE = re.compile(
    r"\b(?:it|this|that) (?:is|was|'s|would be|'d be) (?:(?:just|simply|plainly|also|clearly) )?"
    r"(?:an? )?(?:un|not )?(?:true|false|wrong|mistaken|incorrect|inaccurate|misleading|myth"
    r"|mistake|error|nonsense|fiction|case)"
    r" (?:to (?:say|think|claim|believe|suppose|argue|conclude|assume) |that )"
)
"""`It is untrue that money leaves banks`, `it would be a mistake to think so`; what is true or the
case is said to be so, and `not wrong` too: see `untrue`."""
_SAID_TRUE = re.compile(
    r"\b(?:not|n't) (?:(?:entirely|exactly|at all) )?(?:wrong|untrue|false|a mistake|nonsense"
    r"|an? (?:exaggeration|stretch|secret))"
    r" (?:to (?:say|think|claim|believe|argue|conclude) |that )"
    r"|\b(?:no|hardly a) secret that "
    r"|\b(?:wrong|a mistake|foolish|hard|difficult) not to"
    r" (?:say|think|believe|conclude|see|notice)\b"
)
_NOTHING = re.compile(
    r"\bnothing (?:\S+ ){0,8}?(?:suggest|indicat|show|point|hint)\w*(?= |$)"
    r"|(?<!\ba )\b(?:little|scant|precious little|not much|hardly anything)"
    r" (?:(?:\w+ ){0,4}to |that )(?:suggest|indicat|show|prove|point|hint)\w*(?= |$)"
    r"|\b(?:i|we|he|she|they|who|analysts?|strategists?|bears|bulls) (?:\w+ )?doubt(?:s|ed)?\b"
)
_NO_SIGN = re.compile(r"\b(?:not|n't|never|no (?:sign|signs|hint|indication|evidence) of)\b")


_TALK = re.compile(
    r"\b(?:(?:despite|notwithstanding|in spite of)"
    r"(?: (?:all|much|so much|some|months|weeks|years|recent|of|any|loud|endless))*"
    r"|for all(?: of)?)(?: (?:the|this|that|\w+ 's|their|our))?(?: (?!of\b)\w+){0,2}?"
    r" (?:talk|chatter|speculation|hype|buzz|noise|predictions?|forecasts?|claims?|reports"
    r"|rumou?rs?|excitement|clamou?r|promises?)(?: (?!(?:but|and)\b)[\w'-]+){0,4}?"
    r" (?:of|about|that|for|over)(?= )"
)
"""`Despite all the talk of a rotation`, it has not come."""
_HOPED = re.compile(
    r"^(?:(?:but|and|yet) )?(?:anyone|anybody|everyone|those|whoever|people|investors|traders|bulls"
    r"|bears|managers|savers|strategists)(?: (?:who|that))?(?: (?:had|have|has|were|are|was|still"
    r"|\w+ly))*"
    r" (?:expect|hop|wait|look|bet|count|bank|position|predict|forecast|dream|wager|pray)\w*\b"
)
_LET_DOWN = re.compile(
    r"\b(?:(?:has|have|had|is|are|was|were) (?:(?:been|once|again|so far|badly|sorely|all|left"
    r"|\w+ly) )*(?:disappointed|let down|wrong|wrong-footed|mistaken|frustrated|empty ?-? ?handed"
    r"|out of luck|still waiting)|in vain)\b"
)
_RELATIVE = re.compile(r" , (?:which|who|whose) ")


def opened(line: Line, start: int) -> int:
    """The start of a clause, moved back over an `anything but` or `as opposed to` it cut."""
    cut = line.word(start - 2), line.word(start - 1)
    if cut == ("anything", "but"):
        return start - 2
    return start - 1 if cut[1] == "as" and line.word(start) == "opposed" else start


def _words(line: Line, start: int, cue: int) -> list[int]:
    """The tokens that govern the claim at `cue`, itself included."""
    first = max(start, cue - _REACH)
    for i in range(cue - 1, first - 1, -1):
        word, after = line.words[i], line.words[i + 1]
        joined = word in {"and", "or", "then", "but"} and line.word(i - 1) != "anything"
        own = line.tags[i + 1] in _FINITE or after in _AUXILIARY or after in _ANEW
        if word in _CUTS and not (word == "as" and after == "opposed"):
            first = i + 1
            break
        if joined and (own or (i + 1 == cue and line.tags[cue] == "VBN")):
            first = i + 1
            break
        if word == "by" and line.tags[i + 1] == "VBG":
            first = i + 1
            break
    return list(range(first, cue + 1))


def _governs(line: Line, words: list[int], pattern: re.Pattern[str], *, verbs: int = 0) -> bool:
    """Whether a phrase stands in the words before a cue, with no more finite verbs between."""
    text = " ".join(line.words[i] for i in words)
    for found in pattern.finditer(text):
        last = words[0] + len(text[: found.end()].split())
        if pattern is _STOPPED and _of_a_group(line, last, words[-1]):
            continue
        finite = sum(line.tags[i] in _FINITE for i in range(last, words[-1] + 1))
        if finite <= verbs and last <= words[-1] + (pattern is not _INSTEAD):
            return True
    return False


def _of_a_group(line: Line, start: int, cue: int) -> bool:
    """`To give up on the oil patch and buy banks`: a group is given up, and no move."""
    for ends in line.lists:
        if start <= ends.first <= start + 1 and ends.last <= cue:
            return not {"and", "then"}.isdisjoint(line.words[ends.last : cue])
    return False


def insisted(line: Line, start: int, cue: int) -> bool:
    """`Investors cannot stop buying`, `did not hesitate to sell`: two negations assert."""
    return _governs(line, _words(line, start, cue), _INSISTED)


def said_true(line: Line, start: int, cue: int) -> bool:
    """`It is not wrong to say that money leaves banks`, `it would be wrong not to say so`."""
    return bool(_SAID_TRUE.search(" ".join(line.words[start:cue])))


def advised_against(line: Line, start: int, cue: int) -> bool:
    """`Warned against rotating`, `too early to rotate`: advice, not news."""
    return _governs(line, _words(line, start, cue), _AGAINST)


def refrained(line: Line, start: int, cue: int) -> bool:
    """Whether the words before a claim say that it has stopped, or is not done."""
    words = _words(line, start, cue)
    if _governs(line, words, _NO_LONGER, verbs=1) or _governs(line, words, _FEW, verbs=2):
        return True
    if _NOTHING.search(" ".join(line.words[start:cue])):
        return True
    if _governs(line, words, _STOPPED) or _governs(line, words, _REFUSED):
        return True
    bare = words[:-1]
    if not bare or line.tags[cue] in {"VBD", "VBZ", "VBP"}:
        return bool(bare) and bool(_SELDOM.search(" ".join(line.words[i] for i in bare)))
    text = " ".join(line.words[i] for i in bare)
    return bool(_INSTEAD.search(text) or _SELDOM.search(text))


def talked_of(line: Line, start: int, cue: int) -> bool:
    """`For all the talk of a switch into banks, ...`: the sentence goes on to deny it."""
    words = _words(line, max(line.first, start), cue)
    return _governs(line, words, _TALK, verbs=1)


def let_down(line: Line, cue: int) -> bool:
    """`Those who hoped for a rotation into banks have been disappointed`."""
    if line.tags[cue] == "VBD":
        return False  # "investors looking for income sold banks, which had disappointed"
    before = " ".join(line.words[line.first : cue])
    after = " ".join(line.words[cue + 1 : line.last])
    return bool(_HOPED.match(before) and _LET_DOWN.search(_RELATIVE.split(after, maxsplit=1)[0]))


def untrue(before: list[str], after: list[str]) -> bool:
    """`The notion that investors are leaving banks is a myth`; `talk of a flight is overdone`."""
    told = " ".join(before)
    verdict = _SAID_UNTRUE.search(told)
    if verdict is not None:
        words = verdict.group().split()
        true = not {"true", "case"}.isdisjoint(words)
        return true == ("not" in words)
    return bool(_UNTRUE.search(f" {' '.join(after)}") and _NOTION.search(told))


def called_off(line: Line, cue: int) -> bool:
    """`The rotation into banks has halted`: the predicate of the noun at `cue` takes it back."""
    named = {i for ends in line.lists for i in range(ends.first, ends.last)}
    for i in range(cue + 1, min(line.last, cue + 20)):
        if i in named:
            continue
        if line.words[i] == "drying" and line.word(i + 1) == "up":
            return True
        if line.words[i] in _CUTS:
            return False
        if line.tags[i] in _FINITE:
            text = " ".join(line.words[i : min(line.last, i + 12)])
            found = _PREDICATE.match(text)
            return found is not None and not _NO_SIGN.search(found.group())
    return False
