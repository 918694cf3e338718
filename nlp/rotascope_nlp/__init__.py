"""Language stage: companies, groups, mentions, rotation.

`load()` gives a `LanguageStage`; importing this package does not import spaCy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rotascope_nlp.types import Document, Flow, Mention, Rejected, Sentence
from rotascope_nlp.user import UserNames

if TYPE_CHECKING:
    from rotascope_nlp.pipeline import LanguageStage, load

__all__ = [
    "Document",
    "Flow",
    "LanguageStage",
    "Mention",
    "Rejected",
    "Sentence",
    "UserNames",
    "load",
]


def __getattr__(name: str) -> object:
    if name in ("LanguageStage", "load"):
        from rotascope_nlp import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
