"""Stories: near-identical articles, found by MinHash over word shingles (datasketch).

A signature is made when a text version is stored; `assign_stories` then gives every version that
has a copy the keys that it shares with it.  How copies are counted is decided when a series is
made (`rotascope.timeseries.novelty`), from what was seen and published by then.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNATURE_VERSION = 1
SHINGLE_WORDS = 5
PERMUTATIONS = 128
LEAD_SHINGLES = 40
MAX_WORDS = 4_000
"""Words of a text that its signature reads: the longest article of our checks has 4,115."""

_WORD = re.compile(r"\w+")
_HEADER = struct.Struct("<BxHI")  # version, lead shingles, distinct shingles
_SEED = 1
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio, as in Knuth's hashing

U32 = npt.NDArray[np.uint32]


def signature(title: str | None, text: str) -> bytes:
    """The MinHash signature of one text version, some 420 bytes; empty without any word.

    Shingles of five words of the text, or of the title where there is no text; 128 permutations
    kept to 16 bits each, and the first 40 shingles as they stand, for copies that were cut short.
    The same words give the same bytes on every machine.
    """
    words = _words(text) or _words(title or "")
    if not words:
        return b""
    shingles = _shingles(words)
    lead = shingles[:LEAD_SHINGLES]
    distinct = np.unique(shingles)
    header = _HEADER.pack(SIGNATURE_VERSION, len(lead), len(distinct))
    minima = (_minhash(distinct) & 0xFFFF).astype("<u2")
    return header + minima.tobytes() + lead.astype("<u4").tobytes()


def unpack(signature: bytes) -> tuple[int, npt.NDArray[np.uint16], U32]:
    """Distinct shingles, minima of shape (128,), and the first shingles of a signature."""
    _, leads, distinct = _HEADER.unpack_from(signature)
    minima = np.frombuffer(signature, "<u2", PERMUTATIONS, _HEADER.size)
    lead = np.frombuffer(signature, "<u4", leads, _HEADER.size + 2 * PERMUTATIONS)
    return distinct, minima, lead


def _words(text: str) -> Sequence[str]:
    # 8 characters a word is more than English has, so the cut costs no word that counts.
    return _WORD.findall(text[: 8 * MAX_WORDS].casefold())[:MAX_WORDS]


def _shingles(words: Sequence[str]) -> U32:
    """A 32-bit hash of each run of five words, in order; of all words where there are fewer."""
    hashes = np.fromiter(
        (zlib.crc32(word.encode("utf-8", "replace")) for word in words), np.uint64, len(words)
    )
    width = min(SHINGLE_WORDS, len(words))
    count = len(words) - width + 1
    mixed = np.zeros(count, np.uint64)
    for offset in range(width):
        mixed = mixed * _MULTIPLIER + hashes[offset : offset + count]
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _minhash(values: U32) -> U32:
    from datasketch import MinHash

    sketch = MinHash(
        PERMUTATIONS,
        seed=_SEED,
        hashfunc=_identity,
        scheme="affine32",
        permutations=_permutations(),
    )
    sketch.update_batch(values)
    return np.asarray(sketch.hashvalues, np.uint32)


def _identity(value: int) -> int:
    return value


_cached: list[npt.NDArray[np.uint32]] = []


def _permutations() -> npt.NDArray[np.uint32]:
    """Made once: drawing them costs more than a signature."""
    if not _cached:
        from datasketch import MinHash

        _cached.append(MinHash(PERMUTATIONS, seed=_SEED, scheme="affine32").permutations)
    return _cached[0]
