"""Sectors, styles, indexes and ETFs named in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rotascope_nlp.candidates import Candidate, RejectedCandidate
from rotascope_nlp.user import UserNames

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of the groups; `revision` is a short hash of all of it."""

    revision: str = "0"


def load_lexicon(user: UserNames | None = None) -> Lexicon:
    """The shipped words with the user's added."""
    return Lexicon()


def find_groups(doc: Doc, lexicon: Lexicon) -> tuple[list[Candidate], list[RejectedCandidate]]:
    """Mentions of groups, indexes and ETFs, and what was turned down."""
    return [], []
