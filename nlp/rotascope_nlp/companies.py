"""Companies named in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rotascope_nlp.candidates import Candidate, RejectedCandidate
from rotascope_nlp.gazetteer import Gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_companies(
    doc: Doc, gazetteer: Gazetteer
) -> tuple[list[Candidate], list[RejectedCandidate]]:
    """Mentions of companies, and what was turned down."""
    return [], []
