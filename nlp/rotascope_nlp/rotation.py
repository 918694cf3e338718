"""Directed flows between groups, read from sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rotascope_nlp.candidates import Candidate, FlowCandidate

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_flows(doc: Doc, candidates: Sequence[Candidate]) -> list[FlowCandidate]:
    """Flows in the order of their evidence."""
    return []
