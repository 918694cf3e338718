"""Damaged documents by the thousand: a ParseError at worst, never a crash, never a hang."""

# ruff: noqa: E501
from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from feed_samples import page
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from malformed import SAMPLES

from rotascope_feeds.decode import TooLarge, unpack_file
from rotascope_feeds.errors import ParseError
from rotascope_feeds.extract import extract_page
from rotascope_feeds.parse import parse_feed

LONGEST = 2.0  # seconds of CPU that one document may take
_SPLICES = (
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<!DOCTYPE x [", b"<?xml ?>", b"\x00",
    b"\xff\xfe", b"\xed\xa0\x80", b"&#55296;", b"&#x110000;", b"&a;", b"<item>", b"</item>", b"<entry>",
    b"xmlns:a='b'", b" encoding='utf-7'", b"<pubDate>-1</pubDate>", b"<pubDate>99999-99-99T99:99:99Z</pubDate>",
    b"<updated>Mon, 31 Feb 10000 25:61:61 +9999</updated>", b"{", b"[", b'"', b"\\u0000", b"1e999", b"null", b"<div>" * 300,
    b"http://[::1", b"<link href='//['/>", b"<guid>" + b"a" * 3000 + b"</guid>", b"\x1f\x8b\x08", b"a" * 5000,
)  # fmt: skip


def mutate(body: bytes, rng: random.Random) -> bytes:
    """Some random damage: bytes changed, cut, doubled, swapped in from elsewhere."""
    data = bytearray(body)
    for _ in range(rng.randint(1, 8)):
        at, size = rng.randrange(len(data) + 1), rng.randint(0, 40)
        kind = rng.randrange(5)
        if kind == 0 and data:
            data[at % len(data)] = rng.randrange(256)
        elif kind == 1:
            del data[at : at + size]
        elif kind == 2:
            data[at:at] = data[at : at + size * 20]
        elif kind == 3:
            data[at:at] = rng.choice(_SPLICES)
        else:
            other = rng.randrange(len(data) + 1)
            data[at:at] = data[other : other + size]
    return bytes(data)


def read(body: bytes) -> None:
    """Read a document as a round does; what may go wrong is a ParseError in bounded time."""
    start = time.process_time()
    try:
        unpacked = unpack_file(body, limit=2_000_000)
        parsed = parse_feed(unpacked, url="https://example.com/feed", content_type="")
        assert all(entry.entry_id for entry in parsed.entries)
    except (ParseError, TooLarge):
        pass
    assert time.process_time() - start < LONGEST


def seeds() -> list[bytes]:
    """Our samples and, where it is there, the real data, as far as they are not long."""
    found = [sample.body for sample in SAMPLES if sample.body]
    folder = os.environ.get("ROTASCOPE_DATA")
    if folder:
        files = sorted(file for file in (Path(folder) / "feeds").rglob("*.*") if file.is_file())
        found += [file.read_bytes() for file in files if 0 < file.stat().st_size < 30_000]
    return found


def run_mutations(count: int, seed: int) -> None:
    rng, bodies = random.Random(seed), seeds()
    for _ in range(count):
        body = mutate(rng.choice(bodies), rng)
        try:
            read(body)
        except Exception as exc:
            pytest.fail(f"{type(exc).__name__}: {exc} for {body[:3000]!r}")


def test_some_hundred_mutations() -> None:
    run_mutations(500, seed=7)


@pytest.mark.soak
def test_twenty_thousand_mutations() -> None:
    run_mutations(20_000, seed=20260302)


@settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(
    st.binary(max_size=200), st.sampled_from([sample.body for sample in SAMPLES]), st.integers(0)
)
def test_any_bytes_anywhere(noise: bytes, body: bytes, at: int) -> None:
    cut = at % (len(body) + 1)
    read(body[:cut] + noise + body[cut:])


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_damaged_pages(rng: random.Random) -> None:
    extract_page(mutate(page(1).encode(), rng), url="https://example.com/a")
