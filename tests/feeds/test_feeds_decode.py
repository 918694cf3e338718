"""Bodies are unpacked within a bound, whatever they claim to be."""

from __future__ import annotations

import gzip
import random
import tracemalloc
import zlib
from contextlib import nullcontext

import brotli
import pytest
import zstandard

from rotascope_feeds.decode import BadEncoding, TooLarge, decode_body

TEXT = b"<rss>" + b"rotation " * 500 + b"</rss>"
RAW_DEFLATE = zlib.compressobj(wbits=-15)
NOISE = random.Random(1).randbytes(5_000)
PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]),
    "deflate": zlib.compress(TEXT),
    "DEFLATE": RAW_DEFLATE.compress(TEXT) + RAW_DEFLATE.flush(),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
    "identity": TEXT,
    "": TEXT,
    "gzip, br": brotli.compress(gzip.compress(TEXT)),
    "unheard-of": TEXT,
}


@pytest.mark.parametrize("encoding", PACKED)
def test_unpacked(encoding: str) -> None:
    assert decode_body(PACKED[encoding], encoding, limit=10_000) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_server_that_did_not_pack(encoding: str) -> None:
    assert decode_body(TEXT, encoding, limit=10_000) == TEXT


def test_a_packed_file_without_a_header() -> None:
    assert decode_body(PACKED["gzip"], "", limit=10_000) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_limit_is_exact(encoding: str) -> None:
    assert decode_body(PACKED[encoding], encoding, limit=len(TEXT)) == TEXT
    with pytest.raises(TooLarge):
        decode_body(PACKED[encoding], encoding, limit=len(TEXT) - 1)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("cut", [1, 10])
def test_cut_off(encoding: str, cut: int) -> None:
    with pytest.raises(BadEncoding):
        decode_body(PACKED[encoding][:-cut], encoding, limit=10_000)


def test_zstd_frames_are_one_body_and_the_last_must_be_whole() -> None:
    frames = [zstandard.compress(TEXT[:100]), zstandard.compress(b""), zstandard.compress(NOISE)]
    body = b"".join(frames)
    assert decode_body(body, "zstd", limit=10_000) == TEXT[:100] + NOISE
    for cut in (1, len(frames[2]) - 1):
        with pytest.raises(BadEncoding, match="cut off"):
            decode_body(body[:-cut], "zstd", limit=10_000)
    with pytest.raises(BadEncoding, match="damaged"):
        decode_body(body + NOISE, "zstd", limit=10_000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_noise(encoding: str) -> None:
    with pytest.raises(BadEncoding):
        decode_body(b"\x00\x01noise that is nothing" * 20, encoding, limit=10_000)


def test_zstd_asks_for_no_more_memory_than_the_standard_wants() -> None:
    """8 MB of window; a frame may ask for 2 GB before it gives a byte."""
    for bits, refused in ((23, False), (24, True)):
        parameters = zstandard.ZstdCompressionParameters(window_log=bits)
        packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
        body = packer.compress(TEXT) + packer.flush()
        with pytest.raises(BadEncoding, match="damaged") if refused else nullcontext():
            assert decode_body(body, "zstd", limit=10_000) == TEXT


BOMB = b"\0" * 60_000_000


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(BOMB, 6)),
        ("br", brotli.compress(BOMB, quality=5)),
        ("zstd", zstandard.compress(BOMB)),
        ("gzip, gzip", gzip.compress(gzip.compress(BOMB, 6), 6)),
        ("", gzip.compress(BOMB, 6)),
    ],
    ids=["gzip", "br", "zstd", "gzip twice", "gzip file"],
)
def test_bomb_costs_no_more_than_the_limit(encoding: str, bomb: bytes) -> None:
    limit = 5_000_000
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            decode_body(bomb, encoding, limit=limit)
        assert tracemalloc.get_traced_memory()[1] < 5 * limit
    finally:
        tracemalloc.stop()
