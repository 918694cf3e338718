"""Stories: near-identical articles, found by MinHash over word shingles (datasketch).

A signature is made when a text version is stored; `assign_stories` then gives every version that
has a copy the keys that it shares with it.  How copies are counted is decided when a series is
made (`rotascope.timeseries.novelty`), from what was seen and published by then.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNATURE_VERSION = 2
SHINGLE_WORDS = 5
PERMUTATIONS = 128
NAME_PERMUTATIONS = 64
LEAD_SHINGLES = 40
MAX_WORDS = 4_000
"""Words of a text that its signature reads: the longest article of our checks has 4,115."""

_WORD = re.compile(r"\w+")
_HEADER = struct.Struct("<BxHHI")  # version, lead shingles, names, distinct shingles
_SEED = 1
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio, as in Knuth's hashing

U32 = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A signature's parts: numbers of distinct shingles and names, their minima, the opening."""

    size: int
    minima: npt.NDArray[np.uint16]
    names: int
    name_minima: npt.NDArray[np.uint16]
    lead: U32


def signature(title: str | None, text: str) -> bytes:
    """The MinHash signature of one text version, some 550 bytes; empty without any word.

    Shingles of five words of the text, or of the title where there is no text: 128 permutations
    kept to 16 bits each, and the first 40 shingles as they stand, for copies that were cut short;
    then 64 permutations of its names and numbers, in which texts of one template differ.
    The same words give the same bytes on every machine.
    """
    words = _words(text) or _words(title or "")
    if not words:
        return b""
    shingles = _shingles(_hashes([word.casefold() for word in words]))
    lead = shingles[:LEAD_SHINGLES]
    distinct = np.unique(shingles)
    names = np.unique(_hashes([word.casefold() for word in words if _is_name(word)]))
    header = _HEADER.pack(SIGNATURE_VERSION, len(lead), len(names), len(distinct))
    minima = _minhash(distinct, PERMUTATIONS), _minhash(names, NAME_PERMUTATIONS)
    return header + b"".join(part.tobytes() for part in (*minima, lead.astype("<u4")))


def unpack(signature: bytes) -> Unpacked:
    """The parts of a signature of this version."""
    _, leads, names, size = _HEADER.unpack_from(signature)
    at = _HEADER.size
    minima = np.frombuffer(signature, "<u2", PERMUTATIONS, at)
    at += minima.nbytes
    name_minima = np.frombuffer(signature, "<u2", NAME_PERMUTATIONS, at)
    at += name_minima.nbytes
    return Unpacked(size, minima, names, name_minima, np.frombuffer(signature, "<u4", leads, at))


def _words(text: str) -> list[str]:
    # 8 characters a word is more than English has, so the cut costs no word that counts.
    return _WORD.findall(text[: 8 * MAX_WORDS])[:MAX_WORDS]


def _is_name(word: str) -> bool:
    """A capital or a digit: what a template is filled with, and the first words of sentences."""
    return word[0].isupper() or not word.isalpha()


def _hashes(words: Sequence[str]) -> npt.NDArray[np.uint64]:
    return np.fromiter(
        (zlib.crc32(word.encode("utf-8", "replace")) for word in words), np.uint64, len(words)
    )


def _shingles(hashes: npt.NDArray[np.uint64]) -> U32:
    """A 32-bit hash of each run of five words, in order; of all words where there are fewer."""
    width = min(SHINGLE_WORDS, len(hashes))
    count = len(hashes) - width + 1
    mixed = np.zeros(count, np.uint64)
    for offset in range(width):
        mixed = mixed * _MULTIPLIER + hashes[offset : offset + count]
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _minhash(values: npt.NDArray[np.integer], permutations: int) -> npt.NDArray[np.uint16]:
    from datasketch import MinHash

    sketch = MinHash(
        permutations,
        seed=_SEED,
        hashfunc=_identity,
        scheme="affine32",
        permutations=_permutations(permutations),
    )
    sketch.update_batch(values.astype(np.uint32))
    return (np.asarray(sketch.hashvalues, np.uint32) & 0xFFFF).astype("<u2")


def _identity(value: int) -> int:
    return value


@lru_cache(maxsize=2)
def _permutations(count: int) -> npt.NDArray[np.uint32]:
    """Made once: drawing them costs more than a signature."""
    from datasketch import MinHash

    return np.asarray(MinHash(count, seed=_SEED, scheme="affine32").permutations)
