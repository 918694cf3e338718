"""Bodies as they came over the wire, unpacked within a bound.

httpx's own decoders unpack a chunk whatever it becomes; here the output has a cap at every step, so
that a few kilobytes that unpack to gigabytes cost no more than the cap.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli
import zstandard

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
# RFC 8878 section 3.1.1.1.2: decoders for HTTP should support, and may stop at, 8 MB.
_ZSTD_WINDOW = 8 * 1024 * 1024
# zstandard unpacks all it is given; four bytes hold up to 128 KiB, so these hold up to 4 MiB.
_ZSTD_STEP = 128


class TooLarge(ValueError):
    """The body unpacks to more than the cap."""


class BadEncoding(ValueError):
    """The body is not what its Content-Encoding says."""


def decode_body(body: bytes, content_encoding: str, *, limit: int) -> bytes:
    """Undo `content_encoding` (several are undone from last to first).

    An encoding we did not ask for, or a body that already is plain, comes back as it is.
    Raises TooLarge beyond `limit` bytes and BadEncoding.
    """
    for name in reversed([part.strip().lower() for part in content_encoding.split(",")]):
        decoder = _DECODERS.get(name)
        if decoder is not None and body:
            body = decoder(body, limit)
        if len(body) > limit:
            raise TooLarge
    return unpack_file(body, limit=limit)


def unpack_file(body: bytes, *, limit: int) -> bytes:
    """A gzip file (feed.xml.gz) unpacked, anything else as it is; raises TooLarge."""
    if body[:3] != b"\x1f\x8b\x08":
        return body
    try:
        return _inflate(body, limit)
    except BadEncoding:
        return body


def _inflate(body: bytes, limit: int) -> bytes:
    if body[:2] != b"\x1f\x8b" and _looks_plain(body):
        return body
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # gzip or zlib; deflate without header
        try:
            return _inflate_members(body, limit, window)
        except zlib.error:
            continue
    raise BadEncoding("the compressed body is damaged")


def _inflate_members(body: bytes, limit: int, window: int) -> bytes:
    out = bytearray()
    while body:
        unpacker = zlib.decompressobj(window)
        out += unpacker.decompress(body, limit + 1 - len(out))
        if len(out) > limit:
            raise TooLarge
        if not unpacker.eof:
            raise BadEncoding("the compressed body is cut off")
        body = unpacker.unused_data
        if body[:2] != b"\x1f\x8b":  # padding after the last gzip member
            break
    return bytes(out)


def _brotli(body: bytes, limit: int) -> bytes:
    unpacker = brotli.Decompressor()
    out = bytearray()
    data = body
    try:
        while not unpacker.is_finished() and len(out) <= limit:
            piece = unpacker.process(data, output_buffer_limit=limit + 1 - len(out))
            if not piece and not data:
                break
            out += piece
            data = b""
    except brotli.error as exc:
        if _looks_plain(body):
            return body
        raise BadEncoding("the brotli body is damaged") from exc
    if len(out) > limit:
        raise TooLarge
    if not unpacker.is_finished():
        raise BadEncoding("the brotli body is cut off")
    return bytes(out)


def _zstd(body: bytes, limit: int) -> bytes:
    decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    out, frame = bytearray(), None
    try:
        for start in range(0, len(body), _ZSTD_STEP):
            data = body[start : start + _ZSTD_STEP]
            while data:
                frame = frame or decompressor.decompressobj()
                out += frame.decompress(data)
                if len(out) > limit:
                    raise TooLarge
                data = frame.unused_data if frame.eof else b""
                frame = None if frame.eof else frame
    except zstandard.ZstdError as exc:
        if _looks_plain(body):
            return body
        raise BadEncoding("the zstd body is damaged") from exc
    if frame is not None:
        raise BadEncoding("the zstd body is cut off")
    return bytes(out)


def _looks_plain(body: bytes) -> bool:
    """A server that names an encoding it did not apply: the body is markup or JSON as it is."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{", b"[")


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _inflate,
    "br": _brotli,
    "zstd": _zstd,
}
