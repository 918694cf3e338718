"""From templates to labelled sentences.

A template is a sentence with
- `[a|b|]`     one of the alternatives (they may nest; an empty one leaves the place out),
- `{slot}`     a filler of that slot (see `slots.py`), a different one each time within a sentence,
- `{+slot}`    the same, and it is a target of that sentiment (`+`, `-`, `0`),
- `{slot@a}`   the filler that this slot had at its first `@a` (with or without a sign),
- `{+=text}`   a target that is just this text.

A text and a filler after a full stop begin with a capital.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from rotascope_models.base import LABELS, Example

Filler = Callable[[random.Random], str]
Slots = Mapping[str, Sequence[str] | Filler]

SIGNS = {"-": 0, "0": 1, "+": 2}
OFTEN = 5
"""How many times as many texts a file of templates has that is named as new."""
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([+\-0]?)(=?)([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """One line of a template file; `label` is an index into `LABELS`, or None."""

    text: str
    label: int | None
    register: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finished text: (start, end, label) of its targets, and its label as a whole, if any."""

    text: str
    targets: tuple[tuple[int, int, int], ...]
    label: int | None
    register: str

    def rows(self) -> list[tuple[Example, int]]:
        """Its targets, and the whole where that has a label, as examples with labels."""
        out = [(Example(self.text, s, e), label) for s, e, label in self.targets]
        if self.label is not None:
            out.append((Example(self.text), self.label))
        return out


def registers() -> list[str]:
    """Names of the template files, in order."""
    folder = resources.files(__package__ or "")
    return sorted(f.name[:-4] for f in folder.iterdir() if f.name.endswith(".txt"))


def read_templates(register: str) -> list[Template]:
    """The templates of one file.  Raises ValueError, with the line, for one that is ill-formed."""
    text = (resources.files(__package__ or "") / f"{register}.txt").read_text(encoding="utf-8")
    out = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        sign, bar, body = line.partition("|")
        if not bar or sign.strip() not in (*SIGNS, "?"):
            raise ValueError(f"{register}.txt, line {number}: expected '+|-|0|? | text'")
        out.append(Template(body.strip(), SIGNS.get(sign.strip()), register))
    return out


def write(template: Template, slots: Slots, rng: random.Random) -> Sentence:
    """One sentence of a template.  Raises ValueError for a slot that does not exist."""
    pieces: list[str] = []
    targets: list[tuple[int, int, int]] = []
    used: set[str] = set()
    kept: dict[str, str] = {}
    body, at, length = _choose(template.text, rng), 0, 0
    for match in _SLOT.finditer(body):
        sign, literal, name = match.groups()
        before = body[at : match.start()]
        filler = name if literal else _named(name, slots, rng, used, kept)
        if before.endswith((". ", "? ")):
            filler = filler[:1].upper() + filler[1:]
        pieces += [before, filler]
        start = length + len(before)
        length = start + len(filler)
        if sign:
            targets.append((start, length, SIGNS[sign]))
        # A sentence that ends in "Inc." has one full stop.
        at = match.end() + (filler.endswith(".") and body.startswith(".", match.end()))
    text = "".join([*pieces, body[at:]])
    return Sentence(text[:1].upper() + text[1:], tuple(targets), template.label, template.register)


def generate(
    slots: Slots,
    *,
    seed: int = 17,
    per_template: int = 20,
    only: Sequence[str] = (),
    often: Collection[str] = (),
) -> list[Sentence]:
    """Different sentences of all registers, or `only` of some: up to `per_template` of each
    template, `OFTEN` times as many of those that are named in `often`.
    """
    out: list[Sentence] = []
    seen: set[str] = set()
    for register in only or registers():
        count = per_template * (OFTEN if register in often else 1)
        for index, template in enumerate(read_templates(register)):
            rng = random.Random(f"{seed} {register} {index}")
            for _ in range(count if _varies(template.text) else 1):
                sentence = write(template, slots, rng)
                if sentence.text not in seen:
                    seen.add(sentence.text)
                    out.append(sentence)
    return out


def _varies(text: str) -> bool:
    return "[" in text or any(not m.group(2) for m in _SLOT.finditer(text))


def _choose(text: str, rng: random.Random) -> str:
    while True:
        changed = _CHOICE.sub(lambda m: rng.choice(m.group(1).split("|")), text, count=1)
        if changed == text:
            break
        text = changed
    return re.sub(r" +([,.;:]|$)", r"\1", re.sub(r"  +", " ", text)).strip()


def _named(
    name: str, slots: Slots, rng: random.Random, used: set[str], kept: dict[str, str]
) -> str:
    """A filler; that of a name with `@` is kept in `kept` for the next time it is met."""
    if name in kept:
        return kept[name]
    slot, at, _ = name.partition("@")
    filler = _fill(slot, slots, rng, used)
    if at:
        kept[name] = filler
    return filler


def _fill(name: str, slots: Slots, rng: random.Random, used: set[str]) -> str:
    if name not in slots:
        raise ValueError(f"no slot {name!r}")
    source = slots[name]
    for _ in range(20):
        filler = source(rng) if callable(source) else rng.choice(source)
        filler = _choose(filler, rng)
        if filler not in used or not filler:
            break
    used.add(filler)
    return filler


assert LABELS == ("negative", "neutral", "positive"), "SIGNS follows this order"
