"""The companies known: symbols, names, sectors."""

from __future__ import annotations

from dataclasses import dataclass

from rotascope_nlp.user import UserNames


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The companies known; `revision` is a short hash of all of it."""

    revision: str = "0"


def load_gazetteer(user: UserNames | None = None) -> Gazetteer:
    """The shipped companies with the user's added."""
    return Gazetteer()
