"""How well directed flows and stances are read: figures on passages with gold flows.

A file has one passage a line: `{id, text, kind, flows, stance}` (form and rules of counting:
docs/rotation-benchmark.md).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from rotascope.errors import InputError
from rotascope.evaluate.passages import Gold, load_passages
from rotascope.types import GroupScore
from rotascope_nlp.types import Flow

__all__ = [
    "Counts",
    "Reading",
    "RotationFigures",
    "evaluate_rotation",
    "load_passages",
    "score_passages",
]


class Reading(Protocol):
    """What is scored; `rotascope.types.Analysis` is one."""

    @property
    def flows(self) -> Sequence[Flow]: ...

    @property
    def groups(self) -> Sequence[GroupScore]: ...


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits among the predicted and the expected."""

    found: int = 0
    predicted: int = 0
    expected: int = 0

    @property
    def precision(self) -> float:
        return self.found / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        total = self.predicted + self.expected
        return 2 * self.found / total if total else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.found + other.found,
            self.predicted + other.predicted,
            self.expected + other.expected,
        )


@dataclass(frozen=True, slots=True)
class RotationFigures:
    """`flows`: exact directed pairs; `ends`: (left or entered, group); shares are in [0, 1]."""

    passages: int
    flows: Counts
    ends: Counts
    no_rotation: int
    no_rotation_clean: int
    status_right: int
    stances: int
    stances_found: int
    stances_right: int

    @property
    def clean_share(self) -> float:
        """No-rotation passages without an asserted flow."""
        return self.no_rotation_clean / self.no_rotation if self.no_rotation else 0.0

    @property
    def status_share(self) -> float:
        """Right status, of the flows found."""
        return self.status_right / self.flows.found if self.flows.found else 0.0

    @property
    def stance_coverage(self) -> float:
        """Groups with a stance (not 0) that have a row."""
        return self.stances_found / self.stances if self.stances else 0.0

    @property
    def stance_sign(self) -> float:
        """Right sign, of the groups with a stance that have a row."""
        return self.stances_right / self.stances_found if self.stances_found else 0.0

    def as_dict(self) -> dict[str, float]:
        """The figures as flat numbers, for JSON."""
        counts = {key: value for key, value in asdict(self).items() if isinstance(value, int)}
        return counts | {
            "flow_precision": round(self.flows.precision, 4),
            "flow_recall": round(self.flows.recall, 4),
            "flow_f1": round(self.flows.f1, 4),
            "ends_f1": round(self.ends.f1, 4),
            "no_rotation_clean_share": round(self.clean_share, 4),
            "status_accuracy": round(self.status_share, 4),
            "stance_coverage": round(self.stance_coverage, 4),
            "stance_sign_accuracy": round(self.stance_sign, 4),
        }


def evaluate_rotation(
    path: Path | str,
    *,
    analyze: Callable[[str], Reading] | None = None,
    groups: Collection[str] = (),
) -> RotationFigures:
    """Score a file of passages; `analyze` reads one text (by default the installed model).

    `groups`: ids of groups of your own that may occur in the file.
    Raises `InputError` naming the line that cannot be read, or the passage.
    """
    rows = load_passages(path, groups=groups)
    if analyze is None:
        from rotascope import analyze as read_text

        analyze = read_text
    return score_passages(rows, analyze)


def score_passages(rows: Iterable[Gold], analyze: Callable[[str], Reading]) -> RotationFigures:
    """Figures over some passages.  Raises InputError naming a passage that cannot be read."""
    totals = RotationFigures(0, Counts(), Counts(), 0, 0, 0, 0, 0, 0)
    for row in rows:
        try:
            reading = analyze(row["text"])
        except InputError as exc:
            raise InputError(f"passage {row['id']}: {exc}") from exc
        totals = _sum(totals, _score(row, reading))
    return totals


def _score(row: Gold, reading: Reading) -> RotationFigures:
    predicted = {(flow.from_group, flow.to_group): flow.status for flow in reading.flows}
    matches, counts = _match(predicted, row["flows"])
    none = row["kind"] == "no_rotation"
    asserted = any(flow.status == "asserted" for flow in reading.flows)
    scores = {each.group: each.sentiment.score for each in reading.groups}
    stances = {group: sign for group, sign in row["stance"].items() if sign}
    met = [group for group in stances if group in scores]
    return RotationFigures(
        passages=1,
        flows=counts,
        ends=_ends(predicted, row["flows"]),
        no_rotation=int(none),
        no_rotation_clean=int(none and not asserted),
        status_right=sum(
            predicted[pair] in {flow["status"], *flow.get("status_alt", ())}
            for pair, flow in matches
        ),
        stances=len(stances),
        stances_found=len(met),
        stances_right=sum(scores[group] * stances[group] > 0 for group in met),
    )


Pair = tuple[str | None, str | None]


def _match(
    predicted: Iterable[Pair], gold: Sequence[Gold]
) -> tuple[list[tuple[Pair, Gold]], Counts]:
    """One to one, main values before alternatives."""
    left = list(predicted)
    explicit = [flow for flow in gold if flow["strength"] == "explicit"]
    matches: list[tuple[Pair, Gold]] = []
    open_gold = list(explicit)
    for fits in (_is, _fits):
        for flow in list(open_gold):
            pair = next((each for each in left if fits(each, flow)), None)
            if pair is not None:
                matches.append((pair, flow))
                left.remove(pair)
                open_gold.remove(flow)
    inferred = [flow for flow in gold if flow["strength"] == "inferred"]
    wrong = [pair for pair in left if not any(_fits(pair, flow) for flow in inferred)]
    return matches, Counts(len(matches), len(matches) + len(wrong), len(explicit))


def _is(pair: Pair, flow: Gold) -> bool:
    return pair == (flow["from"], flow["to"])


def _fits(pair: Pair, flow: Gold) -> bool:
    return pair[0] in _side(flow, "from") and pair[1] in _side(flow, "to")


def _side(flow: Gold, side: str) -> list[str | None]:
    return [flow[side], *flow.get(f"{side}_alt", ())]


def _ends(predicted: Iterable[Pair], gold: Sequence[Gold]) -> Counts:
    said = {("from", left) for left, _ in predicted} | {("to", to) for _, to in predicted}
    said = {end for end in said if end[1] is not None}
    wanted: dict[tuple[str, str], set[str | None]] = {}
    allowed: set[tuple[str, str | None]] = set()
    for flow in gold:
        for side in ("from", "to"):
            options = set(_side(flow, side))
            allowed |= {(side, group) for group in options}
            if flow["strength"] == "explicit" and flow[side] is not None:
                wanted.setdefault((side, flow[side]), set()).update(options)
    found = sum(any((side, option) in said for option in options)
                for (side, _), options in wanted.items())  # fmt: skip
    wrong = sum(end not in allowed for end in said)
    return Counts(found, found + wrong, len(wanted))


def _sum(one: RotationFigures, other: RotationFigures) -> RotationFigures:
    return RotationFigures(
        one.passages + other.passages,
        one.flows + other.flows,
        one.ends + other.ends,
        one.no_rotation + other.no_rotation,
        one.no_rotation_clean + other.no_rotation_clean,
        one.status_right + other.status_right,
        one.stances + other.stances,
        one.stances_found + other.stances_found,
        one.stances_right + other.stances_right,
    )
