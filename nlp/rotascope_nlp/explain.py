"""Why each mention was linked, and why each look-alike was not: a `Document` as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rotascope_nlp.types import Document, Field, Mention, Rejected

CONTEXT_CHARS = 40


@dataclass(frozen=True, slots=True)
class Explanation:
    """One span of the text: what it was taken for and how it was found, or why it was not taken.

    `what`: the symbol, or the groups joined by "+".  `how`: the method of a linked mention, the
    reason of a rejected one.  `confidence`: None where rejected.  `before` and `after`: up to
    `CONTEXT_CHARS` characters around it, line breaks as spaces.
    """

    verdict: Literal["linked", "rejected"]
    field: Field
    start: int
    end: int
    text: str
    what: str
    kind: str
    how: str
    confidence: float | None
    groups: tuple[str, ...]
    before: str
    after: str


def explain(document: Document) -> list[Explanation]:
    """Every mention and every rejected span, title first, in the order of the text."""
    rows = [_linked(document, mention) for mention in document.mentions]
    rows += [_rejected(document, span) for span in document.rejected]
    return sorted(rows, key=lambda row: (row.field != "title", row.start, row.end, row.verdict))


def _linked(document: Document, mention: Mention) -> Explanation:
    return Explanation(
        "linked",
        mention.field,
        mention.start,
        mention.end,
        mention.text,
        mention.symbol or "+".join(mention.groups),
        mention.kind,
        mention.method,
        mention.confidence,
        mention.groups,
        *_around(document, mention.field, mention.start, mention.end),
    )


def _rejected(document: Document, span: Rejected) -> Explanation:
    return Explanation(
        "rejected",
        span.field,
        span.start,
        span.end,
        span.text,
        span.candidate,
        "",
        span.reason,
        None,
        (),
        *_around(document, span.field, span.start, span.end),
    )


def _around(document: Document, field: Field, start: int, end: int) -> tuple[str, str]:
    text = (document.title or "") if field == "title" else document.text
    before, after = text[max(0, start - CONTEXT_CHARS) : start], text[end : end + CONTEXT_CHARS]
    return " ".join(before.split()), " ".join(after.split())
