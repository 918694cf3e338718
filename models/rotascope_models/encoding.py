"""Texts to token ids, in bulk, exactly as in training (see `markers`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from rotascope_models.base import Example
from rotascope_models.clause import clause
from rotascope_models.errors import ModelNotFound
from rotascope_models.markers import MAX_TOKENS, check_target, cut, mark

_CHARS_PER_TOKEN = 40
"""No text of this many characters a token fits; above it a text is cut before it is tokenised."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """Reads examples for one model.  `targeted`: with markers; if not, the clause around.

    `limit`: tokens of a text, special ones included.  `pad`: id of the padding token.
    """

    tokenizer: Tokenizer
    targeted: bool
    limit: int = MAX_TOKENS
    pad: int = 0

    def text(self, example: Example) -> str:
        """The string that the model reads: equal strings have equal scores.

        Raises TargetError for a bad span.
        """
        if self.targeted:
            return mark(self._near(example))
        check_target(example)
        return clause(example)

    def encode(self, examples: Sequence[Example], texts: Sequence[str]) -> list[list[int]]:
        """Token ids of `texts`, made by `text` from `examples`; what is too long is cut."""
        encoded = self.tokenizer.encode_batch_fast(list(texts))
        ids = [one.ids for one in encoded]
        for i, one in enumerate(ids):
            if len(one) > self.limit:
                ids[i] = self._cut(examples[i], texts[i])
        return ids

    def check(self, example: Example) -> None:
        """Raise TargetError if `example` cannot be scored."""
        check_target(example)
        if example.start is not None and self.targeted:
            near = self._near(example)
            if len(near.text) > self.limit:
                cut(near, self._offsets(near.text), limit=self.limit)

    def _cut(self, example: Example, text: str) -> list[int]:
        if self.targeted:
            near = self._near(example)
            shorter = mark(cut(near, self._offsets(near.text), limit=self.limit))
            ids: list[int] = self.tokenizer.encode(shorter).ids
        else:
            whole = Example(text)
            shorter = cut(whole, self._offsets(text), limit=self.limit).text
            ids = self.tokenizer.encode(shorter).ids
        # A cut inside a word can make its rest one token longer than it was.
        return ids if len(ids) <= self.limit else [*ids[: self.limit - 1], ids[-1]]

    def _offsets(self, text: str) -> list[tuple[int, int]]:
        offsets: list[tuple[int, int]] = self.tokenizer.encode(
            text, add_special_tokens=False
        ).offsets
        return offsets

    def _near(self, example: Example) -> Example:
        """A very long text (10 MB in one sentence) cut down to what the window could ever hold."""
        reach = self.limit * _CHARS_PER_TOKEN
        if len(example.text) <= 2 * reach:
            return example
        if example.start is None or example.end is None:
            return Example(example.text[:reach])
        check_target(example)
        lo = max(0, example.start - reach)
        hi = min(len(example.text), example.end + reach)
        return Example(example.text[lo:hi], example.start - lo, example.end - lo)


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a model folder, without padding and cutting of its own."""
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise ModelNotFound(f"{folder} has no tokenizer.json")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def has_markers(tokenizer: Tokenizer, markers: Sequence[str]) -> bool:
    """Whether all `markers` are special tokens of the tokenizer."""
    special = {
        token["content"]
        for token in json.loads(tokenizer.to_str())["added_tokens"]
        if token["special"]
    }
    return all(marker in special for marker in markers)
