"""Which signatures are of near-identical texts.  Pure: signatures in, pairs out.

Candidates come from locality-sensitive hashing (Leskovec, Rajaraman & Ullman, "Mining of Massive
Datasets", ch. 3): texts that share a band of their MinHash, or the smallest hash of their leads.
A candidate is a copy by the rules of `alike`; whether two texts are alike depends on no third.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rotascope.stories import (
    LEAD_SHINGLES,
    PERMUTATIONS,
    SIGNATURE_VERSION,
    unpack,
)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

BAND_ROWS = 4
"""32 bands of 4: texts that share 0.6 of their shingles meet with probability 0.99."""
CROWD, NEIGHBOURS = 64, 4
"""Of more texts with one key, each is compared with so many that follow it, and of more copies of
one text so many on each side are kept: of 10,000 notices of one template, 50 million pairs would
take 16 GB.  Stories join through their members, and copies meet under the keys that the template
does not make.
"""
LEAD_KEYS = 4
LEAD_KEY_SHINGLES = 24

NEAR = 0.80
"""Jaccard similarity from which texts are copies, whatever their leads say."""
ALIKE, ALIKE_LEAD = 0.50, 0.60
"""The same with leads that agree: edited copies."""
TRIMMED, TRIMMED_LEAD = 0.75, 0.75
"""Share of the shorter text found in the longer one, with leads that agree: trimmed copies."""
WITHIN = 0.90
"""The same where the lead was cut away."""
MEASURABLE = 0.15
"""A shorter text below this part of the longer one is compared by its lead alone: MinHash of 128
permutations tells a similarity of 0.15 only to 0.03."""
SHORT_LEAD = 0.85
NAMES, MEASURABLE_NAMES, FEW_NAMES = 0.85, 0.60, 8
"""Copies share their names and numbers, texts of one template do not: 0.92 or more in all copies
of our checks, 0.73 to 0.88 in notices of one template.  Told where texts are of like length."""
SHORT_SHINGLES = 12
"""A text of fewer shingles (16 words) is a copy only of the very same words."""

_CHUNK = 20_000
_ODD = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], np.uint32)  # xxHash primes


@dataclass(frozen=True, slots=True)
class Sketches:
    """Signatures side by side, a row each: minima of shingles (n, 128) and of names (n, 64), how
    many there are of both (n,), and the opening (n, 40) with `leads` in use.
    """

    minima: npt.NDArray[np.uint16]
    sizes: Ints
    names: npt.NDArray[np.uint16]
    name_counts: Ints
    lead: npt.NDArray[np.uint32]
    leads: Ints

    def __len__(self) -> int:
        return len(self.sizes)


def stack(signatures: Sequence[bytes]) -> Sketches:
    """Signatures of this version, side by side; the caller leaves out others (`readable`)."""
    parts = [unpack(signature) for signature in signatures]
    lead = np.zeros((len(parts), LEAD_SHINGLES), np.uint32)
    for row, part in enumerate(parts):
        lead[row, : len(part.lead)] = part.lead
    return Sketches(
        minima=np.array([part.minima for part in parts], np.uint16),
        sizes=np.array([part.size for part in parts], np.int64),
        names=np.array([part.name_minima for part in parts], np.uint16),
        name_counts=np.array([part.names for part in parts], np.int64),
        lead=lead,
        leads=np.array([len(part.lead) for part in parts], np.int64),
    )


def readable(signature: bytes | None) -> bool:
    """Whether there is a signature, made by this version."""
    return bool(signature) and signature[0] == SIGNATURE_VERSION  # type: ignore[index]


def copies(sketches: Sketches, *, new: npt.NDArray[np.bool_] | None = None) -> Ints:
    """Pairs (i, j), i < j, of texts that are near-identical; shape (pairs, 2).

    `new`: only pairs with at least one of these.
    """
    if len(sketches) < 2:
        return np.empty((0, 2), np.int64)
    found = [pairs[alike(sketches, pairs)] for pairs in _batches(_candidates(sketches, new))]
    return _thinned(np.concatenate(found)) if found else np.empty((0, 2), np.int64)


def _thinned(pairs: Ints) -> Ints:
    """`pairs`, in their order; of two texts with a crowd of copies each only if they are near."""
    degree = np.bincount(pairs.ravel())
    crowded = (degree[pairs] > CROWD).all(axis=1)
    if not crowded.any():
        return pairs
    after = _place_in_group(pairs[:, 0])
    backwards = np.lexsort((-pairs[:, 0], pairs[:, 1]))
    before = np.empty_like(after)
    before[backwards] = _place_in_group(pairs[backwards, 1])
    return pairs[~crowded | (after < NEIGHBOURS) | (before < NEIGHBOURS)]


def _place_in_group(values: Ints) -> Ints:
    """0, 1, 2, ... within each run of equal values."""
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    return np.arange(len(values)) - starts.repeat(np.diff(np.r_[starts, len(values)]))


def alike(sketches: Sketches, pairs: Ints) -> npt.NDArray[np.bool_]:
    """For each pair, whether its texts are near-identical."""
    swap = sketches.sizes[pairs[:, 0]] > sketches.sizes[pairs[:, 1]]
    small = np.where(swap, pairs[:, 1], pairs[:, 0])
    large = np.where(swap, pairs[:, 0], pairs[:, 1])
    jaccard = (sketches.minima[small] == sketches.minima[large]).mean(axis=1)
    size, whole = sketches.sizes[small], sketches.sizes[large]
    part = size / whole
    contained = _contained(jaccard, size, whole)
    lead = _lead_overlap(sketches, small, large)
    measurable = part >= MEASURABLE
    same = jaccard >= NEAR
    same |= (jaccard >= ALIKE) & (lead >= ALIKE_LEAD)
    same |= measurable & (contained >= TRIMMED) & (lead >= TRIMMED_LEAD)
    same |= (part >= 0.3) & (contained >= WITHIN)
    same |= ~measurable & (lead >= SHORT_LEAD)
    other = (part >= MEASURABLE_NAMES) & (_shared_names(sketches, small, large) < NAMES)
    return np.asarray(same & ~other & (size >= SHORT_SHINGLES), bool)


def _contained(jaccard: Floats, size: Ints, whole: Ints) -> Floats:
    """Share of the smaller set in the larger: |A and B| = J (|A| + |B|) / (1 + J)."""
    least = np.maximum(np.minimum(size, whole), 1)
    share = jaccard * (size + whole) / ((1.0 + jaccard) * least)
    return np.asarray(np.minimum(share, 1.0), np.float64)


def _shared_names(sketches: Sketches, small: Ints, large: Ints) -> Floats:
    """Share of the names and numbers of one text in the other; 1 where they are too few to tell."""
    jaccard = (sketches.names[small] == sketches.names[large]).mean(axis=1)
    one, other = sketches.name_counts[small], sketches.name_counts[large]
    few = np.minimum(one, other) < FEW_NAMES
    return np.asarray(np.where(few, 1.0, _contained(jaccard, one, other)), np.float64)


def _lead_overlap(sketches: Sketches, small: Ints, large: Ints) -> Floats:
    """Share of the shorter text's lead that stands in the longer one's lead, in any place."""
    own, other = sketches.lead[small], sketches.lead[large]
    used = np.arange(own.shape[1]) < sketches.leads[small][:, None]
    found = (own[:, :, None] == other[:, None, :]).any(axis=2) & used
    return np.asarray(found.sum(axis=1) / np.maximum(sketches.leads[small], 1), np.float64)


def _candidates(sketches: Sketches, new: npt.NDArray[np.bool_] | None) -> Ints:
    n = len(sketches)
    parts = [_pairs_of(keys, new) for keys in _keys(sketches)]
    codes = np.unique(np.concatenate([pair[0] * n + pair[1] for pair in parts]))
    return np.stack([codes // n, codes % n], axis=1)


def _keys(sketches: Sketches) -> Iterator[npt.NDArray[np.uint64]]:
    """Columns of keys; texts that are alike most likely share one in some column."""
    bands = np.ascontiguousarray(sketches.minima).view(np.uint64)
    assert bands.shape[1] == PERMUTATIONS // BAND_ROWS
    yield from bands.T
    used = np.arange(LEAD_KEY_SHINGLES) < sketches.leads[:, None]
    for odd in _ODD[:LEAD_KEYS]:
        mixed = sketches.lead[:, :LEAD_KEY_SHINGLES] * odd
        yield np.where(used, mixed, np.uint32(0xFFFFFFFF)).min(axis=1).astype(np.uint64)


def _pairs_of(keys: npt.NDArray[np.uint64], new: npt.NDArray[np.bool_] | None) -> tuple[Ints, Ints]:
    """The pairs (i, j), i < j, that share a key; in a crowd those of neighbours."""
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
    sizes = np.diff(np.r_[starts, len(ranked)])
    firsts, seconds = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for size in np.unique(sizes[sizes > 1]).tolist():
        members = order[starts[sizes == size][:, None] + np.arange(size)]
        i, j = _neighbours(size) if size > CROWD else np.triu_indices(size, 1)
        firsts.append(members[:, i].ravel())
        seconds.append(members[:, j].ravel())
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    if new is not None:
        keep = new[first] | new[second]
        first, second = first[keep], second[keep]
    return np.minimum(first, second), np.maximum(first, second)


def _neighbours(size: int) -> tuple[Ints, Ints]:
    i = np.arange(size).repeat(NEIGHBOURS)
    j = i + np.tile(np.arange(1, NEIGHBOURS + 1), size)
    return i[j < size], j[j < size]


def _batches(pairs: Ints) -> Iterator[Ints]:
    for start in range(0, len(pairs), _CHUNK):
        yield pairs[start : start + _CHUNK]
