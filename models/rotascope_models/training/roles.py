"""Groups in flows: sentences with each group marked as left, entered or neither, and the status.

The templates of `sentences/flows/` have the form that `sentences/grammar.py` describes, with the
status of their claim in front: `A` asserted, `D` denied, `H` hypothetical, `P` past, `N` no claim.
A target with `-` is left, one with `+` entered; one with `0` stands there and is neither.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib import resources

from rotascope_models.base import LABELS, ROLES, Example
from rotascope_models.training.sentences import grammar, slots

STATUSES = {"A": "asserted", "D": "denied", "H": "hypothetical", "P": "past"}
NO_CLAIM = "N"
_SIDES = {grammar.SIGNS["-"]: "left", grammar.SIGNS["+"]: "entered"}


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A marked group and its role, an index into `ROLES`."""

    example: Example
    role: int

    @property
    def label(self) -> int | None:
        """The sentiment that an asserted flow amounts to, an index into `LABELS`; else None."""
        wanted = {"left, asserted": "negative", "entered, asserted": "positive"}
        name = wanted.get(ROLES[self.role])
        return None if name is None else LABELS.index(name)


def read_templates() -> list[tuple[str, grammar.Template]]:
    """(status letter, template) of every file.  Raises ValueError, with the line, for a bad one."""
    out = []
    folder = resources.files(grammar.__package__ or "") / "flows"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            letter, bar, body = line.partition("|")
            if not bar or letter.strip() not in (*STATUSES, NO_CLAIM):
                raise ValueError(f"{file.name}, line {number}: expected 'A|D|H|P|N | text'")
            register = file.name.removesuffix(".txt")
            out.append((letter.strip(), grammar.Template(body.strip(), None, register)))
    return out


def role_rows(
    *,
    per_template: int,
    only: Collection[str] = (),
    often: Collection[str] = (),
    seed: int = 17,
) -> list[RoleRow]:
    """Every target of up to `per_template` different texts of each template.

    `only`: of the files of these names (without ending); of all where it is empty.  `often`: of
    which there are `grammar.OFTEN` times as many texts.
    """
    out: list[RoleRow] = []
    for index, (letter, template) in enumerate(read_templates()):
        if only and template.register not in only:
            continue
        rng = random.Random(f"{seed} {template.register} {index}")
        count = per_template * (grammar.OFTEN if template.register in often else 1)
        written = {grammar.write(template, slots.SLOTS, rng) for _ in range(count)}
        for sentence in sorted(written, key=lambda each: each.text):
            out += _rows(letter, sentence.text, sentence.targets)
    return out


def _rows(letter: str, text: str, targets: Sequence[tuple[int, int, int]]) -> list[RoleRow]:
    rows = []
    for start, end, sign in targets:
        side = _SIDES.get(sign)
        claimed = side is not None and letter != NO_CLAIM
        role = f"{side}, {STATUSES[letter]}" if claimed else "none"
        rows.append(RoleRow(Example(text, start, end), ROLES.index(role)))
    return rows
