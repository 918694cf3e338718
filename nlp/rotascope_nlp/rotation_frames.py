"""Frames: a word that claims a flow with the groups it says are left and entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import DOWN, HEADS, UP, forms, vocabulary
from rotascope_nlp.rotation_lists import (
    FROM_PREPOSITIONS,
    TO_PREPOSITIONS,
    Ends,
    Line,
    flow_groups,
)

_BOUNDARY = vocabulary(
    """
    while whereas but although though because which who after before when if ; : until
    """
)
_AUXILIARY = vocabulary(
    """
    poised set ready likely threaten threatens threatened look looks looked
    is are was were be been being am 's 're 've has have had do does did will would could
    can may might should must 'll get got getting gets seem seems seemed appear appears
    appeared keep keeps kept continue continues continued start starts started begin begins
    began begun seen 'd to help helped
    """
)
_BE = vocabulary("is are was were be been being 's 're get got getting gets")
_DIRECTED = frozenset({"into", "out of", "away from", "toward", "towards", "in favor of", "onto",
                       "back to", "out from"})  # fmt: skip
_GENERIC = vocabulary(
    """
    go goes went gone going come comes came coming get gets got getting take takes took
    taking put puts putting run runs ran running look looks looked looking find finds found
    back backs backed push pushed charge charged race raced roll rolled step stepped jump
    jumped leave leaving travel surge surged plunge plunged lean leans leaned expand
    expanded widen run turn pack packed march marched
    """
)
_LOOK = vocabulary("look looks looked looking")
_COMPOUND_OK = HEADS | vocabulary(
    """
    exposure positions holdings bets trade trades positioning weightings overweights narratives
    rally territory favorites high-flyers stalwarts investors highfliers giants proxies
    valuations exchange realm bonanza dominance rotation momentum allocation allocations debt
    outperformers winners tickets weights paper credits issuers counterparts peers heavyweights
    weighting concentration risk world universe
    """
)
"""Nouns that leave the group what it is: tech *exposure*; but tech *earnings* are no group."""
_REACH = 26
_TAIL = frozenset({"exposure", "outflows", "inflows"})
_RECEIVE_FOR = (
    cues.LEAVE | cues.LEAVE_WEAK | cues.SWAP | cues.MOVE | cues.ROTATE | cues.ROTATION
)  # fmt: skip
_SEEK = forms("seek/seeks/sought/seeking", "take/takes/took/taken/taking", "look", "find/finds/found"
              "/finding", "run/runs/ran/running", "hunt")  # fmt: skip
_LEAVE_ON = forms("sour", "bail", "cool", "give/gives/gave/given/giving", "lighten", "ease", "cut"
                  "/cuts/cutting")  # fmt: skip
_LOAD_ON = forms("load", "stock", "bulk", "double")
_INTO_REFUGE = cues.HIDE | cues.REFUGE | vocabulary(
    """
    pour pours poured pouring park parks parked parking pile piled piling put puts putting
    plow plowed plowing invest invested investing deploy deployed reinvest reinvested
    """
)  # fmt: skip


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


def find_frames(line: Line) -> list[Frame]:
    """The claims of a sentence, in order; ends that are pronouns are still empty."""
    frames = _Frames(line)
    frames.prepositions()
    frames.objects()
    frames.subjects()
    frames.compounds()
    frames.leadership_over()
    frames.rotation_does()
    frames.headings()
    return frames.valid()


class _Frames:
    def __init__(self, line: Line) -> None:
        self.line = line
        self.by_cue: dict[int, Frame] = {}
        self.ends = sorted([*line.lists, *line.anaphors], key=lambda ends: ends.first)
        self._found_verbs: set[int] = set()
        self._inside = {i for ends in line.lists for i in range(ends.first, ends.last)}

    def frame(self, cue: int) -> Frame:
        return self.by_cue.setdefault(
            cue, Frame(cue, nominal=self.line.tags[cue].startswith(("N", "JJ")))
        )

    def prepositions(self) -> None:
        for ends in self.ends:
            if not ends.preposition:
                continue
            cue = self._cue_before(ends)
            if cue is None:
                if not self._unlisted(ends):
                    self._at_expense(ends)
                continue
            role, line_word = self._role(ends, cue), self.line.words[cue]
            if role == "from":
                frame = self.frame(cue)
                frame.froms.append(ends)
                if line_word in cues.CARRIERS and ends.preposition not in _DIRECTED:
                    frame.whole = False
            elif role == "to":
                self.frame(cue).tos.append(ends)
            ends.used = ends.used or role is not None

    def _unlisted(self, ends: Ends) -> bool:
        """`money sauntered into banks`: a verb that is not listed, told of money or investors."""
        line, i = self.line, ends.governor - 1
        while i > line.first and (line.tags[i].startswith("RB") or line.words[i] == "back"):
            i -= 1
        word = line.words[i]
        if ends.preposition not in _DIRECTED or not line.tags[i].startswith("V"):
            return False
        before = self._clause(i)[-_SUBJECT:]
        if word in UP | DOWN | _NO_MOVES or not set(before) & (cues.MONEY | cues.INVESTORS):
            return False
        if _company_move(line):
            return False
        self._found_verbs.add(i)
        side = {"froms": [ends]} if ends.preposition in FROM_PREPOSITIONS else {"tos": [ends]}
        self._lead(i, confidence=0.7, **side)
        return True

    def _at_expense(self, ends: Ends) -> None:
        """X thrives at the expense of Y."""
        subjects = [e for e in self.line.lists if e.last < ends.first and not e.used]
        if ends.preposition == "at the expense of" and subjects:
            self._lead(ends.governor, froms=[ends], tos=subjects[:1], whole=False)

    def _role(self, ends: Ends, cue: int) -> str | None:
        line, named, word = self.line, ends.preposition, self.line.words[cue]
        if named == "beyond" and word not in (
            cues.ROTATE | cues.ROTATION | cues.MOVE | cues.MOVE_NOUNS
        ):
            return None
        if self._compound(ends) and word not in (cues.ROTATE | cues.ROTATION | cues.STRONG_NOUNS):
            return None
        if named in FROM_PREPOSITIONS or named == "at the expense of":
            return "from"
        if named in TO_PREPOSITIONS:
            return None if word in cues.OUTFLOW else "to"
        between = line.words[cue + 1 : ends.governor]
        if named == "for" and word in _RECEIVE_FOR:
            left = bool({"out", "from", "away"} & set(between)) or word in (
                cues.LEAVE | cues.LEAVE_WEAK | cues.SWAP
            )
            return "to" if left or word in {"dash", "rush", "scramble"} else None
        if named == "with" and word in cues.SWAP:
            return "to"
        if named == "in" and word in _INTO_REFUGE:
            return "to"
        if named == "on" and (word in _LEAVE_ON or {"back", "backs"} & set(between)):
            return "from"
        if named == "on" and word in _LOAD_ON and "up" in between:
            return "to"
        if named == "in" and word.startswith("land") and word != "land":
            return "to"
        if named == "of" and word in cues.PURCHASES and cue == ends.governor - 1:
            return "to"
        if named == "of" and word in {"exodus"}:
            return "from"
        return None

    def _compound(self, ends: Ends) -> bool:
        """`tech earnings`, `bank deposits`: the group only describes another noun."""
        line, i = self.line, ends.last
        if i >= line.last or line.words[i - 1] in HEADS or ends.anaphor:
            return False
        return line.tags[i] in {"NN", "NNS", "VBG"} and line.words[i] not in _COMPOUND_OK

    def _cue_before(self, ends: Ends) -> int | None:
        line, start, carrier = self.line, ends.governor, None
        for i in range(start - 1, max(line.first - 1, start - _REACH), -1):
            if i in self._inside:
                continue
            word = line.words[i]
            if word in cues.CARRIERS and ends.preposition not in _DIRECTED:
                carrier = i if start - i < 3 else carrier
                continue
            if self._is_mover(i):
                return i
            if word in _BOUNDARY or (word == "as" and line.word(i - 1) not in {"such", "well"}
                                     and line.word(i + 1) not in {"well"}):  # fmt: skip
                return carrier
            if line.finite(i) and word not in _AUXILIARY and not cues.is_cue(word):
                return carrier
        return carrier

    def _adjective(self, i: int) -> bool:
        """`rotating equipment`."""
        following = i + 1
        return (
            following < self.line.last
            and following not in self._inside
            and self.line.tags[following] in {"NN", "NNS"}
            and self.line.words[following] not in cues.MONEY
            and self.line.words[i] != "rotate"
        )

    def _is_mover(self, i: int) -> bool:
        word, tag = self.line.words[i], self.line.tags[i]
        if i in self._found_verbs or word in cues.ROTATION:
            return True
        if word in cues.ROTATE:
            return not self._adjective(i)
        if word in cues.HIDE:
            return True
        if word in cues.REFUGE:
            return bool(_SEEK & set(self.line.words[max(self.line.first, i - 4) : i]))
        if word in _LOAD_ON and self.line.word(i + 1) == "up":
            return True
        if tag.startswith("V") or tag in {"NNP", "JJ", "NN"}:
            if word in cues.LEAVE or word in cues.SWAP:
                return True
            if word in cues.LEAVE_WEAK and tag.startswith("V"):
                return True
            if word in cues.MOVE and (tag.startswith("V") or word not in cues.MOVE_NOUNS):
                return tag.startswith("V") or i == self.line.first or tag == "NNP"
            if word in cues.PASSING:
                return tag.startswith("V") or tag == "NN"
        return word in cues.MOVE_NOUNS

    def objects(self) -> None:
        line = self.line
        for ends in self.ends:
            i = ends.governor
            if ends.preposition or i < 0 or self._compound(ends):
                continue
            word = line.words[i]
            if word in cues.LEAVE:
                self.frame(i).froms.append(ends)
            elif word in cues.SWAP:
                self._weak(i).froms.append(ends)
            elif word in cues.LEAVE_WEAK:
                frame = self._weak(i)
                frame.froms.append(ends)
                frame.whole = word.startswith(("left", "leav")) and self._money_subject(i)
            elif word in cues.ENTER:
                self._weak(i).tos.append(ends)
            else:
                continue
            ends.used = True

    def _weak(self, i: int) -> Frame:
        frame = self.frame(i)
        frame.whole, frame.nominal = False, False
        return frame

    def _money_subject(self, i: int) -> bool:
        return any(word in cues.MONEY for word in self._clause(i))

    def _clause(self, i: int) -> list[str]:
        """Words from the start of the clause to the cue, group words left out."""
        line, start = self.line, i
        while start > line.first and line.words[start - 1] not in _BOUNDARY:
            start -= 1
        return [line.words[j] for j in range(start, i) if j not in self._inside]

    def subjects(self) -> None:
        for ends in self.line.lists:
            if self._out_or_in(ends) or self._new_leader(ends):
                continue
            verb, auxiliaries = self.predicate(ends)
            if verb is not None:
                self._subject(ends, verb, auxiliaries)

    def predicate(self, ends: Ends) -> tuple[int | None, set[str]]:
        """The verb behind a list, and the auxiliaries passed on the way."""
        line, seen, i = self.line, set[str](), ends.last
        while i < min(line.last, ends.last + 9):
            word, tag = line.words[i], line.tags[i]
            if tag.startswith("V") or word in UP | DOWN:
                if word not in _AUXILIARY or (
                    i + 1 < line.last and not line.tags[i + 1].startswith(("V", "RB", "TO"))
                ):
                    return i, seen
                seen.add(word)
            elif word in _AUXILIARY or tag == "MD":
                seen.add(word)
            elif word == "," and i + 1 < line.last and line.finite(i + 1):
                pass
            elif word == "," and (close := self._apposition(i)):
                i = close
            elif not (tag.startswith("RB") or word in {"(", ")", "that", "which", "n't", "also", "either", "both", "each"}
                      or line.word(i - 1) == "(" or tag == "POS" or (word == ","
                      and line.word(i + 1) in {"which", "long", "meanwhile", "in", "however"})):  # fmt: skip
                return None, seen
            i += 1
        return None, seen

    def _apposition(self, comma: int) -> int | None:
        """The second comma of `, the engine of the rally,` where a verb follows it."""
        line = self.line
        for i in range(comma + 2, min(line.last - 1, comma + 10)):
            if line.words[i] == ",":
                return i if line.tags[i + 1].startswith(("V", "RB", "MD")) else None
            if line.finite(i):
                return None
        return None

    def _subject(self, ends: Ends, verb: int, auxiliaries: set[str]) -> None:
        line, word = self.line, self.line.words[verb]
        after = _clause_tail(line, verb + 1)
        passive = bool(auxiliaries & _BE) and line.tags[verb] in {"VBN", "VBD"}
        if passive and word in (cues.LEAVE | cues.LEAVE_WEAK | cues.SWAP):
            frame = self.frame(verb)
            frame.froms.append(ends)
            frame.nominal = False
            frame.whole = word in cues.LEAVE
        elif word in cues.TAKE_LEAD and self._lead_word(after):
            self._lead(verb, tos=[ends], froms=self._behind(verb, FROM_PREPOSITIONS | {"over"}))
        elif word.startswith("t") and word in cues.TAKE_LEAD and after[:1] == ["over"]:
            froms = self._behind(verb, frozenset({"from"}))
            if froms or self._lead_word(after):
                self._lead(verb, tos=[ends], froms=froms)
        elif word in cues.CEDE and self._lead_word(after):
            self._lead(verb, froms=[ends], tos=self._behind(verb, TO_PREPOSITIONS))
        elif self._gives_way(verb):
            tos = self._behind(verb, TO_PREPOSITIONS | {"for", "behind"})
            if tos:
                self._lead(verb, froms=[ends], tos=tos)
        elif word in cues.SUPPLANT and not passive:
            self._lead(verb, tos=[ends], froms=self._direct(verb), whole=False)
        elif word in cues.SUPPLANT:
            self._lead(verb, froms=[ends], tos=self._behind(verb, frozenset({"by", "with"})),
                       whole=False)  # fmt: skip
        elif word.startswith("emerg") and {"leader", "leaders", "leadership"} & set(after):
            self._lead(verb, tos=[ends], confidence=0.75)
        else:
            self._favor(ends, verb, [word, *after]) or self._funds(ends, verb, after)

    def _out_or_in(self, ends: Ends) -> bool:
        """Chipmakers are out, drugmakers are in."""
        i = ends.last
        side = self.line.word(i + 1)
        if self.line.word(i) not in _BE or side not in {"out", "in"} or not self._alone(i + 2):
            return False
        self._lead(
            i, froms=[ends] if side == "out" else [], tos=[ends] if side == "in" else [],
            whole=False,
        )  # fmt: skip
        return True

    def _new_leader(self, ends: Ends) -> bool:
        """X are the new leaders, or where the money is going; a new leadership of X."""
        line, i = self.line, ends.last
        tail = line.words[i + 1 : min(line.last, i + 9)]
        leaders = bool({"leaders", "leader", "leadership"} & set(tail)) and "new" in tail
        money = "where" in tail and bool({"money", "cash", "capital"} & set(tail))
        named = ends.preposition in {"of", "in"} and line.words[ends.governor - 1] == "leadership"
        if named:
            fresh = "new" in line.words[max(line.first, ends.governor - 4) : ends.governor]
        else:
            fresh = line.word(i) in _BE | {"become", "became"} and (leaders or money)
        if fresh:
            self._lead(ends.governor if named else i, tos=[ends], confidence=0.75)
        return fresh

    def _alone(self, i: int) -> bool:
        """Nothing but a mark or a conjunction at i."""
        return i >= self.line.last or self.line.words[i] in {",", ".", ";", "and", "while", "!"}

    def _lead_word(self, after: list[str]) -> bool:
        for i, word in enumerate(after[:6]):
            if word in cues.LEADERSHIP and after[i + 1 : i + 2] != ["of"]:
                return True
            if word in {"in", "on", "at", ",", "as"} and i < 2 and word != "as":
                return False
        return False

    def _gives_way(self, verb: int) -> bool:
        following = self.line.words[verb + 1 : verb + 6]
        starts = ("giv", "gave", "mak", "made", "los", "tak", "took", "yield", "ced")
        if not self.line.words[verb].startswith(starts):
            return False
        following = [word for word in following if word not in {"a", "some", "their", "the"}]
        return any(tuple(following[: len(way)]) == way for way in cues.GIVE_WAY) or (
            self.line.words[verb].startswith("yield") and following[:1] == ["to"]
        )

    def _lead(
        self,
        cue: int,
        *,
        froms: list[Ends] | None = None,
        tos: list[Ends] | None = None,
        whole: bool = True,
        confidence: float = 0.85,
    ) -> None:
        frame = Frame(cue, froms or [], tos or [], whole=whole, confidence=confidence, sure=True)
        self._released([*frame.froms, *frame.tos])
        self.by_cue[cue] = frame

    def _released(self, many: list[Ends]) -> list[Ends]:
        """Ends taken away from every other claim."""
        for ends in many:
            ends.used = True
            for other in self.by_cue.values():
                for side in (other.froms, other.tos):
                    if ends in side:
                        side.remove(ends)
        return many

    def _behind(self, verb: int, prepositions: frozenset[str]) -> list[Ends]:
        return [
            ends
            for ends in self.ends
            if ends.governor > verb and ends.preposition in prepositions
            and ends.governor - verb < 12
        ]  # fmt: skip

    def _direct(self, verb: int) -> list[Ends]:
        return [ends for ends in self.line.lists if ends.governor == verb and not ends.preposition]

    def _favor(self, ends: Ends, verb: int, words: list[str]) -> bool:
        """Falling out of favor, coming back into fashion."""
        for style in ("favor", "favour", "fashion", "vogue", "style"):
            if style not in words or {"in", "out"} <= set(words[: words.index(style)]):
                continue
            i = words.index(style)
            before = words[max(0, i - 2) : i]
            if (
                before[-2:] == ["out", "of"]
                or before[-1:] == ["from"]
                or words[0].startswith("los")
            ):
                self._lead(verb, froms=[ends], confidence=0.7)
                return True
            if before[-1:] in (["into"], ["in"]) and words[0] not in {"is", "are", "was", "were"}:
                self._lead(verb, tos=[ends], confidence=0.7)
                return True
        return False

    def _funds(self, ends: Ends, verb: int, after: list[str]) -> bool:
        """Money that went into or out of the funds of a group."""
        line, word = self.line, self.line.words[verb]
        tail = set(after)
        drawn = self._behind(verb, FROM_PREPOSITIONS)
        securities = {line.words[ends.last - 1]} & _SECURITIES
        if word.startswith(("attract", "dr", "lur")) and securities and tail & _MONEY_NOUNS:
            if not drawn:
                self._lead(verb, tos=[ends], confidence=0.75)
                return True
        if word in cues.GATHER and drawn and tail & cues.THEME:
            self._lead(verb, tos=[ends], froms=drawn)
            return True
        inside = set(line.words[ends.first : ends.last + 1])
        funds = bool(inside & _FUNDS) or line.has(
            vocabulary("funds fund etfs etf inflows outflows")
        )
        if (word in cues.SHED or inside & _FUNDS) and tail & cues.OUTFLOW:
            self._lead(verb, froms=[ends])
        elif (word in cues.GATHER or inside & _FUNDS) and tail & cues.INFLOW:
            self._lead(verb, tos=[ends])
        elif not funds or not tail & cues.AMOUNT:
            return False
        elif word.startswith(("los", "bled", "bleed", "shed", "hemorrhag")):
            self._lead(verb, froms=[ends])
        elif word in cues.GATHER and not word.startswith(("see", "saw", "ha", "post", "report")):
            self._lead(verb, tos=[ends])
        else:
            return False
        return True

    def compounds(self) -> None:
        """A group right before the noun: value rotation, tech outflows, growth-to-value rotation."""
        line = self.line
        for ends in line.lists:
            i = ends.last
            while line.word(i) in {"fund", "funds", "etf", "etfs", "stock", "-", "sector"}:
                i += 1
            word = line.word(i)
            if word in cues.ROTATION:
                self._rotation_compound(ends, i)
            elif word in {"outflows", "outflow", "exodus", "redemptions", "withdrawals"}:
                self.frame(i).froms.append(ends)
            elif word in {"inflows", "inflow"}:
                self.frame(i).tos.append(ends)
            elif word in cues.CARRIERS and not ends.used:
                frame = self._weak(i)
                frame.froms.append(ends)
                frame.sure = True
        for left, right in zip(line.lists, line.lists[1:], strict=False):
            gap = [word for word in line.words[left.last : right.first] if word != "-"]
            following = line.word(right.last), line.word(right.last + 1)
            nouns = cues.ROTATION | {"shift", "switch", "trade", "move", "transition"}
            if gap == ["to"] and nouns & set(following):
                cue = right.last + (following[0] not in nouns)
                self.by_cue[cue] = Frame(cue, [left], [right], nominal=True)

    def _rotation_compound(self, ends: Ends, cue: int) -> None:
        """`value rotation` goes into value; `tech rotation` out of it, where another end says so."""
        frame = self.frame(cue)
        left = {"growth", "information_technology", "mega_caps", "large_caps", "momentum"}
        if frame.tos and not frame.froms and not left & set(ends.groups):
            frame.tos.insert(0, ends)  # "a defensive rotation into utilities"
        elif not (frame.froms or frame.tos) and not left & set(ends.groups):
            frame.tos.append(ends)
            frame.nominal, frame.confidence = True, 0.75
        elif not (frame.froms or frame.tos):
            frame.froms.append(ends)
            frame.nominal, frame.confidence, frame.whole = True, 0.7, False
        ends.used = True

    def leadership_over(self) -> None:
        """A change in leadership of X over Y; a rotation that favors X over Y."""
        line = self.line
        if not line.has(cues.ROTATION | cues.ROTATE | {"leadership"}):
            return
        change = {"change", "shift", "changing", "rotation", "rotations", "new", "reversal"}
        if not change & line.wordset:
            return
        for i in range(line.first, line.last):
            if line.words[i] == "over":
                left, right = self._beside(i)
                if left and (right or line.has(frozenset({"leadership"}))):
                    self._lead(i, tos=[left], froms=[right] if right else [])

    def _beside(self, i: int) -> tuple[Ends | None, Ends | None]:
        """The single groups right before and right behind token i."""
        left = right = None
        for first, last, candidate in self.line.items:
            groups = flow_groups(candidate)
            if groups and last <= i <= last + 1:
                left = Ends(first, last, groups)
            if groups and right is None and i < first <= i + 3:
                right = Ends(first, last, groups)
        return left, right

    def rotation_does(self) -> None:
        """A rotation that favors X, hurts Y; X that benefits from a rotation."""
        line = self.line
        for i in range(line.first, line.last):
            if line.words[i] not in cues.ROTATION:
                continue
            frame = self.by_cue.get(i)
            tos, froms = _done_by(line, i)
            if tos or froms:
                frame = frame or self.frame(i)
                frame.nominal = True
                frame.tos += self._released(tos)
                frame.froms += self._released(froms)

    def headings(self) -> None:
        """`From tech to utilities` without a verb; `out of growth and into value` without a cue."""
        line = self.line
        if (
            line.span[:2] == ["move", "over"]
            and line.lists
            and line.lists[0].first < line.first + 5
        ):
            self._lead(line.first, froms=[line.lists[0]], whole=False)
        if any(frame.froms or frame.tos for frame in self.by_cue.values()):
            return
        colon = line.words.index(":", line.first, line.last) if ":" in line.wordset else line.last
        verbless = not any(line.finite(i) for i in range(line.first, colon))
        for left in line.lists:
            for right in line.lists:
                pair = (left.preposition, right.preposition)
                near = 0 < right.first - left.last <= 4
                if near and (
                    (pair == ("from", "to") and verbless)
                    or (pair[0] in {"out of", "away from"} and pair[1] in {"into", "toward"})
                ):
                    frame = self.frame(left.governor)
                    frame.froms, frame.tos = [left], [right]
                    frame.confidence, frame.nominal, frame.sure = 0.7, True, True

    def valid(self) -> list[Frame]:
        kept = []
        for cue in sorted(self.by_cue):
            frame = self.by_cue[cue]
            if not (frame.froms or frame.tos):
                continue
            if frame.sure or _holds(self, frame):
                kept += _split(frame)
            else:
                for ends in (*frame.froms, *frame.tos):
                    ends.used = False
        kept += self._unknown_verbs(kept)
        return [*kept, *self._open(kept)]

    def _unknown_verbs(self, kept: list[Frame]) -> Iterator[Frame]:
        """`out of X and into Y` told of money or investors with a verb that is not listed."""
        line = self.line
        if kept or not line.has(cues.THEME) or _company_move(line):
            return
        froms = [e for e in line.lists if e.preposition in {"out of", "away from", "from"}]
        tos = [e for e in line.lists if e.preposition in {"into", "toward", "towards", "to"}]
        directed = {"out of", "away from", "into", "toward", "towards"}
        for left in froms:
            for right in tos:
                near = abs(right.first - left.last) <= 8
                if near and {left.preposition, right.preposition} & directed:
                    left.used = right.used = True
                    yield Frame(left.governor, [left], [right], confidence=0.7)

    def _open(self, kept: list[Frame]) -> Iterator[Frame]:
        """A rotation of the market with no end of its own."""
        line = self.line
        spoken = {frame.cue for frame in kept}
        for i in range(line.first, line.last):
            if i in spoken or _other_sense(line, i):
                continue
            if line.words[i] == "leadership" and _changing(line, i):
                yield Frame(i, whole=False, confidence=0.6, nominal=True, open=True)
                return
            if line.words[i] in cues.ROTATE and line.has(cues.THEME):
                yield Frame(i, whole=False, confidence=0.6, open=True)
                return
            if line.words[i] not in cues.ROTATION:
                continue
            first = i == line.first or line.word(i - 1) in {":", '"', "been"}
            if first or {line.word(i - 1), line.word(i - 2)} & cues.UNDIRECTED_BEFORE:
                yield Frame(i, whole=False, confidence=0.6, nominal=True, open=True)
                return


def _changing(line: Line, i: int) -> bool:
    """A change in leadership; leadership is shifting."""
    near = line.words[max(line.first, i - 4) : min(line.last, i + 4)]
    return bool(_CHANGES & set(near))


_CHANGES = vocabulary("change changes changing changed shift shifts shifting shifted reshuffling")


def _clause_tail(line: Line, start: int) -> list[str]:
    """Up to seven words of the clause from `start`."""
    tail = list(line.words[start : min(line.last, start + 7)])
    ends = [i for i, word in enumerate(tail) if word in _BOUNDARY | {"as"} and i]
    return tail[: ends[0]] if ends else tail


def _split(frame: Frame) -> list[Frame]:
    """`from A into B, from C into D` is two claims."""
    sides = sorted([(e.first, 0, e) for e in frame.froms] + [(e.first, 1, e) for e in frame.tos])
    order = [side for _, side, _ in sides]
    if len(order) < 4 or order != [0, 1] * (len(order) // 2):
        return [frame]
    return [
        replace(frame, froms=[sides[i][2]], tos=[sides[i + 1][2]]) for i in range(0, len(sides), 2)
    ]


def _done_by(line: Line, i: int) -> tuple[list[Ends], list[Ends]]:
    """Groups helped and hurt by the rotation at token i."""
    tos: list[Ends] = []
    froms: list[Ends] = []
    for ends in line.lists:
        verb = line.words[ends.governor] if ends.governor >= 0 else ""
        after_cue = i < ends.governor < i + 10
        if after_cue and verb in cues.ENTER and not ends.preposition:
            tos.append(ends)
        elif after_cue and verb in _HURT and not ends.preposition:
            froms.append(ends)
        elif ends.first < i and _benefits(line, ends, i):
            tos.append(ends)
    return tos, froms


_HURT = vocabulary(
    """
    hurt hurts hit hits punished punishes battered hammered pressured pressures weighed
    dragged slammed sank crushed hurting hitting punishing dented
    """
)


def _benefits(line: Line, ends: Ends, i: int) -> bool:
    """X benefits from the rotation; X is a winner of it."""
    between = line.words[ends.last : i]
    named = {"benefited", "benefiting", "benefit", "benefits", "beneficiary", "beneficiaries",
             "winners", "winner", "gained", "profited", "benefitted", "benefitting"}  # fmt: skip
    return len(between) <= 12 and bool(named & set(between)) and not {";", "but"} & set(between)


def _other_sense(line: Line, i: int) -> bool:
    near = line.words[max(line.first, i - 8) : min(line.last, i + 9)]
    return not cues.OTHER_SENSE.isdisjoint(near)


def _holds(frames: _Frames, frame: Frame) -> bool:
    """Whether money, investors or leadership is what moves."""
    line, cue = frames.line, frame.cue
    word = line.words[cue]
    if word in cues.ROTATE | cues.ROTATION:
        return not _other_sense(line, cue)
    if word in (cues.TAKE_LEAD | cues.CEDE | cues.SUPPLANT) and not _by_preposition(frame):
        return True
    before = frames._clause(cue)
    stop = min([ends.governor for ends in (*frame.froms, *frame.tos) if ends.governor > cue],
               default=cue + 1)  # fmt: skip
    between = line.words[cue + 1 : stop]
    around = {*before, *between}
    if around & cues.COMPANY_OBJECTS and not around & (cues.MONEY | {"investors", "leadership"}):
        return False
    if word in cues.MOVE_NOUNS and not line.tags[cue].startswith("V"):
        return _noun_holds(frames, frame, around)
    if word in cues.PASSING and word not in cues.MOVE:
        return bool(around & cues.LEADING)
    if word in cues.LEAVE | cues.LEAVE_WEAK | cues.SWAP | cues.ENTER:
        return _object_holds(frames, frame, set(before), around)
    theme = around & cues.THEME
    if _company_move(line) and not around & (cues.INVESTORS - _COMPANY_TOO):
        return False
    if not theme and around & cues.REGARD:
        return _market_regard(line)
    if word in _LOOK and not any(ends.preposition == "beyond" for ends in frame.froms):
        return False
    if word in _GENERIC and not around & (cues.MONEY | cues.LEADING):
        directed = any(e.preposition in _DIRECTED for e in (*frame.froms, *frame.tos))
        return bool(theme) and directed
    if word in cues.HIDE | cues.REFUGE | {"funds"}:
        return bool(theme)
    return bool(theme)


def _company_move(line: Line) -> bool:
    """Words of a person's or a company's own affairs, and none of investing."""
    return line.has(_COMPANY_WORDS) and not line.has(_INVESTING)


_MONEY_NOUNS = vocabulary("money capital cash buyers inflows buying dollars")
_NO_MOVES = vocabulary(
    "looking look looked digging dug delving delved researching broke breaking buying bought"
    " falling running growing translate translated turning heading drilling tapping tapped buy"
    " gained looks"
)
_SUBJECT = 12
_FUNDS = vocabulary("funds fund etfs etf spdr")
_SECURITIES = vocabulary("stocks shares equities names funds etfs etf stock")
_INVESTING = vocabulary(
    "investors portfolio portfolios fund funds fund's traders managers holdings etf etfs"
)
_COMPANY_TOO = vocabulary("we they you many some people themselves selling buying demand")
_COMPANY_WORDS = vocabulary(
    "company company's firm firm's ceo career careers job jobs he she his her chief executive"
    " startup subsidiary division customers production employees revenue"
)


def _by_preposition(frame: Frame) -> bool:
    return all(ends.preposition for ends in (*frame.froms, *frame.tos))


def _market_regard(line: Line) -> bool:
    market = {"investors", "investor", "market", "markets", "traders", "wall", "stocks", "street"}
    return bool(line.wordset & market) and not {"company", "ceo", "firm"} & line.wordset


def _noun_holds(frames: _Frames, frame: Frame, around: set[str]) -> bool:
    line, word = frames.line, frames.line.words[frame.cue]
    directed = [e.preposition in _DIRECTED for e in (*frame.froms, *frame.tos)]
    if frame.cue > line.first and line.words[frame.cue - 1] in cues.INVESTORS:
        return True  # "investors pivot to": the tagger took the verb for a noun
    if word in cues.CARRIERS:
        return any(directed) or bool(frame.froms)
    if word in cues.STRONG_NOUNS:
        return True
    if word in cues.PURCHASES or (word == "flows" and any(directed)):
        return True
    if frame.froms and frame.tos and not _company_move(line):
        return True
    owner = line.words[frame.cue - 1] if frame.cue > line.first else ""
    owned = owner in {"'s", "its", "their", "his", "her"} and not around & cues.THEME
    if any(directed) and not owned and not _company_move(line):
        return True
    if around & cues.MONEY and "from" in around:
        return True
    market = bool(around & cues.THEME) or bool(
        {"sector", "market", "style", "factor", "money", "investor", "investors"} & line.wordset
    )
    named = {w for e in line.lists for w in line.words[e.first : e.last]} & _SECURITIES
    return any(directed) and (market or bool(named))


def _object_holds(frames: _Frames, frame: Frame, before: set[str], around: set[str]) -> bool:
    line, cue = frames.line, frame.cue
    word = line.words[cue]
    passive = any(ends.first < cue for ends in frame.froms)
    subject = before & (cues.INVESTORS | cues.MONEY)
    first = not [w for i, w in enumerate(before)] or passive
    if word in cues.LEAVE:
        return bool(subject) or first
    return bool(subject) or first or bool(around & cues.MONEY)
