"""What the readers of one sentence share: its claims so far, and common word classes."""

from __future__ import annotations

from dataclasses import dataclass, field

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_lists import Ends, Line

BOUNDARY = vocabulary(
    """
    while whereas but although though because which who after before when if ; : until
    """
)


_PEOPLE = vocabulary(
    "investors traders managers crowd bulls bears allocators holders buyers cash trade rally"
)
"""Investors also where named for what they own, growth investors; cash or a trade that moves."""
_PARTICIPIAL = frozenset({"while", "after", "before", "when", "although", "though"})


AUXILIARY = vocabulary(
    """
    poised set ready likely threaten threatens threatened look looks looked is are was
    were be been being am 's 're 've has have had do does did will would could can may
    might should must 'll get got getting gets seem seems seemed appear appears appeared
    keep keeps kept continue continues continued start starts started begin begins began
    begun seen 'd to help helped
    """
)


BE = vocabulary("is are was were be been being 's 're get got getting gets")


DIRECTED = frozenset({"into", "out of", "away from", "toward", "towards", "in favor of", "onto",
                       "back to", "out from"})  # fmt: skip


SECURITIES = vocabulary("stocks shares equities names funds etfs etf stock")


_COMPANY_WORDS = vocabulary(
    "company company's firm firm's ceo career careers job jobs his her chairman"
    " startup startups salary salaries compensation subsidiary division customers production"
    " employees revenue"
)


_INVESTING = vocabulary(
    """
    investors portfolio portfolios fund funds fund's traders managers holdings etf etfs
    """
)


@dataclass(slots=True)
class Frame:
    """A claim at token `cue`: what is left, what is entered.

    `whole`: one end is enough.  `open`: a rotation that names no end of its own.
    """

    cue: int
    froms: list[Ends] = field(default_factory=list)
    tos: list[Ends] = field(default_factory=list)
    whole: bool = True
    confidence: float = 0.9
    nominal: bool = False
    open: bool = False
    turned: bool = False
    sure: bool = False
    """Read from a whole pattern, so that what moves need not be looked for."""


class Draft:
    """The claims of one sentence while they are being read, by their cue."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.by_cue: dict[int, Frame] = {}
        self.ends = sorted([*line.lists, *line.anaphors], key=lambda ends: ends.first)
        self.found_verbs: set[int] = set()
        self.inside = {i for ends in line.lists for i in range(ends.first, ends.last)}

    def frame(self, cue: int) -> Frame:
        return self.by_cue.setdefault(
            cue, Frame(cue, nominal=self.line.tags[cue].startswith(("N", "JJ")))
        )

    def weak(self, i: int) -> Frame:
        frame = self.frame(i)
        frame.whole, frame.nominal = False, False
        return frame

    def lead(
        self,
        cue: int,
        *,
        froms: list[Ends] | None = None,
        tos: list[Ends] | None = None,
        whole: bool = True,
        confidence: float = 0.85,
    ) -> None:
        frame = Frame(cue, froms or [], tos or [], whole=whole, confidence=confidence, sure=True)
        self.released([*frame.froms, *frame.tos])
        self.by_cue[cue] = frame

    def side(
        self,
        cue: int,
        many: list[Ends],
        *,
        left: bool,
        whole: bool = True,
        confidence: float = 0.85,
    ) -> None:
        """A claim of one side alone: `many` are left, or else entered."""
        froms, tos = (many, []) if left else ([], many)
        self.lead(cue, froms=froms, tos=tos, whole=whole, confidence=confidence)

    def released(self, many: list[Ends]) -> list[Ends]:
        """Ends taken away from every other claim."""
        for ends in many:
            ends.used = True
            for other in self.by_cue.values():
                for side in (other.froms, other.tos):
                    if ends in side:
                        side.remove(ends)
        return many

    def clause(self, i: int) -> list[str]:
        """Words from the start of the clause to the cue, group words left out."""
        line, start = self.line, i
        while start > line.first and not self._bounds(start - 1):
            start -= 1
        words = [
            line.words[j]
            for j in range(start, i)
            if j not in self.inside or line.words[j] in _PEOPLE
        ]
        named = line.of_money or not cues.CARRIERS.isdisjoint(line.words[line.first : start])
        if named and "it" in words:
            words.append("money")
        return words

    def _bounds(self, i: int) -> bool:
        """Whether the clause ends at token i; `while buying`, `investors who` do not end it."""
        line, word = self.line, self.line.words[i]
        if word not in BOUNDARY or (word == "before" and line.word(i + 1) in {",", "."}):
            return False  # "from the month before, but moved out of tech"
        if word in _PARTICIPIAL and i + 1 < line.last and line.tags[i + 1] == "VBG":
            return False
        if word == "but" and i + 1 < line.last and line.tags[i + 1] in {"VBD", "VBZ", "VBP"}:
            return line.word(i - 1) != "," and line.word(i - 2) == ""
        noun = line.word(i - 2) if line.word(i - 1) == "," else line.word(i - 1)
        return word not in {"who", "which"} or noun not in cues.THEME


def company_move(line: Line) -> bool:
    """Words of a person's or a company's own affairs, and none of investing."""
    if line.has(_INVESTING):
        return False
    return line.has(_COMPANY_WORDS) or any(
        line.words[i] in {"he", "she"} and not _speaks(line, i)
        for i in range(line.first, line.last)
    )


def _speaks(line: Line, i: int) -> bool:
    """`Money got pulled from bonds, he said`: who says it does not do it."""
    return any(
        word.startswith(("sa", "add", "wr", "not", "tol")) and word != "saw"
        for word in (line.word(i - 1), line.word(i + 1))
    )


def other_sense(line: Line, i: int) -> bool:
    near = line.words[max(line.first, i - 8) : min(line.last, i + 9)]
    return not cues.OTHER_SENSE.isdisjoint(near)
