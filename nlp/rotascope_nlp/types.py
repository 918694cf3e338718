"""What the language stage hands on: plain frozen types; spaCy's `Doc` never leaves this package.

All offsets are code points into the field (`title` or `text`) exactly as it was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Field = Literal["title", "text"]
MentionKind = Literal["company", "index", "etf", "group"]
FlowStatus = Literal["asserted", "denied", "hypothetical", "past"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a field."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names a company, an index, an ETF or a group.

    `symbol`: current US symbol, class after a dot (BRK.B); None where there is none.
    `sector`: the company's GICS sector id.  `groups`: ids of every group the mention speaks of:
    for a company its sector, size class and the user's own groups, else the groups named.
    `method` says how it was found; `confidence` is in (0, 1].
    `sentence` indexes `Document.sentences`.
    """

    field: Field
    start: int
    end: int
    text: str
    kind: MentionKind
    method: str
    confidence: float
    sentence: int
    groups: tuple[str, ...] = ()
    symbol: str | None = None
    name: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A span that looked like a mention and was not taken, and why."""

    field: Field
    start: int
    end: int
    text: str
    candidate: str
    reason: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A directed claim of money or leadership moving; either end may be None, never both.

    `start`, `end`, `text`: the evidence, the sentence (or part of it) that says so.
    `attributed`: the claim is put in somebody's mouth ("strategists say").
    """

    from_group: str | None
    to_group: str | None
    status: FlowStatus
    confidence: float
    field: Field
    start: int
    end: int
    text: str
    attributed: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A text as the language stage reads it: sentences in order (title first), mentions, flows."""

    title: str | None
    text: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    flows: tuple[Flow, ...]
    rejected: tuple[Rejected, ...] = ()
