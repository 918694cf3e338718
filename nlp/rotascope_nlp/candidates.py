"""What the finders hand to the pipeline: spans of the joined `Doc`, not yet a `Document`.

The joined `Doc` is title, blank line, text.  Its tokens have `tag_`, `dep_`, `head`, `lower_` and
sentence bounds.  `pos_`, `lemma_`, `morph` and `ents` are NOT set: the components that set them
cost more than they give here (`tag_` is the finer Penn tag: NN, NNP, VBD, ...).

Offsets (`start`, `end`) are characters into the joined `Doc.text`, end exclusive.

    companies.find_companies(doc, gazetteer) -> list[Candidate], list[RejectedCandidate]
    group_mentions.find_groups(doc, lexicon) -> list[Candidate], list[RejectedCandidate]
    rotation.find_flows(doc, candidates, written=date) -> list[FlowCandidate]
"""

from __future__ import annotations

from dataclasses import dataclass

from rotascope_nlp.types import FlowStatus, MentionKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span taken for a company, index, ETF or group; the fields are those of `Mention`."""

    start: int
    end: int
    kind: MentionKind
    method: str
    confidence: float
    groups: tuple[str, ...] = ()
    symbol: str | None = None
    name: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class RejectedCandidate:
    """A span that looked like `candidate` (a symbol or a group id) and was not taken."""

    start: int
    end: int
    candidate: str
    reason: str


@dataclass(frozen=True, slots=True)
class FlowCandidate:
    """A directed claim; `start`, `end` bound its evidence, inside one sentence or a few."""

    from_group: str | None
    to_group: str | None
    status: FlowStatus
    confidence: float
    start: int
    end: int
    attributed: bool = False
