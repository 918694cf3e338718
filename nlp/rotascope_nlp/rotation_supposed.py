"""Whether a claim is only supposed: a condition, a wish, a forecast, advice, or a rule."""

from __future__ import annotations

import re

from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_embedded import GENERIC
from rotascope_nlp.rotation_lists import Line
from rotascope_nlp.rotation_tense import OVER

_MODALS = vocabulary("could might may would should can must")
_MODAL_REACH = 18
_PERIODS = vocabulary("coming year years quarter quarters month months decade week half")
_FUTURE = vocabulary("will 'll wo shall")
_HYPOTHETICAL = vocabulary(
    """
    possible possibly potential potentially possibility likelihood prospect prospects hope
    hoping hoped wants want wanting anticipate anticipates anticipated forecast forecasts
    predict predicts predicted predicting prediction poised verge ready bet betting likely
    consider considering whether unless recommend recommends recommended recommending urge
    urges urged urging advise advises advised advising speculate expect expects
    expected expecting expectation expectations awaiting await wish wishing eventual
    eventually someday candidate candidates looming debate debating mull mulling weigh
    ponder pondering bracing counting imminent suppose watch await
    """
)
_ABOUT = vocabulary(
    """
    risk risks fears fear talk chatter speculation calls hopes predictions concern
    concerns
    """
)
"""Hypothetical before `of`, `for`, `about`, `that`: fears of a rotation."""
_IN_THE_CYCLE = re.compile(
    r"\bas (?:the|a|an) (?:\w+ ){0,2}(?:cycle|expansion|recovery|economy|bull market)"
    r" (?:matur|ag|end|begin|progress|unfold|slow|improv)\w*"
    r"|\b(?:late|early) in (?:the|a|an) (?:\w+ )?cycle"
)
"""`As the cycle matures, leadership rotates`: lore."""
_WONDERED = frozenset({"wonder", "wonders", "wondering", "wondered"})
_ASKED = re.compile(
    r"\b(?:nobody|no one|hard to|too early to|impossible to) (?:can |could |will )?"
    r"(?:say|tell|know)s?\b.*\b(?:if|whether)\b"
    r"|\bask(?:s|ed|ing)? (?:\w+self |\w+selves )?(?:if|whether)\b"
)
_TO_COME = re.compile(
    r"^(?:\S+ ){0,12}(?:about to begin"
    r"|(?:certain|bound|sure|set|going) to (?:happen|come|begin|start))"
)
_NEAR = 9
"""Words before a claim in which a supposition still governs it."""


def wondered(before: list[str]) -> bool:
    """`I wonder whether money won't go there` supposes, it does not deny."""
    near = before[-9:]
    if _ASKED.search(" ".join(before)):
        return True
    return any(word in _WONDERED and near[i - 1] not in {"no", "little"}
               for i, word in enumerate(near) if i or len(before) < 9)  # fmt: skip


def hypothetical(before: list[str], after: list[str], line: Line, cue: int) -> bool:
    before = _unhedged(before, line.words[cue])
    near = before[-_NEAR - 1 :]
    told = line.tags[cue] == "VBD" and line.words[cue] not in _ANY_TENSE
    if before[-1:] == ["and"] and told and "if" not in before:
        return False  # "they could no longer wait and sold"
    for i, word in enumerate(near[:-1]):
        if word == "and" and near[i + 1] in _ANEW:
            near = near[i + 1 :]
            break  # "investors want less of tech and are buying banks"
    return (
        "?" in line.words[cue : line.last]
        or _conditional(before)
        or bool(_ADVICE & set(before))
        or bool(_TOLD_TO.search(" ".join(before)))
        or bool(_SET_FOR.search(" ".join(before[-14:])))
        or (line.tags[cue] not in {"VBD", "VBN"} and bool(_BASE_CASE.search(" ".join(before))))
        or bool(_UNSETTLED.search(" ".join(after)))
        or bool(_NEXT_YEAR.search(" ".join(line.words[line.first : cue])))
        or ("have" not in before and bool(_WOULD & set(before[-_MODAL_REACH:])))
        or any(_supposes(near, i) for i in range(len(near)))
        or _result_of(before)
        or bool(_MAY_END.search(" ".join(after)))
        or _general(before, after, line, cue)
        or _expected(before, after, line, cue)
    )


def _unhedged(before: list[str], claim: str) -> list[str]:
    """`Funds may be moving`: of what is going on, a hedge and no more."""
    for i, word in enumerate(before):
        if word in {"would", "'d"} and before[i + 1 : i + 2] in (["rather"], ["sooner"]):
            return [*before[:i], *before[i + 1 :]]  # what they like, no condition
        if word not in {"may", "might", "could"}:
            continue
        j = i + 1
        while j < len(before) and (before[j].endswith("ly") or before[j] in _EVEN_NOW):
            j += 1
        verb = [*before[j + 1 :], claim]
        verb = verb[1:] if verb[0] in _EVEN_NOW else verb
        if before[j : j + 1] == ["be"] and verb[0].endswith("ing") and "if" not in before:
            return [*before[:i], *before[j + 1 :]]
    return before


