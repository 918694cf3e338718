"""What pronouns and umbrella words stand for: `the sector`, `these groups`, `defensives`."""

from __future__ import annotations

from collections.abc import Sequence

from rotascope_nlp.groups import ABROAD, POSTURES
from rotascope_nlp.market_words import COPULA, vocabulary
from rotascope_nlp.rotation_lists import Ends, Line

_OPEN = vocabulary("— – - -- ( :")
_POINTING = vocabulary("this that the such")


def groups_of(many: Sequence[Ends], line: Line, before: Line | None) -> list[str]:
    """The ids of some ends, pronouns resolved; in order, each once."""
    found: list[str] = []
    for ends in many:
        found += ends.groups or _antecedent(ends, line, before)
        found += _members(ends, line, before)
    return list(dict.fromkeys(found))


def _antecedent(ends: Ends, line: Line, before: Line | None) -> list[str]:
    """The list named last before a pronoun, in its sentence or the one before."""
    if line.words[ends.first : ends.first + 2] == ["the", "only"]:
        return []  # "stock funds were the only group to lose money"
    here = [each for each in line.lists if each.last <= ends.first]
    if line.word(ends.last - 1) in {"former", "latter"}:
        return _of_two(here or (before.lists if before else []), line.word(ends.last - 1))
    if any(each.used for each in here):
        return []
    if here:
        return _nearest(here, ends, line)
    if before and before.lists:
        subjects = [each for each in before.lists if not each.preposition]
        named = [each for each in subjects if not _predicate(before, each)]
        return _nearest(named or subjects or before.lists, ends, line)
    return []


def _of_two(many: Sequence[Ends], which: str) -> list[str]:
    """`The former` and `the latter` of two lists, or of the two groups of one."""
    if len(many) > 1:
        return many[0 if which == "former" else -1].groups
    groups = many[0].groups if many else []
    return groups[:1] if which == "former" else groups[1:][-1:]


def _nearest(many: Sequence[Ends], ends: Ends, line: Line) -> list[str]:
    """The last of some lists; `the sector` is no country and no index of one."""
    if line.word(ends.last - 1) in {"sector", "sectors", "industry", "industries"}:
        sectors = [each for each in many if not ABROAD.issuperset(each.groups)]
        many = sectors or many
    return many[-1].groups


def _predicate(line: Line, ends: Ends) -> bool:
    """`Utilities are the bond proxies`: what a group is said to be."""
    return line.word(ends.governor) in COPULA


def _members(ends: Ends, line: Line, before: Line | None) -> list[str]:
    """`The defensive sectors - A, B and C - fell.  This rotation out of defensives`: A, B, C."""
    if before is None or not ends.groups or not POSTURES.issuperset(ends.groups):
        return []
    if _POINTING.isdisjoint(line.words[line.first : line.first + 2]):
        return []
    for one in before.lists:
        opened = not _OPEN.isdisjoint(before.words[one.first : one.last])
        if opened and len(one.groups) > 1 and one.groups[:1] == ends.groups:
            return one.groups[1:]
    for one, other in zip(before.lists, before.lists[1:], strict=False):
        gap = before.words[one.last : other.first]
        if one.groups == ends.groups and gap and _OPEN.issuperset(gap):
            return other.groups
    return []