_EVEN_NOW = frozenset({"already", "now", "well", "also", "just", "finally", "even", "indeed"})


def _result_of(before: list[str]) -> bool:
    """`Lower taxes should help, leading to a rotation`: as sure as what it comes of."""
    cause = _RESULT.match(" ".join(before))
    near = cause[1].split()[-_NEAR - 1 :] if cause else []
    return any(_supposes(near, i) for i in range(len(near)))


_RESULT = re.compile(
    r"^(.*) , (?:leading to|(?:push|send|driv|prompt|forc|caus|trigger|spark|encourag|spurr)ing)"
    r" [^,]*$"
)
_MAY_END = re.compile(
    r"^(?:is that |that |it |they |this |, ){0,3}(?:could|may|might) (?:already |soon |now |well )*"
    r"(?:be )?(?:over|ending|end|done|finished|fading|reversing"
    r"|(?:com|draw|near)\w* (?:to )?an end)(?= |$)"
)
"""`The rotation may be coming to an end`: what follows is no more than supposed."""
_UNSETTLED = re.compile(
    r"^(?:[\w'-]+ ){0,9}(?:is|was|has) ?(?:not|n't|yet to be|hardly|never) (?:been |yet |to be )*"
    r"(?:confirmed|proven|established|certain|assured|guaranteed|settled)\b"
)
"""`A rotation into banks is not confirmed in a week`."""
_ANEW = vocabulary("is are was were has have 're 've")
"""An auxiliary behind `and` begins a clause of its own."""


_NEXT_YEAR = re.compile(
    r"\b(?:next|coming) (?:\w+ )?(?:year|quarter|month|half|decade)\b.{0,30}\b(?:will|may|should)\b"
    r"|\bwill be (?:the|a) (?:one|year|time|quarter|month|decade|moment)\b"
)
_AUX_GOING = vocabulary("is are was were 's 're 'm am be been not n't")
_ANY_TENSE = frozenset({"put", "cut", "shed", "quit", "bid"})


def _supposes(near: list[str], i: int) -> bool:
    """Whether word i before a claim makes it a supposition, a wish or a forecast."""
    word, rest = near[i], near[i + 1 :]
    if word in _MODALS | _FUTURE:
        later = word in _FUTURE and not _PERIODS.isdisjoint(near[:i])  # "the coming year will see"
        duty = "have" in rest[:2] and "to" in rest[:4]  # "will have to move"
        return later or duty or not {"have", "see", "tell"} & set(rest[:2])
    if word == "going" and not _AUX_GOING & set(near[max(0, i - 2) : i]):
        return False  # "money going to funds that follow banks"
    if word in _TOWARD and "to" in rest[:2]:
        return word == "going" or len(rest) <= 3
    if not i and word.endswith("ing") and "," in rest:
        return False  # "Hoping to avoid losses, investors sold"
    if word == "watch" and set(rest[:1]) & {"out", ":", "this", "!", "—", "-"}:
        return False
    if len(rest) <= 8:
        return word in _HYPOTHETICAL or (
            word in _ABOUT and bool(_SAYING & set(rest[:2])) and "," not in rest
        )
    return False


def _general(before: list[str], after: list[str], line: Line, cue: int) -> bool:
    """What happens as a rule, or is imagined."""
    behind = after[: after.index(",")] if "," in after else after
    if (set(before) | set(behind[:3])) & GENERIC and not _these_days(before, line, cue):
        return True
    if _ONE_TO_ANOTHER.search(" ".join(after)):
        return True  # "from one sector (like tech) to another"
    if line.tags[cue] in {"VBZ", "VBP"} and _IN_THE_CYCLE.search(" ".join(line.span)):
        return True
    if "vice versa" in " ".join(after) and line.tags[cue] not in {"VBD", "VBN", "VBG"}:
        return True
    if "when" in before[-8:] and line.tags[cue] not in {"VBD", "VBN", "NN"}:
        return True
    if line.span[:1] in (["were"], ["should"], ["had"]) and line.tags[line.first] in {"VBD", "MD"}:
        return "," in line.words[line.first : cue]  # "were rates to fall, money would"
    return bool({"imagine", "suppose"} & set(line.span[:4])) or line.span[:1] == ["say"]


_ONE_TO_ANOTHER = re.compile(r"(?<!the )\bone\b.* (?:an)?other\b")


def _these_days(before: list[str], line: Line, cue: int) -> bool:
    """`Clients are often selling banks`: what goes on now, and no rule."""
    often = before[-1:] in (["often"], ["sometimes"]) and before[-2:-1] in (["are"], ["'re"])
    return often and line.tags[cue] == "VBG" and _WHENEVER.isdisjoint(line.span)


_WHENEVER = frozenset({"when", "whenever", "if", "as"})


def _expected(before: list[str], after: list[str], line: Line, cue: int) -> bool:
    """A rotation would help; a shift is possible; it comes if ..."""
    main = after[: after.index("and")] if "and" in after else after
    main = main[: _own_verb(line, cue, len(main))]
    there = bool({"the", "this", "that"} & set(before[-3:])) and not set(main) & (_START | OVER)
    modal = set(main[:14]) & (_MODALS | _FUTURE) - {"must"}
    if line.tags[cue].startswith("N") and modal and not there:
        return True
    close = set(after[:14])
    if _TO_COME.search(" ".join(after)):
        return True
    if {"expect", "expects", "expected", "should", "will"} & set(before) and "before" in before[
        -5:
    ]:
        return True
    states = close & {"is", "are", "looks", "seems", "'s"}
    if close & _LIKELY and states and not _DUE_TO.search(" ".join(after[:14])):
        return True
    if "if" in after and line.tags[cue] in {"VB", "VBP", "NN"} and "even" not in after:
        i = after.index("if")
        if not {"that", "which", "who"}.isdisjoint(after[:i]):
            return False  # "to stocks that gain if rates fall": the gain hangs on it
        return not (i and after[i - 1] == "," and "," in after[i : i + 6])
    return False


def _own_verb(line: Line, cue: int, words: int) -> int:
    """How many words behind a noun stand before its verb, which is no modal: `gathered speed`."""
    behind = range(cue + 1, cue + 1 + words)
    verbs = (i for i in behind if line.tags[i] in {"VBD", "VBZ"} and line.words[i] not in _SAID)
    return next(verbs, cue + 1 + words) - cue - 1


_SAID = vocabulary("said says expects predicted is was seems appears")


_ADVICE = vocabulary(
    "advise advises advised advising recommend recommends recommended recommending urge urges"
    " urged urging"
)
_TOLD_TO = re.compile(
    r"\b(?:tell|tells|telling|told|asking|wants?) (?:\w+ )?"
    r"(?:clients|investors|customers|readers|subscribers|members) (?:in \S* |\w+ )?to\b"
    r"|\b(?:been|are|were|is|was) (?:told|advised|urged|encouraged) to\b|\bsa(?:ys?|id) to"
    r"(?:$| (?:buy|sell|own|avoid|rotate|move|add|dump|trim|shift|switch)\b)"
)
_SET_FOR = re.compile(
    r"\b(?:(?:stage|scene|table) (?:\w+ ){0,3}(?:set|laid)|sett\w* the stage|pav\w* the way"
    r"|look(?:s|ing)? for|call(?:s|ed|ing)? for|ripe|room|scope|case|time|moment) (?:for|to)\b"
    r"(?: [\w'-]+){0,4}(?: to)?$|\blook(?:s|ing)? for(?: [\w'-]+){0,4}$"
    r"|\b(?:notion|idea|premise|thesis|theory|prospect|possibility|dream)s? (?:of|that)"
    r"(?: [\w'-]+){0,5}$"
    r"|\bwith (?:(?!in |\w+ing |quick|eager|keen|happy|able|free)[\w'-]+ ){1,4}to$"
)
_BASE_CASE = re.compile(
    r"\b(?:(?:base|bull|bear|best|worst|central) ?-? ?case|scenario|forecast|assumption)"
    r" (?:[\w'-]+ ){0,6}?is (?:that|for)\b(?!.*\b(?:are|is|have|has|been)\b)"
)
"""`Our base case is that funds move into banks`: no more than foreseen."""
_WOULD = vocabulary("could might would")
_TOWARD = vocabulary(
    "going need needs ought supposed set about time due ready way sense wise prudent"
)
_SAYING = vocabulary("of for about that")
_START = vocabulary("begin start come happen resume arrive materialize emerge develop")
_DUE_TO = re.compile(r"\bdue to (?:an?|the|this|that|its|their|higher|lower|rising|falling)\b")
_LIKELY = vocabulary("possible likely expected conceivable due")


def _conditional(before: list[str]) -> bool:
    if "if" in before:
        i = len(before) - 1 - before[::-1].index("if")
        concessive = (i and before[i - 1] == "even") or "," in before[i + 1 : i + 4]
        return not concessive
    return "unless" in before or "whether" in before
